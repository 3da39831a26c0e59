"""The layers of a stack with all their numbers fixed, and what is counted of them in closed form.

Every layer knows the shape of its input: (channels, extent, ...) with one to three extents, or
(units,) after flattening. What a layer does not have (the weights of a pooling layer) counts 0.
What is asked for again and again is computed once: a layer never changes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import prod
from typing import ClassVar, Literal

from generator.solver.models.conv.once import once
from generator.solver.models.conv.window import Taps

Shape = tuple[int, ...]
"""(channels, extent, ...), the extents in the order depth, height, width; or (units,)."""


@dataclass(frozen=True, kw_only=True)
class Layer:
    """What all layers have in common. `name` is unique within the stack."""

    title: ClassVar[str]
    """What such a layer is called in a worked solution."""
    flattens: ClassVar[bool] = False
    """Whether units in a row come out, whatever goes in."""

    name: str
    input_shape: Shape

    @once
    def output_shape(self) -> Shape:
        """The shape of the output."""
        return self.input_shape

    @property
    def inputs(self) -> int:
        """How many numbers go in."""
        return prod(self.input_shape)

    @once
    def outputs(self) -> int:
        """How many numbers come out: the units of the layer."""
        return prod(self.output_shape)

    @property
    def activations(self) -> int:
        """How many numbers it computes, which are kept in memory."""
        return self.outputs

    @property
    def weights(self) -> int:
        """Trainable weights without the biases."""
        return 0

    @property
    def biases(self) -> int:
        """Trainable biases."""
        return 0

    @property
    def parameters(self) -> int:
        """All that is trained."""
        return self.weights + self.biases

    @property
    def multiply_adds(self) -> int:
        """Multiplications with a weight, each with the addition that takes its product in.

        Products with padding count: the layer computes them. Adding a bias is no multiply-add.
        """
        return 0

    @property
    def connections(self) -> int:
        """Edges of the drawn network: from each unit to every input and to the bias it reads.

        Padding is no unit, so no edge leads there (Y. LeCun and others, "Gradient-based learning
        applied to document recognition", 1998, counts in this way).
        """
        return 0


@dataclass(frozen=True, kw_only=True)
class Windowed(Layer):
    """A layer whose every unit reads a part of the input; `windows` has one for each axis."""

    windows: tuple[Taps, ...]

    @property
    def channels(self) -> int:
        """The channels of the input."""
        return self.input_shape[0]

    @once
    def kernel(self) -> Shape:
        """The extents of the window."""
        return tuple(window.kernel for window in self.windows)

    @once
    def extents(self) -> Shape:
        """The extents of one map of the output."""
        return tuple(window.count for window in self.windows)


Chain = tuple[Windowed, ...]
"""The layers with windows from the input to a certain output, at least one."""


@dataclass(frozen=True, kw_only=True)
class Convolution(Windowed):
    """`filters` filters; one in each of `groups` equal parts sees only its part of the channels."""

    title = "Convolution"

    filters: int
    groups: int = 1
    bias: bool = True

    @once
    def bank(self) -> tuple[object, ...]:
        """The filters, whatever they slide over: on these depend all weights and biases."""
        return self.channels, self.filters, self.groups, self.kernel, self.bias

    @property
    def seen(self) -> int:
        """The channels that one filter sees."""
        return self.channels // self.groups

    @once
    def covered(self) -> int:
        """The entries that one filter covers: so many weights it has."""
        return self.seen * prod(self.kernel)

    @once
    def output_shape(self) -> Shape:
        """One map for each filter."""
        return (self.filters, *self.extents)

    @property
    def weights(self) -> int:
        """One for each entry that a filter covers; shared by all positions."""
        return self.filters * self.covered

    @property
    def biases(self) -> int:
        """One for each filter."""
        return self.filters if self.bias else 0

    @property
    def multiply_adds(self) -> int:
        """Every weight is used at every position."""
        return self.outputs * self.covered

    @property
    def connections(self) -> int:
        """Pairs of a unit and an input under its window, and a bias for each unit."""
        pairs = self.filters * self.seen * prod(window.touched for window in self.windows)
        return pairs + (self.outputs if self.bias else 0)


@dataclass(frozen=True, kw_only=True)
class TransposedConvolution(Convolution):
    """Every entry of the input lays out the filters' windows, times its value, on the output.

    The windows are `TransposedWindow`s. It has the weights of the convolution that it transposes.
    """

    title = "Transposed convolution"

    @property
    def multiply_adds(self) -> int:
        """Every weight is used at every entry of the input, also where its product is cut off."""
        return self.weights * prod(self.input_shape[1:])


@dataclass(frozen=True, kw_only=True)
class Pooling(Windowed):
    """The maximum or the average of each window, for every channel on its own."""

    title = "Pooling"

    kind: Literal["max", "average"]

    @once
    def output_shape(self) -> Shape:
        """One map for each channel."""
        return (self.channels, *self.extents)

    @property
    def connections(self) -> int:
        """Pairs of a unit and an input under its window."""
        return self.channels * prod(window.touched for window in self.windows)


@dataclass(frozen=True, kw_only=True)
class GlobalPooling(Layer):
    """The maximum or the average of each whole channel: a vector with one entry a channel."""

    title = "Global pooling"
    flattens = True

    kind: Literal["max", "average"]

    @once
    def output_shape(self) -> Shape:
        """One unit for each channel."""
        return self.input_shape[:1]

    @property
    def connections(self) -> int:
        """Every input is read once."""
        return self.inputs


@dataclass(frozen=True, kw_only=True)
class Flatten(Layer):
    """All numbers of the input in a row."""

    title = "Flatten"
    flattens = True

    @once
    def output_shape(self) -> Shape:
        """One unit for each number."""
        return (self.inputs,)

    @property
    def activations(self) -> int:
        """None: the numbers are the same, only read in another way."""
        return 0


@dataclass(frozen=True, kw_only=True)
class Dense(Layer):
    """A fully connected layer of `units` units on a flat input."""

    title = "Dense"
    flattens = True

    units: int
    bias: bool = True

    @once
    def output_shape(self) -> Shape:
        """Its units."""
        return (self.units,)

    @property
    def weights(self) -> int:
        """One for each pair of an input and a unit."""
        return self.inputs * self.units

    @property
    def biases(self) -> int:
        """One for each unit."""
        return self.units if self.bias else 0

    @property
    def multiply_adds(self) -> int:
        """Every weight is used once."""
        return self.weights

    @property
    def connections(self) -> int:
        """Every weight and every bias is an edge of its own."""
        return self.parameters


@dataclass(frozen=True, kw_only=True)
class BatchNorm(Layer):
    """Batch normalization: a trained scale and a trained shift for each channel (or unit).

    The running mean and variance are no parameters: no gradient changes them.
    """

    title = "Batch norm"

    @property
    def weights(self) -> int:
        """One scale for each channel."""
        return self.input_shape[0]

    @property
    def biases(self) -> int:
        """One shift for each channel."""
        return self.input_shape[0]

    @property
    def multiply_adds(self) -> int:
        """One for each number."""
        return self.inputs

    @property
    def connections(self) -> int:
        """Each unit reads its input and its shift."""
        return 2 * self.inputs


@dataclass(frozen=True, kw_only=True)
class Activation(Layer):
    """A function applied to every number by itself; nothing is trained."""

    title = "Activation"

    function: str

    @property
    def connections(self) -> int:
        """Each unit reads its input."""
        return self.inputs


def titles(layers: Sequence[Layer]) -> tuple[str, ...]:
    """``Convolution 1``, ``Pooling``, ``Convolution 2``: numbered where there are several."""
    kinds = [type(layer) for layer in layers]
    return tuple(
        f"{kind.title} {kinds[: index + 1].count(kind)}" if kinds.count(kind) > 1 else kind.title
        for index, kind in enumerate(kinds)
    )
