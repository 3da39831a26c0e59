"""A part that is answered with a formula: a derivation of the model, or a value as it is."""

from __future__ import annotations

from fractions import Fraction

from generator.diagnostics import InputError, at
from generator.language import numbers
from generator.language.arithmetic import kind, rational
from generator.language.expression import Expression, compile_expression
from generator.language.reals import Real
from generator.model.dataclass import dataclass
from generator.model.formula import Term, Vector, constant
from generator.model.part import ExpressionSpec, Part
from generator.model.solution import ExpressionKey, Mistake, PartSolution
from generator.model.source import Source
from generator.model.value import Formula
from generator.model.variant import Filter
from generator.solver.case import Case
from generator.solver.context import Context
from generator.solver.mistakes import Candidate, MistakeRules, applied, place
from generator.solver.parts.common import part_solution
from generator.solver.parts.follow import Follow, compile_follow
from generator.solver.shown import is_shown, shown


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpressionPart:
    """An expression part, compiled."""

    part: Part
    answer: Expression
    rules: MistakeRules
    follow: Follow
    filters: tuple[Filter, ...] = ()

    def solve(self, case: Case) -> tuple[PartSolution]:
        """The formula, and the mistakes whose formula reads differently."""
        answer = case.answer(self.answer)
        _check(answer.value, self.answer.source, "the key")
        candidates = (
            (candidate, self._shown(candidate)) for candidate in self.rules.candidates(case, answer)
        )
        mistakes = (
            Mistake(
                result=self._shown(candidate),
                because=candidate.because,
                worth=candidate.worth,
                term=_term(candidate.result),
            )
            for candidate in applied(shown(answer.value), candidates)
        )
        key = ExpressionKey(
            latex=numbers.latex(answer.value),
            text=numbers.plain(answer.value),
            term=_term(answer.value),
            glossary=answer.value.glossary if isinstance(answer.value, Formula) else None,
        )
        return (
            part_solution(
                self.part,
                key,
                steps=answer.steps,
                mistakes=tuple(mistakes),
                evidence=answer.evidence,
                follows=self.follow.through(case),
            ),
        )

    def _shown(self, candidate: Candidate) -> str:
        """A wrong formula; the model gives different ones a different form."""
        _check(candidate.result, place(candidate, self.answer), "a mistake's result")
        return shown(candidate.result)


def compile_expression_part(part: Part, context: Context) -> ExpressionPart:
    """Compile an expression part. Raises InputError for what is no expression."""
    assert isinstance(part.spec, ExpressionSpec)  # noqa: S101 - by the table
    return ExpressionPart(
        part=part,
        answer=compile_expression(part.spec.answer),
        rules=MistakeRules.of(part),
        follow=compile_follow(part, context),
    )


def _term(value: object) -> Term | None:
    """What a result means, as far as it is known: words may be written like a formula."""
    if isinstance(value, Formula):
        return value.term
    if isinstance(value, tuple):
        items = [_term(item) for item in value]
        known = tuple(item for item in items if item is not None)
        return Vector(items=known) if len(known) == len(items) else None
    if isinstance(value, bool) or not isinstance(value, int | Fraction | Real):
        return None
    return constant(rational(value, "a formula"))


def _check(value: object, where: Source, what: str) -> None:
    if not is_shown(value):
        message = f"{what} of an expression part is a formula or a value, not {kind(value)}"
        raise InputError([at(where, "wrong-type", message)])
