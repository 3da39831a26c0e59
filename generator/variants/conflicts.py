"""Which constraints contradict each other: the smallest set of them that nothing satisfies.

A constraint that leaves nothing does so together with some of those before it. Sets of these are
tried from the smallest on; where there are too many sets, one is made irreducible instead: every
constraint without which nothing would still be satisfied is taken out.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from generator.diagnostics import InputError
from generator.variants.rules import Rule
from generator.variants.tables import ROWS, Frame, Table

_TRIED = 6
"""Constraints whose 64 sets are all tried."""


def conflict(frame: Frame, rule: Rule, earlier: Sequence[Rule]) -> tuple[Rule, ...]:
    """The fewest of the `earlier` rules with which `rule` cannot be satisfied; none if alone."""
    if len(earlier) <= _TRIED:
        for size in range(len(earlier)):
            for some in combinations(earlier, size):
                if _contradictory(frame, (*some, rule)):
                    return some
        return tuple(earlier)
    left = list(earlier)
    for one in earlier:
        fewer = [other for other in left if other is not one]
        if _contradictory(frame, (*fewer, rule)):
            left = fewer
    return tuple(left)


def _contradictory(frame: Frame, rules: Sequence[Rule]) -> bool:
    """Whether no combination satisfies all of the rules, as far as that can be found out."""
    ties = {id(rule): frame.needed(rule.names) for rule in rules}
    waiting, table = list(rules), Table(frame=frame)
    try:
        for name in frame.axes:
            if name in frozenset().union(*ties.values()):
                if table.width(name) > ROWS:
                    return False
                table = table.crossed(name)
            decided = [rule for rule in waiting if ties[id(rule)] <= table.numbers.keys()]
            for rule in decided:
                table = table.kept(rule.admits(table))
                waiting.remove(rule)
    except InputError:
        return False  # it has no value without the constraints that are left out
    return table.size == 0
