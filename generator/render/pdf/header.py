"""The title block: what stands at the head of a sheet's first page, as part of the document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from generator.language.numbers import plain
from generator.model.document import Inlines, Question, Text
from generator.model.form import Heading
from generator.render.pdf.answer_space import frame
from generator.render.pdf.blocks import set_blocks
from generator.render.pdf.ink import Ink, numbers, stroke_color
from generator.render.pdf.inline import Type
from generator.render.pdf.paragraph import paragraph, text_ink
from generator.render.pdf.strips import NEVER, Mark, Node, Strip, Strips, joined
from generator.render.pdf.style import Setting

_TITLE = 1.9
"""Size of the title in sizes of the text."""


def student_title(
    heading: Heading, questions: Sequence[Question], setting: Setting, root: Node
) -> Strips:
    """Title, boxes for name and student ID, instructions, and a table to enter marks."""
    small, gap = setting.small, setting.body.size
    return joined(
        (
            _title(heading, heading.title, setting, root),
            (_name_boxes(setting, root),),
            set_blocks(heading.instructions, small, setting.measure, root, gap=gap),
            (_marks_table(questions, setting, root),),
        )
    )


def key_title(
    heading: Heading, questions: Sequence[Question], setting: Setting, root: Node
) -> Strips:
    """The title, marked as a key, and what the sheet is worth."""
    points = sum((question.points for question in questions), Fraction(0))
    worth = f"{setting.words.total}: {setting.points(points)}"
    title = setting.words.key_title.format(title=heading.title)
    total = _line(worth, setting.body, setting, Node("P", root), gap=4)
    return joined((_title(heading, title, setting, root), total))


def _title(heading: Heading, title: str, setting: Setting, root: Node) -> Strips:
    body = setting.body
    large = replace(
        body, size=body.size * _TITLE, leading=body.size * _TITLE * 1.2, hyphenate=False
    )
    strips = [_course(heading, setting, root)]
    strips.append(_line(title, large, setting, Node("H1", root), gap=10))
    if heading.author:
        strips.append(_line(heading.author, body, setting, Node("P", root), gap=2))
    return joined(strips)


def _line(text: str, look: Type, setting: Setting, node: Node, *, gap: float) -> Strips:
    content: Inlines = (Text(text=text),)
    ragged = replace(look, alignment="left")
    return paragraph(content, ragged, setting.measure, node, gap=gap, cut=NEVER)


def _course(heading: Heading, setting: Setting, root: Node) -> Strips:
    """The course on the left and the date on the right, on one line if they fit."""
    body = setting.body
    leaning = replace(body, role="italic")
    node = Node("P", root)
    date, width = text_ink(heading.date, body)
    place = setting.measure - width
    marks = []
    if heading.course:
        course, reach = text_ink(heading.course, leaning)
        if reach > setting.measure - width - body.size:
            return joined(
                _line(text, look, setting, node, gap=0)
                for text, look in ((heading.course, leaning), (heading.date, body))
                if text
            )
        marks.append(Mark(0, body.ascent, course, node))
    if heading.date:
        marks.append(Mark(place, body.ascent, date, node))
    return (Strip(height=body.leading, baseline=body.ascent, marks=tuple(marks)),) if marks else ()


_BOX_HEIGHT, _BOX_GAP = 32.0, 12.0
_NAME_SHARE = 0.66


def _name_boxes(setting: Setting, root: Node) -> Strip:
    """Boxes to write into, labelled in their upper left corners."""
    tiny = replace(setting.note, size=7.2)
    room = setting.measure - _BOX_GAP
    marks = []
    x = 0.0
    for label, share in (
        (setting.words.name, _NAME_SHARE),
        (setting.words.student_id, 1 - _NAME_SHARE),
    ):
        ink, _ = text_ink(label, tiny)
        marks.append(Mark(x, 0, Ink(frame(setting, room * share, _BOX_HEIGHT))))
        marks.append(Mark(x + 5, 9.5, ink, Node("P", root)))
        x += room * share + _BOX_GAP
    return Strip(height=_BOX_HEIGHT, gap=14, cut=NEVER, marks=tuple(marks))


# --- the marks table -----------------------------------------------------------------------------

_CELL_WIDTH, _CELL_HEIGHT = 34.0, 17.0
_PER_BAND = 9
_BETWEEN_BANDS = 8.0


def _marks_table(questions: Sequence[Question], setting: Setting, root: Node) -> Strip:
    """Problems across, their points and room for the marks below; many of them in several bands."""
    words = setting.words
    total = sum((question.points for question in questions), Fraction(0))
    columns = [(str(i), plain(q.points)) for i, q in enumerate(questions, start=1)]
    columns.append((words.total, plain(total)))
    look = replace(setting.small, size=setting.small.size * 0.95)
    bold = replace(look, role="bold")
    labels = (words.problem, words.points, words.marks)
    head = max(text_ink(label, bold)[1] for label in labels) + 12
    cell = max(_CELL_WIDTH, *(text_ink(name, bold)[1] + 10 for name, _ in columns))
    node = Node("Table", root)
    marks: list[Mark] = []
    y = 0.0
    for start in range(0, len(columns), _PER_BAND):
        band = columns[start : start + _PER_BAND]
        marks.append(Mark(0, y, Ink(_grid(setting, head, [cell] * len(band), len(labels)))))
        for row, label in enumerate(labels):
            tr = Node("TR", node)
            baseline = y + _CELL_HEIGHT * (row + 0.5) + look.size * 0.33
            marks.append(_cell(label, bold, (6, baseline), _header(tr, "Row")))
            for column, texts in enumerate(band):
                text = (*texts, "\u00a0")[row]
                type_ = look if row else bold
                _, width = text_ink(text, type_)
                x = head + cell * (column + 0.5) - width / 2
                inner = Node("TD", tr) if row else _header(tr, "Column")
                marks.append(_cell(text, type_, (x, baseline), inner))
        y += _CELL_HEIGHT * len(labels) + _BETWEEN_BANDS
    return Strip(height=y - _BETWEEN_BANDS, gap=12, cut=NEVER, marks=tuple(marks))


def _cell(text: str, look: Type, place: tuple[float, float], node: Node) -> Mark:
    ink, _ = text_ink(text, look)
    return Mark(*place, ink, node)


def _header(row: Node, scope: str) -> Node:
    return Node("TH", row, attributes=f"/O /Table /Scope /{scope}")


def _grid(setting: Setting, head: float, cells: Sequence[float], rows: int) -> str:
    edges = [0.0, head]
    for width in cells:
        edges.append(edges[-1] + width)
    tall = _CELL_HEIGHT * rows
    pen = f".5 w {stroke_color(setting.colors.frame)}"
    across = [
        f"{numbers(0, -_CELL_HEIGHT * i)} m {numbers(edges[-1], -_CELL_HEIGHT * i)} l"
        for i in range(rows + 1)
    ]
    down = [f"{numbers(x, 0)} m {numbers(x, -tall)} l" for x in edges]
    return f"q {pen} {' '.join(across + down)} S Q"
