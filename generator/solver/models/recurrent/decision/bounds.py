"""What is known of the size of things: ranges of activations, and conditions that are bounds.

Interval arithmetic over these settles many claims, such as ``-1 < h < 1``, in no time. It forgets
how the parts of a term hang together: it never settles a claim wrongly, but leaves many open.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import lru_cache

from generator.solver.models.recurrent.decision.question import Question
from generator.solver.models.recurrent.decision.uses import Use
from generator.solver.models.recurrent.structure.activations import ACTIVATIONS
from generator.solver.models.recurrent.structure.facts import Fact
from generator.solver.models.recurrent.structure.terms import (
    Apply,
    Comparison,
    Name,
    Number,
    Operation,
    Product,
    Statement,
    Term,
    name,
)
from generator.solver.models.recurrent.values.exact import Symbolic
from generator.solver.models.recurrent.values.interval import (
    ANY,
    COMPARED,
    OPERATORS,
    Interval,
    holds,
    point,
)

MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "=="}


class Bounded(Symbolic):
    """One entry of a cell in which some equations are put in, and intervals known of the rest.

    With `signs` an activation may also use on which side of 0 its argument is. `taken` are the
    facts that comparisons took, each with the activation, `supposed` the conditions.
    """

    def __init__(self, question: Question, expand: Collection[str], *, signs: bool) -> None:
        super().__init__(question.cell, expand)
        self.signs = signs
        self.given, self.fixed = question.given, question.fixed
        self.taken: dict[tuple[Apply, Fact], None] = {}
        self.supposed: dict[Statement, None] = {}
        self.known: dict[Name, Interval] = {}

    def link(self, operator: str, left: Term, right: Term) -> bool | None:
        """Whether two terms compare like this; None if that is not known."""
        # Without an equation to use, normal forms say little about an inequality.
        if operator in ("==", "!=") or self.fixed:
            settled = super().link(operator, left, right)
            if settled is not None:
                return settled
        difference = self.interval(left) - self.interval(right)
        return True if holds(operator, difference) else None

    def interval(self, term: Term) -> Interval:
        """Numbers among which the term is."""
        match term:
            case Number():
                return point(term.value)
            case Name():
                if term not in self.known:
                    self.known[term] = self._name(term)
                return self.known[term]
            case Product():
                # A sum of products, one for each entry of the vector; it has at least one.
                return (self.interval(name(term.matrix)) * self.interval(term.vector)).sums()
            case Apply():
                return self._apply(term)
            case Operation():
                operands = [self.interval(operand) for operand in term.operands]
                return OPERATORS[term.operator](*operands)

    def _name(self, term: Name) -> Interval:
        if term.id in self.expand:
            return self.interval(self.cell.terms[term.id])
        known = ANY
        for statement in self.given:
            bound = _bound(statement, term)
            if bound != ANY:
                self.supposed[statement] = None
                known = known & bound
        return known

    def _apply(self, term: Apply) -> Interval:
        known = ANY
        for fact in ACTIVATIONS[term.function].facts:
            bound = ANY
            if fact.kind == "range":
                bound = _bound(fact.statement, name("y"))
            elif fact.kind == "sign" and self.signs:
                bound = self._side(term)
            if bound != ANY:
                self.taken[term, fact] = None
                known = known & bound
        return known

    def uses(self) -> tuple[Use, ...]:
        """The facts that comparisons took, at their arguments."""
        found = (
            Use(function=term.function, fact=fact, arguments=(self.entry(term.argument),))
            for term, fact in self.taken
        )
        return tuple(dict.fromkeys(found))

    def _side(self, term: Apply) -> Interval:
        """On which side of its value at 0 an activation is, by the sign of its argument."""
        argument, centre = self.interval(term.argument), ACTIVATIONS[term.function].at_zero
        for operator in (">", ">=", "<", "<="):
            if centre is not None and holds(operator, argument):
                return COMPARED[operator](centre)
        return ANY


@lru_cache(maxsize=1_000)
def _bound(statement: Statement, term: Term) -> Interval:
    """The interval in which a statement keeps `term`, as far as it compares it with numbers."""
    known, size = ANY, Operation(operator="abs", operands=(term,))
    for operator, left, right in _links(statement):
        if isinstance(left, Number):
            operator, left, right = MIRRORED.get(operator, operator), right, left  # noqa: PLW2901
        if isinstance(right, Number) and operator in COMPARED:
            bound = COMPARED[operator](right.value)
            if left == term:
                known = known & bound
            elif left == size:
                known = known & bound & -bound
    return known


def _links(statement: Statement) -> Iterator[tuple[str, Term, Term]]:
    """The comparisons that hold wherever the statement does."""
    if isinstance(statement, Comparison):
        yield from statement.links()
    elif statement.operator == "and":
        for part in statement.statements:
            yield from _links(part)
