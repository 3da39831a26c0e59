"""What a convolution is made of and what it does: parameters, multiply-adds, connections."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from math import prod

from generator.solver.models.conv.extents import extent_steps
from generator.solver.models.conv.layers import Convolution
from generator.solver.models.conv.measure import measure
from generator.solver.models.conv.quantity import MistakeRule, Quantity
from generator.solver.models.conv.window import Window
from generator.solver.models.conv.wording import axes, by, several, times

Rule = MistakeRule[Convolution]

_COUNTED = "a NumPy layer that counted its own weights"
_RUN = "a NumPy layer that counted its own products"

# --- words and formulas ------------------------------------------------------------------------


def covered(layer: Convolution) -> str:
    r"""The entries that a filter covers: ``3 \times 5 \times 5``; ``5 \times 5`` in one channel."""
    return times(layer.seen, by(layer.kernel))


def one_filter(layer: Convolution) -> str:
    r"""The parameters of one filter: ``3 \times 5 \times 5 + 1``."""
    return f"{covered(layer)} + 1" if layer.bias else covered(layer)


def parameter_product(layer: Convolution) -> str:
    r"""``20 \times (5 \times 5 + 1)``."""
    if layer.filters == 1:
        return one_filter(layer)
    return times(layer.filters, f"({one_filter(layer)})" if layer.bias else one_filter(layer))


def _each_filter(layer: Convolution) -> str:
    return "The filter" if layer.filters == 1 else "Each filter"


def _entries(layer: Convolution) -> str:
    """The entries that a filter has a weight for, in words."""
    window = f"the ${by(layer.kernel)}$ entries of its window"
    if len(layer.kernel) == 1:
        window = f"the {several(layer.kernel[0], 'entry')} of its window"
    if layer.seen == 1:
        return window
    of = "the" if layer.groups == 1 else "its"
    return f"{window} in each of {of} {layer.seen} channels"


def _groups(layer: Convolution) -> tuple[str, ...]:
    if layer.groups == 1:
        return ()
    return (
        f"The {layer.channels} channels are split into {layer.groups} groups, so a filter sees "
        f"{'only one' if layer.seen == 1 else f'only {layer.seen}'} of them.",
    )


_SHARED = "The weights are shared by all positions, so the size of the input does not matter."


# --- parameters --------------------------------------------------------------------------------


def _parameter_steps(layer: Convolution) -> tuple[str, ...]:
    bias = "and one bias" if layer.bias else "and no bias"
    return (
        *_groups(layer),
        f"{_each_filter(layer)} has one weight for each of {_entries(layer)}, {bias}. {_SHARED}",
        f"{_together(layer)}: ${_equal(parameter_product(layer), layer.parameters)}$.",
    )


def _together(layer: Convolution) -> str:
    return "Together" if layer.filters == 1 else f"With {layer.filters} filters"


def _equal(formula: str, value: int) -> str:
    return formula if formula == str(value) else f"{formula} = {value}"


def _weight_steps(layer: Convolution) -> tuple[str, ...]:
    product = times(layer.filters, covered(layer))
    return (
        *_groups(layer),
        f"{_each_filter(layer)} has one weight for each of {_entries(layer)}. {_SHARED}",
        f"{_together(layer)}: ${_equal(product, layer.weights)}$.",
    )


def _bias_steps(layer: Convolution) -> tuple[str, ...]:
    if not layer.bias:
        return ("The layer has no biases: their number is $0$.",)
    if layer.filters == 1:
        return ("The filter has one bias, which it uses at all positions: there is $1$.",)
    return (
        f"Each of the {layer.filters} filters has one bias, which it uses at all positions: "
        f"there are ${layer.filters}$.",
    )


def _extra(layer: Convolution) -> int:
    """The biases of one filter."""
    return int(layer.bias)


def _side(layer: Convolution) -> int | None:
    """The side of a window that is as wide as it is high."""
    sides = set(layer.kernel)
    return sides.pop() if len(layer.kernel) > 1 and len(sides) == 1 else None


def _side_only(layer: Convolution) -> int | None:
    side = _side(layer)
    return None if side is None else layer.filters * (layer.seen * side + _extra(layer))


_NO_BIAS: Rule = MistakeRule(
    result=lambda layer: layer.weights if layer.bias else None,
    because=lambda layer: (
        "The bias is missing: the filter has one."
        if layer.filters == 1
        else f"The biases are missing: each of the {layer.filters} filters has one."
    ),
)
_LAYER_BIAS: Rule = MistakeRule(
    result=lambda layer: layer.weights + 1 if layer.bias else None,
    because=lambda _: "There is one bias for each filter, not one for the whole layer.",
)
_WITH_BIAS: Rule = MistakeRule(
    result=lambda layer: None if layer.bias else layer.weights + layer.filters,
    because=lambda _: "This layer has no biases, but one for each filter was counted.",
)
_NO_CHANNELS: Rule = MistakeRule(
    result=lambda layer: layer.filters * (prod(layer.kernel) + _extra(layer)),
    because=lambda layer: (
        f"The channels are left out: a filter sees {layer.seen} of them and has "
        "weights of its own for each."
    ),
)
_SIDE_ONLY: Rule = MistakeRule(
    result=_side_only,
    because=lambda layer: (
        f"A window of ${by(layer.kernel)}$ has {prod(layer.kernel)} entries, not {_side(layer)}."
    ),
)
_BIAS_PER_CHANNEL: Rule = MistakeRule(
    result=lambda layer: layer.weights + layer.filters * layer.seen if layer.bias else None,
    because=lambda _: "A filter has one bias in all, not one for each channel that it sees.",
)
_ALL_CHANNELS: Rule = MistakeRule(
    result=lambda layer: layer.filters * (layer.channels * prod(layer.kernel) + _extra(layer)),
    because=lambda layer: (
        f"The groups are left out: with {layer.groups} groups a filter sees "
        f"{layer.seen} of the {layer.channels} channels."
    ),
)
_PER_POSITION: Rule = MistakeRule(
    result=lambda layer: layer.outputs * (layer.covered + _extra(layer)),
    because=lambda _: (
        "The weights are shared: a filter uses the same ones at every position, so "
        "they are counted once."
    ),
)
_ONE_FILTER: Rule = MistakeRule(
    result=lambda layer: layer.covered + _extra(layer),
    because=lambda layer: f"These are the parameters of one filter; the layer has {layer.filters}.",
)
_DENSE: Rule = MistakeRule(
    result=lambda layer: layer.inputs * layer.filters + layer.biases,
    because=lambda _: (
        "This connects every input with every filter by a weight of its own; a "
        "filter has weights only for its window."
    ),
)
_UNITS: Rule = MistakeRule(
    result=lambda layer: layer.outputs,
    because=lambda _: "This is the number of units that come out, not of the weights.",
)

_PARAMETERS: Quantity[Convolution] = Quantity(
    closed=lambda layer: layer.parameters,
    counted=lambda layer: measure(layer).parameters,
    how=_COUNTED,
    steps=_parameter_steps,
    mistakes=(
        _NO_BIAS,
        _LAYER_BIAS,
        _WITH_BIAS,
        _NO_CHANNELS,
        _ALL_CHANNELS,
        _PER_POSITION,
        _SIDE_ONLY,
        _BIAS_PER_CHANNEL,
        _ONE_FILTER,
        _DENSE,
        _UNITS,
    ),
)


def _bare(rule: Rule) -> Rule:
    """The same mistake where the biases are not asked for."""

    def result(layer: Convolution) -> int | tuple[int, ...] | None:
        return rule.result(replace(layer, bias=False))

    return MistakeRule(result=result, because=rule.because)


_WEIGHTS: Quantity[Convolution] = Quantity(
    closed=lambda layer: layer.weights,
    counted=lambda layer: measure(layer).weights,
    how=_COUNTED,
    steps=_weight_steps,
    mistakes=(
        MistakeRule(
            result=lambda layer: layer.parameters,
            because=lambda _: "The biases are counted too; only the weights are asked for.",
        ),
        *map(_bare, (_NO_CHANNELS, _ALL_CHANNELS, _PER_POSITION, _SIDE_ONLY, _ONE_FILTER)),
        _UNITS,
    ),
)

_BIASES: Quantity[Convolution] = Quantity(
    closed=lambda layer: layer.biases,
    counted=lambda layer: measure(layer).biases,
    how=_COUNTED,
    steps=_bias_steps,
    mistakes=(
        MistakeRule(
            result=lambda layer: None if layer.bias else layer.filters,
            because=lambda _: "This layer has no biases.",
        ),
        MistakeRule(result=lambda _: 1, because=_LAYER_BIAS.because),
        MistakeRule(
            result=lambda layer: layer.outputs,
            because=lambda _: "A filter uses the same bias at every position: it is counted once.",
        ),
        MistakeRule(
            result=lambda layer: layer.filters * layer.seen,
            because=_BIAS_PER_CHANNEL.because,
        ),
        MistakeRule(
            result=lambda layer: layer.weights,
            because=lambda _: "A filter has one bias in all, not one for each of its weights.",
        ),
    ),
)

# --- multiply-adds -----------------------------------------------------------------------------


def _multiply_steps(layer: Convolution) -> tuple[str, ...]:
    units = times(layer.filters, by(layer.extents))
    product = times(units if layer.outputs > 1 else 1, covered(layer))
    bias = ", to which a bias is added" if layer.bias else ""
    return (
        *extent_steps(layer),
        *_groups(layer),
        f"Each of the ${units}$ units that come out is a sum of "
        f"${_equal(covered(layer), layer.covered)}$ products{bias}.",
        f"Multiply-adds: ${_equal(product, layer.multiply_adds)}$.",
    )


_MULTIPLY_ADDS: Quantity[Convolution] = Quantity(
    closed=lambda layer: layer.multiply_adds,
    counted=lambda layer: measure(layer).multiply_adds,
    how=_RUN,
    steps=_multiply_steps,
    mistakes=(
        MistakeRule(
            result=lambda layer: layer.outputs * prod(layer.kernel),
            because=_NO_CHANNELS.because,
        ),
        MistakeRule(
            result=lambda layer: prod(layer.extents) * layer.covered,
            because=lambda layer: (
                f"This is what one filter does; the layer has {layer.filters} of them."
            ),
        ),
        MistakeRule(
            result=lambda layer: layer.weights * prod(layer.input_shape[1:]),
            because=lambda layer: (
                "A product is computed for each position of the filter, "
                f"${by(layer.extents)}$, not for each entry of the input."
            ),
        ),
        MistakeRule(
            result=lambda layer: layer.multiply_adds + layer.outputs if layer.bias else None,
            because=lambda _: "Adding the bias takes no multiplication.",
        ),
        MistakeRule(
            result=lambda layer: 2 * layer.multiply_adds,
            because=lambda _: (
                "A multiply-add is one multiplication together with its addition; "
                "they are not counted apart."
            ),
        ),
        MistakeRule(
            result=lambda layer: layer.weights,
            because=lambda _: "Every weight is used at every position, not only once.",
        ),
        MistakeRule(
            result=lambda layer: layer.outputs * layer.channels * prod(layer.kernel),
            because=_ALL_CHANNELS.because,
        ),
        MistakeRule(
            result=lambda layer: (
                None if _side(layer) is None else layer.outputs * layer.seen * layer.kernel[0]
            ),
            because=_SIDE_ONLY.because,
        ),
    ),
)

# --- connections -------------------------------------------------------------------------------


def _connection_steps(layer: Convolution) -> tuple[str, ...]:
    units = times(layer.filters, by(layer.extents))
    to_bias = " and to its bias" if layer.bias else ""
    if not any(window.padding for window in layer.windows):
        inner = f"({one_filter(layer)})" if layer.bias and layer.outputs > 1 else one_filter(layer)
        product = times(units if layer.outputs > 1 else 1, inner)
        return (
            *extent_steps(layer),
            f"Each of the ${units}$ units is connected to {_entries(layer)}{to_bias}: "
            f"${_equal(product, layer.connections)}$.",
        )
    names = axes(len(layer.windows))
    pairs = times(layer.filters, layer.seen, *(w.touched for w in layer.windows))
    biases = f" + {units}" if layer.bias else ""
    return (
        *extent_steps(layer),
        f"Each of the ${units}$ units is connected to the inputs under its window{to_bias}; "
        "padding is no unit, so nothing is connected to it.",
        *(_meetings(window, name) for window, name in zip(layer.windows, names, strict=True)),
        f"For each filter and each channel that it sees these multiply: "
        f"${_equal(pairs + biases, layer.connections)}$.",
    )


def _meetings(window: Window, axis: str) -> str:
    """How often a window along one axis meets an entry of the input."""
    every = rf"{window.count} \cdot {window.kernel}"
    off = window.count * window.kernel - window.touched
    return (
        f"Along the {axis} the window's positions have ${every} = {window.count * window.kernel}$ "
        f"entries, of which {off} {'lies' if off == 1 else 'lie'} on padding: "
        f"${window.touched}$ are left."
    )


_CONNECTIONS: Quantity[Convolution] = Quantity(
    closed=lambda layer: layer.connections,
    counted=lambda layer: measure(layer).connections,
    how=_RUN,
    steps=_connection_steps,
    mistakes=(
        MistakeRule(
            result=lambda layer: layer.connections - layer.outputs if layer.bias else None,
            because=lambda _: "Each unit is also connected to the bias of its filter.",
        ),
        MistakeRule(
            result=lambda layer: layer.parameters,
            because=lambda _: (
                "These are the parameters; a shared weight makes a connection at every position."
            ),
        ),
        MistakeRule(
            result=lambda layer: layer.inputs * layer.outputs,
            because=lambda _: (
                "This connects every unit with every input; a unit is connected to "
                "the inputs under its window only."
            ),
        ),
        MistakeRule(
            result=lambda layer: layer.outputs * (layer.covered + _extra(layer)),
            because=lambda _: (
                "Padding is no unit: where a window lies on it there is no connection."
            ),
        ),
        MistakeRule(
            result=lambda layer: layer.outputs * (prod(layer.kernel) + _extra(layer)),
            because=_NO_CHANNELS.because,
        ),
    ),
)

FILTERS: Mapping[str, Quantity[Convolution]] = {
    "parameters": _PARAMETERS,
    "weights": _WEIGHTS,
    "biases": _BIASES,
    "multiply_adds": _MULTIPLY_ADDS,
    "connections": _CONNECTIONS,
}
"""The quantities of a convolution's weights, by their names."""
