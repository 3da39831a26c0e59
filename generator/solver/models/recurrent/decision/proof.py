"""Proofs that the answer to a question is yes, as small as they can be made.

First by calculation: with equations put in, both sides have the same normal form, or the ranges of
activations keep them apart. Else z3 finds that no numbers deny the goal (see `premises`). Equations
are put in layer by layer until an argument is found, which settles the question. Whoever wants to
tell it asks for the `least` proof in it: whatever can be left out is left out, in a fixed order, so
that what remains depends on what is true alone, not on how it was found.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Literal, Protocol, TypeVar

from generator.model.dataclass import dataclass
from generator.solver.models.recurrent.decision.bounds import Bounded
from generator.solver.models.recurrent.decision.question import Question
from generator.solver.models.recurrent.decision.uses import Use
from generator.solver.models.recurrent.structure.terms import Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What the goal follows from: equations (by name, in the cell's order), facts, conditions.

    Conditions that fixed a name are not in `given`: they are equations. A proof by algebra takes
    no facts and no conditions.
    """

    method: Literal["algebra", "intervals", "z3"]
    equations: tuple[str, ...]
    uses: tuple[Use, ...] = ()
    given: tuple[Statement, ...] = ()


class Argument(Protocol):
    """Something that proves the goal of a question, with more in it than it takes."""

    @property
    def question(self) -> Question:
        """The question that it answers."""

    @property
    def uses(self) -> tuple[Use, ...]:
        """The facts that it may rest on."""

    def least(self) -> Proof:
        """The proof in it with as little as will do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Calculation:
    """An `Argument` by normal forms and intervals, with these equations put in."""

    question: Question
    equations: tuple[str, ...]
    proof: Proof

    @property
    def uses(self) -> tuple[Use, ...]:
        """The ranges and signs that the intervals took."""
        return self.proof.uses

    def least(self) -> Proof:
        """The proof with as few of the equations as settle the question."""
        kept, proof = list(self.equations), self.proof
        for name in self.equations:
            fewer = [other for other in kept if other != name]
            if (smaller := _settled(self.question, fewer)) is not None:
                kept, proof = fewer, smaller
        return proof


def by_calculation(question: Question) -> Calculation | None:
    """An argument by putting in equations; None if that does not settle the goal."""
    return _first(_calculation, question)


Found = TypeVar("Found")


def _first(find: Callable[[Question], Found | None], question: Question) -> Found | None:
    """What is found for the question as it is, or with equations among its conditions put in."""
    found, inserted = find(question), question.inserted()
    return found if found is not None or inserted == question else find(inserted)


def _calculation(question: Question) -> Calculation | None:
    for layer in question.cell.layers(question.mentioned()):
        equations = tuple(name for name, _ in question.cell.equations if name in layer)
        if (proof := _settled(question, equations)) is not None:
            return Calculation(question=question, equations=equations, proof=proof)
    return None


def _settled(question: Question, equations: Iterable[str]) -> Proof | None:
    """The proof that these equations give; None if they do not settle the goal."""
    put_in = tuple(equations)
    # Signs help only where a condition says what sign something has.
    for signs in (False, True) if question.given else (False,):
        entry = Bounded(question, frozenset({*put_in, *question.fixed}), signs=signs)
        if entry.truth(question.goal) is True:
            uses, given = entry.uses(), tuple(entry.supposed)
            method: Literal["algebra", "intervals"] = "intervals" if uses or given else "algebra"
            return Proof(method=method, equations=put_in, uses=uses, given=given)
    return None


def by_facts(question: Question) -> Argument | None:
    """An argument by z3 from the facts of activations; loads z3 when first needed."""
    from generator.solver.models.recurrent.decision.premises import (  # noqa: PLC0415 - loads z3
        Problem,
    )

    return _first(lambda asked: Problem(asked).prove(), question)
