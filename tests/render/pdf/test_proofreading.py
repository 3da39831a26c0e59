"""The proofreader says of every formula what laying it out says, and lays out few of them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.render.pdf import Proofreader, proofreading
from generator.render.pdf.fonts import Face
from generator.render.pdf.formula import complaint
from generator.render.pdf.latex import LONGEST
from generator.render.pdf.skeleton import skeleton
from tests.render.pdf.samples import style


def complaints(*formulas: str) -> list[str]:
    reader = Proofreader(style(), "en")
    return [reader.formula(latex, display=False) for latex in formulas]


def test_of_formulas_that_differ_in_their_numbers_alone_the_first_is_laid_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It, and not another with zeros in it: the sheet that has it needs its layout next."""
    asked = []

    def spy(latex: str, face: Face, *, display: bool, language: str) -> str:
        asked.append(latex)
        return complaint(latex, face, display=display, language=language)

    monkeypatch.setattr(proofreading, "complaint", spy)
    assert complaints("7 + 15", "7 + 15", "8 + 2", "x + 2") == [""] * 4
    assert asked == ["7 + 15", "x + 2"]


@pytest.mark.parametrize(
    ("right", "wrong", "message"),
    [
        (r"\frac12", r"\frac1", "column 7: missing argument"),
        ("x^12^3", "x^1^3", "column 4: double superscript: use braces, as in x^{a^b}"),
        (r"\color{#00ff00}{x}", r"\color{#00ff0}{x}", "there is no colour '#00ff0'"),
        (
            r"\newcommand{\a}[1]{#1}\a{1}",
            r"\newcommand{\a}[2]{#1}\a{1}",
            "column 28: missing argument",
        ),
        ("1" * LONGEST, "1" * (LONGEST + 1), "the formula has 10001 characters; 10000 are allowed"),
    ],
)
def test_a_number_that_makes_a_formula_wrong_is_found_whatever_was_asked_before(
    right: str, wrong: str, message: str
) -> None:
    assert complaints(right, wrong) == ["", message]
    assert complaints(wrong, right) == [message, ""]


FORMULAS = st.lists(
    st.sampled_from(
        [
            *(
                "1",
                "1",
                "1",
                ".",
                ",",
                "x",
                " ",
                "+",
                "^",
                "_",
                "{",
                "}",
                "[",
                "]",
                "'",
                "&",
                r"\\",
            ),
            *(r"\frac", r"\sqrt", r"\hat", r"\cdot ", r"\left(", r"\right)", r"\text", r"\sum"),
            *(r"\binom", r"\begin{aligned}", r"\end{aligned}", r"\mathbb", r"\tag", r"\bigl"),
        ]
    ),
    max_size=12,
).map("".join)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(FORMULAS, st.lists(st.integers(0, 12_345), min_size=12, max_size=12))
def test_formulas_of_one_skeleton_can_all_be_laid_out_or_none(
    latex: str, numbers: list[int]
) -> None:
    other = re.sub("1+", lambda _: str(numbers.pop()), latex)
    if skeleton(other) == skeleton(latex):
        assert can_be_set(other) == can_be_set(latex)


def can_be_set(latex: str) -> bool:
    return not complaint(latex, style().fonts.face("math"), display=True)
