"""How a cell is written, in stems and everywhere."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from generator.model.value import Formula
from tests.solver.recurrent.cells import cell, lstm, named


def formula(subject: object) -> Formula:
    assert isinstance(subject, Formula)
    return subject


def test_the_equations_are_written_as_in_the_assignment() -> None:
    assert formula(lstm().member("equations")).latex == "\n".join(
        (
            r"i_t &= \sigma(W^{(i)} x_t + U^{(i)} h_{t-1}) \\",
            r"f_t &= \sigma(W^{(f)} x_t + U^{(f)} h_{t-1}) \\",
            r"o_t &= \sigma(W^{(o)} x_t + U^{(o)} h_{t-1}) \\",
            r"\tilde{c}_t &= \tanh(W^{(c)} x_t + U^{(c)} h_{t-1}) \\",
            r"c_t &= f_t \circ c_{t-1} + i_t \circ \tilde{c}_t \\",
            r"h_t &= o_t \circ \tanh(c_t)",
        )
    )


def test_the_symbols_are_explained() -> None:
    assert lstm("hard_sigmoid").member("symbols") == (
        r"$\circ$ denotes element-wise multiplication, $\sigma_{\mathrm{hard}}$ the hard sigmoid "
        r"function ($\sigma_{\mathrm{hard}}(a) = \max(0, \min(1, \frac{a}{6} + \frac{1}{2}))$) and "
        r"$\tanh$ the hyperbolic tangent"
    )
    assert named("plain").member("symbols") == r"$\tanh$ denotes the hyperbolic tangent"


def test_the_functions_are_defined() -> None:
    assert formula(lstm().member("activations")).latex == (
        r"\sigma(a) &= \frac{1}{1 + e^{-a}} \\" + "\n"
        r"\tanh(a) &= \frac{e^{a} - e^{-a}}{e^{a} + e^{-a}}"
    )


WRITTEN = [
    ("(1 - z) * h_prev", r"(1 - z_t) \circ h_{t-1}", "(1 - z) * h_prev"),
    ("U_h @ (z * h_prev)", r"U^{(h)} (z_t \circ h_{t-1})", "U_h @ (z * h_prev)"),
    ("W_z_hat @ x", r"W^{(\hat{z})} x_t", "W_z_hat @ x"),
    ("z / 2 - (z - 1)", r"\frac{z_t}{2} - (z_t - 1)", "z / 2 - (z - 1)"),
    ("-z * 3", "3 (-z_t)", "(-z) * 3"),
    ("tanh(z)**2", r"\tanh^{2}(z_t)", "tanh(z) ** 2"),
    ("z**2", r"z_t^{2}", "z ** 2"),
    ("abs(z) + max(z, 0)", r"|z_t| + \max(z_t, 0)", "abs(z) + max(z, 0)"),
    ("z - -1", "z_t - (-1)", "z - -1"),
    ("linear(z)", "z_t", "z"),
    ("p_z * z", r"p^{(z)} \circ z_t", "p_z * z"),
]


@pytest.mark.parametrize(("text", "latex", "plain"), WRITTEN)
def test_a_term_is_written(text: str, latex: str, plain: str) -> None:
    subject = cell({"z": "sigmoid(U @ h_prev)", "h": text})
    equation = subject.member("equation")
    written = formula(equation.member("h"))  # type: ignore[attr-defined]
    assert written == Formula(latex=f"h_t = {latex}", text=f"h = {plain}")


def test_greek_and_long_names_are_written() -> None:
    subject = cell({"gamma": "sigmoid(U @ gamma_prev)", "memory": "gamma * memory_prev"})
    assert formula(subject.member("equations")).latex == (
        r"\gamma_t &= \sigma(U \gamma_{t-1}) \\" + "\n"
        r"\mathrm{memory}_t &= \gamma_t \circ \mathrm{memory}_{t-1}"
    )


def test_an_instance_is_a_namespace() -> None:
    subject = lstm()
    assert list(subject.members()) == ["equations", "equation", "activations", "symbols"]
    with pytest.raises(KeyError):
        subject.member("parameters")
    with pytest.raises(KeyError):
        subject.derive(("parameters",))


SCRIPT = """
from tests.solver.recurrent.cells import decide, lstm
for claim in ("abs(h) <= 1", "depends(h, x)", "h * c_prev >= 0"):
    print(decide(lstm(), claim))
"""


def test_the_same_words_under_every_hash_seed() -> None:
    """Nothing that is written depends on the order of sets."""
    outputs = {
        subprocess.run(
            [sys.executable, "-c", SCRIPT],
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=Path(__file__).parents[3],
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1
