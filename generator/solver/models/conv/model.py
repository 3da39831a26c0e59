"""A bank's ``conv`` entry once it is read, and fixed for the values of a variant."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import takewhile
from math import prod

from generator.diagnostics import InputError, at
from generator.model.source import Branch, Source
from generator.model.value import Value
from generator.solver.models.conv.kinds import Kind
from generator.solver.models.conv.layers import Layer, Shape, TransposedConvolution, Windowed
from generator.solver.models.conv.receptive import field as receptive_field
from generator.solver.models.conv.settings import Given, Setting
from generator.solver.models.conv.space import Space
from generator.solver.models.conv.stack import Stack, space

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

    def build(self, shape: Shape, env: Mapping[str, object]) -> Layer:
        """The layer on an input of this shape. Raises InputError for a setting that is wrong."""
        return self.kind.build(self.name, shape, Given(self.settings, env, self.place))


@dataclass(frozen=True, kw_only=True)
class ConvModel:
    """A `Model`: a stack of layers whose settings are still expressions."""

    input: Setting
    bytes: Setting
    plans: tuple[Plan, ...]
    short: bool

    @cached_property
    def names(self) -> frozenset[str]:
        """The parameters and definitions that its fields mention."""
        settings = [
            self.input,
            self.bytes,
            *(s for plan in self.plans for s in plan.settings.values()),
        ]
        return frozenset().union(*(setting.names for setting in settings))

    @cached_property
    def quantities(self) -> frozenset[tuple[str, ...]]:
        """The paths of all quantities; they depend on the kinds of layers and the axes alone.

        So a stack of the smallest such layers is asked. Empty if the input is one expression: the
        number of its axes is then known only when its value is.
        """
        if not isinstance(self.input.content, tuple):
            return frozenset()
        shape: Shape = (1,) * len(self.input.content)
        layers: list[Layer] = []
        for plan in self.plans:
            layers.append(_smallest(plan, shape))
            shape = layers[-1].output_shape
        return frozenset(_paths(space(tuple(layers), short=self.short, item_size=1)))

    def at(self, values: Mapping[str, Value]) -> Stack:
        """The stack for these values. Raises InputError where a setting makes no sense."""
        given = Given({"input": self.input, "bytes": self.bytes}, values, self.input.place)
        shape = given.extents("input")
        _check_size(shape, self.input.place)
        layers: list[Layer] = []
        for plan in self.plans:
            layers.append(plan.build(shape, values))
            shape = layers[-1].output_shape
            _check_size(shape, plan.place)
        _check_field(layers, self.plans[-1].place)
        return Stack(tuple(layers), short=self.short, item_size=given.whole("bytes"))


def _check_size(shape: Shape, place: Source | Branch) -> None:
    if prod(shape) > MAX_UNITS:
        raise InputError([at(place, "too-large", f"there are more than {MAX_UNITS:,} units here")])


def _check_field(layers: list[Layer], place: Source | Branch) -> None:
    plain = takewhile(lambda layer: not isinstance(layer, TransposedConvolution), layers)
    chain = [layer.windows for layer in plain if isinstance(layer, Windowed)]
    if any(receptive_field(windows) > MAX_FIELD for windows in zip(*chain, strict=True)):
        message = f"the receptive field exceeds {MAX_FIELD:,} entries"
        raise InputError([at(place, "too-large", message)])


def _smallest(plan: Plan, shape: Shape) -> Layer:
    """A layer of this kind in which every number is as small as it can be."""
    kind = plan.kind
    content: dict[str, Value] = {
        **dict.fromkeys(kind.required, 1),
        **{field: words[0] for field, words in kind.words.items() if field in kind.required},
        **{field: 1 if other in kind.required else other for field, other in kind.optional.items()},
    }
    settings = {
        field: Setting(what=field, place=plan.place, content=value)
        for field, value in content.items()
    }
    return kind.build(plan.name, shape, Given(settings, {}, plan.place))


def _paths(names: Space) -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = [(name,) for name in names.members() if name not in names.spaces]
    for name, inner in names.spaces.items():
        found += [(name, *path) for path in _paths(inner)]
    return found
