"""How each kind of layer is written in a bank, and built for one variant."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from generator.diagnostics import InputError, at
from generator.model.dataclass import dataclass
from generator.solver.models.network.activations import ACTIVATIONS
from generator.solver.models.network.layers import (
    AveragePool,
    Conv1d,
    Dense,
    Elementwise,
    Layer,
    MaxPool,
    Shape,
    Softmax,
)
from generator.solver.models.network.settings import Given

MOST_UNITS = 10_000
MOST_FILTERS = 1_000
MOST_STRIDE = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of layer: its fields, and how it is built from them.

    `optional` are the defaults of fields that may be missing; those in `free` have none. `name` is
    the stem of a layer's default name: ``conv1``, ``conv2``, ...
    """

    name: str
    required: tuple[str, ...]
    optional: Mapping[str, int | bool | str]
    build: Callable[[Shape, Given], Layer]
    free: tuple[str, ...] = ()

    @property
    def allowed(self) -> tuple[str, ...]:
        """The fields that may be missing."""
        return (*self.optional, *self.free, "name")


def _fitting(given: Given, field: str, window: int, room: int) -> int:
    """The window, if it fits into the room that the input and its padding leave."""
    if window > room:
        message = f"a window of {window} does not fit into {room} entries"
        cure = "a constraint can keep such variants out"
        raise InputError([at(given.setting(field).place, "window-too-large", message, help=cure)])
    return window


def _conv1d(inputs: Shape, given: Given) -> Layer:
    padding = given.whole("padding", least=0, most=inputs.length)
    kernel = given.whole("kernel", most=MOST_UNITS)
    return Conv1d(
        inputs=inputs,
        kernel=_fitting(given, "kernel", kernel, inputs.length + 2 * padding),
        filters=given.whole("filters", most=MOST_FILTERS),
        stride=given.whole("stride", most=MOST_STRIDE),
        padding=padding,
        bias=given.truth("bias"),
        activation=given.word("activation", ACTIVATIONS),
    )


def _dense(inputs: Shape, given: Given) -> Layer:
    return Dense(
        inputs=inputs,
        size=given.whole("units", most=MOST_UNITS),
        bias=given.truth("bias"),
        activation=given.word("activation", ACTIVATIONS),
    )


def _activation(inputs: Shape, given: Given) -> Layer:
    return Elementwise(inputs=inputs, activation=given.word("activation", ACTIVATIONS))


def _pool(kind: type[AveragePool | MaxPool]) -> Callable[[Shape, Given], Layer]:
    def build(inputs: Shape, given: Given) -> Layer:
        window = given.whole("window", most=MOST_UNITS)
        stride = given.whole("stride", most=MOST_STRIDE) if "stride" in given else window
        return kind(
            inputs=inputs,
            window=_fitting(given, "window", window, inputs.length),
            stride=stride,
        )

    return build


def _softmax(inputs: Shape, _: Given) -> Layer:
    return Softmax(inputs=inputs)


_NEURON: Mapping[str, int | bool | str] = MappingProxyType(
    {"bias": False, "bias_symbol": "b", "activation": "linear"}
)
"""The fields that a convolution and a dense layer share."""

KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        "conv1d": Kind(
            name="conv",
            required=("weights", "kernel", "output"),
            optional=MappingProxyType({"filters": 1, "stride": 1, "padding": 0, **_NEURON}),
            build=_conv1d,
            free=("function", "before"),
        ),
        "dense": Kind(
            name="dense",
            required=("weights", "units", "output"),
            optional=_NEURON,
            build=_dense,
            free=("function", "before"),
        ),
        "activation": Kind(
            name="activation",
            required=("activation", "output"),
            optional=MappingProxyType({}),
            build=_activation,
            free=("function",),
        ),
        "average_pool": Kind(
            name="pool",
            required=("window", "output"),
            optional=MappingProxyType({}),
            build=_pool(AveragePool),
            free=("stride",),
        ),
        "max_pool": Kind(
            name="pool",
            required=("window", "output"),
            optional=MappingProxyType({}),
            build=_pool(MaxPool),
            free=("stride",),
        ),
        "softmax": Kind(
            name="softmax",
            required=("output",),
            optional=MappingProxyType({}),
            build=_softmax,
        ),
    }
)
"""The kinds of layer by their names in a bank."""
