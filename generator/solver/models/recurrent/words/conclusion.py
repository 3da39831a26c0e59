"""A proof from facts in words: the facts, what they say here, and what follows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from generator.solver.models.recurrent.decision.proof import Proof
from generator.solver.models.recurrent.decision.question import Question
from generator.solver.models.recurrent.decision.uses import Use
from generator.solver.models.recurrent.structure import naming
from generator.solver.models.recurrent.structure.activations import ACTIVATIONS
from generator.solver.models.recurrent.structure.facts import Fact
from generator.solver.models.recurrent.structure.terms import Apply, Statement, terms, within
from generator.solver.models.recurrent.values.exact import Symbolic
from generator.solver.models.recurrent.values.normal import as_term
from generator.solver.models.recurrent.values.polynomial import Polynomial, atom
from generator.solver.models.recurrent.words.latex import Writer
from generator.solver.models.recurrent.words.phrases import listing, math, sentence

WRITER = Writer()
ALWAYS = "whatever the weights, the input and the previous states are"

Proven = tuple[Question, Proof]


def conclude(given: tuple[Statement, ...], proven: Sequence[Proven]) -> list[str]:
    """What proofs under the same conditions use, each fact told once, and the conclusion."""
    said: dict[tuple[str, Fact], dict[str, None]] = {}
    equations: dict[str, None] = {}
    for question, proof in proven:
        spelling = Spelling(question)
        for use in proof.uses:
            here = said.setdefault((use.function, use.fact), {})
            here |= dict.fromkeys(spelling.here(use))
        equations |= dict.fromkeys(spelling.carrying(proof))
    premises = [
        *_premises("condition", [math(WRITER.statement(statement)) for statement in given]),
        *_premises("equation", list(equations)),
    ]
    goals = listing(math(WRITER.statement(question.goal)) for question, _ in proven)
    begin = f"Together with {listing(premises)} this gives" if premises else "Therefore"
    end = "" if given else f", {ALWAYS}"
    facts = [_fact(function, fact, here) for (function, fact), here in said.items()]
    return [*facts, f"{begin} {goals} in every entry{end}."]


def _premises(noun: str, formulas: list[str]) -> list[str]:
    """``the conditions a and b``; nothing if there are none."""
    return [f"the {noun}{'s' if len(formulas) > 1 else ''} {listing(formulas)}"] if formulas else []


def _fact(function: str, fact: Fact, here: Iterable[str]) -> str:
    """A fact, and what it says of the values at hand."""
    clause = ACTIVATIONS[function].says(fact)
    return sentence(f"{clause}, so {listing(here)}" if here else clause)


class Spelling:
    """How the author spelled the activations of a question: by name where an equation has one."""

    def __init__(self, question: Question) -> None:
        self.question = question
        symbolic = Symbolic(question.cell, frozenset(question.fixed))
        self.known: dict[Polynomial, tuple[str, str]] = {}
        for name, term in question.cell.equations:
            if isinstance(term, Apply):
                self._note(symbolic.entry(term), naming.latex(name), term)
        stated = [side for said in (question.goal, *question.given) for side in terms(said)]
        for side in (*(term for _, term in question.cell.equations), *stated):
            for inner in within(side):
                if isinstance(inner, Apply):
                    self._note(symbolic.entry(inner), WRITER.term(inner), inner)

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

    def carrying(self, proof: Proof) -> list[str]:
        """The equations that say more than which function gives the quantity.

        Where no fact tells of the functions, all count. Derivatives are told where they come from.
        """
        restated = dict(self.question.restated)
        sides = {
            **{restated[said]: said.terms[1] for said in proof.given if said in restated},
            **{name: self.question.cell.terms[name] for name in proof.equations},
        }
        return [
            math(f"{naming.latex(name)} = {WRITER.term(side)}")
            for name, side in sides.items()
            if not (proof.uses and isinstance(side, Apply)) and naming.PER not in name
        ]
