"""Fonts embedded: a face's subset as a composite font whose codes are glyph ids (Identity-H).

What a subset needs depends on its glyphs alone, so it is made once for each set of glyphs. Every
glyph has its Unicode text (ToUnicode), which PDF/UA asks for and copying needs.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable, Sequence
from functools import lru_cache

from generator.model.dataclass import dataclass
from generator.render.pdf.file import LEVEL, PdfFile
from generator.render.pdf.fonts import RECENT, Face

_SYMBOLIC = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class _Program:
    name: str
    packed: bytes
    length: int
    widths: str
    unicode: bytes


def embed(file: PdfFile, face: Face, glyphs: frozenset[int]) -> None:
    """Write the font of these glyphs into the document, under the face's resource name."""
    program = _program(face, glyphs)
    outlines = file.add_stream(program.packed, f"/Length1 {program.length}")
    left, bottom, right, top = face.bounds
    descriptor = file.add(
        f"<</Type/FontDescriptor/FontName/{program.name}/Flags {_SYMBOLIC}"
        f"/FontBBox[{left} {bottom} {right} {top}]/ItalicAngle {face.slant:g}"
        f"/Ascent {face.ascent:.0f}/Descent {face.descent:.0f}/CapHeight {face.cap_height:.0f}"
        f"/StemV 80/FontFile2 {outlines} 0 R>>"
    )
    descendant = file.add(
        f"<</Type/Font/Subtype/CIDFontType2/BaseFont/{program.name}/CIDToGIDMap/Identity"
        "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
        f"/FontDescriptor {descriptor} 0 R/DW 1000/W[{program.widths}]>>"
    )
    unicode = file.add_stream(program.unicode)
    font = file.add(
        f"<</Type/Font/Subtype/Type0/BaseFont/{program.name}/Encoding/Identity-H"
        f"/DescendantFonts[{descendant} 0 R]/ToUnicode {unicode} 0 R>>"
    )
    file.add_font(face.resource, font)


@lru_cache(maxsize=128)
def _program(face: Face, glyphs: frozenset[int]) -> _Program:
    content = face.subset(glyphs)
    packed = zlib.compress(content, LEVEL)
    tag = "".join(chr(ord("A") + byte % 26) for byte in hashlib.sha256(packed).digest()[:6])
    entries = [(glyph, *_entry(face, glyph)) for glyph in sorted(glyphs)]
    return _Program(
        name=f"{tag}+{face.name}",
        packed=packed,
        length=len(content),
        widths=_widths((glyph, width) for glyph, width, _ in entries),
        unicode=zlib.compress(_to_unicode([text for *_, text in entries]).encode("ascii"), LEVEL),
    )


@lru_cache(maxsize=RECENT)
def _entry(face: Face, glyph: int) -> tuple[str, str]:
    """The width of a glyph, and the line that says its text."""
    text = face.text(glyph) or "\ufffd"
    line = f"<{glyph:04X}> <{text.encode('utf-16-be').hex().upper()}>"
    return f"{round(face.advance(glyph), 2):g}", line


def _widths(advances: Iterable[tuple[int, str]]) -> str:
    """The ``W`` array: runs of neighbouring glyphs with their advances."""
    written: list[str] = []
    following = -1
    for glyph, width in advances:
        written.append(f" {width}" if glyph == following else f"] {glyph}[{width}")
        following = glyph + 1
    return "".join(written)[2:] + "]"


def _to_unicode(entries: Sequence[str]) -> str:
    blocks = [entries[i : i + 100] for i in range(0, len(entries), 100)]
    body = "\n".join(
        f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks
    )
    return f"{_CMAP_HEAD}\n{body}\n{_CMAP_TAIL}"


_CMAP_HEAD = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange"""
_CMAP_TAIL = """endcmap
CMapName currentdict /CMap defineresource pop
end
end"""
