"""Faults that are planted in the closed forms are caught by the layers that count."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from generator.solver.contract import Disagreement
from generator.solver.models.conv import read
from generator.solver.models.conv.layers import BatchNorm, Convolution, Dense, Pooling
from generator.solver.models.conv.stack import Stack
from generator.solver.models.conv.window import Window
from tests.solver.trees import spec

FIELDS: dict[str, object] = {
    "input": [4, 17, 17],
    "layers": [
        {"conv": {"filters": 6, "kernel": 3, "stride": 2, "padding": 1, "groups": 2}},
        {"batch_norm": True},
        {"pool": {"kernel": 2}},
        {"flatten": True},
        {"dense": 5},
    ],
}

Fault = tuple[type, str, Callable[[object], int], str, str]

FAULTS: list[Fault] = [
    (
        Window,
        "count",
        lambda w: w.slack // w.stride,  # type: ignore[attr-defined]  # a window
        "conv1.output_width",
        "model.conv1.output_shape: the closed form gives (6, 8, 8), but the NumPy layer gave "
        "(6, 9, 9)",
    ),
    (
        Convolution,
        "weights",
        lambda c: c.filters * c.channels * 9,  # type: ignore[attr-defined]  # no groups
        "conv1.weights",
        "model.conv1.weights: the closed form gives 216, but a NumPy layer that counted its own "
        "weights gave 108",
    ),
    (
        Convolution,
        "biases",
        lambda c: 1,
        "conv1.parameters",
        "model.conv1.parameters: the closed form gives 109, but a NumPy layer that counted its own "
        "weights gave 114",
    ),
    (
        Convolution,
        "multiply_adds",
        lambda c: c.inputs * c.covered,  # type: ignore[attr-defined]  # a position for each input
        "conv1.multiply_adds",
        "model.conv1.multiply_adds: the closed form gives 20808, but a NumPy layer that counted "
        "its own products gave 8748",
    ),
    (
        Window,
        "touched",
        lambda w: w.count * w.kernel,  # type: ignore[attr-defined]  # padding counted as units
        "conv1.connections",
        "model.conv1.connections: the closed form gives 9234, but a NumPy layer that counted its "
        "own products gave 7986",
    ),
    (
        Pooling,
        "connections",
        lambda p: p.outputs,  # type: ignore[attr-defined]  # one input a unit
        "pool1.connections",
        "model.pool1.connections: the closed form gives 96, but a NumPy layer that ran on an array "
        "gave 384",
    ),
    (
        BatchNorm,
        "weights",
        lambda b: b.inputs,  # type: ignore[attr-defined]  # one scale a number
        "batch_norm1.parameters",
        "model.batch_norm1.parameters: the closed form gives 492, but a NumPy layer that counted "
        "its own weights gave 12",
    ),
    (
        Dense,
        "weights",
        lambda d: d.inputs + d.units,  # type: ignore[attr-defined]  # added, not multiplied
        "parameters",
        "model.parameters: the closed form gives 232, but NumPy layers that counted their own "
        "weights gave 611",
    ),
]


def instance() -> Stack:
    return read(spec("conv", FIELDS)).at({})


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault[3])
def test_a_wrong_closed_form_is_a_disagreement(
    monkeypatch: pytest.MonkeyPatch, fault: Fault
) -> None:
    owner, name, wrong, quantity, message = fault
    instance().derive(tuple(quantity.split(".")))  # sound without the fault
    monkeypatch.setattr(owner, name, property(wrong))
    with pytest.raises(Disagreement) as caught:
        instance().derive(tuple(quantity.split(".")))
    assert str(caught.value) == message


def test_a_wrong_shape_is_found_also_where_a_later_layer_is_asked_about(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Pooling, "extents", property(lambda p: (4, 5)))
    with pytest.raises(Disagreement) as caught:
        instance().derive(("dense1", "weights"))
    assert caught.value.quantity == "model.pool1.output_shape"
