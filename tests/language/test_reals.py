"""Irrational numbers behave as numbers, the same everywhere."""

from __future__ import annotations

from fractions import Fraction

import mpmath  # type: ignore[import-untyped]  # it ships no type information
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.language.digits import magnitude, significant
from generator.language.reals import DIGITS, Real, transcendental
from tests.language import code, value

ROOT = transcendental("sqrt", Fraction(2))


def test_equality_holds_to_forty_digits() -> None:
    near = Real(ROOT.fraction + Fraction(1, 10**45))
    far = Real(ROOT.fraction + Fraction(1, 10**35))

    assert near == ROOT
    assert hash(near) == hash(ROOT)
    assert far != ROOT
    assert far > ROOT
    assert ROOT * ROOT == 2
    assert hash(ROOT * ROOT) == hash(2)


def test_order_agrees_with_equality() -> None:
    square = ROOT * ROOT

    assert square <= 2
    assert square >= 2
    assert not square < 2
    assert not square > 2
    assert ROOT < Fraction(3, 2) < 2
    assert Fraction(7, 5) < ROOT


def test_reals_are_no_words() -> None:
    assert ROOT != "1.41"
    with pytest.raises(TypeError, match="a real number cannot be compared with str"):
        assert ROOT < "1.41"


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.fractions(min_value=-100, max_value=100), st.fractions(min_value=1, max_value=9))
def test_arithmetic_with_reals_is_arithmetic_rounded(a: Fraction, b: Fraction) -> None:
    one = Real(significant(a, DIGITS))
    exact = one.fraction

    assert (one + b).fraction == significant(exact + b, DIGITS)
    assert (b - one).fraction == significant(b - exact, DIGITS)
    assert (one * b).fraction == significant(exact * b, DIGITS)
    assert (one / b).fraction == significant(exact / b, DIGITS)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.fractions().filter(bool), st.integers(1, 60))
def test_significant_digits_are_kept_and_the_rest_is_rounded(value: Fraction, digits: int) -> None:
    rounded = significant(value, digits)
    unit = Fraction(10) ** (magnitude(value) - digits + 1)

    assert (rounded / unit).denominator == 1
    assert abs(rounded - value) <= unit / 2


@settings(max_examples=60, deadline=None, derandomize=True)
@given(
    st.sampled_from(["exp", "sin", "cos", "tan", "tanh", "sigmoid", "softplus"]),
    st.fractions(min_value=-50, max_value=50, max_denominator=1000).filter(bool),
)
def test_functions_agree_with_mpmath_at_a_far_higher_precision(name: str, x: Fraction) -> None:
    with mpmath.workdps(300):
        point = mpmath.mpf(x.numerator) / x.denominator
        if name == "sigmoid":
            true = 1 / (1 + mpmath.exp(-point))
        elif name == "softplus":
            true = mpmath.log(1 + mpmath.exp(point))
        else:
            true = getattr(mpmath, name)(point)
        expected = Fraction(*mpmath.libmp.to_rational(true._mpf_))

    assert transcendental(name, x).fraction == significant(expected, DIGITS)


def test_nobody_elses_precision_matters() -> None:
    with mpmath.workdps(5):
        result = value("exp(1/7)")
    with mpmath.workdps(300):
        true = mpmath.exp(mpmath.mpf(1) / 7)
        expected = Fraction(*mpmath.libmp.to_rational(true._mpf_))

    assert isinstance(result, Real)
    assert result.fraction == significant(expected, DIGITS)


def test_results_out_of_all_bounds_are_refused() -> None:
    assert code(value, "exp(5000)") == "number-too-large"
    assert code(value, "1 / exp(2000) / exp(2000) / exp(2000)") == "number-too-large"
