"""Backpropagation in index notation: the gradient as a chain of local derivatives.

The loss depends on a weight along paths through the layers above it. Walking from the loss down,
each layer adds links: the derivative of its activation, and the sum over everything through which
the next lower layer reaches it, with the weight on the way. The chain ends at the layer of the
weight itself, where the derivative of ``sum_j v_j x_{i+j-1}`` by ``v_j`` is ``x_{i+j-1}``.

One rule does what a Kronecker delta does elsewhere: a letter of the asked component is never
summed over. The derivative by ``w_{ki}`` passes through unit k alone, so the sum over k drops.
"""

from __future__ import annotations

from dataclasses import field
from functools import lru_cache
from typing import Literal

from generator.model.dataclass import dataclass
from generator.solver.models.network.activations import ACTIVATIONS
from generator.solver.models.network.index import Index
from generator.solver.models.network.layers import Conv1d, Dense, Place
from generator.solver.models.network.structure import Network
from generator.solver.models.network.terms import (
    ONE,
    Entry,
    Tensor,
    Term,
    constant,
    multiply,
    put,
    total,
)

Role = Literal["loss", "activation", "through", "end"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One local derivative of the chain, at the output entry `at` of layer `layer`.

    ``loss``: of the loss by the last layer's output (or, where loss and activation are taken
    together, by its argument). ``activation``: of a layer's output by its pre-activation.
    ``through``: of a layer's pre-activation by the output of the layer below, at `source`.
    ``end``: of a layer's pre-activation by the weight, bias or input that is asked for.
    `sums` are the letters over which everything from here on is added up.
    """

    role: Role
    layer: int
    at: Place
    factor: Term
    sums: tuple[tuple[str, int], ...] = ()
    source: Place | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """The gradient of the loss by the general entry of `target`.

    `term` is the chain multiplied out: each sum runs over all that stands behind it.
    """

    target: Entry
    links: tuple[Link, ...]
    term: Term = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        result: Term = ONE
        for link in reversed(self.links):
            result = total(link.sums, multiply(link.factor, result))
        object.__setattr__(self, "term", result)


def has_gradient(network: Network, target: Tensor) -> bool:
    """Whether the gradient by this tensor can be written in index notation.

    That by an input can where a dense layer reads it, or a convolution whose kernel has an index:
    with a kernel of 1, ``v_{k-i+1}`` could not say that it is 0 unless i = k.
    """
    first = network.layers[0]
    if target == Tensor(kind="output", layer=0):
        indexed = isinstance(first, Conv1d) and (first.kernel > 1 or first.inputs.length == 1)
        return isinstance(first, Dense) or indexed
    return target in network.learned()


@lru_cache(maxsize=512)
def chain(network: Network, target: Tensor) -> Chain:
    """The gradient by a tensor of weights or biases, or by the input (output of layer 0)."""
    asked = general(network, target)
    free = frozenset(name for index in asked.at for name in index.letters())
    last = network.depth
    links = [_loss_link(network, free)]
    joined = bool(network.rule.below)
    if joined and not network.layer(last).weights:
        last -= 1  # the activation is a layer of its own, and the loss is taken down to its input
        joined = False
    at = network.letters.place(last)
    lowest = max(target.layer, 1)
    for number in range(last, lowest - 1, -1):
        if not joined:
            links.append(_activation_link(network, number, at))
        joined = False
        if number > lowest:
            link = _through_link(network, number, at, free)
            links.append(link)
            at = link.source or at
    links.append(_end_link(network, target, lowest, at, free))
    return Chain(target=asked, links=tuple(_drop_ones(links)))


def general(network: Network, target: Tensor) -> Entry:
    """The general entry of a tensor, with the letters that its layer's equation gives it."""
    letters, number = network.letters, target.layer
    if target.kind == "output":
        return network.output(number)
    layer = network.layer(number)
    at = letters.place(number)
    if target.kind == "bias":
        return layer.bias_entry(number, at)
    weight = layer.taps(number, at, letters).weight
    if weight is None:
        raise ValueError("the layer has no weights")
    return layer.weight(number, weight)


def _without(
    sums: tuple[tuple[str, int], ...], free: frozenset[str]
) -> tuple[tuple[str, int], ...]:
    return tuple((name, size) for name, size in sums if name not in free)


def _loss_link(network: Network, free: frozenset[str]) -> Link:
    return Link(
        role="loss",
        layer=network.depth,
        at=network.letters.place(network.depth),
        factor=network.loss_terms(network.rule.derivative),
        sums=_without(network.output_sums(), free),
    )


def _activation_link(network: Network, number: int, at: Place) -> Link:
    derivative = ACTIVATIONS[network.layer(number).activation].derivative
    return Link(
        role="activation",
        layer=number,
        at=at,
        factor=put(derivative, value=network.output(number, at)),
    )


def _through_link(network: Network, number: int, at: Place, free: frozenset[str]) -> Link:
    layer = network.layer(number)
    taps = layer.taps(number, at, network.letters)
    factor: Term = constant(taps.factor)
    if taps.weight is not None:
        factor = multiply(factor, layer.weight(number, taps.weight))
    return Link(
        role="through",
        layer=number,
        at=at,
        factor=factor,
        sums=_without(taps.sums, free),
        source=taps.source,
    )


def _end_link(
    network: Network, target: Tensor, number: int, at: Place, free: frozenset[str]
) -> Link:
    layer, letters = network.layer(number), network.letters
    if target.kind == "bias":
        factor: Term = ONE
    elif target.kind == "weights":
        factor = layer.source(number, layer.taps(number, at, letters).source)
    else:
        factor = layer.weight(number, _reaching(network, at), padded=isinstance(layer, Conv1d))
    return Link(role="end", layer=number, at=at, factor=factor)


def _reaching(network: Network, at: Place) -> tuple[Index, ...]:
    """The weight that joins the general entry of the input to an entry of the first layer."""
    layer, source = network.layers[0], network.letters.place(0)
    if isinstance(layer, Conv1d):
        return (at[0], source[0], layer.kernel_index(at, source))
    return (layer.unit(at), *source)


def _drop_ones(links: list[Link]) -> list[Link]:
    """The links that say something: a linear unit's derivative is 1 and goes without saying."""
    return [link for link in links if link.role != "activation" or link.factor != ONE]
