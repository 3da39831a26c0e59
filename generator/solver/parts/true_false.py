"""A statement that is true or false, as an expression says."""

from __future__ import annotations

from generator.language.expression import Expression, compile_expression
from generator.model.dataclass import dataclass
from generator.model.part import Part, TrueFalseSpec
from generator.model.solution import PartSolution, TrueFalseKey
from generator.model.variant import Filter
from generator.solver.case import Case
from generator.solver.context import Context
from generator.solver.parts.common import part_solution, wrong_reasons
from generator.solver.parts.follow import Follow, compile_follow


@dataclass(frozen=True, slots=True, kw_only=True)
class TrueFalsePart:
    """A true/false part, compiled."""

    part: Part
    answer: Expression
    explain: bool
    follow: Follow
    filters: tuple[Filter, ...] = ()

    def solve(self, case: Case) -> tuple[PartSolution]:
        """The verdict; its mistakes are wrong reasons."""
        verdict, answer = case.truth(self.answer, "the answer of a true/false part")
        return (
            part_solution(
                self.part,
                TrueFalseKey(value=verdict, explain=self.explain),
                steps=answer.steps,
                mistakes=wrong_reasons(self.part.mistakes, case),
                evidence=answer.evidence,
                follows=self.follow.through(case),
            ),
        )


def compile_true_false(part: Part, context: Context) -> TrueFalsePart:
    """Compile a true/false part. Raises InputError for what is no expression."""
    assert isinstance(part.spec, TrueFalseSpec)  # noqa: S101 - by the table
    answer = compile_expression(part.spec.answer)
    return TrueFalsePart(
        part=part,
        answer=answer,
        explain=part.spec.explain,
        follow=compile_follow(part, context, answer),
    )
