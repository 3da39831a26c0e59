r"""A third derivation: the network as one SymPy expression, and SymPy's derivative of it.

Every weight and bias (or every input) is a function of one variable t. SymPy's derivative of the
expanded loss is then the total derivative,

    dR/dt = sum over all entries p of  \partial R/\partial p * dp/dt,

and numbers put in for the dp/dt, a direction, compare all components of a gradient at once, with
one differentiation for all tensors of weights. Only a wrong component that is offset by others
could stay unnoticed: with N numbers to draw each dp/dt from, with probability 1/N.

Activations and losses are function symbols here (`sympy_functions`), so networks that differ in
nothing else share an expansion. Nothing is read or parsed: each layer builds SymPy objects from
SymPy objects.
"""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache, reduce
from itertools import chain
from math import prod
from types import MappingProxyType
from typing import Any

from generator.solver.models.network import exact
from generator.solver.models.network.exact import Real
from generator.solver.models.network.layers import (
    AveragePool,
    Conv1d,
    Dense,
    Elementwise,
    Layer,
    MaxPool,
    Softmax,
)
from generator.solver.models.network.numeric import INPUT, TARGET, Data
from generator.solver.models.network.structure import Network
from generator.solver.models.network.sympy_functions import (
    ARITHMETIC,
    Expr,
    Functions,
    Program,
    function,
    meaning,
    moving,
    still,
    symbol,
    sympy,
)
from generator.solver.models.network.terms import Tensor

Rows = list[list[Expr]]
"""A signal: one list of expressions for each channel."""


def derivative(
    network: Network, target: Tensor, direction: Mapping[tuple[int, ...], Real], numbers: Data
) -> Real:
    """SymPy's derivative of the loss as `target` moves in a direction, at these numbers."""
    found = expansion(tuple(map(_any, network.layers)), target == INPUT)
    tables = dict(numbers.tables)
    values: list[Real] = [network.threshold]
    for tensor in found.tensors:
        for at, number in tables[tensor]:
            values += (exact.inexact(number), direction[at] if tensor == target else 0)
    return found.derivative.value(values, _functions(network))


def _any(layer: Layer) -> Layer:
    """The layer with any activation, since all but the identity are symbols."""
    return layer if layer.activation == "linear" else replace(layer, activation="any")


def _functions(network: Network) -> Functions:
    """What the symbols of an expansion stand for in a network."""
    units = (
        meaning(_unit(number), layer.activation)
        for number, layer in enumerate(network.layers, start=1)
    )
    layers = (meaning("larger", "larger"), meaning("share", "share"))
    return ChainMap(*map(dict, (*units, *layers, meaning("loss", network.loss), ARITHMETIC)))


def _unit(number: int) -> str:
    """The symbol of a layer's activation."""
    return f"unit{number}"


# --- the network as one expression -------------------------------------------------------------


class Expansion:
    """The loss of layers as one expression, and its `derivative` by t.

    That is a program of the threshold, and then of the entries of `tensors` in the order of their
    indices, each followed by its own derivative.
    """

    def __init__(self, layers: tuple[Layer, ...], *, inputs_move: bool) -> None:
        self._inputs_move = inputs_move
        self._threshold = symbol("threshold")
        self._entries: dict[Tensor, list[tuple[Expr, Expr]]] = {}
        derivative = self._loss(layers).diff(symbol("t"))
        self.tensors = tuple(tensor for tensor, pairs in self._entries.items() if pairs)
        entries = chain.from_iterable(chain.from_iterable(self._entries.values()))
        self.derivative = Program(derivative, (self._threshold, *entries))

    def _listed(self, tensor: Tensor, count: int) -> list[Expr]:
        """The entries of a tensor that has so many."""
        moves = tensor.kind in {"weights", "bias"} or (tensor == INPUT and self._inputs_move)
        make = moving if moves else still
        names = (f"{tensor.kind}{tensor.layer}_{place}" for place in range(1, count + 1))
        self._entries[tensor] = [make(name) for name in names]
        return [entry for entry, _ in self._entries[tensor]]

    def _loss(self, layers: tuple[Layer, ...]) -> Expr:
        inputs = layers[0].inputs
        flat, length = self._listed(INPUT, inputs.size), inputs.length
        signal = [flat[start : start + length] for start in range(0, inputs.size, length)]
        for number, layer in enumerate(layers, start=1):
            size = prod(layer.weights) if layer.weights else 0
            weights = self._listed(Tensor(kind="weights", layer=number), size)
            bias = self._listed(Tensor(kind="bias", layer=number), layer.units * layer.bias)
            signal = EXPANSIONS[type(layer)](layer, signal, weights, bias)
            if layer.activation != "linear":
                unit = function(_unit(number))
                signal = [[unit(entry) for entry in row] for row in signal]
        outputs = [entry for row in signal for entry in row]
        pairs = zip(outputs, self._listed(TARGET, len(outputs)), strict=True)
        return _sum([function("loss")(*pair, self._threshold) for pair in pairs])


@lru_cache(maxsize=64)
def expansion(layers: tuple[Layer, ...], inputs_move: bool) -> Expansion:
    """The layers expanded; networks of the same layers share it."""
    return Expansion(layers, inputs_move=inputs_move)


def _sum(parts: Sequence[Expr]) -> Expr:
    return sympy().Add(*parts)


def _dot(left: Sequence[Expr], right: Sequence[Expr]) -> Expr:
    return _sum([a * b for a, b in zip(left, right, strict=True)])


# --- layers: weights come as one list, in the order of `Layer.weights` --------------------------


def _conv1d(layer: Conv1d, signal: Rows, weights: list[Expr], bias: list[Expr]) -> Rows:
    zeros = [sympy().Integer(0)] * layer.padding
    rows = [[*zeros, *row, *zeros] for row in signal]
    span = layer.kernel
    starts = range(0, len(rows[0]) - span + 1, layer.stride)
    patches = [[entry for row in rows for entry in row[start : start + span]] for start in starts]
    size = len(patches[0])
    filters = [weights[size * f : size * (f + 1)] for f in range(layer.filters)]
    shifts = bias or [sympy().Integer(0)] * layer.filters
    return [
        [_dot(own, patch) + shift for patch in patches]
        for own, shift in zip(filters, shifts, strict=True)
    ]


def _dense(layer: Dense, signal: Rows, weights: list[Expr], bias: list[Expr]) -> Rows:
    flat = [entry for row in signal for entry in row]
    rows = [weights[len(flat) * u : len(flat) * (u + 1)] for u in range(layer.size)]
    shifts = bias or [sympy().Integer(0)] * layer.size
    return [[_dot(row, flat) + shift for row, shift in zip(rows, shifts, strict=True)]]


def _same(layer: Layer, signal: Rows, weights: list[Expr], bias: list[Expr]) -> Rows:
    return signal


def _pooled(layer: Any, signal: Rows, pool: Callable[[list[Expr]], Expr]) -> Rows:
    starts = range(0, len(signal[0]) - layer.window + 1, layer.stride)
    return [[pool(row[start : start + layer.window]) for start in starts] for row in signal]


def _average_pool(layer: AveragePool, signal: Rows, weights: object, bias: object) -> Rows:
    return _pooled(layer, signal, lambda window: _sum(window) / len(window))


def _max_pool(layer: MaxPool, signal: Rows, weights: object, bias: object) -> Rows:
    return _pooled(layer, signal, lambda window: reduce(function("larger"), window))


def _softmax(layer: Softmax, signal: Rows, weights: object, bias: object) -> Rows:
    return [[function("share")(entry, *signal[0]) for entry in signal[0]]]


EXPANSIONS: Mapping[type[Layer], Callable[..., Rows]] = MappingProxyType(
    {
        Conv1d: _conv1d,
        Dense: _dense,
        Elementwise: _same,
        AveragePool: _average_pool,
        MaxPool: _max_pool,
        Softmax: _softmax,
    }
)
"""Class of layer -> its output as expressions, from (layer, signal, weights, biases)."""
