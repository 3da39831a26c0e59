"""Faults that are planted in the model are caught: closed forms, counting layers, mistakes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from generator.bank.read import read_bank
from generator.diagnostics import InputError, show
from generator.model.source import SourceFile
from generator.model.variant import Variant
from generator.solver.contract import Disagreement, KnownMistake
from generator.solver.engine import Solver
from generator.solver.models.conv import geometry, quantity, read, space
from generator.solver.models.conv import measure as measuring
from generator.solver.models.conv.layers import (
    BatchNorm,
    Convolution,
    Dense,
    Flatten,
    Pooling,
    TransposedConvolution,
)
from generator.solver.models.conv.memory import MEMORY
from generator.solver.models.conv.quantity import MistakeRule, Quantity, Rules
from generator.solver.models.conv.stack import Stack
from generator.solver.models.conv.totals import TOTALS
from generator.solver.models.conv.window import TransposedWindow, Window
from generator.variants.space import VariantSpace
from tests.commands import ROOT
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
DECODER: dict[str, object] = {
    "input": [4, 5, 6],
    "layers": [
        {
            "conv": {
                "filters": 6,
                "kernel": 3,
                "stride": 2,
                "padding": [[1, 0], [1, 2]],
                "output_padding": 1,
                "groups": 2,
                "transposed": True,
            }
        },
        {"conv": {"filters": 6, "kernel": 3, "dilation": 2, "groups": "depthwise"}},
        {"global_pool": "max"},
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


DECODER_FAULTS: list[Fault] = [
    (
        TransposedWindow,
        "count",
        lambda w: w.full - w.padding,  # type: ignore[attr-defined]  # no output padding
        "conv1.output_width",
        "model.conv1.output_shape: the closed form gives (6, 10, 10), but the NumPy layer gave "
        "(6, 11, 11)",
    ),
    (
        TransposedWindow,
        "touched",
        lambda w: w.size * w.kernel,  # type: ignore[attr-defined]  # what is cut off counted
        "conv1.connections",
        "model.conv1.connections: the closed form gives 3966, but a NumPy layer that counted its "
        "own products gave 3414",
    ),
    (
        TransposedConvolution,
        "multiply_adds",
        lambda c: c.outputs * c.covered,  # type: ignore[attr-defined]  # as if it slid
        "conv1.multiply_adds",
        "model.conv1.multiply_adds: the closed form gives 13068, but a NumPy layer that counted "
        "its own products gave 3240",
    ),
    (
        Window,
        "span",
        lambda w: w.kernel * w.dilation,  # type: ignore[attr-defined]  # a gap too many
        "conv2.output_width",
        "model.conv2.output_shape: the closed form gives (6, 6, 6), but the NumPy layer gave "
        "(6, 7, 7)",
    ),
]


@pytest.fixture(autouse=True)
def _afresh() -> Iterator[None]:
    """Nothing is remembered from before a fault, nor after it."""
    forget()
    yield
    forget()


def forget() -> None:
    """Forget windows, which keep what they computed, what was counted, and all quantities."""
    windows = (geometry.sliding, geometry.laid_out)
    for cached in (*windows, measuring.run, space.directory):
        cached.cache_clear()
    measuring.MEASURED.clear()
    geometry.WINDOWS.clear()
    for one in (one for table in tables() for one in table.values()):
        one.written.clear()
        for rule in one.mistakes:
            if isinstance(rule, quantity.Lasting):
                rule.known.clear()


def instance(fields: dict[str, object] = FIELDS) -> Stack:
    return read(spec("conv", fields)).at({})


@pytest.mark.parametrize(
    ("fields", "fault"),
    [*((FIELDS, fault) for fault in FAULTS), *((DECODER, fault) for fault in DECODER_FAULTS)],
)
def test_a_wrong_closed_form_is_a_disagreement(
    monkeypatch: pytest.MonkeyPatch, fields: dict[str, object], fault: Fault
) -> None:
    owner, name, wrong, asked, message = fault
    instance(fields).derive(tuple(asked.split(".")))  # sound without the fault
    forget()
    monkeypatch.setattr(owner, name, property(wrong))
    with pytest.raises(Disagreement) as caught:
        instance(fields).derive(tuple(asked.split(".")))
    assert str(caught.value) == message


def test_a_wrong_shape_is_found_also_where_a_later_layer_is_asked_about(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Pooling, "extents", property(lambda p: (4, 5)))
    with pytest.raises(Disagreement) as caught:
        instance().derive(("dense1", "weights"))
    assert caught.value.quantity == "model.pool1.output_shape"


def test_flattened_numbers_that_are_counted_again_are_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Flatten, "activations", property(lambda layer: layer.outputs))
    for asked in ("activations", "activation_memory"):
        with pytest.raises(Disagreement):
            instance().derive((asked,))


# --- every quantity ----------------------------------------------------------------------------


def tables() -> Iterator[dict[str, Quantity[Any]]]:
    """All tables of quantities."""
    kinds = (space.QUANTITIES, space.OUTPUTS, space.LAID_OUT, space.POOLED, space.FIELDS)
    for table in (*(table for kind in kinds for table in kind.values()), TOTALS, MEMORY):
        assert isinstance(table, dict)
        yield table


def off_by_one(result: quantity.Result) -> quantity.Result:
    return (*result[:-1], result[-1] + 1) if isinstance(result, tuple) else result + 1


def faulty(one: Quantity[Any], fault: str) -> Quantity[Any]:
    """The same with one of its two derivations off by one."""
    if fault == "closed":
        return replace(one, closed=lambda subject: off_by_one(one.closed(subject)))
    return replace(one, counted=lambda subject: off_by_one(one.counted(subject)))


@pytest.mark.parametrize("fault", ["closed", "counted"])
def test_an_off_by_one_in_either_derivation_of_any_quantity_is_found(
    monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    for table in tables():
        for name, one in table.items():
            monkeypatch.setitem(table, name, faulty(one, fault))
    forget()
    asked = 0
    short = {"input": [3, 9], "filters": 2, "kernel": 3, "pool": 2}
    for fields in (FIELDS, DECODER, short):
        model = read(spec("conv", fields))
        for path in model.quantities:
            asked += 1
            with pytest.raises(Disagreement):
                model.at({}).derive(path)
    assert asked > 150


def test_a_fault_in_the_layers_that_count_is_found_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measuring, "_taps", lambda window: np.arange(window.kernel))
    with pytest.raises(Disagreement, match="the NumPy layer gave"):
        instance(DECODER).derive(("conv2", "output_width"))


# --- as the tool meets them --------------------------------------------------------------------


@pytest.fixture
def assignment() -> tuple[Solver, Variant]:
    """The layer of Assignment 4, and its first variant: 6 filters of 3 x 3 on 28 x 28, biases."""
    path = ROOT / "banks" / "assignment4.yaml"
    file = SourceFile(name="assignment4.yaml", text=path.read_text("utf-8"))
    problems = {p.identity: p for p in read_bank(file, id="assignment4").bank.problems}
    solver = Solver(problems["cnn-layer"])
    values = tuple(VariantSpace(problems["cnn-layer"], solver.filters).values(0))
    return solver, Variant(problem="cnn-layer", index=0, code="AAAA", values=values)


def test_a_wrong_formula_stops_the_problem_at_its_line(
    monkeypatch: pytest.MonkeyPatch, assignment: tuple[Solver, Variant]
) -> None:
    solver, variant = assignment
    monkeypatch.setattr(Convolution, "weights", property(lambda c: c.filters * c.kernel[0]))
    with pytest.raises(InputError) as caught:
        solver.solve(variant)
    (finding,) = caught.value.diagnostics
    assert finding.code == "unproved"
    assert "the closed form gives 24, but a NumPy layer that counted its own weights gave 60" in (
        finding.message
    )
    assert "in variant 0: image = 28" in finding.help
    assert "numerical: model.parameters" in show(finding)


def test_a_distractor_that_equals_the_key_never_applies(
    monkeypatch: pytest.MonkeyPatch, assignment: tuple[Solver, Variant]
) -> None:
    """Even where the model, by a fault, does not drop it and drops no double either."""
    right = space.QUANTITIES[Convolution]["parameters"]
    planted: tuple[MistakeRule[Any], ...] = tuple(
        MistakeRule(result=result, because=lambda _: "Wrong.")
        for result in (
            lambda layer: layer.parameters,
            lambda layer: layer.parameters + 1,
            lambda layer: layer.parameters + 1,
        )
    )
    table = space.QUANTITIES[Convolution]
    assert isinstance(table, dict)
    monkeypatch.setitem(table, "parameters", replace(right, mistakes=planted))
    forget()

    def keep_all(rules: Rules[Any], subject: object, *_: object) -> tuple[KnownMistake, ...]:
        return tuple(
            KnownMistake(result=rule.result(subject) or 0, because=rule.because(subject))
            for rule in rules
            if isinstance(rule, MistakeRule)
        )

    monkeypatch.setattr(quantity, "distinct", keep_all)
    solver, variant = assignment
    first = solver.solve(variant).parts[0]
    assert [mistake.value for mistake in first.mistakes] == [Fraction(61)]
