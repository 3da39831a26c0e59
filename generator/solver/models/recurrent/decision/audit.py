"""Second looks at what a decision rests on, by computing it in another way.

A fact of the table is tried at many arguments, a derivative against a difference quotient, an
independence on random cells. What does not agree is `Undecided`: it is never believed.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from generator.solver.models.recurrent.decision import sample
from generator.solver.models.recurrent.structure import naming
from generator.solver.models.recurrent.structure.activations import ACTIVATIONS
from generator.solver.models.recurrent.structure.cell import Cell
from generator.solver.models.recurrent.structure.facts import Fact
from generator.solver.models.recurrent.values.columns import SLACK, Columns, activate

STEP = 2.0**-12
"""By how much an argument is moved for a difference quotient, whose error is about STEP**2."""


class Undecided(Exception):  # noqa: N818 - what the solver cannot tell, not an error in the code
    """Two findings that contradict each other, or too little found; `first` and `second` say it."""

    def __init__(self, first: str, second: str) -> None:
        super().__init__(f"{first}, but {second}")
        self.first, self.second = first, second


@lru_cache(maxsize=64)
def check_fact(function: str, fact: Fact) -> None:
    """See whether a fact holds where the activation is computed. Raises Undecided if not."""
    points = np.linspace(-8, 8, 129)
    first, second = (axis.reshape(-1, 1) for axis in np.meshgrid(points, points))
    letters = {"a": first, "b": second}
    letters |= {"y": activate(function, first), "z": activate(function, second)}
    columns = Columns(Cell(equations=(), kinds=()), letters)
    if not columns.looks(fact.statement, SLACK).all():
        said = ACTIVATIONS[function].says(fact)
        raise Undecided(f"the proof uses that {said}", "the computed values deny it")


@lru_cache(maxsize=64)
def check_derivative(cell: Cell, quantity: str, on: str) -> None:
    """Compare a derivative with a difference quotient. Raises Undecided if it is off."""
    free = sample.free(cell)
    ahead, behind = (
        Columns(cell, {**free, on: free[on] + step}).name(quantity) for step in (STEP, -STEP)
    )
    formula = Columns(cell, free).name(f"{quantity}{naming.PER}{on}")
    if not np.allclose((ahead - behind) / (2 * STEP), formula, rtol=0, atol=STEP):
        raise Undecided(
            f"the chain rule gives a formula for `derivative({quantity}, {on})`",
            "difference quotients deny it",
        )


def unmoved(cell: Cell, quantity: str, on: str) -> int:
    """See that other values of `on` leave a quantity as it is; return in how many random cells.

    Raises Undecided if they do not.
    """
    free = sample.free(cell)
    other = Columns(cell, {**free, on: free[on] + 1}).name(quantity)
    if not np.array_equal(Columns(cell, free).name(quantity), other):
        raise Undecided(f"`{quantity}` is computed without `{on}`", "it moves with it")
    return len(other)
