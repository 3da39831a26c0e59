"""The kinds of layer, one class each.

A layer maps a signal of (channels, length) to another; a dense layer's units are a signal of one
channel. It states what it computes as a rule on indices (`taps`): which entries of its input reach
the output entry at a place, and through which weight. Its equation, its derivatives and its
drawing all follow from that one rule. The two passes that check it (`numpy_pass`, `sympy_pass`)
do not use it.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from fractions import Fraction
from math import prod

from generator.model.dataclass import dataclass
from generator.solver.models.network.index import Index, letter, number, pick
from generator.solver.models.network.terms import (
    Apply,
    Entry,
    Greatest,
    Quotient,
    Tensor,
    Term,
    add,
    constant,
    multiply,
    total,
)

Place = tuple[Index, Index]
"""Where an entry of a signal is: (channel, position)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """The size of a signal."""

    channels: int
    length: int

    @property
    def size(self) -> int:
        """How many numbers it has."""
        return self.channels * self.length

    @property
    def axes(self) -> tuple[int, int]:
        """Its sizes, (channels, length)."""
        return (self.channels, self.length)


@dataclass(frozen=True, slots=True, kw_only=True)
class Letters:
    """The letters of a network's indices.

    `axes` are those of each layer's output, (channel, position), layer 0 being the input;
    `kernels` run over the window of each layer (`kernels[0]` is empty).
    """

    axes: tuple[tuple[str, str], ...]
    kernels: tuple[str, ...]

    def place(self, layer: int) -> Place:
        """The general entry of a layer's output; an axis of size 1 has no letter."""
        channel, position = self.axes[layer]
        return (_index(channel), _index(position))


def _index(name: str) -> Index:
    return letter(name) if name else number(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Taps:
    """What reaches one output entry: the sum over `sums` of ``factor * weight * source``."""

    sums: tuple[tuple[str, int], ...]
    source: Place
    weight: tuple[Index, ...] | None = None
    factor: Fraction = Fraction(1)


def entry(
    tensor: Tensor, sizes: tuple[int, ...], at: tuple[Index, ...], *, padded: bool = False
) -> Entry:
    """The entry of a tensor of these sizes; the indices of axes of size 1 are dropped."""
    kept = tuple(index for index, size in zip(at, sizes, strict=True) if size > 1)
    return Entry(tensor=tensor, at=kept, padded=padded)


def _sums(*candidates: tuple[str, int]) -> tuple[tuple[str, int], ...]:
    return tuple((name, size) for name, size in candidates if size > 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer(ABC):
    """What every kind of layer has. `bias` is whether it adds bias weights."""

    inputs: Shape
    activation: str = "linear"
    bias: bool = False

    @property
    @abstractmethod
    def output(self) -> Shape:
        """The size of the output."""

    @property
    def weights(self) -> tuple[int, ...]:
        """The sizes of the weights, the output's axis first; empty where there are none."""
        return ()

    @property
    def span(self) -> int:
        """How wide the window is that slides over the input; 1 where nothing slides."""
        return 1

    @property
    def units(self) -> int:
        """How many different bias weights the layer has if it has any: one a filter or unit."""
        return 0

    @property
    def parameters(self) -> int:
        """How many weights and biases are learned."""
        weights = prod(self.weights) if self.weights else 0
        return weights + (self.units if self.bias else 0)

    @property
    def fan_in(self) -> int:
        """How many entries of its input one output entry is computed from."""
        return prod(self.weights[1:]) if self.weights else self.span

    def unit(self, at: Place) -> Index:
        """Which filter or unit computes the output entry at `at`."""
        return at[0]

    @abstractmethod
    def taps(self, layer: int, at: Place, letters: Letters) -> Taps:
        """What reaches the output entry at `at` of this layer, which is number `layer`."""

    def source(self, layer: int, at: Place) -> Entry:
        """The entry of the layer's input at a place."""
        return entry(Tensor(kind="output", layer=layer - 1), self.inputs.axes, at)

    def weight(self, layer: int, at: tuple[Index, ...], *, padded: bool = False) -> Entry:
        """The weight at its full index."""
        return entry(Tensor(kind="weights", layer=layer), self.weights, at, padded=padded)

    def bias_entry(self, layer: int, at: Place) -> Entry:
        """The bias of the output entry at `at`."""
        return entry(Tensor(kind="bias", layer=layer), (self.units,), (self.unit(at),))

    def before_activation(self, layer: int, at: Place, letters: Letters) -> Term:
        """The right-hand side of the layer's equation, without the activation."""
        taps = self.taps(layer, at, letters)
        factors: list[Term] = [constant(taps.factor)]
        if taps.weight is not None:
            factors.append(self.weight(layer, taps.weight))
        body = total(taps.sums, multiply(*factors, self.source(layer, taps.source)))
        return add(body, self.bias_entry(layer, at)) if self.bias else body


@dataclass(frozen=True, slots=True, kw_only=True)
class Conv1d(Layer):
    """A convolution: every filter slides over the input, with the same weights at each position."""

    kernel: int
    filters: int = 1
    stride: int = 1
    padding: int = 0

    @property
    def output(self) -> Shape:
        """One channel a filter, one position a window: ``(length + 2p - kernel) // stride + 1``."""
        room = self.inputs.length + 2 * self.padding - self.kernel
        return Shape(channels=self.filters, length=room // self.stride + 1)

    @property
    def weights(self) -> tuple[int, ...]:
        """(filters, input channels, kernel)."""
        return (self.filters, self.inputs.channels, self.kernel)

    @property
    def span(self) -> int:
        """The kernel."""
        return self.kernel

    @property
    def units(self) -> int:
        """One bias a filter."""
        return self.filters

    def taps(self, layer: int, at: Place, letters: Letters) -> Taps:
        """The window: position ``stride*(i-1) + j - padding`` through weight j."""
        channel, inside = letters.place(layer - 1)[0], _index(letters.kernels[layer])
        position = at[1] * self.stride + inside - (self.stride + self.padding)
        return Taps(
            sums=_sums(
                (letters.axes[layer - 1][0], self.inputs.channels),
                (letters.kernels[layer], self.kernel),
            ),
            source=(channel, position),
            weight=(at[0], channel, inside),
        )

    def source(self, layer: int, at: Place) -> Entry:
        """The entry of the input; 0 where the window reaches into the padding."""
        tensor = Tensor(kind="output", layer=layer - 1)
        return entry(tensor, self.inputs.axes, at, padded=self.padding > 0)

    def kernel_index(self, at: Place, source: Place) -> Index:
        """Which weight joins this input position to this output position, if any does."""
        return source[1] - at[1] * self.stride + (self.stride + self.padding)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dense(Layer):
    """A fully connected layer: each unit has a weight of its own for every entry of its input."""

    size: int

    @property
    def output(self) -> Shape:
        """The units."""
        return Shape(channels=1, length=self.size)

    @property
    def weights(self) -> tuple[int, ...]:
        """(units, input channels, input length)."""
        return (self.size, *self.inputs.axes)

    @property
    def units(self) -> int:
        """One bias a unit."""
        return self.size

    def unit(self, at: Place) -> Index:
        """The units are the positions of its output."""
        return at[1]

    def taps(self, layer: int, at: Place, letters: Letters) -> Taps:
        """Everything."""
        source = letters.place(layer - 1)
        names = letters.axes[layer - 1]
        sums = zip(names, self.inputs.axes, strict=True)
        return Taps(sums=_sums(*sums), source=source, weight=(at[1], *source))


@dataclass(frozen=True, slots=True, kw_only=True)
class Elementwise(Layer):
    """An activation function on its own."""

    @property
    def output(self) -> Shape:
        """As the input."""
        return self.inputs

    def taps(self, layer: int, at: Place, letters: Letters) -> Taps:
        """The entry at the same place."""
        return Taps(sums=(), source=at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pool(Layer):
    """What average and maximum pooling share: a window that slides over each channel."""

    window: int
    stride: int

    @property
    def output(self) -> Shape:
        """The channels of the input, one position a window."""
        length = (self.inputs.length - self.window) // self.stride + 1
        return Shape(channels=self.inputs.channels, length=length)

    @property
    def span(self) -> int:
        """The window."""
        return self.window

    def inside(self, layer: int, at: Place, letters: Letters) -> Place:
        """The place of the window's general entry."""
        position = at[1] * self.stride + _index(letters.kernels[layer]) - self.stride
        return (at[0], position)


@dataclass(frozen=True, slots=True, kw_only=True)
class AveragePool(Pool):
    """The mean of each window."""

    def taps(self, layer: int, at: Place, letters: Letters) -> Taps:
        """Each entry of the window with the same share."""
        return Taps(
            sums=_sums((letters.kernels[layer], self.window)),
            source=self.inside(layer, at, letters),
            factor=Fraction(1, self.window),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class MaxPool(Pool):
    """The largest entry of each window; of equal ones the first."""

    def taps(self, layer: int, at: Place, letters: Letters) -> Taps:
        """Only the entry that is the largest."""
        return Taps(sums=(), source=(at[0], pick(layer, at)))

    def before_activation(self, layer: int, at: Place, letters: Letters) -> Term:
        """The maximum over the window."""
        body = self.source(layer, self.inside(layer, at, letters))
        if self.window == 1:
            return body
        return Greatest(letter=letters.kernels[layer], size=self.window, body=body)


@dataclass(frozen=True, slots=True, kw_only=True)
class Softmax(Layer):
    """Positive shares that add up to 1; only as the last layer, below a cross-entropy."""

    @property
    def fan_in(self) -> int:
        """Each share depends on all inputs."""
        return self.inputs.size

    @property
    def output(self) -> Shape:
        """As the input."""
        return self.inputs

    def taps(self, layer: int, at: Place, letters: Letters) -> Taps:
        """Not a sum of its inputs: `gradient` differentiates it together with the loss."""
        raise NotImplementedError("softmax is differentiated together with the loss")

    def before_activation(self, layer: int, at: Place, letters: Letters) -> Term:
        """``exp(z_i) / sum_j exp(z_j)``."""
        other = letters.kernels[layer]
        every = Apply(function="exp", arguments=(self.source(layer, (at[0], letter(other))),))
        return Quotient(
            above=Apply(function="exp", arguments=(self.source(layer, at),)),
            below=total(((other, self.inputs.length),), every),
        )
