"""What expressions come to."""

from __future__ import annotations

from fractions import Fraction

import pytest

from generator.language.functions import FUNCTIONS
from generator.language.reals import Real
from generator.model.value import Record
from tests.language import value

HALF = Fraction(1, 2)

EXACT = {
    # numbers as written
    "7": 7,
    "1_000": 1000,
    "0.1": Fraction(1, 10),
    ".5": HALF,
    "5.": 5,
    "1e3": 1000,
    "25e-1": Fraction(5, 2),
    # precedence and grouping, as in Python
    "1 + 2 * 3": 7,
    "(1 + 2) * 3": 9,
    "10 - 3 - 2": 5,
    "-2**2": -4,
    "2**3**2": 512,
    "2**-1": HALF,
    "--3": 3,
    "not 1 == 2": True,
    "true or false and false": True,
    "1 if false else 2 if false else 3": 3,
    # exact arithmetic
    "0.1 + 0.2 == 0.3": True,
    "1 / 3": Fraction(1, 3),
    "6 / 3": 2,
    "7 // 2": 3,
    "-7 // 2": -4,
    "-7 % 3": 2,
    "7 % -3": -2,
    "7.5 % 2": Fraction(3, 2),
    "0.5**3": Fraction(1, 8),
    "8**(1/3)": 2,
    "(4/9)**1.5": Fraction(8, 27),
    "2**200 - 2**200 + 1": 1,
    # truth counts as 0 and 1
    "20 * (5**2 + true)": 520,
    "true + true": 2,
    # comparisons
    "1 < 2 <= 2": True,
    "1 < 3 < 2": False,
    "3 in [1, 2]": False,
    "3 not in [1, 2]": True,
    "[1, 1] in [1, 2]": False,
    "[1, 1] in [[1, 1], 2]": True,
    '"same" == "valid"': False,
    '"same" == 3': False,
    "[1, 2] == [1, 2]": True,
    "[1, 2] == [1, 2, 3]": False,
    "[0, 0] == 0": True,
    "[0, 1] == 0": False,
    "[0, 1] != 0": True,
    "[1, 2] > 0": True,
    "[[0, 0], [0, 0]] == 0": True,
    # short circuit
    "false and 1 / 0 > 1": False,
    "true or 1 / 0 > 1": True,
    "2 < 1 < 1 / 0": False,
    "1 if true else 1 / 0": 1,
    # long chains are not deep
    "true and " * 200 + "true": True,
    "not false or " * 150 + "1 / 0 == 1": True,
    "1 <= " * 240 + "2": True,
    # vectors
    "[1, 2] + [3, 4]": (4, 6),
    "2 * [1, 2] - 1": (1, 3),
    "[1, 2, 3][1]": 2,
    "[1, 2] @ [3, 4]": 11,
    "[[1, 2], [3, 4]] @ [1, 1]": (3, 7),
    "[1, 1] @ [[1, 2], [3, 4]]": (4, 6),
    "[[0, 1], [1, 0]] @ [[1, 2], [3, 4]]": ((3, 4), (1, 2)),
    "[1, 2,]": (1, 2),
    "[]": (),
    # functions
    "abs(-3.5)": Fraction(7, 2),
    "sign(-2) + sign(0) + sign(9)": 0,
    "floor(-0.5)": -1,
    "ceil(-0.5)": 0,
    "round(2.5)": 3,
    "round(-2.5)": -3,
    "round(2.675, 2)": Fraction(67, 25),
    "round(1234, -2)": 1200,
    "whole(4 / 2) and not whole(1 / 2)": True,
    "even(4) and odd(-3)": True,
    "min(3, 1, 2)": 1,
    "max([3, 1, 2])": 3,
    "gcd(12, 18, 27)": 3,
    "lcm(4, 6)": 12,
    "factorial(5)": 120,
    "binomial(5, 2)": 10,
    "binomial(5, 6)": 0,
    "sqrt(9 / 4)": Fraction(3, 2),
    "exp(0) + log(1) + sin(0) + cos(0) + tanh(0)": 2,
    "sigmoid(0)": HALF,
    "log(8, 2)": 3,
    "log(1 / 100, 10)": -2,
    "relu(-3) + relu(2)": 2,
    "len([1, 2, 3])": 3,
    "sum([[1, 2], [3, 4]])": 10,
    "sum([])": 0,
    "prod([2, 3, 4])": 24,
    "mean([1, 2])": Fraction(3, 2),
    "dot([1, 2], [3, 4])": 11,
    "all([1 < 2, true]) and not any([false])": True,
    "count([1, 2, 1], 1)": 2,
    "sort([3, 1, 2])": (1, 2, 3),
    "reverse([1, 2])": (2, 1),
    "transpose([[1, 2], [3, 4]])": ((1, 3), (2, 4)),
    "[[1, 2], [3, 4]][1, 0]": 3,
    "det([[1, 2], [3, 4]])": -2,
    "det([[1/2]])": HALF,
    "det([[2, 0, 1], [1, 3, 2], [1, 1, 1]])": 0,
    "det([[0, 2, 1, 0], [1, 3, 2, 1], [1, 1, 1, 0], [5, 0, 0, 1]])": 5,
    "trace([[1, 2], [3, 4]])": 5,
    "rank([[1, 2, 3], [2, 4, 6], [0, 0, 1]])": 2,
    "rank([[0, 0], [0, 0]])": 0,
    "inverse([[0, 2], [1, 1]])": ((-HALF, 1), (HALF, 0)),
    "identity(2)": ((1, 0), (0, 1)),
    "diag([2, 3])": ((2, 0), (0, 3)),
    "norm([3, 4])": 5,
    "cross([1, 0, 0], [0, 1, 0])": (0, 0, 1),
    "argmax([1, 3, 3])": 1,
    "argmin([1, 0, 0])": 1,
    "slice([5, 6, 7], 1, 3)": (6, 7),
    "range(3)": (0, 1, 2),
    "range(2, 4)": (2, 3),
    "range(4, 2)": (),
    # irrational steps with a rational end
    "sqrt(2)**2 == 2": True,
    "sqrt(8) == 2 * sqrt(2)": True,
    "floor(sqrt(2)**2)": 2,
    "log(exp(3)) == 3": True,
    "0.9 < sigmoid(3) < 1": True,
    "sqrt(2)**0": 1,
}


@pytest.mark.parametrize("text", EXACT, ids=lambda text: text[:40])
def test_an_expression_has_its_exact_value(text: str) -> None:
    result = value(text)

    assert (type(result), result) == (type(EXACT[text]), EXACT[text])


def test_every_function_has_a_case() -> None:
    cases = " ".join([*EXACT, *NEARBY])

    assert [name for name in FUNCTIONS if f"{name}(" not in cases] == []


def test_names_stand_for_the_values_in_the_environment() -> None:
    assert value("filters * (kernel**2 + 1)", filters=20, kernel=5) == 520


def test_a_member_of_a_record_may_have_any_name() -> None:
    names = Record(entries=(("in", "x"), ("out", (1, 2))))

    assert value('names.in == "x" and names.out[1] == 2', names=names) is True


def test_a_name_of_the_environment_does_not_hide_a_function() -> None:
    assert value("max(max, 3)", max=2) == 3


@pytest.mark.parametrize("text", ["x == 0", "x\n== 0", "  x==0 "])
def test_blanks_and_line_ends_do_not_matter(text: str) -> None:
    assert value(text, x=0) is True


def test_an_irrational_result_has_fifty_digits_of_the_true_one() -> None:
    """Digits of OEIS A002193, A001113 and A000796."""
    digits = {
        "sqrt(2)": "1.4142135623730950488016887242096980785696718753769",
        "exp(1)": "2.7182818284590452353602874713526624977572470937000",
        "pi": "3.1415926535897932384626433832795028841971693993751",
    }
    for text, expected in digits.items():
        result = value(text)
        assert isinstance(result, Real)
        assert result.fraction == Fraction(expected)


NEARBY = {
    "softplus(-100)": "3.720075976020835962959695803863118e-44",
    "log(1 + 1e-40)": "9.999999999999999999999999999999999999999950000000e-41",
    "log(1 + 1e-60)": "9.9999999999999999999999999999999e-61",
    "sin(10**22)": "-0.8522008497671888017727058937530294",
    "tan(1e-10)": "1.0000000000000000000033333333333e-10",
    "sigmoid(-5)": "0.006692850924284855559361803020225",
    "tanh(0.001)": "0.00099999966666679999994603",
}


@pytest.mark.parametrize("text", NEARBY)
def test_irrational_results_lose_no_digits_to_cancellation(text: str) -> None:
    result = value(text)

    assert isinstance(result, Real)
    expected = Fraction(NEARBY[text])
    assert abs(result.fraction - expected) <= abs(expected) / 10**20
