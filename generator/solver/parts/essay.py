"""A free answer, marked by hand with the part's rubric: there is no key to prove."""

from __future__ import annotations

from dataclasses import dataclass

from generator.model.bank import EssaySpec, Part
from generator.model.solution import EssayKey, PartSolution
from generator.model.variant import Filter
from generator.solver.case import Case
from generator.solver.context import Context
from generator.solver.parts.common import part_solution


@dataclass(frozen=True, slots=True, kw_only=True)
class EssayPart:
    """An essay part."""

    part: Part
    lines: int
    filters: tuple[Filter, ...] = ()

    def solve(self, case: Case) -> tuple[PartSolution]:
        """The space to leave, and the rubric."""
        return (part_solution(self.part, EssayKey(lines=self.lines)),)


def compile_essay(part: Part, _: Context) -> EssayPart:
    """There is nothing to compile."""
    assert isinstance(part.spec, EssaySpec)  # noqa: S101 - by the table
    return EssayPart(part=part, lines=part.spec.lines)
