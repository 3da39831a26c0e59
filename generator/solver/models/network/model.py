"""A bank's ``network`` entry fixed for the values of a variant."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from generator.diagnostics import InputError, at
from generator.model.bank import ModelSpec
from generator.model.value import Value
from generator.solver.models.network.activations import ACTIVATIONS
from generator.solver.models.network.asked import Asked, Step
from generator.solver.models.network.catalog import quantities
from generator.solver.models.network.gradient import has_gradient
from generator.solver.models.network.instance import NetworkInstance
from generator.solver.models.network.layers import Conv1d, Layer, Shape, Softmax
from generator.solver.models.network.losses import LOSSES
from generator.solver.models.network.notation import Symbol, notation
from generator.solver.models.network.numeric import INPUT, LOSS, TARGET, Data, data
from generator.solver.models.network.reading import Fields, Plan, read_fields
from generator.solver.models.network.settings import Env, Given, Setting, entries
from generator.solver.models.network.structure import Network
from generator.solver.models.network.terms import Tensor
from generator.solver.models.network.view import View

MOST_INPUTS = 10_000
MOST_CHANNELS = 1_000
MOST_PARAMETERS = 1_000_000
"""Beyond these a network is no longer one that a question is about, and its passes take long."""


def read(spec: ModelSpec) -> NetworkModel:
    """Read ``model: {network: ...}``. Raises InputError with what is wrong in it."""
    return NetworkModel(fields=read_fields(spec))


@dataclass(frozen=True, kw_only=True)
class NetworkModel:
    """A `Model`: a network whose fields are still expressions."""

    fields: Fields

    @cached_property
    def names(self) -> frozenset[str]:
        """The parameters and definitions that its fields mention."""
        return frozenset[str]().union(*(setting.names for setting in self.fields.settings))

    @cached_property
    def quantities(self) -> frozenset[tuple[str, ...]]:
        """The paths of all quantities."""
        return quantities(self.fields)

    def at(self, values: Mapping[str, Value]) -> NetworkInstance:
        """The network for these values. Raises InputError where a field makes no sense."""
        network = _network(self.fields, values)
        view = View(
            network=network,
            notation=notation(network, *_symbols(self.fields, network, values)),
            names=tuple(plan.name for plan in self.fields.plans),
        )
        numbers = _data(self.fields, network, values) if self.fields.data else None
        asked = _component(self.fields, view, values) if self.fields.component else None
        return NetworkInstance(
            view=view,
            place=self.fields.place,
            numbers=numbers,
            asked=asked,
            step=_step(self.fields, values) if self.fields.update else None,
        )


# --- the structure -----------------------------------------------------------------------------


def _network(plan: Fields, env: Env) -> Network:
    given = Given(plan.input, env)
    shape = Shape(
        channels=given.whole("channels", most=MOST_CHANNELS),
        length=given.whole("size", most=MOST_INPUTS),
    )
    layers = list[Layer]()
    for one in plan.plans:
        layers.append(_layer(one, shape, env, first=not layers))
        shape = layers[-1].output
        if sum(layer.parameters for layer in layers) > MOST_PARAMETERS or shape.size > MOST_INPUTS:
            message = f"the network is too large here: `{one.name}` is more than can be checked"
            raise InputError([at(one.place, "too-large", message)])
    loss = Given(plan.loss, env)
    network = Network(
        layers=tuple(layers),
        loss=loss.word("kind", LOSSES),
        threshold=_positive(loss, "threshold"),
    )
    _check_loss(network, plan.loss["kind"])
    return network


def _layer(plan: Plan, shape: Shape, env: Env, *, first: bool) -> Layer:
    given = Given(plan.settings, env)
    layer = plan.kind.build(shape, given)
    if isinstance(layer, Conv1d) and layer.padding and not first:
        raise given.setting("padding").wrong(layer.padding, "0: only the input can be padded")
    return layer


def _positive(given: Given, field: str) -> Fraction:
    value = given.number(field)
    if value <= 0:
        raise given.setting(field).wrong(value, "a positive number")
    return value


def _check_loss(network: Network, kind: Setting) -> None:
    """A cross-entropy belongs to its activation, and softmax to nothing else."""
    last = network.layers[-1]
    has = "softmax" if isinstance(last, Softmax) else last.activation
    needs = network.rule.below
    if needs and has != needs:
        where = "a `softmax` layer" if needs == "softmax" else f"the activation `{needs}`"
        message = f"the loss `{network.loss}` needs {where} at the end of the network"
        raise InputError([at(kind.place, "wrong-loss", message)])
    if has == "softmax" and not needs:
        message = f"the loss `{network.loss}` does not go with a softmax layer"
        cure = "use `cross_entropy`"
        raise InputError([at(kind.place, "wrong-loss", message, help=cure)])
    if has == "softmax" and (last.output.length < 2 or last.output.channels > 1):
        message = "a softmax layer needs two or more units in a row below it"
        raise InputError([at(kind.place, "wrong-loss", message)])


# --- the symbols -------------------------------------------------------------------------------


def _symbols(
    plan: Fields, network: Network, env: Env
) -> tuple[dict[Tensor, Symbol], dict[int, Symbol]]:
    """The symbols of tensors and of functions. Raises InputError where two are the same."""
    taken: dict[str, Setting] = {}
    symbols: dict[Tensor, Symbol] = {}
    functions: dict[int, Symbol] = {}
    for tensor, settings, field in _symbol_fields(plan, network):
        symbols[tensor] = _unique(settings, field, env, taken)
    for number, one in enumerate(plan.plans, start=1):
        if "function" in one.settings:
            functions[number] = _function(one, env, taken)
        elif network.layer(number).activation != "linear":
            functions[number] = _usual(network, number)
    return symbols, functions


def _symbol_fields(
    plan: Fields, network: Network
) -> Iterator[tuple[Tensor, Mapping[str, Setting], str]]:
    """The tensors that have a symbol, and the field that holds it."""
    yield INPUT, plan.input, "symbol"
    yield TARGET, plan.loss, "target"
    yield LOSS, plan.loss, "symbol"
    for number, one in enumerate(plan.plans, start=1):
        layer = network.layer(number)
        yield Tensor(kind="output", layer=number), one.settings, "output"
        if layer.weights:
            yield Tensor(kind="weights", layer=number), one.settings, "weights"
        if layer.bias:
            yield Tensor(kind="bias", layer=number), one.settings, "bias_symbol"
        if "before" in one.settings and layer.activation != "linear":
            yield Tensor(kind="pre", layer=number), one.settings, "before"


def _unique(
    settings: Mapping[str, Setting], field: str, env: Env, taken: dict[str, Setting]
) -> Symbol:
    found = Given(settings, env).symbol(field)
    if found.text in taken:
        message = f"`{found.text}` would stand for two things: `{field}` here, and "
        message += f"`{taken[found.text].what}` elsewhere"
        place = settings[field].place
        raise InputError([at(place, "duplicate-symbol", message, help="choose another letter")])
    taken[found.text] = settings[field]
    return found


def _function(one: Plan, env: Env, taken: dict[str, Setting]) -> Symbol:
    """A function's symbol; several layers may apply the same function."""
    found = Given(one.settings, env).symbol("function")
    owner = taken.get(found.text)
    if owner is not None and owner.what != "function":
        return _unique(one.settings, "function", env, taken)
    taken[found.text] = one.settings["function"]
    return found


def _usual(network: Network, number: int) -> Symbol:
    latex, text = ACTIVATIONS[network.layer(number).activation].symbol
    return Symbol(latex=latex, text=text)


# --- numbers -----------------------------------------------------------------------------------


def _data(plan: Fields, network: Network, env: Env) -> Data:
    """The numbers of the input, the target and all weights and biases."""
    settings = plan.data
    weights = [t for t in network.learned() if t.kind == "weights"]
    biases = [t for t in network.learned() if t.kind == "bias"]
    tables = {
        INPUT: entries(settings["input"].value(env), network.kept(INPUT), settings["input"]),
        TARGET: entries(settings["target"].value(env), network.kept(TARGET), settings["target"]),
        **_listed(network, settings["weights"], weights, env),
    }
    if biases and "biases" not in settings:
        message = "the network has biases, so `data` needs `biases`: one entry for each such layer"
        raise InputError([at(settings["weights"].place, "missing-field", message)])
    if biases:
        tables |= _listed(network, settings["biases"], biases, env)
    _check_target(network, tables[TARGET], settings["target"])
    return data({tensor: tables[tensor] for tensor in (INPUT, TARGET, *network.learned())})


def _listed(
    network: Network, setting: Setting, tensors: list[Tensor], env: Env
) -> dict[Tensor, dict[tuple[int, ...], int | Fraction]]:
    """One entry of a list for each layer that has weights, or biases."""
    value = setting.value(env)
    if not isinstance(value, tuple) or len(value) != len(tensors):
        found = len(value) if isinstance(value, tuple) else 1
        message = f"`{setting.what}` must have one entry for each of {len(tensors)} layers"
        cure = f"it has {found}, in the order of the layers"
        raise InputError([at(setting.place, "wrong-shape", message, help=cure)])
    items = setting.content if isinstance(setting.content, tuple) else (setting,) * len(tensors)
    return {
        tensor: entries(item, network.kept(tensor), own if isinstance(own, Setting) else setting)
        for tensor, item, own in zip(tensors, value, items, strict=True)
    }


def _check_target(
    network: Network, table: Mapping[tuple[int, ...], int | Fraction], setting: Setting
) -> None:
    """The target of a cross-entropy is a probability, or probabilities that add up to 1."""
    if not network.rule.below:
        return
    values = tuple(table.values())
    if any(not 0 <= value <= 1 for value in values):
        raise setting.wrong(values, "between 0 and 1 for a cross-entropy")
    if network.rule.below == "softmax" and sum(values) != 1:
        raise setting.wrong(values, "probabilities that add up to 1")


def _component(plan: Fields, view: View, env: Env) -> Asked:
    """The component that is asked for as a number."""
    given = Given(plan.component, env)
    of = given.word("of", ("input", *view.names))
    kind = "bias" if given.truth("bias") else "weights"
    target = INPUT if of == "input" else Tensor(kind=kind, layer=view.names.index(of) + 1)  # type: ignore[arg-type]  # a literal
    setting = plan.component["of"]
    if not has_gradient(view.network, target):
        meant = "`input` or a layer that has such weights"
        raise setting.wrong(of, meant)
    kept = view.network.kept(target)
    index = given.value("index") if "index" in given else ()
    at_index = index if isinstance(index, tuple) else (index,)
    valid = len(at_index) == len(kept) and all(
        isinstance(one, int) and not isinstance(one, bool) and 1 <= one <= size
        for one, size in zip(at_index, kept, strict=True)
    )
    if not valid:
        sizes = " and ".join(f"1 to {size}" for size in kept)
        meant = f"from {sizes} (counted from 1)" if kept else "left out: there is only one"
        field = plan.component.get("index", setting)
        raise field.wrong(index, meant)
    return Asked(target=target, at=tuple(one for one in at_index if isinstance(one, int)))


def _step(plan: Fields, env: Env) -> Step:
    """The settings of the optimizer."""
    given = Given(plan.update, env)
    numbers = {name: given.number(name) for name in plan.update}
    for name in ("rate", "epsilon"):
        if name in numbers and numbers[name] <= 0:
            raise given.setting(name).wrong(numbers[name], "a positive number")
    for name in ("beta1", "beta2", "momentum"):
        if name in numbers and not 0 <= numbers[name] < 1:
            raise given.setting(name).wrong(numbers[name], "at least 0 and less than 1")
    if "step" in numbers:
        given.whole("step", most=1_000)
        if numbers["second"] < 0:
            raise given.setting("second").wrong(numbers["second"], "at least 0")
    return Step(rule=plan.rule, numbers=tuple(numbers.items()))
