"""A second forward pass, in NumPy and with none of the index rules, and its derivatives.

It slides windows over arrays and multiplies matrices, as a library would. It works on complex
numbers, so that a complex step gives derivatives to machine precision without a difference of
nearly equal numbers: ``f'(x) = Im f(x + ih) / h`` (Squire and Trapp, "Using complex variables to
estimate derivatives of real functions", SIAM Review 40, 1998). Kinks are decided by the real part.

Arrays are small, and calling NumPy takes most of the time. So the first axis of every signal counts
the networks that run side by side, each with a step in another component.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import prod
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from generator.model.dataclass import dataclass
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

Array = NDArray[np.complex128]
STEP = 1e-30
"""The complex step: its square vanishes beside 1."""


Supply = Callable[[Tensor, tuple[int, ...]], Array]
"""The input, weights or biases of the shape that the pass asks for, behind the first axis."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """Where a layer's pass gets its weights: it says of which shape, and so how many."""

    number: int
    supply: Supply

    def weights(self, shape: tuple[int, ...]) -> Array:
        """The layer's weights, of this shape behind the first axis."""
        return self.supply(Tensor(kind="weights", layer=self.number), shape)

    def bias(self, size: int) -> Array:
        """The layer's biases."""
        return self.supply(Tensor(kind="bias", layer=self.number), (size,))


def arrays(network: Network, numbers: Data) -> dict[Tensor, Array]:
    """The data as arrays of the tensors' full sizes."""
    result = {}
    for tensor, entries in numbers.tables:
        flat = [complex(float(value)) for _, value in entries]
        result[tensor] = np.array(flat, dtype=np.complex128).reshape(network.sizes(tensor))
    return result


def outputs(network: Network, given: Mapping[Tensor, Array]) -> list[Array]:
    """The output of every layer from the input on, each of shape (channels, length)."""
    return [after[0] for _, after in _run(network, _supply(given))]


def arguments(network: Network, given: Mapping[Tensor, Array]) -> list[Array]:
    """What the activation of every layer is applied to; for layer 0 the input."""
    return [before[0] for before, _ in _run(network, _supply(given))]


def _supply(given: Mapping[Tensor, Array]) -> Supply:
    return lambda tensor, shape: given[tensor].reshape(-1, *shape)


def learned(network: Network) -> dict[Tensor, int]:
    """How many weights and biases the pass asks for, found by running it."""
    asked: dict[Tensor, int] = {}

    def supply(tensor: Tensor, shape: tuple[int, ...]) -> Array:
        asked[tensor] = prod(shape)
        return _zeros(tensor, shape)

    _run(network, supply)
    return {tensor: count for tensor, count in asked.items() if tensor != INPUT}


def units(network: Network) -> list[int]:
    """How many entries the output of each layer has, the input's first, found by running it."""
    return [after.size for _, after in _run(network, _zeros)]


def _zeros(_: Tensor, shape: tuple[int, ...]) -> Array:
    return np.zeros((1, *shape), dtype=np.complex128)


def _run(network: Network, supply: Supply) -> list[tuple[Array, Array]]:
    """Every layer before and after its activation, the input first.

    Each is of shape (networks, channels, length).
    """
    signal = supply(INPUT, network.shape(0).axes)
    result = [(signal, signal)]
    for number, layer in enumerate(network.layers, start=1):
        before = PASSES[type(layer)](layer, signal, Weights(number=number, supply=supply))
        signal = ACTIVATIONS[layer.activation](before)
        result.append((before, signal))
    return result


def loss(network: Network, given: Mapping[Tensor, Array]) -> complex:
    """The loss."""
    return complex(_losses(network, given)[0])


def _losses(network: Network, given: Mapping[Tensor, Array]) -> Array:
    """The loss of each of the networks."""
    *_, (_, below), (before, after) = _run(network, _supply(given))
    last = {"": after, "sigmoid": before, "softmax": below}[network.rule.below]
    target = given[TARGET].reshape(-1, *network.shape(network.depth).axes)
    shares = LOSSES[network.loss](last, target, float(network.threshold))
    return np.asarray(shares.sum(axis=_ENTRIES))


def derivatives(
    network: Network,
    given: Mapping[Tensor, Array],
    tensor: Tensor,
    positions: Sequence[tuple[int, ...]],
) -> list[float]:
    """The derivatives of the loss by entries of a tensor at kept indices, counted from 1."""
    moved = np.repeat(given[tensor].reshape(1, *network.kept(tensor)), len(positions), axis=0)
    for copy, at in enumerate(positions):
        moved[copy, *(index - 1 for index in at)] += 1j * STEP
    found = _losses(network, {**given, tensor: moved}).imag / STEP
    return [float(one) for one in found]


# --- layers ------------------------------------------------------------------------------------


_ENTRIES = (1, 2)
"""The axes of a signal that are its entries: channels and positions."""


def _windows(signal: Array, width: int, stride: int) -> Array:
    """The windows of every channel, of shape (networks, channels, positions, width)."""
    return sliding_window_view(signal, width, axis=2)[:, :, ::stride, :]


def _conv1d(layer: Conv1d, signal: Array, use: Weights) -> Array:
    padded = np.pad(signal, ((0, 0), (0, 0), (layer.padding, layer.padding)))
    windows = _windows(padded, layer.kernel, layer.stride)
    networks, channels, positions, width = windows.shape
    patches = windows.transpose(0, 1, 3, 2).reshape(networks, channels * width, positions)
    filters = use.weights((layer.filters, channels, width))
    result = filters.reshape(-1, layer.filters, channels * width) @ patches
    return result + use.bias(layer.filters)[:, :, np.newaxis] if layer.bias else result


def _dense(layer: Dense, signal: Array, use: Weights) -> Array:
    flat = signal.reshape(len(signal), -1, 1)
    result = (use.weights((layer.size, flat.shape[1])) @ flat)[:, np.newaxis, :, 0]
    return result + use.bias(layer.size)[:, np.newaxis, :] if layer.bias else result


def _same(_: Layer, signal: Array, __: Weights) -> Array:
    return signal


def _average_pool(layer: AveragePool, signal: Array, _: Weights) -> Array:
    return np.asarray(_windows(signal, layer.window, layer.stride).mean(axis=3))


def _max_pool(layer: MaxPool, signal: Array, _: Weights) -> Array:
    windows = _windows(signal, layer.window, layer.stride)
    places = windows.real.argmax(axis=3)[..., np.newaxis]
    return np.take_along_axis(windows, places, axis=3)[..., 0]


def _shifted(scores: Array) -> Array:
    """Scores less the largest of their network: exponentials of them do not overflow."""
    return np.asarray(scores - scores.real.max(axis=_ENTRIES, keepdims=True))


def _softmax(_: Layer, signal: Array, __: Weights) -> Array:
    powers = np.exp(_shifted(signal))
    return np.asarray(powers / powers.sum(axis=_ENTRIES, keepdims=True))


PASSES: Mapping[type[Layer], Callable[[Any, Array, Weights], Array]] = MappingProxyType(
    {
        Conv1d: _conv1d,
        Dense: _dense,
        Elementwise: _same,
        AveragePool: _average_pool,
        MaxPool: _max_pool,
        Softmax: _softmax,
    }
)
"""Class of layer -> its forward pass, from (layer, signal, the weights that it asks for)."""


# --- activations and losses --------------------------------------------------------------------


def _where(positive: Array, negative: Callable[[Array], Array]) -> Array:
    """The signal where it is positive, and a function of it elsewhere."""
    below = np.where(positive.real > 0, 0, positive)
    return np.where(positive.real > 0, positive, negative(below))


def _softplus(a: Array) -> Array:
    """``log(1 + exp(a))`` without an exponential that overflows."""
    size = np.where(a.real > 0, a, -a)
    return np.where(a.real > 0, a, 0) + np.log1p(np.exp(-size))


ACTIVATIONS: Mapping[str, Callable[[Array], Any]] = MappingProxyType(
    {
        "linear": lambda a: a,
        "sigmoid": lambda a: 0.5 * (1 + np.tanh(0.5 * a)),
        "tanh": np.tanh,
        "relu": lambda a: _where(a, np.zeros_like),
        "leaky_relu": lambda a: _where(a, lambda b: 0.01 * b),
        "elu": lambda a: _where(a, np.expm1),
        "softplus": _softplus,
    }
)
"""Activation -> the function on arrays."""


def _huber(output: Array, target: Array, threshold: float) -> Array:
    error = target - output
    size = np.where(error.real < 0, -error, error)
    return np.where(size.real <= threshold, error**2 / 2, threshold * (size - threshold / 2))


def _binary_cross_entropy(score: Array, target: Array, _: float) -> Array:
    return target * _softplus(-score) + (1 - target) * _softplus(score)


def _cross_entropy(score: Array, target: Array, _: float) -> Array:
    shifted = _shifted(score)
    return np.asarray(target * (np.log(np.exp(shifted).sum(_ENTRIES, keepdims=True)) - shifted))


LOSSES: Mapping[str, Callable[[Array, Array, float], Any]] = MappingProxyType(
    {
        "squared": lambda output, target, _: (target - output) ** 2,
        "half_squared": lambda output, target, _: (target - output) ** 2 / 2,
        "huber": _huber,
        "binary_cross_entropy": _binary_cross_entropy,
        "cross_entropy": _cross_entropy,
    }
)
"""Kind of loss -> each output's share of it, for (output, target, threshold).

A cross-entropy is given the scores, the arguments of the last activation, as libraries do it: the
logarithm of a saturated output has lost its digits.
"""
