"""Why a claim is true or false, in words and formulas that a student would accept.

A proof becomes: which fact of which function, what it says here, and which equations carry it to
the conclusion. A calculation becomes the equations with the conditions put in. A counterexample
becomes its numbers, carried through the cell's equations one after the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from generator.model.solution import Evidence
from generator.solver.models.recurrent.decision.decide import Apart, Decision, Proved, Refuted
from generator.solver.models.recurrent.decision.proof import Proof
from generator.solver.models.recurrent.decision.question import Question
from generator.solver.models.recurrent.decision.uses import Use
from generator.solver.models.recurrent.structure import naming
from generator.solver.models.recurrent.structure.activations import ACTIVATIONS
from generator.solver.models.recurrent.structure.facts import Fact
from generator.solver.models.recurrent.structure.terms import (
    Apply,
    Dependence,
    Statement,
    terms,
    within,
)
from generator.solver.models.recurrent.values.exact import Symbolic
from generator.solver.models.recurrent.values.normal import as_term
from generator.solver.models.recurrent.values.polynomial import Polynomial, atom
from generator.solver.models.recurrent.words.calculation import calculation
from generator.solver.models.recurrent.words.example import explain_example
from generator.solver.models.recurrent.words.latex import Writer
from generator.solver.models.recurrent.words.phrases import aligned, listing, math, sentence

WRITER = Writer()
ALWAYS = "whatever the weights, the input and the previous states are"


def justify(decisions: Sequence[Decision], given: tuple[Statement, ...]) -> tuple[str, ...]:
    """The steps that justify the verdict on all these assertions together.

    A false one is explained alone: it makes the claim false.
    """
    false = [decision for decision in decisions if not decision.true]
    steps: list[str] = []
    told: list[Proved] = []
    for decision in false[:1] or decisions:
        finding = decision.finding
        if isinstance(finding, Apart):
            steps.append(_apart(finding))
        elif isinstance(finding, Refuted):
            steps += _refuted(finding, decision, given)
        elif finding.proof.method == "algebra" or isinstance(decision.assertion, Dependence):
            steps += _proved(finding, decision, given)
        else:
            told.append(finding)
    return tuple(steps + (_concluded(told, given) if told else []))


# --- proofs ------------------------------------------------------------------------------------


def _proved(finding: Proved, decision: Decision, given: tuple[Statement, ...]) -> list[str]:
    algebra = finding.proof.method == "algebra"
    steps = _calculated(finding, given) if algebra else _concluded([finding], given)
    if isinstance(decision.assertion, Dependence):
        quantity, on = _latex(decision.assertion)
        steps.append(
            f"A prime marks what another value of {on} leads to: "
            f"{quantity} does not depend on {on}."
        )
    return steps


def _calculated(finding: Proved, given: tuple[Statement, ...]) -> list[str]:
    """The equations with the conditions put in, and what they come to."""
    question, goal = finding.question, math(WRITER.statement(finding.question.goal))
    lines = calculation(question, finding.proof.equations)
    conditions = listing(math(WRITER.statement(statement)) for statement in given) if given else ""
    if not lines:
        return [f"The condition {conditions} says that {goal}."]
    begin = f"With {conditions} the equations give" if question.fixed else "The equations give"
    return [begin, aligned(lines), f"so {goal} in every entry."]


def _concluded(findings: Sequence[Proved], given: tuple[Statement, ...]) -> list[str]:
    """The facts and what they say here, then the conclusion."""
    said: dict[tuple[str, Fact], dict[str, None]] = {}
    premises = {f"the condition {math(WRITER.statement(statement))}": None for statement in given}
    for finding in findings:
        spelling = _Spelling(finding.question)
        for use in finding.proof.uses:
            here = said.setdefault((use.function, use.fact), {})
            here |= dict.fromkeys(spelling.here(use))
        premises |= dict.fromkeys(spelling.carrying(finding.proof.equations))
    goals = listing(math(WRITER.statement(finding.question.goal)) for finding in findings)
    begin = f"Together with {listing(premises)} this gives" if premises else "Therefore"
    end = "" if given else f", {ALWAYS}"
    steps = [_fact(function, fact, here) for (function, fact), here in said.items()]
    return [*steps, f"{begin} {goals} in every entry{end}."]


def _fact(function: str, fact: Fact, here: Iterable[str]) -> str:
    """A fact, and what it says of the values at hand."""
    clause = ACTIVATIONS[function].says(fact)
    return sentence(f"{clause}, so {listing(here)}" if here else clause)


class _Spelling:
    """How the author spelled the activations of a question: by name where an equation has one."""

    def __init__(self, question: Question) -> None:
        self.question = question
        symbolic = Symbolic(question.cell, frozenset(question.fixed))
        self.known: dict[Polynomial, tuple[str, str]] = {}
        for name, term in question.cell.equations:
            if isinstance(term, Apply):
                self._note(symbolic.entry(term), naming.latex(name), term)
        stated = [t for statement in (question.goal, *question.given) for t in terms(statement)]
        for side in (*(term for _, term in question.cell.equations), *stated):
            for term in within(side):
                if isinstance(term, Apply):
                    self._note(symbolic.entry(term), WRITER.term(term), term)

    def _note(self, value: Polynomial, text: str, term: Apply) -> None:
        self.known.setdefault(value, (text, WRITER.term(term.argument)))

    def here(self, use: Use) -> list[str]:
        """What a fact about one argument says of its value."""
        if not use.fact.here:
            return []
        (argument,) = use.arguments
        value = atom("apply", use.function, argument)
        text, inner = self.known.get(value) or (
            WRITER.term(as_term(value)),
            WRITER.term(as_term(argument)),
        )
        return [use.fact.here.replace("<y>", text).replace("<a>", inner)]

    def carrying(self, equations: Iterable[str]) -> list[str]:
        """The equations that say more than which function gives the quantity."""
        return [
            math(f"{naming.latex(name)} = {WRITER.term(self.question.cell.terms[name])}")
            for name in equations
            if not isinstance(self.question.cell.terms[name], Apply)
        ]


# --- dependence and counterexamples ------------------------------------------------------------


def _latex(dependence: Dependence) -> tuple[str, str]:
    return math(naming.latex(dependence.quantity)), math(naming.latex(dependence.on))


def _apart(finding: Apart) -> str:
    quantity, on = _latex(finding.dependence)
    reached = finding.cell.reach([finding.dependence.quantity])
    used = [
        math(naming.latex(name))
        for name, kind in finding.cell.free
        if name in reached and not naming.is_weight(name)
    ]
    return (
        f"The equations that lead to {quantity} contain, besides weights, only {listing(used)}. "
        f"{on} does not occur in them, so {quantity} does not depend on it."
        if used
        else f"The equations that lead to {quantity} do not contain {on}."
    )


def _refuted(finding: Refuted, decision: Decision, given: tuple[Statement, ...]) -> list[str]:
    steps = explain_example(finding.example, given, finding.question.goal)
    if isinstance(decision.assertion, Dependence):
        quantity, on = _latex(decision.assertion)
        steps.append(
            f"A prime marks what another value of {on} leads to, all else being the same: "
            f"{quantity} depends on {on}."
        )
    return steps


def excluded(proof: Proof) -> str:
    """In plain text, what shows that conditions cannot be met."""
    used = dict.fromkeys(
        use.fact.words.replace("<f>", use.function).replace("$", "") for use in proof.uses
    )
    return listing(used) if used else "arithmetic"


METHODS = {
    "algebra": "algebra: both sides have the same normal form",
    "intervals": "interval arithmetic with the ranges of the activations",
    "z3": "z3: the facts used exclude a counterexample",
}

# --- evidence ----------------------------------------------------------------------------------


def evidence(decisions: Sequence[Decision]) -> Evidence:
    """The two derivations that agree on the verdict."""
    false = [decision for decision in decisions if not decision.true]
    pairs = [_evidence(decision.finding) for decision in false[:1] or decisions]
    first, second = ("; ".join(dict.fromkeys(texts)) for texts in zip(*pairs, strict=True))
    return Evidence(first=first, second=second, result="false" if false else "true")


def _evidence(finding: Proved | Refuted | Apart) -> tuple[str, str]:
    if isinstance(finding, Refuted):
        return (
            "a counterexample found by a NumPy search over small numbers",
            "the same cell in exact arithmetic and rigorous intervals",
        )
    if isinstance(finding, Apart):
        return (
            "no path in the equations",
            f"NumPy: unchanged in {finding.cells:,} random cells",
        )
    look = finding.look
    among = (
        f"{look.meeting:,} of {look.cells:,}" if look.meeting < look.cells else f"{look.cells:,}"
    )
    meeting = " that meet the condition" if look.meeting < look.cells else ""
    return METHODS[
        finding.proof.method
    ], f"NumPy: no counterexample among {among} simple and random cells{meeting}"
