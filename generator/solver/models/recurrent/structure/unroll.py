"""Several time steps of a cell as one larger cell: the same equations, once for each time step.

The weights are the same in all of them; each time step has an input of its own, and its previous
states are what the one before has computed. So whatever is known of cells holds of many time steps.
"""

from __future__ import annotations

from collections.abc import Callable

from generator.solver.models.recurrent.structure import naming
from generator.solver.models.recurrent.structure.cell import Cell, Kind, replace
from generator.solver.models.recurrent.structure.terms import Name, Term

Stamp = Callable[[str, int], str]
"""Makes the name of an input or a quantity at a time."""


def ahead(cell: Cell, steps: int) -> Cell:
    """The cell at time t, and so many further time steps: ``h[1]`` is what ``h`` is at t + 1.

    What the cell has beside its own equations, such as derivatives, stays; so do time steps that
    it has already.
    """
    equations, kinds = dict(cell.equations), dict(cell.kinds)
    for step in range(1, steps + 1):
        for name, term in _at(cell, naming.later, step):
            if name not in equations:
                equations[name] = term
                kinds[name] = Kind.STATE
        if naming.INPUT in kinds:
            kinds.setdefault(naming.later(naming.INPUT, step), Kind.INPUT)
    return Cell(equations=tuple(equations.items()), kinds=tuple(kinds.items()))


def numbered(cell: Cell, steps: int) -> Cell:
    """The time steps 1 to `steps`: their states are called ``h(1)``, ``h(2)``, ...

    ``h(0)`` is what ``h`` was before the first.
    """
    first = {
        name: naming.numbered(naming.base(name), 0) for name, _ in cell.free if _is_state(name)
    }
    inputs = [
        (naming.numbered(naming.INPUT, step), Kind.INPUT)
        for step in range(1, steps + 1)
        if naming.INPUT in cell.kind
    ]
    states = [(first[name], Kind.STATE) for name in first]
    weights = [(name, kind) for name, kind in cell.free if naming.is_weight(name)]
    equations = [
        equation for step in range(1, steps + 1) for equation in _at(cell, naming.numbered, step)
    ]
    quantities = [(name, Kind.STATE) for name, _ in equations]
    return Cell(equations=tuple(equations), kinds=(*inputs, *states, *weights, *quantities))


def _is_state(name: str) -> bool:
    return name != naming.base(name)


def _at(cell: Cell, stamp: Stamp, step: int) -> list[tuple[str, Term]]:
    """The cell's own equations at this time."""
    own = [name for name, _ in cell.equations if name.isidentifier()]
    names: dict[str, Term] = {naming.INPUT: Name(id=stamp(naming.INPUT, step))}
    for name in own:
        names[name] = Name(id=stamp(name, step))
        names[name + naming.PREVIOUS] = Name(id=stamp(name, step - 1))
    return [(stamp(name, step), replace(cell.terms[name], names)) for name in own]
