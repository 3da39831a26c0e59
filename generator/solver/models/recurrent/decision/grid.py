"""Small numbers, the simplest first: where a counterexample is looked for.

A choice of values for a cell's free names is *simple* if few entries differ from 0, and these are
1 rather than -1, 2, 1/2, ... A `Level` is a batch of choices, which `columns` puts in order. A
weight whose input is 0 changes nothing, so it stays 0.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, islice

import numpy as np
from numpy.typing import NDArray

from generator.solver.models.recurrent.structure.cell import Cell, Kind
from generator.solver.models.recurrent.structure.facts import Column
from generator.solver.models.recurrent.structure.terms import Name, Product, within
from generator.solver.models.recurrent.values.columns import Columns

VALUES = (1.0, -1.0, 2.0, 0.5, -2.0, -0.5, 3.0, -3.0)
"""Numbers other than 0 in the order in which they are preferred; floats hold them exactly."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """All choices of `nonzero` entries among the first `values` of `VALUES`, for d = m = `size`."""

    size: int
    nonzero: int
    values: int


QUICK = (
    Level(size=1, nonzero=0, values=0),
    Level(size=1, nonzero=1, values=8),
    Level(size=1, nonzero=2, values=8),
    Level(size=1, nonzero=3, values=8),
)
"""What is searched before a proof is tried."""

THOROUGH = (
    Level(size=1, nonzero=4, values=4),
    Level(size=1, nonzero=5, values=2),
    Level(size=1, nonzero=6, values=2),
    Level(size=2, nonzero=1, values=2),
    Level(size=2, nonzero=2, values=2),
    Level(size=2, nonzero=3, values=2),
    Level(size=2, nonzero=4, values=1),
)
"""What is searched when a proof has failed."""

ROWS = 60_000
"""A batch has at most so many rows, from the first places of a cell with very many."""

PICKINGS = 100_000
"""So many sets of places are looked at for a batch."""

Place = tuple[str, int, int]
"""An entry of a free name: the name, its row and its column (a vector is a single row)."""


def shape(kind: Kind, size: int) -> tuple[int, int]:
    """Rows and columns of a free name for d = m = `size`."""
    return (size, size) if kind.matrix else (1, size)


@lru_cache(maxsize=24)
def columns(cell: Cell, level: Level) -> Columns:
    """The cell at all choices of this level, simplest first."""
    places = tuple(
        (name, row, column)
        for name, kind in cell.free
        for row in range(shape(kind, level.size)[0])
        for column in range(shape(kind, level.size)[1])
    )
    table = _choices(places, _partners(cell), level)
    free: dict[str, Column] = {}
    start = 0
    for name, kind in cell.free:
        rows, width = shape(kind, level.size)
        block = table[:, start : start + rows * width]
        free[name] = block.reshape(-1, rows, width) if kind.matrix else block
        start += rows * width
    return Columns(cell, free)


def _partners(cell: Cell) -> tuple[tuple[str, str], ...]:
    """Matrices that are used once, on a free vector, each with that vector."""
    products = [
        term
        for _, equation in cell.equations
        for term in within(equation)
        if isinstance(term, Product)
    ]
    used = [product.matrix for product in products]
    free = dict(cell.free)
    return tuple(
        (product.matrix, product.vector.id)
        for product in products
        if isinstance(product.vector, Name)
        and product.vector.id in free
        and used.count(product.matrix) == 1
    )


@lru_cache(maxsize=24)
def _choices(
    places: tuple[Place, ...], partners: tuple[tuple[str, str], ...], level: Level
) -> NDArray[np.float64]:
    """One row for each choice, one column for each place, simplest first."""
    if level.nonzero == 0:
        return np.zeros((1, len(places)))
    ranks = np.indices((level.values,) * level.nonzero).reshape(level.nonzero, -1).T
    pickings = islice(_pickings(places, partners, level.nonzero), ROWS // len(ranks))
    picks = np.array(list(pickings), dtype=np.int64)
    if picks.size == 0:
        return np.zeros((0, len(places)))
    picked = np.repeat(picks, len(ranks), axis=0)
    ranked = np.tile(ranks, (len(picks), 1))
    order = np.argsort(ranked.sum(axis=1), kind="stable")
    table = np.zeros((len(order), len(places)))
    np.put_along_axis(table, picked[order], np.array(VALUES)[ranked[order]], axis=1)
    return table


def _pickings(
    places: tuple[Place, ...], partners: tuple[tuple[str, str], ...], count: int
) -> Iterator[tuple[int, ...]]:
    """The sets of `count` places that are worth being other than 0."""
    where = {place: index for index, place in enumerate(places)}
    vectors = dict(partners)
    needs = [
        where[vectors[name], 0, column] if name in vectors else None for name, _, column in places
    ]
    for picking in islice(combinations(range(len(places)), count), PICKINGS):
        if all(needs[index] is None or needs[index] in picking for index in picking):
            yield picking
