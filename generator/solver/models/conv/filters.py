"""What a convolution is made of: its parameters, weights and biases."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import replace
from math import prod

from generator.solver.models.conv.layers import Convolution
from generator.solver.models.conv.measure import measure
from generator.solver.models.conv.quantity import Lasting, MistakeRule, Quantity
from generator.solver.models.conv.wording import by, several, times

Rule = MistakeRule[Convolution]

_COUNTED = "a NumPy layer that counted its own weights"

# --- words and formulas ------------------------------------------------------------------------


def covered(layer: Convolution) -> str:
    r"""The entries that a filter covers: ``3 \times 5 \times 5``; ``5 \times 5`` in one channel."""
    return times(layer.seen, by(layer.kernel))


def one_filter(layer: Convolution) -> str:
    r"""The parameters of one filter: ``3 \times 5 \times 5 + 1``."""
    return f"{covered(layer)} + 1" if layer.bias else covered(layer)


def parameter_product(layer: Convolution) -> str:
    r"""``20 \times (5 \times 5 + 1)``."""
    if layer.filters == 1:
        return one_filter(layer)
    return times(layer.filters, f"({one_filter(layer)})" if layer.bias else one_filter(layer))


def _each_filter(layer: Convolution) -> str:
    return "The filter" if layer.filters == 1 else "Each filter"


def entries(layer: Convolution) -> str:
    """The entries that a filter has a weight for, in words."""
    window = f"the ${by(layer.kernel)}$ entries of its window"
    if len(layer.kernel) == 1:
        window = f"the {several(layer.kernel[0], 'entry')} of its window"
    if layer.seen == 1:
        return window
    of = "the" if layer.groups == 1 else "its"
    return f"{window} in each of {of} {layer.seen} channels"


def group_steps(layer: Convolution) -> tuple[str, ...]:
    """What groups do, if there are several."""
    if layer.groups == 1:
        return ()
    return (
        f"The {layer.channels} channels are split into {layer.groups} groups, so a filter sees "
        f"{'only one' if layer.seen == 1 else f'only {layer.seen}'} of them.",
    )


_SHARED = "The weights are shared by all positions, so the size of the input does not matter."


# --- parameters --------------------------------------------------------------------------------


def _parameter_steps(layer: Convolution) -> tuple[str, ...]:
    bias = "and one bias" if layer.bias else "and no bias"
    return (
        *group_steps(layer),
        f"{_each_filter(layer)} has one weight for each of {entries(layer)}, {bias}. {_SHARED}",
        f"{_together(layer)}: ${equation(parameter_product(layer), layer.parameters)}$.",
    )


def _together(layer: Convolution) -> str:
    return "Together" if layer.filters == 1 else f"With {layer.filters} filters"


def equation(formula: str, value: int) -> str:
    """The formula with its value, unless it is the value already."""
    return formula if formula == str(value) else f"{formula} = {value}"


def _weight_steps(layer: Convolution) -> tuple[str, ...]:
    product = times(layer.filters, covered(layer))
    return (
        *group_steps(layer),
        f"{_each_filter(layer)} has one weight for each of {entries(layer)}. {_SHARED}",
        f"{_together(layer)}: ${equation(product, layer.weights)}$.",
    )


def _bias_steps(layer: Convolution) -> tuple[str, ...]:
    if not layer.bias:
        return ("The layer has no biases: their number is $0$.",)
    if layer.filters == 1:
        return ("The filter has one bias, which it uses at all positions: there is $1$.",)
    return (
        f"Each of the {layer.filters} filters has one bias, which it uses at all positions: "
        f"there are ${layer.filters}$.",
    )


def biases_of_one(layer: Convolution) -> int:
    """The biases of one filter."""
    return int(layer.bias)


def side(layer: Convolution) -> int | None:
    """The side of a window that is as wide as it is high."""
    sides = set(layer.kernel)
    return sides.pop() if len(layer.kernel) > 1 and len(sides) == 1 else None


def _side_only(layer: Convolution) -> int | None:
    length = side(layer)
    if length is None:
        return None
    return layer.filters * (layer.seen * length + biases_of_one(layer))


_NO_BIAS: Rule = MistakeRule(
    result=lambda layer: layer.weights if layer.bias else None,
    because=lambda layer: (
        "The bias is missing: the filter has one."
        if layer.filters == 1
        else f"The biases are missing: each of the {layer.filters} filters has one."
    ),
)
_LAYER_BIAS: Rule = MistakeRule(
    result=lambda layer: layer.weights + 1 if layer.bias else None,
    because=lambda _: "There is one bias for each filter, not one for the whole layer.",
)
_WITH_BIAS: Rule = MistakeRule(
    result=lambda layer: None if layer.bias else layer.weights + layer.filters,
    because=lambda _: "This layer has no biases, but one for each filter was counted.",
)
NO_CHANNELS: Rule = MistakeRule(
    result=lambda layer: layer.filters * (prod(layer.kernel) + biases_of_one(layer)),
    because=lambda layer: (
        f"The channels are left out: a filter sees {layer.seen} of them and has "
        "weights of its own for each."
    ),
)
SIDE_ONLY: Rule = MistakeRule(
    result=_side_only,
    because=lambda layer: (
        f"A window of ${by(layer.kernel)}$ has {prod(layer.kernel)} entries, not {side(layer)}."
    ),
)
_BIAS_PER_CHANNEL: Rule = MistakeRule(
    result=lambda layer: layer.weights + layer.filters * layer.seen if layer.bias else None,
    because=lambda _: "A filter has one bias in all, not one for each channel that it sees.",
)
ALL_CHANNELS: Rule = MistakeRule(
    result=lambda layer: (
        layer.filters * (layer.channels * prod(layer.kernel) + biases_of_one(layer))
    ),
    because=lambda layer: (
        f"The groups are left out: with {layer.groups} groups a filter sees "
        f"{layer.seen} of the {layer.channels} channels."
    ),
)
_PER_POSITION: Rule = MistakeRule(
    result=lambda layer: layer.outputs * (layer.covered + biases_of_one(layer)),
    because=lambda _: (
        "The weights are shared: a filter uses the same ones at every position, so "
        "they are counted once."
    ),
)
_ONE_FILTER: Rule = MistakeRule(
    result=lambda layer: layer.covered + biases_of_one(layer),
    because=lambda layer: f"These are the parameters of one filter; the layer has {layer.filters}.",
)
_DENSE: Rule = MistakeRule(
    result=lambda layer: layer.inputs * layer.filters + layer.biases,
    because=lambda _: (
        "This connects every input with every filter by a weight of its own; a "
        "filter has weights only for its window."
    ),
)
_UNITS: Rule = MistakeRule(
    result=lambda layer: layer.outputs,
    because=lambda _: "This is the number of units that come out, not of the weights.",
)


def _bank(layer: Convolution) -> Hashable:
    return layer.bank


_PARAMETERS: Quantity[Convolution] = Quantity(
    closed=lambda layer: layer.parameters,
    counted=lambda layer: measure(layer).parameters,
    how=_COUNTED,
    steps=_parameter_steps,
    told=_bank,
    mistakes=(
        Lasting(_bank, (_NO_BIAS, _LAYER_BIAS, _WITH_BIAS, NO_CHANNELS, ALL_CHANNELS)),
        _PER_POSITION,
        Lasting(_bank, (SIDE_ONLY, _BIAS_PER_CHANNEL, _ONE_FILTER)),
        _DENSE,
        _UNITS,
    ),
)


def _bare(rule: Rule) -> Rule:
    """The same mistake where the biases are not asked for."""

    def result(layer: Convolution) -> int | tuple[int, ...] | None:
        return rule.result(replace(layer, bias=False))

    return MistakeRule(result=result, because=rule.because)


_BIASES_TOO: Rule = MistakeRule(
    result=lambda layer: layer.parameters,
    because=lambda _: "The biases are counted too; only the weights are asked for.",
)

_WEIGHTS: Quantity[Convolution] = Quantity(
    closed=lambda layer: layer.weights,
    counted=lambda layer: measure(layer).weights,
    how=_COUNTED,
    steps=_weight_steps,
    told=_bank,
    mistakes=(
        Lasting(_bank, (_BIASES_TOO, _bare(NO_CHANNELS), _bare(ALL_CHANNELS))),
        _bare(_PER_POSITION),
        Lasting(_bank, (_bare(SIDE_ONLY), _bare(_ONE_FILTER))),
        _UNITS,
    ),
)

_BIASES: Quantity[Convolution] = Quantity(
    closed=lambda layer: layer.biases,
    counted=lambda layer: measure(layer).biases,
    how=_COUNTED,
    steps=_bias_steps,
    mistakes=(
        MistakeRule(
            result=lambda layer: None if layer.bias else layer.filters,
            because=lambda _: "This layer has no biases.",
        ),
        MistakeRule(result=lambda _: 1, because=_LAYER_BIAS.because),
        MistakeRule(
            result=lambda layer: layer.outputs,
            because=lambda _: "A filter uses the same bias at every position: it is counted once.",
        ),
        MistakeRule(
            result=lambda layer: layer.filters * layer.seen,
            because=_BIAS_PER_CHANNEL.because,
        ),
        MistakeRule(
            result=lambda layer: layer.weights,
            because=lambda _: "A filter has one bias in all, not one for each of its weights.",
        ),
    ),
)

FILTERS: Mapping[str, Quantity[Convolution]] = {
    "parameters": _PARAMETERS,
    "weights": _WEIGHTS,
    "biases": _BIASES,
}
"""The quantities of a convolution's weights, by their names."""
