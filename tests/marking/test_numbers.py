"""Numbers in the spellings of several countries and of calculators."""

from __future__ import annotations

from fractions import Fraction

import pytest

from generator.language.faults import Fault
from generator.marking.numerals import readings
from generator.marking.units import same_unit
from tests.marking.parts import marked, note, number, reason


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("520", "520"),
        ("+520", "520"),
        ("-520", "-520"),
        ("−520", "-520"),
        ("- 520", "-520"),
        ("520.", "520"),
        ("0.5", "1/2"),
        (".5", "1/2"),
        (",5", "1/2"),
        ("0,5", "1/2"),
        ("0,125", "1/8"),
        ("12,5", "25/2"),
        ("1234,567", "1234567/1000"),
        ("1.234", "1234/1000"),
        ("1,234.5", "12345/10"),
        ("1.234,5", "12345/10"),
        ("1,234,567", "1234567"),
        ("1.234.567", "1234567"),
        ("1 234 567", "1234567"),
        ("1\u202f234\u202f567,5", "12345675/10"),
        ("1'234'567.5", "12345675/10"),
        ("1_000", "1000"),
        ("2/3", "2/3"),
        ("-2 / 3", "-2/3"),
        ("⅔", "2/3"),
        (r"\frac{2}{3}", "2/3"),
        ("12%", "12/100"),
        ("12,5 %", "125/1000"),
        (r"12\%", "12/100"),
        ("1.5e-3", "15/10000"),
        ("1.5E3", "1500"),
        ("1,5·10^-3", "15/10000"),
        ("1.5 x 10^{-3}", "15/10000"),
        ("1.5*10**3", "1500"),
        (r"1.5 \cdot 10^{3}", "1500"),
        ("1.5 × 10⁻³", "15/10000"),
        ("$520$", "520"),
        ("n = 520", "520"),
        ("= 520", "520"),
        ("≈ 520", "520"),
        ("20*(5*5 + 1)", "520"),
        ("2^10", "1024"),
        ("sqrt(9/4)", "3/2"),
        ("5!", None),
        ("(24, 24)", "24"),
        ("520 520", "520520"),
    ],
)
def test_a_number_is_read_exactly(text: str, value: str | None) -> None:
    if value is None:
        with pytest.raises(Fault):
            readings(text)
    else:
        assert [found.value for found in readings(text)] == [Fraction(value)]


def test_a_size_is_its_side_or_the_product() -> None:
    for text in ("24x24", "24 × 24", "24 by 24"):
        assert {found.value for found in readings(text)} == {24, 576}
    assert [found.value for found in readings("20 x 26")] == [520]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("1,234", "`1,234` can be 1.234 or 1234: write 1.234 or 1234."),
        ("12,345", "`12,345` can be 12.345 or 12345: write 12.345 or 12345."),
        ("1,23,456", "`1,23,456` is not one number: write it without separators: 1234.5."),
        ("1.2.3", "`1.2.3` is not one number: write it without separators: 1234.5."),
        ("1 1/2", "A sign is missing between two numbers before `1`."),
        ("5 20", "One number is asked for, and these are several."),
        ("(24, 25)", "One number is asked for, and these are several."),
        ("five", "This is not a number: write it like 0.5, 1/2 or 5e-1."),
        ("520 weights", "`weights` is not read: write the number alone."),
        ("1/0", "This fraction divides by zero."),
        ("1/(2-2)", "`/` divides by zero."),
        ("1e999", "The power of ten 999 is beyond all bounds."),
        ("9" * 61, "A number of more than 60 digits is not read."),
        ("2^2^2^2^2", "The result has more than 1,233 digits."),
        ("   ", "There is no response."),
    ],
)
def test_what_is_no_number_or_could_be_two_is_asked_back(text: str, message: str) -> None:
    found = marked(number(520), text)
    assert (found.verdict, found.message) == ("unreadable", message)


def test_the_tolerance_is_inclusive() -> None:
    key = number("3.14", "0.01")
    verdicts = [marked(key, text).verdict for text in ("3.13", "3.15", "3.151", "pi", "22/7")]
    assert verdicts == ["right", "right", "wrong", "right", "right"]


def test_rounding_too_far_is_told() -> None:
    key = number("3.142", "0.0005", decimals=3)
    assert marked(key, "3.1").message == "That is rounded too far: 3 decimals are asked for."
    assert marked(number("1/3", "0.001"), "0.3").message == (
        "That is rounded too far: it may be off by 0.001 at most."
    )


def test_a_mistake_is_recognized_as_exactly_as_it_was_typed() -> None:
    key, wrong = number(520), note("no bias", "1/2", value=Fraction(500))
    found = marked(key, "500", wrong)
    assert (found.verdict, found.share, reason(found)) == ("partly", Fraction(1, 2), "no bias")
    third = note("a third", value=Fraction(1, 3))
    assert [reason(marked(key, text, third)) for text in ("1/3", "0.333", "0.33", "0.34", "0")] == [
        "a third",
        "a third",
        "a third",
        "",
        "",
    ]


def test_of_two_mistakes_the_nearer_one_counts() -> None:
    near = (note("one", value=Fraction("0.331")), note("other", value=Fraction("0.334")))
    assert reason(marked(number(1), "0.33", *near)) == "one"
    assert reason(marked(number(1), "0.334", *near)) == "other"


@pytest.mark.parametrize(
    "unit", ["m/s", "m / s", "m s^-1", "m·s⁻¹", "m*s^(-1)", r"\mathrm{m/s}", r"\,\text{m/s}"]
)
def test_the_right_unit_may_stand_behind_the_number(unit: str) -> None:
    assert marked(number("3.5", unit="m/s"), f"3,5 {unit}").verdict == "right"


def test_another_unit_is_told_and_none_is_assumed_to_be_right() -> None:
    key = number("3.5", unit="m/s")
    assert marked(key, "3.5").verdict == "right"
    found = marked(key, "3.5 km/h")
    assert (found.verdict, found.message) == (
        "wrong",
        "The answer is asked for in m/s, not in km/h.",
    )


def test_percent_are_a_share_unless_they_are_the_unit() -> None:
    assert marked(number("0.12"), "12%").verdict == "right"
    assert marked(number("12", unit="%"), "12 %").verdict == "right"
    assert marked(number("12", unit="%"), "12").verdict == "right"
    assert marked(number("12"), "12%").verdict == "wrong"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("m/s^2", "m s^-2", True),
        ("kg*m/s^2", "kg m s⁻²", True),
        ("N", "N.", True),
        ("°C", "°C", True),
        ("m/s", "s/m", False),
        ("ms", "m s", True),
        ("cm", "m", False),
        ("", "m", False),
    ],
)
def test_units_are_the_same_in_any_spelling(one: str, other: str, same: bool) -> None:
    assert same_unit(one, other) is same
