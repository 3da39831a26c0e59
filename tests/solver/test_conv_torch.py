"""Random stacks against PyTorch's own layers: a third opinion, where PyTorch is installed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import chain
from math import prod
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from generator.solver.models.conv.layers import (
    Activation,
    BatchNorm,
    Convolution,
    Dense,
    Flatten,
    GlobalPooling,
    Layer,
    Pooling,
    TransposedConvolution,
    Windowed,
)
from generator.solver.models.conv.stack import Stack
from generator.solver.models.conv.window import TransposedWindow
from tests.solver.stacks import layer_stacks
from tests.structures import structures

torch: Any = pytest.importorskip("torch", reason="PyTorch (the package `torch`) is not installed")

pytestmark = pytest.mark.filterwarnings("ignore:Using padding='same':UserWarning")  # it is slow

MANY = settings(
    max_examples=structures(400),
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],  # PyTorch's first layer takes its time
)


# --- the layers of a stack, made by PyTorch ----------------------------------------------------


def made(layer: Layer) -> Any:
    """The same layer in PyTorch, in the same words."""
    return _MADE[type(layer)](layer)


def _each(layer: Windowed, name: str) -> tuple[int, ...]:
    return tuple(getattr(window, name) for window in layer.windows)


def _symmetric(layer: Windowed) -> bool:
    return _each(layer, "before") == _each(layer, "after")


def _ends(layer: Windowed, sign: int) -> list[int]:
    """The padding as `torch.nn.functional.pad` wants it: the last axis first."""
    pairs = [(sign * window.before, sign * window.after) for window in reversed(layer.windows)]
    return list(chain.from_iterable(pairs))


def _nn(kind: str, layer: Layer) -> Any:
    """``Conv2d`` for two axes; a flat input counts as one."""
    return getattr(torch.nn, f"{kind}{max(1, len(layer.input_shape) - 1)}d")


class Padded(torch.nn.Module):  # type: ignore[misc]  # PyTorch comes without types
    """What PyTorch's layers pad alike at both ends, padded here at each end by itself."""

    def __init__(self, ends: list[int], value: float) -> None:
        super().__init__()
        self.ends, self.value = ends, value

    def forward(self, numbers: Any) -> Any:
        return torch.nn.functional.pad(numbers, self.ends, value=self.value)


def _convolution(layer: Convolution) -> Any:
    same = layer.windows[0].same and set(_each(layer, "stride")) == {1}
    own = "same" if same else _each(layer, "before") if _symmetric(layer) else 0
    convolution = _nn("Conv", layer)(
        layer.channels,
        layer.filters,
        layer.kernel,
        stride=_each(layer, "stride"),
        padding=own,
        dilation=_each(layer, "dilation"),
        groups=layer.groups,
        bias=layer.bias,
    )
    if own:
        return convolution
    return torch.nn.Sequential(Padded(_ends(layer, 1), 0.0), convolution)


def _transposed(layer: TransposedConvolution) -> Any:
    """PyTorch cuts off the same at both ends; `same` may add more than its output padding can."""
    extra = tuple(w.extra for w in layer.windows if isinstance(w, TransposedWindow))
    own = _symmetric(layer)
    convolution = _nn("ConvTranspose", layer)(
        layer.channels,
        layer.filters,
        layer.kernel,
        stride=_each(layer, "stride"),
        padding=_each(layer, "before") if own else 0,
        output_padding=extra,
        dilation=_each(layer, "dilation"),
        groups=layer.groups,
        bias=layer.bias,
    )
    if own:
        return convolution
    return torch.nn.Sequential(convolution, Padded(_ends(layer, -1), 0.0))


def _pooling(layer: Pooling) -> Any:
    kind = "MaxPool" if layer.kind == "max" else "AvgPool"
    pool = _nn(kind, layer)(layer.kernel, stride=_each(layer, "stride"))
    border = float("-inf") if layer.kind == "max" else 0.0
    return torch.nn.Sequential(Padded(_ends(layer, 1), border), pool)


def _global_pooling(layer: GlobalPooling) -> Any:
    kind = "AdaptiveMaxPool" if layer.kind == "max" else "AdaptiveAvgPool"
    return torch.nn.Sequential(_nn(kind, layer)(1), torch.nn.Flatten())


_FUNCTIONS: Mapping[str, Callable[[], Any]] = {"relu": torch.nn.ReLU, "tanh": torch.nn.Tanh}

_MADE: Mapping[type[Layer], Callable[..., Any]] = {
    Convolution: _convolution,
    TransposedConvolution: _transposed,
    Pooling: _pooling,
    GlobalPooling: _global_pooling,
    Flatten: lambda _: torch.nn.Flatten(),
    Dense: lambda layer: torch.nn.Linear(layer.inputs, layer.units, bias=layer.bias),
    BatchNorm: lambda layer: _nn("BatchNorm", layer)(layer.input_shape[0]),
    Activation: lambda layer: _FUNCTIONS[layer.function](),
}


# --- the comparison ----------------------------------------------------------------------------


@MANY
@given(layer_stacks())
def test_pytorch_has_the_same_shapes_and_parameters(layers: tuple[Layer, ...]) -> None:
    stack = Stack(layers, short=False)
    numbers = torch.zeros(1, *layers[0].input_shape)
    in_all = 0
    for layer in layers:
        module = made(layer).eval()
        with torch.no_grad():
            numbers = module(numbers)
        trained = sum(parameter.numel() for parameter in module.parameters())
        in_all += trained
        derived = stack.derive((layer.name, "output_shape")).value
        assert (tuple(numbers.shape[1:]), trained) == (
            derived if isinstance(derived, tuple) else (derived,),
            stack.derive((layer.name, "parameters")).value,
        )
    assert stack.derive(("parameters",)).value == in_all


@MANY
@given(layer_stacks(small=True))
def test_pytorch_sums_as_many_products_as_there_are_connections(layers: tuple[Layer, ...]) -> None:
    """All weights and inputs are 1, the biases too: what comes out counts what was summed."""
    for layer in layers:
        if isinstance(layer, Convolution):
            module = made(layer)
            for parameter in module.parameters():
                torch.nn.init.ones_(parameter)
            with torch.no_grad():
                numbers = module(torch.ones(1, *layer.input_shape))
            assert numbers.sum() == layer.connections
            assert numbers.numel() == prod(layer.output_shape)
