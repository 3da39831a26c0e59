r"""How many numbers a cell learns: the shapes of its weights, and how many entries they have.

The closed form reads the shapes off the equations: with m inputs and d hidden units, a matrix that
multiplies x_t is d x m, one that multiplies a state d x d, a weight vector has d entries. The check
runs one time step in NumPy with weights of these shapes and adds up the entries that it reads.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import prod

import numpy as np

from generator.model.solution import Evidence
from generator.solver.contract import Derivation, Disagreement, KnownMistake
from generator.solver.models.recurrent.structure import naming
from generator.solver.models.recurrent.structure.cell import Cell, Kind
from generator.solver.models.recurrent.structure.facts import Column
from generator.solver.models.recurrent.values.columns import Columns
from generator.solver.models.recurrent.words.phrases import listing, math

EXTENTS = {
    Kind.INPUT: "m",
    Kind.STATE: "d",
    Kind.INPUT_MATRIX: "dm",
    Kind.STATE_MATRIX: "dd",
}
"""The extents of each kind: m inputs, d hidden units."""

Sizes = dict[str, int]
"""The numbers that m and d stand for."""


def shape(kind: Kind, sizes: Sizes) -> tuple[int, ...]:
    """The extents of a kind as numbers."""
    return tuple(sizes[letter] for letter in EXTENTS[kind])


def weights(cell: Cell) -> dict[str, Kind]:
    """The cell's weights with their kinds."""
    return {name: kind for name, kind in cell.free if naming.is_weight(name)}


def known(cell: Cell, sizes: Sizes) -> bool:
    """Whether all sizes that the cell needs are known."""
    return sizes.keys() >= {"d", *"".join(EXTENTS[kind] for _, kind in cell.free)}


def entries(cell: Cell, sizes: Sizes, name: str) -> int:
    """How many entries a weight has; KeyError if the cell has no such weight."""
    return prod(shape(weights(cell)[name], sizes))


def parameters(cell: Cell, sizes: Sizes) -> int:
    """How many entries the weights have in all."""
    return sum(prod(shape(kind, sizes)) for kind in weights(cell).values())


def derive_parameters(cell: Cell, sizes: Sizes) -> Derivation:
    """The number of weights, with steps. Raises Disagreement if a time step reads others."""
    total, counted = parameters(cell, sizes), sum(_read(cell, sizes).values())
    if total != counted:
        raise Disagreement(
            "the number of weights", f"the shapes give {total}", f"NumPy reads {counted}"
        )
    return Derivation(
        value=total,
        steps=tuple(_steps(cell, sizes, total)),
        evidence=Evidence(
            first=SHAPES,
            second=READ,
            result=str(total),
        ),
        mistakes=tuple(_mistakes(cell, sizes)),
    )


def derive_entries(cell: Cell, sizes: Sizes, name: str) -> Derivation:
    """The number of entries of one weight; KeyError if the cell has no such weight."""
    kind = weights(cell)[name]
    extents = shape(kind, sizes)
    counted = _read(cell, sizes)[name]
    if prod(extents) != counted:
        raise Disagreement(f"the size of {name}", f"it is {extents}", f"NumPy reads {counted}")
    factors = r" \times ".join(map(str, extents))
    shown = f"{factors} = {counted}" if len(extents) > 1 else factors
    text = math(rf"{naming.latex(name)} \in \mathbb{{R}}^{{{factors}}}")
    return Derivation(
        value=counted,
        steps=(f"{text} has {math(shown)} entries.",),
        evidence=Evidence(first=SHAPES, second=READ, result=str(counted)),
        mistakes=tuple(_wrong_entries(kind, sizes)),
    )


def derive_shape(cell: Cell, sizes: Sizes, name: str) -> Derivation:
    """The extents of a weight matrix, rows first; KeyError if the cell has no such matrix."""
    kind = weights(cell)[name]
    if not kind.matrix:
        raise KeyError(name)
    rows, columns = shape(kind, sizes)
    read = _Step.of(cell, sizes).values[name].shape[1:]
    if read != (rows, columns):
        raise Disagreement(f"the shape of {name}", f"it is {(rows, columns)}", f"NumPy has {read}")
    taken = f"the ${columns}$ entries of {'$x_t$' if kind is Kind.INPUT_MATRIX else 'a state'}"
    return Derivation(
        value=(rows, columns),
        steps=(
            rf"{math(naming.latex(name))} turns {taken} into ${rows}$: it is "
            rf"${rows} \times {columns}$.",
        ),
        evidence=Evidence(first=SHAPES, second=READ, result=f"{rows} x {columns}"),
        mistakes=tuple(_wrong_shapes(kind, sizes)),
    )


SHAPES = "the shapes of the weights in the equations"
READ = "the entries that one time step in NumPy reads"


def _read(cell: Cell, sizes: Sizes) -> dict[str, int]:
    """The weights that one time step reads, with the number of their entries."""
    step = _Step.of(cell, sizes)
    lengths = {step.name(quantity).shape[1] for quantity in cell.terms}
    if not lengths <= {1, sizes["d"]}:
        raise Disagreement("the length of a state", f"it is {sizes['d']}", f"NumPy: {lengths}")
    return {name: step.values[name].size for name in weights(cell) if name in step.used}


class _Step(Columns):
    """Notes which names a time step uses."""

    def __init__(self, cell: Cell, free: Mapping[str, Column]) -> None:
        super().__init__(cell, free)
        self.used: set[str] = set()

    @classmethod
    def of(cls, cell: Cell, sizes: Sizes) -> _Step:
        """A time step in which every number is 1."""
        return cls(
            cell,
            {name: np.broadcast_to(1.0, (1, *shape(kind, sizes))) for name, kind in cell.free},
        )

    def name(self, name: str) -> Column:
        """The array of a name."""
        self.used.add(name)
        return super().name(name)

    def product(self, matrix: str, vector: Column) -> Column:
        """A matrix product, without a copy of the matrix: it may be large."""
        product: Column = np.einsum("nkl,nl->nk", self.name(matrix), vector)
        return product


def _steps(cell: Cell, sizes: Sizes, total: int) -> Iterator[str]:
    summands = []
    for kind in (Kind.INPUT_MATRIX, Kind.STATE_MATRIX, Kind.STATE):
        names = [naming.latex(name) for name, found in weights(cell).items() if found is kind]
        if names:
            extents = shape(kind, sizes)
            size = r" \times ".join(map(str, extents))
            size += f" = {prod(extents)}" if kind.matrix else ""
            has, each = ("has", "") if len(names) == 1 else ("have", " each")
            yield f"{listing(map(math, names))} {has} ${size}$ entries{each}."
            many = rf"{len(names)} \cdot " if len(names) > 1 else ""
            summands.append(f"{many}{prod(extents)}")
    yield f"In all these are ${' + '.join(summands) or '0'} = {total}$ weights."


# --- what students do wrong --------------------------------------------------------------------


def _mistakes(cell: Cell, sizes: Sizes) -> Iterator[KnownMistake]:
    """The wrong counts that come from one thing forgotten or mixed up."""
    total, found = parameters(cell, sizes), weights(cell)
    m, d = sizes["m"], sizes["d"]
    counts = {kind: list(found.values()).count(kind) for kind in EXTENTS}
    gates, recurrent, vectors = (
        counts[kind] for kind in (Kind.INPUT_MATRIX, Kind.STATE_MATRIX, Kind.STATE)
    )
    states = sum(not naming.is_weight(name) and kind is Kind.STATE for name, kind in cell.free)
    if gates > 1 and total % gates == 0:
        because = f"There are weights for each of the {gates} equations with $x_t$, not for one."
        yield KnownMistake(result=total // gates, because=because)
    yield from _without_candidate(cell, sizes)
    if vectors:
        because = "The weight vectors are learned, too."
        yield KnownMistake(result=total - vectors * d, because=because)
    if recurrent:
        because = "The matrices that multiply a state are learned, too."
        yield KnownMistake(result=total - recurrent * d * d, because=because)
        because = r"A matrix that multiplies a state has $d$ columns: it is $d \times d$."
        yield KnownMistake(result=total - recurrent * d * d + recurrent * d * m, because=because)
    if gates:
        because = r"A matrix that multiplies $x_t$ has $m$ columns: it is $d \times m$."
        yield KnownMistake(result=total - gates * d * m + gates * d * d, because=because)
    if states:
        because = "The states are computed in every time step; they are not learned."
        yield KnownMistake(result=total + states * d, because=because)


def _without_candidate(cell: Cell, sizes: Sizes) -> Iterator[KnownMistake]:
    """Only the gates counted: three of the four equations of an LSTM that have weights."""
    learned = {
        name: {used for used in cell.uses[name] if naming.is_weight(used)} for name in cell.terms
    }
    weighty = [name for name, used in learned.items() if used]
    candidates = [name for name in weighty if naming.is_accented(name)]
    if len(weighty) > len(candidates) == 1:
        (candidate,) = candidates
        others = set().union(*(learned[name] for name in weighty if name != candidate))
        result = sum(entries(cell, sizes, name) for name in others)
        letter = math(naming.latex(candidate))
        because = f"{letter} has weights of its own, too: {len(weighty)} equations have weights."
        yield KnownMistake(result=result, because=because)


def _wrong_entries(kind: Kind, sizes: Sizes) -> Iterator[KnownMistake]:
    """Wrong numbers of entries of one weight."""
    d = sizes["d"]
    if not kind.matrix:
        yield KnownMistake(result=d * d, because="This is a vector, not a matrix.")
        yield KnownMistake(result=1, because="There is a number for each of the hidden units.")
        if "m" in sizes:
            because = "It is added to a vector with an entry for each hidden unit, not each input."
            yield KnownMistake(result=sizes["m"], because=because)
        return
    rows, columns = shape(kind, sizes)
    multiplied = "$x_t$" if kind is Kind.INPUT_MATRIX else "a state"
    other = d if kind is Kind.INPUT_MATRIX else sizes.get("m", d)
    because = f"Its columns are as many as {multiplied} has entries: {columns}."
    yield KnownMistake(result=rows * other, because=because)
    because = "Every row has an entry for every column: they are multiplied, not added."
    yield KnownMistake(result=rows + columns, because=because)
    because = f"It has a row for each of the hidden units: {rows}."
    yield KnownMistake(result=columns * columns, because=because)
    because = "The bias is a vector of its own."
    yield KnownMistake(result=rows * columns + d, because=because)


def _wrong_shapes(kind: Kind, sizes: Sizes) -> Iterator[KnownMistake]:
    """Wrong shapes of a weight matrix."""
    rows, columns = shape(kind, sizes)
    m = sizes.get("m", rows)
    because = (
        f"It multiplies a vector of {columns} entries from the left, so it has {columns} columns."
    )
    yield KnownMistake(result=(columns, rows), because=because)
    yield KnownMistake(result=(rows, rows if columns == m else m), because=because)
    because = f"Its product is a vector of {rows} entries, so it has {rows} rows."
    yield KnownMistake(result=(m, m), because=because)
    because = "A bias is added; it is no further column."
    yield KnownMistake(result=(rows, columns + 1), because=because)
