"""The search for a counterexample: candidates by NumPy, the verdict by exact arithmetic.

`refute` goes through small numbers, the simplest first, and hands back the first cell in which the
conditions hold and the goal fails for certain. `look` tries random cells, for the second opinion.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from generator.solver.models.recurrent.decision import grid, sample
from generator.solver.models.recurrent.decision.audit import Undecided
from generator.solver.models.recurrent.decision.grid import QUICK, Level
from generator.solver.models.recurrent.decision.question import Question
from generator.solver.models.recurrent.structure.activations import ACTIVATIONS
from generator.solver.models.recurrent.structure.facts import Column
from generator.solver.models.recurrent.structure.terms import Statement
from generator.solver.models.recurrent.values.columns import SLACK, Columns, Mask
from generator.solver.models.recurrent.values.exact import Exact, Weights

Rows = NDArray[np.int64]

LISTED = 300
"""Candidates of one level that are put in order of their irrational numbers."""

CONFIRMED = 60
"""Candidates of one level that are tried in exact arithmetic."""


TRIED = 20
"""Random cells that seem to break a goal and are tried in exact arithmetic."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What simple and random cells showed: how many there were, and how many met the conditions.

    `example` is one of them that breaks the goal for certain.
    """

    cells: int
    meeting: int
    example: Exact | None


def refute(question: Question, levels: Sequence[Level]) -> Exact | None:
    """The simplest cell in which the conditions hold and the goal does not, None if none is found.

    Simple means few entries other than 0; among those, that the goal fails by more than equality;
    then few irrational numbers, then small ones.
    """
    for level in levels:
        columns = grid.columns(question.cell, level)
        broken = _meets(columns, question) & ~_looks(columns, question.goal, -SLACK)
        if not broken.any():
            continue
        clear = broken & ~_looks(columns, question.goal, SLACK)
        for mask in (clear, broken & ~clear):
            for example in _in_order(question, columns, np.flatnonzero(mask)):
                if _confirmed(example, question.given) and example.truth(question.goal) is False:
                    return example
    return None


def meet(question: Question, levels: Sequence[Level]) -> Exact | None:
    """The simplest cell in which the conditions hold, None if none is found."""
    for level in levels:
        columns = grid.columns(question.cell, level)
        for example in _in_order(question, columns, np.flatnonzero(_meets(columns, question))):
            if _confirmed(example, question.given):
                return example
    return None


def look(question: Question) -> Look:
    """How the question fares in random cells, and in the simple ones.

    Raises Undecided if the arrays and exact arithmetic contradict each other.
    """
    random = sample.columns(question.cell)
    meeting = [_meets(columns, question) for columns in random]
    simple = [_meets(grid.columns(question.cell, level), question) for level in QUICK]
    breaking = (
        _exact(question, columns, row)
        for columns, mask in zip(random, meeting, strict=True)
        for row in np.flatnonzero(mask & ~_looks(columns, question.goal, SLACK))[:TRIED]
    )
    return Look(
        cells=sum(map(len, (*meeting, *simple))),
        meeting=int(sum(mask.sum() for mask in (*meeting, *simple))),
        example=next((found for found in breaking if _breaks(found, question)), None),
    )


def _breaks(example: Exact, question: Question) -> bool:
    """Whether a cell that seems to break the goal does; a condition it seems to meet may fail."""
    if not _confirmed(example, question.given):
        return False
    if example.truth(question.goal) is True:
        raise Undecided("random cells break it in NumPy", "they do not in exact arithmetic")
    return example.truth(question.goal) is False


def _meets(columns: Columns, question: Question) -> Mask:
    """The rows in which all conditions look true."""
    mask = np.ones(_rows(columns), dtype=bool)
    for statement in question.given:
        mask &= columns.looks(statement, -SLACK)
    return mask


def _looks(columns: Columns, statement: Statement, slack: float) -> Mask:
    return np.broadcast_to(columns.looks(statement, slack), _rows(columns))


def _rows(columns: Columns) -> int:
    return max((len(columns.values[name]) for name, _ in columns.cell.free), default=1)


def _confirmed(example: Exact, given: Iterable[Statement]) -> bool:
    return all(example.truth(statement) is True for statement in given)


def _in_order(question: Question, columns: Columns, rows: Rows) -> Iterator[Exact]:
    """These rows as exact cells, those with few irrational numbers first."""
    rows = rows[:LISTED]
    if len(rows):
        irrationals = _irrationals(question, columns, rows)
        for row in rows[np.argsort(irrationals, kind="stable")][:CONFIRMED]:
            yield _exact(question, columns, row)


def _irrationals(question: Question, columns: Columns, rows: Rows) -> Column:
    """For each of these rows, how many activations give an irrational number."""
    counter = _Irrationals(
        question.cell, {name: columns.values[name][rows] for name, _ in question.cell.free}
    )
    for name, _ in question.cell.equations:
        counter.name(name)
    return np.broadcast_to(counter.count, len(rows))


class _Irrationals(Columns):
    """Counts the activations whose value is irrational: those of anything but 0, mostly."""

    count: Column = np.zeros(1)

    def apply(self, function: str, argument: Column) -> Column:
        if ACTIVATIONS[function].definition is None:
            self.count = self.count + (argument != 0).sum(axis=-1)
        return super().apply(function, argument)


def _exact(question: Question, columns: Columns, row: int) -> Exact:
    free: dict[str, Weights] = {
        name: tuple(
            tuple(Fraction(entry) for entry in line)
            for line in np.atleast_2d(columns.values[name][row]).tolist()
        )
        for name, _ in question.cell.free
    }
    return Exact(question.cell, free)
