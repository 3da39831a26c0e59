"""Proofs by z3: no numbers satisfy the premises and deny the goal.

The premises are the question's conditions, the cell's equations and the facts of the activations
in them. `Problem.prove` tries few equations before many, with all that is known of the activations
in them; `Deduction.least` keeps only what it takes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from types import MappingProxyType

import z3

from generator.model.dataclass import dataclass
from generator.solver.models.recurrent.decision.proof import Proof
from generator.solver.models.recurrent.decision.question import Question
from generator.solver.models.recurrent.decision.smt import Translator, denials
from generator.solver.models.recurrent.decision.uses import Use, activations, uses
from generator.solver.models.recurrent.structure.facts import Kind
from generator.solver.models.recurrent.structure.terms import Statement, terms
from generator.solver.models.recurrent.values import polynomial
from generator.solver.models.recurrent.values.exact import Symbolic
from generator.solver.models.recurrent.values.polynomial import Atom, Polynomial

EFFORT = 200_000
"""z3's limit for one check, in its own units, which do not depend on the machine: a typical check
takes less than a hundredth of it, and this much some tenths of a second."""

TACTIC = z3.Tactic("qfnra-nlsat")
"""z3's complete procedure for polynomials, without the general solver around it."""

TIERS: Mapping[Kind, int] = MappingProxyType(
    {"range": 0, "sign": 1, "size": 1, "definition": 2, "same": 2, "order": 2, "symmetry": 2}
)
"""The simplest facts are tried first: they make the best justification."""

SIMPLE = 1
"""The last tier that z3 is quick with: its facts are about one argument each, and short."""

STATED = ""
"""Where an activation stands that is in the question itself, not in an equation."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Premise:
    """An equation (by the name on its left), a condition, or a fact used of an activation.

    `tier` is the turn in which it is tried; `where` are, for each activation that it is about, the
    equations in which this stands: without one of them the premise says nothing.
    """

    tier: int = 0
    equation: str = ""
    given: Statement | None = None
    use: Use | None = None
    where: tuple[frozenset[str], ...] = ()

    def concerns(self, equations: frozenset[str]) -> bool:
        """Whether it says something where only these equations are put in."""
        return all(places & (equations | {STATED}) for places in self.where)


class Problem:
    """A question as premises for z3, with the denial of its goal."""

    def __init__(self, question: Question) -> None:
        self.question = question
        self.symbolic = Symbolic(question.cell, frozenset(question.fixed))
        denied = denials(question.goal, positive=False)
        denied += sum(denials(statement, positive=True) for statement in question.given)
        self.translator = Translator(self.symbolic, max(1, denied))
        self.denial = self.translator.statement(question.goal, positive=False)
        self.equations = {
            name: self.symbolic.entry(term)
            for name, term in question.cell.equations
            if name not in question.fixed
        }
        self.formulas: dict[Premise, str] = {}
        self.premises = (*self._conditions(), *self._equations(), *self._facts())

    def prove(self) -> Deduction | None:
        """An argument from premises that exclude the denial; None if none do."""
        for layer in self.question.cell.layers(self.question.mentioned()):
            known = tuple(premise for premise in self.premises if premise.concerns(layer))
            simple = tuple(premise for premise in known if premise.tier <= SIMPLE)
            for chosen in dict.fromkeys((simple, known)):
                if chosen and self.excludes(chosen):
                    return Deduction(problem=self, premises=chosen)
        return None

    def excludes(self, premises: Iterable[Premise]) -> bool:
        """Whether z3 finds that these premises and the denial exclude each other."""
        said = [self.denial, *map(self._formula, premises)]
        assertions = "".join(f"(assert {formula})" for formula in said)
        solver = TACTIC.solver()
        solver.set("rlimit", EFFORT)
        solver.from_string(self.translator.declarations() + assertions)
        return bool(solver.check() == z3.unsat)

    def least(self, premises: Sequence[Premise]) -> Sequence[Premise]:
        """What is left when one after the other is left out, where it can be.

        All but the simplest facts go at once, if they can. Then equations go first, the earliest of
        the cell before those that build on them, and take along what only they speak of;
        conditions go last, so that a proof shows their part.
        """
        few = [premise for premise in premises if premise.tier == 0]
        kept = few if few and self.excludes(few) else premises
        for premise in _dispensable(kept):
            others = [other for other in kept if other is not premise]
            equations = frozenset(other.equation for other in others)
            fewer = [other for other in others if other.concerns(equations)]
            if premise in kept and self.excludes(fewer):
                kept = fewer
        return kept

    # --- premises --------------------------------------------------------------------------------

    def _conditions(self) -> Iterator[Premise]:
        for statement in self.question.given:
            premise = Premise(given=statement)
            self.formulas[premise] = self.translator.statement(statement)
            yield premise

    def _equations(self) -> Iterator[Premise]:
        for name in self.equations:
            yield Premise(equation=name, where=(frozenset({name}),))

    def _facts(self) -> Iterator[Premise]:
        applications = self._applications()
        for atom, places in applications.items():
            for use in uses(atom):
                yield Premise(tier=TIERS[use.fact.kind], use=use, where=(places,))
        for (first, at_first), (second, at_second) in combinations(applications.items(), 2):
            for use in uses(first, second):
                yield Premise(tier=TIERS[use.fact.kind], use=use, where=(at_first, at_second))

    def _applications(self) -> dict[Atom, frozenset[str]]:
        """The activations in the question and the equations, and where each stands."""
        stated = (self.question.goal, *self.question.given)
        sides = [
            (STATED, self.symbolic.entry(term)) for statement in stated for term in terms(statement)
        ]
        found: dict[Atom, frozenset[str]] = {}
        for place, side in (*sides, *self.equations.items()):
            for atom in activations(side):
                found[atom] = found.get(atom, frozenset()) | {place}
        return found

    def _formula(self, premise: Premise) -> str:
        """What the premise says, translated when first needed."""
        if premise not in self.formulas:
            if premise.use is not None:
                self.formulas[premise] = self._fact(premise.use)
            else:
                name, side = premise.equation, self.equations[premise.equation]
                self.formulas[premise] = self.translator.equal(polynomial.name(name), side)
        return self.formulas[premise]

    def _fact(self, use: Use) -> str:
        letters: dict[str, Polynomial] = {}
        for argument, value, at in zip("ab", "yz", use.arguments, strict=False):
            letters[argument] = at
            letters[value] = polynomial.atom("apply", use.function, at)
        return self.translator.fact(use.fact.statement, letters)


@dataclass(frozen=True, slots=True, kw_only=True)
class Deduction:
    """An `Argument` from premises that exclude the denial of the goal."""

    problem: Problem
    premises: tuple[Premise, ...]

    @property
    def question(self) -> Question:
        """The question that it answers."""
        return self.problem.question

    @property
    def uses(self) -> tuple[Use, ...]:
        """The facts among the premises."""
        return tuple(premise.use for premise in self.premises if premise.use)

    def least(self) -> Proof:
        """The proof with no premise that can be left out."""
        kept = self.problem.least(self.premises)
        return Proof(
            method="z3",
            equations=tuple(premise.equation for premise in kept if premise.equation),
            uses=tuple(premise.use for premise in kept if premise.use),
            given=tuple(premise.given for premise in kept if premise.given),
        )


def _dispensable(premises: Sequence[Premise]) -> list[Premise]:
    """The premises in the order in which a proof should do without them."""
    equations = [premise for premise in premises if premise.equation]
    facts = [premise for premise in reversed(premises) if premise.use]
    conditions = [premise for premise in premises if premise.given]
    return [*equations, *sorted(facts, key=lambda premise: -premise.tier), *conditions]
