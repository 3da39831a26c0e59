"""Whether what a claim says is true: refuted by a cell, or proved for all cells, or neither.

Small numbers are searched for a counterexample; if none is found, random cells are looked at and a
proof is tried; if that fails too, more numbers are searched. A proof and a counterexample to the
same question, or neither, is an `Undecided`; a guess is never made.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from generator.solver.models.recurrent.decision import audit
from generator.solver.models.recurrent.decision.audit import Undecided
from generator.solver.models.recurrent.decision.grid import QUICK, THOROUGH
from generator.solver.models.recurrent.decision.proof import Proof, prove
from generator.solver.models.recurrent.decision.question import Question
from generator.solver.models.recurrent.decision.search import Look, look, meet, refute
from generator.solver.models.recurrent.structure.cell import Cell, replace_all
from generator.solver.models.recurrent.structure.naming import primed
from generator.solver.models.recurrent.structure.terms import (
    Assertion,
    Dependence,
    Name,
    Statement,
    compare,
    number,
)
from generator.solver.models.recurrent.values.exact import Exact


@dataclass(frozen=True, slots=True, kw_only=True)
class Proved:
    """The goal holds in all cells; `look` is what random cells say to that."""

    question: Question
    proof: Proof
    look: Look


@dataclass(frozen=True, slots=True, kw_only=True)
class Refuted:
    """The goal fails in this cell, in which the conditions hold."""

    question: Question
    example: Exact


@dataclass(frozen=True, slots=True, kw_only=True)
class Apart:
    """A quantity cannot depend on a name: its equations do not mention it, at any distance.

    `cells` random cells have shown no difference.
    """

    cell: Cell
    dependence: Dependence
    cells: int


Finding = Proved | Refuted


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What was found about one assertion, and whether it is therefore true."""

    assertion: Assertion
    finding: Finding | Apart
    true: bool


class Vacuous(Exception):  # noqa: N818 - the author's error, which the caller words
    """No cell meets the conditions; `proof` shows it."""

    def __init__(self, question: Question, proof: Proof) -> None:
        super().__init__("the conditions exclude each other")
        self.question, self.proof = question, proof


def decide(cell: Cell, given: tuple[Statement, ...], assertion: Assertion) -> Decision:
    """Decide one assertion under conditions. Raises Undecided or Vacuous."""
    check_conditions(cell, given)
    if isinstance(assertion, Dependence):
        return _decide_dependence(cell, given, assertion)
    finding = answer(Question(cell=cell, given=given, goal=assertion))
    return Decision(assertion=assertion, finding=finding, true=isinstance(finding, Proved))


def check_conditions(cell: Cell, given: tuple[Statement, ...]) -> None:
    """Make sure that some cell meets the conditions.

    Raises Vacuous if none can, Undecided if none is found.
    """
    if given:
        impossible = compare(number(0), "==", 1)
        _check(Question(cell=cell, given=given, goal=impossible).focus().solved().focus())


@lru_cache(maxsize=1_000)
def _check(question: Question) -> None:
    if meet(question, QUICK) is not None:
        return
    proof = prove(question)
    if proof is not None:
        raise Vacuous(question, proof)
    if meet(question, THOROUGH) is None:
        raise Undecided(
            "the search finds no cell that meets the conditions",
            "z3 cannot show that there is none",
        )


def answer(question: Question) -> Finding:
    """Whether the question's goal follows. Raises Undecided if that is not found."""
    return _answer(question.focus().solved().focus())


@lru_cache(maxsize=4_000)
def _answer(question: Question) -> Finding:
    if (example := refute(question, QUICK)) is not None:
        return Refuted(question=question, example=example)
    seen = look(question)
    if seen.example is None and (proof := prove(question)) is not None:
        for use in proof.uses:
            audit.check_fact(use.function, use.fact)
        return Proved(question=question, proof=proof, look=seen)
    example = refute(question, THOROUGH) or seen.example
    if example is not None:
        return Refuted(question=question, example=example)
    raise Undecided(
        f"no counterexample is found among {seen.cells:,} simple and random cells",
        "the facts about its activations do not prove it",
    )


# --- dependence --------------------------------------------------------------------------------


def _decide_dependence(cell: Cell, given: tuple[Statement, ...], assertion: Dependence) -> Decision:
    quantity, on = assertion.quantity, assertion.on
    if on not in cell.reach([quantity]):
        cells = audit.unmoved(cell, quantity, on)
        apart = Apart(cell=cell, dependence=assertion, cells=cells)
        return Decision(assertion=assertion, finding=apart, true=not assertion.expected)
    both, primes = cell.twin(on)
    second = tuple(replace_all(statement, primes) for statement in given)
    same = compare(Name(id=quantity), "==", Name(id=primed(quantity)))
    finding = answer(Question(cell=both, given=(*given, *second), goal=same))
    depends = isinstance(finding, Refuted)
    return Decision(assertion=assertion, finding=finding, true=depends == assertion.expected)
