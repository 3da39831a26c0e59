"""Curves are right, and have the same bits on every machine."""

from __future__ import annotations

import ast
from fractions import Fraction
from pathlib import Path

import mpmath  # type: ignore[import-untyped]  # it ships no types
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import generator.solver.plots
from generator.language.arithmetic import rational
from generator.language.expression import compile_expression
from generator.model.source import Source, SourceFile
from generator.solver.plots import steady
from tests.solver.plots.plots import function

FIXED = frozenset(
    word
    for line in (
        "float64 bool_ int32 ndarray nan asarray array zeros ones ones_like arange append inf",
        "concatenate broadcast_to broadcast_arrays repeat where clip nan_to_num isnan errstate",
        "abs sign floor ceil sqrt ldexp frexp maximum minimum add multiply diff cumsum",
        "less less_equal greater greater_equal equal not_equal full_like",
        "logical_and logical_or logical_not argsort sort flatnonzero",
    )
    for word in line.split()
)
"""What IEEE 754 fixes to the last bit, or what does not compute with doubles."""


def test_plots_use_nothing_whose_last_bits_differ_between_machines() -> None:
    """Of NumPy no exp, sin, power, dot, sum or interp; of `math` only whole numbers."""
    for path in Path(generator.solver.plots.__file__).parent.glob("*.py"):
        tree = ast.parse(path.read_text("utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                assert node.value.id != "np" or node.attr in FIXED, (path.name, node.attr)
            if isinstance(node, ast.ImportFrom) and node.module == "math":
                assert {name.name for name in node.names} <= {"ceil", "floor", "factorial"}
            if isinstance(node, ast.Import):
                assert "math" not in {name.name for name in node.names}


@pytest.mark.parametrize("name", ["exp", "sin", "cos", "tan", "tanh", "log", "softplus"])
@settings(max_examples=60, deadline=None, derandomize=True)
@given(x=st.floats(-200, 200))
def test_a_function_is_right_to_twelve_digits(name: str, x: float) -> None:
    if name == "log":
        x = abs(x) + 1e-6
    with mpmath.workdps(40):
        exact = {"softplus": lambda v: mpmath.log1p(mpmath.exp(v))}.get(name) or getattr(
            mpmath, name
        )
        expected = float(exact(mpmath.mpf(x)))
    found = float(getattr(steady, name)(np.array([x]))[0])
    # The tangent magnifies what is lost of its argument near its poles.
    loose = 1 + expected**2 if name == "tan" else max(1.0, abs(expected))
    assert abs(found - expected) <= 1e-12 * loose


@pytest.mark.parametrize(
    "text",
    [
        "3*x**3 - x/7 + 2",
        "a*sin(x) + cos(2*x)**2",
        "exp(-(x - a)**2/2)/sqrt(2*pi)",
        "relu(x) - max(0, min(x, 1)) + abs(x)",
        "sigmoid(a*x) + tanh(x) + softplus(-x)",
        "x**2 if x < 1/2 else 1 - x if x <= 3/2 and not x == 1 else floor(x) + ceil(x/2)",
        "x % 0.7 + x // 0.3 + sign(x) + round(x, 1)",
        "log(x**2 + 1) + log(x**2 + 2, 2) + sqrt(abs(x))",
        "dot([1, a, 2], [1, x, x**2]) + sum(v*x) + mean([x, 1]) + prod([x, x + 1]) + v[1]*x",
        "2**x + (x**2 + 1)**0.3 + (x**2 + 1)**(x/5) + tan(x/10)",
        "0 if a > 1 else 1/(a - 1)",
    ],
)
def test_a_curve_has_the_values_of_the_language(text: str) -> None:
    source = Source(file=SourceFile(name="bank.yaml", text=text), line=1, column=1, text=text)
    drawn = function(text, a=2, v=(3, 4))
    for x in (Fraction(n, 13) for n in range(-30, 31, 4)):
        exact = compile_expression(source).evaluate({"x": x, "a": 2, "v": (3, 4)})
        assert drawn(np.array([float(x)]))[0] == pytest.approx(
            float(rational(exact, "it")), rel=1e-11, abs=1e-11
        )


@pytest.mark.parametrize("text", ["1/x", "log(x)", "log(-x)", "x**-2", "1/(x - x)", "sqrt(x - 1)"])
def test_a_curve_has_no_value_where_the_language_has_none(text: str) -> None:
    assert np.isnan(function(text)(np.zeros(3))).all()
