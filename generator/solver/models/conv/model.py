"""A bank's ``conv`` entry once it is read, and fixed for the values of a variant."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from functools import cached_property
from itertools import takewhile
from math import prod

from generator.diagnostics import InputError, at
from generator.memo import Table
from generator.model.dataclass import dataclass
from generator.model.source import Branch, Source
from generator.model.value import Value
from generator.solver.models.conv.geometry import exactly
from generator.solver.models.conv.kinds import Kind
from generator.solver.models.conv.layers import Layer, Shape, TransposedConvolution, Windowed
from generator.solver.models.conv.receptive import field as receptive_field
from generator.solver.models.conv.settings import Given, Setting
from generator.solver.models.conv.space import directory
from generator.solver.models.conv.stack import Stack

MAX_UNITS = 1 << 32
"""The most numbers that go into a layer or come out of it."""
MAX_FIELD = 1 << 16
"""The largest receptive field: following the reads back keeps a list of so many entries."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A layer as the bank wrote it."""

    name: str
    kind: Kind
    settings: Mapping[str, Setting]
    place: Source | Branch
    _varying: tuple[Setting, ...] = field(init=False, compare=False, repr=False)
    _built: Table[Layer] = field(default_factory=Table, compare=False, repr=False)

    def __post_init__(self) -> None:
        varying = tuple(setting for setting in self.settings.values() if setting.names)
        object.__setattr__(self, "_varying", varying)

    def build(self, shape: Shape, env: Mapping[str, object]) -> Layer:
        """The layer on an input of this shape. Raises InputError for a setting that is wrong.

        Equal settings give one and the same layer, so that what is computed of it is computed once
        for all variants.
        """
        key = (shape, *[exactly(setting.value(env)) for setting in self._varying])
        known = self._built.get(key)
        if known is not None:
            return known
        layer = self.kind.build(self.name, shape, Given(self.settings, env, self.place))
        _check_size(layer.output_shape, self.place)
        return self._built.keep(key, layer)


@dataclass(frozen=True, kw_only=True)
class ConvModel:
    """A `Model`: a stack of layers whose settings are still expressions."""

    input: Setting
    bytes: Setting
    plans: tuple[Plan, ...]
    short: bool
    _stacks: Table[Stack] = field(default_factory=Table, compare=False, repr=False)
    _shapes: Table[Shape] = field(default_factory=Table, compare=False, repr=False)

    @cached_property
    def names(self) -> frozenset[str]:
        """The parameters and definitions that its fields mention."""
        return frozenset().union(*(setting.names for setting in self._varying))

    @cached_property
    def _varying(self) -> tuple[Setting, ...]:
        """The settings that are not the same in all variants."""
        planned = (setting for plan in self.plans for setting in plan.settings.values())
        return tuple(s for s in (self.input, self.bytes, *planned) if s.names)

    @cached_property
    def quantities(self) -> frozenset[tuple[str, ...]]:
        """The paths of all quantities; they depend on the kinds of layers and the axes alone.

        Empty if the input is one expression: the number of its axes is then known only when its
        value is.
        """
        if not isinstance(self.input.content, tuple):
            return frozenset()
        form = tuple((plan.name, plan.kind.layer) for plan in self.plans)
        return frozenset(directory(form, axes=len(self.input.content) - 1, short=self.short))

    def at(self, values: Mapping[str, Value]) -> Stack:
        """The stack for these values. Raises InputError where a setting makes no sense.

        Equal settings give one and the same stack, of which all is derived once.
        """
        key = tuple([exactly(setting.value(values)) for setting in self._varying])
        return self._stacks.get(key) or self._stacks.keep(key, self._stack(values))

    def _stack(self, values: Mapping[str, Value]) -> Stack:
        given = Given({"input": self.input, "bytes": self.bytes}, values, self.input.place)
        shape = self._shape(given)
        layers: list[Layer] = []
        for plan in self.plans:
            layers.append(plan.build(shape, values))
            shape = layers[-1].output_shape
        _check_field(layers, self.plans[-1].place)
        return Stack(tuple(layers), short=self.short, item_size=given.whole("bytes"))

    def _shape(self, given: Given) -> Shape:
        """The shape of the input; equal ones are checked once."""
        key = exactly(given.value("input"))
        known = self._shapes.get(key)
        if known is not None:
            return known
        shape = given.extents("input")
        _check_size(shape, self.input.place)
        return self._shapes.keep(key, shape)


def _check_size(shape: Shape, place: Source | Branch) -> None:
    if prod(shape) > MAX_UNITS:
        raise InputError([at(place, "too-large", f"there are more than {MAX_UNITS:,} units here")])


def _check_field(layers: list[Layer], place: Source | Branch) -> None:
    plain = takewhile(lambda layer: not isinstance(layer, TransposedConvolution), layers)
    chain = [layer.windows for layer in plain if isinstance(layer, Windowed)]
    if any(receptive_field(windows) > MAX_FIELD for windows in zip(*chain, strict=True)):
        message = f"the receptive field exceeds {MAX_FIELD:,} entries"
        raise InputError([at(place, "too-large", message)])
