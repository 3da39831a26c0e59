"""Worked solutions of counts: weights and biases of each layer, units, and their totals."""

from __future__ import annotations

from generator.solver.models.network.layers import Conv1d, Dense, Pool
from generator.solver.models.network.terms import Tensor
from generator.solver.models.network.view import View, several


def layer_parameters(view: View, number: int) -> str:
    """Why a layer has so many parameters, in a sentence or two."""
    layer = view.network.layer(number)
    if isinstance(layer, Conv1d):
        return _conv(view, number, layer)
    if isinstance(layer, Dense):
        return _dense(view, number, layer)
    return f"Layer {number} ({view.noun(number)}) has nothing to learn: 0 parameters."


def parameters_steps(view: View) -> tuple[str, ...]:
    """The parameters layer by layer, and their total."""
    counts = [layer.parameters for layer in view.network.layers if layer.weights]
    steps = [
        layer_parameters(view, number)
        for number, layer in enumerate(view.network.layers, start=1)
        if layer.weights
    ]
    if len(counts) > 1:
        steps.append(f"Altogether: ${' + '.join(map(str, counts))} = {sum(counts)}$.")
    return tuple(steps)


def _conv(view: View, number: int, layer: Conv1d) -> str:
    each = layer.inputs.channels * layer.kernel
    use = f", which all of ${view.units(number)}$ share" if layer.output.length > 1 else ""
    if layer.filters > 1:
        size = several(each, "weight")
        if layer.inputs.channels > 1:
            size = rf"${layer.inputs.channels} \times {layer.kernel} = {each}$ weights"
        bias = " and one bias" if layer.bias else ""
        return (
            f"The convolution has {layer.filters} filters, each of {size}{bias}{use}: "
            f"{_count(layer.filters, each, bias=layer.bias)}."
        )
    return (
        f"The convolution has one filter of {several(each, 'weight')}, "
        f"{_weights(view, number)}{use}: {_count(1, each, bias=layer.bias)}."
    )


def _dense(view: View, number: int, layer: Dense) -> str:
    each = layer.inputs.size
    inputs = f"one weight for each of its {several(each, 'input')}"
    if layer.size == 1:
        return (
            f"The dense layer has {inputs}, {_weights(view, number)}: "
            f"{_count(1, each, bias=layer.bias)}."
        )
    bias = " and one bias" if layer.bias else ""
    return (
        f"Each of the {layer.size} units of the dense layer has {inputs}{bias}: "
        f"{_count(layer.size, each, bias=layer.bias)}."
    )


def _weights(view: View, number: int) -> str:
    """The weights of a single filter or unit, and its bias."""
    weights = f"${view.listed(Tensor(kind='weights', layer=number))}$"
    if not view.network.layer(number).bias:
        return weights
    return f"{weights}, and one bias ${view.symbol(Tensor(kind='bias', layer=number)).latex}$"


def _count(times: int, each: int, *, bias: bool) -> str:
    r"""``$2 \times (3 + 1) = 8$ parameters``."""
    one = f"{each} + 1" if bias else f"{each}"
    total = times * (each + bias)
    if times == 1:
        formula = f"{one} = {total}" if bias else f"{total}"
    else:
        formula = rf"{times} \times {f'({one})' if bias else one} = {total}"
    return f"${formula}$ parameter{'s' * (total != 1)}"


def unit_step(view: View, number: int) -> str:
    """Why a layer has so many units."""
    network = view.network
    if number == 0:
        return f"The input has {several(network.shape(0).size, 'entry')}."
    layer = network.layer(number)
    if isinstance(layer, Dense):
        return f"The dense layer has {several(layer.size, 'unit')}."
    if not isinstance(layer, Conv1d | Pool):
        return f"The layer has as many units as its input: {layer.output.size}."
    return _positions(layer)


def _positions(layer: Conv1d | Pool) -> str:
    padding = layer.padding if isinstance(layer, Conv1d) else 0
    padded = f"{layer.inputs.length} + 2 \\cdot {padding}" if padding else f"{layer.inputs.length}"
    room = layer.inputs.length + 2 * padding - layer.span
    quotient = rf"\frac{{{padded} - {layer.span}}}{{{layer.stride}}}"
    if room % layer.stride:
        quotient = rf"\left\lfloor {quotient} \right\rfloor"
    words = (
        f"The first window begins at the first entry, and the window of {layer.span} moves by "
        f"{layer.stride} as long as it fits: ${quotient} + 1 = {layer.output.length}$ positions."
    )
    if layer.output.channels == 1:
        return words
    total = rf"{layer.output.channels} \times {layer.output.length} = {layer.output.size}"
    return f"{words} Each of the {layer.output.channels} channels has so many: ${total}$ units."
