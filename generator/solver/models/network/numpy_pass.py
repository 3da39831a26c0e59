"""A second forward pass, in NumPy and with none of the index rules, and its derivatives.

It slides windows over arrays and multiplies matrices, as a library would. It works on complex
numbers, so that a complex step gives derivatives to machine precision without a difference of
nearly equal numbers: ``f'(x) = Im f(x + ih) / h`` (Squire and Trapp, "Using complex variables to
estimate derivatives of real functions", SIAM Review 40, 1998). Kinks are decided by the real part.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
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
"""Weights or biases of the shape that the pass asks for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """Where a layer's pass gets its weights: it says of which shape, and so how many."""

    number: int
    supply: Supply

    def weights(self, shape: tuple[int, ...]) -> Array:
        """The layer's weights."""
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
    return [after for _, after in _run(network, given[INPUT], _supply(given))]


def arguments(network: Network, given: Mapping[Tensor, Array]) -> list[Array]:
    """What the activation of every layer is applied to; for layer 0 the input."""
    return [before for before, _ in _run(network, given[INPUT], _supply(given))]


def _supply(given: Mapping[Tensor, Array]) -> Supply:
    return lambda tensor, shape: given[tensor].reshape(shape)


def learned(network: Network) -> dict[Tensor, int]:
    """How many weights and biases the pass asks for, found by running it."""
    asked: dict[Tensor, int] = {}

    def supply(tensor: Tensor, shape: tuple[int, ...]) -> Array:
        asked[tensor] = prod(shape)
        return np.zeros(shape, dtype=np.complex128)

    _run(network, np.zeros(network.shape(0).axes, dtype=np.complex128), supply)
    return asked


def units(network: Network) -> list[int]:
    """How many entries the output of each layer has, the input's first, found by running it."""

    def supply(_: Tensor, shape: tuple[int, ...]) -> Array:
        return np.zeros(shape, dtype=np.complex128)

    blank = np.zeros(network.shape(0).axes, dtype=np.complex128)
    return [after.size for _, after in _run(network, blank, supply)]


def _run(network: Network, signal: Array, supply: Supply) -> list[tuple[Array, Array]]:
    """Every layer before and after its activation, the input first."""
    result = [(signal, signal)]
    for number, layer in enumerate(network.layers, start=1):
        before = PASSES[type(layer)](layer, signal, Weights(number=number, supply=supply))
        signal = ACTIVATIONS[layer.activation](before)
        result.append((before, signal))
    return result


def loss(network: Network, given: Mapping[Tensor, Array]) -> complex:
    """The loss."""
    *_, (_, below), (before, after) = _run(network, given[INPUT], _supply(given))
    last = {"": after, "sigmoid": before, "softmax": below}[network.rule.below]
    return complex(LOSSES[network.loss](last, given[TARGET], float(network.threshold)).sum())


def derivative(
    network: Network, given: Mapping[Tensor, Array], tensor: Tensor, at: tuple[int, ...]
) -> float:
    """The derivative of the loss by the entry of a tensor at its kept index, counted from 1."""
    moved = dict(given)
    array = given[tensor].copy()
    flat = array.reshape(network.kept(tensor))
    flat[tuple(index - 1 for index in at)] += 1j * STEP
    moved[tensor] = array
    return loss(network, moved).imag / STEP


# --- layers ------------------------------------------------------------------------------------


def _windows(signal: Array, width: int, stride: int) -> Array:
    """The windows of every channel, of shape (channels, positions, width)."""
    return sliding_window_view(signal, width, axis=1)[:, ::stride, :]


def _conv1d(layer: Conv1d, signal: Array, use: Weights) -> Array:
    padded = np.pad(signal, ((0, 0), (layer.padding, layer.padding)))
    windows = _windows(padded, layer.kernel, layer.stride)
    filters = use.weights((layer.filters, len(signal), layer.kernel))
    result = np.tensordot(filters, windows, axes=((1, 2), (0, 2)))
    return result + use.bias(layer.filters)[:, np.newaxis] if layer.bias else result


def _dense(layer: Dense, signal: Array, use: Weights) -> Array:
    result = use.weights((layer.size, signal.size)) @ signal.reshape(-1)
    return (result + use.bias(layer.size) if layer.bias else result).reshape(1, -1)


def _same(_: Layer, signal: Array, __: Weights) -> Array:
    return signal


def _average_pool(layer: AveragePool, signal: Array, _: Weights) -> Array:
    return np.asarray(_windows(signal, layer.window, layer.stride).mean(axis=2))


def _max_pool(layer: MaxPool, signal: Array, _: Weights) -> Array:
    windows = _windows(signal, layer.window, layer.stride)
    places = windows.real.argmax(axis=2)[..., np.newaxis]
    return np.take_along_axis(windows, places, axis=2)[..., 0]


def _softmax(_: Layer, signal: Array, __: Weights) -> Array:
    powers = np.exp(signal - signal.real.max())
    return np.asarray(powers / powers.sum())


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
    shifted = score - score.real.max()
    return np.asarray(target * (np.log(np.exp(shifted).sum()) - shifted))


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
