"""The numbers of a cell: weights to count, and one time step."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.diagnostics import InputError
from generator.language.reals import Real
from generator.model.value import Value
from generator.solver.contract import Disagreement
from generator.solver.models.recurrent import counts, read
from generator.solver.models.recurrent.cells import CELLS
from tests.solver.recurrent.cells import LSTM, cell
from tests.solver.trees import spec

SIZES: dict[str, object] = {"input": "m", "hidden": "d"}

FORMULAS = {
    "lstm": lambda m, d: 4 * (d * m + d * d + d),
    "peephole": lambda m, d: 4 * (d * m + d * d + d) + 3 * d,
    "coupled": lambda m, d: 3 * (d * m + d * d + d),
    "gru": lambda m, d: 3 * (d * m + d * d + d),
    "plain": lambda m, d: d * m + d * d + d,
}
"""The numbers of weights as textbooks give them."""


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.sampled_from(sorted(CELLS)), st.integers(1, 40), st.integers(1, 40))
def test_the_number_of_weights_is_that_of_the_textbook(word: str, m: int, d: int) -> None:
    subject = cell({"cell": word, **SIZES}, m=m, d=d)
    derivation = subject.derive(("parameters",))
    assert derivation.value == subject.member("parameters") == FORMULAS[word](m, d)
    assert f"= {derivation.value}$ weights." in derivation.steps[-1]


def test_the_steps_count_matrix_by_matrix() -> None:
    derivation = cell({"cell": "gru", **SIZES}, m=2, d=3).derive(("parameters",))
    assert derivation.steps == (
        r"$W^{(z)}$, $W^{(r)}$ and $W^{(h)}$ have $3 \times 2 = 6$ entries each.",
        r"$U^{(z)}$, $U^{(r)}$ and $U^{(h)}$ have $3 \times 3 = 9$ entries each.",
        "$b^{(z)}$, $b^{(r)}$ and $b^{(h)}$ have $3$ entries each.",
        r"In all these are $3 \cdot 6 + 3 \cdot 9 + 3 \cdot 3 = 54$ weights.",
    )


def test_wrong_counts_have_names() -> None:
    derivation = cell({"cell": "lstm", **SIZES}, m=2, d=5).derive(("parameters",))
    assert derivation.value == 160
    assert [(mistake.result, mistake.because) for mistake in derivation.mistakes] == [
        (40, "There are weights for each of the 4 equations with $x_t$, not for one."),
        (120, r"$\tilde{c}_t$ has weights of its own, too: 4 equations have weights."),
        (140, "The weight vectors are learned, too."),
        (60, "The matrices that multiply a state are learned, too."),
        (100, r"A matrix that multiplies a state has $d$ columns: it is $d \times d$."),
        (220, r"A matrix that multiplies $x_t$ has $m$ columns: it is $d \times m$."),
        (170, "The states are computed in every time step; they are not learned."),
    ]


def test_a_wrong_count_is_found_by_the_forward_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counts, "parameters", lambda cell, sizes: 999)
    with pytest.raises(Disagreement) as caught:
        cell({"cell": "plain", **SIZES}, m=2, d=3).derive(("parameters",))
    assert str(caught.value) == ("the number of weights: the shapes give 999, but NumPy reads 18")


def test_a_single_weight_has_a_size() -> None:
    subject = cell({"cell": "lstm", **SIZES}, m=2, d=3)
    derivation = subject.derive(("weights", "W_f"))
    assert derivation.value == 6
    assert derivation.steps == (
        r"$W^{(f)} \in \mathbb{R}^{3 \times 2}$ has $3 \times 2 = 6$ entries.",
    )
    with pytest.raises(KeyError):
        subject.derive(("weights", "W_g"))


def test_a_large_cell_is_counted_at_once() -> None:
    assert cell({"cell": "lstm", **SIZES}, m=1000, d=2000).member("parameters") == 24_008_000


def test_what_can_be_asked_is_known_before_a_variant_is_made() -> None:
    plain = read(spec("recurrent", {"cell": "plain", **SIZES}))
    assert plain.names == {"m", "d"}
    assert plain.quantities == {
        ("equations",),
        ("activations",),
        ("symbols",),
        ("equation", "h"),
        ("parameters",),
        ("weights", "W"),
        ("weights", "U"),
        ("weights", "b"),
        ("shape", "W"),
        ("shape", "U"),
    }
    chosen = read(spec("recurrent", {"cell": "kind"}))
    assert chosen.names == {"kind"}
    assert chosen.quantities == frozenset()


# --- one time step ---------------------------------------------------------------------------

STEP: dict[str, object] = {
    "equations": {"z": "sigmoid(W @ x + b)", "h": "tanh(U @ h_prev) * (1 - z)"},
    "values": {
        "x": [1, -1],
        "h_prev": [1, "s"],
        "W": [[1, 1], [0, "1/2"]],
        "U": [[0, 1], [2, 0]],
        "b": [0, "1/2"],
    },
}


def test_a_time_step_is_exact_where_it_can_be() -> None:
    derivation = cell(STEP, s=2).derive(("value", "z"))
    assert derivation.value == (Fraction(1, 2), Fraction(1, 2))
    assert derivation.evidence.second == "one time step in NumPy"


def test_a_time_step_agrees_with_numpy_and_shows_its_way() -> None:
    derivation = cell(STEP, s=2).derive(("value", "h"))
    assert isinstance(derivation.value, tuple)
    for entry in derivation.value:
        assert isinstance(entry, Real)
        assert float(entry.fraction) == pytest.approx(np.tanh(2) / 2, abs=1e-15)
    assert derivation.steps == (
        "$$\n\\begin{aligned}\n"
        r"z_t &= \sigma(W x_t + b) = (\frac{1}{2}, \frac{1}{2}) \\" + "\n"
        r"h_t &= \tanh(U h_{t-1}) \circ (1 - z_t) \approx (0.482, 0.482)" + "\n"
        "\\end{aligned}\n$$",
    )


def test_wrong_time_steps_have_names() -> None:
    derivation = cell(STEP, s=2).derive(("value", "h"))
    reasons = [mistake.because for mistake in derivation.mistakes]
    assert reasons == [
        "The previous state $h_{t-1}$ is not $0$ here.",
        r"$\sigma$ and $\tanh$ are mixed up: each equation names its own.",
        "The equation of $h_t$ has an activation function.",
        "The bias is added before the activation.",
    ]
    assert all(mistake.result != derivation.value for mistake in derivation.mistakes)


@settings(max_examples=40, deadline=None, derandomize=True)
@given(st.lists(st.integers(-2, 2), min_size=11, max_size=11))
def test_one_hidden_unit_gives_numbers(data: list[int]) -> None:
    """An LSTM step against the formulas written in NumPy."""
    names = ("x", "h_prev", "c_prev", "W_i", "U_i", "W_f", "U_f", "W_o", "U_o", "W_c", "U_c")
    equations = {**LSTM, **{gate: LSTM[gate].replace("gate", "sigmoid") for gate in "ifo"}}
    values = dict(zip(names, data, strict=True))
    subject = cell({"equations": equations, "values": dict(values)})
    v = {name: float(value) for name, value in values.items()}
    i, f, o = (
        1 / (1 + np.exp(-v[f"W_{gate}"] * v["x"] - v[f"U_{gate}"] * v["h_prev"])) for gate in "ifo"
    )
    c = f * v["c_prev"] + i * np.tanh(v["W_c"] * v["x"] + v["U_c"] * v["h_prev"])
    found = subject.derive(("value", "h")).value
    number = found.fraction if isinstance(found, Real) else found
    assert float(number) == pytest.approx(o * np.tanh(c), abs=1e-12)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("change", "code", "message"),
    [
        (
            {"W": [[1, 1]]},
            "wrong-value",
            "this is a d x m matrix, and there are 2 hidden units, not 1",
        ),
        (
            {"b": [0]},
            "wrong-value",
            "this is a vector of d entries, and there are 2 hidden units, not 1",
        ),
        ({"W": [[1, 1], [0]]}, "wrong-value", "rational numbers are expected here, a d x m matrix"),
        (
            {"x": ["true", "false"]},
            "wrong-value",
            "rational numbers are expected here, a vector of m entries",
        ),
        ({"V": [1]}, "unknown-name", "the cell has no `V` to give a value to"),
    ],
)
def test_numbers_that_do_not_fit(change: dict[str, object], code: str, message: str) -> None:
    values = STEP["values"]
    assert isinstance(values, dict)
    with pytest.raises(InputError) as caught:
        cell({**STEP, "values": {**values, **change}}, s=2)
    assert [(found.code, found.message) for found in caught.value.diagnostics] == [(code, message)]


def test_the_data_may_be_parameters_of_the_same_names() -> None:
    fields = {"equations": {"h": "relu(W @ x)"}, "values": {"x": "x", "W": "W"}}
    subject = cell(fields, x=(1, 2), W=((3, 4),))
    assert subject.derive(("value", "h")).value == 11


def test_a_number_that_is_missing() -> None:
    values: dict[str, Value] = {"s": 1}
    with pytest.raises(InputError) as caught:
        cell({"equations": {"h": "tanh(W @ x)"}, "values": {"x": 1}}, **values)
    (found,) = caught.value.diagnostics
    assert (found.message, found.help) == (
        "the time step has no value for `W`",
        "add `W:` under `values`",
    )


# --- shapes ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("weight", "value", "wrong"),
    [
        (
            "W_i",
            10,
            [
                (25, "Its columns are as many as $x_t$ has entries: 2."),
                (7, "Every row has an entry for every column: they are multiplied, not added."),
                (4, "It has a row for each of the hidden units: 5."),
                (15, "The bias is a vector of its own."),
            ],
        ),
        (
            "U_i",
            25,
            [
                (10, "Its columns are as many as a state has entries: 5."),
                (10, "Every row has an entry for every column: they are multiplied, not added."),
                (25, "It has a row for each of the hidden units: 5."),
                (30, "The bias is a vector of its own."),
            ],
        ),
        (
            "b_i",
            5,
            [
                (25, "This is a vector, not a matrix."),
                (1, "There is a number for each of the hidden units."),
                (
                    2,
                    "It is added to a vector with an entry for each hidden unit, not each input.",
                ),
            ],
        ),
    ],
)
def test_wrong_sizes_have_names(weight: str, value: int, wrong: list[tuple[int, str]]) -> None:
    """Those that equal the key or each other are dropped by the engine."""
    derivation = cell({"cell": "lstm", **SIZES}, m=2, d=5).derive(("weights", weight))
    assert derivation.value == value
    assert [(mistake.result, mistake.because) for mistake in derivation.mistakes] == wrong


def test_a_matrix_has_a_shape() -> None:
    subject = cell({"cell": "lstm", **SIZES}, m=2, d=5)
    derivation = subject.derive(("shape", "W_i"))
    assert derivation.value == (5, 2)
    assert derivation.steps == (
        r"$W^{(i)}$ turns the $2$ entries of $x_t$ into $5$: it is $5 \times 2$.",
    )
    assert [mistake.result for mistake in derivation.mistakes] == [(2, 5), (5, 5), (2, 2), (5, 3)]
    assert subject.derive(("shape", "U_i")).value == (5, 5)
    with pytest.raises(KeyError):
        subject.derive(("shape", "b_i"))


# --- several time steps ------------------------------------------------------------------------

SEQUENCE: dict[str, object] = {
    "cell": "plain",
    "steps": "n",
    "values": {"x": ["1", "0", "-1"], "h_prev": "1/2", "W": "1", "U": "2", "b": "0"},
}


def test_several_time_steps_agree_with_numpy_and_show_their_way() -> None:
    subject = cell(SEQUENCE, n=3)
    h = [0.5]
    for x in (1, 0, -1):
        h.append(float(np.tanh(x + 2 * h[-1])))
    for step in (1, 2, 3):
        value = subject.derive((f"step{step}", "h")).value
        assert isinstance(value, Real)
        assert float(value.fraction) == pytest.approx(h[step])
    derivation = subject.derive(("value", "h"))
    assert derivation.value == subject.derive(("step3", "h")).value
    assert derivation.steps == (
        "$$\n\\begin{aligned}\n"
        r"h_1 &= \tanh(2) \approx 0.964 \\"
        "\n"
        r"h_2 &= \tanh(1.928) \approx 0.959 \\"
        "\n"
        r"h_3 &= \tanh(0.917) \approx 0.725"
        "\n\\end{aligned}\n$$",
    )


def test_wrong_sequences_have_names() -> None:
    mistakes = cell(SEQUENCE, n=3).derive(("value", "h")).mistakes
    assert [(str(mistake.result), mistake.because) for mistake in mistakes] == [
        ("0.674254", "The previous state $h_0$ is not $0$ here."),
        ("0.669698", r"$\sigma$ and $\tanh$ are mixed up: each equation names its own."),
        ("0.917152", "The equation of $h_3$ has an activation function."),
        ("0.958576", "This is $h_2$; one more time step leads to $h_3$."),
        ("0", "Each time step takes the states of the one before it, not those from the start."),
        ("0.994941", "Each time step has an input of its own."),
    ]


def test_vectors_over_time_agree_with_numpy() -> None:
    """Two inputs, three hidden units, six time steps of an LSTM written by hand."""
    inputs = [[1, 0], [0, 1], [1, 1], [1, -1], [2, 0], [1, 0]]
    into, back = [[1, 0], [0, 1], [1, 1]], [[1, 0, 1], [0, 1, 0], [1, 1, -1]]
    values = {
        "x": [[str(entry) for entry in row] for row in inputs],
        "h_prev": ["0", "1", "1"],
        "c_prev": ["1", "0", "0"],
        **{f"W_{gate}": [[str(entry) for entry in row] for row in into] for gate in "ifoc"},
        **{f"U_{gate}": [[str(entry) for entry in row] for row in back] for gate in "ifoc"},
    }
    subject = cell({"equations": LSTM, "steps": "6", "values": values}, gate="sigmoid")
    h, c = np.array([0.0, 1, 1]), np.array([1.0, 0, 0])
    for x in inputs:
        before = np.array(into) @ np.array(x) + np.array(back) @ h
        gate = 1 / (1 + np.exp(-before))
        c = gate * c + gate * np.tanh(before)
        h = gate * np.tanh(c)
    value = subject.derive(("value", "h")).value
    assert isinstance(value, tuple)
    assert [float(entry.fraction) for entry in value if isinstance(entry, Real)] == pytest.approx(h)


@pytest.mark.parametrize(
    ("n", "path", "message"),
    [
        (2, ("value", "h"), "there are 2 time steps, so `x` is a list of 2"),
        (9, ("value", "h"), "the number of time steps must be a whole number from 1 to 6"),
        (3, ("step4", "h"), "there is no time step 4: here are 3"),
    ],
)
def test_time_steps_that_do_not_fit(n: int, path: tuple[str, str], message: str) -> None:
    with pytest.raises(InputError) as caught:
        cell(SEQUENCE, n=n).derive(path)
    (finding,) = caught.value.diagnostics
    assert finding.message == message


def test_which_time_steps_can_be_asked_is_known_before_a_variant_is_made() -> None:
    fields = {**SEQUENCE, "steps": "2"}
    assert {path for path in read(spec("recurrent", fields)).quantities if path[1:] == ("h",)} == {
        ("equation", "h"),
        ("value", "h"),
        ("step1", "h"),
        ("step2", "h"),
    }
    assert ("step6", "h") in read(spec("recurrent", SEQUENCE)).quantities
