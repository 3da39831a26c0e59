"""Wrong turns on the way to a gradient: each edits the chain of links.

A flaw is a rule, not a result: the wrong formula is the edited chain multiplied out, the wrong
number its value for given data. A flaw that cannot be made in a network gives None; whether it
makes a difference is for `mistakes_gradient` to find out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

from generator.solver.models.network.activations import ACTIVATIONS
from generator.solver.models.network.gradient import Chain, Link
from generator.solver.models.network.index import letter
from generator.solver.models.network.layers import Conv1d, Dense, entry
from generator.solver.models.network.losses import LOSSES
from generator.solver.models.network.structure import Network
from generator.solver.models.network.terms import (
    ONE,
    ZERO,
    Entry,
    Tensor,
    Term,
    constant,
    multiply,
    negative,
    put,
)

Edit = Callable[[Network, Chain], Chain | None]
"""The wrong chain, or None where the mistake cannot be made."""

CONFUSED = {"sigmoid": "tanh", "tanh": "sigmoid", "softplus": "sigmoid", "relu": "sigmoid"}
"""Activation -> the one whose derivative is taken by mistake."""


def _change(chain: Chain, where: Callable[[Link], bool], change: Callable[[Link], Link]) -> Chain:
    links = tuple(change(link) if where(link) else link for link in chain.links)
    return replace(chain, links=links)


def _loss_factor(chain: Chain, factor: Term) -> Chain:
    return replace(chain, links=(replace(chain.links[0], factor=factor), *chain.links[1:]))


def _last_factor(chain: Chain, factor: Term) -> Chain:
    return replace(chain, links=(*chain.links[:-1], replace(chain.links[-1], factor=factor)))


# --- the loss ----------------------------------------------------------------------------------


def inner_sign(network: Network, chain: Chain) -> Chain | None:
    """The inner derivative -1 of an error is forgotten."""
    factor = negative(chain.links[0].factor)
    return None if network.rule.below else _loss_factor(chain, factor)


def opposite_sign(network: Network, chain: Chain) -> Chain | None:
    """A cross-entropy's derivative with the opposite sign."""
    factor = chain.links[0].factor
    return _loss_factor(chain, multiply(constant(-1), factor)) if network.rule.below else None


def no_two(network: Network, chain: Chain) -> Chain | None:
    """The exponent of a square does not come down."""
    half = multiply(constant(Fraction(1, 2)), chain.links[0].factor)
    return _loss_factor(chain, half) if network.loss == "squared" else None


def extra_two(network: Network, chain: Chain) -> Chain | None:
    """The exponent comes down although the loss has a factor 1/2."""
    double = multiply(constant(2), chain.links[0].factor)
    return _loss_factor(chain, double) if network.loss == "half_squared" else None


def no_loss(_: Network, chain: Chain) -> Chain | None:
    """The output is differentiated instead of the loss."""
    return _loss_factor(chain, ONE)


def output_slope(network: Network, chain: Chain) -> Chain | None:
    """The hidden layer's activation is differentiated at the linear output too."""
    last = network.layer(network.depth)
    hidden = [layer.activation for layer in network.layers[:-1] if layer.activation != "linear"]
    if last.activation != "linear" or network.rule.below or not hidden:
        return None
    slope = put(ACTIVATIONS[hidden[-1]].derivative, value=network.output(network.depth))
    return _loss_factor(chain, multiply(chain.links[0].factor, slope))


def doubled_slope(network: Network, chain: Chain) -> Chain | None:
    """The derivative of the sigmoid or softmax is taken once more beside a cross-entropy's."""
    if not network.rule.below:
        return None
    slope = put(ACTIVATIONS["sigmoid"].derivative, value=network.output(network.depth))
    return _loss_factor(chain, multiply(chain.links[0].factor, slope))


def no_clip(network: Network, chain: Chain) -> Chain | None:
    """Huber's loss is differentiated as a square everywhere."""
    if network.loss != "huber":
        return None
    return _loss_factor(chain, network.loss_terms(LOSSES["half_squared"](ONE.value).derivative))


# --- the way down ------------------------------------------------------------------------------


def no_sharing(network: Network, chain: Chain) -> Chain | None:
    """The sum over the positions of a convolution is forgotten."""
    return _no_sum(chain) if is_shared(network, chain) else None


def no_sum(network: Network, chain: Chain) -> Chain | None:
    """The sum over several paths is forgotten."""
    return None if is_shared(network, chain) else _no_sum(chain)


def is_shared(network: Network, chain: Chain) -> bool:
    """Whether the target is used at several positions."""
    tensor = chain.target.tensor
    learned = tensor.kind in {"weights", "bias"}
    return learned and isinstance(network.layer(tensor.layer), Conv1d)


def _no_sum(chain: Chain) -> Chain | None:
    if not any(link.sums for link in chain.links):
        return None
    return _change(chain, lambda link: bool(link.sums), lambda link: replace(link, sums=()))


def slopes(chain: Chain) -> list[Link]:
    """The derivatives of activation functions in a chain."""
    return [link for link in chain.links if link.role == "activation"]


def weights_passed(chain: Chain) -> list[Link]:
    """The derivatives of layers by the layers below that say something."""
    return [link for link in chain.links if link.role == "through" and link.factor != ONE]


def no_slope(_: Network, chain: Chain) -> Chain | None:
    """The derivatives of activation functions are forgotten."""
    if not slopes(chain):
        return None
    return _change(
        chain, lambda link: link.role == "activation", lambda link: replace(link, factor=ONE)
    )


def other_slope(network: Network, chain: Chain) -> Chain | None:
    """The derivative of another activation function is taken."""
    if not slopes(chain):
        return None
    last = slopes(chain)[-1]
    wrong = CONFUSED.get(network.layer(last.layer).activation)
    if wrong is None:
        return None
    slope = put(ACTIVATIONS[wrong].derivative, value=network.output(last.layer, last.at))
    return _change(chain, lambda link: link is last, lambda link: replace(link, factor=slope))


def no_weight(_: Network, chain: Chain) -> Chain | None:
    """The derivative of a layer by the layer below is forgotten."""
    if not weights_passed(chain):
        return None
    first = weights_passed(chain)[0]
    return _change(chain, lambda link: link is first, lambda link: replace(link, factor=ONE))


# --- the last factor ---------------------------------------------------------------------------


def _convolved(network: Network, chain: Chain) -> tuple[Conv1d, Entry] | None:
    """The convolution whose weights are asked for, and the input that is their last factor."""
    layer, factor = network.layer(max(chain.target.tensor.layer, 1)), chain.links[-1].factor
    if chain.target.tensor.kind != "weights" or not isinstance(layer, Conv1d):
        return None
    return (layer, factor) if isinstance(factor, Entry) and layer.inputs.length > 1 else None


def index_off_by_one(network: Network, chain: Chain) -> Chain | None:
    """``x_{i+j}``: positions counted from 0 in one place and from 1 in another."""
    found = _convolved(network, chain)
    if found is None:
        return None
    *channel, position = found[1].at
    moved = replace(found[1], at=(*channel, position + 1), padded=True)
    return _last_factor(chain, moved)


def no_stride(network: Network, chain: Chain) -> Chain | None:
    """``x_{i+j-1}`` although the stride is not 1."""
    found = _convolved(network, chain)
    if found is None or found[0].stride == 1:
        return None
    link, closer = chain.links[-1], replace(found[0], stride=1)
    source = closer.taps(link.layer, link.at, network.letters).source
    return _last_factor(chain, closer.source(link.layer, source))


def fixed_window(network: Network, chain: Chain) -> Chain | None:
    """``x_j``: the place in the window taken for the place in the input."""
    found = _convolved(network, chain)
    if found is None or found[0].kernel == 1 or found[0].output.length == 1:
        return None
    *channel, _ = found[1].at
    inside = letter(network.letters.kernels[chain.links[-1].layer])
    return _last_factor(chain, replace(found[1], at=(*channel, inside)))


def network_input(network: Network, chain: Chain) -> Chain | None:
    """``x_i`` where a dense layer's own input ``h_i`` belongs."""
    tensor, factor = chain.target.tensor, chain.links[-1].factor
    below = chain.links[-1].layer - 1
    if tensor.kind != "weights" or below < 1 or not isinstance(factor, Entry):
        return None
    if not isinstance(network.layer(tensor.layer), Dense):
        return None
    lower = Tensor(kind="output", layer=below - 1)
    sizes, place = network.shape(below - 1).axes, network.letters.place(below)
    return _last_factor(chain, entry(lower, sizes, place, padded=True))


def factor_itself(_: Network, chain: Chain) -> Chain | None:
    """A product differentiated by the wrong factor."""
    return _last_factor(chain, chain.target) if chain.target.tensor.kind != "bias" else None


def no_last_weight(_: Network, chain: Chain) -> Chain | None:
    """The weight between the input and the first layer is forgotten."""
    return _last_factor(chain, ONE) if chain.target.tensor.kind == "output" else None


def bias_as_weight(network: Network, chain: Chain) -> Chain | None:
    """A bias multiplied by its layer's input."""
    if chain.target.tensor.kind != "bias":
        return None
    link = chain.links[-1]
    layer = network.layer(link.layer)
    source = layer.taps(link.layer, link.at, network.letters).source
    return _last_factor(chain, layer.source(link.layer, source))


def bias_as_constant(_: Network, chain: Chain) -> Chain | None:
    """The derivative by a bias taken for 0."""
    return _last_factor(chain, ZERO) if chain.target.tensor.kind == "bias" else None
