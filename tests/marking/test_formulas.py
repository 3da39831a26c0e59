"""Formulas in all the forms in which students type them; the key is that of the assignment."""

from __future__ import annotations

import pytest

from generator.model.formula import Number, Product, Symbol, constant
from generator.model.solution import ExpressionKey
from tests.marking.parts import marked, on_gradient, reason

LAST = [
    "-2*(y - z)*h_i",
    "-2*(y-z)*h_i",
    "-2(y-z)h_i",
    "2(z-y)h_i",
    "2 h_i (z - y)",
    "h_i*2*(z-y)",
    "2zh_i-2yh_i",
    "-2yh_i + 2zh_i",
    "−2·(y−z)·hᵢ",
    "-2 × (y - z) × h_i",
    "-2(y-z)h_{i}",
    "-2(y-z)h_(i)",
    "- 2 ( y - z ) h _ i",
    r"-2(y-z)\,h_i",
    r"$-2\left(y-z\right)h_{i}$",
    r"\(-2 \cdot (y - z) \cdot h_i\)",
    r"-2 \big( y - z \big) \times h_i",
    r"\frac{\partial R}{\partial w_i} = -2(y-z)h_i",
    "dR/dw_i = -2(y-z)h_i",
    "= -2(y-z)h_i",
    "-2(y-z)(h_i)",
    "-(y-z)*h_i/(1/2)",
    r"-\frac{2(y-z)}{1}h_i",
    r"-\frac21(y-z)h_i",
    "-2.0(y-z)h_i",
    "-2e0*(y-z)*h_i",
    "-4/2*(y-z)*h_i",
    "(y-z)*h_i*(-2)",
    "--2*-1*(y-z)*h_i",
    "-2(y^2-z^2)/(y+z)*h_i",
    "-(2y-2z)h_i^1",
    "-2(y-z)*h_i^2/h_i",
    "-2(y-z)*exp(ln(2)-ln(2))*h_i",
    "-2(y-z)*sqrt(4)/2*h_i",
    r"-2(y-z)h_i\sqrt[3]{8}/2",
    "-2[(y-z)h_i]",
    "-2{(y-z)}h_i",
    "-2(y-z)|1|h_i",
    "-2(y - sum(k=1..4, w_k h_k))h_i",
    r"-2\left(y-\sum_{k=1}^{4} w_k h_k\right)h_i",
    "-2(y-z)*s(a_i)",
    "-2(y-z)*sigmoid(a_i)",
    r"-2(y-z)\sigma(a_i)",
    "-2(y-z)σ(a_i)",
    "-2(y-z)/(1+e^{-a_i})",
    "-2(y-z)/(1+exp(-a_i))",
    "-2(y-z)*s(sum(k=1..3, v_k x_{i+k-1}))",
]

FIRST = [
    "-2*(y - z)*sum(i=1..4, w_i*h_i*(1 - h_i)*x_{i+j-1})",
    r"-2(y - z)\sum_{i=1}^{4} w_i h_i (1 - h_i)\, x_{i+j-1}",
    "-2(y-z) sum(w_i h_i (1-h_i) x_{i+j-1}, i=1..4)",
    "-2(y-z) sum(w_i h_i (1-h_i) x_{i+j-1}, i, 1, 4)",
    "-2(y-z) sum(i=1 to 4, w_i h_i (1-h_i) x_(i+j-1))",
    "-2(y-z) sum_{i=1}^4 w_i h_i(1-h_i) x_{i+j-1}",
    "-2(y-z) sum_i=1^4 w_i h_i(1-h_i) x_{i+j-1}",
    "-2(y-z) sum_{i=1..4} w_i h_i(1-h_i) x_{i+j-1}",
    "-2(y-z) sum_i w_ih_i(1-h_i)x_{i+j-1}",
    "-2(y-z) Σᵢ wᵢ·hᵢ·(1−hᵢ)·xᵢ₊ⱼ₋₁",
    "-2(y-z) ∑_{i=1}^{4} w_i h_i(1-h_i) x_{i+j-1}",
    "-2(y-z) sum_{k=1}^4 w_k h_k(1-h_k) x_{k+j-1}",
    "-2(y-z) sum_{i=0}^3 w_{i+1} h_{i+1}(1-h_{i+1}) x_{i+j}",
    "sum_{i=1}^4 -2(y-z) w_i h_i(1-h_i) x_{i+j-1}",
    "2(z-y) sum_{i=1}^4 w_i (h_i - h_i^2) x_{i+j-1}",
    "2(z-y) (sum_i w_i h_i x_{j+i-1} - sum_i w_i h_i^2 x_{i+j-1})",
    "-2(y-z) sum_{i=1}^4 w_i s'(a_i) x_{i+j-1}",
    "-2(y-z) sum_{i=1}^4 w_i s(a_i)(1-s(a_i)) x_{i+j-1}",
    r"-2(y-z) \sum_{i=1}^4 w_i \sigma'(a_i) x_{i+j-1}",
    r"-2(y-z) \sum_{i=1}^4 w_i \frac{e^{-a_i}}{(1+e^{-a_i})^2} x_{i+j-1}",
    "-2(y-z)(w_1h_1(1-h_1)x_j + w_2h_2(1-h_2)x_{j+1} + w_3h_3(1-h_3)x_{j+2}"
    " + w_4h_4(1-h_4)x_{j+3})",
]


@pytest.mark.parametrize("response", LAST)
def test_a_product_is_right_in_any_form(response: str) -> None:
    found = on_gradient(response, layer=2)
    assert found.verdict == "right", found


@pytest.mark.parametrize("response", FIRST)
def test_a_sum_is_right_in_any_form(response: str) -> None:
    found = on_gradient(response)
    assert found.verdict == "right", found


@pytest.mark.parametrize(
    "response",
    [
        "2(y-z)h_i + 1",
        "-2(y-z)h_i + 1/10^20",
        "-2(y-z)^2 h_i",
        "-2y-zh_i",
        "-2(y+z)h_i",
        "-2(y-z)h_i^2",
        "-2(y-z)h_1",
        "-2(y-z)h_{i+1}",
        "-2(y-z)sum_i h_i",
        "-2(y-z)s(h_i)",
        "-2(y-z)s'(a_i)",
        "-2|y-z|h_i",
        "-2sqrt((y-z)^2)h_i",
        "-2(y-z)h_i[h_i > 1/4]",
        "-2(y-z)h_i*1.0000000001",
        "0",
        "h_i",
    ],
)
def test_what_differs_anywhere_is_not_right(response: str) -> None:
    found = on_gradient(response, layer=2)
    assert found.verdict in ("wrong", "partly"), found


def test_an_equation_of_the_question_may_be_used_and_is_named() -> None:
    found = on_gradient("-2(y-z)*s(a_i)", layer=2)
    assert found.message == "That is right, by the equations of the question."


@pytest.mark.parametrize(
    ("response", "worth", "because"),
    [
        ("2(y-z) sum_i w_i h_i(1-h_i) x_{i+j-1}", "1/2", "The sign is wrong"),
        ("-(y-z) sum_i w_i h_i(1-h_i) x_{i+j-1}", "1/2", "The factor 2 is missing"),
        ("-2(y-z) w_i h_i(1-h_i) x_{i+j-1}", "1/2", "The sum is missing"),
        ("-2(y-z) sum_i w_i x_{i+j-1}", "0", "The derivative of the activation function"),
        ("-2(y-z) sum_i h_i(1-h_i) x_{i+j-1}", "0", "The factor $w_i$ is missing"),
        ("-2(y-z) sum_i w_i h_i(1-h_i) x_{i+j}", "1/2", "The index is off by one"),
        ("-2(y-z) sum_i w_i h_i(1-h_i) x_j", "0", "The window does not stay"),
        ("2(z-y) sum_i w_i s'(a_i) x_{i+j}", "1/2", "The index is off by one"),
    ],
)
def test_a_known_mistake_is_recognized_in_any_form(response: str, worth: str, because: str) -> None:
    found = on_gradient(response)
    assert reason(found).startswith(because), found
    assert str(found.share) == worth
    assert found.verdict == ("partly" if found.share else "wrong")


@pytest.mark.parametrize(
    ("response", "message"),
    [
        ("", "There is no response."),
        ("-2(y-z)h", "`h` needs one index: write h_i."),
        ("-2(y-z)h_{1,2}", "`h` has one index, not 2."),
        ("-2(y_1-z)h_i", "`y` is a single number and has no index."),
        ("-2(y-q)h_i", "`q` is not a name of this question: it has R, a, h, v, w, x, y, z."),
        ("-2(y-sigm(a_i))", "`sigm` is not a name of this question: did you mean `sigma`?"),
        ("-2(y-z)h_k", "`k` is not an index letter of this question."),
        (
            "-2(y-z)x_i+j",
            "The index letter `j` stands outside of an index: put an index of several signs in "
            "braces: x_{j+1}.",
        ),
        (
            "1/2(y-z)h_i",
            "Behind a fraction, a factor without a sign can belong above or below: write (a/b)*c "
            "or a/(b*c).",
        ),
        ("w_1h_1+...+w_4h_4", "Dots can mean anything: write sum(i=1..4, ...) instead of them."),
        (
            "-2(y-z)0,5",
            "A comma can be a decimal point or stand between several answers: write decimals with "
            "a point, 0.5, and several numbers in parentheses, (1, 2).",
        ),
        ("-2(y-z", "A `)` is missing at the end."),
        ("-2y-z)", "A parenthesis that was never opened is closed before `)`."),
        ("-2(y-z)*", "A number, a name or a parenthesis is missing at the end."),
        ("2 2 y", "A sign is missing between two numbers before `2`."),
        ("sum(w_i)", "A sum needs its letter and how far it runs: write sum(i=1..4, ...)."),
        ("s'(y)'", "A prime stands behind a function's name: write s'(a)."),
        ("ln 2y", "How far `ln` reaches is not clear: ln(a)."),
        ("y^1000", "Exponents beyond 100 are not read."),
        (
            "y/(z-z)",
            "This formula has no value that could be compared (`/` divides by zero).",
        ),
        (
            "sum(i=1..1000000000, y)",
            "This formula takes too long to compare: write it in a simpler form.",
        ),
        ("y # z", "The sign `#` has no meaning in a formula."),
        (r"\partial y", "A formula without derivatives is asked for: write it out."),
        (r"\begin{x}", r"`\begin` is not a command that is read here."),
        ("y" * 2001, "A response has at most 2,000 characters here."),
    ],
)
def test_what_cannot_be_read_is_told_how_to_write_it(response: str, message: str) -> None:
    found = on_gradient(response)
    assert (found.verdict, found.message) == ("unreadable", message)


# --- keys without a glossary -------------------------------------------------------------------


def plain_key(text: str) -> ExpressionKey:
    return ExpressionKey(latex=text, text=text)


@pytest.mark.parametrize(
    ("key", "response", "verdict"),
    [
        ("x**2 + 2*x*y + y**2", "(x+y)^2", "right"),
        ("x**2 + 2*x*y + y**2", "(x-y)^2", "wrong"),
        ("mu_k*m*g", r"\mu_k m g", "right"),
        ("mu_k*m*g", "gmμ_k", "right"),
        ("sqrt(2*g*h)", "(2gh)^(1/2)", "right"),
        ("sqrt(2*g*h)", r"\sqrt{2 g h}", "right"),
        ("sqrt(x**2)", "x", "wrong"),
        ("ln(a*b)", "ln(a)+ln(b)", "right"),
        ("exp(a + b)", "e^a e^b", "right"),
        ("sin(x)**2 + cos(x)**2", "1", "right"),
        ("tan(x)", r"\frac{\sin x}{\cos x}", "right"),
        ("2/3", "4/6", "right"),
        ("2/3", "0.667", "wrong"),
        ("(2, 6, 6)", "2 x 6 x 6", "right"),
        ("(2, 6, 6)", "[2, 6, 6]", "right"),
        ("(2, 6, 6)", "(2, 6, 7)", "wrong"),
        ("(2, 6, 6)", "(2, 6)", "wrong"),
        ("(2, 6, 6)", "2", "wrong"),
        ("max(0, a)", "a*[a > 0]", "right"),
        ("abs(a)", "|a|", "right"),
    ],
)
def test_a_key_that_is_only_written_is_read_as_a_response_is(
    key: str, response: str, verdict: str
) -> None:
    assert marked(plain_key(key), response).verdict == verdict


def test_a_key_that_is_no_formula_is_marked_by_hand() -> None:
    found = marked(plain_key("c = f*c; h = o*tanh(c) ..."), "c")
    assert (found.verdict, found.message) == ("by hand", "This formula is marked by a person.")


def test_an_entry_outside_of_its_table_is_0_only_where_the_key_says_so() -> None:
    """Otherwise a sum that runs too far would be right."""
    assert on_gradient("-2(y-z) sum_{i=1}^5 w_i h_i(1-h_i) x_{i+j-1}").verdict == "wrong"


def test_a_term_keeps_what_is_around_its_parts() -> None:
    term = Product(factors=(constant(2), Symbol(name="x", at=(Symbol(name="i"),))))
    assert term.around((constant(3), Symbol(name="y"))) == Product(
        factors=(Number(value=constant(3).value), Symbol(name="y"))
    )
