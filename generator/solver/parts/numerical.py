"""A part that is answered with a number.

The key is exact, or rounded half away from zero to the `decimals` that the bank asks for. It may be
missed by the bank's tolerance; a relative one is made absolute, exactly. Where the key is rounded,
the tolerance is at least half a unit of the last place: whoever gives more digits than asked for
is right too.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from generator.diagnostics import Diagnostic, InputError, at
from generator.language import numbers
from generator.language.arithmetic import kind, rounded
from generator.language.expression import Expression, compile_expression
from generator.language.reals import Real
from generator.model.bank import NumericalSpec, Part
from generator.model.solution import Mistake, NumericalKey, PartSolution
from generator.model.source import Source
from generator.model.variant import Filter
from generator.solver.case import Answer, Case
from generator.solver.context import Context
from generator.solver.mistakes import Candidate, MistakeRules, applied
from generator.solver.parts.common import part_solution

Exact = int | Fraction


@dataclass(frozen=True, slots=True)
class _Wrong:
    """A mistake with its result as a number and the tolerance around it."""

    candidate: Candidate
    value: Exact
    tolerance: Exact

    def collides(self, value: Exact, tolerance: Exact) -> bool:
        """Whether a response could be taken for both."""
        reach = self.tolerance + tolerance
        return -reach <= self.value - value <= reach


@dataclass(frozen=True, slots=True, kw_only=True)
class NumericalPart:
    """A numerical part, compiled."""

    part: Part
    spec: NumericalSpec
    answer: Expression
    rules: MistakeRules
    filters: tuple[Filter, ...] = ()

    def solve(self, case: Case) -> tuple[PartSolution]:
        """The key and the mistakes that apply."""
        answer = case.answer(self.answer)
        value = self._number(answer.value, self.answer.source, "the key")
        key = NumericalKey(
            value=Fraction(value),
            tolerance=Fraction(self._tolerance(value)),
            decimals=self.spec.decimals,
            unit=self.spec.unit,
        )
        if not key.tolerance and not _ends(key.value):
            raise InputError([_endless(self.answer.source, key.value)])
        steps = answer.steps
        if self.spec.decimals is not None and answer.value != value:
            shown = numbers.decimal(value, self.spec.decimals)
            steps = (*steps, f"Rounded to {_places(self.spec.decimals)}: ${shown}$.")
        return (
            part_solution(
                self.part,
                key,
                steps=steps,
                mistakes=self._mistakes(case, answer, key),
                evidence=answer.evidence,
            ),
        )

    def _mistakes(self, case: Case, answer: Answer, key: NumericalKey) -> tuple[Mistake, ...]:
        """Two results collide where a response could lie within the tolerance of both."""
        kept = applied(
            [self._wrong(candidate) for candidate in self.rules.candidates(case, answer)],
            is_right=lambda wrong: wrong.collides(key.value, key.tolerance),
            collide=lambda one, other: one.collides(other.value, other.tolerance),
        )
        return tuple(
            Mistake(
                result=f"${self._shown(wrong.value)}$",
                because=wrong.candidate.because,
                worth=wrong.candidate.worth,
                value=Fraction(wrong.value),
            )
            for wrong in kept
        )

    def _wrong(self, candidate: Candidate) -> _Wrong:
        place = candidate.rule.source if candidate.rule else self.answer.source
        value = self._number(candidate.result, place, "a mistake's result")
        return _Wrong(candidate, value, self._tolerance(value))

    def _shown(self, value: Exact) -> str:
        if self.spec.decimals is None:
            return numbers.latex(value)
        return numbers.decimal(value, self.spec.decimals)

    def _number(self, value: object, place: Source, what: str) -> Exact:
        """The exact number, or the rounded one."""
        if isinstance(value, bool) or not isinstance(value, int | Fraction | Real):
            message = f"{what} of a numerical part is a number, not {kind(value)}"
            raise InputError([at(place, "wrong-type", message)])
        if self.spec.decimals is not None:
            value = rounded(value, self.spec.decimals)
        if isinstance(value, Real):
            message = f"{what} is irrational: {numbers.plain(value)}…"
            cure = "say to how many places it is asked for: `decimals: 3`"
            raise InputError([at(place, "inexact-key", message, help=cure)])
        return value

    def _tolerance(self, value: Exact) -> Exact:
        stated = self.spec.tolerance
        if stated.relative:
            amount = stated.amount * (value if value >= 0 else -value)
        else:
            amount = stated.amount
        if self.spec.decimals is None:
            return amount
        return max(amount, Fraction(1, 2 * 10**self.spec.decimals))


def compile_numerical(part: Part, _: Context) -> NumericalPart:
    """Compile a numerical part. Raises InputError for what is no expression."""
    assert isinstance(part.spec, NumericalSpec)  # noqa: S101 - by the table
    return NumericalPart(
        part=part,
        spec=part.spec,
        answer=compile_expression(part.spec.answer),
        rules=MistakeRules.of(part),
    )


def _ends(value: Fraction) -> bool:
    """Whether the number can be written with decimals."""
    rest = value.denominator
    for factor in (2, 5):
        while rest % factor == 0:
            rest //= factor
    return rest == 1


def _endless(place: Source, value: Fraction) -> Diagnostic:
    return at(
        place,
        "inexact-key",
        f"the key is {value}, which no decimal number hits",
        help="say to how many places it is asked for (`decimals: 3`), or allow a `tolerance`",
    )


def _places(count: int) -> str:
    return f"{count} decimal place{'' if count == 1 else 's'}" if count else "a whole number"
