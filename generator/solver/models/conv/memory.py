"""The memory that the numbers of layers take: what comes out of them, and their parameters."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from generator.model.dataclass import dataclass
from generator.solver.models.conv.filters import equation
from generator.solver.models.conv.layers import Layer, titles
from generator.solver.models.conv.measure import Measured, measure
from generator.solver.models.conv.quantity import MistakeRule, Quantity
from generator.solver.models.conv.totals import FLATTENED
from generator.solver.models.conv.wording import by, several, sum_of, times

_HOW = "NumPy arrays that gave their own size in bytes"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """One layer, or all of a stack; every number takes `item_size` bytes."""

    layers: tuple[Layer, ...]
    item_size: int

    @property
    def activations(self) -> int:
        """The numbers that they compute."""
        return sum(layer.activations for layer in self.layers)

    @property
    def parameters(self) -> int:
        """The parameters of all layers."""
        return sum(layer.parameters for layer in self.layers)


def _weighed(shape: Callable[[Measured], tuple[int, ...]]) -> Callable[[Stored], int]:
    """The bytes of arrays with the shapes that the layers measured, of items as wide as asked."""

    def count(stored: Stored) -> int:
        item = np.zeros((), dtype=np.dtype((np.void, stored.item_size)))
        shapes = (shape(measure(layer)) for layer in stored.layers)
        return sum(np.broadcast_to(item, one).nbytes for one in shapes)

    return count


# --- activations -------------------------------------------------------------------------------


def _numbers(stored: Stored) -> tuple[str, ...]:
    """How many numbers come out: a product for one layer, a table for several."""
    if len(stored.layers) == 1:
        (layer,) = stored.layers
        product = equation(by(layer.output_shape), layer.outputs)
        return (f"The layer gives ${product}$ numbers.",)
    rows = ["| layer | output | numbers |", "|---|---|---:|"]
    for title, layer in zip(titles(stored.layers), stored.layers, strict=True):
        rows.append(f"| {title} | ${by(layer.output_shape)}$ | ${layer.activations}$ |")
    terms = sum_of(str(layer.activations) for layer in stored.layers if layer.activations)
    return (
        "The output of every layer is kept, because the backward pass needs it.",
        "\n".join(rows),
        f"Together: ${equation(terms, stored.activations)}$ numbers.",
    )


def _activation_steps(stored: Stored) -> tuple[str, ...]:
    if not stored.activations:
        return (FLATTENED, "So there are $0$ bytes of its own.")
    return (*_numbers(stored), _in_bytes(stored, stored.activations))


def _in_bytes(stored: Stored, count: int) -> str:
    product = equation(times(count, stored.item_size), count * stored.item_size)
    return f"Each takes {several(stored.item_size, 'byte')}: ${product}$ bytes."


_UNWEIGHED = "This is how many numbers there are, not how many bytes they take."
_BITS = "These are bits; a byte has eight of them."


def _input(stored: Stored) -> int:
    return stored.layers[0].inputs * stored.item_size


def _output(stored: Stored) -> int:
    return stored.activations * stored.item_size


_ACTIVATIONS: Quantity[Stored] = Quantity(
    closed=_output,
    counted=_weighed(lambda measured: measured.output_shape if measured.own else (0,)),
    how=_HOW,
    steps=_activation_steps,
    shared=lambda stored: stored,
    mistakes=(
        MistakeRule(result=lambda stored: stored.activations, because=lambda _: _UNWEIGHED),
        MistakeRule(
            result=lambda stored: stored.parameters * stored.item_size,
            because=lambda _: (
                "This is what the parameters take; the numbers that come out are asked for."
            ),
        ),
        MistakeRule(
            result=lambda stored: stored.layers[-1].outputs * stored.item_size,
            because=lambda _: (
                "Every layer's output is kept for the backward pass, not only the last."
            ),
        ),
        MistakeRule(
            result=lambda stored: (
                _input(stored) + _output(stored) if len(stored.layers) > 1 else None
            ),
            because=lambda _: "The input of the network is no activation of a layer.",
        ),
        MistakeRule(
            result=lambda stored: stored.item_size * sum(layer.outputs for layer in stored.layers),
            because=lambda _: FLATTENED,
        ),
        MistakeRule(
            result=lambda stored: 8 * _output(stored),
            because=lambda _: _BITS,
        ),
        MistakeRule(
            result=lambda stored: _input(stored) if len(stored.layers) == 1 else None,
            because=lambda _: "This is what goes into the layer, not what comes out of it.",
        ),
        MistakeRule(
            result=lambda stored: (
                stored.activations // stored.layers[0].output_shape[0] * stored.item_size
                if len(stored.layers) == 1
                else None
            ),
            because=lambda stored: (
                f"This is one of {stored.layers[0].output_shape[0]} feature maps."
            ),
        ),
    ),
)

# --- parameters --------------------------------------------------------------------------------


def _learned(stored: Stored) -> tuple[str, ...]:
    if len(stored.layers) == 1:
        return (f"The layer has {several(stored.parameters, 'parameter')}.",)
    counts = [layer.parameters for layer in stored.layers if layer.parameters]
    terms = f"{sum_of(map(str, counts))} = " if len(counts) > 1 else ""
    return (f"The layers have ${terms}{stored.parameters}$ parameters in all.",)


_PARAMETERS: Quantity[Stored] = Quantity(
    closed=lambda stored: stored.parameters * stored.item_size,
    counted=_weighed(lambda measured: (measured.parameters,)),
    how=_HOW,
    steps=lambda stored: (*_learned(stored), _in_bytes(stored, stored.parameters)),
    shared=lambda stored: stored,
    mistakes=(
        MistakeRule(result=lambda stored: stored.parameters, because=lambda _: _UNWEIGHED),
        MistakeRule(
            result=lambda stored: sum(layer.weights for layer in stored.layers) * stored.item_size,
            because=lambda _: "The biases take memory too.",
        ),
        MistakeRule(
            result=lambda stored: stored.activations * stored.item_size,
            because=lambda _: "This is what the numbers take that come out, not the parameters.",
        ),
        MistakeRule(
            result=lambda stored: 8 * stored.parameters * stored.item_size,
            because=lambda _: _BITS,
        ),
    ),
)

MEMORY: Mapping[str, Quantity[Stored]] = {
    "activation_memory": _ACTIVATIONS,
    "parameter_memory": _PARAMETERS,
}
"""What can be asked of the memory of a layer or a stack, by its name."""
