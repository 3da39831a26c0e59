"""Formulas without MathJax: as outlines, and as one line of HTML."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.render import formula
from generator.render.formula import linear, outline

LINES = [
    (r"20 \times (5 \times 5 + 1) = 520", "20 × (5 × 5 + 1) = 520"),
    (r"x = -1", "<i>x</i> = −1"),
    (r"h_{t-1}^{2}", "<i>h</i><sub><i>t</i> − 1</sub><sup>2</sup>"),
    (r"\frac{1}{2}", "1/2"),
    (r"\frac{\partial R}{\partial w_i}", "(∂<i>R</i>)/(∂<i>w</i><sub><i>i</i></sub>)"),
    (r"\sigma(x) \in (0, 1)", "<i>σ</i>(<i>x</i>) ∈ (0, 1)"),
    (r"a < b", "<i>a</i> &lt; <i>b</i>"),
    (r"\tanh(c_t)", "tanh(<i>c</i><sub><i>t</i></sub>)"),
    (r"2\cos 20^\circ", "2 cos 20<sup>∘</sup>"),
    (r"-\ln x", "−ln <i>x</i>"),
    (r"m\sin^2\alpha", "<i>m</i> sin<sup>2</sup> <i>α</i>"),
    (r"a+\log\sqrt{2}", "<i>a</i> + log √2"),
    (r"\mathbf{W} \cdot \mathrm{d}x", "<b>W</b> · d<i>x</i>"),
    (r"\tilde{c}", "<i>c\u0303</i>"),
    (r"\sqrt{x+1}", "√(<i>x</i> + 1)"),
    (r"\sqrt[3]{x}", "∛<i>x</i>"),
    (r"\left\lfloor \frac{a}{b} \right\rfloor", "⌊<i>a</i>/<i>b</i>⌋"),
    (r"\left.\frac{a}{b}\right|_{z=1}", "<i>a</i>/<i>b</i>|<sub><i>z</i> = 1</sub>"),
    (r"\text{True if $x_1$ < 0}", "True if <i>x</i><sub>1</sub> &lt; 0"),
    (r"1,000", "1,000"),
    (r"\begin{bmatrix} 1 & 2 \\ 3 & 4 \end{bmatrix}", "[[1, 2], [3, 4]]"),
    (r"x \in \mathbb{R}", "x ∈ ℝ"),
]


@pytest.mark.parametrize(("latex", "html"), LINES)
def test_a_formula_reads_well_in_one_line(latex: str, html: str) -> None:
    assert linear(latex) == html


ARITHMETIC = st.lists(
    st.sampled_from(
        [
            *("1", "12", "007", "0.5", "11.10", "1000", " "),
            *(r" \times ", r"\cdot", r"\approx ", "-", "+", "=", "/", "(", ")"),
        ]
    ),
    max_size=8,
).map("".join)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(ARITHMETIC)
def test_arithmetic_is_read_once_for_all_numbers(latex: str) -> None:
    assert linear(latex) == formula._read(latex)


def test_a_formula_that_cannot_be_read_is_none() -> None:
    assert linear(r"\undefined x") is None
    assert outline(r"\undefined x") is None


def test_outlines_share_their_glyphs_between_formulas() -> None:
    one, two = outline("x_1"), outline("x_2")
    assert one is not None
    assert two is not None
    assert set(one.glyphs) & set(two.glyphs)
    assert all(f'href="#{name}"' in one.shapes for name, _ in one.glyphs)


def test_outlines_know_their_size() -> None:
    drawn = outline(r"\frac{a}{b}")
    assert drawn is not None
    assert 0.3 < drawn.width < 1.5
    assert drawn.ascent > 0.6
    assert drawn.descent > 0.3
