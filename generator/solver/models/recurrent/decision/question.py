"""What is to be decided: whether a statement about a cell follows from conditions.

A condition that fixes a free name, such as ``x == 0`` or ``U_f == 0``, is turned into an equation
at once: then the search need not guess the value, and arithmetic can use it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace

from generator.solver.models.recurrent.structure.cell import Cell
from generator.solver.models.recurrent.structure.terms import (
    Comparison,
    Logic,
    Name,
    Number,
    Statement,
    Term,
    compare,
    names,
    statement_names,
)


@dataclass(frozen=True)
class Question:
    """Does `goal` hold in `cell` wherever all of `given` do?

    `fixed` are the names that got their equation from a condition; those conditions are no longer
    in `given`. `restated` are conditions that say what the equations of quantities said. `about` is
    a larger cell in which the question was put: questions about the same one share what is computed
    for it, but it does not matter to the answer.
    """

    cell: Cell
    given: tuple[Statement, ...]
    goal: Statement
    fixed: tuple[str, ...] = ()
    restated: tuple[tuple[Comparison, str], ...] = field(default=(), compare=False)
    about: Cell | None = field(default=None, compare=False)

    def focus(self) -> Question:
        """The same question about the part of the cell that it depends on."""
        mentioned = self.mentioned()
        cell = self.cell.cone(mentioned)
        fixed = tuple(name for name in self.fixed if name in cell.terms)
        return replace(self, cell=cell, fixed=fixed, about=self.whole)

    @property
    def whole(self) -> Cell:
        """A cell of which this one is a part, with equations for the same fixed names."""
        return self.cell if self.about is None else self.about

    def mentioned(self) -> frozenset[str]:
        """The names in the statements."""
        return frozenset().union(*map(statement_names, (*self.given, self.goal)))

    def solved(self) -> Question:
        """The same question with every condition that fixes a free name made its equation."""
        cell, whole, fixed = self.cell, self.whole, list(self.fixed)
        kept: list[Statement] = []
        for statement in _conjuncts(self.given):
            found = _solve(cell, statement)
            if found is None:
                kept.append(statement)
            else:
                name, value = found
                cell, whole = cell.fix(name, value), whole.fix(name, value)
                fixed.append(name)
        return replace(self, cell=cell, given=tuple(kept), fixed=tuple(fixed), about=whole)

    def inserted(self) -> Question:
        """The same question with every condition that equates a quantity with something put in.

        What the quantity's own equation says then becomes the condition: from ``f == 1`` follows
        ``1 == sigmoid(...)``, and wherever else ``f`` stands there is 1.
        """
        cell, fixed, restated = self.cell, list(self.fixed), list(self.restated)
        kept: list[Statement] = []
        for statement in self.given:
            found = _insert(cell, fixed, statement)
            if found is None:
                kept.append(statement)
            else:
                name, value = found
                said = compare(value, "==", cell.terms[name])
                kept.append(said)
                restated.append((said, name))
                cell = cell.fix(name, value)
                fixed.append(name)
        return replace(
            self, cell=cell, given=tuple(kept), fixed=tuple(fixed), restated=tuple(restated)
        )


def _conjuncts(given: tuple[Statement, ...]) -> Iterator[Statement]:
    """The conditions one by one: conjunctions and chains taken apart."""
    for statement in given:
        if isinstance(statement, Logic):
            if statement.operator == "and":
                yield from _conjuncts(statement.statements)
            else:
                yield statement
        else:
            for operator, left, right in statement.links():
                yield Comparison(operators=(operator,), terms=(left, right))


def _solve(cell: Cell, statement: Statement) -> tuple[str, Term] | None:
    """The free name that an equation fixes, and its value; None if it fixes none."""
    return next((pair for pair in _equated(statement) if _can_be(cell, *pair)), None)


def _insert(cell: Cell, fixed: Collection[str], statement: Statement) -> tuple[str, Term] | None:
    """The quantity that an equation is about, and what it equals; None if it is about none."""
    for name, value in _equated(statement):
        while name in fixed and isinstance(same := cell.terms[name], Name):
            name = same.id  # noqa: PLW2901 - what it equals already
        if name in cell.terms and name not in fixed and name not in cell.reach(names(value)):
            return name, value
    return None


def _equated(statement: Statement) -> Iterator[tuple[str, Term]]:
    """The names that an equation speaks of alone on a side, each with the other side."""
    if isinstance(statement, Comparison) and statement.operators == ("==",):
        left, right = statement.terms
        for target, value in ((left, right), (right, left)):
            if isinstance(target, Name):
                yield target.id, value


def _can_be(cell: Cell, name: str, value: Term) -> bool:
    if name in cell.terms or name not in cell.kind:
        return False
    kind = cell.kind[name]
    if isinstance(value, Number):
        return not kind.matrix or value.value == 0
    if kind.matrix and not isinstance(value, Name):
        return False
    return name not in cell.reach(names(value))
