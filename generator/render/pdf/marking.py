"""The marking table: the keys of all forms, a row for each form and a column for each part.

Keys are as short as they can be told: letters for choices, a word for a verdict. A key that is the
same on all forms is told once, above. The table stands upright if it fits, turned if that helps,
and where even that is too narrow for all parts it is divided into several, between problems if it
can be, each with the forms' numbers and codes at its left.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Literal

from generator.model.dataclass import dataclass
from generator.model.document import (
    Blocks,
    Code,
    Inlines,
    Paragraph,
    Strong,
    Text,
)
from generator.model.form import Heading
from generator.render.pdf.blocks import set_blocks
from generator.render.pdf.fit import natural_width
from generator.render.pdf.fonts import MissingGlyphs
from generator.render.pdf.inline import Type
from generator.render.pdf.latex import FormulaError
from generator.render.pdf.lists import ListPage, cell, list_file, list_title
from generator.render.pdf.marking_row import Row
from generator.render.pdf.paragraph import paragraph
from generator.render.pdf.proofreading import cannot_show
from generator.render.pdf.strips import Node, joined, with_first
from generator.render.pdf.style import Setting, Style
from generator.render.pdf.table import GUTTER, Grid, grid_strips

_ABOVE_TABLE = 14.0
_WIDEST = 0.34
"""The share of the page that a key may take; a longer formula is broken or scaled."""
_LEFT: tuple[Literal["left"]] = ("left",)
_NAME = 0.22
"""The share of the page that a student's name may take."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Column:
    """A part: its problem, name, heading, its key in each form, the width that it would like."""

    problem: int
    name: str
    head: Blocks
    keys: tuple[Inlines, ...]
    width: float


def render_marking_table(rows: Sequence[Row], heading: Heading, style: Style) -> bytes:
    """The rows of forms as one table. Raises InputError for what cannot be shown."""
    try:
        return _render(rows, heading, style)
    except (FormulaError, MissingGlyphs) as error:
        raise cannot_show(error) from None


def _render(forms: Sequence[Row], heading: Heading, style: Style) -> bytes:
    layout = _layout(forms, style, heading.language)
    page, look, setting = layout.page, layout.look, layout.page.setting
    words = setting.words
    title = words.marking_title.format(title=heading.title)
    counted = words.form_count.one if len(forms) == 1 else words.form_count.other
    root = Node("Document", None)
    strips = [list_title(heading, title, counted.format(count=len(forms)), setting, root)]
    if layout.shared:
        content = _shared(layout.shared, setting)
        node = Node("P", root)
        strips.append(paragraph(content, look, setting.measure, node, gap=_ABOVE_TABLE / 2))
    for band in layout.bands:
        grid = _grid(forms, band, setting)
        table = grid_strips(grid, look, setting.measure, Node.within(root, "Sect"), set_blocks)
        strips.append(with_first(table, gap=_ABOVE_TABLE))
    return list_file(joined(strips), title, heading, page, banner=words.marking_banner)


def _shared(columns: Sequence[_Column], setting: Setting) -> Inlines:
    """The keys that are the same on all forms, in one paragraph."""
    content: Inlines = (Strong(content=(Text(text=setting.words.same_key),)),)
    for column in columns:
        content += (Text(text=f"\u2003 {column.name}\u2002".replace(" (", "\u00a0(")),)
        content += column.keys[0]
    return content


@dataclass(frozen=True, slots=True, kw_only=True)
class _Layout:
    """How the table is divided: columns in bands, and what all forms share."""

    page: ListPage
    look: Type
    shared: Sequence[_Column]
    bands: Sequence[Sequence[_Column]]


def _layout(forms: Sequence[Row], style: Style, language: str) -> _Layout:
    """The first of upright and turned on which all columns fit; else turned, in bands."""
    for turned in (False, True):
        page = ListPage.of(style, language, turned=turned)
        look = replace(page.setting.small, alignment="left", hyphenate=False)
        columns = list(_columns(forms, page.setting, look))
        shared = [one for one in columns if len(forms) > 1 and len(set(one.keys)) == 1]
        varied = [one for one in columns if one not in shared]
        room = page.setting.measure - _lead(forms, page.setting, look)
        bands = _bands(varied, room)
        if len(bands) == 1:
            break
    return _Layout(page=page, look=look, shared=shared, bands=bands)


def _bands(columns: Sequence[_Column], room: float) -> list[list[_Column]]:
    """The columns in as few groups as fit the room; a problem is divided only if it must be."""
    bands: list[list[_Column]] = [[]]
    for _, group in groupby(columns, key=lambda column: column.problem):
        problem = list(group)
        if _taken([*bands[-1], *problem]) <= room:
            bands[-1] += problem
            continue
        if bands[-1] and _taken(problem) <= room:
            bands.append([])
        for column in problem:
            if bands[-1] and _taken([*bands[-1], column]) > room:
                bands.append([])
            bands[-1].append(column)
    return bands


def _taken(columns: Sequence[_Column]) -> float:
    return sum(GUTTER + column.width for column in columns)


# --- columns -----------------------------------------------------------------------------------


def _columns(forms: Sequence[Row], setting: Setting, look: Type) -> Iterator[_Column]:
    """The parts in the order of the sheet; where forms have drawn others, all that there are."""
    cells = [{(cell.problem, cell.name): cell for cell in form.cells} for form in forms]
    for problem, name in sorted({place for row in cells for place in row}, key=_sheet_order):
        found = [row.get((problem, name)) for row in cells]
        points = {one.points for one in found if one}
        keys = tuple(one.key if one else () for one in found)
        head = (*cell(name), *(cell(points.pop()) if len(points) == 1 else ()))
        wide = max(_wide(head, replace(look, role="bold")), *(_width(key, look) for key in keys))
        width = min(wide, setting.measure * _WIDEST)
        yield _Column(problem=problem, name=name, head=head, keys=keys, width=width)


def _sheet_order(place: tuple[int, str]) -> tuple[int, int, str]:
    """(z) stands before (aa)."""
    problem, name = place
    return problem, len(name), name


def _wide(content: Blocks, look: Type) -> float:
    return max(_width(block.content, look) for block in content if isinstance(block, Paragraph))


def _width(content: Inlines, look: Type) -> float:
    return natural_width(content, look) if content else 0.0


# --- the table ---------------------------------------------------------------------------------


def _grid(forms: Sequence[Row], columns: Sequence[_Column], setting: Setting) -> Grid:
    heads, rows = _leading(forms, setting)
    return Grid(
        header=(*heads, *(column.head for column in columns)),
        rows=tuple(
            (*row, *((Paragraph(content=column.keys[i]),) for column in columns))
            for i, row in enumerate(rows)
        ),
        alignment=("right", *_LEFT * (len(heads) - 1 + len(columns))),
        flush_left=True,
        ruled=True,
    )


def _leading(
    forms: Sequence[Row], setting: Setting
) -> tuple[tuple[Blocks, ...], list[tuple[Blocks, ...]]]:
    """The columns at the left: the form's number and code, and its student if any has one."""
    words = setting.words
    heads = [cell(words.form_number), cell(words.code)]
    rows = [
        [cell(str(form.number)), (Paragraph(content=(Code(text=form.code),)),)] for form in forms
    ]
    if any(form.student for form in forms):
        heads.append(cell(words.name))
        for row, form in zip(rows, forms, strict=True):
            row.append(cell(form.student))
    return tuple(heads), [tuple(row) for row in rows]


def _lead(forms: Sequence[Row], setting: Setting, look: Type) -> float:
    """How wide the columns at the left are, a long name broken."""
    heads, rows = _leading(forms, setting)
    widths = [_wide(head, replace(look, role="bold")) for head in heads]
    for row in rows:
        for i, content in enumerate(row):
            if content:
                widths[i] = max(widths[i], _wide(content, look))
    if len(widths) > 2:
        widths[2] = min(widths[2], setting.measure * _NAME)
    return sum(widths) + GUTTER * (len(widths) - 1)
