"""What all types of parts have in common."""

from __future__ import annotations

from typing import Protocol

from generator.language.expression import compile_expression
from generator.model.bank import MistakeSpec, Part
from generator.model.solution import Evidence, Key, Mistake, PartSolution, Rubric, Wording
from generator.model.variant import Filter
from generator.solver.case import Case


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
) -> PartSolution:
    """The answer to a part; the author's own worked solution stands for `steps`."""
    return PartSolution(
        ask=ask if ask is not None else (part.ask or ""),
        points=part.points,
        key=key,
        steps=part.solution or steps,
        mistakes=mistakes,
        evidence=evidence,
        rubric=tuple(Rubric(points=line.points, text=line.text) for line in part.rubric),
        lines=part.lines,
    )


def wrong_reasons(mistakes: tuple[MistakeSpec, ...], case: Case) -> tuple[Mistake, ...]:
    """The mistakes of a part that is answered with a reason: wrong reasons, as template text."""
    return tuple(
        Mistake(result=spec.result, because=spec.because, worth=spec.worth)
        for spec in mistakes
        if spec.when is None or case.holds(compile_expression(spec.when), "`when`")
    )
