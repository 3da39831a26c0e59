"""The second arithmetic finds what the language finds, by other means."""

from __future__ import annotations

from fractions import Fraction

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from generator.diagnostics import InputError
from generator.language.expression import compile_expression
from generator.language.functions import CONSTANTS, FUNCTIONS
from generator.solver.second import agree, evaluate
from generator.solver.second import functions as second
from generator.solver.substitution import substituted
from tests.solver.trees import source

ENV: dict[str, object] = {
    "a": 7,
    "b": Fraction(-3, 4),
    "x": (1, -2, 3),
    "m": ((1, 2), (3, 4)),
    "w": "same",
    "t": True,
}

EXPRESSIONS = """
a + b*2 | a//2 - a%3 | (-7)//2 | -7 % 3 | a**-2 | 8**(1/3) | sqrt(2)**2 == 2 | 10**200 * 3
x*2 | x @ x | m @ [1, 2] | m @ m | x > -3 | x == 0 | x != 0 | 3 in x | 4 not in x | 1 < a <= 7
1 if t else 2 | not t | a > 3 and t | a > 9 or not t | w == 'same' | x[1] + m[1][0] | +a - -a
abs(b) | sign(b) | floor(7/2) | ceil(b) | round(2.5) | round(b, 1) | whole(b) | even(a) | odd(a)
min(x) | max(1, 2, x) | gcd(12, 18, 27) | lcm(4, 6) | factorial(20) | binomial(10, 3)
sqrt(9/4) | sqrt(2) | exp(3) | log(8, 2) | log(10) | sin(100) | cos(3) | tan(1) | sin(10**30)
sigmoid(2) | tanh(0.5) | relu(x) | softplus(-3) | exp(log(5)) | tan(pi/4) | pi | 2**0.5
len(x) | sum(m) | prod(x) | mean(x) | dot(x, x) | all([t, true]) | any([false, t]) | count(x, 3)
sort(x) | reverse(x) | transpose(m) | argmin(x) | argmax(x) | slice(x, 1, 3) | range(3)
range(2, 5) | floor(sqrt(2) * 10**20) | 0.1 + 0.2 == 0.3
det(m) | det([[2]]) | det([[0, 1, 2], [3, 4, 5], [6, 7, b]]) | det([[1, 2], [2, 4]]) | trace(m)
rank([[1, 2, 3], [2, 4, 6], [0, 0, b]]) | inverse(m) | inverse([[0, 2, 1], [1, 0, 0], [0, 0, b]])
identity(3) | diag([a, b]) | norm([3, 4]) | norm(x) | cross(x, [4, 0, b]) | m[1, 0] - m[0, 1]
"""


@pytest.mark.parametrize(
    "text", [e.strip() for e in EXPRESSIONS.replace("\n", "|").split("|") if e.strip()]
)
def test_both_arithmetics_agree(text: str) -> None:
    expression = compile_expression(source(text))
    assert agree(expression.evaluate(ENV), evaluate(expression.tree, ENV))


def test_the_expressions_above_call_every_function_and_constant() -> None:
    called = {
        name
        for text in EXPRESSIONS.replace("\n", "|").split("|")
        if text.strip()
        for name in compile_expression(source(text.strip())).functions
    }
    assert called == set(FUNCTIONS) == set(second.FUNCTIONS)
    assert set(CONSTANTS) == set(second.CONSTANTS)


NUMBERS = st.one_of(
    st.integers(-50, 50).map(str), st.sampled_from(["a", "b", "0.25", "1.5", "x[0]", "m[1][1]"])
)


def _grown(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    binary = st.sampled_from(["+", "-", "*", "/", "//", "%"])
    return st.one_of(
        st.tuples(inner, binary, inner).map(lambda t: f"({t[0]} {t[1]} {t[2]})"),
        inner.map(lambda e: f"-{e}"),
        inner.map(lambda e: f"abs({e})"),
        inner.map(lambda e: f"floor({e})"),
        st.tuples(inner, inner).map(lambda t: f"max({t[0]}, {t[1]})"),
        st.tuples(inner, inner, inner).map(lambda t: f"({t[0]} if {t[1]} < {t[2]} else {t[2]})"),
        st.tuples(inner, st.integers(0, 3)).map(lambda t: f"({t[0]})**{t[1]}"),
    )


@settings(max_examples=120, deadline=None, derandomize=True)
@given(st.recursive(NUMBERS, _grown, max_leaves=12))
def test_random_expressions_have_the_same_value_in_both(text: str) -> None:
    expression = compile_expression(source(text))
    try:
        first = expression.evaluate(ENV)
    except InputError:  # a division by zero, or a number that is too large
        return
    assert agree(first, evaluate(expression.tree, ENV))


@pytest.mark.parametrize(
    ("first", "other"),
    [
        (520, 519),
        (Fraction(1, 3), Fraction(333333, 1000000)),
        (True, False),
        (True, 1),
        ((1, 2), (1, 3)),
        ((1, 2), (1, 2, 3)),
        ("same", "valid"),
    ],
)
def test_what_differs_does_not_agree(first: object, other: object) -> None:
    assert not agree(first, other)


@pytest.mark.parametrize(
    ("text", "latex"),
    [
        ("a * (b**2 + 1)", "7 \\times ((-0.75)^{2} + 1)"),
        ("(a - b)/2 - (a - 3)", "\\frac{7 - (-0.75)}{2} - (7 - 3)"),
        (
            "a//2 > 3 and t",
            "\\left\\lfloor \\frac{7}{2} \\right\\rfloor > 3 \\text{ and } \\text{true}",
        ),
        ("-a**2", "-7^{2}"),
        ("(-a)**2", "(-7)^{2}"),
        ("3*(a % 4)", "3 \\times (7 \\bmod 4)"),
        ("x[0] + m[1][0]", "1 + 3"),
        ("a if t else b", "7"),
        ("max(a, b)", "\\operatorname{max}(7, -0.75)"),
        ("sqrt(a)/2", "\\frac{\\sqrt{7}}{2}"),
        ("b * a", "(-0.75) \\times 7"),
        (
            "det(m) + inverse([[a, 0], [0, 1]])[0, 0]",
            "\\det \\begin{pmatrix} 1 & 2 \\\\ 3 & 4 \\end{pmatrix} + \\frac{1}{7}",
        ),
        ("norm([a, 0]) * x[0]", "\\left\\| (7, 0) \\right\\| \\times 1"),
        (
            "transpose([[a, b], [0, 1]])",
            "\\begin{pmatrix} 7 & -0.75 \\\\ 0 & 1 \\end{pmatrix}^{\\mathsf{T}}",
        ),
    ],
)
def test_an_expression_is_written_with_its_values(text: str, latex: str) -> None:
    assert substituted(compile_expression(source(text)), ENV) == latex


ENTRIES = st.integers(-4, 4) | st.fractions(-2, 2, max_denominator=3)


@settings(max_examples=30, deadline=None, derandomize=True)
@given(
    st.integers(1, 4).flatmap(lambda n: st.lists(st.tuples(*[ENTRIES] * n), min_size=n, max_size=n))
)
def test_determinants_inverses_and_ranks_agree(rows: list[tuple[Fraction, ...]]) -> None:
    env: dict[str, object] = {"m": tuple(rows)}
    names = ["det(m)", "rank(m)", "rank(transpose(m))", "trace(m)"]
    if compile_expression(source("det(m)")).evaluate(env) != 0:
        names += ["inverse(m)", "m @ inverse(m)", "det(inverse(m)) * det(m)"]
    for text in names:
        expression = compile_expression(source(text))
        assert agree(expression.evaluate(env), evaluate(expression.tree, env)), text
