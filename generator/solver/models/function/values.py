"""The value of a term at a point, in the bank's own arithmetic: exact wherever there is one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import reduce
from types import MappingProxyType
from typing import Any

from generator.language import arithmetic
from generator.language.arithmetic import Number as Value
from generator.language.functions import CONSTANTS, FUNCTIONS
from generator.model.formula import (
    Call,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    Symbol,
    Term,
)

Point = Mapping[str, Value]
"""The values of variables."""


def value(term: Term, point: Point) -> Value:
    """The value of a term. Raises Fault where it has none."""
    return _VALUES[type(term)](term, point)


def _symbol(term: Symbol, point: Point) -> Value:
    return point[term.name] if term.name in point else CONSTANTS[term.name]()


def _call(term: Call, point: Point) -> Value:
    inside = (value(part, point) for part in term.arguments)
    found = FUNCTIONS[term.function].apply(*inside)
    return arithmetic.number(found, f"`{term.function}`")


def _folded(
    operation: Callable[[object, object], Value],
) -> Callable[[Term, Point], Value]:
    return lambda term, point: reduce(operation, (value(part, point) for part in term.parts))


_VALUES: Mapping[type[Term], Callable[[Any, Point], Value]] = MappingProxyType(
    {
        Number: lambda term, _: arithmetic.bounded(term.value),
        Symbol: _symbol,
        Sum: _folded(arithmetic.add),
        Product: _folded(arithmetic.multiply),
        Quotient: _folded(arithmetic.divide),
        Power: _folded(arithmetic.power),
        Call: _call,
    }
)
"""Class of term -> its value."""
