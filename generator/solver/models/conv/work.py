"""What a convolution does: multiply-adds and connections."""

from __future__ import annotations

from collections.abc import Mapping
from math import prod

from generator.solver.models.conv.extents import extent_steps
from generator.solver.models.conv.filters import (
    ALL_CHANNELS,
    NO_CHANNELS,
    SIDE_ONLY,
    Rule,
    biases_of_one,
    covered,
    entries,
    equation,
    group_steps,
    one_filter,
    side,
)
from generator.solver.models.conv.layers import Convolution
from generator.solver.models.conv.measure import measure
from generator.solver.models.conv.quantity import MistakeRule, Quantity
from generator.solver.models.conv.window import Taps
from generator.solver.models.conv.wording import axes, by, times

HOW = "a NumPy layer that counted its own products"

# --- mistakes with any convolution, transposed or not -------------------------------------------

BIASES_MULTIPLIED: Rule = MistakeRule(
    result=lambda layer: layer.multiply_adds + layer.outputs if layer.bias else None,
    because=lambda _: "Adding the bias takes no multiplication.",
)
COUNTED_APART: Rule = MistakeRule(
    result=lambda layer: 2 * layer.multiply_adds,
    because=lambda _: (
        "A multiply-add is one multiplication together with its addition; they are not counted "
        "apart."
    ),
)
USED_ONCE: Rule = MistakeRule(
    result=lambda layer: layer.weights,
    because=lambda _: "Every weight is used at every position, not only once.",
)
WITHOUT_BIASES: Rule = MistakeRule(
    result=lambda layer: layer.connections - layer.outputs if layer.bias else None,
    because=lambda _: "Each unit is also connected to the bias of its filter.",
)
PARAMETERS: Rule = MistakeRule(
    result=lambda layer: layer.parameters,
    because=lambda _: (
        "These are the parameters; a shared weight makes a connection at every position."
    ),
)

# --- multiply-adds -----------------------------------------------------------------------------


def _multiply_steps(layer: Convolution) -> tuple[str, ...]:
    units = times(layer.filters, by(layer.extents))
    product = times(units if layer.outputs > 1 else 1, covered(layer))
    bias = ", to which a bias is added" if layer.bias else ""
    return (
        *extent_steps(layer),
        *group_steps(layer),
        f"Each of the ${units}$ units that come out is a sum of "
        f"${equation(covered(layer), layer.covered)}$ products{bias}.",
        f"Multiply-adds: ${equation(product, layer.multiply_adds)}$.",
    )


_MULTIPLY_ADDS: Quantity[Convolution] = Quantity(
    closed=lambda layer: layer.multiply_adds,
    counted=lambda layer: measure(layer).multiply_adds,
    how=HOW,
    steps=_multiply_steps,
    mistakes=(
        MistakeRule(
            result=lambda layer: layer.outputs * prod(layer.kernel),
            because=NO_CHANNELS.because,
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
        BIASES_MULTIPLIED,
        COUNTED_APART,
        USED_ONCE,
        MistakeRule(
            result=lambda layer: layer.outputs * layer.channels * prod(layer.kernel),
            because=ALL_CHANNELS.because,
        ),
        MistakeRule(
            result=lambda layer: (
                None if side(layer) is None else layer.outputs * layer.seen * layer.kernel[0]
            ),
            because=SIDE_ONLY.because,
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
            f"Each of the ${units}$ units is connected to {entries(layer)}{to_bias}: "
            f"${equation(product, layer.connections)}$.",
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
        f"${equation(pairs + biases, layer.connections)}$.",
    )


def _meetings(window: Taps, axis: str) -> str:
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
    how=HOW,
    steps=_connection_steps,
    mistakes=(
        WITHOUT_BIASES,
        PARAMETERS,
        MistakeRule(
            result=lambda layer: layer.inputs * layer.outputs,
            because=lambda _: (
                "This connects every unit with every input; a unit is connected to "
                "the inputs under its window only."
            ),
        ),
        MistakeRule(
            result=lambda layer: layer.outputs * (layer.covered + biases_of_one(layer)),
            because=lambda _: (
                "Padding is no unit: where a window lies on it there is no connection."
            ),
        ),
        MistakeRule(
            result=lambda layer: layer.outputs * (prod(layer.kernel) + biases_of_one(layer)),
            because=NO_CHANNELS.because,
        ),
    ),
)

WORK: Mapping[str, Quantity[Convolution]] = {
    "multiply_adds": _MULTIPLY_ADDS,
    "connections": _CONNECTIONS,
}
"""The quantities of a convolution at work, by their names."""
