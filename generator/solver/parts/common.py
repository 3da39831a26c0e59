"""What all types of parts have in common."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from generator.language.expression import compile_expression
from generator.model.dataclass import dataclass
from generator.model.part import MistakeSpec, Part
from generator.model.solution import (
    Evidence,
    FollowThrough,
    Key,
    Mistake,
    PartSolution,
    Rubric,
    Wording,
)
from generator.model.variant import Column, Filter
from generator.solver.case import Case, located
from generator.solver.context import Context


class PartSolver(Protocol):
    """A part whose expressions are compiled."""

    @property
    def filters(self) -> tuple[Filter, ...]:
        """What keeps variants out in which the part makes no sense."""

    def solve(self, case: Case) -> tuple[PartSolution, ...]:
        """The answers in a variant: one, or one for each claim.

        Raises InputError where there is none, or where it is not proved.
        """


def part_solution(
    part: Part,
    key: Key,
    *,
    ask: Wording | None = None,
    steps: tuple[Wording, ...] = (),
    mistakes: tuple[Mistake, ...] = (),
    evidence: Evidence | None = None,
    follows: tuple[FollowThrough, ...] = (),
) -> PartSolution:
    """The answer to a part; the author's own worked solution stands for `steps`."""
    return PartSolution(
        ask=ask if ask is not None else (part.ask or ""),
        points=part.points,
        key=key,
        steps=part.solution or steps,
        mistakes=mistakes,
        evidence=evidence,
        rubric=tuple([Rubric(points=line.points, text=line.text) for line in part.rubric]),
        lines=part.lines,
        hints=part.hints,
        follows=follows,
    )


def makes_sense(mistake: MistakeSpec, case: Case) -> bool:
    """Whether the bank says of a mistake that it can be made in this variant."""
    return mistake.when is None or case.holds(compile_expression(mistake.when), "`when`")


def wrong_reasons(mistakes: tuple[MistakeSpec, ...], case: Case) -> tuple[Mistake, ...]:
    """The mistakes of a part that is answered with a reason: wrong reasons, as template text."""
    return tuple(
        Mistake(result=spec.result, because=spec.because, worth=spec.worth)
        for spec in mistakes
        if makes_sense(spec, case)
    )


@dataclass(frozen=True, slots=True)
class Rows:
    """Admits the combinations of values of which `verdict` says so, one after the other."""

    context: Context
    verdict: Callable[[Case], bool]

    def admits(self, columns: Mapping[str, Column]) -> NDArray[np.bool_]:
        """A mask of the rows of equally long columns; without columns there is one row."""
        names = list(columns)
        rows = zip(*(columns[name].tolist() for name in names), strict=True) if names else [()]
        verdicts = [self._admits(dict(zip(names, row, strict=True))) for row in rows]
        return np.array(verdicts, dtype=bool)

    def _admits(self, values: Mapping[str, object]) -> bool:
        with located(values):
            return self.verdict(Case(self.context, values))
