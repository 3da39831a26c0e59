"""What a typed text may look like: a star stands for anything, and all else for itself."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.language import patterns

QUICK = settings(max_examples=150, deadline=None, derandomize=True)
texts = st.text(alphabet="ab*\\ ", max_size=8)


@pytest.mark.parametrize(
    ("text", "pattern", "fits"),
    [
        ("median", "median", True),
        ("Median ", " median", True),
        ("the  median", "the median", True),
        ("medians", "median", False),
        ("medians", "median*", True),
        ("median", "median*", True),
        ("a sample median", "*median", True),
        ("aba", "a*a*a", False),
        ("aa", "a*a", True),
        ("a", "a*a", False),
        ("2*3", r"2\*3", True),
        ("2x3", r"2\*3", False),
        ("", "*", True),
        ("a.c", "a.c", True),
        ("abc", "a.c", False),
    ],
)
def test_a_text_fits_a_pattern(text: str, pattern: str, fits: bool) -> None:
    assert patterns.fits(text, pattern, case=False) is fits


def test_capitals_are_told_apart_only_where_they_count() -> None:
    assert patterns.fits("MM", "mm", case=False)
    assert not patterns.fits("MM", "mm", case=True)


@pytest.mark.parametrize(
    ("wide", "narrow", "covers"),
    [
        ("*mean*", "mean", True),
        ("*mean*", "*sample mean", True),
        ("mean", "mean*", False),
        ("a*", "*a", False),
        ("*", "a*b", True),
        ("a*b", "a*c*b", True),
    ],
)
def test_a_pattern_covers_what_fits_no_other(wide: str, narrow: str, covers: bool) -> None:
    assert patterns.covers(wide, narrow, case=False) is covers


def test_a_pattern_is_shown_with_dots() -> None:
    assert patterns.shown(r"50*percent\*") == "50…percent*"


@QUICK
@given(texts)
def test_a_literal_pattern_is_fitted_by_its_text_alone(text: str) -> None:
    text = text.replace("\\", "")
    assert patterns.fits(text, patterns.literal(text), case=True)
    assert not patterns.is_open(patterns.literal(text))


@QUICK
@given(texts, texts, texts)
def test_whatever_fits_the_narrow_pattern_fits_the_wide_one(a: str, b: str, text: str) -> None:
    if patterns.covers(a, b, case=True) and patterns.fits(text, b, case=True):
        assert patterns.fits(text, a, case=True)
