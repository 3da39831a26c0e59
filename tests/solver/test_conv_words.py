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
        ("output_width", {"transposed": True, "stride": 2, "padding": 1}),
        ("multiply_adds", {"transposed": True, "stride": 2}),
        ("connections", {"transposed": True, "padding": 1}),
        ("activation_memory", {}),
        ("parameter_memory", {}),
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


# --- transposed, memory ------------------------------------------------------------------------

DECODER: dict[str, object] = {
    "input": [3, 14, 14],
    "filters": 6,
    "kernel": 3,
    "stride": 2,
    "padding": 1,
    "output_padding": 1,
    "transposed": True,
}


@pytest.mark.parametrize(
    ("fields", "step"),
    [
        (
            {},
            "The 14 entries of a row lay out a filter of width 3 each, 2 entries apart: together "
            "$(14 - 1) \\cdot 2 + 3 = 29$ entries; the padding cuts off 1 at each end and the "
            "output padding adds 1 at the end: $29 - 2 \\cdot 1 + 1 = 28$.",
        ),
        (
            {"padding": [[0, 0], [0, 2]], "output_padding": 0},
            "The 14 entries of a row lay out a filter of width 3 each, 2 entries apart: together "
            "$(14 - 1) \\cdot 2 + 3 = 29$ entries; the padding cuts off 0 before and 2 behind: "
            "$29 - 2 = 27$.",
        ),
        (
            {"stride": 1, "padding": 0, "output_padding": 0},
            "The 14 entries of a row lay out a filter of width 3 each, 1 entry apart: together "
            "$14 - 1 + 3 = 16$ entries.",
        ),
        (
            {"dilation": 2, "padding": 0, "output_padding": 0},
            "A filter of width 3 with a dilation of 2 reaches over $2 \\cdot (3 - 1) + 1 = 5$ "
            "entries. The 14 entries of a row lay out a filter of width 3 each, 2 entries apart: "
            "together $(14 - 1) \\cdot 2 + 5 = 31$ entries.",
        ),
        (
            {"input": [1, 1, 1], "padding": 0, "output_padding": 0},
            "The only entry of a row lays out a filter of width 3: $3$ entries.",
        ),
        (
            {"padding": "same", "output_padding": 0},
            "With *same* padding the width is that of the input, times the stride: "
            "$14 \\times 2 = 28$.",
        ),
    ],
)
def test_a_transposed_convolution_is_laid_out_in_a_sentence(
    fields: dict[str, object], step: str
) -> None:
    assert derive("output_width", **{**DECODER, **fields}).steps[0] == step


def test_each_entry_of_the_input_is_multiplied_by_all_weights_that_meet_it() -> None:
    assert derive("multiply_adds", **{**DECODER, "filters": 9, "groups": "depthwise"}).steps == (
        "Each of the $3 \\times 14 \\times 14$ entries of the input is multiplied by every weight "
        "that the filters of its group, 3 of the 9, have for its channel: $3 \\times 3 \\times 3 = "
        "27$ products.",
        "Multiply-adds: $3 \\times 14 \\times 14 \\times 3 \\times 3 \\times 3 = 15876$.",
    )


@pytest.mark.parametrize(
    ("quantity", "result", "because"),
    [
        (
            "output_width",
            7,
            "This is the width after an ordinary convolution. A transposed one goes the other way: "
            "$(14 - 1) \\cdot 2 + 3$ entries before any are cut off.",
        ),
        ("output_width", 27, "The output padding is left out: it adds 1 entry to the width."),
        ("output_width", 30, "The padding is left out: it cuts off 2 entries in all."),
        (
            "output_width",
            32,
            "The padding is added, but in a transposed convolution it is cut off: it undoes the "
            "padding of an ordinary one.",
        ),
        (
            "activation_memory",
            6 * 28 * 28,
            "This is how many numbers there are, not how many bytes they take.",
        ),
        (
            "activation_memory",
            6 * 28 * 28 * 4 * 8,
            "These are bits; a byte has eight of them.",
        ),
    ],
)
def test_a_wrong_result_of_a_transposed_convolution_has_a_name(
    quantity: str, result: int, because: str
) -> None:
    assert mistakes(quantity, **DECODER)[result] == because


def test_the_memory_of_a_stack_is_a_table_and_a_product() -> None:
    layers = [
        {"conv": {"filters": 6, "kernel": 5}},
        {"pool": 2},
        {"flatten": True},
        {"dense": 10},
    ]
    model = read(spec("conv", {"input": [1, 28, 28], "layers": layers, "bytes": 2})).at({})
    kept, table, together, size = model.derive(("activation_memory",)).steps
    assert kept == "The output of every layer is kept, because the backward pass needs it."
    assert table.splitlines()[2:] == [
        "| Convolution | $6 \\times 24 \\times 24$ | $3456$ |",
        "| Pooling | $6 \\times 12 \\times 12$ | $864$ |",
        "| Flatten | $864$ | $0$ |",
        "| Dense | $10$ | $10$ |",
    ]
    assert together == "Together: $3456 + 864 + 10 = 4330$ numbers."
    assert size == "Each takes 2 bytes: $4330 \\times 2 = 8660$ bytes."
    assert model.derive(("parameter_memory",)).steps == (
        "The layers have $156 + 8650 = 8806$ parameters in all.",
        "Each takes 2 bytes: $8806 \\times 2 = 17612$ bytes.",
    )
