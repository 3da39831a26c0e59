"""Claims about several time steps: ``h[2]`` is what ``h`` is two time steps after t."""

from __future__ import annotations

import re

import numpy as np
import pytest

from generator.diagnostics import InputError, show
from generator.solver.models.recurrent.model import RecurrentCell
from tests.solver.recurrent import plain_numpy
from tests.solver.recurrent.cells import LSTM, Texts, cell, decide, lstm, named

TINY = 1e-9

CELLS = {
    "lstm": lstm(),
    "hard": lstm("hard_sigmoid"),
    "gru": named("gru"),
    "plain": named("plain"),
}

CASES: tuple[tuple[str, str, Texts, bool], ...] = (
    # What is kept.
    ("hard", "c[3] == c", ["f[1] == f[2] == f[3] == 1", "i[1] == i[2] == i[3] == 0"], True),
    ("hard", "c[3] == c", "always(f == 1 and i == 0, 1, 3)", True),
    ("hard", "h[3] == h", "always(f == 1 and i == 0, 1, 3)", False),
    ("hard", "c[2] == c", "always(f == 1, 1, 2)", False),
    ("hard", "c[2] == c", "always(i == 0, 1, 2)", False),
    ("gru", "h[1] == h_prev", ["h_tilde == h_prev", "h_tilde[1] == h"], True),
    ("plain", "h[1] == h", ["x[1] == x", "h == h_prev"], True),
    ("plain", "h[1] == h", "x[1] == x", False),
    # Bounds.
    ("lstm", "abs(c[3]) < abs(c) + 3", (), True),
    ("lstm", "abs(c[2]) < abs(c_prev) + 2", (), False),
    ("lstm", "always(-1 < h < 1, 0, 4)", (), True),
    ("gru", "abs(h[2]) <= 1", "abs(h_prev) <= 1", True),
    ("lstm", "h[2] > 0", "c[2] > 0", True),
    ("lstm", "h[2] > 0", "c > 0", False),
    # Without input.
    ("lstm", "4 * c[1] == c_prev", "always(x == 0 and h_prev == 0, 0, 1)", True),
    # Dependence.
    ("lstm", "depends(h[2], x)", (), True),
    ("lstm", "depends(h, x[1])", (), False),
    ("lstm", "depends(h[3], c_prev)", (), True),
    ("lstm", "not depends(f[1], c_prev)", "U_f == 0", True),
    # The state before, by its index.
    ("plain", "h[-1] == h_prev", (), True),
    ("plain", "always(x == 0, 0, 2) or x[1] != 0 or h >= 0", (), False),
)


@pytest.mark.parametrize(("about", "holds", "given", "true"), CASES)
def test_the_verdict_on_a_claim(about: str, holds: str, given: Texts, true: bool) -> None:
    verdict = decide(CELLS[about], holds, given)
    assert verdict.value is true
    assert all(verdict.steps)


def test_brute_force_finds_the_same_bounds() -> None:
    """Random weights, and inputs that repeat, in a cell written by hand."""
    v = plain_numpy.drawn("x1 x2")
    steps = plain_numpy.lstm_steps("sigmoid", [v.x1, v.x2], 4)
    c = [step.c for step in steps]
    assert (np.abs(c[3]) < np.abs(c[0]) + 3 + TINY).all()
    assert not (np.abs(c[2]) < np.abs(steps[0].c_prev) + 2).all()
    assert all((np.abs(step.h) < 1 + TINY).all() for step in steps)
    assert (steps[2].h > 0)[c[2] > TINY].all()
    assert not (steps[2].h > 0)[c[0] > 0].all()


def test_closed_gates_keep_the_state_as_the_equations_say() -> None:
    assert decide(CELLS["hard"], "c[2] == c", "always(f == 1 and i == 0, 1, 2)").steps == (
        r"With $f_{t+1} = 1$, $i_{t+1} = 0$, $f_{t+2} = 1$ and $i_{t+2} = 0$ the equations give",
        "$$\n\\begin{aligned}\n"
        r"c_{t+1} &= f_{t+1} \circ c_t + i_{t+1} \circ \tilde{c}_{t+1} = c_t \\"
        "\n"
        r"c_{t+2} &= f_{t+2} \circ c_{t+1} + i_{t+2} \circ \tilde{c}_{t+2} = c_t"
        "\n\\end{aligned}\n$$",
        "so $c_{t+2} = c_t$ in every entry.",
    )


def test_a_fixed_point_is_told_with_its_equations() -> None:
    assert decide(CELLS["plain"], "h[1] == h", ["x[1] == x", "h == h_prev"]).steps == (
        r"Together with the conditions $x_{t+1} = x_t$ and $h_t = h_{t-1}$ and the equations "
        r"$h_t = \tanh(W x_t + U h_{t-1} + b)$ and $h_{t+1} = \tanh(W x_{t+1} + U h_t + b)$ "
        "this gives $h_{t+1} = h_t$ in every entry.",
    )


def test_a_counterexample_is_carried_through_all_time_steps() -> None:
    assert decide(CELLS["plain"], "h[1] == h", "x[1] == x").steps == (
        "Take one input and one hidden unit with $x_t = 0$, $h_{t-1} = 1$, $U = 1$ and all other "
        "weights $0$.",
        "$$\n\\begin{aligned}\n"
        r"h_t &= \tanh(1) \approx 0.762 \\"
        "\n"
        r"x_{t+1} &= 0 \\"
        "\n"
        r"h_{t+1} &= \tanh(0.762) \approx 0.642"
        "\n\\end{aligned}\n$$",
        r"So $h_{t+1} \approx 0.642 \neq 0.762 \approx h_t$, although $x_{t+1} = x_t$.",
    )


def test_where_hardly_a_cell_meets_the_conditions_the_second_look_says_how_many_did() -> None:
    """No random cell has saturated gates; simple ones are looked at instead."""
    second = decide(CELLS["hard"], "c[3] == c", "always(f == 1 and i == 0, 1, 3)").evidence.second
    assert re.fullmatch(
        r"NumPy: no counterexample among [1-9]\d* of [\d,]+ simple cells that meet the condition",
        second,
    )


def test_a_gate_that_never_saturates_makes_the_claim_vacuous() -> None:
    with pytest.raises(InputError) as caught:
        decide(CELLS["lstm"], "c[3] == c", "always(f == 1 and i == 0, 1, 3)")
    (finding,) = caught.value.diagnostics
    assert show(finding) == (
        "test.yaml:1:1: error[vacuous-claim]: no cell meets this condition, so the claim says "
        "nothing\nhelp: what excludes it: the range of sigmoid is the open interval (0, 1)"
    )


EARLIER = (
    "error[wrong-value]: a claim begins at time t; of the time before there are only the states\n"
    "help: count from t on: `h[1]` is $h_{t+1}$"
)


@pytest.mark.parametrize(
    ("holds", "message"),
    [
        ("x[-1] == 0", f"test.yaml:1:1: {EARLIER}"),
        ("h_prev[-1] == h", f"test.yaml:1:1: {EARLIER}"),
        (
            "h[9] == 0",
            "test.yaml:1:3: error[wrong-value]: the number of time steps after t is a whole number "
            "from -1 to 8",
        ),
        (
            "h[1/2] == 0",
            "test.yaml:1:3: error[wrong-value]: the number of time steps after t is a whole number "
            "from -1 to 8",
        ),
        (
            "always(h[3] == 0, 1, 7)",
            "test.yaml:1:8: error[wrong-value]: a claim ends 8 time steps after t",
        ),
        (
            "always(h == 0, 3)",
            "test.yaml:1:1: error[wrong-arguments]: a statement and two times stand here: "
            "`always(f == 1, 1, 3)`",
        ),
        (
            "always(h == 0, 3, 2)",
            "test.yaml:1:19: error[wrong-value]: the last of the time steps after t is a whole "
            "number from 3 to 8",
        ),
        (
            "depends(h[1], h)",
            "test.yaml:1:15: error[wrong-type]: `h` follows from other names\n"
            "help: name an input, a previous state or a weight",
        ),
        (
            "derivative(c[1], c_prev) == 0",
            "test.yaml:1:1: error[no-derivative]: `c[1]` has no such derivative: the matrices mix "
            "the entries, so it is no vector",
        ),
    ],
)
def test_times_that_make_no_sense_are_refused(holds: str, message: str) -> None:
    with pytest.raises(InputError) as caught:
        decide(CELLS["lstm"], holds)
    (finding,) = caught.value.diagnostics
    assert show(finding).splitlines()[0] == message.splitlines()[0]
    assert show(finding) == message


def test_an_equation_is_about_one_time_step() -> None:
    with pytest.raises(InputError) as caught:
        cell({"h": "tanh(W @ x + h[-1])"})
    (finding,) = caught.value.diagnostics
    assert (finding.message, finding.help) == (
        "the equations are those of one time step",
        "the value of the time step before is `h_prev`",
    )


def test_the_number_of_time_steps_may_be_a_parameter() -> None:
    subject: RecurrentCell = cell(LSTM, gate="sigmoid", n=2)
    assert decide(subject, "abs(c[n]) < abs(c) + n").value is True
