"""Networks for tests: built by hand, drawn at random, or read from a bank's fields."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from hypothesis import strategies as st

from generator.solver.models.network import read
from generator.solver.models.network.gradient import has_gradient
from generator.solver.models.network.instance import NetworkInstance
from generator.solver.models.network.layers import (
    AveragePool,
    Conv1d,
    Dense,
    Elementwise,
    Layer,
    MaxPool,
    Shape,
    Softmax,
)
from generator.solver.models.network.numeric import INPUT
from generator.solver.models.network.structure import Network
from generator.solver.models.network.terms import Tensor
from tests.solver.trees import spec

Maker = Callable[[Shape], Layer]
ACTIVE = ("sigmoid", "tanh", "relu", "leaky_relu", "elu", "softplus")


def conv(
    kernel: int,
    stride: int = 1,
    *,
    filters: int = 1,
    padding: int = 0,
    bias: bool = False,
    activation: str = "sigmoid",
) -> Maker:
    return lambda inputs: Conv1d(
        inputs=inputs,
        kernel=kernel,
        stride=stride,
        filters=filters,
        padding=padding,
        bias=bias,
        activation=activation,
    )


def dense(units: int = 1, *, bias: bool = False, activation: str = "linear") -> Maker:
    return lambda inputs: Dense(inputs=inputs, size=units, bias=bias, activation=activation)


def network(inputs: int, *makers: Maker, loss: str = "squared", channels: int = 1) -> Network:
    """Layers in a row, each on the output of the one before."""
    shape, layers = Shape(channels=channels, length=inputs), list[Layer]()
    for make in makers:
        layers.append(make(shape))
        shape = layers[-1].output
    return Network(layers=tuple(layers), loss=loss)


ASSIGNMENT = network(6, conv(3), dense())
"""The network of the assignment: six inputs, a filter of three, one linear output."""


def targets(found: Network) -> Iterator[Tensor]:
    """Everything that a network's loss can be differentiated by."""
    yield from found.learned()
    if has_gradient(found, INPUT):
        yield INPUT


# --- at random ---------------------------------------------------------------------------------


@st.composite
def random_networks(draw: st.DrawFn, most_paths: int = 400) -> Network:
    """Stacks of convolutions, pooling, activations and dense layers, of every loss."""
    shape = Shape(channels=draw(st.integers(1, 2)), length=draw(st.integers(3, 8)))
    layers = list[Layer]()
    for _ in range(draw(st.integers(0, 2))):
        layers.append(draw(_windows(shape, padding=0 if layers else 1)))
        shape = layers[-1].output
    for _ in range(draw(st.integers(0, 2))):
        layers.append(draw(_dense(shape)))
        shape = layers[-1].output
    if draw(st.booleans()) or not layers:
        layers.append(draw(_dense(shape, most=2)))
    found = draw(_with_loss(tuple(layers)))
    while found.paths > most_paths and len(found.layers) > 1:
        found = Network(layers=found.layers[: len(found.layers) // 2], loss="squared")
    return found


def _windows(shape: Shape, padding: int) -> st.SearchStrategy[Layer]:
    size = st.integers(1, min(3, shape.length))
    stride = st.integers(1, 2)
    activation = st.sampled_from(ACTIVE)
    same = st.just(shape)
    convolution: st.SearchStrategy[Layer] = st.builds(
        Conv1d,
        inputs=same,
        kernel=size,
        stride=stride,
        filters=st.integers(1, 2),
        padding=st.integers(0, padding),
        bias=st.booleans(),
        activation=activation,
    )
    pools: tuple[st.SearchStrategy[Layer], ...] = (
        st.builds(MaxPool, inputs=same, window=size, stride=stride),
        st.builds(AveragePool, inputs=same, window=size, stride=stride),
    )
    alone: st.SearchStrategy[Layer] = st.builds(Elementwise, inputs=same, activation=activation)
    return st.one_of(convolution, convolution, *pools, alone)


def _dense(shape: Shape, most: int = 3) -> st.SearchStrategy[Layer]:
    return st.builds(
        Dense,
        inputs=st.just(shape),
        size=st.integers(1, most),
        bias=st.booleans(),
        activation=st.sampled_from(("linear", *ACTIVE)),
    )


@st.composite
def _with_loss(draw: st.DrawFn, layers: tuple[Layer, ...]) -> Network:
    last = layers[-1]
    kinds = ["squared", "half_squared", "huber", "binary_cross_entropy"]
    if isinstance(last, Dense) and last.size > 1:
        kinds.append("cross_entropy")
    loss = draw(st.sampled_from(kinds))
    if loss == "binary_cross_entropy":
        if isinstance(last, MaxPool | AveragePool):
            layers = (*layers, Elementwise(inputs=last.output, activation="sigmoid"))
        else:
            layers = (*layers[:-1], replace(last, activation="sigmoid"))
    if loss == "cross_entropy":
        layers = (
            *layers[:-1],
            replace(last, activation="linear"),
            Softmax(inputs=last.output),
        )
    return Network(layers=layers, loss=loss)


# --- as a bank writes them ---------------------------------------------------------------------


def fields(**changes: object) -> dict[str, object]:
    """The assignment's network as a bank's fields, with numbers; `changes` replace fields."""
    return {
        "input": {"symbol": "x", "size": 6},
        "layers": [
            {
                "conv1d": {
                    "name": "hidden",
                    "weights": "v",
                    "kernel": 3,
                    "activation": "sigmoid",
                    "function": "s",
                    "output": "h",
                }
            },
            {"dense": {"name": "output", "weights": "w", "units": 1, "output": "z"}},
        ],
        "loss": {"kind": "squared", "target": "y", "symbol": "R"},
        "data": {"input": [1, 0, 2, -1, 1, 1], "target": 1, "weights": [[1, -1, 0], [2, 1, -1, 1]]},
        "component": {"of": "hidden", "index": 2},
        **changes,
    }


def instance(**changes: object) -> NetworkInstance:
    """The assignment's network, read and fixed."""
    return read(spec("network", fields(**changes))).at({})
