"""The value of a term: every sum run through, every entry looked up, every function computed.

This is the meaning of the index notation, and nothing else: no term is simplified before.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from generator.solver.models.network import exact
from generator.solver.models.network.exact import Real
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


def evaluate(term: Term, scope: Scope, letters: Mapping[str, int] | None = None) -> Real:
    """The value of a term; KeyError for an entry or letter that has none."""
    given: Mapping[str, int] = letters or {}
    match term:
        case Number(value=value):
            return value
        case Entry():
            return _entry(term, scope, given)
        case Sum(terms=parts):
            result: Real = Fraction(0)
            for part in parts:
                result = exact.add(result, evaluate(part, scope, given))
            return result
        case Product(factors=parts):
            result = Fraction(1)
            for part in parts:
                result = exact.multiply(result, evaluate(part, scope, given))
            return result
        case Total() | Greatest():
            return _over(term, scope, given)
        case _:
            return _compose(term, scope, given)


def _entry(entry: Entry, scope: Scope, letters: Mapping[str, int]) -> Real:
    table = scope.tensors[entry.tensor]
    at = tuple(index.value(letters, scope.choose) for index in entry.at)
    return table.get(at, Fraction(0)) if entry.padded else table[at]


def _over(term: Total | Greatest, scope: Scope, letters: Mapping[str, int]) -> Real:
    values = [
        evaluate(term.body, scope, {**letters, term.letter: at}) for at in range(1, term.size + 1)
    ]
    if isinstance(term, Greatest):
        return exact.largest(*values)
    result: Real = Fraction(0)
    for value in values:
        result = exact.add(result, value)
    return result


def _compose(
    term: Power | Quotient | Apply | Indicator | Cases, scope: Scope, letters: Mapping[str, int]
) -> Real:
    match term:
        case Power(base=base, exponent=exponent):
            return evaluate(base, scope, letters) ** exponent
        case Quotient(above=above, below=below):
            return exact.divide(evaluate(above, scope, letters), evaluate(below, scope, letters))
        case Apply(function=function, arguments=arguments):
            values = (evaluate(argument, scope, letters) for argument in arguments)
            return exact.FUNCTIONS[function](*values)
        case Indicator(condition=condition):
            return Fraction(_holds(condition, scope, letters))
        case Cases(condition=condition, yes=yes, no=no):
            return evaluate(yes if _holds(condition, scope, letters) else no, scope, letters)


def _holds(condition: Condition, scope: Scope, letters: Mapping[str, int]) -> bool:
    compare = exact.RELATIONS[condition.relation]
    return compare(
        evaluate(condition.left, scope, letters), evaluate(condition.right, scope, letters)
    )
