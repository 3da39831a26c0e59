"""The strata of a problem: its variants parted by conditions, each part numbered by itself.

A variant belongs to the first stratum whose condition it meets, or else to the rest. All that the
conditions mention is enumerated in one group (see `build`), so a stratum is some of the rows of
this group's table; all other groups are whole in each stratum.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import lcm, prod
from typing import Any

import numpy as np

from generator.diagnostics import Diagnostic, InputError, at
from generator.language.columns import INT64
from generator.language.expression import compile_expression
from generator.model.bank import Problem
from generator.model.dataclass import dataclass
from generator.model.source import Source
from generator.variants.groups import Group
from generator.variants.rules import Constraint
from generator.variants.schedule import LONGEST
from generator.variants.tables import Numbers, ends


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Stratum:
    """Some of a problem's variants, numbered ``0 .. size - 1``.

    `share` of the draws are meant to come from it. `place` is its condition; None: it is the rest.
    Its rows of the `home` group end before the numbers `ends`, and `shifts` lead from there to the
    numbers in the whole group.
    """

    place: Source | None
    share: Fraction
    size: int
    groups: tuple[Group, ...]
    home: int
    ends: Numbers
    shifts: Numbers

    def index(self, number: int) -> int:
        """The index, among all variants, of the one with this number in the stratum."""
        index: int = self._index(number)
        return index

    def column(self, numbers: Sequence[int]) -> list[int]:
        """The indices of the variants with these numbers."""
        every = prod(group.size for group in self.groups)
        kind = np.int64 if every <= INT64 else object
        found: list[int] = self._index(np.array(numbers, dtype=kind)).tolist()
        return found

    def _index(self, number: Any) -> Any:
        digits: list[Any] = []
        for place in reversed(range(len(self.groups))):
            own = int(self.ends[-1]) if place == self.home else self.groups[place].size
            digit, number = number % own, number // own  # NumPy has no divmod of objects
            digits.append(self._row(digit) if place == self.home else digit)
        index: Any = 0
        for group, digit in zip(self.groups, reversed(digits), strict=True):
            index = index * group.size + digit
        return index

    def _row(self, digit: Any) -> Any:
        """The number in the whole home group of the one with this number in the stratum."""
        shift = self.shifts[np.searchsorted(self.ends, digit, side="right")]
        return digit + (shift if isinstance(shift, np.ndarray) else int(shift))


def conditions(problem: Problem) -> tuple[Constraint, ...]:
    """The conditions of the strata, in the order of the bank."""
    return tuple(Constraint(compile_expression(stratum.when)) for stratum in problem.strata)


def strata(
    problem: Problem, groups: tuple[Group, ...], told: Sequence[Constraint], names: frozenset[str]
) -> tuple[Stratum, ...]:
    """The strata, with the rest as the last one if there is any.

    `told` are the conditions, `names` the parameters that they need. Raises InputError with the
    strata that have no variants, and where the rest has none but a share.
    """
    _check_period(problem)
    home = next(place for place, group in enumerate(groups) if names <= {*group.table.numbers})
    labels = _labels(groups[home], told)
    shares = [stratum.share for stratum in problem.strata]
    places: list[Source | None] = [stratum.when for stratum in problem.strata]
    parts = [
        _stratum(groups, home, labels == number, place, share)
        for number, (place, share) in enumerate(
            zip([*places, None], [*shares, 1 - sum(shares, Fraction(0))], strict=True)
        )
    ]
    empty = [part for part in parts if not part.size and (part.place is not None or part.share)]
    if empty:
        raise InputError(_empty(problem, part) for part in empty)
    return tuple(part for part in parts if part.size)


def _check_period(problem: Problem) -> None:
    """A schedule repeats after as many draws as the shares' common denominator says."""
    period = lcm(*(stratum.share.denominator for stratum in problem.strata))
    if period > LONGEST:
        raise InputError(
            [
                at(
                    problem.strata[0].when,
                    "uneven-shares",
                    f"the shares have no common denominator up to {LONGEST:,}",
                    help="round them: 1/3 and 1/4, or 33% and 25%",
                )
            ]
        )


def _labels(group: Group, told: Sequence[Constraint]) -> Numbers:
    """The number of the first condition that each row meets; one more than all for the rest."""
    labels = np.full(group.table.size, len(told))
    for number in reversed(range(len(told))):
        labels[told[number].admits(group.table)] = number
    return labels


def _stratum(
    groups: tuple[Group, ...], home: int, mask: Numbers, place: Source | None, share: Fraction
) -> Stratum:
    every = groups[home].ends
    starts = _starts(every)
    own = ends((every - starts)[mask])
    others = prod(group.size for at_, group in enumerate(groups) if at_ != home)
    return Stratum(
        place=place,
        share=share,
        size=others * (int(own[-1]) if len(own) else 0),
        groups=groups,
        home=home,
        ends=own,
        shifts=starts[mask] - _starts(own),
    )


def _starts(ends: Numbers) -> Numbers:
    """The first number of each row, whose numbers are those before `ends`."""
    return np.concatenate([np.zeros(1, dtype=ends.dtype), ends])[:-1]


def _empty(problem: Problem, part: Stratum) -> Diagnostic:
    if part.place is None:
        return at(
            problem.strata[-1].when,
            "empty-stratum",
            f"the strata take in all variants, so nothing is left for the other {part.share}",
            help="let the shares add up to 1",
        )
    return at(
        part.place,
        "empty-stratum",
        "no variant is in this stratum"
        + ("" if part.place is problem.strata[0].when else ", after those above it"),
        help="loosen its condition, or delete it",
    )
