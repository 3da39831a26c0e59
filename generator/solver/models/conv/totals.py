"""A whole stack: what its layers add up to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import prod

from generator.solver.models.conv.filters import parameter_product
from generator.solver.models.conv.layers import (
    Convolution,
    Dense,
    Layer,
    Pooling,
    TransposedConvolution,
    titles,
)
from generator.solver.models.conv.measure import Measured, measure
from generator.solver.models.conv.quantity import MistakeRule, Quantity
from generator.solver.models.conv.transposed import laid_out
from generator.solver.models.conv.wording import by, sum_of

Stack = tuple[Layer, ...]
Rule = MistakeRule[Stack]

_BUILT = "NumPy layers that counted their own weights"
FLATTENED = "Flattening computes nothing: its numbers are those of the layer before, counted once."
_RUN = "NumPy layers that counted their own products"


def _sum(count: Callable[[Layer], int]) -> Callable[[Stack], int]:
    return lambda stack: sum(map(count, stack))


def _measured(count: Callable[[Measured], int]) -> Callable[[Stack], int]:
    return lambda stack: sum(count(measure(layer)) for layer in stack)


def _table(
    heading: str, count: Callable[[Layer], int], formula: Callable[[Layer], str] | None = None
) -> Callable[[Stack], tuple[str, ...]]:
    """A table of the layers with what each adds, and the sum."""

    def steps(stack: Stack) -> tuple[str, ...]:
        rows = [f"| layer | output | {heading} |", "|---|---|---:|"]
        for title, layer in zip(titles(stack), stack, strict=True):
            how = formula(layer) if formula else ""
            equation = f"{how} = {count(layer)}" if how else str(count(layer))
            rows.append(f"| {title} | ${by(layer.output_shape)}$ | ${equation}$ |")
        terms = [str(count(layer)) for layer in stack if count(layer)]
        whole = f"{sum_of(terms)} = " if len(terms) > 1 else ""
        return "\n".join(rows), f"In all: ${whole}{sum(map(count, stack))}$."

    return steps


def _parameter_formula(layer: Layer) -> str:
    if isinstance(layer, Convolution):
        return parameter_product(layer)
    if isinstance(layer, Dense):
        inputs = f"({layer.inputs} + 1)" if layer.bias else str(layer.inputs)
        return rf"{layer.units} \times {inputs}"
    return ""


def _multiply_formula(layer: Layer) -> str:
    if isinstance(layer, TransposedConvolution):
        return rf"{by(layer.input_shape)} \times {laid_out(layer)}"
    if isinstance(layer, Convolution):
        return rf"{by(layer.output_shape)} \times {layer.covered}"
    return ""


def _first_channels(layer: Layer) -> int:
    """The parameters of a layer whose filters are taken to see one channel."""
    if isinstance(layer, Convolution):
        return layer.filters * prod(layer.kernel) + layer.biases
    return layer.parameters


def _pooling_counted(layer: Layer) -> int:
    return prod(layer.kernel) if isinstance(layer, Pooling) else layer.parameters


def _only(kind: type[Layer], count: Callable[[Layer], int]) -> Callable[[Stack], int]:
    return lambda stack: sum(count(layer) for layer in stack if isinstance(layer, kind))


_PARAMETERS: Quantity[Stack] = Quantity(
    closed=_sum(lambda layer: layer.parameters),
    counted=_measured(lambda measured: measured.parameters),
    how=_BUILT,
    steps=_table("parameters", lambda layer: layer.parameters, _parameter_formula),
    mistakes=(
        MistakeRule(
            result=_sum(lambda layer: layer.weights),
            because=lambda _: "The biases are missing: every filter and every unit has one.",
        ),
        MistakeRule(
            result=_sum(_first_channels),
            because=lambda _: (
                "The filters of a later layer see all maps of the layer before, and "
                "have weights for each of them."
            ),
        ),
        MistakeRule(
            result=_sum(_pooling_counted),
            because=lambda _: "A pooling window has no weights: nothing in it is trained.",
        ),
        MistakeRule(
            result=_only(Convolution, lambda layer: layer.parameters),
            because=lambda _: "These are the parameters of the convolutions alone.",
        ),
        MistakeRule(
            result=_only(Dense, lambda layer: layer.parameters),
            because=lambda _: "These are the parameters of the dense layers alone.",
        ),
        MistakeRule(
            result=_sum(
                lambda layer: (
                    layer.outputs * (layer.covered + int(layer.bias))
                    if isinstance(layer, Convolution)
                    else layer.parameters
                )
            ),
            because=lambda _: (
                "The weights of a convolution are shared by all positions: count them once."
            ),
        ),
    ),
)

_MULTIPLY_ADDS: Quantity[Stack] = Quantity(
    closed=_sum(lambda layer: layer.multiply_adds),
    counted=_measured(lambda measured: measured.multiply_adds),
    how=_RUN,
    steps=_table(
        "multiply-adds",
        lambda layer: layer.multiply_adds,
        _multiply_formula,
    ),
    mistakes=(
        MistakeRule(
            result=_sum(lambda layer: layer.weights),
            because=lambda _: "The weights of a convolution are used at every position, not once.",
        ),
        MistakeRule(
            result=_sum(lambda layer: 2 * layer.multiply_adds),
            because=lambda _: (
                "A multiply-add is one multiplication together with its addition; "
                "they are not counted apart."
            ),
        ),
        MistakeRule(
            result=_only(Convolution, lambda layer: layer.multiply_adds),
            because=lambda _: "The dense layers multiply too.",
        ),
        MistakeRule(
            result=_sum(
                lambda layer: (
                    layer.weights * prod(layer.input_shape[1:])
                    if isinstance(layer, Convolution)
                    else layer.multiply_adds
                )
            ),
            because=lambda _: (
                "A product is computed for each position of a filter, not for each "
                "entry of the input."
            ),
        ),
    ),
)

TOTALS: Mapping[str, Quantity[Stack]] = {
    "parameters": _PARAMETERS,
    "weights": Quantity(
        closed=_sum(lambda layer: layer.weights),
        counted=_measured(lambda measured: measured.weights),
        how=_BUILT,
        steps=_table("weights", lambda layer: layer.weights),
        mistakes=(
            MistakeRule(
                result=_PARAMETERS.closed,
                because=lambda _: "The biases are counted too; only the weights are asked for.",
            ),
        ),
    ),
    "biases": Quantity(
        closed=_sum(lambda layer: layer.biases),
        counted=_measured(lambda measured: measured.biases),
        how=_BUILT,
        steps=_table("biases", lambda layer: layer.biases),
    ),
    "multiply_adds": _MULTIPLY_ADDS,
    "connections": Quantity(
        closed=_sum(lambda layer: layer.connections),
        counted=_measured(lambda measured: measured.connections),
        how=_RUN,
        steps=_table("connections", lambda layer: layer.connections),
    ),
    "activations": Quantity(
        closed=_sum(lambda layer: layer.activations),
        counted=_measured(lambda measured: measured.activations),
        how=_RUN,
        steps=_table("numbers that are computed", lambda layer: layer.activations),
        mistakes=(
            MistakeRule(
                result=lambda stack: stack[-1].outputs,
                because=lambda _: (
                    "Every layer's output is kept for the backward pass, not only the last."
                ),
            ),
            MistakeRule(
                result=lambda stack: stack[0].inputs + sum(layer.activations for layer in stack),
                because=lambda _: "The input of the network is no activation of a layer.",
            ),
            MistakeRule(
                result=_sum(lambda layer: layer.outputs),
                because=lambda _: FLATTENED,
            ),
            MistakeRule(
                result=_PARAMETERS.closed,
                because=lambda _: "These are the parameters; asked are the numbers that come out.",
            ),
        ),
    ),
}
"""What can be asked of a whole stack, by its name."""
