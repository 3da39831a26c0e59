"""A bank's ``conv`` entry: read once, and fixed for the values of a variant."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from math import prod

from generator.diagnostics import Diagnostic, InputError, at, did_you_mean
from generator.language.tree import fields
from generator.model.bank import ModelSpec
from generator.model.source import Branch, Source, Tree
from generator.model.value import Value
from generator.solver.models.conv.kinds import KINDS, Kind
from generator.solver.models.conv.layers import Layer, Shape, Windowed
from generator.solver.models.conv.receptive import field as receptive_field
from generator.solver.models.conv.settings import Given, Setting, read_setting
from generator.solver.models.conv.space import Space
from generator.solver.models.conv.stack import Stack, space

MAX_LAYERS = 100
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
    plans: tuple[Plan, ...]
    short: bool

    @cached_property
    def names(self) -> frozenset[str]:
        """The parameters and definitions that its fields mention."""
        settings = [self.input, *(s for plan in self.plans for s in plan.settings.values())]
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
        return frozenset(_paths(space(tuple(layers), short=self.short)))

    def at(self, values: Mapping[str, Value]) -> Stack:
        """The stack for these values. Raises InputError where a setting makes no sense."""
        given = Given({"input": self.input}, values, self.input.place)
        shape = given.extents("input")
        _check_size(shape, self.input.place)
        layers: list[Layer] = []
        for plan in self.plans:
            layers.append(plan.build(shape, values))
            shape = layers[-1].output_shape
            _check_size(shape, plan.place)
        _check_field(layers, self.plans[-1].place)
        return Stack(tuple(layers), short=self.short)


def _check_size(shape: Shape, place: Source | Branch) -> None:
    if prod(shape) > MAX_UNITS:
        raise InputError([at(place, "too-large", f"there are more than {MAX_UNITS:,} units here")])


def _check_field(layers: list[Layer], place: Source | Branch) -> None:
    chain = [layer.windows for layer in layers if isinstance(layer, Windowed)]
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


# --- reading -----------------------------------------------------------------------------------


def read(spec: ModelSpec) -> ConvModel:
    """Read ``model: {conv: ...}``, in its short or its long form. Raises InputError."""
    if "layers" in spec.fields.fields:
        found = fields(spec.fields, required=("input", "layers"))
        plans = _read_layers(found["layers"])
        short = False
    else:
        plans = _read_short(spec.fields)
        found = dict(spec.fields.fields)
        short = True
    setting = read_setting(found["input"], "input")
    _check_input(setting)
    return ConvModel(input=setting, plans=plans, short=short)


def _check_input(setting: Setting) -> None:
    if isinstance(setting.content, tuple) and not 2 <= len(setting.content) <= 4:
        cure = "[channels, width], [channels, height, width] or [channels, depth, height, width]"
        message = "an input has channels and one to three extents"
        raise InputError([at(setting.place, "wrong-value", message, help=f"write {cure}")])


def _read_short(branch: Branch) -> tuple[Plan, ...]:
    """One convolution whose fields stand beside `input`, with or without `pool`."""
    conv = KINDS["conv"]
    found = fields(branch, required=("input", *conv.required), optional=(*conv.optional, "pool"))
    own = {name: tree for name, tree in found.items() if name not in ("input", "pool")}
    plans = [Plan(name="conv1", kind=conv, settings=_settings(conv, own, branch), place=branch)]
    if "pool" in found:
        plans.append(_read_layer("pool", found["pool"], "pool1"))
    return tuple(plans)


def _read_layers(tree: Tree) -> tuple[Plan, ...]:
    if not isinstance(tree, Branch) or not tree.is_list or len(tree.items) > MAX_LAYERS:
        message = f"`layers` is a list of 1 to {MAX_LAYERS} layers"
        cure = "write `- conv: {filters: 6, kernel: 5}`, one line a layer"
        raise InputError([at(tree, "wrong-type", message, help=cure)])
    plans: list[Plan] = []
    findings: list[Diagnostic] = []
    counts: dict[str, int] = {}
    for item in tree.items:
        try:
            kind, content = _one_kind(item)
            counts[kind] = counts.get(kind, 0) + 1
            plans.append(_read_layer(kind, content, f"{kind}{counts[kind]}"))
        except InputError as error:
            findings += error.diagnostics
    if findings:
        raise InputError(findings)
    _check_order(plans)
    return tuple(plans)


def _one_kind(item: Tree) -> tuple[str, Tree]:
    """The kind of a layer and its fields, from ``{conv: {...}}``."""
    if not isinstance(item, Branch) or len(item.fields) != 1:
        message = "a layer is a mapping of its kind to its fields"
        cure = "write `- conv: {filters: 6, kernel: 5}`"
        raise InputError([at(item, "wrong-type", message, help=cure)])
    ((key, content),) = item.entries
    if key is None or key.text not in KINDS:
        word = "" if key is None else key.text
        known = f"known: {', '.join(KINDS)}"
        place: Source | Branch = item if key is None else key
        message = f"there is no layer of the kind `{word}`"
        raise InputError(
            [at(place, "unknown-layer", message, help=did_you_mean(word, KINDS) or known)]
        )
    return key.text, content


def _read_layer(word: str, tree: Tree, name: str) -> Plan:
    kind = KINDS[word]
    if isinstance(tree, Source):
        found = _alone(word, kind, tree)
    else:
        found = fields(tree, required=kind.required, optional=kind.optional)
    return Plan(name=name, kind=kind, settings=_settings(kind, found, tree), place=tree)


def _alone(word: str, kind: Kind, tree: Source) -> dict[str, Tree]:
    """The fields of a layer that is written as one value: ``dense: 10``, ``flatten: true``."""
    if kind.main:
        return {kind.main: tree}
    if tree.text in ("true", "") and not kind.required:
        return {}
    message = f"`{word}` takes its fields in a mapping, not a single value"
    cure = f"write `{word}: true`" if not kind.required else f"fields: {', '.join(kind.required)}"
    raise InputError([at(tree, "wrong-type", message, help=cure)])


def _settings(kind: Kind, found: Mapping[str, Tree], place: Source | Branch) -> dict[str, Setting]:
    """A setting for every field: as written, by its default, or as another field is."""
    settings = {
        name: read_setting(tree, name, kind.words.get(name, ())) for name, tree in found.items()
    }
    for name, value in kind.optional.items():
        if name not in settings:
            other = settings.get(value) if isinstance(value, str) else None
            settings[name] = other or Setting(what=name, place=place, content=value)
    return settings


def _check_order(plans: list[Plan]) -> None:
    """Maps or units: each layer must get what it needs from the one before."""
    form = "maps"
    for plan in plans:
        if plan.kind.needs not in (form, "either"):
            if form == "maps":
                message = f"`{plan.name}` needs units in a row, but gets maps"
                cure = "put `- flatten: true` or `- global_pool: average` before it"
            else:
                message = f"`{plan.name}` needs maps, but the layer before gives units in a row"
                cure = "put it before the maps are flattened"
            raise InputError([at(plan.place, "wrong-order", message, help=cure)])
        if plan.kind.gives != "either":
            form = plan.kind.gives
