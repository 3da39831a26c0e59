"""The mistakes of counts: parameters, and units of a layer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from generator.solver.contract import KnownMistake
from generator.solver.models.network.layers import Conv1d, Dense, Layer, Pool
from generator.solver.models.network.view import View, several

MOST_SHOWN = 8
"""Wrong counts that a marker still looks through."""

_HALF = Fraction(1, 2)
Wrong = tuple[int, str, Fraction]
"""A wrong count, the words that name the mistake and mend it, and what it still earns."""


def parameter_mistakes(view: View, numbers: tuple[int, ...]) -> tuple[KnownMistake, ...]:
    """The wrong counts of the parameters of some layers together."""
    layers = [view.network.layer(number) for number in numbers]
    right = sum(layer.parameters for layer in layers)
    return _different(right, _parameters(view, numbers, layers))


def _parameters(view: View, numbers: tuple[int, ...], layers: list[Layer]) -> Iterator[Wrong]:
    right = sum(layer.parameters for layer in layers)
    yield from _as_if_not_shared(layers, right)
    yield from _biases(layers, right)
    yield from _miscounted(view, numbers, layers, right)


def _as_if_not_shared(layers: list[Layer], right: int) -> Iterator[Wrong]:
    convolutions = [layer for layer in layers if isinstance(layer, Conv1d)]
    if convolutions:
        unshared = sum(layer.parameters * (layer.output.length - 1) for layer in convolutions)
        yield (
            right + unshared,
            "The convolution shares its weights: every position uses the same ones, which count "
            "once, not once for each position.",
            Fraction(0),
        )
        yield (
            sum(_if_dense(layer) for layer in layers),
            "The convolution is not fully connected: a unit sees only its window, and all "
            "positions share the same weights.",
            Fraction(0),
        )


def _biases(layers: list[Layer], right: int) -> Iterator[Wrong]:
    biases = sum(layer.units for layer in layers if layer.bias)
    if biases:
        yield (
            right - biases,
            f"The biases are parameters too: there {'is' if biases == 1 else 'are'} "
            f"{several(biases, 'bias')}.",
            _HALF,
        )
    else:
        yield (
            right + sum(layer.units for layer in layers),
            "There are no bias terms here, so none are counted.",
            _HALF,
        )
        yield (
            right + sum(layer.output.size for layer in layers if layer.weights),
            "There are no bias terms here, and a unit as such is not a parameter.",
            Fraction(0),
        )
    convolutions = [layer for layer in layers if isinstance(layer, Conv1d)]
    shared = [layer for layer in convolutions if layer.bias and layer.output.length > 1]
    if shared:
        extra = sum(layer.units * (layer.output.length - 1) for layer in shared)
        yield (
            right + extra,
            "A convolution has one bias for each filter, which all positions share, not one for "
            "each position.",
            _HALF,
        )


def _miscounted(
    view: View, numbers: tuple[int, ...], layers: list[Layer], right: int
) -> Iterator[Wrong]:
    learned = [layer for layer in layers if layer.weights]
    if len(learned) > 1:
        yield (
            learned[0].parameters,
            "This counts the first layer alone; the later layers have weights as well.",
            Fraction(0),
        )
        yield (
            learned[-1].parameters,
            "This counts the last layer alone; the layers before it have weights as well.",
            Fraction(0),
        )
    if 1 in numbers:
        inputs = view.network.shape(0).size
        yield (
            right + inputs,
            f"{_of_inputs(inputs)} data, not parameters: nothing is learned there.",
            Fraction(0),
        )
    yield (
        sum(_added(layer) for layer in layers),
        "The inputs and units of a fully connected layer are multiplied, not added: each unit has "
        "a weight for every input.",
        Fraction(0),
    )
    yield (
        sum(layer.output.size for layer in learned),
        "These are the units; what is learned are their weights.",
        Fraction(0),
    )
    biased = [layer for layer in learned if layer.bias]
    yield (
        right - sum(layer.units - 1 for layer in biased),
        "A layer has one bias for each unit or filter, not one altogether.",
        _HALF,
    )


def _of_inputs(count: int) -> str:
    return "The input is" if count == 1 else f"The {count} inputs are"


def _added(layer: Layer) -> int:
    """The parameters of a layer, its inputs added to its units where it is fully connected."""
    if not isinstance(layer, Dense):
        return layer.parameters
    return layer.inputs.size + layer.size + (layer.units if layer.bias else 0)


def _if_dense(layer: Layer) -> int:
    """The parameters of a layer as if it were fully connected."""
    if not isinstance(layer, Conv1d):
        return layer.parameters
    bias = layer.output.size if layer.bias else 0
    return layer.inputs.size * layer.output.size + bias


def unit_mistakes(view: View, numbers: tuple[int, ...]) -> tuple[KnownMistake, ...]:
    """The wrong counts of the units of some layers together; layer 0 is the input."""
    right = sum(view.network.shape(number).size for number in numbers)
    return _different(right, _unit_counts(view, numbers))


def _unit_counts(view: View, numbers: tuple[int, ...]) -> Iterator[Wrong]:
    network = view.network
    if len(numbers) == 1 and numbers[0]:
        yield from _units(network.layer(numbers[0]))
    every = range(network.depth + 1)
    if len(numbers) > 1:
        for number in numbers:
            words = f"This counts layer {number} alone; the other layers have units as well."
            yield network.shape(number).size, words, Fraction(0)
    sizes = [network.shape(number).size for number in every]
    if 0 not in numbers:
        words = "These are the inputs: they are given, and no units that compute."
        yield sizes[0], words, Fraction(0)
    if network.depth not in numbers:
        words = "These are the outputs of the network."
        yield sizes[-1], words, Fraction(0)
    words = "This counts the inputs, or the outputs, as well."
    yield sum(sizes[number] for number in {*numbers, 0, network.depth}), words, Fraction(0)
    words = "These are the parameters, not the units."
    yield network.parameters, words, Fraction(0)


def _units(layer: Layer) -> Iterator[Wrong]:
    if not isinstance(layer, Conv1d | Pool):
        yield (
            layer.inputs.size,
            "This is the number of inputs of the layer, not of its units.",
            Fraction(0),
        )
        return
    padding = layer.padding if isinstance(layer, Conv1d) else 0
    channels, room = layer.output.channels, layer.inputs.length + 2 * padding - layer.span
    yield (
        channels * (room // layer.stride),
        "The first position of the window counts too: add 1 after dividing by the stride.",
        _HALF,
    )
    yield (
        channels * (room + 1),
        f"The stride is missing: the window moves by {layer.stride} at a time.",
        _HALF,
    )
    yield (
        channels * layer.inputs.length,
        "The window has to fit into the input, so there are fewer positions than inputs.",
        Fraction(0),
    )
    if channels > 1:
        yield (
            layer.output.length,
            f"These are the positions of one filter; there are {channels} filters.",
            _HALF,
        )
    if padding:
        yield (
            channels * ((layer.inputs.length - layer.span) // layer.stride + 1),
            f"The padding is missing: {padding} on each side.",
            _HALF,
        )


def _different(right: int, found: Iterable[Wrong]) -> tuple[KnownMistake, ...]:
    """Those that are wrong indeed, no two the same."""
    taken, result = {right}, []
    for value, because, worth in found:
        if value not in taken and value >= 0:
            taken.add(value)
            result.append(KnownMistake(result=value, because=because, worth=worth))
    return tuple(result[:MOST_SHOWN])
