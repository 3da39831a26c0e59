"""Formulas as MathML: what the sheets set, a browser shows, with TeX's spaces."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.render.alphabets import styled
from generator.render.mathml import NoMathml, mathml
from tests.render.pdf.samples import form

QUICK = settings(max_examples=100, deadline=None, derandomize=True)


def inner(latex: str, *, display: bool = False) -> str:
    """The content of the formula's element."""
    written = mathml(latex, display=display)
    return written.partition(">")[2].removesuffix("</math>")


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        ("x_1^2", "<msubsup><mi>x</mi><mn>1</mn><mn>2</mn></msubsup>"),
        (r"\frac{a}{b}", "<mfrac><mi>a</mi><mi>b</mi></mfrac>"),
        (r"\binom{n}{k}", '<mfrac linethickness="0"><mi>n</mi><mi>k</mi></mfrac>'),
        (r"\sqrt{x}", "<msqrt><mi>x</mi></msqrt>"),
        (r"\sqrt[3]{x}", "<mroot><mi>x</mi><mn>3</mn></mroot>"),
        (r"\mathrm{d}x", '<mi mathvariant="normal">d</mi><mi>x</mi>'),
        (r"\mathbf{W}\mathbb{R}\mathcal{L}", "<mi>𝐖</mi><mi>ℝ</mi><mi>ℒ</mi>"),
        (r"\boldsymbol{\theta}", "<mi>𝜽</mi>"),
        (r"\text{ if }x", "<mtext>\u00a0if\u00a0</mtext><mi>x</mi>"),
        ("a < b", "<mi>a</mi><mo>&lt;</mo><mi>b</mi>"),
        (r"\tilde c", '<mover accent="true"><mi>c</mi><mo stretchy="false">~</mo></mover>'),
        (r"\overline{x}", '<mover accent="true"><mi>x</mi><mo stretchy="true">‾</mo></mover>'),
        (r"\textcolor{red}{xy}", '<mrow mathcolor="red"><mi>x</mi><mi>y</mi></mrow>'),
        (r"\phantom{x}", "<mphantom><mi>x</mi></mphantom>"),
        (r"a \to b", '<mi>a</mi><mo stretchy="false">→</mo><mi>b</mi>'),
        (r"\dfrac12", '<mstyle displaystyle="true"><mfrac><mn>1</mn><mn>2</mn></mfrac></mstyle>'),
    ],
)
def test_each_construct_has_its_element(latex: str, expected: str) -> None:
    assert expected in inner(latex)


def test_a_sign_is_no_operation() -> None:
    """A minus after a relation stands close to its number; between two operands it does not."""
    sign = '<mo form="prefix" stretchy="false" lspace="0" rspace="0">−</mo>'
    assert inner("x = -2") == f"<mi>x</mi><mo>=</mo>{sign}<mn>2</mn>"
    assert inner("-x - 2") == f"{sign}<mi>x</mi><mo>−</mo><mn>2</mn>"
    assert sign in inner("f(-x)")


def test_scripts_have_no_spaces() -> None:
    assert '<mo form="infix" stretchy="false" lspace="0" rspace="0">+</mo>' in inner("x_{i+1}")


def test_functions_stand_apart_from_letters_but_not_from_parentheses() -> None:
    space = '<mspace width="0.1667em"/>'
    assert inner(r"2 \sin x") == f"<mn>2</mn>{space}<mi>sin</mi><mo>\u2061</mo>{space}<mi>x</mi>"
    assert inner(r"\tanh(x)").startswith("<mi>tanh</mi><mo>\u2061</mo><mo form")


def test_limits_move_in_a_line_and_those_of_integrals_never() -> None:
    assert inner(r"\sum_{i=1}^n x").startswith("<munderover><mo ")
    assert inner(r"\int_0^1 x").startswith("<msubsup><mo ")
    assert 'movablelimits="true"' in inner(r"\lim_{x \to 0} f")
    assert 'movablelimits="false"' in inner(r"\int\limits_0^1 x")


def test_aligned_halves_meet_at_the_relation() -> None:
    table = inner(r"\begin{aligned} a &= b \\ &= c \end{aligned}", display=True)
    assert table.startswith('<mtable displaystyle="true"><mtr><mtd style="text-align: right;')
    assert '<mtd style="text-align: left; padding-left: 0"><mo form="infix"' in table


def test_fences_of_matrices_and_cases_stretch() -> None:
    assert inner(r"\begin{pmatrix}1\end{pmatrix}").count('stretchy="true"') == 2
    assert inner(r"\begin{cases}1\end{cases}").count('stretchy="true"') == 1


@pytest.mark.parametrize("latex", [r"\undefined", r"\llap{x}", r"\colorbox{red}{x}", r"\cancel{x}"])
def test_what_mathml_cannot_show_is_said_to_be_so(latex: str) -> None:
    with pytest.raises(NoMathml):
        mathml(latex, display=False)


ATOMS = st.sampled_from(
    ["x", "12", "+", "-", "=", r"\sigma", "(", ")", ",", r"\sum_i", r"\max", r"\to", r"\,", "'"]
)
WRAPS = st.sampled_from(
    [
        r"\frac{{{}}}{{2}}",
        r"\sqrt{{{}}}",
        r"\left({}\right)",
        "x_{{{}}}",
        r"\hat{{{}}}",
        r"\begin{{cases}}{}&x\\1\end{{cases}}",
        r"\mathbf{{{}}}",
        r"\text{{if ${}$}}",
        r"\underbrace{{{}}}_{{n}}",
        "{}",
    ]
)


@QUICK
@given(st.lists(ATOMS, min_size=1, max_size=6), st.lists(WRAPS, max_size=3), st.booleans())
def test_whatever_it_is_it_is_well_formed(
    atoms: list[str], wraps: list[str], display: bool
) -> None:
    """Scripts and fractions have just the children that MathML wants."""
    latex = " ".join(atoms)
    for wrap in wraps:
        latex = wrap.format(latex)
    try:
        written = mathml(latex, display=display)
    except NoMathml:
        return
    for element in ElementTree.fromstring(written).iter():  # noqa: S314 - our own
        wanted = _CHILDREN.get(element.tag)
        assert wanted is None or len(element) == wanted, written


_CHILDREN = {
    "mfrac": 2,
    "mroot": 2,
    "msub": 2,
    "msup": 2,
    "msubsup": 3,
    "munder": 2,
    "mover": 2,
    "munderover": 3,
}


def test_every_formula_of_assignment_4_is_mathml() -> None:
    from tests.render.html.reading import formulas  # noqa: PLC0415 - reads what it walks through

    found = formulas(form())
    assert len(found) > 60
    for latex, display in found:
        assert mathml(latex, display=display)


@pytest.mark.parametrize(
    ("text", "variant", "expected"),
    [
        ("hello", "italic", "ℎ𝑒𝑙𝑙𝑜"),
        ("Rx2", "bold", "𝐑𝐱𝟐"),
        ("CHNPQRZ", "double-struck", "ℂℍℕℙℚℝℤ"),
        ("BEFHILMRego", "calligraphic", "ℬℰℱℋℐℒℳℛℯℊℴ"),
        ("CHIRZ", "fraktur", "ℭℌℑℜℨ"),
        ("αΩθϑ", "bold-italic", "𝜶𝜴𝜽𝝑"),
        ("?", "bold", "?"),
        ("x", "unheard-of", "x"),
    ],
)
def test_alphabets_are_unicodes(text: str, variant: str, expected: str) -> None:
    assert styled(text, variant) == expected
