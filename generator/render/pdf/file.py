"""The PDF file as a stream: written piece by piece, compactly and for ever the same.

ReportLab numbers the few objects that every file has (catalog, page tree, information) and knows
their syntax; its own `format` keeps everything until the end and writes each object uncompressed.
Here what is finished leaves memory at once, so that a file may have any number of pages, and the
many small objects of a sheet's structure go into object streams with a cross-reference stream
(ISO 32000-1, 7.5.7 and 7.5.8), which halves the file. Nothing depends on a clock: the document is
`invariant`, its ID a digest of its content.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import accumulate

from reportlab.pdfbase import pdfdoc

FONTS, CATALOG, PAGES, INFO, STRUCTURE, IMAGES = range(1, 7)
"""The numbers of the objects that every file has and others refer to."""

LEVEL = 5
"""How hard zlib tries: 6 makes a sheet one per cent smaller, and takes a quarter longer."""
_IN_STREAM = 200
"""Objects in one stream; more would make a reader unpack much to find one."""
_FREE, _PLACED, _PACKED = 0, 1, 2
_ENTRY = 7
"""Bytes of an entry in the cross-reference table: kind, place, index (``/W[1 4 2]``)."""
_TEXTS = 1_000
"""So many texts are kept as they are written."""
_INDICES = tuple(index.to_bytes(2, "big") for index in range(_IN_STREAM))


class _Info(pdfdoc.PDFInfo):  # type: ignore[misc]
    """What a file says of itself, without a date: it is the same tomorrow."""

    def format(self, document: object) -> bytes:
        entries = {
            "Title": pdfdoc.PDFString(self.title),
            "Author": pdfdoc.PDFString(self.author),
            "Creator": pdfdoc.PDFString(self.creator),
            "Producer": pdfdoc.PDFString(self.producer),
        }
        return bytes(pdfdoc.PDFDictionary(entries).format(document))


class _Pages(pdfdoc.PDFPages):  # type: ignore[misc]
    """The page tree, which knows its pages by their numbers."""

    def check_format(self, _: object) -> None:
        self.Kids = f"[{' '.join(map(reference, self.pages))}]"
        self.Count = len(self.pages)


class PdfFile(pdfdoc.PDFDocument):  # type: ignore[misc]
    """A file under construction. Objects are known by their numbers; `take` what is written."""

    def __init__(self, *, title: str, author: str, language: str) -> None:
        super().__init__(dummyoutline=1, invariant=1, pdfVersion=(1, 7), lang=language)
        self.Catalog.Outlines = None
        self.Catalog.Pages = self.Pages = _Pages()
        self.info = _Info()
        self.setTitle(title)
        self.setAuthor(author)
        self.setCreator("gen-quiz")
        self._small: list[bytes] = []
        self._numbers: list[int] = []
        self._table = bytearray((0).to_bytes(5, "big") + (65535).to_bytes(2, "big"))
        self._digest = hashlib.md5(usedforsecurity=False)
        self._before = 0
        self._output = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
        for thing in (self.Catalog, self.Pages, self.info):  # the fonts are the first of all
            self.Reference(thing)
        self.reserve(IMAGES - INFO)

    def reserve(self, count: int = 1) -> int:
        """Numbers for objects that are written later; returns the first.

        ReportLab would keep a name and an object for each; a sheet has hundreds.
        """
        first = int(self.objectcounter) + 1
        self.objectcounter += count
        return first

    def put(self, number: int, syntax: str | bytes) -> None:
        """Write a reserved object."""
        self.put_all(number, (syntax.encode("ascii") if isinstance(syntax, str) else syntax,))

    def put_all(self, first: int, syntax: Sequence[bytes]) -> None:
        """Write reserved objects with successive numbers."""
        self._small += syntax
        self._numbers += range(first, first + len(syntax))
        while len(self._small) >= _IN_STREAM:
            self._pack()

    def add(self, syntax: str) -> int:
        """Write a new object."""
        number = self.reserve()
        self.put(number, syntax)
        return number

    def add_stream(self, packed: bytes, entries: str = "") -> int:
        """Write a stream whose content was compressed by zlib."""
        return self.add_plain_stream(packed, entries + "/Filter/FlateDecode")

    def add_plain_stream(self, content: bytes, entries: str) -> int:
        """Write a stream that programs read without unpacking it (metadata)."""
        number = self.reserve()
        self.put_stream(number, content, entries)
        return number

    def put_stream(self, number: int, content: bytes, entries: str) -> None:
        """Write a reserved stream."""
        self._place(number, _placed(self._size))
        head = f"{number} 0 obj\n<<{entries}/Length {len(content)}>>\nstream\n"
        self._output += head.encode("ascii")
        self._output += content
        self._output += b"\nendstream\nendobj\n"

    def add_font(self, resource: str, number: int) -> None:
        """Make a font known to all pages under the name that their content uses."""
        self.idToObject[pdfdoc.BasicFonts][resource] = reference(number)

    def add_pages(self, numbers: Iterable[int]) -> None:
        """Append pages, which were written as objects of these numbers."""
        self.Pages.pages += numbers

    @property
    def page_count(self) -> int:
        """How many pages there are so far."""
        return len(self.Pages.pages)

    def take(self) -> bytes:
        """What was written since this was asked last."""
        piece = bytes(self._output)
        self._digest.update(piece)
        self._before += len(piece)
        self._output.clear()
        return piece

    def close(self) -> None:
        """Write what only the end knows: catalog, page tree, fonts, cross-references."""
        for number in (FONTS, CATALOG, PAGES, INFO):
            thing = self.idToObject[self.numberToId[number]]
            self.put(number, bytes(pdfdoc.format(thing, self, toplevel=1)))
        if self._small:
            self._pack()
        self._cross_references()

    @property
    def _size(self) -> int:
        return self._before + len(self._output)

    def _place(self, number: int, entries: bytes) -> None:
        """Note where an object is, and those that follow it if there are more entries."""
        begin = _ENTRY * number
        end = begin + len(entries)
        missing = end - len(self._table)
        if missing > 0:
            self._table += bytes(missing)
        self._table[begin:end] = entries

    def _place_packed(self, members: Sequence[int], stream: int) -> None:
        """Note that objects are the first, second, ... of a stream of objects."""
        start = _PACKED.to_bytes(1, "big") + stream.to_bytes(4, "big")
        entries = [start + index for index in _INDICES[: len(members)]]
        if members == list(range(members[0], members[0] + len(members))):  # as those of a form
            entries, members = [b"".join(entries)], members[:1]
        for member, entry in zip(members, entries, strict=True):
            self._place(member, entry)

    def _pack(self) -> None:
        """Write the first small objects as one stream."""
        group, self._small = self._small[:_IN_STREAM], self._small[_IN_STREAM:]
        members, self._numbers = self._numbers[:_IN_STREAM], self._numbers[_IN_STREAM:]
        stream = self.reserve()
        self._place_packed(members, stream)
        offsets = accumulate((len(syntax) + 1 for syntax in group), initial=0)
        head = [f"{member} {offset}" for member, offset in zip(members, offsets, strict=False)]
        first = " ".join(head).encode("ascii") + b"\n"
        body = b"\n".join(group)
        entries = f"/Type/ObjStm/N {len(group)}/First {len(first)}/Filter/FlateDecode"
        self.put_stream(stream, zlib.compress(first + body + b"\n", LEVEL), entries)

    def _cross_references(self) -> None:
        start, number = self._size, self.reserve()
        self._place(number, _placed(start))
        packed = zlib.compress(self._table, 1)  # it is regular: more effort finds less
        digest = self._digest.copy()
        digest.update(self._output)
        identity = digest.hexdigest()
        entries = (
            f"/Type/XRef/Size {number + 1}/W[1 4 2]/Root {reference(CATALOG)}"
            f"/Info {reference(INFO)}/ID[<{identity}><{identity}>]/Filter/FlateDecode"
        )
        self.put_stream(number, packed, entries)
        self._output += f"startxref\n{start}\n%%EOF\n".encode("ascii")


def _placed(start: int) -> bytes:
    """The entry of an object that begins there."""
    return _PLACED.to_bytes(1, "big") + start.to_bytes(4, "big") + bytes(2)


def reference(number: int) -> str:
    """A reference to an object, as PDF writes it."""
    return f"{number} 0 R"


@lru_cache(maxsize=_TEXTS)
def text_string(text: str) -> str:
    """Text as PDF writes it: as it is where ASCII will do, else UTF-16 in hexadecimal.

    What is said of formulas recurs.
    """
    if text.isascii() and text.isprintable():
        escaped = text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
        return f"({escaped})"
    return utf16(text)


@lru_cache(maxsize=_TEXTS)
def utf16(text: str) -> str:
    """Text as UTF-16 in hexadecimal."""
    return f"<FEFF{text.encode('utf-16-be').hex().upper()}>"
