"""The numbers of a report, whatever a stranger's bank computes."""

from __future__ import annotations

from fractions import Fraction

from generator.pipeline.report import brief


def test_a_number_larger_than_a_float_is_shown_too() -> None:
    assert brief(Fraction(2**4000, 3)) == "4.394e+1203"
    assert brief(Fraction(10**6, 3)) == "3.333e+05"
