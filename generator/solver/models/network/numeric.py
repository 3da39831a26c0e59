"""The forward pass with exact numbers: the network's own equations, evaluated entry by entry.

What is computed here is what is printed: every value comes from the term that states it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from generator.solver.models.network import exact
from generator.solver.models.network.evaluation import Scope, Table, evaluate
from generator.solver.models.network.exact import Real
from generator.solver.models.network.index import number as fixed
from generator.solver.models.network.layers import MaxPool, Place
from generator.solver.models.network.structure import Network
from generator.solver.models.network.terms import Tensor

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
    scope.tensors[LOSS] = {(): evaluate(network.loss_term(), scope)}
    return scope


def _layer(network: Network, number: int, scope: Scope) -> None:
    before, after = Tensor(kind="pre", layer=number), Tensor(kind="output", layer=number)
    scope.tensors[before], scope.tensors[after] = {}, {}
    shape = network.shape(number)
    for channel in range(1, shape.channels + 1):
        for position in range(1, shape.length + 1):
            place = (fixed(channel), fixed(position))
            at = tuple(index.constant for index in network.output(number, place).at)
            value = evaluate(network.before_activation(number, place), scope)
            scope.tensors[before][at] = value
            activated = network.after_activation(number, network.entry(before, place))
            scope.tensors[after][at] = evaluate(activated, scope)
            layer = network.layer(number)
            if isinstance(layer, MaxPool):
                scope.picks[number, (channel, position)] = _position(
                    network, layer, number, place, scope
                )


def _position(network: Network, layer: MaxPool, number: int, place: Place, scope: Scope) -> int:
    """The first position of the window that holds its largest entry."""
    first = place[1].constant * layer.stride - layer.stride + 1
    candidates = range(first, first + layer.window)
    values = {
        at: evaluate(network.output(number - 1, (place[0], fixed(at))), scope) for at in candidates
    }
    largest = exact.largest(*values.values())
    return next(at for at in candidates if values[at] == largest)


def zeros(network: Network, tensor: Tensor) -> Table:
    """A tensor's entries, all 0."""
    return {at: Fraction(0) for at in network.positions(tensor)}
