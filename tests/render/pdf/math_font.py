"""Make the math font from the layout engine's own: `python -m tests.render.pdf.math_font`.

mathra embeds STIX Two Math (OFL) as CFF and lays formulas out in that font's glyph ids. The sheets
embed TrueType subsets, so the same glyphs, under the same ids and advances, are converted once,
when the pinned mathra changes. Names that the Adobe Glyph List does not know become ``uniXXXX``
names, because a glyph's name is where its text comes from when a reader copies a formula. How a
formula is laid out (MATH) and the letters of scripts (GSUB) are kept for browsers, which lay out
MathML themselves.
"""

from __future__ import annotations

import io
import struct
from pathlib import Path

import mathra
from fontTools import agl
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, newTable
from fontTools.ttLib.tables.DefaultTable import DefaultTable

from generator.resources import TEMPLATES

TARGET = TEMPLATES / "fonts" / "STIXTwoMath-Regular.ttf"

_UNUSED_LIMITS = (
    "maxTwilightPoints",
    "maxStorage",
    "maxFunctionDefs",
    "maxInstructionDefs",
    "maxStackElements",
    "maxSizeOfInstructions",
    "maxComponentElements",
    "maxPoints",
    "maxContours",
    "maxCompositePoints",
    "maxCompositeContours",
    "maxComponentDepth",
)
"""What TrueType wants to know beyond CFF; the outlines have no instructions and no parts."""

_UNNAMED = {
    "brevecomb": 0x0306,
    "tildelow": 0x02F7,
    "circumflexcomb": 0x0302,
    "overlinecomb": 0x0305,
    "caroncomb": 0x030C,
    "tildebelowcomb": 0x0330,
    "lowlinecomb": 0x0332,
    "slashlongcomb": 0x0338,
    "primetriple": 0x2034,
    "primequad": 0x2057,
    "primedblreversed": 0x2036,
    "primetriplereversed": 0x2037,
    "tackup": 0x22A5,
    "horizontal": 0x23AF,
    "dieresiscomb": 0x0308,
    "dieresistonoscomb": 0x0344,
    "uni1D488": 0x1D488,
    "uni1D628": 0x1D628,
    "uni1D65C": 0x1D65C,
}


def embedded_font() -> bytes:
    """The OpenType font inside mathra's extension module."""
    (module,) = Path(mathra.__file__).parent.glob("_mathra*")
    content = module.read_bytes()
    start = content.find(b"OTTO\x00")
    while start >= 0:
        count = struct.unpack_from(">H", content, start + 4)[0]
        records = [
            struct.unpack_from(">4sLLL", content, start + 12 + 16 * i)
            for i in range(min(count, 40))
        ]
        if {tag for tag, *_ in records} >= {b"CFF ", b"MATH", b"cmap"}:
            end = max(offset + length for _, _, offset, length in records)
            return content[start : start + end]
        start = content.find(b"OTTO\x00", start + 1)
    raise LookupError("mathra embeds no OpenType math font")


def as_truetype(content: bytes) -> TTFont:
    """The same font with quadratic outlines (within half a unit of 1000) and readable names."""
    font = TTFont(io.BytesIO(content), recalcTimestamp=False)
    order = font.getGlyphOrder()
    drawn = font.getGlyphSet()
    outlines = {}
    for name in order:
        pen = TTGlyphPen(drawn)
        drawn[name].draw(Cu2QuPen(pen, 0.5, reverse_direction=True))
        outlines[name] = pen.glyph()
    named = [_readable(name) for name in order]
    metrics = [font["hmtx"].metrics[name][0] for name in order]
    font.setGlyphOrder(named)
    for tag in ("GSUB", "MATH"):
        font[tag] = _as_it_is(font, tag)
    del font["CFF "]
    font["loca"] = newTable("loca")
    glyf = font["glyf"] = newTable("glyf")
    glyf.glyphOrder = named
    glyf.glyphs = {new: outlines[old] for old, new in zip(order, named, strict=True)}
    for glyph in glyf.glyphs.values():
        if glyph.numberOfContours:
            glyph.recalcBounds(glyf)
    font["hmtx"].metrics = {
        name: (advance, getattr(glyf.glyphs[name], "xMin", 0))
        for name, advance in zip(named, metrics, strict=True)
    }
    _restate(font, dict(zip(order, named, strict=True)))
    return font


def _as_it_is(font: TTFont, tag: str) -> DefaultTable:
    """A table that speaks of glyphs by their ids alone, which stay."""
    table = DefaultTable(tag)
    table.data = font.reader[tag]
    return table


def _readable(name: str) -> str:
    base, dot, suffix = name.partition(".")
    if agl.toUnicode(name) or base not in _UNNAMED:
        return name
    return f"u{_UNNAMED[base]:04X}.{base}" + dot + suffix


def _restate(font: TTFont, renamed: dict[str, str]) -> None:
    for table in font["cmap"].tables:
        table.cmap = {code: renamed[name] for code, name in table.cmap.items()}
    limits = font["maxp"]
    limits.tableVersion = 0x00010000
    for field in _UNUSED_LIMITS:
        setattr(limits, field, 0)
    limits.maxZones = 1
    post = font["post"]
    post.formatType, post.extraNames, post.mapping = 2.0, [], {}
    post.glyphOrder = font.getGlyphOrder()
    font.sfntVersion = "\x00\x01\x00\x00"


if __name__ == "__main__":
    as_truetype(embedded_font()).save(TARGET)
