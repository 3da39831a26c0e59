"""What no function is made of is refused, at its place."""

from __future__ import annotations

import pytest

from generator.bank.read import read_bank
from generator.diagnostics import InputError, show
from generator.model.source import SourceFile
from generator.solver.engine import Solver
from tests.solver.function.functions import derive, instance

REFUSED = {
    "abs(x)": "`abs` of a variable cannot be differentiated here",
    "x if x > 0 else 0": "a function with several pieces has no derivative where they meet",
    "sine(x)": "there is no function `sine`",
    "x // 2": "a function is made of numbers, its variables, `+ - * / **` and elementary functions",
    "log(-1 - x**2)": "no number was found at which the derivative of `f` has a value",
    "true * x": "a number is expected here, not a truth value",
    "sin(x, 2)": "`sin` does not take 2 arguments",
}


@pytest.mark.parametrize("f", REFUSED)
def test_what_cannot_be_differentiated_is_said(f: str) -> None:
    with pytest.raises(InputError) as error:
        derive({"of": "x", "f": f}, "derivative.f")
    assert [one.message for one in error.value.diagnostics] == [REFUSED[f]]


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"of": "e", "f": "2"}, "`e` cannot be the name of a variable"),
        ({"of": "x", "sin": "x"}, "`sin` is a function of the language"),
        ({"of": "x", "second": "x"}, "`second` means something else in a bank"),
        ({"of": "x", "f": "g(x) + 1", "g": "x**2"}, "`g` is used before it is given"),
        ({"of": "x", "f": "f(x) + 1"}, "`f` is used before it is given"),
        ({"of": "x"}, "there are 1 to 8 functions of x here"),
        ({"f": "x"}, "the field `of` is missing"),
        ({"of": ["x", "y"], "f": "x", "at": "1"}, "a point has 2 coordinates here"),
    ],
)
def test_an_entry_that_makes_no_sense_is_refused(fields: dict[str, object], message: str) -> None:
    with pytest.raises(InputError) as error:
        instance(fields)
    assert [one.message for one in error.value.diagnostics] == [message]


@pytest.mark.parametrize(
    ("f", "path", "message"),
    [
        ("1/x", "at.f", "`f` has no such value at x = 0: a division by zero"),
        ("log(x)", "at.f", "`f` has no such value at x = 0: `log` of 0, which is not positive"),
        ("sqrt(x)", "at.derivative.f", "`f` has no such value at x = 0: a division by zero"),
        ("x*sqrt(x)", "at.derivative.f", "`f` cannot be differentiated at x = 0"),
    ],
)
def test_a_point_without_a_value_is_refused(f: str, path: str, message: str) -> None:
    with pytest.raises(InputError) as error:
        derive({"of": "x", "f": f, "at": "0"}, path)
    assert [one.message for one in error.value.diagnostics] == [message]


def test_each_mistake_is_told_with_its_formula() -> None:
    found = derive({"of": "x", "f": "x**2*exp(3*x)"}, "derivative.f").mistakes
    assert [(getattr(one.result, "text", ""), one.because[:32]) for one in found][:2] == [
        ("x*exp(3*x)*(x + 2)", "The inner derivative is missing:"),
        ("6*x*exp(3*x)", "A product is not differentiated "),
    ]


@pytest.mark.parametrize("name", ["x", "f"])
def test_a_parameter_is_not_called_like_a_variable_or_a_function(name: str) -> None:
    text = f"""
title: Names
problems:
  - id: slope
    title: Slope
    parameters: {{{name}: {{min: 1, max: 3}}}}
    model: {{function: {{of: x, f: x**2}}}}
    stem: A function.
    parts:
      - {{ask: Differentiate it., points: 1, expression: model.derivative.f}}
"""
    bank = read_bank(SourceFile(name="names.yaml", text=text), id="names").bank
    with pytest.raises(InputError) as error:
        Solver(bank.problems[0])
    (finding,) = error.value.diagnostics
    assert finding.message == f"`{name}` is a name of the model's own"
    assert f"{{{name}:" in show(finding)


@pytest.mark.parametrize(
    ("f", "message", "cure"),
    [
        ("ln(x)", "there is no function `ln`", "the natural logarithm is written `log(x)`"),
        ("1 + sine(x)", "there is no function `sine`", "did you mean `sin`?"),
        (
            "e**x",
            "`e` is not a parameter or a definition of this problem",
            "powers of e are written `exp(x)`",
        ),
    ],
)
def test_a_name_that_mathematics_uses_is_put_right(f: str, message: str, cure: str) -> None:
    text = f"""
title: Names
problems:
  - id: slope
    title: Slope
    model: {{function: {{of: x, f: {f}}}}}
    stem: A function.
    parts:
      - {{ask: Its derivative?, points: 1, expression: model.derivative.f}}
"""
    with pytest.raises(InputError) as error:
        Solver(read_bank(SourceFile(name="names.yaml", text=text), id="names").bank.problems[0])
    assert [(one.message, one.help) for one in error.value.diagnostics] == [(message, cure)]
