"""A free answer, marked by hand with the part's rubric: there is no key to prove."""

from __future__ import annotations

from generator.model.dataclass import dataclass
from generator.model.part import EssaySpec, Part
from generator.model.solution import EssayKey, PartSolution
from generator.model.variant import Filter
from generator.solver.case import Case
from generator.solver.context import Context
from generator.solver.parts.common import part_solution
from generator.solver.parts.follow import Follow, compile_follow


@dataclass(frozen=True, slots=True, kw_only=True)
class EssayPart:
    """An essay part."""

    part: Part
    lines: int
    follow: Follow
    filters: tuple[Filter, ...] = ()

    def solve(self, case: Case) -> tuple[PartSolution]:
        """The space to leave, and the rubric."""
        key = EssayKey(lines=self.lines)
        return (part_solution(self.part, key, follows=self.follow.through(case)),)


def compile_essay(part: Part, context: Context) -> EssayPart:
    """Find what it follows; there is nothing else to compile."""
    assert isinstance(part.spec, EssaySpec)  # noqa: S101 - by the table
    return EssayPart(part=part, lines=part.spec.lines, follow=compile_follow(part, context))
