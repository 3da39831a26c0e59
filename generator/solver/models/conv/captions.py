"""What is written in the drawings of a stack, and what is said to those who do not see them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

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
    Windowed,
)
from generator.solver.models.conv.window import Taps, TransposedWindow
from generator.solver.models.conv.wording import several

OPEN = "?"
"""What stands for a size that is to be found."""
_OPEN_FORMULA = "{?}"
"""The same in LaTeX, as a number rather than as the end of a question."""


def lines(layer: Layer) -> tuple[str, ...]:
    """What a layer is, in one to three short lines."""
    return _LINES[type(layer)](layer)


def contents(layer: Layer, *, known: bool) -> str:
    """What comes out of a layer: ``20 maps``, ``10 units``; flattening tells a size by it."""
    count = layer.output_shape[0]
    if len(layer.output_shape) > 1:
        return several(count, "map")
    if isinstance(layer, Flatten) and not known:
        return f"{OPEN} units"
    return several(count, "unit")


def extents(shape: Shape, *, known: bool) -> str:
    """The extents of a map in LaTeX, or question marks; empty for units in a row."""
    return r" \times ".join(str(extent) if known else _OPEN_FORMULA for extent in shape[1:])


def in_words(layers: tuple[Layer, ...], *, sizes: bool) -> str:
    """The whole drawing in one sentence."""
    channels, *sides = layers[0].input_shape
    given = f"an input of {' by '.join(map(str, sides))} with {several(channels, 'channel')}"
    ways = [_way_in_words(layer, sizes=sizes) for layer in layers]
    return f"A stack of layers, from left to right: {'; '.join((given, *ways))}."


def _way_in_words(layer: Layer, *, sizes: bool) -> str:
    how = ", ".join(lines(layer)).replace(" × ", " by ")
    if isinstance(layer, Activation | BatchNorm):
        return how
    size = extents(layer.output_shape, known=True).replace(r" \times ", " by ") if sizes else ""
    result = contents(layer, known=sizes).replace(OPEN, "some")
    through = "through " if isinstance(layer, Windowed) else ""
    return f"{through}{how}: {result}{' of ' if size else ''}{size}"


# --- the lines ---------------------------------------------------------------------------------


def _convolution(layer: Convolution) -> tuple[str, ...]:
    filters = f"{several(layer.filters, 'filter')} of {_times(layer.kernel)}"
    more = [f"dilation {_each([w.dilation for w in layer.windows])}"]
    kept = more if any(window.dilation > 1 for window in layer.windows) else []
    if layer.groups > 1:
        kept.append(f"{layer.groups} groups")
    return (filters, _moves(layer), *((", ".join(kept),) if kept else ()))


def _transposed(layer: TransposedConvolution) -> tuple[str, ...]:
    kind, *others = _convolution(layer)
    extra = [window.extra for window in layer.windows if isinstance(window, TransposedWindow)]
    added = [f"output padding {_each(extra)}"] if any(extra) and not layer.windows[0].same else []
    return ("transposed:", kind, *others, *added)


def _pooling(layer: Pooling) -> tuple[str, ...]:
    return f"{layer.kind} pooling {_times(layer.kernel)}", _moves(layer)


def _moves(layer: Windowed) -> str:
    """The stride, and the padding if there is any."""
    stride = f"stride {_each([window.stride for window in layer.windows])}"
    if not any(window.padding for window in layer.windows):
        return stride
    return f"{stride}, {_padding(layer.windows)}"


def _padding(windows: tuple[Taps, ...]) -> str:
    if windows[0].same:
        return "same padding"
    if all(window.before == window.after for window in windows):
        return f"padding {_each([window.before for window in windows])}"
    return f"padding {', '.join(f'{w.before} + {w.after}' for w in windows)}"


def _each(values: Sequence[int]) -> str:
    return str(values[0]) if len(set(values)) == 1 else _times(values)


def _times(values: Sequence[int]) -> str:
    return " × ".join(map(str, values))


FUNCTIONS: Mapping[str, str] = {
    "relu": "ReLU",
    "leaky_relu": "leaky ReLU",
    "sigmoid": "sigmoid",
    "tanh": "tanh",
    "softmax": "softmax",
    "gelu": "GELU",
}
"""The activation functions that a bank may name, and how they are written."""

_LINES: Mapping[type[Layer], Callable[..., tuple[str, ...]]] = {
    Convolution: _convolution,
    TransposedConvolution: _transposed,
    Pooling: _pooling,
    GlobalPooling: lambda layer: ("global", f"{layer.kind} pooling"),
    Flatten: lambda _: ("flatten",),
    Dense: lambda _: ("dense",),
    BatchNorm: lambda _: ("batch norm",),
    Activation: lambda layer: (FUNCTIONS[layer.function],),
}
