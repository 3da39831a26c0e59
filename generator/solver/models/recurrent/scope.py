"""What the names in a bank's expressions mean, and what reading an expression adds to that."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from generator.model.value import Value
from generator.solver.models.recurrent.structure import naming, unroll
from generator.solver.models.recurrent.structure.cell import Cell, Kind

FURTHEST = 8
"""So many time steps after t a claim may speak of; proofs and searches take longer with each."""


@dataclass(slots=True, kw_only=True)
class Scope:
    """The names that an expression may use, and what reading it has added.

    `quantities` have an equation; `values` are the problem's parameters and definitions. `kinds`
    are the free names. Without a `cell` its equations are being read, and they say what names
    there are; with one, claims are, and derivatives and further time steps that they ask for become
    its equations.
    """

    quantities: frozenset[str]
    values: Mapping[str, Value]
    kinds: dict[str, Kind] = field(default_factory=dict)
    cell: Cell | None = None

    @classmethod
    def of(cls, cell: Cell, values: Mapping[str, Value]) -> Scope:
        """The scope of claims about a cell."""
        scope = cls(quantities=frozenset(), values=values)
        scope.speak_of(cell)
        return scope

    def speak_of(self, cell: Cell) -> None:
        """From now on it is about this cell, which has all that it had before."""
        self.cell, self.kinds = cell, dict(cell.free)
        self.quantities = frozenset(name for name in cell.terms if naming.PER not in name)

    @property
    def known(self) -> frozenset[str]:
        """All names that may be used, for advice."""
        known = {*self.quantities, *self.kinds, *self.values}
        if self.cell is None:
            known |= {naming.INPUT, *(name + naming.PREVIOUS for name in self.quantities)}
        return frozenset(known)

    def moves(self, name: str) -> bool:
        """Whether the name is one of the cell whose value is another in each time step."""
        return name == naming.INPUT or naming.base(name) in self.quantities

    def at(self, name: str, steps: int) -> str:
        """The input or quantity `name` so many time steps after t; -1 is the state before.

        The cell gets the time steps that this takes.
        """
        if steps < 0:
            return name + naming.PREVIOUS
        later = naming.later(name, steps)
        if self.cell is not None and later not in self.cell.kind:
            self.speak_of(unroll.ahead(self.cell, steps))
        return later
