"""What is to be decided: whether a statement about a cell follows from conditions.

A condition that fixes a free name, such as ``x == 0`` or ``U_f == 0``, is turned into an equation
at once: then the search need not guess the value, and arithmetic can use it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from generator.solver.models.recurrent.structure.cell import Cell, CycleError
from generator.solver.models.recurrent.structure.terms import (
    Comparison,
    Logic,
    Name,
    Number,
    Statement,
    Term,
    statement_names,
)


@dataclass(frozen=True)
class Question:
    """Does `goal` hold in `cell` wherever all of `given` do?

    `fixed` are the names that got their equation from a condition; those conditions are no longer
    in `given`.
    """

    cell: Cell
    given: tuple[Statement, ...]
    goal: Statement
    fixed: tuple[str, ...] = field(default=())

    def focus(self) -> Question:
        """The same question about the part of the cell that it depends on."""
        mentioned = self.mentioned()
        cell = self.cell.cone(mentioned)
        fixed = tuple(name for name in self.fixed if name in cell.terms)
        return replace(self, cell=cell, fixed=fixed)

    def mentioned(self) -> frozenset[str]:
        """The names in the statements."""
        return frozenset().union(*map(statement_names, (*self.given, self.goal)))

    def solved(self) -> Question:
        """The same question with every condition that fixes a free name made its equation."""
        cell, fixed = self.cell, list(self.fixed)
        kept: list[Statement] = []
        for statement in _conjuncts(self.given):
            found = _solve(cell, statement)
            if found is None:
                kept.append(statement)
            else:
                name, cell = found
                fixed.append(name)
        return replace(self, cell=cell, given=tuple(kept), fixed=tuple(fixed))


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


def _solve(cell: Cell, statement: Statement) -> tuple[str, Cell] | None:
    """The name that an equation fixes, and the cell with its equation; None if it fixes none."""
    if not isinstance(statement, Comparison) or statement.operators != ("==",):
        return None
    left, right = statement.terms
    for target, value in ((left, right), (right, left)):
        if isinstance(target, Name) and _can_be(cell, target.id, value):
            try:
                return target.id, cell.fix(target.id, value)
            except CycleError:
                continue
    return None


def _can_be(cell: Cell, name: str, value: Term) -> bool:
    if name in cell.terms or name not in cell.kind:
        return False
    kind = cell.kind[name]
    if isinstance(value, Number):
        return not kind.matrix or value.value == 0
    return isinstance(value, Name) or not kind.matrix
