"""Why a claim is true or false, in words and formulas that a student would accept.

A proof becomes: which fact of which function, what it says here, and which equations carry it to
the conclusion. A calculation becomes the equations with the conditions put in. A counterexample
becomes its numbers, carried through the cell's equations one after the other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.model.solution import Evidence
from generator.solver.models.recurrent.decision.decide import Apart, Decision, Proved, Refuted
from generator.solver.models.recurrent.decision.proof import Proof
from generator.solver.models.recurrent.decision.question import Question
from generator.solver.models.recurrent.structure import naming
from generator.solver.models.recurrent.structure.cell import Cell
from generator.solver.models.recurrent.structure.terms import Dependence, Statement
from generator.solver.models.recurrent.words.calculation import calculation, derivatives
from generator.solver.models.recurrent.words.conclusion import conclude
from generator.solver.models.recurrent.words.example import explain_example
from generator.solver.models.recurrent.words.latex import Writer
from generator.solver.models.recurrent.words.phrases import aligned, listing, math

WRITER = Writer()


def justify(
    cell: Cell, given: tuple[Statement, ...], decisions: Sequence[Decision]
) -> tuple[str, ...]:
    """The steps that justify the verdict on all these assertions about a cell together.

    A false one is explained alone: it makes the claim false. Proofs from facts are told together.
    """
    told = [decision for decision in decisions if not decision.true][:1] or decisions
    steps = dict.fromkeys(
        step
        for decision in told
        if not isinstance(decision.finding, Apart)
        for step in derivatives(cell, _equations(decision.finding))
    )
    together: list[tuple[Question, Proof]] = []
    for decision in told:
        finding = decision.finding
        if isinstance(finding, Proved) and finding.proof.method != "algebra":
            together.append((finding.question, finding.proof))
        else:
            steps |= dict.fromkeys(_alone(finding, given))
    if together:
        steps |= dict.fromkeys(conclude(given, together))
    for decision in told:
        steps |= dict.fromkeys(_meaning(decision))
    return tuple(steps)


def _equations(finding: Proved | Refuted) -> tuple[str, ...]:
    """The equations that a finding rests on."""
    if isinstance(finding, Proved):
        return finding.proof.equations
    return tuple(finding.question.cell.terms)


def _alone(finding: Proved | Refuted | Apart, given: tuple[Statement, ...]) -> list[str]:
    """A finding that is told by itself."""
    if isinstance(finding, Apart):
        return [_apart(finding)]
    if isinstance(finding, Refuted):
        return explain_example(finding.example, given, finding.question.goal)
    return _calculated(finding.question, finding.proof, given)


def _calculated(question: Question, proof: Proof, given: tuple[Statement, ...]) -> list[str]:
    """The equations with the conditions put in, and what they come to."""
    goal = math(WRITER.statement(question.goal))
    lines = calculation(question, proof.equations)
    conditions = [math(WRITER.statement(statement)) for statement in given]
    if lines:
        under = f"With {listing(conditions)} the equations" if question.fixed else "The equations"
        return [f"{under} give", aligned(lines), f"so {goal} in every entry."]
    begin = "So" if proof.equations or not given else f"With {listing(conditions)} we have"
    return [f"{begin} {goal} in every entry."]


# --- dependence ------------------------------------------------------------------------------


def _latex(dependence: Dependence) -> tuple[str, str]:
    return math(naming.latex(dependence.quantity)), math(naming.latex(dependence.on))


def _apart(finding: Apart) -> str:
    quantity, on = _latex(finding.dependence)
    reached = finding.cell.reach([finding.dependence.quantity])
    used = [
        math(naming.latex(name))
        for name, _ in finding.cell.free
        if name in reached and not naming.is_weight(name)
    ]
    contain = f"contain, besides weights, only {listing(used)}" if used else "contain only weights"
    return (
        f"The equations that lead to {quantity} {contain}. "
        f"{on} does not occur in them, so {quantity} does not depend on it."
    )


def _meaning(decision: Decision) -> Iterator[str]:
    """What the primes say, and what they show, where two cells were compared."""
    if isinstance(decision.assertion, Dependence) and not isinstance(decision.finding, Apart):
        quantity, on = _latex(decision.assertion)
        depends = "depends" if isinstance(decision.finding, Refuted) else "does not depend"
        yield (
            f"A prime marks what another value of {on} leads to, all else being the same: "
            f"{quantity} {depends} on {on}."
        )


# --- plain text ------------------------------------------------------------------------------


def excluded(proof: Proof) -> str:
    """What shows that conditions cannot be met."""
    used = dict.fromkeys(
        use.fact.words.replace("<f>", use.function).replace("$", "") for use in proof.uses
    )
    return listing(used) if used else "arithmetic"


METHODS = {
    "algebra": "algebra: both sides have the same normal form",
    "intervals": "interval arithmetic with the ranges of the activations",
    "z3": "z3: the facts used exclude a counterexample",
}


def evidence(decisions: Sequence[Decision]) -> Evidence:
    """The two derivations that agree on the verdict."""
    false = [decision for decision in decisions if not decision.true][:1]
    pairs = [_evidence(decision.finding) for decision in false or decisions]
    first, second = ("; ".join(dict.fromkeys(texts)) for texts in zip(*pairs, strict=True))
    return Evidence(first=first, second=second, result="false" if false else "true")


def _evidence(finding: Proved | Refuted | Apart) -> tuple[str, str]:
    if isinstance(finding, Refuted):
        return (
            "a counterexample found by a NumPy search over small numbers",
            "the same cell in exact arithmetic and rigorous intervals",
        )
    if isinstance(finding, Apart):
        return "no path in the equations", f"NumPy: unchanged in {finding.cells:,} random cells"
    look = finding.look
    cells = f"{look.cells:,} {look.sort} cells"
    if look.meeting < look.cells:
        cells = f"{look.meeting:,} of {cells} that meet the condition"
    return METHODS[finding.proof.method], f"NumPy: no counterexample among {cells}"
