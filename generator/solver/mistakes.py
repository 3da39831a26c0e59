"""Which mistakes apply to a variant: those whose result is told apart from everything else.

A wrong result earns the feedback of a mistake only where it can come from that mistake alone. So a
mistake does not apply where its result collides with the key, nor where it collides with that of a
mistake stated before it: of two that lead to the same number in this variant, the one stated first
speaks, and a bank's own are stated before the model's. Authors state the likelier one first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeVar

from generator.language.expression import Expression, compile_expression
from generator.model.bank import MistakeSpec, Part
from generator.model.solution import Wording
from generator.solver.case import Answer, Case

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A wrong result that may apply, and its explanation. `rule` is the author's, if it is one."""

    result: object
    because: Wording
    worth: Fraction
    rule: Expression | None = None


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
        """All expressions in them."""
        return tuple(
            expression
            for _, result, when in self.stated
            for expression in (result, when)
            if expression is not None
        )

    def candidates(self, case: Case, answer: Answer) -> Iterator[Candidate]:
        """The mistakes that make sense in this variant, in the order in which they count."""
        for spec, result, when in self.stated:
            if when is None or case.holds(when, "`when`"):
                yield Candidate(
                    result=case.value(result), because=spec.because, worth=spec.worth, rule=result
                )
        if self.model:
            for known in answer.mistakes:
                yield Candidate(result=known.result, because=known.because, worth=known.worth)


def applied(
    candidates: Iterable[T], is_right: Callable[[T], bool], collide: Callable[[T, T], bool]
) -> tuple[T, ...]:
    """Those that apply: neither right nor in collision with one before them that applies."""
    kept: list[T] = []
    for candidate in candidates:
        if not is_right(candidate) and not any(collide(candidate, other) for other in kept):
            kept.append(candidate)
    return tuple(kept)
