"""The quantities of a stack by name: what can be asked of each layer, and of the whole.

The tables say what can be asked of layers of each type. `directory` puts them together for stacks
of one form: which names there are depends on the types of layers, not on their numbers, so it is
made once for all variants.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, cast

from generator.model.dataclass import dataclass
from generator.solver.models.conv.dense import DENSE
from generator.solver.models.conv.filters import FILTERS
from generator.solver.models.conv.layers import (
    Activation,
    BatchNorm,
    Chain,
    Convolution,
    Dense,
    Flatten,
    GlobalPooling,
    Layer,
    Pooling,
    TransposedConvolution,
    Windowed,
)
from generator.solver.models.conv.memory import MEMORY, Stored
from generator.solver.models.conv.outputs import outputs, transposed_outputs
from generator.solver.models.conv.plain import ANY, BATCH_NORM, FLATTEN, GLOBAL_POOLING
from generator.solver.models.conv.quantity import Quantity
from generator.solver.models.conv.receptive import receptive_fields
from generator.solver.models.conv.totals import TOTALS
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

LAID_OUT: Mapping[int, Named] = {axes: transposed_outputs(axes) for axes in (1, 2, 3)}
"""The same of a transposed layer."""

POOLED: Mapping[int, Named] = {
    axes: {f"pooled_{name.removeprefix('output_')}": quantity for name, quantity in named.items()}
    for axes, named in OUTPUTS.items()
}
"""The same of the pooling layer that follows a convolution: ``pooled_width``."""

FIELDS: Mapping[int, Named] = {axes: receptive_fields(axes) for axes in (1, 2, 3)}
"""What can be asked of the windows from the input to a layer that slides along so many axes."""


# --- the directory of a stack ------------------------------------------------------------------

Layers = tuple[Layer, ...]
Path = tuple[str, ...]
Form = tuple[tuple[str, type[Layer]], ...]
"""The layers of a stack by name and type: on it, and on the number of axes, all names depend."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A quantity; `subject` says what of a stack it is of, given what a number takes in memory."""

    quantity: Quantity[Any]
    subject: Callable[[Layers, int], Any]


@lru_cache(maxsize=256)
def directory(form: Form, *, axes: int, short: bool) -> Mapping[Path, Asked]:
    """All that can be asked of stacks of this form, by its path below ``model``."""
    found: dict[Path, Asked] = {}
    last = len(form) - 1
    for index, (name, _) in enumerate(form):
        found |= {(name, key): asked for key, asked in _of_layer(form, index, axes).items()}
    whole = _of_layer(form, 0 if short else last, axes)
    if not short:
        whole |= _of(TOTALS, lambda layers, _: layers)
        whole |= _of(MEMORY, lambda layers, size: Stored(layers=layers, item_size=size))
    elif last:
        whole |= _of(POOLED[axes], _chain(form, last))
    return found | {(key,): asked for key, asked in whole.items()}


def _of(named: Named, subject: Callable[[Layers, int], object]) -> dict[str, Asked]:
    return {name: Asked(quantity, subject) for name, quantity in named.items()}


def _of_layer(form: Form, index: int, axes: int) -> dict[str, Asked]:
    """What can be asked of one layer; of names that stand twice, the later one counts."""
    kinds = [kind for _, kind in form[: index + 1]]
    found = _of(QUANTITIES[kinds[-1]], lambda layers, _: layers[index])
    if issubclass(kinds[-1], Windowed):
        table = LAID_OUT if kinds[-1] is TransposedConvolution else OUTPUTS
        found |= _of(table[axes], _chain(form, index))
    flat = any(kind.flattens for kind in kinds)
    if not flat and TransposedConvolution not in kinds and _windowed(form, index):
        found |= _of(FIELDS[axes], _chain(form, index))
    return found | _of(
        MEMORY, lambda layers, size: Stored(layers=layers[index : index + 1], item_size=size)
    )


def _windowed(form: Form, index: int) -> tuple[int, ...]:
    """Where the layers with windows stand, up to this one."""
    return tuple(i for i, (_, kind) in enumerate(form[: index + 1]) if issubclass(kind, Windowed))


def _chain(form: Form, index: int) -> Callable[[Layers, int], Chain]:
    """The layers with windows, from the input up to this one."""
    places = _windowed(form, index)
    return lambda layers, _: cast(Chain, tuple([layers[place] for place in places]))
