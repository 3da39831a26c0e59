"""The fixed words of every language: all of them there, with the same blanks to fill in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

from generator.diagnostics import InputError, show
from generator.model.source import SourceFile
from generator.render import html, moodle
from generator.render.pdf import ThemeFile, load_style, render_attendance, render_key
from generator.resources import TEMPLATES
from tests.render.html.samples import everything
from tests.render.pdf.named import places
from tests.render.pdf.reading import text
from tests.render.pdf.samples import HEADING, key_sheet

FOLDER = TEMPLATES / "words"
LANGUAGES = sorted(path.stem for path in FOLDER.glob("*.yaml"))
THEME = (TEMPLATES / "sheet.yaml").read_text("utf-8")


def words(language: str) -> str:
    return (FOLDER / f"{language}.yaml").read_text("utf-8")


def flat(content: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, str]]:
    for name, value in content.items():
        if isinstance(value, dict):
            yield from flat(value, f"{above}{name}.")
        else:
            yield f"{above}{name}", value


def read(language: str) -> dict[str, str]:
    return dict(flat(yaml.safe_load(words(language))))


def blanks(text_: str) -> list[str]:
    return sorted(set(re.findall(r"\{(\w*)\}", text_)))


ENGLISH = read("en")


def test_there_are_five_languages() -> None:
    assert LANGUAGES == ["de", "en", "es", "fr", "zh"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_has_the_words_of_english_and_no_others(language: str) -> None:
    assert sorted(read(language)) == sorted(ENGLISH)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_is_text_and_has_the_blanks_of_english(language: str) -> None:
    found = read(language)
    assert {name for name, word in found.items() if not isinstance(word, str) or not word} == set()
    assert {name: blanks(word) for name, word in found.items()} == {
        name: blanks(word) for name, word in ENGLISH.items()
    }


@pytest.mark.parametrize("language", ["de", "es", "fr"])
def test_no_word_was_left_in_english(language: str) -> None:
    """But for those that are the same."""
    same = {
        name.rpartition(".")[2] for name, word in read(language).items() if word == ENGLISH[name]
    }
    assert same <= {
        "attendance_title",
        "code",
        "form_count",
        "hints",
        "justification",
        "name",
        "other",
        "one",
        "page",
        "parameters",
        "points",
        "points_many",
        "points_one",
        "signature",
        "solution",
        "total",
        "total_points",
        "variant",
    }


@pytest.mark.parametrize("language", ["de", "en", "es", "fr"])
def test_sheets_lists_pages_and_questions_are_made_in_it(language: str) -> None:
    found, said = words(language), read(language)
    style = load_style(THEME, found)
    assert said["sheet.rubric"] in text(render_key([key_sheet()], style))
    assert said["sheet.signature"] in text(render_attendance(places(3), HEADING, style))
    page = html.render_html(everything(), html.load_style(found, language)).decode()
    assert f"<summary>{said['html.show_answer']}</summary>" in page
    assert moodle.load_style(found).phrase("choose_one") == said["moodle.choose_one"]


# --- Chinese, which the shipped fonts lack -----------------------------------------------------


def squares(path: Path, letters: str) -> None:
    """A TrueType font that shows each of these letters as a square."""
    order = [".notdef", *(f"uni{ord(letter):04X}" for letter in letters)]
    pen = TTGlyphPen(None)
    for place in ((50, 0), (950, 0), (950, 900), (50, 900)):
        (pen.moveTo if place == (50, 0) else pen.lineTo)(place)
    pen.closePath()
    square = pen.glyph()
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(order)
    builder.setupCharacterMap(
        {ord(one): name for one, name in zip(letters, order[1:], strict=True)}
    )
    builder.setupGlyf(dict.fromkeys(order, square))
    builder.setupHorizontalMetrics(dict.fromkeys(order, (1000, 50)))
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupNameTable({"psName": "Squares"})
    builder.setupOS2()
    builder.setupPost()
    builder.save(path)


def test_chinese_needs_a_font_and_the_message_says_so() -> None:
    with pytest.raises(InputError) as caught:
        load_style(THEME, words("zh"))
    (found,) = caught.value.diagnostics
    assert re.fullmatch(
        r"no font of the theme has \d+ letters of these words: (. ){8}…", found.message
    )
    assert "fonts: {fallback: [...]}" in show(found)


def test_chinese_is_set_with_a_font_that_a_theme_names(tmp_path: Path) -> None:
    letters = "".join(sorted({one for one in words("zh") if ord(one) > 0x2E00}))
    squares(tmp_path / "squares.ttf", letters)
    own = SourceFile(name="ours.yaml", text="fonts: {fallback: [squares.ttf]}")
    style = load_style(THEME, words("zh"), ThemeFile(source=own, folder=tmp_path))
    assert "常见错误" in text(render_key([key_sheet()], style))
