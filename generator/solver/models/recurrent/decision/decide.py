"""Whether what a claim says is true: refuted by a cell, or proved for all cells, or neither.

Random cells are looked at first. If they break a goal, the simplest counterexample is searched for;
if they do not, proofs and searches take turns, the cheapest first. What arrays and exact arithmetic
disagree on, and what is found neither way, is an `Undecided`; a guess is never made.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, lru_cache

from generator.model.dataclass import dataclass
from generator.solver.models.recurrent.decision import audit
from generator.solver.models.recurrent.decision.audit import Undecided
from generator.solver.models.recurrent.decision.grid import CLOSER, QUICK, THOROUGH, WIDER
from generator.solver.models.recurrent.decision.proof import (
    Argument,
    Proof,
    by_calculation,
    by_facts,
)
from generator.solver.models.recurrent.decision.question import Question
from generator.solver.models.recurrent.decision.search import (
    Look,
    confirm,
    glance,
    look,
    look_closer,
    refute,
    refute_around,
)
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


@dataclass(frozen=True, kw_only=True)
class Proved:
    """The goal holds in all cells; `look` is what random cells say to that."""

    argument: Argument
    look: Look

    @property
    def question(self) -> Question:
        """The question as the argument answers it."""
        return self.argument.question

    @cached_property
    def proof(self) -> Proof:
        """The least proof in the argument."""
        return self.argument.least()


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

    def __init__(self, proof: Proof) -> None:
        super().__init__("the conditions exclude each other")
        self.proof = proof


Answer = Callable[[Question], Finding]
"""Whether a question's goal follows. Raises Undecided if that is not found."""


def simplest(question: Question) -> Finding:
    """An `Answer` whose counterexample, if there is one, is the simplest that is found."""
    return _answer(question.focus().solved().focus())


def soonest(question: Question) -> Finding:
    """An `Answer` that takes the first random cell which exact arithmetic confirms: as certain,
    and found in a fraction of the time, but nothing to show to anybody.
    """
    return _soonest(question.focus().solved().focus())


@lru_cache(maxsize=4_000)
def _soonest(question: Question) -> Finding:
    try:
        example = confirm(question, glance(question))
    except Undecided:  # which the search may decide
        example = None
    return _answer(question) if example is None else Refuted(question=question, example=example)


@lru_cache(maxsize=4_000)
def _answer(question: Question) -> Finding:
    seen = look(question)
    if seen.suspects:
        example = _refuted(question, seen)
        if example is not None:
            return Refuted(question=question, example=example)
    for attempt in ATTEMPTS:
        found = attempt(question, seen)
        if isinstance(found, Exact):
            return Refuted(question=question, example=found)
        if found is not None:
            return _proved(question, found, seen)
    raise Undecided(
        f"no counterexample is found among {seen.cells:,} random cells and many simple ones",
        "the facts about its activations do not prove it",
    )


def _refuted(question: Question, seen: Look) -> Exact | None:
    """The simplest counterexample, if it takes that the random one that was seen."""
    return (
        refute(question, [QUICK, CLOSER])
        or refute_around(question)
        or refute(question, THOROUGH)
        or confirm(question, seen)
    )


ATTEMPTS: tuple[Callable[[Question, Look], Argument | Exact | None], ...] = (
    lambda question, _: by_calculation(question),
    lambda question, seen: refute(question, [QUICK, CLOSER, *(() if seen.meeting else (WIDER,))]),
    lambda question, _: by_facts(question),
    lambda question, _: refute_around(question),
    lambda question, _: refute(question, THOROUGH),
)
"""What is tried when no random cell breaks the goal, the cheapest first."""


def _proved(question: Question, argument: Argument, seen: Look) -> Proved:
    """The finding, after a second look at what the argument rests on and what it says."""
    for use in argument.uses:
        audit.check_fact(use.function, use.fact)
    if not seen.meeting:
        seen = look_closer(question)
        if confirm(question, seen) is not None:
            raise Undecided("a proof shows that it is true", "a simple cell breaks it")
    return Proved(argument=argument, look=seen)


# --- what is said ------------------------------------------------------------------------------


def decide(
    cell: Cell, given: tuple[Statement, ...], assertion: Assertion, answer: Answer = simplest
) -> Decision:
    """Decide one assertion, under conditions that some cell meets. Raises Undecided."""
    if isinstance(assertion, Dependence):
        return _decide_dependence(cell, given, assertion, answer)
    finding = answer(Question(cell=cell, given=given, goal=assertion))
    return Decision(assertion=assertion, finding=finding, true=isinstance(finding, Proved))


IMPOSSIBLE = compare(number(0), "==", 1)


def check_conditions(cell: Cell, given: tuple[Statement, ...], answer: Answer = simplest) -> None:
    """Make sure that some cell meets the conditions: it refutes that they lead to ``0 == 1``.

    Raises Vacuous if none can, Undecided if none is found.
    """
    question = Question(cell=cell, given=given, goal=IMPOSSIBLE).solved()
    if not question.given:  # names that are free can be fixed
        return
    try:
        finding = answer(question)
    except Undecided as undecided:
        raise Undecided(
            "the search finds no cell that meets the conditions",
            "z3 cannot show that there is none",
        ) from undecided
    if isinstance(finding, Proved):
        raise Vacuous(finding.proof)


# --- dependence --------------------------------------------------------------------------------


def _decide_dependence(
    cell: Cell, given: tuple[Statement, ...], assertion: Dependence, answer: Answer
) -> Decision:
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
