"""Derivatives are what a textbook prints, and carry their proof."""

from __future__ import annotations

import pytest

from tests.solver.function.functions import derivative, derive, instance, latex, text

PRINTED = {
    "7": "0",
    "x": "1",
    "x**3 - 4*x + 7": "3x^{2} - 4",
    "4*x**5 - x": "20x^{4} - 1",
    "3/x**2": r"-\frac{6}{x^{3}}",
    "1/x": r"-\frac{1}{x^{2}}",
    "sqrt(x)": r"\frac{1}{2\sqrt{x}}",
    "x**(2/3)": r"\frac{2}{3x^{1/3}}",
    "(x**2 + 1)**5": "10x (x^{2} + 1)^{4}",
    "x**2*exp(3*x)": "x e^{3x}(3x + 2)",
    "x*exp(-x**2/2)": "e^{-x^{2}/2}(1 - x^{2})",
    "exp(2*x)*sin(3*x)": r"e^{2x}(2\sin(3x) + 3\cos(3x))",
    "x**2*log(x)": r"2x \ln(x) + x",
    "sin(x)/x": r"\frac{x \cos(x) - \sin(x)}{x^{2}}",
    "(2*x + 1)/(3*x - 2)": r"-\frac{7}{(3x - 2)^{2}}",
    "(x**2 - 1)/(x**2 + 1)": r"\frac{4x}{(x^{2} + 1)^{2}}",
    "x**3/(x + 1)**2": r"\frac{x^{2}(x + 3)}{(x + 1)^{3}}",
    "log(x**2 + 1)": r"\frac{2x}{x^{2} + 1}",
    "log(x, 2)": r"\frac{1}{x \ln(2)}",
    "cos(3*x)**4": r"-12\sin(3x)\cos^{3}(3x)",
    "tan(x)": r"\frac{1}{\cos^{2}(x)}",
    "sqrt(1 - x**2)": r"-\frac{x}{\sqrt{1 - x^{2}}}",
    "x*sqrt(x + 1)": r"\frac{3x + 2}{2\sqrt{x + 1}}",
    "tanh(2*x)": r"2(1 - \tanh^{2}(2x))",
    "sigmoid(3*x - 1)": r"3\sigma(3x - 1)(1 - \sigma(3x - 1))",
    "softplus(x)": r"\sigma(x)",
    "1/(1 + exp(-x))": r"\frac{e^{-x}}{(1 + e^{-x})^{2}}",
    "2**x": r"2^{x}\ln(2)",
    "x**x": r"x^{x}(\ln(x) + 1)",
    "10**x/x": r"\frac{10^{x}(x \ln(10) - 1)}{x^{2}}",
    "sin(x)**2": r"2\sin(x)\cos(x)",
    "sqrt(sqrt(x))": r"\frac{1}{4x^{3/4}}",
    "log(sin(x))": r"\frac{\cos(x)}{\sin(x)}",
    "cos(x)/sin(x)": r"-\frac{1}{\sin^{2}(x)}",
    "x*sin(x)**2 + x*cos(x)**2": "1",
    "pi*x**2": r"2\pi x",
    "sqrt(2)*x**3": r"3\sqrt{2}x^{2}",
    "0.25*exp(-0.1*x)": "-0.025e^{-0.1x}",
}
"""Functions with their derivatives as they are printed."""


@pytest.mark.parametrize("f", PRINTED)
def test_a_derivative_looks_as_in_a_textbook(f: str) -> None:
    assert latex(derivative(f).value) == PRINTED[f]


def test_every_derivative_is_proved_at_three_points() -> None:
    assert {derivative(f).evidence.result for f in PRINTED} == {"equal at 3 random points"}


@pytest.mark.parametrize(
    ("f", "second"),
    [
        ("x**3", "6x"),
        ("exp(2*x)*sin(3*x)", r"e^{2x}(12\cos(3x) - 5\sin(3x))"),
        (
            "x*sigmoid(x)",
            r"\sigma(x)(2 - 2\sigma(x) + x - 3x \sigma(x) + 2x \sigma^{2}(x))",
        ),
        ("log(x)/x", r"\frac{2\ln(x) - 3}{x^{3}}"),
        ("x*exp(-x**2/2)", "x e^{-x^{2}/2}(x^{2} - 3)"),
        ("exp(x)/(1 + exp(x))", r"\frac{e^{x} - e^{2x}}{(1 + e^{x})^{3}}"),
    ],
)
def test_so_does_a_second_one(f: str, second: str) -> None:
    assert latex(derivative(f, "second.f").value) == second


def test_a_function_of_another_argument_is_written_simply() -> None:
    fields = {"of": "t", "u": "sin(2*t) + 3*t", "v": "u(t/2) - u(2*t)"}
    found = derive(fields, "v").value
    assert latex(found) == r"\sin(t) + \frac{3}{2}t - (\sin(4t) + 6t)"


def test_partial_derivatives_hold_the_other_variables() -> None:
    fields = {"of": ["x", "y"], "f": "x**2*y + exp(x*y)"}
    found = {
        path: text(derive(fields, path).value)
        for path in ("partial.f.x", "partial.f.y", "second.f.x.y", "second.f.y.x", "gradient.f")
    }
    assert found == {
        "partial.f.x": "2*x*y + y*exp(x*y)",
        "partial.f.y": "x^2 + x*exp(x*y)",
        "second.f.x.y": "2*x + exp(x*y)*(x*y + 1)",
        "second.f.y.x": "2*x + exp(x*y)*(x*y + 1)",
        "gradient.f": "(2*x*y + y*exp(x*y), x^2 + x*exp(x*y))",
    }


@pytest.mark.parametrize("path", ["f", "partial.f.y", "gradient.f"])
def test_a_variable_of_which_nothing_is_left_does_not_matter(path: str) -> None:
    found = derive({"of": ["x", "y"], "f": "a*x*y + y**2"}, path, a=0)
    assert found.evidence.result.startswith("equal at 3 random points")


TOLD = {
    "(1 - x)/(1 + x)": r"\frac{-1 \cdot (1 + x) - (1 - x)}{(1 + x)^{2}}",
    "(x + 1)/(x - 1)": r"\frac{x - 1 - (x + 1)}{(x - 1)^{2}}",
    "x/sqrt(x)": r"\frac{\sqrt{x} - x \cdot \frac{1}{2\sqrt{x}}}{\left(\sqrt{x}\right)^{2}}",
    "(x + 1)/exp(x)": r"\frac{e^{x} - (x + 1) \cdot e^{x}}{(e^{x})^{2}}",
}
"""Functions with what their derivative is before it is simplified."""


@pytest.mark.parametrize("f", TOLD)
def test_a_sum_that_is_subtracted_has_parentheses(f: str) -> None:
    assert TOLD[f] in derivative(f).steps[-1]


def test_what_one_variant_leaves_off_another_finds() -> None:
    """Variants that differ in their points alone share their results, however few were taken."""
    fields = {"of": "x", "f": "7 * x**3 * sin(5 * x)", "at": "p"}
    path = ("second", "f")
    _, few = instance(fields, p=1).outcomes(path)
    first = next(iter(few))
    key, results = instance(fields, p=2).outcomes(path)
    again = instance(fields, p=3).outcomes(path)
    found = tuple(results)
    assert (key, found) == (again[0], tuple(again[1]))
    assert found[0] is first
    assert len(found) == len(set(found)) == len(derive(fields, "second.f", p=2).mistakes)


RECIPROCALS = {
    "1/(2*x)": r"\frac{1}{2} \cdot \left(-\frac{1}{x^{2}}\right) = -\frac{1}{2x^{2}}",
    "6/(5*x**3)": r"\frac{6}{5} \cdot \left(-\frac{3}{x^{4}}\right) = -\frac{18}{5x^{4}}",
    "1/sqrt(4*x + 1)": r"-\frac{1}{2}(4x + 1)^{-3/2} \cdot 4 = -\frac{2}{(4x + 1)^{3/2}}",
}
"""Functions with how their derivative is found."""


@pytest.mark.parametrize("f", RECIPROCALS)
def test_a_number_above_a_power_is_a_power_with_a_minus(f: str) -> None:
    assert RECIPROCALS[f] in derivative(f).steps[-1]


WRITTEN = {
    "x**4/4 - x**3/3": ("x^4/4 - x^3/3", r"\frac{x^{4}}{4} - \frac{x^{3}}{3}"),
    "2*((x + 1)/x)": ("2*((x + 1)/x)", r"2 \cdot \frac{x + 1}{x}"),
    "2*x*(3*x)": ("6*x*x", r"6x \cdot x"),
}
"""Functions as they are typed and printed."""


@pytest.mark.parametrize("f", WRITTEN)
def test_a_function_stays_as_its_author_wrote_it(f: str) -> None:
    found = derivative(f, "f").value
    assert (text(found), latex(found)) == WRITTEN[f]


def test_names_and_fractions_are_printed_in_a_tangent_too() -> None:
    *_, last = derive({"of": "x", "phi": "x**2", "at": "1/2"}, "at.tangent.phi").steps
    assert last == (
        r"The tangent line goes through the point and is as steep as $\phi$ there: "
        r"$$\phi\left(\frac{1}{2}\right) + \phi'\left(\frac{1}{2}\right)"
        r"\left(x - \frac{1}{2}\right) = x - \frac{1}{4}$$"
    )
