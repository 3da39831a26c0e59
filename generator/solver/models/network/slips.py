"""Wrong forward passes: what a student's numbers look like after a slip on the way to the output.

A slip changes the network or its data, and the rest is computed as it should be.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from fractions import Fraction

from generator.model.dataclass import dataclass
from generator.solver.models.network import exact
from generator.solver.models.network.evaluation import Scope, Table
from generator.solver.models.network.exact import Extreme
from generator.solver.models.network.flaws import CONFUSED
from generator.solver.models.network.layers import AveragePool, Conv1d, MaxPool
from generator.solver.models.network.numeric import INPUT, Data, data, forward
from generator.solver.models.network.structure import Network
from generator.solver.models.network.terms import Tensor


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """A slip, and the words that name it and mend it.

    `make` gives the changed network and data, or None where the slip cannot happen.
    """

    make: Callable[[Network, Data], tuple[Network, Data] | None]
    words: str


def _no_activation(network: Network, numbers: Data) -> tuple[Network, Data] | None:
    if all(layer.activation == "linear" for layer in network.layers):
        return None
    layers = tuple(replace(layer, activation="linear") for layer in network.layers)
    return replace(network, layers=layers), numbers


def _no_bias(network: Network, numbers: Data) -> tuple[Network, Data] | None:
    def change(tensor: Tensor, table: Table) -> Table:
        return dict.fromkeys(table, Fraction(0)) if tensor.kind == "bias" else table

    changed = _changed(numbers, change)
    return None if changed == numbers else (network, changed)


def _flipped(network: Network, numbers: Data) -> tuple[Network, Data] | None:
    def change(tensor: Tensor, table: Table) -> Table:
        if tensor.kind != "weights":
            return table
        layer = network.layer(tensor.layer)
        if not isinstance(layer, Conv1d) or layer.kernel == 1:
            return table
        return {at: table[*at[:-1], layer.kernel + 1 - at[-1]] for at in table}

    changed = _changed(numbers, change)
    return None if changed == numbers else (network, changed)


def _changed(numbers: Data, change: Callable[[Tensor, Table], Table]) -> Data:
    return data({tensor: change(tensor, dict(entries)) for tensor, entries in numbers.tables})


def _other_activation(network: Network, numbers: Data) -> tuple[Network, Data] | None:
    layers = tuple(
        replace(layer, activation=CONFUSED.get(layer.activation, layer.activation))
        for layer in network.layers
    )
    return None if layers == network.layers else (replace(network, layers=layers), numbers)


def _no_stride(network: Network, numbers: Data) -> tuple[Network, Data] | None:
    first, *rest = network.layers
    if not isinstance(first, Conv1d) or first.padding or first.output.length == 1:
        return None
    if first.stride == 1:
        return None
    # As many windows as before, one apart; they leave the end of the input out.
    seen = replace(first.inputs, length=first.kernel + first.output.length - 1)
    return replace(network, layers=(replace(first, stride=1, inputs=seen), *rest)), numbers


def _largest_for_mean(network: Network, numbers: Data) -> tuple[Network, Data] | None:
    layers = tuple(
        MaxPool(inputs=layer.inputs, window=layer.window, stride=layer.stride)
        if isinstance(layer, AveragePool)
        else layer
        for layer in network.layers
    )
    return None if layers == network.layers else (replace(network, layers=layers), numbers)


def _no_last_term(network: Network, numbers: Data) -> tuple[Network, Data] | None:
    def change(tensor: Tensor, table: Table) -> Table:
        size = network.sizes(tensor)[-1]
        if tensor.kind != "weights" or size == 1:
            return table
        return {at: Fraction(0) if at[-1] == size else value for at, value in table.items()}

    changed = _changed(numbers, change)
    return None if changed == numbers else (network, changed)


def _unweighted(network: Network, numbers: Data) -> tuple[Network, Data] | None:
    found = [tensor for tensor in network.learned() if tensor.kind == "weights"]

    def change(tensor: Tensor, table: Table) -> Table:
        return dict.fromkeys(table, Fraction(1)) if tensor == found[-1] else table

    return (network, _changed(numbers, change)) if found else None


def _no_minus(network: Network, numbers: Data) -> tuple[Network, Data] | None:
    def change(tensor: Tensor, table: Table) -> Table:
        given = tensor.kind == "weights" or tensor == INPUT
        return {at: exact.absolute(value) for at, value in table.items()} if given else table

    changed = _changed(numbers, change)
    return None if changed == numbers else (network, changed)


SLIPS: tuple[Slip, ...] = (
    Slip(
        make=_no_activation,
        words="The activation function is not applied: a unit's value is the function of the sum, "
        "not the sum itself.",
    ),
    Slip(make=_no_bias, words="The bias is left out: it is added to every sum."),
    Slip(
        make=_flipped,
        words="The filter is applied back to front: its first weight belongs to the first input of "
        "the window.",
    ),
    Slip(
        make=_other_activation,
        words="Another activation function is applied than the one that the layer has.",
    ),
    Slip(
        make=_no_stride,
        words="The stride is missing: from one unit to the next the window moves by more than 1.",
    ),
    Slip(
        make=_largest_for_mean,
        words="The largest value of each window is taken; the pooling is by the mean.",
    ),
    Slip(
        make=_no_last_term,
        words="The last term of a sum is missing: its index runs to the end.",
    ),
    Slip(
        make=_unweighted,
        words="The last layer's inputs are added up as they are: each has its weight.",
    ),
    Slip(make=_no_minus, words="A minus sign of an input or a weight is lost."),
)


def slipped(network: Network, numbers: Data) -> Iterator[tuple[Scope, str]]:
    """The values after each slip that can happen, and its words."""
    for slip in SLIPS:
        changed = slip.make(network, numbers)
        if changed is not None:
            # A slip may well lead to numbers that no calculator shows.
            with suppress(Extreme):
                yield forward(*changed), slip.words
