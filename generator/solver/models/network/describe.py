"""The drawing of a network in words, for those who do not see it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from generator.solver.models.network.index import number
from generator.solver.models.network.layers import (
    AveragePool,
    Conv1d,
    Dense,
    Elementwise,
    Layer,
    MaxPool,
    Pool,
    Softmax,
)
from generator.solver.models.network.terms import Tensor
from generator.solver.models.network.view import View, listed, several


def describe(view: View) -> str:
    """What stands in each column, and what joins them."""
    network = view.network
    sentences = [f"A network in columns, from left to right. The inputs are {_all(view, 0)}."]
    for layer in range(1, network.depth + 1):
        found = network.layer(layer)
        sentences.append(_WORDS[type(found)](view, layer, found))
        sentences += _bias(view, layer, found)
    if not any(layer.bias for layer in network.layers):
        sentences.append("There are no biases.")
    return " ".join(sentences)


def _conv1d(view: View, layer: int, found: Conv1d) -> str:
    weights = _some([_plain(view, Tensor(kind="weights", layer=layer), at) for at in _taps(found)])
    filters = "one filter" if found.filters == 1 else f"{found.filters} filters"
    start = f"Next are {_kind(view, layer)} {_all(view, layer)}, computed by a convolution with "
    start += f"{filters} of size {found.kernel} and stride {found.stride}"
    if found.padding:
        start += f", {several(found.padding, 'zero')} padded on each side"
    if found.filters * found.inputs.channels > 1:
        return f"{start}. Edges with the same weight look the same."
    windows = "; ".join(_window(view, layer, found, at) for at in range(found.output.length))
    if found.kernel == 1:
        return f"{start}: {windows}. All edges carry the same shared weight {weights}."
    return (
        f"{start}: {windows}. The edges of every window carry the same shared weights {weights}, "
        "in this order from top to bottom; equal weights look the same."
    )


def _taps(layer: Conv1d) -> list[tuple[int, ...]]:
    """The kept indices of one filter's weights."""
    return [(tap,) if layer.kernel > 1 else () for tap in range(1, layer.kernel + 1)]


def _window(view: View, layer: int, found: Conv1d, at: int) -> str:
    start = at * found.stride - found.padding
    seen = [
        _unit(view, layer - 1, 1, place + 1)
        for place in range(start, start + found.kernel)
        if 0 <= place < found.inputs.length
    ]
    return f"{_unit(view, layer, 1, at + 1)} sees {listed(seen)}"


def _dense(view: View, layer: int, found: Dense) -> str:
    below = _all(view, layer - 1)
    if found.size > 1:
        return (
            f"Next are {_kind(view, layer)} {_all(view, layer)}, each joined to all of {below}, "
            "with a weight of its own on each edge."
        )
    tensor = Tensor(kind="weights", layer=layer)
    names = [_plain(view, tensor, at) for at in view.network.positions(tensor)]
    end = "The output" if layer == view.network.depth else "Next the unit"
    return f"{end} {_all(view, layer)} is joined to {below} by the weights {_some(names)}."


def _pool(view: View, layer: int, found: Pool) -> str:
    what = "largest value" if isinstance(found, MaxPool) else "mean"
    return (
        f"Next are {_all(view, layer)}, each the {what} of a window of {found.window} units, moved "
        f"by {found.stride}."
    )


def _elementwise(view: View, layer: int, _: Elementwise) -> str:
    name = view.activation(layer).name
    return f"Next are {_all(view, layer)}: the {name} function of each of {_all(view, layer - 1)}."


def _softmax(view: View, layer: int, _: Softmax) -> str:
    return f"The outputs {_all(view, layer)} are the softmax of {_all(view, layer - 1)}."


_WORDS: Mapping[type[Layer], Callable[[View, int, Any], str]] = MappingProxyType(
    {
        Conv1d: _conv1d,
        Dense: _dense,
        AveragePool: _pool,
        MaxPool: _pool,
        Elementwise: _elementwise,
        Softmax: _softmax,
    }
)
"""Class of layer -> a sentence on it."""


def _bias(view: View, layer: int, found: Layer) -> list[str]:
    if not found.bias:
        return []
    name = view.symbol(Tensor(kind="bias", layer=layer)).text
    if found.units == 1 and found.output.size > 1:
        return [f"A constant 1 is joined to all of them by the one shared bias {name}."]
    if found.units == 1:
        return [f"A constant 1 is joined to it by the bias {name}."]
    each = "filter" if isinstance(found, Conv1d) else "unit"
    return [f"A constant 1 is joined to all of them by biases {name}, one for each {each}."]


def _kind(view: View, layer: int) -> str:
    one = view.network.shape(layer).size == 1
    words = "the output" if layer == view.network.depth else "the hidden unit"
    return words if one else f"{words}s"


def _all(view: View, layer: int) -> str:
    """``h1, h2 and h3`` or ``h1 to h4``."""
    shape = view.network.shape(layer)
    names = [
        _unit(view, layer, channel, position)
        for channel in range(1, shape.channels + 1)
        for position in range(1, shape.length + 1)
    ]
    return _some(names)


def _some(names: list[str]) -> str:
    return listed(names) if len(names) <= 3 else f"{names[0]} to {names[-1]}"


def _unit(view: View, layer: int, channel: int, position: int) -> str:
    entry = view.output(layer, (number(channel), number(position)))
    return _plain(view, entry.tensor, tuple(index.constant for index in entry.at))


def _plain(view: View, tensor: Tensor, at: tuple[int, ...]) -> str:
    """``h1`` or ``w2,1``: as it is read aloud."""
    return view.symbol(tensor).text + ",".join(map(str, at))
