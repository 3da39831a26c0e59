"""The kinds of layers that a bank may list, what their fields are, and how each is built.

`KINDS` is the table. A kind says what input it needs (`maps`: channels with extents, `flat`: a row
of units) and what it gives, so that a list of layers is checked once, before any variant is made.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field, replace
from types import MappingProxyType
from typing import Literal, cast

from generator.diagnostics import InputError, at
from generator.model.dataclass import dataclass
from generator.solver.models.conv.captions import FUNCTIONS
from generator.solver.models.conv.layers import (
    Activation,
    BatchNorm,
    Convolution,
    Dense,
    Flatten,
    GlobalPooling,
    Layer,
    Pooling,
    Shape,
    TransposedConvolution,
)
from generator.solver.models.conv.settings import Given

Form = Literal["maps", "flat", "either"]
Build = Callable[[str, Shape, Given], Layer]

POOLS = ("max", "average")
PADDINGS = ("same", "valid")
DEPTHWISE = "depthwise"
"""As many groups as there are channels, for ``groups``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of layer.

    `required` and `optional` are its fields, the latter with what stands for them when they are
    left out. `main` is the field that may be written alone (``dense: 10``). `words` are the words
    that a field may be, beside an expression. `switches` are fields that, if they are true, make
    it a layer of another kind; what can be asked of a layer depends on them, so no parameter
    decides them.
    """

    layer: type[Layer]
    build: Build
    needs: Form
    gives: Form
    required: tuple[str, ...] = ()
    optional: Mapping[str, int | bool | str] = field(default_factory=dict)
    main: str = ""
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    switches: Mapping[str, Kind] = field(default_factory=dict)


def _convolution(name: str, shape: Shape, given: Given) -> Convolution:
    filters, groups = _filters(shape[0], given)
    return Convolution(
        name=name,
        input_shape=shape,
        windows=given.windows(shape[1:]),
        filters=filters,
        groups=groups,
        bias=given.truth("bias"),
    )


def _transposed(name: str, shape: Shape, given: Given) -> TransposedConvolution:
    filters, groups = _filters(shape[0], given)
    return TransposedConvolution(
        name=name,
        input_shape=shape,
        windows=given.transposed_windows(shape[1:]),
        filters=filters,
        groups=groups,
        bias=given.truth("bias"),
    )


def _filters(channels: int, given: Given) -> tuple[int, int]:
    """How many filters there are, and in how many groups."""
    filters = given.whole("filters")
    groups = given.whole_or("groups", DEPTHWISE) or channels
    for count, what in ((channels, "channels"), (filters, "filters")):
        if count % groups:
            message = f"{count} {what} cannot be split into {groups} equal groups"
            cure = f"a constraint can keep such variants out: `{what} % groups == 0`"
            raise InputError([at(given.place, "unequal-groups", message, help=cure)])
    return filters, groups


def _pooling(name: str, shape: Shape, given: Given) -> Pooling:
    windows = given.windows(shape[1:])
    for window in windows:
        if not window.same and max(window.before, window.after) >= window.span:
            message = f"a padding of {max(window.before, window.after)} lets a pooling window of "
            message += f"{window.span} lie on padding alone"
            raise InputError([at(given.place, "padding-too-large", message)])
    return Pooling(
        name=name, input_shape=shape, windows=windows, kind=_pool(given.word("kind", POOLS))
    )


def _pool(word: str) -> Literal["max", "average"]:
    return cast(Literal["max", "average"], word)


_CONVOLUTION = Kind(
    layer=Convolution,
    build=_convolution,
    needs="maps",
    gives="maps",
    required=("filters", "kernel"),
    optional={"stride": 1, "padding": 0, "dilation": 1, "groups": 1, "bias": True},
    words={"padding": PADDINGS, "groups": (DEPTHWISE,)},
)
TRANSPOSED = replace(
    _CONVOLUTION,
    layer=TransposedConvolution,
    build=_transposed,
    optional={**_CONVOLUTION.optional, "output_padding": 0},
)

KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        "conv": replace(_CONVOLUTION, switches={"transposed": TRANSPOSED}),
        "pool": Kind(
            layer=Pooling,
            build=_pooling,
            needs="maps",
            gives="maps",
            required=("kernel",),
            optional={"kind": "max", "stride": "kernel", "padding": 0},
            main="kernel",
            words={"kind": POOLS, "padding": PADDINGS},
        ),
        "global_pool": Kind(
            layer=GlobalPooling,
            build=lambda name, shape, given: GlobalPooling(
                name=name, input_shape=shape, kind=_pool(given.word("kind", POOLS))
            ),
            needs="maps",
            gives="flat",
            optional={"kind": "average"},
            main="kind",
            words={"kind": POOLS},
        ),
        "flatten": Kind(
            layer=Flatten,
            build=lambda name, shape, _: Flatten(name=name, input_shape=shape),
            needs="either",
            gives="flat",
        ),
        "dense": Kind(
            layer=Dense,
            build=lambda name, shape, given: Dense(
                name=name,
                input_shape=shape,
                units=given.whole("units"),
                bias=given.truth("bias"),
            ),
            needs="flat",
            gives="flat",
            required=("units",),
            optional={"bias": True},
            main="units",
        ),
        "batch_norm": Kind(
            layer=BatchNorm,
            build=lambda name, shape, _: BatchNorm(name=name, input_shape=shape),
            needs="either",
            gives="either",
        ),
        "activation": Kind(
            layer=Activation,
            build=lambda name, shape, given: Activation(
                name=name, input_shape=shape, function=given.word("function", FUNCTIONS)
            ),
            needs="either",
            gives="either",
            required=("function",),
            main="function",
            words={"function": tuple(FUNCTIONS)},
        ),
    }
)
"""Name in a bank -> kind of layer."""
