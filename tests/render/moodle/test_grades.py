"""Numbers as Moodle reads them."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.render.moodle.grades import decimal, decimals, fraction, percentage, weights

QUICK = settings(max_examples=100, deadline=None, derandomize=True)
ANY = st.fractions(min_value=-(10**9), max_value=10**9)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("520", "520"),
        ("-5", "-5"),
        ("0", "0"),
        ("-1/2", "-0.5"),
        ("1/1024", "0.0009765625"),
        ("1/3", "0.333333333333333"),
        ("-2/3", "-0.666666666666667"),
        ("1e20", "100000000000000000000"),
        ("1e-12", "0.000000000001"),
        ("1/30000000", "0.0000000333333333333333"),
    ],
)
def test_a_number_has_a_point_and_no_exponent(value: Any, text: str) -> None:
    assert decimal(Fraction(value)) == text


@QUICK
@given(ANY)
def test_a_number_that_ends_is_exact_and_any_other_good_to_fifteen_digits(value: Any) -> None:
    written = Fraction(decimal(value))
    places = decimals(value)
    if places is not None and places <= 30:
        assert written == value
    assert abs(written - value) <= abs(value) * Fraction(1, 10**14)


@pytest.mark.parametrize(
    ("share", "percent"),
    [
        ("1", "100"),
        ("1/3", "33.33333"),
        ("5/6", "83.33333"),
        ("0.99", "90"),
        ("0.04", "0"),
        ("0", "0"),
        ("-1/3", "-33.33333"),
        ("-0.34", "-40"),
        ("-1", "-100"),
    ],
)
def test_a_fraction_is_moodles_nearest_and_not_above(share: Any, percent: str) -> None:
    assert fraction(Fraction(share)) == percent


@pytest.mark.parametrize(
    ("share", "percent"),
    [("1/3", "33.33333"), ("2/7", "28.57142"), ("1/2", "50"), ("-1/3", "-33.33334")],
)
def test_a_percentage_is_rounded_down(share: Any, percent: str) -> None:
    assert percentage(Fraction(share)) == percent


def test_whole_points_are_the_weights_themselves() -> None:
    assert weights([Fraction(2), Fraction(2), Fraction(4)]) == (2, 2, 4)


def test_broken_points_are_scaled_no_more_than_needed() -> None:
    assert weights([Fraction(1, 2), Fraction(1, 3)]) == (3, 2)
