"""A dense layer: every unit is connected to every input."""

from __future__ import annotations

from collections.abc import Mapping

from generator.solver.models.conv.layers import Dense
from generator.solver.models.conv.measure import measure
from generator.solver.models.conv.quantity import MistakeRule, Quantity
from generator.solver.models.conv.wording import several

_BUILT = "a NumPy layer that counted its own weights"
_RUN = "a NumPy layer that ran on an array"


def _dense_steps(layer: Dense) -> tuple[str, ...]:
    bias = " and one bias" if layer.bias else " and no bias"
    inputs = f"{layer.inputs} + 1" if layer.bias else str(layer.inputs)
    inner = f"({inputs})" if layer.bias and layer.units > 1 else inputs
    product = inner if layer.units == 1 else rf"{layer.units} \times {inner}"
    each = "The unit" if layer.units == 1 else f"Each of the {layer.units} units"
    return (
        f"{each} has one weight for each of the {several(layer.inputs, 'input')}{bias}: "
        f"${product} = {layer.parameters}$.",
    )


def _dense_weight_steps(layer: Dense) -> tuple[str, ...]:
    return (
        "Every unit is connected to every input by a weight of its own: "
        rf"${layer.units} \times {layer.inputs} = {layer.weights}$.",
    )


_TRANSPOSED_BIAS: MistakeRule[Dense] = MistakeRule(
    result=lambda layer: layer.inputs * (layer.units + 1) if layer.bias else None,
    because=lambda _: "The biases belong to the units of this layer, not to its inputs.",
)

DENSE: Mapping[str, Quantity[Dense]] = {
    "parameters": Quantity(
        closed=lambda layer: layer.parameters,
        counted=lambda layer: measure(layer).parameters,
        how=_BUILT,
        steps=_dense_steps,
        mistakes=(
            MistakeRule(
                result=lambda layer: layer.weights if layer.bias else None,
                because=lambda layer: (
                    f"The biases are missing: each of the {several(layer.units, 'unit')} has one."
                ),
            ),
            MistakeRule(
                result=lambda layer: None if layer.bias else layer.weights + layer.units,
                because=lambda _: "This layer has no biases.",
            ),
            MistakeRule(
                result=lambda layer: layer.weights + 1 if layer.bias else None,
                because=lambda _: "There is one bias for each unit, not one for the whole layer.",
            ),
            _TRANSPOSED_BIAS,
            MistakeRule(
                result=lambda layer: layer.inputs + layer.units,
                because=lambda _: "Every unit is connected to every input: multiply, do not add.",
            ),
            MistakeRule(
                result=lambda layer: layer.units,
                because=lambda _: "These are the units; each has as many weights as inputs.",
            ),
        ),
    ),
    "weights": Quantity(
        closed=lambda layer: layer.weights,
        counted=lambda layer: measure(layer).weights,
        how=_BUILT,
        steps=_dense_weight_steps,
        mistakes=(
            MistakeRule(
                result=lambda layer: layer.parameters,
                because=lambda _: "The biases are counted too; only the weights are asked for.",
            ),
            MistakeRule(
                result=lambda layer: layer.inputs + layer.units,
                because=lambda _: "Every unit is connected to every input: multiply, do not add.",
            ),
            MistakeRule(
                result=lambda layer: layer.inputs,
                because=lambda layer: (
                    f"These are the weights of one unit; there are {layer.units}."
                ),
            ),
            MistakeRule(
                result=lambda layer: layer.units,
                because=lambda _: "These are the units; each has as many weights as inputs.",
            ),
        ),
    ),
    "biases": Quantity(
        closed=lambda layer: layer.biases,
        counted=lambda layer: measure(layer).biases,
        how=_BUILT,
        steps=lambda layer: (
            f"Each unit has one bias: ${layer.units}$."
            if layer.bias
            else "The layer has no biases: their number is $0$.",
        ),
        mistakes=(
            MistakeRule(
                result=lambda layer: None if layer.bias else layer.units,
                because=lambda _: "This layer has no biases.",
            ),
            MistakeRule(
                result=lambda _: 1,
                because=lambda _: "There is one bias for each unit, not one for the whole layer.",
            ),
            MistakeRule(result=lambda layer: layer.inputs, because=_TRANSPOSED_BIAS.because),
            MistakeRule(
                result=lambda layer: layer.weights,
                because=lambda _: "A unit has one bias in all, not one for each of its weights.",
            ),
        ),
    ),
    "multiply_adds": Quantity(
        closed=lambda layer: layer.multiply_adds,
        counted=lambda layer: measure(layer).multiply_adds,
        how=_RUN,
        steps=lambda layer: (
            "Every weight is used once: "
            rf"${layer.units} \times {layer.inputs} = {layer.multiply_adds}$.",
        ),
        mistakes=(
            MistakeRule(
                result=lambda layer: layer.parameters,
                because=lambda _: "Adding the bias takes no multiplication.",
            ),
            MistakeRule(
                result=lambda layer: 2 * layer.multiply_adds,
                because=lambda _: (
                    "A multiply-add is one multiplication together with its "
                    "addition; they are not counted apart."
                ),
            ),
            MistakeRule(
                result=lambda layer: layer.inputs + layer.units,
                because=lambda _: "Every unit multiplies every input: multiply, do not add.",
            ),
            MistakeRule(
                result=lambda layer: layer.inputs,
                because=lambda layer: f"This is what one unit does; there are {layer.units}.",
            ),
        ),
    ),
    "connections": Quantity(
        closed=lambda layer: layer.connections,
        counted=lambda layer: measure(layer).connections,
        how=_RUN,
        steps=lambda layer: (
            "Every weight and every bias is a connection of its own.",
            *_dense_steps(layer),
        ),
    ),
    "outputs": Quantity(
        closed=lambda layer: layer.outputs,
        counted=lambda layer: measure(layer).outputs,
        how=_RUN,
        steps=lambda layer: (f"Its units: ${layer.units}$.",),
    ),
    "output_shape": Quantity(
        closed=lambda layer: layer.output_shape,
        counted=lambda layer: measure(layer).output_shape,
        how=_RUN,
        steps=lambda layer: (f"Its units: ${layer.units}$.",),
    ),
}
