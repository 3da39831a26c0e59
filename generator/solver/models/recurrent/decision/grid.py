"""Small numbers, the simplest first: where a counterexample is looked for.

A choice of values for a cell's free names is *simple* if few entries differ from 0, and these are
1 rather than -1, 2, 1/2, ... A `Level` is a batch of choices, which `grid` puts in order; a `Stage`
is some levels that arrays go through at once. A weight whose input is 0 changes nothing, so it
stays 0.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import combinations, islice

import numpy as np
from numpy.typing import NDArray

from generator.model.dataclass import dataclass
from generator.solver.models.recurrent.structure import naming
from generator.solver.models.recurrent.structure.cell import Cell, Kind
from generator.solver.models.recurrent.structure.facts import Column
from generator.solver.models.recurrent.structure.terms import Name, Product, Term, within
from generator.solver.models.recurrent.values.columns import Columns

VALUES = (1.0, -1.0, 2.0, 0.5, -2.0, -0.5, 3.0, -3.0)
"""Numbers other than 0 in the order in which they are preferred; floats hold them exactly."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """All choices of `nonzero` entries among the first `values` of `VALUES`, for d = m = `size`.

    At a `steady` level the input is the same in all time steps, and counts once.
    """

    size: int
    nonzero: int
    values: int
    steady: bool = False


Stage = tuple[Level, ...]
"""Levels of one size that are computed together."""

QUICK: Stage = tuple(Level(size=1, nonzero=count, values=8) for count in range(3))
"""What is searched before anything else."""

CLOSER: Stage = (Level(size=1, nonzero=3, values=4),)
"""What is searched before the facts about activations are asked."""

SHARED = (QUICK, CLOSER)
"""Stages with so few rows that all questions about a cell may share them. Entries on which a
question does not depend are 0 in the simplest answer, so it is the same as in the part that it does
depend on."""

WIDER: Stage = (Level(size=1, nonzero=3, values=8),)
"""What is searched, too, where hardly a cell meets the conditions."""

THOROUGH: tuple[Stage, ...] = (
    WIDER,
    (Level(size=1, nonzero=4, values=4),),
    (Level(size=1, nonzero=5, values=2), Level(size=1, nonzero=6, values=2)),
    (
        Level(size=2, nonzero=1, values=2),
        Level(size=2, nonzero=2, values=2),
        Level(size=2, nonzero=3, values=2),
        Level(size=2, nonzero=4, values=1),
    ),
)
"""What is searched when a proof has failed."""

ROWS = 60_000
"""A level has at most so many rows, from the first places of a cell with very many."""

PICKINGS = 100_000
"""So many sets of places are looked at for a level."""

_KEPT = 8
"""Grids that are remembered: each can take megabytes, and the claims about a cell come together."""

Place = tuple[str, int, int]
"""An entry of a free name: the name, its row and its column (a vector is a single row)."""

Table = NDArray[np.float64]

Partners = tuple[tuple[str, tuple[str, ...]], ...]
"""Matrices that multiply free vectors only, each with these vectors."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A cell at the choices of a stage; `levels` are the rows of each level, simplest first."""

    columns: Columns
    levels: tuple[slice, ...]


def shape(kind: Kind, size: int) -> tuple[int, int]:
    """Rows and columns of a free name for d = m = `size`."""
    return (size, size) if kind.matrix else (1, size)


@lru_cache(maxsize=_KEPT)
def grid(cell: Cell, stage: Stage) -> Grid:
    """The cell at all choices of these levels."""
    later = _inputs(cell)[1:]
    partners = _partners(cell)
    levels = [
        level
        for plain in stage
        for level in ((plain, replace(plain, steady=True)) if later else (plain,))
    ]
    return _grid(cell, [_table(cell, partners, level) for level in levels], stage[0].size)


def around(cell: Cell, seed: Mapping[str, Column]) -> Grid:
    """The cells that differ from this one, of size 1, in few of the entries that are 0 in it."""
    start = np.array([[seed[name].item() for name, _ in cell.free]])
    places = _places(cell, 1)
    tables = [_choices(places, (), Level(size=1, nonzero=count, values=8)) for count in (1, 2)]
    kept = [table[((table == 0) | (start == 0)).all(axis=1)] for table in tables]
    return _grid(cell, [table + start for table in kept], 1)


def _grid(cell: Cell, tables: Sequence[Table], size: int) -> Grid:
    """The cell at the rows of these tables, each of which is a level."""
    ends = np.cumsum([0, *map(len, tables)]).tolist()
    table = np.concatenate(tables)
    free: dict[str, Column] = {}
    start = 0
    for name, kind in cell.free:
        rows, width = shape(kind, size)
        block = table[:, start : start + rows * width]
        free[name] = block.reshape(-1, rows, width) if kind.matrix else block
        start += rows * width
    return Grid(Columns(cell, free), tuple(map(slice, ends, ends[1:])))


def _places(cell: Cell, size: int) -> tuple[Place, ...]:
    return tuple(
        (name, row, column)
        for name, kind in cell.free
        for row in range(shape(kind, size)[0])
        for column in range(shape(kind, size)[1])
    )


def _inputs(cell: Cell) -> list[str]:
    """The free inputs of one cell's time steps, without those of a twin."""
    return [name for name, kind in cell.free if kind is Kind.INPUT and naming.PRIME not in name]


def _table(cell: Cell, partners: Partners, level: Level) -> Table:
    """The choices of a level: a row for each, a column for each entry of a free name."""
    first, *later = _inputs(cell) or [""]
    places = _places(cell, level.size)
    if not level.steady:
        return _choices(places, partners, level)
    chosen = tuple(place for place in places if place[0] not in later)
    together = tuple(
        (matrix, tuple(first if vector in later else vector for vector in vectors))
        for matrix, vectors in partners
    )
    table = _choices(chosen, together, level)
    source = [
        chosen.index((first if name in later else name, row, column))
        for name, row, column in places
    ]
    return table[:, source]


def _partners(cell: Cell) -> Partners:
    """Matrices that multiply free vectors only, each with these vectors."""
    free, used = dict(cell.free), dict[str, list[Term]]()
    for _, equation in cell.equations:
        for term in within(equation):
            if isinstance(term, Product):
                used.setdefault(term.matrix, []).append(term.vector)
    return tuple(
        (matrix, tuple(vector.id for vector in vectors if isinstance(vector, Name)))
        for matrix, vectors in used.items()
        if all(isinstance(vector, Name) and vector.id in free for vector in vectors)
    )


@lru_cache(maxsize=_KEPT)
def _choices(places: tuple[Place, ...], partners: Partners, level: Level) -> Table:
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
    places: tuple[Place, ...], partners: Partners, count: int
) -> Iterator[tuple[int, ...]]:
    """The sets of `count` places that are worth being other than 0."""
    where = {place: index for index, place in enumerate(places)}
    vectors = dict(partners)
    needs = [
        frozenset(where[vector, 0, column] for vector in vectors.get(name, ()))
        for name, _, column in places
    ]
    for picking in islice(combinations(range(len(places)), count), PICKINGS):
        if all(not needs[index] or not needs[index].isdisjoint(picking) for index in picking):
            yield picking
