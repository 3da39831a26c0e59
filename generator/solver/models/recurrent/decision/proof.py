"""Proofs that the answer to a question is yes, as small as they can be made.

First by arithmetic: with equations put in, both sides have the same normal form. Else by facts: z3
finds that no numbers deny the goal (see `premises`). Equations are put in layer by layer until a
proof is found; then whatever can be left out is left out, in a fixed order, so that what remains
depends on what is true alone, not on how it was found.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from generator.solver.models.recurrent.decision.question import Question
from generator.solver.models.recurrent.structure.facts import Fact
from generator.solver.models.recurrent.structure.terms import Statement
from generator.solver.models.recurrent.values.exact import Symbolic
from generator.solver.models.recurrent.values.polynomial import Polynomial


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """A fact about `function` at its arguments: one, or two for a fact about a pair."""

    function: str
    fact: Fact
    arguments: tuple[Polynomial, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What the goal follows from: equations (by name, in the cell's order), facts, conditions.

    `exact` tells a calculation from a conclusion. Conditions that fixed a name are not in `given`:
    they are equations.
    """

    exact: bool
    equations: tuple[str, ...]
    uses: tuple[Use, ...] = ()
    given: tuple[Statement, ...] = ()


def prove(question: Question) -> Proof | None:
    """A proof of the question's goal, None if none was found."""
    return by_arithmetic(question) or by_facts(question)


def by_arithmetic(question: Question) -> Proof | None:
    """A proof by putting in equations and comparing normal forms."""
    for layer in question.cell.layers(question.mentioned()):
        if _settled(question, layer):
            return Proof(exact=True, equations=_least(question, layer))
    return None


def _settled(question: Question, equations: Iterable[str]) -> bool:
    expand = frozenset({*equations, *question.fixed})
    return Symbolic(question.cell, expand).truth(question.goal) is True


def _least(question: Question, layer: frozenset[str]) -> tuple[str, ...]:
    """As few of these equations as settle the question, those of the last quantities first out."""
    kept = [name for name, _ in question.cell.equations if name in layer]
    for name in list(kept):
        fewer = [other for other in kept if other != name]
        if _settled(question, fewer):
            kept = fewer
    return tuple(kept)


def by_facts(question: Question) -> Proof | None:
    """A proof by z3 from the facts of activations; loads z3 when first needed."""
    from generator.solver.models.recurrent.decision.premises import Problem  # noqa: PLC0415 - loads z3

    problem = Problem(question)
    items = problem.prove()
    if items is None:
        return None
    return Proof(
        exact=False,
        equations=tuple(item.equation for item in items if item.equation),
        uses=tuple(item.use for item in items if item.use),
        given=tuple(item.given for item in items if item.given),
    )
