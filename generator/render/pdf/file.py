"""The PDF file: ReportLab's document, written compactly and for ever the same.

ReportLab numbers the objects, knows their syntax and keeps the page tree; its own `format` writes
every object uncompressed. A tagged sheet has hundreds of small ones (its structure), so here they
go into object streams with a cross-reference stream (ISO 32000-1, 7.5.7 and 7.5.8), which halves
the file. Nothing depends on a clock: the document is `invariant`, its ID a digest of its content.
"""

from __future__ import annotations

import hashlib
import zlib

from reportlab.pdfbase import pdfdoc

_IN_STREAM = 200
"""Objects in one stream; more would make a reader unpack much to find one."""


class TaggedPage(pdfdoc.PDFPage):  # type: ignore[misc]
    """A page that is linked to the structure tree."""

    __NoDefault__ = (*pdfdoc.PDFPage.__NoDefault__, "StructParents", "Tabs")


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


class PdfFile(pdfdoc.PDFDocument):  # type: ignore[misc]
    """A file under construction. Objects are known by their numbers."""

    def __init__(self, *, title: str, author: str, language: str) -> None:
        super().__init__(dummyoutline=1, invariant=1, pdfVersion=(1, 7), lang=language)
        self.Catalog.Outlines = None
        self._written: dict[int, bytes] = {}
        self._streams: dict[int, bytes] = {}
        self.font_resources = pdfdoc.PDFDictionary(
            {"Font": pdfdoc.PDFObjectReference(pdfdoc.BasicFonts)}
        )
        self.info = _Info()
        self.setTitle(title)
        self.setAuthor(author)
        self.setCreator("gen-quiz")

    def reserve(self) -> int:
        """A number for an object that `put` writes later.

        ReportLab would keep a name and an object for each; a sheet has hundreds.
        """
        self.objectcounter += 1
        return int(self.objectcounter)

    def put(self, number: int, syntax: str) -> None:
        """Write a reserved object."""
        self._written[number] = syntax.encode("ascii")

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
        head = f"<<{entries}/Length {len(content)}>>\nstream\n".encode("ascii")
        self._streams[number] = head + content + b"\nendstream"
        return number

    def add_font(self, resource: str, number: int) -> None:
        """Make a font known to all pages under the name that their content uses."""
        self.idToObject[pdfdoc.BasicFonts][resource] = reference(number)

    def add_page(self, page: TaggedPage) -> int:
        """Append a page."""
        self.addPage(page)
        return self._number(page)

    def _number(self, thing: pdfdoc.PDFObject) -> int:
        number: int = self.idToObjectNumberAndVersion[self.Reference(thing).name][0]
        return number

    def format(self) -> bytes:
        """The whole file."""
        self.Reference(self.Catalog)
        self.Reference(self.info)
        output = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
        places: list[tuple[int, int, int]] = [(0, 0, 65535)]
        small: list[tuple[int, bytes]] = []
        number = 1
        while number <= self.objectcounter:  # formatting an object may number others
            if number in self._streams:
                places.append((1, len(output), 0))
                output += b"%d 0 obj\n%s\nendobj\n" % (number, self._streams[number])
            else:
                places.append((0, 0, 0))
                small.append((number, self._syntax(number)))
            number += 1
        for start in range(0, len(small), _IN_STREAM):
            group = small[start : start + _IN_STREAM]
            for index, (member, _) in enumerate(group):
                places[member] = (2, len(places), index)
            places.append((1, len(output), 0))
            output += _object_stream(len(places) - 1, group)
        output += self._cross_references(places, output)
        return bytes(output)

    def _syntax(self, number: int) -> bytes:
        written = self._written.get(number)
        if written is not None:
            return written
        thing = self.idToObject[self.numberToId[number]]
        return bytes(pdfdoc.format(thing, self, toplevel=1))

    def _cross_references(self, places: list[tuple[int, int, int]], output: bytearray) -> bytes:
        places.append((1, len(output), 0))
        table = b"".join(
            kind.to_bytes(1, "big") + place.to_bytes(4, "big") + index.to_bytes(2, "big")
            for kind, place, index in places
        )
        packed = zlib.compress(table, 6)
        identity = hashlib.md5(output, usedforsecurity=False).hexdigest()
        head = (
            f"{len(places) - 1} 0 obj\n<</Type/XRef/Size {len(places)}/W[1 4 2]"
            f"/Root {self._number(self.Catalog)} 0 R/Info {self._number(self.info)} 0 R"
            f"/ID[<{identity}><{identity}>]/Filter/FlateDecode/Length {len(packed)}>>\nstream\n"
        )
        tail = f"\nendstream\nendobj\nstartxref\n{len(output)}\n%%EOF\n"
        return head.encode("ascii") + packed + tail.encode("ascii")


def _object_stream(number: int, group: list[tuple[int, bytes]]) -> bytes:
    head, body = [], bytearray()
    for member, syntax in group:
        head.append(f"{member} {len(body)}")
        body += syntax + b"\n"
    first = " ".join(head).encode("ascii") + b"\n"
    packed = zlib.compress(first + bytes(body), 6)
    syntax = (
        f"{number} 0 obj\n<</Type/ObjStm/N {len(group)}/First {len(first)}/Filter/FlateDecode"
        f"/Length {len(packed)}>>\nstream\n"
    ).encode("ascii")
    return syntax + packed + b"\nendstream\nendobj\n"


def reference(number: int) -> str:
    """A reference to an object, as PDF writes it."""
    return f"{number} 0 R"


def text_string(text: str) -> str:
    """Text as PDF writes it: as it is where ASCII will do, else UTF-16 in hexadecimal."""
    if text.isascii() and text.isprintable():
        escaped = text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
        return f"({escaped})"
    return f"<FEFF{text.encode('utf-16-be').hex().upper()}>"
