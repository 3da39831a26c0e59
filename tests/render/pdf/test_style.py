"""A theme or a file of words that is wrong is told where."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from generator.diagnostics import InputError
from generator.render.pdf import load_style
from generator.render.pdf.formula import formula
from generator.render.pdf.style import Setting
from generator.resources import TEMPLATES

THEME = (TEMPLATES / "sheet.yaml").read_text("utf-8")
WORDS = (TEMPLATES / "words" / "en.yaml").read_text("utf-8")


def complaints(theme: str = THEME, words: str = WORDS) -> list[tuple[int, int, str]]:
    with pytest.raises(InputError) as caught:
        load_style(theme, words)
    return [(d.line, d.column, d.message) for d in caught.value.diagnostics]


def test_the_shipped_files_make_a_style() -> None:
    style = load_style(THEME, WORDS)
    assert style.paper == (595.28, 841.89)
    assert style.words.point_count.one == "{points} point"


@pytest.mark.parametrize(
    ("language", "expected"), [("en", "0.5 points"), ("de", "0,5 Punkte"), ("fr", "0,5 points")]
)
def test_points_have_the_decimal_sign_that_formulas_have(language: str, expected: str) -> None:
    style = load_style(THEME, (TEMPLATES / "words" / f"{language}.yaml").read_text("utf-8"))
    assert Setting.of(style, language).points(Fraction(1, 2)) == expected
    half = formula("0.5", style.fonts.face("math"), display=False, language=language)
    assert expected.startswith(half.text)


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("paper: a4 ", "paper: a5 ", "`paper`: 'a4' or 'letter' is expected"),
        ("top: 50", "top: -1", "`margins.top`: a number from 0 to 400 is expected"),
        ("top: 50", "top: wide", "`margins.top`: a number from 0 to 400 is expected"),
        ("top: 50", "tap: 50", "there is no `margins.tap`"),
        (
            "ruling: dotted",
            "ruling: wavy",
            "`answers.ruling`: 'ruled', 'dotted' or 'none' is expected",
        ),
        ('key: "#14532d"', "key: green", "`colors.key`: a colour such as '#14532d' is expected"),
        (
            "STIXTwoText-Bold.ttf",
            "STIXTwoText-Fat.ttf",
            "the font 'STIXTwoText-Fat.ttf' cannot be used: there is no such",
        ),
        (
            "fallback: []",
            "fallback: [Devanagari.ttf]",
            "the font 'Devanagari.ttf' cannot",
        ),
    ],
)
def test_what_is_wrong_in_a_theme_is_told_where_it_stands(
    before: str, after: str, message: str
) -> None:
    theme = THEME.replace(before, after, 1)
    line = next(i for i, text in enumerate(theme.splitlines(), 1) if after.strip() in text)
    found = [place for place, _, text in complaints(theme) if text.startswith(message)]
    assert found == [line]


def test_all_that_is_wrong_is_told_at_once() -> None:
    assert len(complaints(THEME.replace("a4 ", "a5 ").replace("line: 22", "line: no"))) == 2


def test_a_file_that_is_no_yaml_is_told() -> None:
    ((line, _, message),) = complaints("paper: [a4\nmargins: {}\n")
    assert (line, message.split(":")[0]) == (2, "this is no YAML")
    assert complaints("- a list") == [(1, 1, "a mapping is expected here")]


def test_a_missing_word_is_told() -> None:
    words = WORDS.replace("  student_id: Student ID\n", "")
    ((_, _, message),) = complaints(words=words)
    assert message == "`sheet.student_id`: it is missing"


def test_words_without_those_of_sheets_are_told() -> None:
    assert complaints(words='"true": Wahr\n"false": Falsch\n') == [
        (1, 1, "the words of sheets are missing")
    ]


def test_a_font_of_another_kind_is_told(tmp_path: Path) -> None:
    other = tmp_path / "letters.otf"
    other.write_bytes(b"OTTO\x00\x0b")
    ((_, _, message),) = complaints(THEME.replace("fallback: []", f"fallback: [{other}]"))
    assert message.endswith("cannot be used: it is no TrueType file (with glyf outlines)")


def test_a_fallback_font_shows_what_the_others_lack() -> None:
    """The shipped fonts are no help here, so one of them stands in for a script's own."""
    theme = THEME.replace("fallback: []", "fallback: [SourceCodePro-Regular.ttf]")
    style = load_style(theme, WORDS)
    faces = [face.resource for face in style.fonts.faces()]
    assert faces == ["R", "I", "B", "Z", "C", "M", "X0"]
