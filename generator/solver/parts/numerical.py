"""A part that is answered with a number.

The key is exact, or rounded half away from zero to the `decimals` or the significant figures that
the bank asks for. It may be missed by the bank's tolerance; one that depends on the key is made
absolute, exactly. Where the key is rounded, the tolerance is at least half a unit of the last
place: whoever gives more digits than asked for is right too.
"""

from __future__ import annotations

from dataclasses import field, replace
from fractions import Fraction

from generator.diagnostics import Diagnostic, InputError, at
from generator.language import numbers
from generator.language.arithmetic import kind, rounded
from generator.language.expression import Expression, compile_expression
from generator.language.reals import Real
from generator.memo import Memo
from generator.model.dataclass import dataclass
from generator.model.part import NumericalSpec, Part
from generator.model.solution import Mistake, NumericalKey, PartSolution
from generator.model.source import Source
from generator.model.variant import Filter
from generator.solver.case import Case
from generator.solver.context import Context
from generator.solver.contract import Derivation, KnownMistake
from generator.solver.mistakes import Candidate, MistakeRules, apart, applied, place
from generator.solver.parts.common import part_solution
from generator.solver.parts.follow import Follow, compile_follow
from generator.solver.parts.rounding import half_a_unit, rounding, rounding_to_figures, to_figures

Exact = int | Fraction
_EXACTLY = Fraction(0)
Interval = tuple[Exact, Exact]
"""What a response may be to be taken for a result: the least and the largest number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NumericalPart:
    """A numerical part, compiled; `least` is the tolerance of whatever value."""

    part: Part
    spec: NumericalSpec
    answer: Expression
    rules: MistakeRules
    least: Exact
    follow: Follow
    solutions: Memo[Derivation, PartSolution] = field(default_factory=Memo, compare=False)
    filters: tuple[Filter, ...] = ()

    def solve(self, case: Case) -> tuple[PartSolution]:
        """The key and the mistakes that apply."""
        answer = case.answer(self.answer)
        if not (self.rules.stated or self.follow.letters):
            # nothing but the answer matters, and variants share answers
            return (self.solutions.of(answer, self._without_case),)
        found = self._solution(answer, tuple(self.rules.candidates(case, answer)))
        if self.follow.letters:
            found = replace(found, follows=self.follow.through(case))
        return (found,)

    def _without_case(self, answer: Derivation) -> PartSolution:
        return self._solution(answer, self.rules.known(answer))

    def _solution(self, answer: Derivation, candidates: tuple[Candidate, ...]) -> PartSolution:
        value = self._number(answer.value, self.answer.source, "the key")
        tolerance = self._tolerance(value)
        key = NumericalKey(
            value=Fraction(value),
            tolerance=Fraction(tolerance) if tolerance else _EXACTLY,
            decimals=self.spec.decimals,
            figures=self.spec.tolerance.figures,
            rounded=not _same(value, answer.value),
            unit=self.spec.unit,
        )
        if not (tolerance or type(value) is int or _ends(key.value)):
            raise InputError([_endless(self.answer.source, key.value)])
        return part_solution(
            self.part,
            key,
            steps=(*answer.steps, *self._rounding(answer.value, value)),
            mistakes=self._mistakes(candidates, value),
            evidence=answer.evidence,
        )

    def _mistakes(self, candidates: tuple[Candidate, ...], key: Exact) -> tuple[Mistake, ...]:
        """Without tolerance results collide where they are equal, else where they overlap."""
        values = [
            (one, one.result if type(one.result) is int else self._wrong(one))  # most are whole
            for one in candidates
        ]
        if self.least or self.spec.tolerance.relative or self.spec.tolerance.figures:
            ranges = ((pair, self._interval(pair[1])) for pair in values)
            kept = apart(self._interval(key), ranges, _overlap)
        else:
            kept = applied(key, [(pair, pair[1]) for pair in values])
        form = (self.spec.decimals, self.spec.tolerance.figures)
        return tuple([one.told.get(form) or self._told(one, value, form) for one, value in kept])

    def _told(
        self, candidate: Candidate, value: Exact, form: tuple[int | None, int | None]
    ) -> Mistake:
        mistake = Mistake(
            result=f"${self._shown(value, candidate.result)}$",
            because=candidate.because,
            worth=candidate.worth,
            value=Fraction(value),
        )
        if isinstance(candidate, KnownMistake):
            candidate.told[form] = mistake
        return mistake

    def _rounding(self, value: object, rounded_value: Exact) -> tuple[str, ...]:
        figures = self.spec.tolerance.figures
        if figures is not None:
            return rounding_to_figures(value, rounded_value, figures)
        return rounding(value, rounded_value, self.spec.decimals)

    def _wrong(self, candidate: Candidate) -> Exact:
        """The result of a mistake."""
        where = place(candidate, self.answer)
        return self._number(candidate.result, where, "a mistake's result")

    def _shown(self, value: Exact, result: object) -> str:
        """The result of a mistake, as rounded as the key is."""
        if self.spec.tolerance.figures is not None:
            return numbers.figures(value, self.spec.tolerance.figures).latex
        if type(value) is int and (value is result or _same(value, result)):
            return str(value)  # most are, and a network has many
        rounded = not _same(value, result)
        return numbers.asked(Fraction(value), self.spec.decimals, rounded=rounded).latex

    def _number(self, value: object, where: Source, what: str) -> Exact:
        """The exact number, or the rounded one."""
        if isinstance(value, bool) or not isinstance(value, int | Fraction | Real):
            message = f"{what} of a numerical part is a number, not {kind(value)}"
            raise InputError([at(where, "wrong-type", message)])
        if self.spec.decimals is not None:
            value = rounded(value, self.spec.decimals)
        if self.spec.tolerance.figures is not None:
            return to_figures(value, self.spec.tolerance.figures)
        if isinstance(value, Real):
            message = f"{what} is irrational: {numbers.plain(value)}…"
            cure = "say how exact it is asked for: `decimals: 3` or `tolerance: {figures: 3}`"
            raise InputError([at(where, "inexact-key", message, help=cure)])
        return value

    def _interval(self, value: Exact) -> Interval:
        tolerance = self._tolerance(value)
        return value - tolerance, value + tolerance

    def _tolerance(self, value: Exact) -> Exact:
        stated = self.spec.tolerance
        if stated.figures is not None:
            return half_a_unit(value, stated.figures)
        if not stated.relative:
            return self.least
        return max(self.least, stated.amount * (value if value >= 0 else -value))


def _same(value: Exact, result: object) -> bool:
    """Whether nothing was rounded: what is irrational always is."""
    return isinstance(result, int | Fraction) and value == result


def _overlap(one: Interval, other: Interval) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


def compile_numerical(part: Part, context: Context) -> NumericalPart:
    """Compile a numerical part. Raises InputError for what is no expression."""
    assert isinstance(part.spec, NumericalSpec)  # noqa: S101 - by the table
    answer = compile_expression(part.spec.answer)
    if part.spec.decimals is not None and part.spec.tolerance.figures is not None:
        raise InputError([_both(part)])
    return NumericalPart(
        part=part,
        spec=part.spec,
        answer=answer,
        rules=MistakeRules.of(part),
        least=_least_tolerance(part.spec),
        follow=compile_follow(part, context, answer),
    )


def _least_tolerance(spec: NumericalSpec) -> Exact:
    stated = Fraction(0) if spec.tolerance.relative else spec.tolerance.amount
    half = Fraction(0) if spec.decimals is None else Fraction(1, 2 * 10**spec.decimals)
    least = max(stated, half)
    return least if least else 0  # an integer less a fraction is a slow fraction


def _both(part: Part) -> Diagnostic:
    message = "a number is asked for with so many decimals or so many significant figures, not both"
    return at(part.place, "wrong-value", message, help="leave out `decimals` or `figures`")


def _ends(value: Fraction) -> bool:
    """Whether the number can be written with decimals."""
    rest = value.denominator
    for factor in (2, 5):
        while rest % factor == 0:
            rest //= factor
    return rest == 1


def _endless(where: Source, value: Fraction) -> Diagnostic:
    return at(
        where,
        "inexact-key",
        f"the key is {value}, which no decimal number hits",
        help="say to how many places it is asked for (`decimals: 3`), or allow a `tolerance`",
    )
