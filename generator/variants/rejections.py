"""What each constraint keeps out, as plain data."""

from __future__ import annotations

from contextlib import suppress

from generator.diagnostics import InputError
from generator.language.columns import effort
from generator.model.dataclass import dataclass
from generator.model.source import Source
from generator.variants.rules import Rule
from generator.variants.tables import ROWS, Frame, Table

Counts = dict[int, tuple[int, int]]
"""For each rule (by its `id`): how many rows it saw, and how many of them it rejected."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejection:
    """What the rule at `place` keeps out: `rejected` of the `seen` combinations it was asked about.

    It is asked as soon as all the parameters that it mentions are there, about what the rules
    before it left. Alone, it rejects `alone` of the `combinations` of its own parameters. As the
    last one, it rejects `last` of the `others` variants that all other constraints admit. A pair is
    None where the combinations are too many, or where the rule (or one of the others) has no value
    without the rules before it; a filter of the solver's is always the last.
    """

    place: Source
    reason: str
    is_constraint: bool
    seen: int
    rejected: int
    combinations: int | None
    alone: int | None
    others: int | None = None
    last: int | None = None


def rejection(frame: Frame, rule: Rule, counts: Counts) -> Rejection:
    """What a rule kept out when it was applied, and what it would keep out alone."""
    seen, rejected = counts[id(rule)]
    combinations = alone = None
    with suppress(InputError), effort(rule.place):
        table = _free(frame, rule)
        if table is not None:
            admitted = int(rule.admits(table).sum())
            combinations, alone = table.size, table.size - admitted
    return Rejection(
        place=rule.place,
        reason=rule.reason,
        is_constraint=not rule.is_late,
        seen=seen,
        rejected=rejected,
        combinations=combinations,
        alone=alone,
    )


def _free(frame: Frame, rule: Rule) -> Table | None:
    """All combinations of the rule's own parameters; None for a late rule, or too many."""
    if rule.is_late:
        return None
    table, needed = Table(frame=frame), frame.needed(rule.names)
    for name in frame.axes:
        if name in needed:
            if table.width(name) > ROWS:
                return None
            table = table.crossed(name)
    return table
