"""A network without its names: layers and a loss, which is all that a proof is about.

Two variants that differ only in symbols or data have the same `Network`, which is hashable: what
is proved of it is proved once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import field
from fractions import Fraction
from functools import lru_cache
from itertools import product
from math import prod

from generator.model.dataclass import dataclass
from generator.solver.models.network.layers import (
    Conv1d,
    Dense,
    Elementwise,
    Layer,
    Letters,
    Place,
    Pool,
    Shape,
    Softmax,
    entry,
)
from generator.solver.models.network.losses import LOSSES, Loss
from generator.solver.models.network.terms import Entry, Tensor, Term, put, total

POSITIONS = "ijklmnprtuabvwxyz"
CHANNELS = "fgdqe"
"""Canonical letters in the order in which a network takes them; `notation` avoids clashes with
its symbols. An input of several channels has the letter c."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """Layers, numbered from 1; each one's `inputs` is the output of the one before.

    `threshold` is Huber's. ValueError for what has no gradient in index notation: a window over
    the units of a dense layer, and padding of anything but the input, where ``s'(a_0)`` of a unit
    that does not exist would have to be 0.
    """

    layers: tuple[Layer, ...]
    loss: str
    threshold: Fraction = Fraction(1)
    letters: Letters = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        dense = False
        for layer in self.layers:
            if dense and isinstance(layer, Conv1d | Pool):
                raise ValueError("windows cannot slide over the units of a dense layer")
            if isinstance(layer, Conv1d) and layer.padding and layer is not self.layers[0]:
                raise ValueError("only the input can be padded")
            dense = dense or isinstance(layer, Dense)
        object.__setattr__(self, "letters", _letters(self.layers))

    @property
    def depth(self) -> int:
        """The number of the last layer."""
        return len(self.layers)

    @property
    def rule(self) -> Loss:
        """The loss function."""
        return _rule(LOSSES[self.loss], self.threshold)

    def layer(self, number: int) -> Layer:
        """The layer with this number, from 1."""
        return self.layers[number - 1]

    def shape(self, number: int) -> Shape:
        """The size of a layer's output; 0 is the input."""
        return self.layers[number - 1].output if number else self.layers[0].inputs

    @property
    def paths(self) -> int:
        """How many ways lead from the input to the loss."""
        outputs = self.shape(self.depth).size
        return outputs * prod(layer.fan_in for layer in self.layers)

    @property
    def parameters(self) -> int:
        """How many weights and biases are learned, by the closed form of each layer."""
        return sum(layer.parameters for layer in self.layers)

    def sizes(self, tensor: Tensor) -> tuple[int, ...]:
        """The full sizes of a tensor, axes of size 1 included."""
        match tensor.kind:
            case "weights":
                return self.layer(tensor.layer).weights
            case "bias":
                return (self.layer(tensor.layer).units,)
            case "target":
                return self.shape(self.depth).axes
            case "output" | "pre":
                return self.shape(tensor.layer).axes
            case _:
                return ()

    def kept(self, tensor: Tensor) -> tuple[int, ...]:
        """The sizes of a tensor's axes that have an index: those greater than 1."""
        return tuple(size for size in self.sizes(tensor) if size > 1)

    def positions(self, tensor: Tensor) -> Iterator[tuple[int, ...]]:
        """The indices of a tensor's entries, counted from 1."""
        return product(*(range(1, size + 1) for size in self.kept(tensor)))

    def learned(self) -> Iterator[Tensor]:
        """The tensors of weights and biases, in the order of the layers."""
        for number, layer in enumerate(self.layers, start=1):
            if layer.weights:
                yield Tensor(kind="weights", layer=number)
            if layer.bias:
                yield Tensor(kind="bias", layer=number)

    # --- the equations -------------------------------------------------------------------------

    def entry(self, tensor: Tensor, at: Place) -> Entry:
        """The entry of a layer's output, pre-activation or target at a place."""
        return entry(tensor, self.sizes(tensor), at)

    def output(self, number: int, at: Place | None = None) -> Entry:
        """The entry of a layer's output at a place, or its general entry."""
        place = self.letters.place(number) if at is None else at
        return self.entry(Tensor(kind="output", layer=number), place)

    def before_activation(self, number: int, at: Place | None = None) -> Term:
        """What a layer's activation is applied to."""
        place = self.letters.place(number) if at is None else at
        return self.layer(number).before_activation(number, place, self.letters)

    def loss_terms(self, term: Term) -> Term:
        """A term of the loss function with this network's output and target in it."""
        target = self.entry(Tensor(kind="target"), self.letters.place(self.depth))
        return put(term, value=self.output(self.depth), target=target)

    def loss_term(self) -> Term:
        """The loss in terms of the output and the target."""
        return total(self.output_sums(), self.loss_terms(self.rule.definition))

    def output_sums(self) -> tuple[tuple[str, int], ...]:
        """The letters that run over all outputs."""
        axes = self.letters.axes[self.depth]
        sizes = self.shape(self.depth).axes
        return tuple((name, size) for name, size in zip(axes, sizes, strict=True) if size > 1)


@lru_cache(maxsize=64)
def _rule(make: Callable[[Fraction], Loss], threshold: Fraction) -> Loss:
    return make(threshold)


def _letters(layers: tuple[Layer, ...]) -> Letters:
    """Letters in the order in which a reader meets them.

    The unit i of the first hidden layer, the j that its equation sums over, then those of the
    later layers, and last an input that only its own gradient names. Layers that leave an axis as
    it is share its letter.
    """
    positions, channels = iter(POSITIONS), iter(CHANNELS)
    first, inputs = layers[0], layers[0].inputs
    own = "c" if inputs.channels > 1 else ""

    def axes_of_input() -> tuple[str, str]:
        return (own, next(positions) if inputs.length > 1 else "")

    kept = isinstance(first, Elementwise | Softmax)
    axes, kernels = [axes_of_input() if kept else (own, "")], [""]
    for number, layer in enumerate(layers, start=1):
        channel, position = axes[-1]
        if isinstance(layer, Conv1d | Dense):
            channel = next(channels) if layer.output.channels > 1 else ""
        if isinstance(layer, Conv1d | Dense | Pool):
            position = next(positions) if layer.output.length > 1 else ""
        axes.append((channel, position))
        summed = isinstance(layer, Softmax) or layer.span > 1
        kernels.append(next(positions) if summed else "")
        if number == 1 and isinstance(first, Dense):
            axes[0] = axes_of_input()
    if isinstance(first, Conv1d | Pool):
        axes[0] = axes_of_input()
    return Letters(axes=tuple(axes), kernels=tuple(kernels))
