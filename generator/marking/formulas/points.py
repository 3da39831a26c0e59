"""The value of a term at a point: exact numbers where there are any, else 50 digits.

At a *free* point every quantity is drawn on its own, at a *consistent* one only those that the
question gives; the others follow by its equations. Draws are by hashing, so a point is the same on
every machine. The arithmetic is that of the bank's expressions, with its bounds on every number.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import reduce
from hashlib import blake2b
from types import MappingProxyType
from typing import Any

from generator.language import arithmetic
from generator.language.arithmetic import Number as Value
from generator.language.faults import Fault
from generator.language.functions import CONSTANTS
from generator.marking import limits
from generator.marking.formulas.mathematics import known
from generator.model.formula import (
    Call,
    Cases,
    Function,
    Glossary,
    Indicator,
    Number,
    Power,
    Product,
    Quotient,
    Series,
    Sum,
    Symbol,
    Term,
    Vector,
)

GRID = 2**20
"""How many values a quantity is drawn from. Of two rational functions whose difference has degree
d, at most a share d / GRID of all points agrees (Schwartz, 1980; Zippel, 1979)."""

Letters = Mapping[str, Value]
"""The values of letters, and of a function's argument."""


class Exhausted(Exception):  # noqa: N818 - the response is too long to compare, not wrong
    """All steps are spent."""


class Point:
    """Values for all names of a question.

    `key` seeds the draws, which are up to `size` from 0; where not `signed`, all are positive.
    `padded` names the tables outside of which all is 0. Faults come from the arithmetic: a division
    by zero, a logarithm of a negative number.
    """

    def __init__(
        self,
        key: str,
        glossary: Glossary,
        *,
        consistent: bool = False,
        signed: bool = True,
        size: Fraction = Fraction(2),
        padded: frozenset[str] = frozenset(),
    ) -> None:
        self._key, self._consistent, self._signed, self._size = key, consistent, signed, size
        self._tables = {table.name: table for table in glossary.tables}
        self._functions = {function.name: function for function in glossary.functions}
        self._padded, self._left = padded, 0
        self._known: dict[tuple[str, tuple[int, ...]], Value] = {}

    def evaluate(self, term: Term, letters: Letters, steps: int) -> tuple[Value, int]:
        """The value of a term in so many steps at most, and how many are left.

        Raises Fault where it has no value, Exhausted when it takes too long.
        """
        self._left = steps
        return self.value(term, letters), self._left

    def whole(self, name: str, size: int) -> int:
        """A whole number from 1 to `size`, by a name."""
        digest = blake2b(f"{self._key}\0{name}".encode(), digest_size=16).digest()
        return int.from_bytes(digest, "big") % size + 1

    def value(self, term: Term, letters: Letters) -> Value:
        """The value of a term with these values of letters."""
        self._spend(1)
        return _VALUES[type(term)](self, term, letters)

    def values(self, terms: tuple[Term, ...], letters: Letters) -> list[Value]:
        """The values of several terms."""
        return [self.value(term, letters) for term in terms]

    def _spend(self, steps: int) -> None:
        self._left -= steps
        if self._left < 0:
            raise Exhausted

    # --- names ---

    def symbol(self, term: Symbol, letters: Letters) -> Value:
        """A letter, a constant, or an entry, which is computed once."""
        name = term.name
        if not term.at and name in letters:
            return letters[name]
        if not term.at and name not in self._tables and name in _CONSTANTS:
            return _CONSTANTS[name]()
        at = tuple(self._index(index, letters) for index in term.at)
        if (term.padded or name in self._padded) and self._leaves(name, at):
            return 0
        if (name, at) not in self._known:
            self._known[name, at] = self._entry(name, at)
        return self._known[name, at]

    def _index(self, term: Term, letters: Letters) -> int:
        if isinstance(term, Symbol) and not term.at and term.name not in letters:
            return self.whole(term.name, 10**6)
        found = self.value(term, letters)
        if not isinstance(found, int):
            raise Fault("indices", "an index is not a whole number")
        return found

    def _leaves(self, name: str, at: tuple[int, ...]) -> bool:
        """Whether an index is outside of its table."""
        table = self._tables.get(name)
        if table is None or len(table.sizes) != len(at):
            return True
        return any(not 1 <= index <= size for index, size in zip(at, table.sizes, strict=True))

    def _entry(self, name: str, at: tuple[int, ...]) -> Value:
        table = self._tables.get(name)
        defined = table is not None and (self._consistent or table.whole)
        if table is None or table.value is None or not defined or self._leaves(name, at):
            return self._drawn(name, at)
        return self.value(table.value, dict(zip(table.letters, at, strict=True)))

    def _drawn(self, name: str, at: tuple[int, ...]) -> Value:
        size = self._size * Fraction(self.whole(f"{name}{at}", GRID), GRID)
        negative = self._signed and self.whole(f"{name}{at}sign", 2) == 1
        return arithmetic.bounded(-size if negative else size)

    # --- sums, functions, comparisons ---

    def series(self, term: Series, letters: Letters) -> Value:
        """A body's values, folded."""
        first, last = self.values((term.first, term.last or term.first), letters)
        if not isinstance(first, int) or not isinstance(last, int):
            raise Fault("letter", "a sum runs from a whole number to a whole number")
        self._spend(max(0, last - first))
        places = range(first, last + 1)
        found = [self.value(term.body, {**letters, term.letter: place}) for place in places]
        return _FOLDS[term.fold](found, first)

    def call(self, term: Call, letters: Letters) -> Value:
        """A function of the question, or one of mathematics."""
        self._spend(limits.CALL)
        arguments = self.values(term.arguments, letters)
        if term.function in self._functions:
            return self._own(self._functions[term.function], term, arguments)
        return known(term.function, arguments, derived=term.derived > 0)

    def _own(self, function: Function, term: Call, arguments: list[Value]) -> Value:
        if len(arguments) != 1:
            raise Fault("function", f"`{function.name}` takes one argument")
        inside = {function.argument: arguments[0]}
        value = self.value(function.value, inside)
        if not term.derived:
            return value
        return self.value(function.derivative, {**inside, function.result: value})

    def indicator(self, term: Indicator, letters: Letters) -> Value:
        """1 or 0."""
        left, right = self.values((term.left, term.right), letters)
        return int(_RELATIONS[term.relation](left, right))

    def cases(self, term: Cases, letters: Letters) -> Value:
        """One of two terms."""
        chosen = term.yes if self.value(term.condition, letters) == 1 else term.no
        return self.value(chosen, letters)


def _added(values: list[Value]) -> Value:
    nothing: Value = 0
    return reduce(arithmetic.add, values, nothing)


def _multiplied(values: list[Value]) -> Value:
    nothing: Value = 1
    return reduce(arithmetic.multiply, values, nothing)


def _largest(values: list[Value], _: int) -> Value:
    if not values:
        raise Fault("letter", "a maximum over nothing has no value")
    return max(values)


def _vector(_: Point, __: Vector, ___: Letters) -> Value:
    raise Fault("vector", "several numbers do not make one")


_FOLDS: Mapping[str, Callable[[list[Value], int], Value]] = MappingProxyType(
    {
        "sum": lambda values, _: _added(values),
        "product": lambda values, _: _multiplied(values),
        "max": _largest,
        "place": lambda values, first: first + values.index(_largest(values, first)),
    }
)
"""What is made of the values of a series, given its first letter."""

_RELATIONS: Mapping[str, Callable[[Any, Any], bool]] = MappingProxyType(
    {
        "<": operator.lt,
        "<=": operator.le,
        ">": operator.gt,
        ">=": operator.ge,
        "=": operator.eq,
        "!=": operator.ne,
    }
)

_CONSTANTS: Mapping[str, Callable[[], Value]] = MappingProxyType(
    {"pi": CONSTANTS["pi"], "e": lambda: arithmetic.exponential(1)}
)

_VALUES: Mapping[type[Term], Callable[[Point, Any, Letters], Value]] = MappingProxyType(
    {
        Number: lambda _, term, __: arithmetic.bounded(term.value),
        Symbol: Point.symbol,
        Sum: lambda point, term, letters: _added(point.values(term.terms, letters)),
        Product: lambda point, term, letters: _multiplied(point.values(term.factors, letters)),
        Quotient: lambda point, term, letters: arithmetic.divide(
            *point.values(term.parts, letters)
        ),
        Power: lambda point, term, letters: arithmetic.power(*point.values(term.parts, letters)),
        Series: Point.series,
        Call: Point.call,
        Indicator: Point.indicator,
        Cases: Point.cases,
        Vector: _vector,
    }
)
"""Class of term -> its value."""
