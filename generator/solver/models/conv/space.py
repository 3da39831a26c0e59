"""The quantities of an instance by name: one space for each layer, one for the whole.

`QUANTITIES` is the table: what can be asked of a layer of each kind.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from generator.solver import contract
from generator.solver.contract import Derivation
from generator.solver.models.conv.dense import DENSE
from generator.solver.models.conv.filters import FILTERS
from generator.solver.models.conv.layers import (
    Activation,
    BatchNorm,
    Convolution,
    Dense,
    Flatten,
    GlobalPooling,
    Layer,
    Pooling,
    TransposedConvolution,
)
from generator.solver.models.conv.outputs import outputs
from generator.solver.models.conv.plain import ANY, BATCH_NORM, FLATTEN, GLOBAL_POOLING
from generator.solver.models.conv.quantity import Quantity
from generator.solver.models.conv.receptive import receptive_fields
from generator.solver.models.conv.transposed import TRANSPOSED_WORK
from generator.solver.models.conv.work import WORK

Named = Mapping[str, Quantity[Any]]

QUANTITIES: Mapping[type[Layer], Named] = {
    Convolution: {**ANY, **FILTERS, **WORK},
    TransposedConvolution: {**ANY, **FILTERS, **TRANSPOSED_WORK},
    Pooling: ANY,
    GlobalPooling: {**ANY, **GLOBAL_POOLING},
    Flatten: {**ANY, **FLATTEN},
    Dense: {**ANY, **DENSE},
    BatchNorm: {**ANY, **BATCH_NORM},
    Activation: ANY,
}
"""What can be asked of a layer without regard to its windows."""

OUTPUTS: Mapping[int, Named] = {axes: outputs(axes) for axes in (1, 2, 3)}
"""What can be asked of the output of a layer that slides along so many axes."""

POOLED: Mapping[int, Named] = {
    axes: {f"pooled_{name.removeprefix('output_')}": quantity for name, quantity in named.items()}
    for axes, named in OUTPUTS.items()
}
"""The same of the pooling layer that follows a convolution: ``pooled_width``."""

FIELDS: Mapping[int, Named] = {axes: receptive_fields(axes) for axes in (1, 2, 3)}
"""What can be asked of the windows from the input to a layer that slides along so many axes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Space:
    """Named quantities, each of a subject; and spaces within. It is a `Namespace`.

    Names later in `groups` stand for earlier ones.
    """

    groups: tuple[tuple[Named, object], ...]
    spaces: Mapping[str, Space] = field(default_factory=dict)

    def member(self, name: str) -> object:
        """A quantity by its closed form, or the space within; KeyError if there is neither."""
        if name in self.spaces:
            return self.spaces[name]
        quantity, subject = self._find(name)
        return quantity.closed(subject)

    def members(self) -> Iterator[str]:
        """All names."""
        yield from self.spaces
        yield from dict.fromkeys(name for named, _ in self.groups for name in named)

    def derive(self, path: tuple[str, ...], whole: str = "model") -> Derivation:
        """Derive a quantity in two ways. KeyError if there is none at this path."""
        name, *rest = path
        whole = f"{whole}.{name}"
        if rest:
            return self.spaces[name].derive(tuple(rest), whole)
        quantity, subject = self._find(name)
        return quantity.derive(subject, whole)

    def outcomes(
        self, path: tuple[str, ...]
    ) -> tuple[contract.Quantity, tuple[contract.Quantity, ...]]:
        """A quantity by its closed form, and what its mistakes lead to."""
        name, *rest = path
        if rest:
            return self.spaces[name].outcomes(tuple(rest))
        quantity, subject = self._find(name)
        return quantity.outcomes(subject)

    def _find(self, name: str) -> tuple[Quantity[Any], Any]:
        for named, subject in reversed(self.groups):
            if name in named:
                return named[name], subject
        raise KeyError(name)
