"""A part that is answered with a formula: a derivation of the model, or a value as it is."""

from __future__ import annotations

from dataclasses import dataclass

from generator.diagnostics import InputError, at
from generator.language import numbers
from generator.language.arithmetic import kind
from generator.language.expression import Expression, compile_expression
from generator.model.bank import ExpressionSpec, Part
from generator.model.solution import ExpressionKey, Mistake, PartSolution
from generator.model.source import Source
from generator.model.variant import Filter
from generator.solver.case import Case
from generator.solver.context import Context
from generator.solver.mistakes import MistakeRules, applied
from generator.solver.parts.common import part_solution
from generator.solver.shown import is_shown, shown


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpressionPart:
    """An expression part, compiled."""

    part: Part
    answer: Expression
    rules: MistakeRules
    filters: tuple[Filter, ...] = ()

    def solve(self, case: Case) -> tuple[PartSolution]:
        """The formula, and the mistakes whose formula reads differently."""
        answer = case.answer(self.answer)
        _check(answer.value, self.answer.source, "the key")
        kept = applied(
            self.rules.candidates(case, answer),
            is_right=lambda candidate: _same(candidate.result, answer.value),
            collide=lambda one, other: _same(one.result, other.result),
        )
        mistakes = []
        for candidate in kept:
            place = candidate.rule.source if candidate.rule else self.answer.source
            _check(candidate.result, place, "a mistake's result")
            mistakes.append(
                Mistake(
                    result=shown(candidate.result),
                    because=candidate.because,
                    worth=candidate.worth,
                )
            )
        key = ExpressionKey(latex=numbers.latex(answer.value), text=numbers.plain(answer.value))
        return (
            part_solution(
                self.part,
                key,
                steps=answer.steps,
                mistakes=tuple(mistakes),
                evidence=answer.evidence,
            ),
        )


def compile_expression_part(part: Part, _: Context) -> ExpressionPart:
    """Compile an expression part. Raises InputError for what is no expression."""
    assert isinstance(part.spec, ExpressionSpec)  # noqa: S101 - by the table
    return ExpressionPart(
        part=part, answer=compile_expression(part.spec.answer), rules=MistakeRules.of(part)
    )


def _same(one: object, other: object) -> bool:
    """Whether two formulas read the same; the model gives different ones a different form."""
    return shown(one) == shown(other)


def _check(value: object, place: Source, what: str) -> None:
    if not is_shown(value):
        message = f"{what} of an expression part is a formula or a value, not {kind(value)}"
        raise InputError([at(place, "wrong-type", message)])
