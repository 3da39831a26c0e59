"""Faces shape, name and embed glyphs; what they lack is told."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from typing import Any

import pytest
from fontTools.pens.boundsPen import BoundsPen
from fontTools.ttLib import TTFont

from generator.render.pdf.fonts import Face, MissingGlyphs
from tests.render.pdf.math_font import TARGET, embedded_font
from tests.render.pdf.samples import style

FONTS = style().fonts


def test_the_math_font_has_the_glyphs_of_the_layout_engine() -> None:
    """Same ids and advances, and the same ink where looked at, as the font mathra lays out with."""
    engine, shipped = TTFont(io.BytesIO(embedded_font())), TTFont(TARGET)
    ours, theirs = shipped.getGlyphOrder(), engine.getGlyphOrder()
    assert [shipped["hmtx"][name][0] for name in ours] == [
        engine["hmtx"][name][0] for name in theirs
    ]
    for i in range(0, len(ours), 19):
        ink = _ink(shipped.getGlyphSet(), ours[i])
        assert ink == pytest.approx(_ink(engine.getGlyphSet(), theirs[i]), abs=1.5), theirs[i]


def _ink(glyphs: Any, name: str) -> tuple[float, ...]:
    pen = BoundsPen(glyphs)
    glyphs[name].draw(pen)
    return pen.bounds or ()


def test_a_kerned_word_is_narrower_than_its_letters() -> None:
    regular = FONTS.face("regular")
    assert regular.shape("AV").width < regular.shape("A").width + regular.shape("V").width


@pytest.mark.parametrize("text", ["office", "fjord", "naïve", "Ελλάδα", "Владимир", "20 × 5 − 1"])
def test_the_glyphs_of_a_word_give_its_letters_back(text: str) -> None:
    regular = FONTS.face("regular")
    assert sorted(_letters(regular, text)) == sorted(text.replace(" ", "") + " " * text.count(" "))


def _letters(face: Face, text: str) -> str:
    """All letters of the glyphs shown, in order."""
    shown = face.shape(text).show
    codes = "".join(part.split(">")[0] for part in shown.split("<")[1:])
    return "".join(face.text(int(codes[i : i + 4], 16)) for i in range(0, len(codes), 4))


def test_a_sign_that_the_text_lacks_comes_from_the_math_face() -> None:
    assert [(face.resource, text) for face, text in FONTS.stretches("regular", "a→b")] == [
        ("R", "a"),
        ("M", "→"),
        ("R", "b"),
    ]


def test_letters_that_no_face_has_are_told_each_once() -> None:
    assert FONTS.missing("Größe Ωмега देवदेव 漢") == "देव漢"
    with pytest.raises(MissingGlyphs) as caught:
        FONTS.stretches("italic", "漢字 and 漢")
    assert caught.value.letters == "漢字"


def test_white_space_of_any_kind_is_a_blank() -> None:
    regular = FONTS.face("regular")
    assert FONTS.stretches("regular", "a\nb\u3000c\td") == [(regular, "a b c d")]
    assert FONTS.missing("a\nb\u3000c\td") == ""


def test_accents_are_composed_before_they_are_shown() -> None:
    assert FONTS.missing("Jose\u0301") == ""
    assert FONTS.stretches("regular", "e\u0301") == [(FONTS.face("regular"), "é")]


def test_a_subset_keeps_glyph_ids_and_drops_other_outlines() -> None:
    regular = FONTS.face("regular")
    run = regular.shape("quiz")
    subset = TTFont(io.BytesIO(regular.subset(run.glyphs)))
    outlines = [
        i for i, name in enumerate(subset.getGlyphOrder()) if subset["glyf"][name].numberOfContours
    ]
    assert set(outlines) == {0, *run.glyphs}


@pytest.mark.parametrize("locale", ["tr_TR.UTF-8"])
def test_shaping_does_not_depend_on_the_locale(locale: str) -> None:
    program = (
        "from tests.render.pdf.samples import style\n"
        "print(style().fonts.face('regular').shape('fi İıi Ţ office').show)"
    )
    environment = {**os.environ, "LC_ALL": locale, "LANG": locale}
    shown = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, check=True, text=True
    )
    assert shown.stdout.strip() == FONTS.face("regular").shape("fi İıi Ţ office").show
