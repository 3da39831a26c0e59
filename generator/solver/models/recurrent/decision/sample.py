"""Random cells: the independent look at every claim that a proof says is true.

Each entry is 0, one of a few simple numbers, or a multiple of 1/4096 in [-2, 2), so that
conditions such as ``c == 0`` are met often enough. The entries of a free name depend on its name
alone: they come from SHAKE-256, are the same on every machine, and are exact as floats.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import lru_cache

import numpy as np

from generator.solver.models.recurrent.decision.grid import VALUES
from generator.solver.models.recurrent.structure.cell import Cell, Kind
from generator.solver.models.recurrent.structure.facts import Column
from generator.solver.models.recurrent.values.columns import Columns

ROWS: Mapping[int, int] = {1: 4_000, 2: 1_000}
"""How many random cells there are for d = m = 1 and for d = m = 2."""


@lru_cache(maxsize=8)
def columns(cell: Cell) -> tuple[Columns, ...]:
    """The cell with random values of its free names, once for each size."""
    return tuple(Columns(cell, free(cell, size)) for size in ROWS)


def free(cell: Cell, size: int = 1) -> dict[str, Column]:
    """Random values of the cell's free names."""
    return {name: draw(name, kind, size) for name, kind in cell.free}


@lru_cache(maxsize=64)
def draw(name: str, kind: Kind, size: int) -> Column:
    """Random values of a free name: (rows, d) for a vector, (rows, d, m) for a matrix."""
    shape = (ROWS[size], *((size, size) if kind.matrix else (size,)))
    count = int(np.prod(shape))
    digest = hashlib.shake_256(f"{name} {size}".encode()).digest(2 * count)
    words = np.frombuffer(digest, dtype="<u2")
    entries = (words >> 2) / 4096 - 2
    few, many = np.array(VALUES), words % 4
    entries[many == 1] = few[(words[many == 1] >> 2) % len(few)]
    entries[many == 0] = 0
    return entries.reshape(shape)
