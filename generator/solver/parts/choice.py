"""A part with options to choose from: written out, or made of the answer and the mistakes.

The options stand in an order that depends on the problem's id, the variant and their own texts,
and on nothing else: not on which of them is right.
"""

from __future__ import annotations

import operator
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from generator.diagnostics import Diagnostic, InputError, at
from generator.language.arithmetic import kind
from generator.language.expression import Expression, compile_expression
from generator.model.bank import ChoiceSpec, OptionSpec, Part
from generator.model.solution import ChoiceKey, Evidence, Option, PartSolution, Wording
from generator.model.source import Source
from generator.model.variant import Column, Filter
from generator.solver.case import Case, located
from generator.solver.context import Context
from generator.solver.contract import Derivation
from generator.solver.mistakes import Candidate, MistakeRules, applied, place
from generator.solver.parts.common import part_solution
from generator.solver.shown import is_shown, shown

_FEWEST = 2


def _ordered(options: list[Option], case: Case, salt: str) -> tuple[Option, ...]:
    """The options by the digest of their texts, keyed by the variant."""
    key = blake2b(f"{case.context.problem.identity}\0{case.index}\0{salt}".encode()).digest()

    def digest(option: Option) -> bytes:
        return blake2b(_text(option.text).encode(), key=key, digest_size=16).digest()

    return tuple(sorted(options, key=digest))


def _text(wording: Wording) -> str:
    return wording.text if isinstance(wording, Source) else wording


# --- made of mistakes --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeChoice:
    """The right answer among the results of the mistakes that apply."""

    part: Part
    context: Context
    answer: Expression
    rules: MistakeRules
    count: int | None

    @property
    def filters(self) -> tuple[Filter, ...]:
        """Only variants in which enough mistakes apply."""
        return (
            Filter(
                names=self.context.needed(self.answer, *self.rules.expressions),
                admits=self._admits,
                reason=f"fewer than {self.count or _FEWEST} options differ",
                place=self.answer.source,
            ),
        )

    def solve(self, case: Case) -> tuple[PartSolution]:
        """The options in this variant's order. Raises InputError if there are too few."""
        answer = case.answer(self.answer)
        wrong = self._wrong(case, answer)
        if len(wrong) + 1 < self._least:
            message = f"only {len(wrong) + 1} of {self._least} options differ"
            cure = "add `mistakes`, or show fewer options: `count`"
            raise InputError([at(self.answer.source, "too-few-options", message, help=cure)])
        right = Option(text=self._shown(answer.value, self.answer.source), right=True)
        options = [right, *(self._option(candidate) for candidate in wrong)][: self.count]
        key = ChoiceKey(options=_ordered(options, case, self.answer.source.text))
        return (part_solution(self.part, key, steps=answer.steps, evidence=answer.evidence),)

    @property
    def _least(self) -> int:
        return self.count or _FEWEST

    def _wrong(self, case: Case, answer: Derivation) -> list[Candidate]:
        """The mistakes that apply; two results collide where they read the same."""
        candidates = (
            (candidate, self._shown(candidate.result, place(candidate, self.answer)))
            for candidate in self.rules.candidates(case, answer)
        )
        return applied(self._shown(answer.value, self.answer.source), candidates, operator.eq)

    def _option(self, candidate: Candidate) -> Option:
        return Option(
            text=self._shown(candidate.result, place(candidate, self.answer)),
            right=False,
            because=candidate.because,
            worth=candidate.worth,
        )

    def _shown(self, value: object, where: Source) -> str:
        if not is_shown(value):
            message = f"an option is a value or a formula, not {kind(value)}"
            raise InputError([at(where, "wrong-type", message)])
        return shown(value)

    def _admits(self, columns: Mapping[str, Column]) -> NDArray[np.bool_]:
        names = list(columns)
        rows = zip(*(columns[name].tolist() for name in names), strict=True)
        verdicts = [self._has_enough(dict(zip(names, row, strict=True))) for row in rows]
        return np.array(verdicts, dtype=bool)

    def _has_enough(self, values: Mapping[str, object]) -> bool:
        with located(values):
            case = Case(self.context, values)
            key, known = case.outcomes(self.answer)
            place = self.answer.source
            different = {self._shown(key, place)}
            for result, source in self.rules.results(case, known):
                different.add(self._shown(result, source or place))
            return len(different) >= self._least


# --- written out -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenChoice:
    """Options that the author wrote, each with an expression that says whether it is right."""

    part: Part
    options: tuple[tuple[OptionSpec, Expression], ...]
    multiple: bool
    filters: tuple[Filter, ...] = ()

    def solve(self, case: Case) -> tuple[PartSolution]:
        """The options in this variant's order. Raises InputError unless enough are right."""
        decided = [
            (spec, case.truth(right, "whether an option is right")) for spec, right in self.options
        ]
        right = sum(verdict for _, (verdict, _) in decided)
        if right == 0 or (right > 1 and not self.multiple):
            raise InputError([self._count(right)])
        options = [
            Option(text=spec.text, right=verdict, because=spec.because or "")
            for spec, (verdict, _) in decided
        ]
        placed = _ordered(options, case, "")
        first = decided[0][1][1].evidence
        verdicts = ", ".join("right" if option.right else "wrong" for option in placed)
        return (
            part_solution(
                self.part,
                ChoiceKey(options=placed, multiple=self.multiple),
                steps=tuple(
                    spec.because for spec, (verdict, _) in decided if verdict and spec.because
                ),
                evidence=Evidence(first=first.first, second=first.second, result=verdicts),
            ),
        )

    def _count(self, right: int) -> Diagnostic:
        place = self.options[0][0].text if not right else self.options[-1][0].text
        which = "no option is right" if not right else f"{right} options are right"
        cure = "allow several with `multiple: true`, or keep such variants out by a constraint"
        return at(place, "wrong-options", f"{which} here", help=cure if right else "")


def compile_choice(part: Part, context: Context) -> MadeChoice | WrittenChoice:
    """Compile a choice part. Raises InputError for what is no expression."""
    assert isinstance(part.spec, ChoiceSpec)  # noqa: S101 - by the table
    if part.spec.answer is not None:
        return MadeChoice(
            part=part,
            context=context,
            answer=compile_expression(part.spec.answer),
            rules=MistakeRules.of(part),
            count=part.spec.count,
        )
    return WrittenChoice(
        part=part,
        options=tuple((option, compile_expression(option.right)) for option in part.spec.options),
        multiple=part.spec.multiple,
    )
