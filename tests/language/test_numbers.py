"""How values are written for people."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.language.faults import Fault
from generator.language.numbers import asked, decimal, figures, latex, plain
from generator.language.reals import Real
from generator.model.value import Formula, Record

THIRD = Fraction(1, 3)

WRITTEN = [
    (3, "3", "3"),
    (-3, "-3", "-3"),
    (10**30, "1" + "0" * 30, "1" + "0" * 30),
    (True, "true", "true"),
    (Fraction(1, 4), "0.25", "0.25"),
    (Fraction(-1, 4), "-0.25", "-0.25"),
    (Fraction(1, 10**6), "0.000001", "0.000001"),
    (Fraction(1, 10**7), r"\frac{1}{10000000}", "1/10000000"),
    (Fraction(-22, 7), r"-\frac{22}{7}", "-22/7"),
    ("hard_sigmoid", "hard_sigmoid", "hard_sigmoid"),
    ((1, -2, 3), "(1, -2, 3)", "(1, -2, 3)"),
    ((THIRD, "x"), r"(\frac{1}{3}, x)", "(1/3, x)"),
    ((), "()", "()"),
    (((1, 2), (3, 4)), r"\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}", "((1, 2), (3, 4))"),
    (((1,), (3, 4)), "((1), (3, 4))", "((1), (3, 4))"),
    (Formula(latex=r"\sigma", text="s"), r"\sigma", "s"),
    (Record(entries=(("in", "x"), ("n", THIRD))), "in: x, n: 1/3", "in: x, n: 1/3"),
    (Real(Fraction("1.41421356")), "1.41421", "1.41421"),
    (Real(Fraction("-123456789.5")), r"-1.23457 \times 10^{8}", "-1.23457e8"),
    (Real(Fraction("0.0000123456789")), "0.0000123457", "0.0000123457"),
    (Real(Fraction("0.000000123456789")), r"1.23457 \times 10^{-7}", "1.23457e-7"),
    (Real(Fraction(0)), "0", "0"),
]


@pytest.mark.parametrize(("value", "in_latex", "in_plain"), WRITTEN)
def test_values_are_written_in_latex_and_plainly(
    value: object, in_latex: str, in_plain: str
) -> None:
    assert (latex(value), plain(value)) == (in_latex, in_plain)


@pytest.mark.parametrize(
    ("value", "places", "written"),
    [
        (Fraction(1, 8), 2, "0.13"),
        (Fraction(-1, 8), 2, "-0.13"),
        (Fraction(5, 2), 0, "3"),
        (Fraction(-5, 2), 0, "-3"),
        (Fraction(2675, 1000), 2, "2.68"),
        (Fraction(-1, 1000), 2, "0.00"),
        (Fraction(999, 1000), 2, "1.00"),
        (7, 3, "7.000"),
        (Fraction(2, 3), 4, "0.6667"),
        (Fraction(1, 1024), None, "0.0009765625"),
        (-12, None, "-12"),
    ],
)
def test_decimals_round_halves_away_from_zero(
    value: object, places: int | None, written: str
) -> None:
    assert decimal(value, places) == written


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.fractions(), st.integers(0, 8))
def test_a_decimal_is_the_nearest_of_its_length(value: Fraction, places: int) -> None:
    written = decimal(value, places)

    assert abs(Fraction(written) - value) <= Fraction(1, 2 * 10**places)
    assert len(written.partition(".")[2]) == places


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.fractions())
def test_a_plain_fraction_reads_back_as_itself(value: Fraction) -> None:
    assert Fraction(plain(value)) == value


def test_what_has_no_text_is_refused() -> None:
    with pytest.raises(Fault, match="a object cannot be written"):
        plain(object())


@pytest.mark.parametrize(
    ("value", "count", "shown"),
    [
        (THIRD, 3, "0.333"),
        (Fraction("0.05"), 3, "0.0500"),
        (1234, 2, "1200"),
        (1234, 5, "1234.0"),
        (Fraction("-9.996"), 3, "-10.0"),
        (0, 2, "0.0"),
        (Fraction("602214e18"), 3, r"6.02 \times 10^{23}"),
        (Fraction("1.25e-9"), 2, r"1.3 \times 10^{-9}"),
    ],
)
def test_significant_figures_are_all_shown(value: object, count: int, shown: str) -> None:
    assert figures(value, count).latex == shown


@pytest.mark.parametrize(
    ("value", "places", "rounded", "expected"),
    [
        (Fraction(116), 3, False, "116"),
        (Fraction(116), 3, True, "116.000"),
        (Fraction(1, 2), 3, False, "0.500"),
        (Fraction(1, 2), None, False, "0.5"),
        (Fraction(-448, 3), None, False, r"-\frac{448}{3} \approx -149.333"),
    ],
)
def test_a_result_is_shown_as_it_is_asked_for(
    value: Fraction, places: int | None, *, rounded: bool, expected: str
) -> None:
    assert asked(value, places, rounded=rounded).latex == expected
