"""The second derivation: NumPy layers that are built and run, and count what they do.

Nothing here uses a closed form. Weights are entries of arrays; the extent of an output is the
shape of the array that comes out; multiplications are counted by running the layer on ones, with
all its weights one: each entry that comes out is then the number of products summed in it.

All filters of a layer visit the same places, so one filter is run over one channel, and the counts
are taken once for each pair of a filter and a channel that the layer's weight arrays hold.
Windows on a grid are the product of windows along its axes: where running over the whole array
would take more than `_PRODUCTS` products, each axis is run over by itself.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from math import prod

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from generator.memo import Memo
from generator.model.dataclass import dataclass
from generator.solver.models.conv.layers import (
    Activation,
    BatchNorm,
    Convolution,
    Dense,
    Flatten,
    GlobalPooling,
    Layer,
    Pooling,
    Shape,
    TransposedConvolution,
)
from generator.solver.models.conv.window import Taps, TransposedWindow

_PRODUCTS = 1 << 15


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What a layer counted of itself; see `Layer` for the words.

    `own` says that what came out is an array of its own and not a view of what went in.
    """

    output_shape: Shape
    own: bool = True
    weights: int = 0
    biases: int = 0
    multiply_adds: int = 0
    connections: int = 0

    @property
    def parameters(self) -> int:
        """All entries of its arrays."""
        return self.weights + self.biases

    @property
    def outputs(self) -> int:
        """The size of the array that came out."""
        return prod(self.output_shape)

    @property
    def activations(self) -> int:
        """The size of the array that was made."""
        return self.outputs if self.own else 0


def measure(layer: Layer) -> Measured:
    """Build the layer, run it, and say what it counted; once for each layer."""
    return MEASURED.of(layer, _measured)


def _measured(layer: Layer) -> Measured:
    return _MEASURES[type(layer)](layer)


MEASURED: Memo[Layer, Measured] = Memo()


# --- one filter on one channel -----------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What a filter of ones made of a channel of ones: the extents that came out, its products.

    `products` counts all that were computed; `touched` those of an entry of the input (no padding)
    with a weight that went into an entry of the output (not cut off).
    """

    extents: Shape
    products: int
    touched: int


@lru_cache(maxsize=4096)
def run(windows: tuple[Taps, ...]) -> Run:
    """Run one filter over one channel, with one window for each axis."""
    if len(windows) > 1 and _size(windows) > _PRODUCTS:
        alone = [run((window,)) for window in windows]
        return Run(
            extents=tuple(extent for one in alone for extent in one.extents),
            products=prod(one.products for one in alone),
            touched=prod(one.touched for one in alone),
        )
    return _scatter(windows) if isinstance(windows[0], TransposedWindow) else _slide(windows)


def _size(windows: tuple[Taps, ...]) -> int:
    """About how many products the forward pass takes."""
    return prod((window.size + window.before + window.after) * window.kernel for window in windows)


def _taps(window: Taps) -> NDArray[np.int64]:
    """Where the entries of a filter lie, from its first."""
    return np.arange(window.kernel) * window.dilation


def _slide(windows: tuple[Taps, ...]) -> Run:
    ones = np.ones([window.size for window in windows], dtype=np.int64)
    margins = [(window.before, window.after) for window in windows]
    everything = _sums(np.pad(ones, margins, constant_values=1), windows)
    inside = _sums(np.pad(ones, margins), windows) if any(map(any, margins)) else everything
    return Run(extents=everything.shape, products=int(everything.sum()), touched=int(inside.sum()))


def _sums(padded: NDArray[np.int64], windows: tuple[Taps, ...]) -> NDArray[np.int64]:
    """The forward pass of a filter of ones: its sum at every position."""
    taps = [_taps(window) for window in windows]
    steps = tuple(slice(None, None, window.stride) for window in windows)
    holes = tuple(slice(None, None, window.dilation) for window in windows)
    seen = sliding_window_view(padded, [int(tap[-1]) + 1 for tap in taps])[steps + holes]
    sums: NDArray[np.int64] = seen.sum(axis=tuple(range(len(windows), 2 * len(windows))))
    return sums


def _scatter(windows: tuple[Taps, ...]) -> Run:
    """The forward pass of a transposed filter of ones: every entry of the input is laid out."""
    places = [
        (np.arange(window.size)[:, None] * window.stride + _taps(window)).ravel()
        for window in windows
    ]
    extra = [window.extra if isinstance(window, TransposedWindow) else 0 for window in windows]
    ends = [int(place.max()) + 1 for place in places]
    laid = np.zeros([end + more for end, more in zip(ends, extra, strict=True)], dtype=np.int64)
    np.add.at(laid, np.ix_(*places), 1)
    kept = laid[
        tuple(
            slice(window.before, length - window.after)
            for window, length in zip(windows, laid.shape, strict=True)
        )
    ]
    return Run(extents=kept.shape, products=int(laid.sum()), touched=int(kept.sum()))


# --- a layer for each type ---------------------------------------------------------------------


def _convolution(layer: Convolution) -> Measured:
    maps, kernels, entries, biases = _filters(
        layer.channels, layer.filters, layer.groups, layer.kernel, layer.bias
    )
    ran = run(layer.windows)
    return Measured(
        output_shape=(maps, *ran.extents),
        weights=entries,
        biases=biases,
        multiply_adds=kernels * ran.products,
        connections=kernels * ran.touched + biases * prod(ran.extents),
    )


@lru_cache(maxsize=4096)
def _filters(
    channels: int, filters: int, groups: int, kernel: Shape, bias: bool
) -> tuple[int, int, int, int]:
    """Build the weight arrays, group by group; count their filters, kernels, entries and biases."""
    maps = kernels = entries = 0
    seen = np.split(np.arange(channels), groups)
    made = np.split(np.arange(filters), groups)
    for mine, theirs in zip(made, seen, strict=True):
        pairs = np.broadcast_to(np.int8(1), (mine.size, theirs.size))
        maps += pairs.shape[0]
        kernels += pairs.size
        entries += np.broadcast_to(np.int8(1), (*pairs.shape, *kernel)).size
    biases = np.zeros(filters) if bias else np.empty(0)
    return maps, kernels, entries, biases.size


def _pooling(layer: Pooling) -> Measured:
    ran = run(layer.windows)
    return Measured(
        output_shape=(layer.channels, *ran.extents), connections=layer.channels * ran.touched
    )


def _global_pooling(layer: GlobalPooling) -> Measured:
    numbers = np.broadcast_to(np.int8(1), layer.input_shape)
    return Measured(output_shape=numbers.shape[:1], connections=numbers.size)


def _flatten(layer: Flatten) -> Measured:
    one = np.ones([1] * len(layer.input_shape), dtype=np.int8)
    return Measured(
        output_shape=(np.broadcast_to(one, layer.input_shape).size,),
        own=not np.shares_memory(one, one.reshape(-1)),
    )


def _dense(layer: Dense) -> Measured:
    matrix = np.broadcast_to(np.int8(1), (layer.units, *layer.input_shape))
    biases = np.zeros(layer.units) if layer.bias else np.empty(0)
    return Measured(
        output_shape=matrix.shape[:1],
        weights=matrix.size,
        biases=biases.size,
        multiply_adds=matrix.size,
        connections=matrix.size + biases.size,
    )


def _batch_norm(layer: BatchNorm) -> Measured:
    numbers = np.broadcast_to(np.int8(1), layer.input_shape)
    scale = shift = np.ones(numbers.shape[0])
    return Measured(
        output_shape=numbers.shape,
        weights=scale.size,
        biases=shift.size,
        multiply_adds=numbers.size,
        connections=numbers.size + numbers.size,
    )


def _activation(layer: Activation) -> Measured:
    numbers = np.broadcast_to(np.int8(1), layer.input_shape)
    return Measured(output_shape=numbers.shape, connections=numbers.size)


_MEASURES: dict[type[Layer], Callable[..., Measured]] = {
    Convolution: _convolution,
    TransposedConvolution: _convolution,
    Pooling: _pooling,
    GlobalPooling: _global_pooling,
    Flatten: _flatten,
    Dense: _dense,
    BatchNorm: _batch_norm,
    Activation: _activation,
}


# --- several layers ----------------------------------------------------------------------------


@lru_cache(maxsize=4096)
def reach(windows: tuple[Taps, ...]) -> int:
    """Over how many inputs the reads of one output extend, through these windows along one axis.

    `windows` goes from the input to the output. The output's own reads are followed back, layer
    by layer, on an input without borders.
    """
    reads = np.zeros(1, dtype=np.int64)
    for window in reversed(windows):
        reads = np.unique(reads[:, None] * window.stride + _taps(window))
    return int(np.ptp(reads)) + 1
