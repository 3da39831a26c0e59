"""Wrong forward passes: what a student's numbers look like after a slip on the way to the output.

A slip changes the network or its data, and the rest is computed as it should be.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from fractions import Fraction

from generator.solver.models.network.evaluation import Scope, Table
from generator.solver.models.network.exact import Extreme
from generator.solver.models.network.layers import Conv1d
from generator.solver.models.network.numeric import Data, data, forward
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
)


def slipped(network: Network, numbers: Data) -> list[tuple[Scope, str]]:
    """The values after each slip that can happen, and its words."""
    result = []
    for slip in SLIPS:
        changed = slip.make(network, numbers)
        if changed is not None:
            # A slip may well lead to numbers that no calculator shows.
            with suppress(Extreme):
                result.append((forward(*changed), slip.words))
    return result
