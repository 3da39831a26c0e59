"""The search for a counterexample: candidates by NumPy, the verdict by exact arithmetic.

`refute` goes through small numbers, the simplest first, and hands back the first cell in which the
conditions hold and the goal fails for certain. `look` tries random cells, for the second opinion;
`confirm` makes sure of what it saw.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from generator.solver.models.recurrent.decision import grid as grids
from generator.solver.models.recurrent.decision import sample
from generator.solver.models.recurrent.decision.audit import Undecided
from generator.solver.models.recurrent.decision.grid import SHARED, Stage
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
    """What random cells showed: how many there were, and how many met the conditions.

    `suspects` are some rows of arrays in which the goal seems to fail.
    """

    cells: int
    meeting: int
    suspects: tuple[tuple[Columns, int], ...] = ()


def refute(question: Question, stages: Sequence[Stage]) -> Exact | None:
    """The simplest cell in which the conditions hold and the goal does not, None if none is found.

    Simple means few entries other than 0; among those, that the goal fails by more than equality;
    then few irrational numbers, then small ones.
    """
    for stage in stages:
        grid = grids.grid(question.whole if stage in SHARED else question.cell, stage)
        columns = grid.columns
        broken = _meets(columns, question) & ~_looks(columns, question.goal, -SLACK)
        if not broken.any():
            continue
        clear = broken & ~_looks(columns, question.goal, SLACK)
        for rows in grid.levels:
            for mask in (clear[rows], (broken & ~clear)[rows]):
                found = np.flatnonzero(mask) + rows.start
                for example in _in_order(question, columns, found):
                    met = _confirmed(example, question.given)
                    if met and example.truth(question.goal) is False:
                        return example
    return None


def look(question: Question) -> Look:
    """How the question fares in random cells, as far as arrays can tell."""
    random = sample.columns(question.whole)
    meeting = [_meets(columns, question) for columns in random]
    suspects = (
        (columns, int(row))
        for columns, mask in zip(random, meeting, strict=True)
        for row in np.flatnonzero(mask & ~_looks(columns, question.goal, SLACK))[:TRIED]
    )
    return Look(
        cells=sum(map(len, meeting)),
        meeting=int(sum(mask.sum() for mask in meeting)),
        suspects=tuple(islice(suspects, TRIED)),
    )


def confirm(question: Question, seen: Look) -> Exact | None:
    """The first of the suspects that breaks the goal for certain; None if none does.

    Raises Undecided if the arrays and exact arithmetic contradict each other.
    """
    for columns, row in seen.suspects:
        example = _exact(question, columns, row)
        if _confirmed(example, question.given):
            truth = example.truth(question.goal)
            if truth is True:
                raise Undecided("random cells break it in NumPy", "they do not in exact arithmetic")
            if truth is False:
                return example
    return None


def _meets(columns: Columns, question: Question) -> Mask:
    """The rows in which all conditions look true."""
    mask = np.ones(columns.rows, dtype=bool)
    for statement in question.given:
        mask &= columns.looks(statement, -SLACK)
    return mask


def _looks(columns: Columns, statement: Statement, slack: float) -> Mask:
    mask = columns.looks(statement, slack)
    return mask if len(mask) == columns.rows else np.broadcast_to(mask, columns.rows)


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
