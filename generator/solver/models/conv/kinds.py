"""The kinds of layers that a bank may list, what their fields are, and how each is built.

`KINDS` is the table. A kind says what input it needs (`maps`: channels with extents, `flat`: a row
of units) and what it gives, so that a list of layers is checked once, before any variant is made.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal, cast

from generator.diagnostics import InputError, at
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
)
from generator.solver.models.conv.settings import Given

Form = Literal["maps", "flat", "either"]
Build = Callable[[str, Shape, Given], Layer]

POOLS = ("max", "average")
PADDINGS = ("same", "valid")


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of layer.

    `required` and `optional` are its fields, the latter with what stands for them when they are
    left out. `main` is the field that may be written alone (``dense: 10``). `words` are the words
    that a field may be, beside an expression.
    """

    layer: type[Layer]
    build: Build
    needs: Form
    gives: Form
    required: tuple[str, ...] = ()
    optional: Mapping[str, int | bool | str] = field(default_factory=dict)
    main: str = ""
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def _convolution(name: str, shape: Shape, given: Given) -> Convolution:
    channels = shape[0]
    filters, groups = given.whole("filters"), given.whole("groups")
    for count, what in ((channels, "channels"), (filters, "filters")):
        if count % groups:
            message = f"{count} {what} cannot be split into {groups} equal groups"
            cure = f"a constraint can keep such variants out: `{what} % groups == 0`"
            raise InputError([at(given.place, "unequal-groups", message, help=cure)])
    return Convolution(
        name=name,
        input_shape=shape,
        windows=given.windows(shape[1:]),
        filters=filters,
        groups=groups,
        bias=given.truth("bias"),
    )


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


KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        "conv": Kind(
            layer=Convolution,
            build=_convolution,
            needs="maps",
            gives="maps",
            required=("filters", "kernel"),
            optional={"stride": 1, "padding": 0, "dilation": 1, "groups": 1, "bias": True},
            words={"padding": PADDINGS},
        ),
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
