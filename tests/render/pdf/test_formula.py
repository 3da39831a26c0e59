"""Formulas become display lists; bad ones become complaints in the author's columns."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from generator.render.pdf.fonts import Face
from generator.render.pdf.formula import Formula, complaint, formula
from generator.render.pdf.latex import LONGEST, FormulaError
from generator.render.pdf.mathink import formula_ink
from tests.render.pdf.samples import style

GOLDEN = Path(__file__).with_name("golden")


@pytest.fixture(scope="module")
def face() -> Face:
    return style().fonts.face("math")


def listing(laid: Formula) -> str:
    """The display list as text, a line for each mark."""
    lines = [f"{laid.width:.3f} wide, {laid.height:.3f} high, {laid.depth:.3f} deep"]
    for glyph in laid.glyphs:
        text = laid.face.text(glyph.glyph)
        lines.append(f"{text} {glyph.glyph} at {glyph.x:.3f} {glyph.y:.3f} scale {glyph.scale:g}")
    for rule in laid.rules:
        lines.append(f"rule at {rule.x:.3f} {rule.y:.3f}, {rule.width:.3f} by {rule.height:.3f}")
    for stroke in laid.strokes:
        lines.append(f"stroke {stroke.x1:.3f} {stroke.y1:.3f} to {stroke.x2:.3f} {stroke.y2:.3f}")
    for cut in laid.cuts:
        lines.append(f"may break at {cut.end:.3f}, cost {cut.cost}")
    return "\n".join([*lines, f"says: {laid.speech}", f"copies: {laid.text}"]) + "\n"


@pytest.mark.parametrize(
    ("name", "latex", "display"),
    [
        ("inline", r"20 \times (5 \times 5 + 1) = 520", False),
        ("fraction", r"\frac{\partial R}{\partial w_i} = -2(y-z)h_i", True),
        ("sum", r"h_i = \sigma\left(\sum_{j=1}^{3} v_j x_{i+j-1}\right)", True),
        ("accent", r"\hat{y}_k + \tilde{c}_t", False),
        ("cases", r"f(x) = \begin{cases} x & \text{if } x > 0 \\ 0 & \text{else}\end{cases}", True),
        ("canceled", r"\cancel{x} + \boxed{y}", False),
        (
            "truth table",
            r"\begin{array}{c|c} p & \neg p \\ \hline 0 & 1 \\ 1 & 0 \end{array}",
            True,
        ),
    ],
)
def test_the_display_list_of(
    name: str, latex: str, *, display: bool, face: Face, golden: Callable[[Path, str], None]
) -> None:
    golden(GOLDEN / f"formula {name}.txt", listing(formula(latex, face, display=display)))


def test_scripts_of_an_accented_letter_stand_where_those_of_the_letter_do(face: Face) -> None:
    """TeX sets them by the letter; the box of the accent would put them lower."""
    plain = formula("y_k", face, display=False)
    accented = formula(r"\hat{y}_k", face, display=False)
    assert accented.glyphs[-1].y == plain.glyphs[-1].y


def test_a_subscript_stands_below_the_prime_beside_it(face: Face) -> None:
    letter, prime, first, *rest = formula(r"x''_{t-1} = 0", face, display=False).glyphs
    assert (face.text(prime.glyph), face.text(first.glyph)) == ("″", "𝑡")
    assert first.x == pytest.approx(prime.x)
    assert letter.x < prime.x < rest[0].x < rest[1].x < rest[2].x
    assert formula(r"f'(x)_t", face, display=False).glyphs[2].x > 0.8
    end = formula("x'_t", face, display=False)
    assert end.width == pytest.approx(max(glyph.x for glyph in end.glyphs) + 0.296, abs=0.01)


def test_a_formula_is_spoken_in_the_language_of_the_sheet(face: Face) -> None:
    assert formula(r"\frac{3}{4}", face, display=False, language="de").speech == "drei Viertel"
    assert formula(r"\frac{3}{4}", face, display=False, language="xx").speech == "3 over 4"


@pytest.mark.parametrize(
    ("latex", "places"),
    [
        (r"z = \sum_{i=1}^4 w_i h_i", [("=", 500)]),
        (r"a + b = c", [("+", 700), ("=", 500)]),
        (r"-a = +b", [("=", 500)]),
        (r"f(a + b) = c", [("+", 2_200), ("=", 500)]),
        (r"(a + b)^2 = c", [("+", 2_200), ("=", 500)]),
        (r"x_1, \dots, x_6 \in \mathbb{R}", [(",", 300), (",", 300), ("∈", 500)]),
        (r"\frac{a + b}{c = d}", []),
        (r"\left(a + b\right) = c", [("=", 500)]),
        (r"\begin{pmatrix} a = b \end{pmatrix} = c", [("=", 500)]),
    ],
)
def test_a_line_may_end_after_signs_on_the_baseline(
    latex: str, places: list[tuple[str, int]], face: Face
) -> None:
    laid = formula(latex, face, display=False)
    signs = {glyph.x: face.text(glyph.glyph) for glyph in laid.glyphs}
    assert [(signs[cut.before], cut.cost) for cut in laid.cuts] == places


@pytest.mark.parametrize(
    ("latex", "message"),
    [
        (r"\foo", r"column 1: unsupported command: \foo"),
        (r"\hat{y}_k + \foo", r"column 13: unsupported command: \foo"),
        (r"\frac{1}", "column 9: missing argument"),
        ("a & b", "column 3: `&` outside of an environment such as aligned"),
        ("a $ b", "column 3: a dollar sign inside a formula"),
        (r"\text{costs $x$} = $", "column 20: a dollar sign inside a formula"),
        (
            r"\begin{cases} a & b \end{cases} & c",
            "column 33: `&` outside of an environment such as aligned",
        ),
        (r"\color{nocolor}{x}", "there is no colour 'nocolor'"),
        (r"\color{#12zz56}{x}", "there is no colour '#12zz56'"),
        ("{x", "column 1: '{' without a matching '}'"),
        ("  ", "the formula is empty"),
        (r"\nonumber", "the formula shows nothing"),
        (r"\text{日}", "the STIX Two Math font has no '日' character (U+65E5)"),
        ("{" * 99 + "x" + "}" * 99, "column 65: nesting deeper than 64 levels"),
        ("x" * (LONGEST + 1), "the formula has 10001 characters; 10000 are allowed"),
    ],
)
def test_a_formula_that_cannot_be_set_is_complained_about(
    latex: str, message: str, face: Face
) -> None:
    assert complaint(latex, face, display=True) == message
    with pytest.raises(FormulaError):
        formula(latex, face, display=True)


@pytest.mark.parametrize(
    "latex",
    [
        r"\text{if $x > 0$}",
        r"\begin{aligned} a &= b \\ &= c \end{aligned}",
        r"\$ 5 \& 6",
        r"\cases{a & b}",
    ],
)
def test_dollars_and_ampersands_are_fine_where_tex_has_them(latex: str, face: Face) -> None:
    assert complaint(latex, face, display=True) == ""


@pytest.mark.parametrize(
    ("name", "color"), [("red", "#ff0000"), ("#FA0", "#ffaa00"), ("#0000ff", "#0000ff")]
)
def test_colours_have_the_names_of_css(name: str, color: str, face: Face) -> None:
    (glyph,) = formula(rf"\color{{{name}}}{{x}}", face, display=False).glyphs
    assert glyph.color == color


def test_a_coloured_box_is_drawn_behind_its_letters(face: Face) -> None:
    code = formula_ink(formula(r"\colorbox{yellow}{x}", face, display=False), 10, "#000000").code
    assert code.index("1 1 0 rg") < code.index("BT")
