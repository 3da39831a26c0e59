"""A third forward pass: the network written out in SymPy's symbols, and SymPy's own derivative.

Nothing is read or parsed: each layer builds SymPy objects from SymPy objects. SymPy is imported
when the first network is expanded, because that takes longer than anything else here. Piecewise
functions are written with absolute values, whose derivative is the sign: SymPy's own piecewise
expressions take seconds once they are nested.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from functools import cache
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
from generator.solver.models.network.terms import Tensor

Expr = Any
"""A SymPy expression; SymPy ships no types."""

Rows = list[list[Expr]]
"""A signal: one list of expressions for each channel."""


COPIES: Mapping[str, int] = MappingProxyType(
    {"relu": 2, "leaky_relu": 2, "elu": 4, "huber": 6, "binary_cross_entropy": 2}
)
"""How often an activation or a loss writes down its argument, if more than once."""


def size(network: Network) -> int:
    """How large the expanded expression is: the paths through the network, copies included."""
    copies = COPIES.get(network.loss, 1)
    for layer in network.layers:
        copies *= COPIES.get(layer.activation, 1)
        copies *= 2 ** (layer.window - 1) if isinstance(layer, MaxPool) else 1
    return network.paths * copies


@cache
def _sympy() -> Any:
    import sympy  # noqa: PLC0415 - it takes half a second to load, and only a proof needs it

    return sympy


class Expansion:
    """A network's loss as one expression in its inputs, target, weights and biases."""

    def __init__(self, network: Network, tensors: Sequence[Tensor]) -> None:
        self.symbols = {
            (tensor, at): _sympy().Symbol(f"{tensor.kind}{tensor.layer}_{at}", real=True)
            for tensor in tensors
            for at in network.positions(tensor)
        }
        self._network = network
        self.loss = self._expand()
        self._derivatives: dict[tuple[Tensor, tuple[int, ...]], Expr] = {}

    def derivative(self, tensor: Tensor, at: tuple[int, ...], numbers: Data) -> Fraction:
        """SymPy's derivative of the loss by one entry, to 40 digits, for these numbers."""
        if (tensor, at) not in self._derivatives:
            self._derivatives[tensor, at] = self.loss.diff(self.symbols[tensor, at])
        values = {
            self.symbols[name, index]: exact.inexact(value)
            for name, entries in numbers.tables
            for index, value in entries
        }
        return exact.to_fraction(_value(self._derivatives[tensor, at], values))

    def learned(self) -> int:
        """How many of the loss's symbols are neither inputs nor targets: its parameters."""
        given = {s for (tensor, _), s in self.symbols.items() if tensor in {INPUT, TARGET}}
        return len(self.loss.free_symbols - given)

    def _rows(self, tensor: Tensor) -> Rows:
        """The symbols of a tensor with two axes, axes of size 1 included."""
        found = [s for (own, _), s in self.symbols.items() if own == tensor]
        channels, length = self._network.sizes(tensor)
        return [found[length * row : length * (row + 1)] for row in range(channels)]

    def _list(self, tensor: Tensor) -> list[Expr]:
        return [s for (own, _), s in self.symbols.items() if own == tensor]

    def _expand(self) -> Expr:
        signal = self._rows(INPUT)
        for number, layer in enumerate(self._network.layers, start=1):
            weights = self._list(Tensor(kind="weights", layer=number))
            bias = self._list(Tensor(kind="bias", layer=number))
            function = ACTIVATIONS[layer.activation]
            rows = EXPANSIONS[type(layer)](layer, signal, weights, bias)
            signal = [[function(entry) for entry in row] for row in rows]
        share = LOSSES[self._network.loss]
        threshold = self._network.threshold
        pairs = zip(_flat(signal), _flat(self._rows(TARGET)), strict=True)
        return sum((share(output, target, threshold) for output, target in pairs), _integer(0))


def _flat(rows: Rows) -> list[Expr]:
    return [entry for row in rows for entry in row]


def _integer(value: int) -> Expr:
    return _sympy().Integer(value)


def _dot(left: Sequence[Expr], right: Sequence[Expr]) -> Expr:
    return sum((a * b for a, b in zip(left, right, strict=True)), _integer(0))


def _value(expression: Expr, known: dict[Expr, Real]) -> Real:
    """The number that an expression stands for; `known` gains that of every part.

    SymPy's own ``evalf`` computes a part again wherever it occurs, and a network's parts occur
    once for every path through them.
    """
    if expression not in known:
        if expression.is_Rational:
            value = exact.inexact(Fraction(expression.p, expression.q))
        else:
            function = VALUES[expression.func.__name__]
            value = function(*(_value(part, known) for part in expression.args))
        known[expression] = value
    return known[expression]


VALUES: Mapping[str, Callable[..., Real]] = MappingProxyType(
    {
        "Add": lambda *parts: exact.CONTEXT.fsum(parts),
        "Mul": lambda *parts: exact.CONTEXT.fprod(parts),
        "Pow": lambda base, exponent: base**exponent,
        "exp": exact.CONTEXT.exp,
        "log": exact.CONTEXT.log,
        "tanh": exact.CONTEXT.tanh,
        "Abs": abs,
        "sign": exact.CONTEXT.sign,
    }
)
"""What each kind of SymPy expression in a loss or its derivative computes."""


# --- layers: weights come as one list, in the order of `Layer.weights` --------------------------


def _conv1d(layer: Conv1d, signal: Rows, weights: list[Expr], bias: list[Expr]) -> Rows:
    zeros = [_integer(0)] * layer.padding
    rows = [[*zeros, *row, *zeros] for row in signal]
    span = layer.kernel
    starts = range(0, len(rows[0]) - span + 1, layer.stride)
    patches = [[entry for row in rows for entry in row[start : start + span]] for start in starts]
    size = len(patches[0])
    filters = [weights[size * f : size * (f + 1)] for f in range(layer.filters)]
    shifts = bias or [_integer(0)] * layer.filters
    return [
        [_dot(own, patch) + shift for patch in patches]
        for own, shift in zip(filters, shifts, strict=True)
    ]


def _dense(layer: Dense, signal: Rows, weights: list[Expr], bias: list[Expr]) -> Rows:
    flat = _flat(signal)
    rows = [weights[len(flat) * u : len(flat) * (u + 1)] for u in range(layer.size)]
    shifts = bias or [_integer(0)] * layer.size
    return [[_dot(row, flat) + shift for row, shift in zip(rows, shifts, strict=True)]]


def _same(layer: Layer, signal: Rows, weights: list[Expr], bias: list[Expr]) -> Rows:
    return signal


def _pooled(layer: Any, signal: Rows, pool: Callable[[list[Expr]], Expr]) -> Rows:
    starts = range(0, len(signal[0]) - layer.window + 1, layer.stride)
    return [[pool(row[start : start + layer.window]) for start in starts] for row in signal]


def _average_pool(layer: AveragePool, signal: Rows, weights: object, bias: object) -> Rows:
    return _pooled(layer, signal, lambda window: sum(window, _integer(0)) / len(window))


def _max_pool(layer: MaxPool, signal: Rows, weights: object, bias: object) -> Rows:
    def largest(window: list[Expr]) -> Expr:
        result = window[0]
        for entry in window[1:]:
            result = (result + entry + _abs(entry - result)) / 2
        return result

    return _pooled(layer, signal, largest)


def _softmax(layer: Softmax, signal: Rows, weights: object, bias: object) -> Rows:
    powers = [_sympy().exp(entry) for entry in signal[0]]
    return [[power / sum(powers, _integer(0)) for power in powers]]


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


# --- activations and losses --------------------------------------------------------------------


def _function(name: str) -> Callable[[Expr], Expr]:
    def apply(argument: Expr) -> Expr:
        return getattr(_sympy(), name)(argument)

    return apply


_exp, _log, _tanh, _abs = (_function(name) for name in ("exp", "log", "tanh", "Abs"))

ACTIVATIONS: Mapping[str, Callable[[Expr], Expr]] = MappingProxyType(
    {
        "linear": lambda a: a,
        "sigmoid": lambda a: 1 / (1 + _exp(-a)),
        "tanh": _tanh,
        "relu": lambda a: (a + _abs(a)) / 2,
        "leaky_relu": lambda a: (101 * a + 99 * _abs(a)) / 200,
        "elu": lambda a: (a + _abs(a)) / 2 + _exp((a - _abs(a)) / 2) - 1,
        "softplus": lambda a: _log(1 + _exp(a)),
    }
)


def _huber(output: Expr, target: Expr, threshold: Fraction) -> Expr:
    limit = _sympy().Rational(threshold.numerator, threshold.denominator)
    size = _abs(target - output)
    capped = (size + limit - _abs(size - limit)) / 2
    return capped**2 / 2 + limit * (size - capped)


LOSSES: Mapping[str, Callable[[Expr, Expr, Fraction], Expr]] = MappingProxyType(
    {
        "squared": lambda output, target, _: (target - output) ** 2,
        "half_squared": lambda output, target, _: (target - output) ** 2 / 2,
        "huber": _huber,
        "binary_cross_entropy": lambda output, target, _: (
            -target * _log(output) - (1 - target) * _log(1 - output)
        ),
        "cross_entropy": lambda output, target, _: -target * _log(output),
    }
)
"""Kind of loss -> one output's share of it, for (output, target, threshold)."""
