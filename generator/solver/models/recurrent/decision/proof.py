"""Proofs that the answer to a question is yes, as small as they can be made.

First by calculation: with equations put in, both sides have the same normal form, or the ranges of
activations keep them apart. Else z3 finds that no numbers deny the goal (see `premises`). Equations
are put in layer by layer until a proof is found; then whatever can be left out is left out, in a
fixed order, so that what remains depends on what is true alone, not on how it was found.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

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


def prove(question: Question) -> Proof | None:
    """A proof of the question's goal, None if none was found."""
    return by_calculation(question) or by_facts(question)


def by_calculation(question: Question) -> Proof | None:
    """A proof by putting in equations, with normal forms and intervals."""
    for layer in question.cell.layers(question.mentioned()):
        if _settled(question, layer) is not None:
            return _least(question, layer)
    return None


def _least(question: Question, equations: frozenset[str]) -> Proof | None:
    """The proof with as few of these equations as settle the question."""
    kept = [name for name, _ in question.cell.equations if name in equations]
    for name in list(kept):
        fewer = [other for other in kept if other != name]
        if _settled(question, fewer) is not None:
            kept = fewer
    return _settled(question, kept)


def _settled(question: Question, equations: Iterable[str]) -> Proof | None:
    """The proof that these equations give; None if they do not settle the goal."""
    put_in = tuple(equations)
    # Signs help only where a condition says what sign something has.
    for signs in (False, True) if question.given else (False,):
        entry = Bounded(question, frozenset({*put_in, *question.fixed}), signs=signs)
        if entry.truth(question.goal) is True:
            uses, given = tuple(entry.used), tuple(entry.supposed)
            method: Literal["algebra", "intervals"] = "intervals" if uses or given else "algebra"
            return Proof(method=method, equations=put_in, uses=uses, given=given)
    return None


def by_facts(question: Question) -> Proof | None:
    """A proof by z3 from the facts of activations; loads z3 when first needed."""
    from generator.solver.models.recurrent.decision.premises import (  # noqa: PLC0415 - loads z3
        Problem,
    )

    premises = Problem(question).prove()
    if premises is None:
        return None
    return Proof(
        method="z3",
        equations=tuple(premise.equation for premise in premises if premise.equation),
        uses=tuple(premise.use for premise in premises if premise.use),
        given=tuple(premise.given for premise in premises if premise.given),
    )
