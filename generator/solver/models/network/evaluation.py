"""The value of a term: every sum run through, every entry looked up, every function computed.

This is the meaning of the index notation, and nothing else: no term is simplified before. A term is
turned into nested closures once. Each computes a column, its value for every row of values of the
letters, since most of the time would go into calling closures for one number after the other: a
gradient has many components, and what a sum adds up are rows, too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from itertools import compress
from types import MappingProxyType
from typing import Any

from generator.model.dataclass import dataclass
from generator.solver.models.network import exact
from generator.solver.models.network.exact import Real
from generator.solver.models.network.index import Index
from generator.solver.models.network.terms import (
    Apply,
    Cases,
    Condition,
    Entry,
    Greatest,
    Indicator,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    Tensor,
    Term,
    Total,
)

Table = dict[tuple[int, ...], Real]
"""A tensor's entries by their index, counted from 1; axes of size 1 have no index."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What the symbols of a term stand for.

    `picks` are the positions that maxima took, by layer and index of the output entry.
    """

    tensors: dict[Tensor, Table] = field(default_factory=dict)
    picks: dict[tuple[int, tuple[int, ...]], int] = field(default_factory=dict)

    def choose(self, layer: int, at: tuple[int, ...]) -> int:
        """The position that a maximum took."""
        return self.picks[layer, at]

    def rounded(self) -> Scope:
        """The same with every number to 80 digits: exact fractions of many digits are slow."""

        def rounded(table: Table) -> Table:
            return {at: exact.inexact(value) for at, value in table.items()}

        tables = {tensor: rounded(table) for tensor, table in self.tensors.items()}
        return Scope(tensors=tables, picks=self.picks)


Column = list[Real]
"""One number for each row."""

MOST_ROWS = 5_000
"""Rows into which a sum is spread at a time: enough to be fast, and few enough for the memory."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """Rows of values of the letters, by letter; `count` of them, all about the same scope.

    Where they are `open`, a letter that has no values is 1 in every row.
    """

    scope: Scope
    count: int
    letters: Mapping[str, Sequence[int]]
    open: bool = False

    def values(self, letter: str) -> Sequence[int]:
        """The values of a letter; KeyError if it has none."""
        if self.open and letter not in self.letters:
            return (1,) * self.count
        return self.letters[letter]

    def spread(self, letter: str, size: int) -> Rows:
        """Each row `size` times, with the values 1 .. `size` of one more letter."""
        places = range(size)
        letters: dict[str, Sequence[int]] = {
            name: [value for value in values for _ in places]
            for name, values in self.letters.items()
        }
        letters[letter] = tuple(range(1, size + 1)) * self.count
        return replace(self, count=self.count * size, letters=letters)

    def pieces(self, most: int) -> Iterator[Rows]:
        """The rows in their order, no more than so many at a time."""
        if self.count <= most:
            yield self
            return
        for start in range(0, self.count, most):
            letters = {name: row[start : start + most] for name, row in self.letters.items()}
            count = min(most, self.count - start)
            yield replace(self, count=count, letters=letters)

    def where(self, chosen: Sequence[bool]) -> Rows:
        """The rows that are chosen."""
        letters = {name: [*compress(row, chosen)] for name, row in self.letters.items()}
        return replace(self, count=sum(chosen), letters=letters)


Compiled = Callable[[Rows], Column]
"""What a term stands for in each row; KeyError for what has no value."""


def row(scope: Scope, letters: Mapping[str, int]) -> Rows:
    """A single row."""
    return Rows(scope=scope, count=1, letters={name: (at,) for name, at in letters.items()})


def evaluate(term: Term, scope: Scope, letters: Mapping[str, int] | None = None) -> Real:
    """The value of a term; KeyError for an entry or letter that has none."""
    return compiled(term)(row(scope, letters or {}))[0]


def compiled(term: Term) -> Compiled:
    """A term, ready to be evaluated many times."""
    return _COMPILED[type(term)](term)


# --- entries and numbers -----------------------------------------------------------------------


def _number(term: Number) -> Compiled:
    value = exact.simplest(term.value)
    return lambda rows: [value] * rows.count


def _entry(term: Entry) -> Compiled:
    tensor, places = term.tensor, _places(term.at)
    if term.padded:
        return lambda rows: [rows.scope.tensors[tensor].get(at, 0) for at in places(rows)]

    def values(rows: Rows) -> Column:
        table = rows.scope.tensors[tensor]
        return [table[at] for at in places(rows)]

    return values


def _places(at: tuple[Index, ...]) -> Callable[[Rows], Iterable[tuple[int, ...]]]:
    """The index of an entry in each row."""
    columns = [_index(index) for index in at]
    if not columns:
        return lambda rows: [()] * rows.count
    return lambda rows: zip(*(column(rows) for column in columns), strict=True)


def _index(index: Index) -> Callable[[Rows], Sequence[int]]:
    """What an index is in each row; most are a single letter and a number."""
    constant = index.constant
    if not index.terms:
        return lambda rows: (constant,) * rows.count
    if len(index.terms) == 1 and isinstance(index.terms[0][0], str):
        ((letter, factor),) = index.terms
        assert isinstance(letter, str)  # noqa: S101 - just asked
        if factor == 1 and constant == 0:
            return lambda rows: rows.values(letter)
        return lambda rows: [factor * value + constant for value in rows.values(letter)]
    names = tuple(dict.fromkeys(index.letters()))

    def values(rows: Rows) -> list[int]:
        columns = zip(*(rows.values(name) for name in names), strict=True)
        choose = rows.scope.choose
        return [index.value(dict(zip(names, one, strict=True)), choose) for one in columns]

    return values


# --- arithmetic --------------------------------------------------------------------------------


def _folded(terms: tuple[Term, ...], fold: Callable[[Real, Real], Real]) -> Compiled:
    """Parts joined from left to right."""
    first, *rest = [compiled(term) for term in terms]

    def values(rows: Rows) -> Column:
        result = first(rows)
        for part in rest:
            result = [*map(fold, result, part(rows))]
        return result

    return values


def _power(term: Power) -> Compiled:
    base, exponent = compiled(term.base), term.exponent
    return lambda rows: [exact.power(value, exponent) for value in base(rows)]


def _apply(term: Apply) -> Compiled:
    name, parts = term.function, [compiled(part) for part in term.arguments]

    def values(rows: Rows) -> Column:
        return [*map(exact.FUNCTIONS[name], *(part(rows) for part in parts))]

    return values


# --- letters -----------------------------------------------------------------------------------


def _over(term: Total | Greatest, fold: Callable[[Column], Real]) -> Compiled:
    """What is made of the body's values for every value of the letter."""
    letter, size, body = term.letter, term.size, compiled(term.body)
    most = max(1, MOST_ROWS // size)

    def values(rows: Rows) -> Column:
        result = Column()
        for piece in rows.pieces(most):
            column = body(piece.spread(letter, size))
            result += [fold(column[start : start + size]) for start in range(0, len(column), size)]
        return result

    return values


# --- conditions --------------------------------------------------------------------------------


def _condition(condition: Condition) -> Callable[[Rows], list[bool]]:
    left, right = compiled(condition.left), compiled(condition.right)
    return lambda rows: [*map(exact.RELATIONS[condition.relation], left(rows), right(rows))]


def _indicator(term: Indicator) -> Compiled:
    holds = _condition(term.condition)
    return lambda rows: [*map(int, holds(rows))]


def _cases(term: Cases) -> Compiled:
    """Each case is evaluated only where it holds: elsewhere it may have no value."""
    holds, yes, no = _condition(term.condition), compiled(term.yes), compiled(term.no)

    def values(rows: Rows) -> Column:
        chosen = holds(rows)
        others = [not one for one in chosen]
        taken = iter(yes(rows.where(chosen)) if any(chosen) else ())
        left = iter(no(rows.where(others)) if any(others) else ())
        return [next(taken if one else left) for one in chosen]

    return values


_COMPILED: Mapping[type[Term], Callable[[Any], Compiled]] = MappingProxyType(
    {
        Number: _number,
        Entry: _entry,
        Sum: lambda term: _folded(term.terms, exact.add),
        Product: lambda term: _folded(term.factors, exact.multiply),
        Power: _power,
        Quotient: lambda term: _folded((term.above, term.below), exact.divide),
        Apply: _apply,
        Total: lambda term: _over(term, exact.total),
        Greatest: lambda term: _over(term, lambda column: exact.largest(*column)),
        Indicator: _indicator,
        Cases: _cases,
    }
)
