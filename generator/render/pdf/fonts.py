"""Faces: what a font file knows, words shaped into glyphs, and the text that glyphs stand for.

A face is used by glyph ids throughout: layout, content streams and embedding share them, so a
sheet shows exactly what was measured. Lengths are in 1/1000 em. Shaping (kerning, ligatures) is
HarfBuzz's and does not depend on the machine's locale.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import uharfbuzz as hb
from fontTools import agl

from generator.model.dataclass import dataclass

_DROPPED_TABLES = ("GSUB", "GPOS", "GDEF", "MATH", "name", "post", "OS/2", "cmap", "DSIG", "STAT")
_FEATURES = {"kern": True, "liga": True}

RECENT = 1_000
"""So many results of a step of the layout are kept. A form has a few hundred: what recurs on every
form stays, what only one form has goes after some more. Whatever grew with their number would fill
the memory with what is never asked for again."""
_WORDS = 5 * RECENT


class MissingGlyphs(LookupError):  # noqa: N818 - named for what it says
    """No face has these letters of the text."""

    def __init__(self, text: str, letters: str) -> None:
        super().__init__(letters)
        self.text, self.letters = text, letters


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A stretch of text in one face: the inside of a PDF ``TJ`` array, its width and glyphs."""

    show: str
    width: float
    glyphs: tuple[int, ...]


class Face:
    """A TrueType font. `resource` is its name in every content stream (``R``)."""

    def __init__(self, resource: str, path: Path) -> None:
        self.resource = resource
        self._face = hb.Face(hb.Blob.from_file_path(str(path)))
        self._font = hb.Font(self._face)
        self._scale = 1000 / self._face.upem
        self._runs: dict[str, Run] = {}
        self._advances: dict[int, float] = {}
        self._texts: dict[int, str] = {}
        self._shown: set[str] = set()
        self._extents: dict[int, tuple[float, float, float, float]] = {}
        extents = self._font.get_font_extents("ltr")
        self.ascent = extents.ascender * self._scale
        self.descent = extents.descender * self._scale
        self.cap_height = self._height("H")
        self.x_height = self._height("x")
        self.slant = self._slant()
        self.name = self._face.get_name(hb.OTNameIdPredefined.POSTSCRIPT_NAME) or path.stem
        self.bounds = self._bounds()

    def _height(self, letter: str) -> float:
        glyph = self._font.get_nominal_glyph(ord(letter))
        extents = self._font.get_glyph_extents(glyph) if glyph else None
        return extents.y_bearing * self._scale if extents else 0.0

    def _bounds(self) -> tuple[int, int, int, int]:
        head = self._face.reference_table("head").data
        corners = (int.from_bytes(head[i : i + 2], "big", signed=True) for i in (36, 38, 40, 42))
        left, bottom, right, top = (round(corner * self._scale) for corner in corners)
        return left, bottom, right, top

    def _slant(self) -> float:
        """The angle of upright strokes, counterclockwise from the vertical."""
        post = self._face.reference_table("post").data
        return int.from_bytes(post[4:8], "big", signed=True) / 65536

    def has(self, character: str) -> bool:
        """Whether the face can show this character; control characters need no glyph."""
        return bool(self._font.get_nominal_glyph(ord(character)))

    def shows(self, text: str) -> bool:
        """Whether the face has every character of composed text as it is."""
        if text not in self._shown:
            if not all(map(self.has, text)) or not unicodedata.is_normalized("NFC", text):
                return False
            if len(self._shown) >= _WORDS:
                self._shown.clear()
            self._shown.add(text)
        return True

    def advance(self, glyph: int) -> float:
        """How far a glyph moves the pen."""
        advance = self._advances.get(glyph)
        if advance is None:
            advance = self._font.get_glyph_h_advance(glyph) * self._scale
            self._advances[glyph] = advance
        return advance

    def extents(self, glyph: int) -> tuple[float, float, float, float]:
        """The ink of a glyph: left, bottom, right, top."""
        extents = self._extents.get(glyph)
        if extents is None:
            box, scale = self._font.get_glyph_extents(glyph), self._scale
            top, left = box.y_bearing * scale, box.x_bearing * scale
            extents = (left, top + box.height * scale, left + box.width * scale, top)
            self._extents[glyph] = extents
        return extents

    def overhang(self, letter: str) -> tuple[float, float]:
        """How far the ink of a letter reaches out of its room, to the left and to the right."""
        glyph = self._font.get_nominal_glyph(ord(letter))
        if not glyph:
            return 0.0, 0.0
        left, _, right, _ = self.extents(glyph)
        return max(0.0, -left), max(0.0, right - self.advance(glyph))

    def text(self, glyph: int) -> str:
        """The characters that a glyph stands for, by its name in the Adobe Glyph List's grammar."""
        text = self._texts.get(glyph)
        if text is None:
            text = agl.toUnicode(self._font.glyph_to_string(glyph))
            if len(text) == 1 and 0xFB00 <= ord(text) <= 0xFB06:  # ligatures: fi, fl, ...
                text = unicodedata.normalize("NFKC", text)
            self._texts[glyph] = text
        return text

    def shape(self, text: str) -> Run:
        """Kerned and ligated glyphs for `text`, every character of which the face has."""
        run = self._runs.get(text)
        if run is None:
            if len(self._runs) >= _WORDS:
                self._runs.clear()
            run = self._runs[text] = self._shape(text)
        return run

    def _shape(self, text: str) -> Run:
        if not text:
            return Run(show="", width=0.0, glyphs=())
        buffer = hb.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        buffer.language = "en"  # guessed from the locale otherwise
        hb.shape(self._font, buffer, _FEATURES)
        show: list[str] = []
        width = 0.0
        for info, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
            glyph = info.codepoint
            before = place.x_offset * self._scale
            after = place.x_advance * self._scale - before - self.advance(glyph)
            width += place.x_advance * self._scale
            show.append(kern(before) + f"<{glyph:04X}>" + kern(after))
        glyphs = tuple(sorted({info.codepoint for info in buffer.glyph_infos}))
        return Run(show="".join(show).replace("><", ""), width=width, glyphs=glyphs)

    def subset(self, glyphs: Iterable[int]) -> bytes:
        """A TrueType font of these glyphs alone, under their own ids."""
        wanted = hb.SubsetInput()
        wanted.glyph_set.update(glyphs)
        wanted.flags = (
            hb.SubsetFlags.NO_LAYOUT_CLOSURE
            | hb.SubsetFlags.RETAIN_GIDS
            | hb.SubsetFlags.NO_HINTING
            | hb.SubsetFlags.NOTDEF_OUTLINE
        )
        tags = (int.from_bytes(tag.ljust(4).encode(), "big") for tag in _DROPPED_TABLES)
        wanted.drop_table_tag_set.update(tags)
        return bytes(hb.subset(self._face, wanted).blob.data)


def kern(amount: float) -> str:
    """The number of a ``TJ`` array that moves the pen right by `amount`; empty for nothing.

    PDF 32000-1, 9.4.3: the number is *subtracted* from the current position.
    """
    return "" if -0.05 < amount < 0.05 else f"{round(-amount, 1):g}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fonts:
    """The faces of a theme. Text that `role` cannot show goes to the symbols, then the fallbacks.

    Two sets with the same files are equal, so that layouts are shared between styles.
    """

    regular: Path
    italic: Path
    bold: Path
    bold_italic: Path
    mono: Path
    math: Path
    fallback: tuple[Path, ...] = ()

    def __hash__(self) -> int:
        """That of one file: looks are keys of every cache of the layout, and few fonts differ."""
        return hash(self.regular)

    def face(self, role: str) -> Face:
        """The face of a role, by the name of its field (``bold_italic``)."""
        return face(_RESOURCES[role], getattr(self, role))

    def faces(self) -> Iterator[Face]:
        """All faces, each under its own resource name."""
        yield from (self.face(role) for role in _RESOURCES)
        yield from self._fallbacks()

    def _fallbacks(self) -> Iterator[Face]:
        return (face(f"X{i}", path) for i, path in enumerate(self.fallback))

    def stretches(self, role: str, text: str) -> list[tuple[Face, str]]:
        """`text` (composed: NFC) in the fewest stretches of one face each, in order.

        Raises MissingGlyphs for letters that no face has.
        """
        first = self.face(role)
        if first.shows(text):
            return [(first, text)]
        text = "".join(
            " " if character.isspace() and not first.has(character) else character
            for character in unicodedata.normalize("NFC", text)
        )
        others = (first, self.face("regular"), self.face("math"), *self._fallbacks())
        found: list[tuple[Face, str]] = []
        for character in text:
            chosen = next((one for one in others if one.has(character)), None)
            if chosen is None:
                raise MissingGlyphs(text, self.missing(text))
            if found and found[-1][0] is chosen:
                found[-1] = (chosen, found[-1][1] + character)
            else:
                found.append((chosen, character))
        return found

    def missing(self, text: str) -> str:
        """The characters of `text` that no face can show, each once, in order."""
        faces = tuple(self.faces())
        unknown = (
            character
            for character in unicodedata.normalize("NFC", text)
            if not character.isspace() and not any(one.has(character) for one in faces)
        )
        return "".join(dict.fromkeys(unknown))


_RESOURCES = {
    "regular": "R",
    "italic": "I",
    "bold": "B",
    "bold_italic": "Z",
    "mono": "C",
    "math": "M",
}


@cache
def face(resource: str, path: Path) -> Face:
    """The face in this file, read once."""
    return Face(resource, path)
