"""The marking table: the keys of all forms, a row for each form and a column for each part.

Keys are as short as they can be told: letters for choices, a word for a verdict. A key that is the
same on all forms is told once, above. The table stands upright if it fits, turned if that helps,
and where even that is too narrow for all parts it is divided into several, between problems if it
can be, each with the forms' numbers and codes at its left.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any, Literal

from generator.model.bank import option_letter
from generator.model.document import Blocks, Code, Inlines, Paragraph, PartAnswer, Strong, Text
from generator.model.form import Form, Heading
from generator.model.solution import ChoiceKey, EssayKey, MatchingKey, OrderingKey
from generator.render.pdf.blocks import set_blocks
from generator.render.pdf.fonts import MissingGlyphs
from generator.render.pdf.inline import Type, natural_width
from generator.render.pdf.latex import FormulaError
from generator.render.pdf.lists import ListPage, cell, list_file, list_title
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


def render_marking_table(forms: Sequence[Form], heading: Heading, style: Style) -> bytes:
    """The keys of these forms as one table. Raises InputError for what cannot be shown."""
    try:
        return _render(forms, heading, style)
    except (FormulaError, MissingGlyphs) as error:
        raise cannot_show(error) from None


def _render(forms: Sequence[Form], heading: Heading, style: Style) -> bytes:
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


def _layout(forms: Sequence[Form], style: Style, language: str) -> _Layout:
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


def _columns(forms: Sequence[Form], setting: Setting, look: Type) -> Iterator[_Column]:
    """The parts in the order of the sheet; forms of one bank all have the same."""
    problems = max((len(form.documents) for form in forms), default=0)
    for problem in range(problems):
        documents = [form.documents[problem] for form in forms]
        parts = max(documents, key=lambda document: len(document.question.parts)).question.parts
        for number, part in enumerate(parts):
            answers = [document.answer.parts[number : number + 1] for document in documents]
            keys = tuple(_short(found[0], setting) if found else () for found in answers)
            label = f"{problem + 1} ({part.label})" if len(parts) > 1 else str(problem + 1)
            head = (*cell(label), *cell(setting.points(part.points)))
            wide = max(
                _wide(head, replace(look, role="bold")), *(_width(key, look) for key in keys)
            )
            width = min(wide, setting.measure * _WIDEST)
            yield _Column(problem=problem, name=label, head=head, keys=keys, width=width)


def _wide(content: Blocks, look: Type) -> float:
    return max(_width(block.content, look) for block in content if isinstance(block, Paragraph))


def _width(content: Inlines, look: Type) -> float:
    return natural_width(content, look) if content else 0.0


def _short(answer: PartAnswer, setting: Setting) -> Inlines:
    shorten = _SHORT.get(type(answer.key))
    return shorten(answer.key, setting) if shorten else answer.shown


def _letters(places: Sequence[int]) -> Inlines:
    return (Text(text=", ".join(option_letter(place) for place in places)),)


_SHORT: dict[type, Callable[[Any, Setting], Inlines]] = {
    ChoiceKey: lambda key, _: _letters([i for i, one in enumerate(key.options) if one.right]),
    MatchingKey: lambda key, _: _letters(key.matches),
    OrderingKey: lambda key, _: _letters(key.order),
    EssayKey: lambda _, setting: (Text(text=setting.words.rubric),),
}
"""Keys that a table tells in less than a key sheet does."""


# --- the table ---------------------------------------------------------------------------------


def _grid(forms: Sequence[Form], columns: Sequence[_Column], setting: Setting) -> Grid:
    heads, rows = _leading(forms, setting)
    return Grid(
        header=(*heads, *(column.head for column in columns)),
        rows=tuple(
            (*row, *((Paragraph(content=column.keys[i]),) for column in columns))
            for i, row in enumerate(rows)
        ),
        alignment=("right", *_LEFT * (len(heads) - 1 + len(columns))),
        stretch=len(heads) - 1,
        ruled=True,
    )


def _leading(
    forms: Sequence[Form], setting: Setting
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
            row.append(cell(form.student.listed if form.student else ""))
    return tuple(heads), [tuple(row) for row in rows]


def _lead(forms: Sequence[Form], setting: Setting, look: Type) -> float:
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
