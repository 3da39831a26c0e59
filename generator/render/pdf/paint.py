"""Pages painted: strips become a content stream in which every piece is tagged or an artifact.

Content is written in reading order. Consecutive ink of one node is one marked-content sequence;
its number (MCID) is counted on each page afresh, so that a form's pages are the same bytes
whether it stands alone or among others.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from itertools import groupby

from generator.model.dataclass import dataclass
from generator.render.pdf.file import LEVEL, utf16
from generator.render.pdf.flow import Page
from generator.render.pdf.ink import Ink, Uses, fill_color, number, numbers, rectangle
from generator.render.pdf.strips import Node, Strip

Box = tuple[float, float, float, float]
Placed = tuple[float, float, Ink]
"""Ink with its origin on the paper, y upwards."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Painted:
    """A finished page: its compressed content, the glyphs that each of its inks shows, the node of
    each MCID, and where illustrations stand (left, bottom, right, top).
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
        painter.strip(strip, top)
    painter.furniture(furniture.footer, "Footer")
    return painter.result()


_CLOSED = Node("", None)
"""What is open where no marked content is."""


class _Painter:
    def __init__(self, area: Area) -> None:
        self._area = area
        self._code: list[str] = []
        self._uses: list[tuple[str, tuple[int, ...]]] = []
        self._nodes: list[Node] = []
        self._boxes: list[tuple[Node, Box]] = []
        self._open: Node | None = _CLOSED  # None: an artifact

    def furniture(self, inks: Iterable[Placed], kind: str) -> None:
        self._close()
        self._code.append(f"/Artifact <</Type /Pagination /Subtype /{kind}>> BDC")
        for x, y, ink in inks:
            self._code.append(f"q 1 0 0 1 {numbers(x, y)} cm {ink.code} Q")
            self._uses += ink.uses
        self._code.append("EMC")

    def bars(self, page: Page) -> None:
        """The lines beside strips that share a bar, in one piece each."""
        begun = len(self._code)
        placed = zip(page.strips, page.tops, strict=True)
        for bar, beside in groupby(placed, key=lambda one: one[0].bar):
            if bar is not None:
                pieces = [(top, top + strip.height) for strip, top in beside]
                (top, _), (_, bottom) = pieces[0], pieces[-1]
                y = self._area.paper_height - self._area.top - bottom
                path = rectangle(self._area.left + bar.x, y, bar.width, bottom - top)
                self._code.append(f"q {fill_color(bar.color)} {path} f Q")
        if len(self._code) > begun:
            self._code.insert(begun, "/Artifact BMC")
            self._code.append("EMC")

    def strip(self, strip: Strip, top: float) -> None:
        """All marks of a strip, which is scaled if it is higher than a page."""
        area = self._area
        scale = min(1.0, area.height / strip.height) if strip.height else 1.0
        matrix = "1 0 0 1" if scale == 1 else f"{number(scale)} 0 0 {number(scale)}"
        left, above = area.left, area.paper_height - area.top - top
        for right, down, ink, node, actual, extent in strip.marks:
            x, y = left + right * scale, above - down * scale
            # Zeros at the end vanish in compression, and taking them away would take its time.
            drawn = f"q {matrix} {x:.2f} {y:.2f} cm"
            if actual is None or node is None:
                if node is not self._open:
                    self._begin(node)
                self._code.append(f"{drawn} {ink.code} Q")
            else:
                self._close()
                # Readers look for the text to copy in a Span (PDF 32000-1, 14.9.4). It ends within
                # the graphics state, because poppler places the text by the state at its end.
                span = f"/Span <</MCID {self._number(node)} /ActualText {utf16(actual)}>> BDC"
                self._code.append(f"{drawn} {span} {ink.code} EMC Q")
            self._uses += ink.uses
            if extent and node:
                width, tall = extent
                self._boxes.append((node, (x, y - tall * scale, x + width * scale, y)))

    def _number(self, node: Node) -> int:
        """The next MCID of the page, for ink of this node."""
        self._nodes.append(node)
        return len(self._nodes) - 1

    def _begin(self, node: Node | None) -> None:
        """Open the node's marked content, or that of an artifact."""
        self._close()
        if node is None:
            self._code.append("/Artifact BMC")
        else:
            self._code.append(f"/{node.tag} <</MCID {self._number(node)}>> BDC")
        self._open = node

    def _close(self) -> None:
        if self._open is not _CLOSED:
            self._code.append("EMC")
            self._open = _CLOSED

    def result(self) -> Painted:
        self._close()
        content = "\n".join(self._code).encode("ascii")
        return Painted(
            content=zlib.compress(content, LEVEL),
            uses=tuple(self._uses),
            nodes=tuple(self._nodes),
            boxes=tuple(self._boxes),
        )
