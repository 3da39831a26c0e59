"""The value of a term: every sum run through, every entry looked up, every function computed.

This is the meaning of the index notation, and nothing else: no term is simplified before. A term is
turned into nested closures once, since a proof evaluates it in many components at many points.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

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


Letters = dict[str, int]
"""The values of the letters; a sum changes its own while it runs, and restores it."""

Compiled = Callable[[Scope, Letters], Real]
"""What a term stands for, given a scope and its free letters; KeyError for what has no value."""


def evaluate(term: Term, scope: Scope, letters: Mapping[str, int] | None = None) -> Real:
    """The value of a term; KeyError for an entry or letter that has none."""
    return compiled(term)(scope, dict(letters or {}))


def compiled(term: Term) -> Compiled:
    """A term, ready to be evaluated many times."""
    return _COMPILED[type(term)](term)


# --- entries and numbers -----------------------------------------------------------------------


def _number(term: Number) -> Compiled:
    value = exact.simplest(term.value)
    return lambda scope, letters: value


def _entry(term: Entry) -> Compiled:
    tensor, position = term.tensor, _position(term.at)
    if term.padded:
        return lambda scope, letters: scope.tensors[tensor].get(position(scope, letters), 0)
    return lambda scope, letters: scope.tensors[tensor][position(scope, letters)]


def _position(at: tuple[Index, ...]) -> Callable[[Scope, Letters], tuple[int, ...]]:
    """The index of an entry; most entries have one, of a single letter and a number."""
    if not at:
        return lambda scope, letters: ()
    if len(at) == 1 and len(at[0].terms) == 1:
        ((atom, factor),), constant = at[0].terms, at[0].constant
        if isinstance(atom, str):
            return lambda scope, letters: (factor * letters[atom] + constant,)
    return lambda scope, letters: tuple([index.value(letters, scope.choose) for index in at])


# --- arithmetic --------------------------------------------------------------------------------


def _sum(term: Sum) -> Compiled:
    parts = [compiled(part) for part in term.terms]
    return lambda scope, letters: exact.total([part(scope, letters) for part in parts])


def _product(term: Product) -> Compiled:
    parts = [compiled(part) for part in term.factors]
    return lambda scope, letters: exact.product([part(scope, letters) for part in parts])


def _power(term: Power) -> Compiled:
    base, exponent = compiled(term.base), term.exponent
    return lambda scope, letters: exact.power(base(scope, letters), exponent)


def _quotient(term: Quotient) -> Compiled:
    above, below = compiled(term.above), compiled(term.below)
    return lambda scope, letters: exact.divide(above(scope, letters), below(scope, letters))


def _apply(term: Apply) -> Compiled:
    name, parts = term.function, [compiled(part) for part in term.arguments]
    return lambda scope, letters: exact.FUNCTIONS[name](*(part(scope, letters) for part in parts))


# --- letters -----------------------------------------------------------------------------------


def _running(term: Total | Greatest) -> Callable[[Scope, Letters], list[Real]]:
    """The values of the body for every value of the letter."""
    name, places, body = term.letter, range(1, term.size + 1), compiled(term.body)

    def values(scope: Scope, letters: Letters) -> list[Real]:
        outer = letters.get(name)
        result = []
        for letters[name] in places:
            result.append(body(scope, letters))
        if outer is not None:
            letters[name] = outer
        else:
            del letters[name]
        return result

    return values


def _total(term: Total) -> Compiled:
    values = _running(term)
    return lambda scope, letters: exact.total(values(scope, letters))


def _greatest(term: Greatest) -> Compiled:
    values = _running(term)
    return lambda scope, letters: exact.largest(*values(scope, letters))


# --- conditions --------------------------------------------------------------------------------


def _condition(condition: Condition) -> Callable[[Scope, Letters], bool]:
    left, right = compiled(condition.left), compiled(condition.right)
    holds = exact.RELATIONS[condition.relation]
    return lambda scope, letters: holds(left(scope, letters), right(scope, letters))


def _indicator(term: Indicator) -> Compiled:
    holds = _condition(term.condition)
    return lambda scope, letters: int(holds(scope, letters))


def _cases(term: Cases) -> Compiled:
    holds, yes, no = _condition(term.condition), compiled(term.yes), compiled(term.no)
    return lambda scope, letters: (yes if holds(scope, letters) else no)(scope, letters)


_COMPILED: Mapping[type[Term], Callable[[Any], Compiled]] = MappingProxyType(
    {
        Number: _number,
        Entry: _entry,
        Sum: _sum,
        Product: _product,
        Power: _power,
        Quotient: _quotient,
        Apply: _apply,
        Total: _total,
        Greatest: _greatest,
        Indicator: _indicator,
        Cases: _cases,
    }
)
