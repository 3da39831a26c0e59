"""The fonts of a page, within it: the letters that it shows, of the fonts of the printed sheets.

A browser lays formulas out well only by a font with a MATH table, which few machines have; with it
inside, a page looks the same everywhere. Subsets are WOFF files in ``data:`` addresses. Letters
that the fonts lack come from the reader's own.
"""

from __future__ import annotations

import io
import re
from base64 import b64encode
from functools import lru_cache
from html import unescape

import uharfbuzz as hb
from fontTools.ttLib import TTFont

from generator.render.alphabets import styled
from generator.resources import TEMPLATES

_FONTS = TEMPLATES / "fonts"
TEXT = (
    ("STIXTwoText-Regular.ttf", 400, "normal"),
    ("STIXTwoText-Italic.ttf", 400, "italic"),
    ("STIXTwoText-Bold.ttf", 700, "normal"),
)
MATH = "STIXTwoMath-Regular.ttf"
"""The files: of text with weight and style, and of formulas."""
_ALWAYS = frozenset(map(chr, range(0x20, 0x7F))) | frozenset("\u00a0“”‘’–—…−×·")
"""Letters that most pages show: with them in every subset, many forms share one."""

_SCRIPT_LETTERS = int.from_bytes(b"ssty", "big")
"""The feature by which letters and primes in scripts have shapes of their own."""

_FORMULA = re.compile(r"<math.*?</math>", re.DOTALL)
_LETTER = re.compile(r"<mi>([^<&]|&[^;]+;)</mi>")
_UNSEEN = re.compile(r"<svg.*?</svg>|<style.*?</style>|<[^>]*>", re.DOTALL)


def font_faces(html: str) -> str:
    """The ``@font-face`` rules for a piece of HTML: ``Sheet`` for text, ``Sheet Math``."""
    formulas = "".join(_FORMULA.findall(html))
    letters = frozenset(unescape(_UNSEEN.sub("", html))) | _ALWAYS
    faces = [_face("Sheet", name, letters, weight, style) for name, weight, style in TEXT]
    if formulas:
        # A letter that stands alone in an ``mi`` is shown in italics: by another character.
        alone = {styled(unescape(letter), "italic") for letter in _LETTER.findall(formulas)}
        signs = frozenset(unescape(_UNSEEN.sub("", formulas))) | alone | frozenset("0123456789")
        faces.append(_face("Sheet Math", MATH, signs, 400, "normal"))
    return "\n".join(faces) + "\n"


def _face(family: str, file: str, letters: frozenset[str], weight: int, style: str) -> str:
    address = f"data:font/woff;base64,{_subset(file, letters)}"
    return (
        f'@font-face {{ font-family: "{family}"; font-weight: {weight}; font-style: {style}; '
        f'src: url({address}) format("woff"); }}'
    )


@lru_cache(maxsize=256)
def _subset(file: str, letters: frozenset[str]) -> str:
    """The font of these letters, with all that lays them out, in base64."""
    face = _source(file)
    wanted = hb.SubsetInput()
    wanted.unicode_set.update(map(ord, letters))
    wanted.layout_feature_tag_set.add(_SCRIPT_LETTERS)
    wanted.flags = hb.SubsetFlags.NO_HINTING
    subset = hb.subset(face, wanted).blob.data
    packed = io.BytesIO()
    with TTFont(io.BytesIO(subset), recalcTimestamp=False, recalcBBoxes=False) as font:
        if "MATH" in font:
            _for_all_scripts(font)
        font.flavor = "woff"
        font.save(packed)
    return b64encode(packed.getvalue()).decode("ascii")


def _for_all_scripts(font: TTFont) -> None:
    """Offer the features of the script ``math`` in all: browsers shape formulas as Latin text."""
    records = font["GSUB"].table.ScriptList.ScriptRecord
    (math,) = (record.Script for record in records if record.ScriptTag == "math")
    for record in records:
        record.Script = math


@lru_cache(maxsize=8)
def _source(file: str) -> hb.Face:
    return hb.Face(hb.Blob.from_file_path(str(_FONTS / file)))
