"""Which mistakes apply to a variant: those whose result is told apart from everything else.

A wrong result earns the feedback of a mistake only where it can come from that mistake alone. So a
mistake does not apply where its result collides with the key, nor where it collides with that of a
mistake stated before it: of two that lead to the same number in this variant, the one stated first
speaks, and a bank's own are stated before the model's. Authors state the likelier one first.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import ClassVar, TypeVar

from generator.language.expression import Expression, compile_expression
from generator.model.dataclass import dataclass
from generator.model.part import MistakeSpec, Part
from generator.model.solution import Mistake, Wording
from generator.model.source import Source
from generator.solver.case import Case
from generator.solver.contract import Derivation, KnownMistake

C = TypeVar("C")
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedMistake:
    """A mistake that the bank states, with its result in this variant and the text it is from."""

    result: object
    because: Wording
    worth: Fraction
    source: Source
    told: ClassVar[Mapping[Hashable, Mistake]] = MappingProxyType({})
    """Nothing: a stated mistake is one variant's alone (see `KnownMistake`)."""


Candidate = StatedMistake | KnownMistake
"""A mistake that may apply: `result`, `because` and `worth`."""


def place(candidate: Candidate, answer: Expression) -> Source:
    """Where to point at what is wrong with its result: the model's stand at the answer."""
    return candidate.source if isinstance(candidate, StatedMistake) else answer.source


@dataclass(frozen=True, slots=True, kw_only=True)
class MistakeRules:
    """A part's mistakes, compiled; `model` takes in those that the model knows."""

    stated: tuple[tuple[MistakeSpec, Expression, Expression | None], ...]
    model: bool

    @classmethod
    def of(cls, part: Part) -> MistakeRules:
        """Raises InputError for what is no expression."""
        stated = tuple(
            (
                spec,
                compile_expression(spec.result),
                None if spec.when is None else compile_expression(spec.when),
            )
            for spec in part.mistakes
        )
        return cls(stated=stated, model=part.model_mistakes)

    @property
    def expressions(self) -> tuple[Expression, ...]:
        """Everything in them that is evaluated."""
        return tuple(
            expression
            for _, result, when in self.stated
            for expression in (result, when)
            if expression is not None
        )

    def candidates(self, case: Case, answer: Derivation) -> Iterator[Candidate]:
        """The mistakes that make sense in this variant, in the order in which they count."""
        for spec, result, when in self.stated:
            if when is None or case.holds(when, "`when`"):
                yield StatedMistake(
                    result=case.value(result, when),
                    because=spec.because,
                    worth=spec.worth,
                    source=spec.result,
                )
        yield from self.known(answer)

    def known(self, answer: Derivation) -> tuple[KnownMistake, ...]:
        """Those that the model knows, if they are wanted."""
        return answer.mistakes if self.model else ()

    def results(
        self, case: Case, known: Iterable[object]
    ) -> Iterator[tuple[object, Source | None]]:
        """The results alone, given those of the model's, with the text that each is from."""
        for spec, result, when in self.stated:
            if when is None or case.holds(when, "`when`"):
                yield case.value(result, when), spec.result
        if self.model:
            yield from ((result, None) for result in known)


def applied(key: Hashable, candidates: Iterable[tuple[C, Hashable]]) -> list[C]:
    """Those whose result is neither the key's nor that of one before them.

    What stands for a result is the part's: a number, or how a formula reads.
    """
    kept: list[C] = []
    taken = {key}
    for candidate, result in candidates:
        if result not in taken:
            taken.add(result)
            kept.append(candidate)
    return kept


def apart(key: T, candidates: Iterable[tuple[C, T]], collide: Callable[[T, T], bool]) -> list[C]:
    """The same where results collide that are not equal: within the tolerance of each other."""
    kept: list[C] = []
    taken = [key]
    for candidate, result in candidates:
        for other in taken:
            if collide(result, other):
                break
        else:
            kept.append(candidate)
            taken.append(result)
    return kept
