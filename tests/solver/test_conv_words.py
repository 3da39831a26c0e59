"""Worked solutions and mistakes read as a careful author would write them."""

from __future__ import annotations

from fractions import Fraction

import pytest

from generator.solver.contract import Derivation
from generator.solver.models.conv import read
from tests.solver.trees import spec

PLAIN: dict[str, object] = {"input": [1, 28, 28], "filters": 20, "kernel": 5}


def derive(quantity: str, **fields: object) -> Derivation:
    return read(spec("conv", {**PLAIN, **fields})).at({}).derive(tuple(quantity.split(".")))


def mistakes(quantity: str, **fields: object) -> dict[object, str]:
    return {m.result: m.because for m in derive(quantity, **fields).mistakes}


def test_the_assignments_own_layer() -> None:
    parameters, width = derive("parameters"), derive("output_width")
    assert parameters.value == 520
    assert parameters.steps == (
        "Each filter has one weight for each of the $5 \\times 5$ entries of its window, and one "
        "bias. The weights are shared by all positions, so the size of the input does not matter.",
        "With 20 filters: $20 \\times (5 \\times 5 + 1) = 520$.",
    )
    assert width.value == 24
    assert width.steps == (
        "A filter of width 5 fits into a row of 28 at $28 - 5 + 1 = 24$ positions.",
        "The 20 filters give 20 feature maps of $24 \\times 24$.",
    )
    assert (parameters.evidence.first, parameters.evidence.second, parameters.evidence.result) == (
        "closed form",
        "a NumPy layer that counted its own weights",
        "520",
    )


@pytest.mark.parametrize(
    ("fields", "step"),
    [
        (
            {"stride": 2},
            "A filter of width 5 moves along a row of 28 in steps of 2: it fits in at $\\lfloor "
            "(28 - 5) / 2 \\rfloor + 1 = \\lfloor 11.5 \\rfloor + 1 = 12$ positions; the last "
            "entry is not reached.",
        ),
        (
            {"stride": 3, "padding": 2},
            "A filter of width 5 moves along a row of 28 with 2 entries of padding on each side, "
            "in steps of 3: it fits in at $(28 + 2 \\cdot 2 - 5) / 3 + 1 = 9 + 1 = 10$ positions.",
        ),
        (
            {"padding": [[0, 0], [0, 1]]},
            "A filter of width 5 fits into a row of 28 with 0 before it and 1 behind it as padding "
            "at $28 + 1 - 5 + 1 = 25$ positions.",
        ),
        (
            {"dilation": 3},
            "A filter of width 5 with a dilation of 3 reaches over $3 \\cdot (5 - 1) + 1 = 13$ "
            "entries. It fits into a row of 28 at $28 - 13 + 1 = 16$ positions.",
        ),
        (
            {"padding": "same", "stride": 3},
            "With *same* padding the width is that of the input, divided by the stride and rounded "
            "up: $\\lceil 28 / 3 \\rceil = 10$.",
        ),
        (
            {"kernel": 28},
            "A filter of width 28 fits into a row of 28 at $28 - 28 + 1 = 1$ position.",
        ),
    ],
)
def test_the_extent_is_derived_in_a_sentence(fields: dict[str, object], step: str) -> None:
    assert derive("output_width", **fields).steps[0] == step


@pytest.mark.parametrize(
    ("fields", "step"),
    [
        (
            {"input": [3, 28, 28]},
            "With 20 filters: $20 \\times (3 \\times 5 \\times 5 + 1) = 1520$.",
        ),
        ({"bias": False}, "With 20 filters: $20 \\times 5 \\times 5 = 500$."),
        ({"filters": 1}, "Together: $5 \\times 5 + 1 = 26$."),
        ({"input": [4, 90]}, "With 20 filters: $20 \\times (4 \\times 5 + 1) = 420$."),
        (
            {"input": [4, 28, 28], "groups": 2},
            "With 20 filters: $20 \\times (2 \\times 5 \\times 5 + 1) = 1020$.",
        ),
    ],
)
def test_trivial_factors_are_left_out(fields: dict[str, object], step: str) -> None:
    assert derive("parameters", **fields).steps[-1] == step


@pytest.mark.parametrize(
    ("quantity", "fields", "result", "because"),
    [
        ("parameters", {}, 500, "The biases are missing: each of the 20 filters has one."),
        ("parameters", {}, 501, "There is one bias for each filter, not one for the whole layer."),
        (
            "parameters",
            {"input": [3, 28, 28]},
            520,
            "The channels are left out: a filter sees 3 of them and has weights of its own for "
            "each.",
        ),
        (
            "parameters",
            {"bias": False},
            520,
            "This layer has no biases, but one for each filter was counted.",
        ),
        (
            "output_width",
            {"padding": 2, "stride": 2},
            13,
            "The $+ 1$ is missing: the position at which the filter starts counts too.",
        ),
        (
            "output_width",
            {"padding": 2, "stride": 2},
            28,
            "The stride is left out: the filter moves on by 2 at a time, so only one position in 2 "
            "counts.",
        ),
        (
            "output_width",
            {"padding": 2, "stride": 2},
            12,
            "The padding is left out: it adds 4 entries to the width.",
        ),
        (
            "output_channels",
            {"input": [3, 28, 28]},
            60,
            "A filter sums over the channels that it sees: it gives one map, not one for each.",
        ),
    ],
)
def test_a_wrong_result_has_a_name(
    quantity: str, fields: dict[str, object], result: int, because: str
) -> None:
    assert mistakes(quantity, **fields)[result] == because


def test_a_padding_of_zero_cannot_be_forgotten() -> None:
    assert not any(
        "padding is left out" in because for because in mistakes("output_width").values()
    )


@pytest.mark.parametrize(
    ("quantity", "fields"),
    [
        ("parameters", {}),
        ("weights", {}),
        ("biases", {"input": [3, 28, 28]}),
        ("multiply_adds", {}),
        ("connections", {"padding": 1}),
        ("output_width", {}),
        ("output_shape", {}),
        ("outputs", {}),
        ("pool1.output_width", {"pool": 2}),
        ("pool1.receptive_field_width", {"pool": 2}),
    ],
)
def test_at_least_four_mistakes_are_known(quantity: str, fields: dict[str, object]) -> None:
    assert len(mistakes(quantity, **fields)) >= 4


def test_a_stack_is_added_up_in_a_table() -> None:
    layers = [
        {"conv": {"filters": 6, "kernel": 5}},
        {"pool": 2},
        {"flatten": True},
        {"dense": 10},
    ]
    model = read(spec("conv", {"input": [1, 28, 28], "layers": layers}))
    table, total = model.at({}).derive(("parameters",)).steps
    assert table.splitlines() == [
        "| layer | output | parameters |",
        "|---|---|---:|",
        "| Convolution | $6 \\times 24 \\times 24$ | $6 \\times (5 \\times 5 + 1) = 156$ |",
        "| Pooling | $6 \\times 12 \\times 12$ | $0$ |",
        "| Flatten | $864$ | $0$ |",
        "| Dense | $10$ | $10 \\times (864 + 1) = 8650$ |",
    ]
    assert total == "In all: $156 + 8650 = 8806$."


def test_a_mistake_earns_nothing_unless_a_bank_says_so() -> None:
    assert {mistake.worth for mistake in derive("parameters").mistakes} == {Fraction(0)}
