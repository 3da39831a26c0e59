"""What a marker reads: the whole justification of a claim."""

from __future__ import annotations

from generator.model.solution import Evidence
from tests.solver.recurrent.cells import cell, decide, lstm, named

ANYWHERE = "in every entry, whatever the weights, the input and the previous states are."


def test_the_first_claim_of_the_assignment_is_refuted_by_numbers() -> None:
    """The original key took the gates for 0; they are 1/2, and here are the numbers."""
    verdict = decide(lstm(), "h == h_prev", "x == 0")
    assert verdict.value is False
    assert verdict.steps == (
        "Take one input and one hidden unit with $x_t = 0$, $h_{t-1} = 1$, $c_{t-1} = 0$ and all "
        "weights $0$.",
        "$$\n"
        "\\begin{aligned}\n"
        r"i_t = f_t = o_t &= \sigma(0) = \frac{1}{2} \\" + "\n"
        r"\tilde{c}_t &= \tanh(0) = 0 \\" + "\n"
        r"c_t &= \frac{1}{2} \cdot 0 + \frac{1}{2} \cdot 0 = 0 \\" + "\n"
        r"h_t &= \frac{1}{2} \cdot \tanh(0) = 0" + "\n"
        "\\end{aligned}\n"
        "$$",
        r"So $h_t = 0 \neq 1 = h_{t-1}$, although $x_t = 0$.",
    )
    assert verdict.evidence == Evidence(
        first="a counterexample found by a NumPy search over small numbers",
        second="the same cell in exact arithmetic and rigorous intervals",
        result="false",
    )


def test_the_second_claim_of_the_assignment_is_proved_by_the_open_range() -> None:
    """The range of the sigmoid is (0, 1), not [0, 1] as the original key says."""
    verdict = decide(lstm(), ["f >= 0", "i >= 0", "o >= 0"])
    assert verdict.value is True
    assert verdict.steps == (
        r"The range of $\sigma$ is the open interval $(0, 1)$, so $0 < f_t < 1$, $0 < i_t < 1$ and "
        "$0 < o_t < 1$.",
        rf"Therefore $f_t \ge 0$, $i_t \ge 0$ and $o_t \ge 0$ {ANYWHERE}",
    )
    assert verdict.evidence == Evidence(
        first="interval arithmetic with the ranges of the activations",
        second="NumPy: no counterexample among 5,000 random cells",
        result="true",
    )


def test_a_proof_by_z3_names_only_the_facts_and_equations_it_needs() -> None:
    verdict = decide(lstm(), "abs(h) <= abs(c)")
    assert verdict.steps == (
        r"The range of $\sigma$ is the open interval $(0, 1)$, so $0 < o_t < 1$.",
        r"$|\tanh(a)| \le |a|$, with equality only at $a = 0$, so $|\tanh(c_t)| \le |c_t|$, with "
        "equality only at $0$.",
        r"Together with the equation $h_t = o_t \circ \tanh(c_t)$ this gives $|h_t| \le |c_t|$ "
        + ANYWHERE,
    )
    assert verdict.evidence.first == "z3: the facts used exclude a counterexample"


def test_conditions_are_part_of_the_conclusion() -> None:
    verdict = decide(lstm(), "c_tilde == 0", ["c_prev == 0", "c == 0"])
    assert verdict.steps == (
        r"The range of $\sigma$ is the open interval $(0, 1)$, so $0 < i_t < 1$.",
        r"Together with the conditions $c_{t-1} = 0$ and $c_t = 0$ and the equation "
        r"$c_t = f_t \circ c_{t-1} + i_t \circ \tilde{c}_t$ this gives $\tilde{c}_t = 0$ in every "
        "entry.",
    )


def test_a_calculation_puts_the_conditions_into_the_equations() -> None:
    verdict = decide(lstm(), "c == c_prev / 2", ["x == 0", "h_prev == 0"])
    assert verdict.steps == (
        "With $x_t = 0$ and $h_{t-1} = 0$ the equations give",
        "$$\n"
        "\\begin{aligned}\n"
        r"f_t &= \sigma(W^{(f)} x_t + U^{(f)} h_{t-1}) = \sigma(0) = \frac{1}{2} \\" + "\n"
        r"\tilde{c}_t &= \tanh(W^{(c)} x_t + U^{(c)} h_{t-1}) = \tanh(0) = 0 \\" + "\n"
        r"c_t &= f_t \circ c_{t-1} + i_t \circ \tilde{c}_t = \frac{1}{2} c_{t-1}" + "\n"
        "\\end{aligned}\n"
        "$$",
        r"so $c_t = \frac{c_{t-1}}{2}$ in every entry.",
    )


def test_irrational_numbers_are_rounded_and_say_so() -> None:
    verdict = decide(named("plain"), "h <= 1/2")
    assert verdict.steps == (
        "Take one input and one hidden unit with $x_t = 0$, $h_{t-1} = 0$, $b = 1$ and all other "
        "weights $0$.",
        "$$\n\\begin{aligned}\n" r"h_t &= \tanh(1) \approx 0.762" "\n\\end{aligned}\n$$",
        r"So $h_t \approx 0.762 > \frac{1}{2}$.",
    )


def test_a_strict_bound_that_is_just_reached_is_said_in_words() -> None:
    verdict = decide(lstm("hard_sigmoid"), "f < 1")
    assert verdict.steps[-1] == "So $f_t = 1$ is not less than $1$."


def test_an_independence_is_read_off_the_equations() -> None:
    verdict = decide(lstm(), "depends(f, c_prev)")
    assert verdict.value is False
    assert verdict.steps == (
        "The equations that lead to $f_t$ contain, besides weights, only $x_t$ and $h_{t-1}$. "
        "$c_{t-1}$ does not occur in them, so $f_t$ does not depend on it.",
    )
    assert verdict.evidence.second == "NumPy: unchanged in 4,000 random cells"


def test_a_dependence_is_shown_by_two_cells_that_differ_in_one_thing() -> None:
    verdict = decide(cell({"h": "tanh(W @ x)", "c": "h_prev / 2"}), "depends(h, x)")
    assert verdict.value is True
    assert verdict.steps == (
        "Take one input and one hidden unit with $x_t = 1$, $x'_t = 0$ and $W = 1$.",
        "$$\n\\begin{aligned}\n"
        r"h_t &= \tanh(1) \approx 0.762 \\" + "\n"
        r"h'_t &= \tanh(0) = 0" + "\n\\end{aligned}\n$$",
        r"So $h_t \approx 0.762 \neq 0 = h'_t$.",
        "A prime marks what another value of $x_t$ leads to, all else being the same: "
        "$h_t$ depends on $x_t$.",
    )


def test_a_derivative_says_what_it_follows_from() -> None:
    verdict = decide(lstm(), "derivative(c, c_prev) == f")
    derivative = r"$\frac{\partial c_t}{\partial c_{t-1}} = f_t$"
    assert verdict.steps == (
        r"From $c_t = f_t \circ c_{t-1} + i_t \circ \tilde{c}_t$, where $f_t$, $i_t$ and "
        rf"$\tilde{{c}}_t$ do not depend on $c_{{t-1}}$, follows {derivative}.",
        f"So {derivative} in every entry.",
    )


def test_a_claim_that_needs_two_hidden_units_gets_vectors() -> None:
    """Each alternative holds in some entry, so only two entries can break both."""
    verdict = decide(cell({"h": "tanh(h_prev)"}), "h > 0 or h <= 0")
    assert verdict.value is False
    assert verdict.steps == (
        "Take two hidden units with $h_{t-1} = (1, 0)$.",
        "$$\n\\begin{aligned}\n" r"h_t &= \tanh(h_{t-1}) \approx (0.762, 0)" "\n\\end{aligned}\n$$",
        r"So $h_t \approx (0.762, 0)$: $h_t > 0 \text{ or } h_t \le 0$ is false.",
    )


def test_one_false_part_is_enough_and_is_told_alone() -> None:
    verdict = decide(lstm(), ["f > 0", "c > 0", "depends(f, c_prev)"])
    assert verdict.value is False
    assert verdict.steps[-1] == "So $c_t = 0$ is not greater than $0$."
