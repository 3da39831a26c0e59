"""Layers without windows or a weight matrix: flatten, global pooling, batch norm, activations."""

from __future__ import annotations

from collections.abc import Mapping
from math import prod
from typing import Any

from generator.solver.models.conv.layers import BatchNorm, Flatten, GlobalPooling, Layer
from generator.solver.models.conv.measure import measure
from generator.solver.models.conv.quantity import MistakeRule, Quantity
from generator.solver.models.conv.wording import by, several

_BUILT = "a NumPy layer that counted its own weights"
_RUN = "a NumPy layer that ran on an array"


def _nothing(what: str) -> str:
    return f"The layer has no {what}: their number is $0$."


# --- any layer ---------------------------------------------------------------------------------


def _shape_steps(layer: Layer) -> tuple[str, ...]:
    return (f"The layer keeps the shape of its input: ${_shape(layer)}$.",)


def _shape(layer: Layer) -> str:
    return by(layer.output_shape)


ANY: Mapping[str, Quantity[Layer]] = {
    "parameters": Quantity(
        closed=lambda layer: layer.parameters,
        counted=lambda layer: measure(layer).parameters,
        how=_BUILT,
        steps=lambda _: (_nothing("parameters"),),
        mistakes=(
            MistakeRule(
                result=lambda layer: prod(getattr(layer, "kernel", ())),
                because=lambda _: "A pooling window has no weights: nothing in it is trained.",
            ),
            MistakeRule(
                result=lambda layer: layer.outputs,
                because=lambda _: "These are the units of the layer; nothing in it is trained.",
            ),
        ),
    ),
    "weights": Quantity(
        closed=lambda layer: layer.weights,
        counted=lambda layer: measure(layer).weights,
        how=_BUILT,
        steps=lambda _: (_nothing("weights"),),
    ),
    "biases": Quantity(
        closed=lambda layer: layer.biases,
        counted=lambda layer: measure(layer).biases,
        how=_BUILT,
        steps=lambda _: (_nothing("biases"),),
    ),
    "multiply_adds": Quantity(
        closed=lambda layer: layer.multiply_adds,
        counted=lambda layer: measure(layer).multiply_adds,
        how=_RUN,
        steps=lambda _: ("Nothing is multiplied by a weight: there are $0$ multiply-adds.",),
    ),
    "connections": Quantity(
        closed=lambda layer: layer.connections,
        counted=lambda layer: measure(layer).connections,
        how=_RUN,
        steps=lambda layer: (
            f"Counting every input that a unit reads, there are ${layer.connections}$ connections.",
        ),
    ),
    "outputs": Quantity(
        closed=lambda layer: layer.outputs,
        counted=lambda layer: measure(layer).outputs,
        how=_RUN,
        steps=lambda layer: (*_shape_steps(layer), f"Together: ${layer.outputs}$ units."),
    ),
    "output_shape": Quantity(
        closed=lambda layer: layer.output_shape,
        counted=lambda layer: measure(layer).output_shape,
        how=_RUN,
        steps=_shape_steps,
    ),
}
"""What can be asked of every layer; kinds of layers put their own in place of these."""

# --- flatten, global pooling -------------------------------------------------------------------


def _flatten_steps(layer: Flatten) -> tuple[str, ...]:
    product = f"{by(layer.input_shape)} = " if len(layer.input_shape) > 1 else ""
    return (f"All numbers of the input in one row: ${product}{layer.outputs}$.",)


def _row(layer: Layer) -> tuple[int, ...]:
    return layer.output_shape


_FLAT_MISTAKES: tuple[MistakeRule[Any], ...] = (
    MistakeRule(
        result=lambda layer: prod(layer.input_shape[1:]) if layer.input_shape[1:] else None,
        because=lambda layer: f"This is one map; there are {layer.input_shape[0]} of them.",
    ),
    MistakeRule(
        result=lambda layer: (
            layer.input_shape[0] * layer.input_shape[-1] if len(layer.input_shape) > 2 else None
        ),
        because=lambda layer: (
            f"A map has ${by(layer.input_shape[1:])}$ entries, not {layer.input_shape[-1]}."
        ),
    ),
    MistakeRule(
        result=lambda layer: layer.input_shape[0],
        because=lambda _: "This is the number of channels: flattening keeps all their entries.",
    ),
    MistakeRule(
        result=lambda layer: sum(layer.input_shape),
        because=lambda _: "The extents are multiplied, not added.",
    ),
)

FLATTEN: Mapping[str, Quantity[Flatten]] = {
    "outputs": Quantity(
        closed=lambda layer: layer.outputs,
        counted=lambda layer: measure(layer).outputs,
        how=_RUN,
        steps=_flatten_steps,
        mistakes=_FLAT_MISTAKES,
    ),
    "output_shape": Quantity(
        closed=_row,
        counted=lambda layer: measure(layer).output_shape,
        how=_RUN,
        steps=_flatten_steps,
    ),
}


def _global_steps(layer: GlobalPooling) -> tuple[str, ...]:
    which = "largest entry" if layer.kind == "max" else "mean"
    return (f"Each of the {several(layer.outputs, 'channel')} gives one number, its {which}.",)


GLOBAL_POOLING: Mapping[str, Quantity[GlobalPooling]] = {
    "outputs": Quantity(
        closed=lambda layer: layer.outputs,
        counted=lambda layer: measure(layer).outputs,
        how=_RUN,
        steps=_global_steps,
        mistakes=(
            MistakeRule(
                result=lambda layer: layer.inputs,
                because=lambda _: "Global pooling leaves one number of each channel.",
            ),
            MistakeRule(
                result=lambda _: 1,
                because=lambda _: "Every channel is pooled by itself.",
            ),
            MistakeRule(
                result=lambda layer: prod(layer.input_shape[1:]),
                because=lambda _: "The entries of each channel are pooled, not the channels.",
            ),
        ),
    ),
    "output_shape": Quantity(
        closed=_row,
        counted=lambda layer: measure(layer).output_shape,
        how=_RUN,
        steps=_global_steps,
    ),
}

# --- batch normalization -----------------------------------------------------------------------


def _norm(layer: BatchNorm) -> str:
    channel = "channel" if len(layer.input_shape) > 1 else "unit"
    return several(layer.input_shape[0], channel)


BATCH_NORM: Mapping[str, Quantity[BatchNorm]] = {
    "parameters": Quantity(
        closed=lambda layer: layer.parameters,
        counted=lambda layer: measure(layer).parameters,
        how=_BUILT,
        steps=lambda layer: (
            f"Each of the {_norm(layer)} has a scale and a shift that are trained: "
            rf"$2 \times {layer.weights} = {layer.parameters}$. The running mean and variance are "
            "no parameters.",
        ),
        mistakes=(
            MistakeRule(
                result=lambda layer: 2 * layer.parameters,
                because=lambda _: "The running mean and variance are computed, not trained.",
            ),
            MistakeRule(
                result=lambda layer: layer.weights,
                because=lambda _: "There are two parameters for each: a scale and a shift.",
            ),
            MistakeRule(
                result=lambda layer: 2 * layer.inputs,
                because=lambda _: "All positions of a channel share its scale and shift.",
            ),
            MistakeRule(
                result=lambda _: 2,
                because=lambda _: "Every channel has a scale and a shift of its own.",
            ),
        ),
    ),
    "weights": Quantity(
        closed=lambda layer: layer.weights,
        counted=lambda layer: measure(layer).weights,
        how=_BUILT,
        steps=lambda layer: (f"One scale for each of the {_norm(layer)}: ${layer.weights}$.",),
    ),
    "biases": Quantity(
        closed=lambda layer: layer.biases,
        counted=lambda layer: measure(layer).biases,
        how=_BUILT,
        steps=lambda layer: (f"One shift for each of the {_norm(layer)}: ${layer.biases}$.",),
    ),
    "multiply_adds": Quantity(
        closed=lambda layer: layer.multiply_adds,
        counted=lambda layer: measure(layer).multiply_adds,
        how=_RUN,
        steps=lambda layer: (f"Each of the ${layer.inputs}$ numbers is scaled and shifted once.",),
    ),
}
