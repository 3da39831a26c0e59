"""SymPy's derivative of a term, evaluated with 100 digits. Nothing is read or parsed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import cache, lru_cache, reduce
from types import MappingProxyType
from typing import Any

from generator.model.formula import Call, Number, Power, Product, Quotient, Sum, Symbol, Term
from generator.solver.models.function import numeric
from generator.solver.models.function.numeric import Function, Point

Expr = Any
"""A SymPy expression; SymPy ships no types."""


@cache
def sympy() -> Any:
    """SymPy, imported when the first derivative is proved."""
    import sympy as module  # noqa: PLC0415 - it takes half a second to load

    return module


def derivative(term: Term, by: tuple[str, ...]) -> Function:
    """SymPy's derivative of a term, once by each variable, as a function.

    The function raises `numeric.Undefined` where the derivative has no value. Numbers are names to
    SymPy, so that it differentiates all variants of a function at once.
    """
    numbers = list[Fraction]()
    found = _differentiated(_nameless(term, numbers), by)
    known = {_name(place): numeric.number(value) for place, value in enumerate(numbers)}
    return lambda point: value(found, {**point, **known})


def _nameless(term: Term, numbers: list[Fraction]) -> Term:
    """The term with names for its numbers, which are appended; no variable is called so."""
    if isinstance(term, Number):
        numbers.append(term.value)
        return Symbol(name=_name(len(numbers) - 1))
    return term.around(tuple(_nameless(part, numbers) for part in term.parts))


def _name(place: int) -> str:
    return f"n{place}"


@lru_cache(maxsize=256)
def _differentiated(term: Term, by: tuple[str, ...]) -> Expr:
    return reduce(lambda found, name: found.diff(sympy().Symbol(name)), by, expression(term))


def expression(term: Term) -> Expr:
    """A term in which no number occurs, in SymPy's terms."""
    if isinstance(term, Symbol):
        return sympy().pi if term.name == "pi" else sympy().Symbol(term.name)
    parts = [expression(part) for part in term.parts]
    if isinstance(term, Call):
        return _CALLS[term.function](*parts)
    return _OPERATIONS[type(term)](*parts)


_OPERATIONS: Mapping[type[Term], Callable[..., Expr]] = MappingProxyType(
    {
        Sum: lambda *parts: sympy().Add(*parts),
        Product: lambda *parts: sympy().Mul(*parts),
        Quotient: lambda above, below: above / below,
        Power: lambda base, exponent: base**exponent,
    }
)

_CALLS: Mapping[str, Callable[[Expr], Expr]] = MappingProxyType(
    {
        "exp": lambda u: sympy().exp(u),
        "log": lambda u: sympy().log(u),
        "sqrt": lambda u: u ** sympy().S.Half,
        "sin": lambda u: sympy().sin(u),
        "cos": lambda u: sympy().cos(u),
        "tan": lambda u: sympy().tan(u),
        "tanh": lambda u: sympy().tanh(u),
        "sigmoid": lambda u: 1 / (1 + sympy().exp(-u)),
        "softplus": lambda u: sympy().log(1 + sympy().exp(u)),
    }
)


def value(found: Expr, point: Point) -> numeric.Number:
    """The value of a SymPy expression; raises `numeric.Undefined` where it has none."""
    if found.is_Symbol:
        return point[found.name]
    if found.is_Rational:
        if found.q == 0:
            raise numeric.Undefined
        return numeric.context().mpf(found.p) / found.q
    compute = _VALUES.get(type(found).__name__)
    if compute is None:
        raise numeric.Undefined
    return compute(*(value(part, point) for part in found.args))


def _added(*parts: numeric.Number) -> numeric.Number:
    return reduce(lambda one, other: one + other, parts)


def _multiplied(*parts: numeric.Number) -> numeric.Number:
    return reduce(lambda one, other: one * other, parts)


_VALUES: Mapping[str, Callable[..., numeric.Number]] = MappingProxyType(
    {name: numeric.FUNCTIONS[name] for name in ("exp", "log", "sin", "cos", "tan", "tanh")}
    | {
        "Add": _added,
        "Mul": _multiplied,
        "Pow": numeric.power,
        "Pi": lambda: +numeric.context().pi,
        "Exp1": lambda: numeric.exponential(1),
        "cosh": lambda u: numeric.context().cosh(u),
        "sinh": lambda u: numeric.context().sinh(u),
    }
)
"""Class of SymPy expression -> its value."""
