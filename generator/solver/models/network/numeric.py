"""The forward pass with exact numbers: the network's own equations, evaluated entry by entry.

What is computed here is what is printed: every value comes from the term that states it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from itertools import product

from generator.model.dataclass import dataclass
from generator.solver.contract import Quantity
from generator.solver.models.network import exact
from generator.solver.models.network.activations import ACTIVATIONS
from generator.solver.models.network.evaluation import (
    Compiled,
    Rows,
    Scope,
    Table,
    compiled,
    evaluate,
    row,
)
from generator.solver.models.network.exact import Real
from generator.solver.models.network.index import number as fixed
from generator.solver.models.network.layers import Layer, Letters, MaxPool
from generator.solver.models.network.structure import Network
from generator.solver.models.network.terms import Entry, Tensor, put

INPUT = Tensor(kind="output", layer=0)
TARGET = Tensor(kind="target")
LOSS = Tensor(kind="loss")


@dataclass(frozen=True, slots=True, kw_only=True)
class Data:
    """Numbers for the input, the target, and every weight and bias: entries by kept index."""

    tables: tuple[tuple[Tensor, tuple[tuple[tuple[int, ...], Real], ...]], ...]

    def table(self, tensor: Tensor) -> Table:
        """The entries of one tensor."""
        return dict(dict(self.tables)[tensor])


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """Data, and all values that a network computes from them."""

    given: Data
    scope: Scope


def data(tables: Mapping[Tensor, Mapping[tuple[int, ...], Real]]) -> Data:
    """Numbers by tensor and index, frozen."""
    return Data(tables=tuple((tensor, tuple(table.items())) for tensor, table in tables.items()))


def needed(network: Network) -> tuple[Tensor, ...]:
    """The tensors that data must give: the input, the target, then weights and biases."""
    return (INPUT, TARGET, *network.learned())


def forward(network: Network, numbers: Data) -> Scope:
    """Every pre-activation, output and the loss; each table is keyed by the kept indices."""
    scope = Scope(tensors={tensor: dict(entries) for tensor, entries in numbers.tables})
    for number in range(1, network.depth + 1):
        _layer(network, number, scope)
    scope.tensors[LOSS] = {(): _loss(network)(row(scope, {}))[0]}
    return scope


def _layer(network: Network, number: int, scope: Scope) -> None:
    before, after = Tensor(kind="pre", layer=number), Tensor(kind="output", layer=number)
    layer, general = network.layer(number), network.letters.place(number)
    rows = units(network, number, scope)
    argument = _argument(replace(layer, activation="linear"), number, network.letters)
    value = _activated(layer.activation, network.entry(before, general))
    positions = [*network.positions(after)]
    scope.tensors[before] = dict(zip(positions, argument(rows), strict=True))
    scope.tensors[after] = dict(zip(positions, value(rows), strict=True))
    if isinstance(layer, MaxPool):
        for place in _places(layer):
            scope.picks[number, place] = _picked(layer, number, place, scope)


def units(network: Network, number: int, scope: Scope) -> Rows:
    """A row for each unit of a layer, in their order: the values of the layer's letters."""
    layer, names = network.layer(number), network.letters.axes[number]
    columns = zip(*_places(layer), strict=True)
    letters = {name: column for name, column in zip(names, columns, strict=True) if name}
    return Rows(scope=scope, count=layer.output.size, letters=letters)


def _places(layer: Layer) -> Iterator[tuple[int, ...]]:
    """The (channel, position) of each unit."""
    return product(*(range(1, size + 1) for size in layer.output.axes))


@lru_cache(maxsize=256)
def _argument(layer: Layer, number: int, letters: Letters) -> Compiled:
    """What a layer computes before its activation, which is left out: many layers share it."""
    return compiled(layer.before_activation(number, letters.place(number), letters))


@lru_cache(maxsize=256)
def _activated(activation: str, before: Entry) -> Compiled:
    return compiled(put(ACTIVATIONS[activation].definition, argument=before))


@lru_cache(maxsize=256)
def _loss(network: Network) -> Compiled:
    return compiled(network.loss_term())


def _picked(layer: MaxPool, number: int, place: tuple[int, ...], scope: Scope) -> int:
    """The first position of a window that holds its largest entry."""
    channel, position = place
    first = (position - 1) * layer.stride + 1
    values = {
        at: evaluate(layer.source(number, (fixed(channel), fixed(at))), scope)
        for at in range(first, first + layer.window)
    }
    largest = exact.largest(*values.values())
    return next(at for at, value in values.items() if value == largest)


def tabulated(kept: tuple[int, ...], table: Table) -> Quantity:
    """A tensor's values as the bank's language knows them: a number, a vector, or rows."""
    values = [exact.quantity(value) for value in table.values()]
    if not kept:
        return values[0]
    if len(kept) == 1:
        return tuple(values)
    rows = range(0, len(values), kept[1])
    return tuple(tuple(values[row : row + kept[1]]) for row in rows)
