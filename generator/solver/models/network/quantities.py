"""The quantities of a network: how each is computed, and how it is derived.

`QUANTITIES` are those of the whole network, `GROUPS` those of its layers, by the layer's name. What
has no derivation (an equation) can be shown, but not asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from generator.model.dataclass import dataclass
from generator.model.value import Formula
from generator.solver.contract import Derivation, Quantity
from generator.solver.models.network import derivations, exact
from generator.solver.models.network.asked import Step
from generator.solver.models.network.gradient import chain, has_gradient
from generator.solver.models.network.meaning import comparable
from generator.solver.models.network.numeric import INPUT, LOSS, TARGET, tabulated
from generator.solver.models.network.proof import component
from generator.solver.models.network.terms import Tensor
from generator.solver.models.network.updates import UPDATES

if TYPE_CHECKING:  # an instance looks its quantities up here
    from generator.solver.models.network.instance import NetworkInstance


class Lacking(KeyError):  # noqa: N818 - the bank asks too much, nothing is broken
    """What the model has in other variants, or has only to be shown, and why not here."""

    def __init__(self, reason: str, cure: str = "a constraint can keep such variants out") -> None:
        super().__init__(reason)
        self.reason, self.cure = reason, cure


# --- plain quantities --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Plain:
    """A quantity of the whole network."""

    value: Callable[[NetworkInstance], object]
    derive: Callable[[NetworkInstance], Derivation]


def _hidden(model: NetworkInstance) -> tuple[int, ...]:
    """The layers of hidden units: those with weights, but for the last."""
    learned = [n for n, layer in enumerate(model.view.network.layers, start=1) if layer.weights]
    return tuple(learned[:-1])


def _hidden_units(model: NetworkInstance) -> int:
    return sum(model.view.network.shape(number).size for number in _hidden(model))


def _hidden_derived(model: NetworkInstance) -> Derivation:
    if not _hidden(model):
        raise Lacking("this network has no hidden units")
    return derivations.units(model.view, _hidden(model))


def _component(model: NetworkInstance) -> Quantity:
    asked = model.component()
    return exact.quantity(
        component(chain(model.view.network, asked.target), model.sample.scope, asked.at)
    )


def _component_derived(model: NetworkInstance) -> Derivation:
    asked = model.component()
    model.check_size(asked.target)
    return derivations.component_value(model.view, model.sample, asked)


def _component_partial(model: NetworkInstance) -> Formula:
    asked = model.component()
    return model.view.partial(asked.target, asked.at)


def _step(model: NetworkInstance) -> Step:
    if model.step is None:
        raise KeyError("updated")
    return model.step


def _updated(model: NetworkInstance) -> Quantity:
    asked, step, scope = model.component(), _step(model), model.sample.scope
    weight = scope.tensors[asked.target][asked.at]
    slope = component(chain(model.view.network, asked.target), scope, asked.at)
    return exact.quantity(UPDATES[step.rule].lines(weight, slope, step.settings)[-1].value)


def _updated_derived(model: NetworkInstance) -> Derivation:
    asked, step = model.component(), _step(model)
    model.check_size(asked.target)
    return derivations.updated(model.view, model.sample, asked, step)


def shown_only(name: str) -> Lacking:
    """The error of asking for what is only shown."""
    return Lacking(
        f"`model.{name}` can be shown in a text, but not be asked for",
        "ask for a number, or for `model.gradient.NAME`",
    )


def _shown_only(_: NetworkInstance) -> Derivation:
    raise shown_only("component_partial")


QUANTITIES: Mapping[str, Plain] = MappingProxyType(
    {
        "parameters": Plain(
            value=lambda model: model.view.network.parameters,
            derive=lambda model: derivations.parameters(model.view),
        ),
        "inputs": Plain(
            value=lambda model: model.view.network.shape(0).size,
            derive=lambda model: derivations.units(model.view, (0,)),
        ),
        "hidden_units": Plain(value=_hidden_units, derive=_hidden_derived),
        "loss_value": Plain(
            value=lambda model: exact.quantity(model.sample.scope.tensors[LOSS][()]),
            derive=lambda model: derivations.loss_value(model.view, model.sample),
        ),
        "component": Plain(value=_component, derive=_component_derived),
        "component_partial": Plain(value=_component_partial, derive=_shown_only),
        "updated": Plain(value=_updated, derive=_updated_derived),
    }
)
"""The quantities of the whole network."""


# --- quantities of layers ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A quantity of layers: `key` is what it is computed from, KeyError where it does not exist."""

    key: Callable[[NetworkInstance, str], Any]
    value: Callable[[NetworkInstance, Any], object]
    derive: Callable[[NetworkInstance, Any], Derivation] | None = None


def _layer(model: NetworkInstance, name: str) -> int:
    return model.layer(name)


def _equation(model: NetworkInstance, number: int) -> Formula:
    return model.view.equation(number) if number else model.view.loss_equation()


def _or_loss(model: NetworkInstance, name: str) -> int:
    return 0 if name == "loss" else model.layer(name)


def _named_function(model: NetworkInstance, name: str) -> int:
    number = model.layer(name)
    if number not in model.view.notation.functions:
        raise KeyError(name)
    return number


def _weights(model: NetworkInstance, name: str) -> Tensor:
    target = INPUT if name == "input" else Tensor(kind="weights", layer=model.layer(name))
    return _differentiable(model, target)


def _biases(model: NetworkInstance, name: str) -> Tensor:
    return _differentiable(model, Tensor(kind="bias", layer=model.layer(name)))


def _differentiable(model: NetworkInstance, target: Tensor) -> Tensor:
    if has_gradient(model.view.network, target):
        return target
    if target == INPUT:
        reason = "which unit an input reaches has no index where the kernel is 1, so the gradient "
        raise Lacking(f"{reason}by the input cannot be written")
    what = "biases" if target.kind == "bias" else "weights"
    raise Lacking(f"the layer `{model.view.names[target.layer - 1]}` has no {what}")


def _symbol_key(model: NetworkInstance, name: str) -> Formula:
    ends = {"input": INPUT, "target": TARGET, "loss": LOSS}
    tensor = ends.get(name) or Tensor(kind="output", layer=model.layer(name))
    return _letter(model, tensor)


def _tensor_symbol(kind: Any) -> Callable[[NetworkInstance, str], Formula]:
    def key(model: NetworkInstance, name: str) -> Formula:
        tensor = Tensor(kind=kind, layer=model.layer(name))
        if tensor not in set(model.view.network.learned()):
            raise KeyError(name)
        return _letter(model, tensor)

    return key


def _letter(model: NetworkInstance, tensor: Tensor) -> Formula:
    symbol = model.view.symbol(tensor)
    return Formula(latex=symbol.latex, text=symbol.text)


def _values(kind: Any) -> Callable[[NetworkInstance, str], Tensor]:
    def key(model: NetworkInstance, name: str) -> Tensor:
        if model.numbers is None:
            raise KeyError("data")
        return Tensor(kind=kind, layer=model.layer(name))

    return key


def _gradient(model: NetworkInstance, target: Tensor) -> Formula:
    return comparable(model.view, chain(model.view.network, target).term, target)


def _gradient_derived(model: NetworkInstance, target: Tensor) -> Derivation:
    model.check_size(target)
    return derivations.gradient(model.view, target)


def _partial(model: NetworkInstance, target: Tensor) -> Formula:
    return model.view.partial(target)


def _terms(model: NetworkInstance, target: Tensor) -> str:
    return model.view.terms(target)


def _tabulated(model: NetworkInstance, tensor: Tensor) -> Quantity:
    return tabulated(model.view.network.kept(tensor), model.sample.scope.tensors[tensor])


def _forward_derived(model: NetworkInstance, tensor: Tensor) -> Derivation:
    return derivations.forward(model.view, model.sample, tensor)


GROUPS: Mapping[str, Group] = MappingProxyType(
    {
        "equations": Group(key=_or_loss, value=_equation),
        "functions": Group(
            key=_named_function, value=lambda model, number: model.view.definition(number)
        ),
        "derivatives": Group(
            key=_named_function, value=lambda model, number: model.view.derivative(number)
        ),
        "activations": Group(
            key=_layer,
            value=lambda model, number: model.view.activation(number).name,
        ),
        "symbols": Group(key=_symbol_key, value=lambda model, symbol: symbol),
        "weight_symbols": Group(key=_tensor_symbol("weights"), value=lambda model, symbol: symbol),
        "bias_symbols": Group(key=_tensor_symbol("bias"), value=lambda model, symbol: symbol),
        "ranges": Group(key=_layer, value=lambda model, number: model.view.range(number)),
        "units": Group(
            key=_layer,
            value=lambda model, number: model.view.network.shape(number).size,
            derive=lambda model, number: derivations.units(model.view, (number,)),
        ),
        "counts": Group(
            key=_layer,
            value=lambda model, number: model.view.network.layer(number).parameters,
            derive=lambda model, number: derivations.parameters(model.view, number),
        ),
        "gradient": Group(key=_weights, value=_gradient, derive=_gradient_derived),
        "partial": Group(key=_weights, value=_partial),
        "terms": Group(key=_weights, value=_terms),
        "bias_gradient": Group(key=_biases, value=_gradient, derive=_gradient_derived),
        "bias_partial": Group(key=_biases, value=_partial),
        "bias_terms": Group(key=_biases, value=_terms),
        "forward": Group(key=_values("output"), value=_tabulated, derive=_forward_derived),
        "before": Group(key=_values("pre"), value=_tabulated, derive=_forward_derived),
    }
)
"""The quantities of layers."""
