"""Tables in the manner of booktabs: rules above, below the header and below, none upright."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Literal

from generator.model.dataclass import dataclass
from generator.model.document import Blocks, Inlines, Paragraph, Table, Text
from generator.render.pdf.fit import extent
from generator.render.pdf.ink import Ink, fill_color, rectangle
from generator.render.pdf.inline import Type, varied
from generator.render.pdf.strips import NEVER, PARAGRAPH, WITHIN, Mark, Node, Strip, Strips, moved

GUTTER = 14.0
_PADDING = 2.6
_HEAVY, _LIGHT, _HAIR = 0.8, 0.45, 0.25
_FAINT = "#a6a6a6"
_SLACK = 0.01
"""So that a cell is not broken because of how sums are rounded."""

_BLANK: Blocks = (Paragraph(content=(Text(text="\u00a0"),)),)
"""An empty cell is a cell: without any ink a screen reader would lose count of the columns."""

Setter = Callable[[Blocks, Type, float, Node | None], Strips]
"""Sets the blocks of a cell (`set_blocks`, which sets tables too and so cannot be imported)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A table: a header (empty for none), rows, alignments.

    `stretch` names the column that takes the room which is left; None keeps natural widths, and the
    table stands in the middle, or flush left. `least` are widths that columns have at least (none:
    as wide as needed); `row_height` is what a row has at least, and `ruled` ones have a line below
    each.
    """

    header: tuple[Blocks, ...]
    rows: tuple[tuple[Blocks, ...], ...]
    alignment: tuple[Literal["left", "center", "right"], ...]
    stretch: int | None = None
    flush_left: bool = False
    least: tuple[float, ...] = ()
    row_height: float = 0.0
    ruled: bool = False


def table(block: Table, look: Type, measure: float, parent: Node | None, setter: Setter) -> Strips:
    """A table of a document."""
    grid = Grid(
        header=_cells(block.header) if any(block.header) else (),
        rows=tuple(_cells(row) for row in block.rows),
        alignment=block.alignment,
    )
    return grid_strips(grid, look, measure, parent, setter)


def _cells(row: tuple[Inlines, ...]) -> tuple[Blocks, ...]:
    return tuple((Paragraph(content=cell),) for cell in row)


def grid_strips(
    grid: Grid, look: Type, measure: float, parent: Node | None, setter: Setter
) -> Strips:
    """One strip for each row; the header never ends a page, nor does the last row begin one.

    Where the table goes on, the header is repeated.
    """
    layout = _Layout(grid, look, measure, setter)
    return tuple(layout.strips(Node.within(parent, "Table")))


class _Layout:
    """The columns of a table, and its rows set in them."""

    def __init__(self, grid: Grid, look: Type, measure: float, setter: Setter) -> None:
        self._grid, self._setter = grid, setter
        self._plain = look
        bold = varied(look, role="bold", hyphenate=False)
        self._looks = {
            tag: [varied(base, alignment=side) for side in grid.alignment]
            for tag, base in (("TH", bold), ("TD", self._plain))
        }
        self._widths = self._columns(measure)
        self._total = sum(self._widths) + GUTTER * (len(self._widths) - 1)
        flush = grid.stretch is not None or grid.flush_left
        self._left = 0.0 if flush else (measure - self._total) / 2

    def strips(self, node: Node | None) -> Iterator[Strip]:
        rows = [(row, "TD") for row in self._grid.rows]
        if self._grid.header:
            rows.insert(0, (self._grid.header, "TH"))
        last = len(rows) - 1
        header: Strip | None = None
        for i, (row, tag) in enumerate(rows):
            marks, tall = self._row(row, tag, Node.within(node, "TR"))
            strip = Strip(
                height=tall,
                baseline=_PADDING + self._plain.ascent,
                cut=PARAGRAPH if i == 0 else NEVER if i in (1, last) else WITHIN,
                marks=(*self._rules(tag, tall, first=i == 0, last=i == last), *marks),
                again=header,
            )
            if tag == "TH":
                header = strip.repeated()
            yield strip

    def _rules(self, tag: str, tall: float, *, first: bool, last: bool) -> Iterator[Mark]:
        """The lines above and below a row."""
        above = [(0.0, _HEAVY)] if first else []
        below = _HEAVY if last else _LIGHT if tag == "TH" else _HAIR if self._grid.ruled else 0.0
        for y, weight in (*above, (tall, below)):
            if weight:
                path = rectangle(0, -weight / 2, self._total, weight)
                faint = fill_color(_FAINT) if weight == _HAIR else "0 g"
                yield Mark(self._left, y, Ink(f"q {faint} {path} f Q"))

    def _row(
        self, row: tuple[Blocks, ...], tag: str, node: Node | None
    ) -> tuple[tuple[Mark, ...], float]:
        """The marks of a row, and its height. The first lines of its cells share a baseline."""
        scope = "/O /Table /Scope /Column" if tag == "TH" else ""
        cells = []
        for cell, width, look in zip(row, self._widths, self._looks[tag], strict=True):
            inner = Node.within(node, tag, attributes=scope)
            strips = self._setter(cell, look, width + _SLACK, inner)
            cells.append(strips or self._setter(_BLANK, look, width + _SLACK, inner))
        baseline = max((strips[0].baseline for strips in cells if strips), default=0.0)
        marks: list[Mark] = []
        tallest, x = 0.0, self._left
        for strips, width in zip(cells, self._widths, strict=True):
            y = _PADDING + (baseline - strips[0].baseline if strips else 0.0)
            for i, strip in enumerate(strips):
                y += strip.gap if i else 0.0
                marks += moved(strip.marks, x, y)
                y += strip.height
            tallest = max(tallest, y)
            x += width + GUTTER
        tall = tallest + _PADDING
        lacking = self._grid.row_height - tall if tag == "TD" else 0.0
        if lacking > 0:
            return moved(marks, 0, lacking / 2), tall + lacking
        return tuple(marks), tall

    def _columns(self, measure: float) -> list[float]:
        """Natural widths for all columns that take no more than a fair share of what is left.

        The others divide the rest in proportion, none below its widest unbreakable piece if
        that can be helped.
        """
        room = measure - GUTTER * (len(self._grid.alignment) - 1)
        extents = [self._extent(column, room) for column in range(len(self._grid.alignment))]
        widths = [high for _, high in extents]
        if sum(widths) <= room:
            if self._grid.stretch is not None:
                widths[self._grid.stretch] += room - sum(widths)
            return widths
        order = sorted(range(len(widths)), key=lambda column: widths[column])
        while order and widths[order[0]] <= room / len(order):
            room -= widths[order.pop(0)]
        least = {column: min(extents[column][0], room / len(order)) for column in order}
        spread = sum(widths[column] - least[column] for column in order)
        share = (room - sum(least.values())) / spread if spread > 0 else 0.0
        for column in order:
            widths[column] = least[column] + (widths[column] - least[column]) * share
        return widths

    def _extent(self, column: int, room: float) -> tuple[float, float]:
        """The width of a column's widest unbreakable piece, and of its widest cell on one line."""
        cells = [(row[column], self._looks["TD"][column]) for row in self._grid.rows]
        if self._grid.header:
            cells.append((self._grid.header[column], self._looks["TH"][column]))
        low = high = 0.0
        for cell, look in cells:
            for block in cell:
                if not isinstance(block, Paragraph):
                    high = room  # a display, list or figure takes what it can get
                    continue
                least, natural = extent(block.content, look)
                low, high = max(low, least), max(high, natural)
        floor = self._grid.least[column] if self._grid.least else 0.0
        return max(low, floor), max(high, floor)
