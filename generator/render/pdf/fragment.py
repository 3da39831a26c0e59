"""A painted form as objects that fit into any file: made once, put into its own PDF and the merged.

Within a fragment objects are numbered from 0: a content stream for each page, the pages, for each
page the list of its structure elements, then the elements themselves. In a file the numbers start
at the place where the fragment is put; nothing else changes, so nothing is laid out, painted or
compressed twice. A fragment is plain data: it can be written to disk or sent to another machine.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Iterator

from generator.model.dataclass import dataclass
from generator.render.pdf.file import FONTS, IMAGES, PAGES, PdfFile, reference
from generator.render.pdf.ink import Uses, freeze, merge, numbers
from generator.render.pdf.paint import Painted
from generator.render.pdf.tags import Objects, structure


@dataclass(frozen=True, slots=True, kw_only=True)
class PaintedForm:
    """A form's pages, ready to be put into a file, and the bookmark that leads to them."""

    bookmark: str
    pages: tuple[Painted, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fragment:
    """A painted form as objects. `contents` are its pages' compressed content streams.

    `syntax` has all other objects, one a line, as a format (PEP 461) with a ``%d`` for each number
    in `numbers`. `tops` are the elements without a parent, `uses` the glyphs that are shown.
    """

    bookmark: str
    contents: tuple[bytes, ...]
    syntax: bytes
    numbers: tuple[int, ...]
    tops: tuple[int, ...]
    uses: Uses


@dataclass(frozen=True, slots=True, kw_only=True)
class Put:
    """Where a fragment is in a file: the numbers of its pages, their element lists, its tops."""

    pages: range
    elements: range
    tops: tuple[int, ...]


def fragment(form: PaintedForm, paper: tuple[float, float]) -> Fragment:
    """The objects of a painted form on sheets of this paper (width and height in points)."""
    count = len(form.pages)
    objects = Objects()
    for i in range(count):  # linked to its list of elements under a key that is its own number
        objects.lines.append(_page(paper))
        objects.numbers += (i, count + i)
    tops = structure(form.pages, objects, first_page=count, first_list=2 * count)
    return Fragment(
        bookmark=form.bookmark,
        contents=tuple(page.content for page in form.pages),
        syntax="\n".join(objects.lines).encode("ascii"),
        numbers=tuple(objects.numbers),
        tops=tops,
        uses=freeze(merge(page.uses for page in form.pages)),
    )


def _page(paper: tuple[float, float]) -> str:
    """A page, as a format with the numbers of its content and of itself."""
    resources = f"<</Font {reference(FONTS)}/XObject {reference(IMAGES)}>>"
    return (
        f"<</Type/Page/Parent {reference(PAGES)}/MediaBox[0 0 {numbers(*paper)}]"
        f"/Resources{resources}/Contents %d 0 R/StructParents %d/Tabs/S>>"
    )


def put(file: PdfFile, piece: Fragment) -> Put:
    """Append a fragment to a file."""
    count = len(piece.contents)
    first = file.reserve(count)
    for number, content in enumerate(piece.contents, first):
        file.put_stream(number, content, "/Filter/FlateDecode")
    lines = (piece.syntax % tuple([first + number for number in piece.numbers])).split(b"\n")
    file.put_all(file.reserve(len(lines)), lines)
    pages = range(first + count, first + 2 * count)
    file.add_pages(pages)
    return Put(
        pages=pages,
        elements=range(first + 2 * count, first + 3 * count),
        tops=tuple(first + number for number in piece.tops),
    )


def blank(paper: tuple[float, float]) -> Fragment:
    """An empty page."""
    return fragment(PaintedForm(bookmark="", pages=(_BLANK,)), paper)


_BLANK = Painted(content=b"x\x9c\x03\x00\x00\x00\x00\x01", uses=(), nodes=(), boxes=())
"""An empty page; its content is zlib's encoding of nothing."""


# --- as bytes ----------------------------------------------------------------------------------

_LENGTH = _NUMBER = 4


def pack(piece: Fragment) -> bytes:
    """A fragment as bytes, which may be followed by those of others."""
    used = struct.pack(f"<{len(piece.numbers)}I", *piece.numbers)
    pieces = (*piece.contents, piece.syntax, used)
    head = {
        "bookmark": piece.bookmark,
        "lengths": [len(one) for one in pieces],
        "tops": piece.tops,
        "uses": piece.uses,
    }
    packed = json.dumps(head, separators=(",", ":")).encode()
    length = len(packed).to_bytes(_LENGTH, "big")
    return b"".join((length, packed, *pieces))


def unpack(content: bytes) -> Iterator[Fragment]:
    """The fragments that were packed one after the other."""
    at = 0
    while at < len(content):
        start = at + _LENGTH
        at = start + int.from_bytes(content[at:start], "big")
        head = json.loads(content[start:at])
        pieces = []
        for length in head["lengths"]:
            pieces.append(content[at : at + length])
            at += length
        *contents, syntax, used = pieces
        yield Fragment(
            bookmark=head["bookmark"],
            contents=tuple(contents),
            syntax=syntax,
            numbers=struct.unpack(f"<{len(used) // _NUMBER}I", used),
            tops=tuple(head["tops"]),
            uses=tuple((resource, tuple(glyphs)) for resource, glyphs in head["uses"]),
        )
