"""A bank's ``network`` entry, read once: what is wrong in it whatever the variant is found here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from generator.diagnostics import InputError, at, did_you_mean, each
from generator.language.tree import fields
from generator.model.bank import ModelSpec
from generator.model.dataclass import dataclass
from generator.model.source import Branch, Source, Tree
from generator.solver.models.network.activations import ACTIVATIONS
from generator.solver.models.network.kinds import KINDS, Kind
from generator.solver.models.network.losses import LOSSES
from generator.solver.models.network.settings import Setting, read_setting, scalar
from generator.solver.models.network.updates import UPDATES

MOST_LAYERS = 12
RESERVED = frozenset({"input", "target", "loss"})
"""Names that no layer may have, because quantities of the same group have them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A layer as the bank wrote it."""

    name: str
    kind: Kind
    settings: Mapping[str, Setting]
    place: Tree

    @property
    def learns(self) -> bool:
        """Whether it has weights."""
        return "weights" in self.settings

    @property
    def may_have_bias(self) -> bool:
        """Whether it has biases in some variant: not where the bank says ``bias: false``."""
        return self.learns and self.settings["bias"].content is not False


@dataclass(frozen=True, slots=True, kw_only=True)
class Fields:
    """The whole entry as the bank wrote it; `data`, `component` and `update` may be empty."""

    input: Mapping[str, Setting]
    plans: tuple[Plan, ...]
    loss: Mapping[str, Setting]
    data: Mapping[str, Setting]
    component: Mapping[str, Setting]
    update: Mapping[str, Setting]
    rule: str
    place: Branch

    @property
    def settings(self) -> tuple[Setting, ...]:
        """Every field."""
        groups = (self.input, self.loss, self.data, self.component, self.update)
        layers = (plan.settings for plan in self.plans)
        return tuple(setting for group in (*groups, *layers) for setting in group.values())


def read_fields(spec: ModelSpec) -> Fields:
    """Read ``model: {network: ...}``. Raises InputError with what is wrong in it."""
    found = fields(
        spec.fields,
        required=("input", "layers", "loss"),
        optional=("data", "component", "update"),
    )
    plans = _read_layers(found["layers"])
    if "component" in found and "data" not in found:
        raise _missing(found["component"], "a component is a number, which needs `data`")
    if "update" in found and "component" not in found:
        raise _missing(
            found["update"], "an update is one of a single weight: name it in `component`"
        )
    layer_names = ("input", *(plan.name for plan in plans))
    rule, update = _read_update(found["update"]) if "update" in found else ("", {})
    return Fields(
        input=_read_input(found["input"]),
        plans=plans,
        loss=_read_loss(found["loss"]),
        data=_read_data(found["data"]) if "data" in found else {},
        component=(
            _read_component(found["component"], layer_names) if "component" in found else {}
        ),
        update=update,
        rule=rule,
        place=spec.fields,
    )


def _missing(place: Tree, message: str) -> InputError:
    return InputError([at(place, "missing-field", message)])


def _default(what: str, place: Tree, value: int | bool | str) -> Setting:
    return Setting(what=what, place=place, content=value)


def _read(
    tree: Tree, words: Mapping[str, tuple[str, ...]], **defaults: int | bool | str
) -> dict[str, Setting]:
    """The fields of a mapping, completed by defaults."""
    assert isinstance(tree, Branch)  # noqa: S101 - `fields` has checked it
    settings = {
        name: read_setting(inner, name, words.get(name, ())) for name, inner in tree.fields.items()
    }
    for name, value in defaults.items():
        settings.setdefault(name, _default(name, tree, value))
    return settings


# --- the parts of the entry --------------------------------------------------------------------


def _read_input(tree: Tree) -> dict[str, Setting]:
    """``input: 6`` or ``input: {symbol: x, size: 6, channels: 1}``."""
    if isinstance(tree, Source):
        settings = {"size": read_setting(tree, "input")}
        defaults = {"symbol": _default("symbol", tree, "x")}
        return settings | defaults | {"channels": _default("channels", tree, 1)}
    fields(tree, required=("size",), optional=("symbol", "channels"))
    return _read(tree, {}, symbol="x", channels=1)


def _read_loss(tree: Tree) -> dict[str, Setting]:
    """``loss: squared`` or ``loss: {kind: squared, symbol: R, target: y, threshold: 1}``."""
    kinds = tuple(LOSSES)
    defaults: dict[str, int | bool | str] = {"symbol": "L", "target": "y", "threshold": 1}
    if isinstance(tree, Source):
        settings = {"kind": read_setting(tree, "kind", kinds)}
        return settings | {name: _default(name, tree, value) for name, value in defaults.items()}
    fields(tree, required=("kind",), optional=tuple(defaults))
    return _read(tree, {"kind": kinds}, **defaults)


def _read_data(tree: Tree) -> dict[str, Setting]:
    fields(tree, required=("input", "target", "weights"), optional=("biases",))
    assert isinstance(tree, Branch)  # noqa: S101 - `fields` has checked it
    # A vector here is data, never a symbol: `target: y` is the value of the parameter y.
    return {name: read_setting(inner, f"data.{name}") for name, inner in tree.fields.items()}


def _read_component(tree: Tree, layers: tuple[str, ...]) -> dict[str, Setting]:
    fields(tree, required=("of",), optional=("index", "bias"))
    return _read(tree, {"of": layers}, bias=False)


def _read_update(tree: Tree) -> tuple[str, dict[str, Setting]]:
    """``update: {adam: {rate: 0.1}}``."""
    key, content = _one(tree, "an update rule", UPDATES, "write `update: {sgd: {rate: 0.1}}`")
    rule = UPDATES[key.text]
    fields(content, required=rule.required, optional=tuple(rule.optional))
    settings = _read(content, {})
    for name, value in rule.optional.items():
        settings.setdefault(name, Setting(what=name, place=content, content=value))
    return key.text, settings


# --- layers ------------------------------------------------------------------------------------


def _one(tree: Tree, what: str, known: Mapping[str, object], cure: str) -> tuple[Source, Tree]:
    """The key and the content of a mapping with one entry, the key being a known word."""
    if not isinstance(tree, Branch) or tree.is_list or len(tree.entries) != 1:
        message = f"{what} is a mapping of its kind to its fields"
        raise InputError([at(tree, "wrong-type", message, help=cure)])
    ((key, content),) = tree.entries
    assert key is not None  # noqa: S101 - the entries of a mapping have keys
    if key.text not in known:
        near = did_you_mean(key.text, known) or f"known: {', '.join(known)}"
        message = f"there is no `{key.text}` here: {what} is expected"
        raise InputError([at(key, "unknown-kind", message, help=near)])
    return key, content


def _read_layers(tree: Tree) -> tuple[Plan, ...]:
    if not isinstance(tree, Branch) or not tree.is_list or len(tree.items) > MOST_LAYERS:
        message = f"`layers` is a list of 1 to {MOST_LAYERS} layers"
        cure = "write `- dense: {weights: w, units: 1, output: z}`, one line a layer"
        raise InputError([at(tree, "wrong-type", message, help=cure)])
    counts: dict[str, int] = {}
    plans = each(lambda item: _read_layer(item, counts), tree.items)
    _check_names(plans)
    _check_order(plans)
    return plans


def _read_layer(item: Tree, counts: dict[str, int]) -> Plan:
    key, content = _one(
        item, "a layer", KINDS, "write `- dense: {weights: w, units: 1, output: z}`"
    )
    kind = KINDS[key.text]
    found = fields(content, required=kind.required, optional=kind.allowed)
    counts[kind.name] = counts.get(kind.name, 0) + 1
    name = f"{kind.name}{counts[kind.name]}"
    if "name" in found:
        name = _name(scalar(found["name"], "name"))
    words = {"activation": tuple(ACTIVATIONS)}
    settings = _read(content, words, **kind.optional)
    settings.pop("name", None)
    return Plan(name=name, kind=kind, settings=settings, place=content)


def _name(source: Source) -> str:
    """A layer's name, by which its quantities are asked for."""
    if not source.text.isidentifier() or source.text in RESERVED:
        message = f"`{source.text}` cannot be the name of a layer"
        cure = (
            "use a word of letters, digits and underscores, other than `input`, `target` and `loss`"
        )
        raise InputError([at(source, "wrong-name", message, help=cure)])
    return source.text


def _check_names(plans: Sequence[Plan]) -> None:
    seen: set[str] = set()
    for plan in plans:
        if plan.name in seen:
            message = f"two layers have the name `{plan.name}`"
            raise InputError([at(plan.place, "duplicate-name", message)])
        seen.add(plan.name)


def _check_order(plans: Sequence[Plan]) -> None:
    """Windows slide over signals, not over the units of a dense layer; softmax comes last."""
    dense = False
    for plan in plans:
        if dense and plan.kind.name in {"conv", "pool"}:
            message = f"`{plan.name}` slides over a signal, but a dense layer comes before it"
            cure = "put dense layers after all convolutions and pooling layers"
            raise InputError([at(plan.place, "wrong-order", message, help=cure)])
        if plan.kind.name == "softmax" and plan is not plans[-1]:
            message = f"`{plan.name}` must be the last layer, below a cross-entropy"
            raise InputError([at(plan.place, "wrong-order", message)])
        dense = dense or plan.kind.name == "dense"
