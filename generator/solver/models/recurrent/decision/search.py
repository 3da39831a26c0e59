"""The search for a counterexample: candidates by NumPy, the verdict by exact arithmetic.

`refute` goes through small numbers, the simplest first, and hands back the first cell in which the
conditions hold and the goal fails for certain. `look` tries random cells, for the second opinion;
`confirm` makes sure of what it saw.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import islice
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from generator.model.dataclass import dataclass
from generator.solver.models.recurrent.decision import sample
from generator.solver.models.recurrent.decision.audit import Undecided
from generator.solver.models.recurrent.decision.grid import (
    CLOSER,
    QUICK,
    SHARED,
    THOROUGH,
    WIDER,
    Grid,
    Stage,
    around,
    grid,
)
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


SEEDS = 10
"""Cells that meet the conditions and are changed in further entries."""

TRIED = 20
"""Random cells that seem to break a goal and are tried in exact arithmetic."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What cells of a sort showed: how many there were, and how many met the conditions.

    `suspects` are some rows of arrays in which the goal seems to fail.
    """

    sort: Literal["random", "simple"]
    cells: int
    meeting: int
    suspects: tuple[tuple[Columns, int], ...] = ()


def refute(question: Question, stages: Sequence[Stage]) -> Exact | None:
    """The simplest cell in which the conditions hold and the goal does not, None if none is found.

    Simple means few entries other than 0; among those, that the goal fails by more than equality;
    then few irrational numbers, then small ones.
    """
    found = (_simplest(question, _grid(question, stage)) for stage in stages)
    return next(filter(None, found), None)


def refute_around(question: Question) -> Exact | None:
    """A counterexample near to one of the simplest cells that meet the conditions.

    Where not even few entries can meet them, those that do are kept, and others chosen beside.
    """
    for stage in (QUICK, CLOSER, WIDER):
        columns = _grid(question, stage).columns
        seeds = np.flatnonzero(_meets(columns, question))[:SEEDS]
        if len(seeds):
            break
    if stage is QUICK or not len(seeds):
        return None
    rows = ({name: columns.values[name][seed] for name, _ in question.cell.free} for seed in seeds)
    found = (_simplest(question, around(question.cell, row)) for row in rows)
    return next(filter(None, found), None)


def _simplest(question: Question, among: Grid) -> Exact | None:
    """The simplest of these cells in which the conditions hold and the goal does not."""
    columns = among.columns
    broken = _meets(columns, question) & ~_looks(columns, question.goal, -SLACK)
    if not broken.any():
        return None
    clear = broken & ~_looks(columns, question.goal, SLACK)
    for rows in among.levels:
        for mask in (clear[rows], (broken & ~clear)[rows]):
            chosen = np.flatnonzero(mask) + rows.start
            for example in _in_order(question, columns, chosen):
                met = _confirmed(example, question.given)
                if met and example.truth(question.goal) is False:
                    return example
    return None


def _grid(question: Question, stage: Stage) -> Grid:
    return grid(question.whole if stage in SHARED else question.cell, stage)


def look(question: Question) -> Look:
    """How the question fares in random cells, as far as arrays can tell."""
    return _look(question, "random", sample.columns(question.whole))


def glance(question: Question) -> Look:
    """The same in the smallest of them alone."""
    return _look(question, "random", sample.columns(question.whole)[:1])


def look_closer(question: Question) -> Look:
    """The same in simple cells, as many as it takes to meet the conditions."""
    seen = Look(sort="simple", cells=0, meeting=0)
    for stage in (QUICK, CLOSER, *THOROUGH):
        if not seen.meeting:
            seen = _look(question, "simple", [_grid(question, stage).columns])
    return seen


def _look(question: Question, sort: Literal["random", "simple"], cells: Sequence[Columns]) -> Look:
    meeting = [_meets(columns, question) for columns in cells]
    suspects = (
        (columns, int(row))
        for columns, mask in zip(cells, meeting, strict=True)
        for row in np.flatnonzero(mask & ~_looks(columns, question.goal, SLACK))[:TRIED]
    )
    return Look(
        sort=sort,
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
