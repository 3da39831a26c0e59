"""Reading a bank's ``conv`` entry, in its short or its long form.

Whatever can be wrong without regard to a variant is found here, with its place in the bank.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from generator.diagnostics import InputError, at, did_you_mean, each
from generator.language.tree import fields
from generator.model.bank import ModelSpec
from generator.model.source import Branch, Source, Tree
from generator.solver.models.conv.kinds import KINDS, Kind
from generator.solver.models.conv.model import ConvModel, Plan
from generator.solver.models.conv.settings import Setting, read_setting

MAX_LAYERS = 100
BYTES = 4
"""What a number takes where the bank does not say: single precision."""


def read(spec: ModelSpec) -> ConvModel:
    """Read ``model: {conv: ...}``, in its short or its long form. Raises InputError."""
    if "layers" in spec.fields.fields:
        found = fields(spec.fields, required=("input", "layers"), optional=("bytes",))
        plans = _read_layers(found["layers"])
        short = False
    else:
        plans = _read_short(spec.fields)
        found = dict(spec.fields.fields)
        short = True
    setting = read_setting(found["input"], "input")
    _check_input(setting)
    size = read_setting(found["bytes"], "bytes") if "bytes" in found else None
    default = Setting(what="bytes", place=setting.place, content=BYTES)
    return ConvModel(input=setting, bytes=size or default, plans=plans, short=short)


def _check_input(setting: Setting) -> None:
    if isinstance(setting.content, tuple) and not 2 <= len(setting.content) <= 4:
        cure = "[channels, width], [channels, height, width] or [channels, depth, height, width]"
        message = "an input has channels and one to three extents"
        raise InputError([at(setting.place, "wrong-value", message, help=f"write {cure}")])


def _read_short(branch: Branch) -> tuple[Plan, ...]:
    """One convolution whose fields stand beside `input`, with or without `pool`."""
    beside = ("input", "bytes", "pool")
    conv = _switched(KINDS["conv"], branch)
    found = fields(
        branch,
        required=("input", *conv.required),
        optional=(*conv.optional, *KINDS["conv"].switches, "pool", "bytes"),
    )
    own = {name: tree for name, tree in found.items() if name not in beside}
    plans = [Plan(name="conv1", kind=conv, settings=_settings(conv, own, branch), place=branch)]
    if "pool" in found:
        plans.append(_read_layer("pool", found["pool"], "pool1"))
    return tuple(plans)


def _switched(kind: Kind, tree: Tree) -> Kind:
    """The kind that a layer is of with its switches: ``transposed: true``."""
    written = tree.fields if isinstance(tree, Branch) else {}
    for name, other in kind.switches.items():
        value = written.get(name)
        if value is None:
            _check_switch(name, other, kind, tree)
        elif not isinstance(value, Source) or value.text not in ("true", "false"):
            message = f"`{name}` is `true` or `false`; no parameter can decide it"
            raise InputError([at(value, "wrong-value", message, help="write two problems")])
        elif value.text == "true":
            return other
    return kind


def _check_switch(name: str, other: Kind, kind: Kind, tree: Tree) -> None:
    """A field of the other kind alone calls for the switch."""
    for key, _ in tree.entries if isinstance(tree, Branch) else ():
        if key is not None and key.text in other.optional.keys() - kind.optional.keys():
            message = f"`{key.text}` belongs to a layer with `{name}: true`"
            raise InputError([at(key, "unknown-field", message, help=f"add `{name}: true`")])


def _read_layers(tree: Tree) -> tuple[Plan, ...]:
    if not isinstance(tree, Branch) or not tree.is_list or len(tree.items) > MAX_LAYERS:
        message = f"`layers` is a list of 1 to {MAX_LAYERS} layers"
        cure = "write `- conv: {filters: 6, kernel: 5}`, one line a layer"
        raise InputError([at(tree, "wrong-type", message, help=cure)])
    counts: Counter[str] = Counter()

    def plan(item: Tree) -> Plan:
        kind, content = _one_kind(item)
        counts[kind] += 1
        return _read_layer(kind, content, f"{kind}{counts[kind]}")

    plans = each(plan, tree.items)
    _check_order(plans)
    return plans


def _one_kind(item: Tree) -> tuple[str, Tree]:
    """The kind of a layer and its fields, from ``{conv: {...}}``."""
    if not isinstance(item, Branch) or item.is_list or len(item.entries) != 1:
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
    kind = _switched(KINDS[word], tree)
    if isinstance(tree, Source):
        found = _alone(word, kind, tree)
    else:
        switches = KINDS[word].switches
        found = fields(tree, required=kind.required, optional=(*kind.optional, *switches))
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
        name: read_setting(tree, name, kind.words.get(name, ()))
        for name, tree in found.items()
        if name in kind.optional or name in kind.required
    }
    for name, value in kind.optional.items():
        if name not in settings:
            other = settings.get(value) if isinstance(value, str) else None
            settings[name] = other or Setting(what=name, place=place, content=value)
    return settings


def _check_order(plans: Sequence[Plan]) -> None:
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
