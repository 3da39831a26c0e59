"""What a quantity of the model is: a closed form, a count to check it, its steps and mistakes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from generator.language import numbers
from generator.model.solution import Evidence
from generator.solver.contract import Derivation, Disagreement, KnownMistake

S = TypeVar("S")
"""What the quantity is of: a layer, or several."""

Result = int | tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MistakeRule(Generic[S]):
    """A mistake that students make: the wrong result (None where it makes no sense) and why."""

    result: Callable[[S], Result | None]
    because: Callable[[S], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity(Generic[S]):
    """A quantity of `S`: two derivations, and `how` the second one goes in a few words.

    The mistakes are in the order in which they are likely; one that leads to the right result, to
    no positive one, or to the result of an earlier mistake is left out.
    """

    closed: Callable[[S], Result]
    counted: Callable[[S], Result]
    how: str
    steps: Callable[[S], tuple[str, ...]]
    mistakes: tuple[MistakeRule[S], ...] = ()

    def derive(self, subject: S, name: str) -> Derivation:
        """Derive it in both ways. Raises Disagreement if they differ."""
        key = self.closed(subject)
        check = self.counted(subject)
        shown = numbers.plain(key)
        if key != check:
            raise Disagreement(
                name,
                f"the closed form gives {shown}",
                f"{self.how} gave {numbers.plain(check)}",
            )
        return Derivation(
            value=key,
            steps=self.steps(subject),
            evidence=Evidence(first="closed form", second=self.how, result=shown),
            mistakes=self._mistakes(subject, key),
        )

    def _mistakes(self, subject: S, key: Result) -> tuple[KnownMistake, ...]:
        found: dict[Result, KnownMistake] = {}
        for rule in self.mistakes:
            wrong = rule.result(subject)
            if wrong is not None and wrong != key and wrong not in found and _positive(wrong):
                found[wrong] = KnownMistake(result=wrong, because=rule.because(subject))
        return tuple(found.values())


def _positive(result: Result) -> bool:
    return min(result) > 0 if isinstance(result, tuple) else result > 0
