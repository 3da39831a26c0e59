"""What a transposed convolution does: multiply-adds and connections.

Its parameters are those of any convolution, and its extents are explained where all are.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import prod

from generator.solver.models.conv.extents import extent_steps
from generator.solver.models.conv.filters import ALL_CHANNELS, NO_CHANNELS, equation
from generator.solver.models.conv.layers import Convolution, TransposedConvolution
from generator.solver.models.conv.measure import measure
from generator.solver.models.conv.quantity import MistakeRule, Quantity
from generator.solver.models.conv.wording import axes, by, times
from generator.solver.models.conv.work import (
    BIASES_MULTIPLIED,
    COUNTED_APART,
    HOW,
    PARAMETERS,
    USED_ONCE,
    WITHOUT_BIASES,
)


def laid_out(layer: Convolution) -> str:
    r"""The products of one entry of the input: ``6 \times 3 \times 3``."""
    return times(layer.filters // layer.groups, by(layer.kernel))


def _multiply_steps(layer: TransposedConvolution) -> tuple[str, ...]:
    inputs = by(layer.input_shape)
    every = laid_out(layer)
    each = equation(every, layer.weights // layer.channels)
    bound = ""
    if layer.groups > 1:
        bound = f" of its group, {layer.filters // layer.groups} of the {layer.filters},"
    return (
        f"Each of the ${inputs}$ entries of the input is multiplied by every weight that the "
        f"filters{bound} have for its channel: ${each}$ products.",
        f"Multiply-adds: ${equation(times(inputs, every), layer.multiply_adds)}$.",
    )


_MULTIPLY_ADDS: Quantity[TransposedConvolution] = Quantity(
    closed=lambda layer: layer.multiply_adds,
    counted=lambda layer: measure(layer).multiply_adds,
    how=HOW,
    steps=_multiply_steps,
    mistakes=(
        MistakeRule(
            result=lambda layer: layer.outputs * layer.covered,
            because=lambda layer: (
                "This takes a sum over the whole window for every unit that comes out. Here the "
                "windows are laid out, one for each of the "
                f"${by(layer.input_shape[1:])}$ positions of the input."
            ),
        ),
        MistakeRule(
            result=lambda layer: layer.filters * prod(layer.input_shape[1:]) * prod(layer.kernel),
            because=NO_CHANNELS.because,
        ),
        BIASES_MULTIPLIED,
        COUNTED_APART,
        USED_ONCE,
        MistakeRule(
            result=lambda layer: layer.multiply_adds * layer.groups,
            because=ALL_CHANNELS.because,
        ),
    ),
)


def _connection_steps(layer: TransposedConvolution) -> tuple[str, ...]:
    pairs = times(layer.filters, layer.seen, *(w.touched for w in layer.windows))
    units = times(layer.filters, by(layer.extents))
    biases = f" + {units}" if layer.bias else ""
    names = axes(len(layer.windows))
    steps = (
        f"Along the {name} the windows of {window.size} entries have "
        rf"${window.size} \cdot {window.kernel} = {window.size * window.kernel}$ entries, of which "
        f"${window.touched}$ are not cut off."
        for window, name in zip(layer.windows, names, strict=True)
    )
    to_bias = ", and each unit that comes out with its bias" if layer.bias else ""
    return (
        *extent_steps(layer),
        f"Each entry of the input is connected with the units under the windows that it lays "
        f"out{to_bias}.",
        *steps,
        f"For each filter and each channel that it sees these multiply: "
        f"${equation(pairs + biases, layer.connections)}$.",
    )


TRANSPOSED_WORK: Mapping[str, Quantity[TransposedConvolution]] = {
    "multiply_adds": _MULTIPLY_ADDS,
    "connections": Quantity(
        closed=lambda layer: layer.connections,
        counted=lambda layer: measure(layer).connections,
        how=HOW,
        steps=_connection_steps,
        mistakes=(
            WITHOUT_BIASES,
            MistakeRule(
                result=lambda layer: layer.multiply_adds + (layer.outputs if layer.bias else 0),
                because=lambda _: "What is cut off leads nowhere: there is no connection.",
            ),
            PARAMETERS,
            MistakeRule(
                result=lambda layer: layer.inputs * layer.outputs,
                because=lambda _: (
                    "This connects every unit with every input; an input is connected to the "
                    "units under its window only."
                ),
            ),
        ),
    ),
}
"""The quantities of a transposed convolution at work, by their names."""
