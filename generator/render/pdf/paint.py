"""Pages painted: strips become a content stream in which every piece is tagged or an artifact.

Content is written in reading order. Consecutive ink of one node is one marked-content sequence;
its number (MCID) is counted on each page afresh, so that a form's pages are the same bytes
whether it stands alone or among others.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from dataclasses import dataclass

from generator.render.pdf.flow import Page
from generator.render.pdf.ink import (
    Ink,
    Uses,
    fill_color,
    freeze,
    merge,
    number,
    numbers,
    rectangle,
)
from generator.render.pdf.strips import Bar, Mark, Node

Box = tuple[float, float, float, float]
Placed = tuple[float, float, Ink]
"""Ink with its origin on the paper, y upwards."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Painted:
    """A finished page: its compressed content, the glyphs it shows, the node of each MCID, and
    where illustrations stand (left, bottom, right, top).
    """

    content: bytes
    uses: Uses
    nodes: tuple[Node, ...]
    boxes: tuple[tuple[Node, Box], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """Where the text of a page stands: paper size, left edge, top (from above) and height."""

    paper_width: float
    paper_height: float
    left: float
    top: float
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Furniture:
    """What stands around the text of a page and is no part of the document."""

    header: tuple[Placed, ...]
    footer: tuple[Placed, ...]


def paint(page: Page, area: Area, furniture: Furniture) -> Painted:
    """Paint one page."""
    painter = _Painter(area)
    painter.furniture(furniture.header, "Header")
    painter.bars(page)
    for strip, top in zip(page.strips, page.tops, strict=True):
        scale = min(1.0, area.height / strip.height) if strip.height else 1.0
        for mark in strip.marks:
            painter.mark(mark, top, scale)
    painter.furniture(furniture.footer, "Footer")
    return painter.result()


class _Painter:
    def __init__(self, area: Area) -> None:
        self._area = area
        self._code: list[str] = []
        self._uses: list[Uses] = []
        self._nodes: list[Node] = []
        self._boxes: list[tuple[Node, Box]] = []
        self._open: Node | None = None
        self._artifact = False

    def furniture(self, inks: Iterable[Placed], kind: str) -> None:
        self._close()
        self._code.append(f"/Artifact <</Type /Pagination /Subtype /{kind}>> BDC")
        for x, y, ink in inks:
            self._draw(x, y, ink, 1.0)
        self._code.append("EMC")

    def bars(self, page: Page) -> None:
        """The lines beside strips that share a bar, in one piece each."""
        spans: dict[Bar, list[list[float]]] = {}
        before: Bar | None = None
        for strip, top in zip(page.strips, page.tops, strict=True):
            bar = strip.bar
            if bar is not None:
                pieces = spans.setdefault(bar, [])
                if bar == before and pieces:
                    pieces[-1][1] = top + strip.height
                else:
                    pieces.append([top, top + strip.height])
            before = bar
        if not spans:
            return
        self._code.append("/Artifact BMC")
        for bar, pieces in spans.items():
            for top, bottom in pieces:
                y = self._area.paper_height - self._area.top - bottom
                path = rectangle(self._area.left + bar.x, y, bar.width, bottom - top)
                self._code.append(f"q {fill_color(bar.color)} {path} f Q")
        self._code.append("EMC")

    def mark(self, mark: Mark, top: float, scale: float) -> None:
        x = self._area.left + mark.x * scale
        y = self._area.paper_height - self._area.top - top - mark.y * scale
        if mark.actual is None or mark.node is None:
            self._begin(mark.node)
            self._draw(x, y, mark.ink, scale)
        else:
            self._close()
            self._draw(x, y, _replaced(mark.ink, mark.actual, self._number(mark.node)), scale)
        if mark.extent and mark.node:
            width, tall = mark.extent
            self._boxes.append((mark.node, (x, y - tall * scale, x + width * scale, y)))

    def _number(self, node: Node) -> int:
        """The next MCID of the page, for ink of this node."""
        self._nodes.append(node)
        return len(self._nodes) - 1

    def _begin(self, node: Node | None) -> None:
        """Open the node's marked content, unless it is open."""
        if node is self._open and (node is not None or self._artifact):
            return
        self._close()
        if node is None:
            self._code.append("/Artifact BMC")
            self._artifact = True
        else:
            self._code.append(f"/{node.tag} <</MCID {self._number(node)}>> BDC")
            self._open = node

    def _close(self) -> None:
        if self._open is not None or self._artifact:
            self._code.append("EMC")
        self._open, self._artifact = None, False

    def _draw(self, x: float, y: float, ink: Ink, scale: float) -> None:
        matrix = "1 0 0 1" if scale == 1 else f"{number(scale)} 0 0 {number(scale)}"
        self._code.append(f"q {matrix} {numbers(x, y)} cm {ink.code} Q")
        self._uses.append(ink.uses)

    def result(self) -> Painted:
        self._close()
        content = "\n".join(self._code).encode("ascii")
        return Painted(
            content=zlib.compress(content, 6),
            uses=freeze(merge(self._uses)),
            nodes=tuple(self._nodes),
            boxes=tuple(self._boxes),
        )


def _replaced(ink: Ink, text: str, number_: int) -> Ink:
    """Ink that is copied as `text`; readers look for that in a Span (PDF 32000-1, 14.9.4).

    The sequence is closed within the graphics state in which it is drawn, because poppler places
    the text by the state that it finds at the end.
    """
    hexadecimal = text.encode("utf-16-be").hex().upper()
    begin = f"/Span <</MCID {number_} /ActualText <FEFF{hexadecimal}>>> BDC"
    return Ink(f"{begin} {ink.code} EMC", ink.uses)
