"""The title block: what stands at the head of a sheet's first page, as part of the document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from generator.model.document import Inline, Inlines, Question, Strong, Text
from generator.model.form import Heading, KeySheet, StudentSheet
from generator.model.student import Student
from generator.render.pdf.answer_space import frame
from generator.render.pdf.blocks import set_blocks
from generator.render.pdf.ink import Ink, numbers, stroke_color
from generator.render.pdf.inline import Type
from generator.render.pdf.logo import RESOURCE
from generator.render.pdf.paragraph import paragraph, text_ink
from generator.render.pdf.strips import NEVER, Mark, Node, Strip, Strips, joined, moved
from generator.render.pdf.style import Setting
from generator.render.pdf.theme import HeaderField

_TITLE = 1.9
"""Size of the title in sizes of the text."""
_BESIDE_LOGO = 14.0
"""White between the title and the logo."""


def student_title(sheet: StudentSheet, setting: Setting, root: Node) -> Strips:
    """Title, boxes for name and student ID, instructions, and a table to enter marks."""
    heading, small, gap = sheet.heading, setting.small, setting.body.size
    return joined(
        (
            title_block(heading, heading.title, setting, root),
            (_name_boxes(sheet.student, setting, root),),
            set_blocks(heading.instructions, small, setting.measure, root, gap=gap),
            _marks_table(sheet.questions, setting, root),
        )
    )


def key_title(sheet: KeySheet, setting: Setting, root: Node) -> Strips:
    """The title, marked as a key, whose sheet it is the key of, and what that is worth."""
    heading, form = sheet.heading, sheet.form
    points = sum((document.question.points for document in form.documents), Fraction(0))
    title = setting.words.key_title.format(title=heading.title)
    lines = [setting.words.total_points.format(points=setting.points(points))]
    if form.student:
        lines.insert(0, f"{form.student.name} · {form.student.id}")
    return joined(
        (
            title_block(heading, title, setting, root),
            *(_line(text, setting.body, setting, Node("P", root), gap=4) for text in lines),
        )
    )


def title_block(heading: Heading, title: str, setting: Setting, root: Node) -> Strips:
    """The title with what the theme puts above, below and beside it."""
    logo = setting.style.logo
    if logo is None:
        return _title(heading, title, setting, root)
    narrow = setting.narrowed(logo.width + _BESIDE_LOGO)
    first, *rest = _title(heading, title, narrow, root)
    place = setting.measure - logo.width
    code = f"q {numbers(logo.width, 0, 0, logo.height, 0, -logo.height)} cm /{RESOURCE} Do Q"
    ink = Ink(code, uses=((RESOURCE, ()),))
    node = Node("Figure", root, alt=logo.alt)
    picture = Mark(place, 0, ink, node, extent=(logo.width, logo.height))
    beside = (first._replace(marks=(*first.marks, picture)), *rest)
    lacking = logo.height - sum(strip.height for strip in beside)
    lacking -= sum(strip.gap for strip in rest)
    return (*beside, Strip(height=lacking, cut=NEVER)) if lacking > 0 else beside


def _title(heading: Heading, title: str, setting: Setting, root: Node) -> Strips:
    body, header = setting.body, setting.style.theme.header
    large = replace(
        body, size=body.size * _TITLE, leading=body.size * _TITLE * 1.2, hyphenate=False
    )
    said = {"course": heading.course, "author": heading.author, "date": heading.date}
    left, right, below = (
        text.format(title=heading.title, **said)
        for text in (header.left, header.right, header.below)
    )
    strips = [_above(left, right, setting, root)]
    strips.append(_line(title, large, setting, Node("H1", root), gap=10))
    if below:
        strips.append(_line(below, body, setting, Node("P", root), gap=2))
    if header.fields:
        strips.append(_fields(header.fields, setting, root))
    return joined(strips)


def _fields(fields: Sequence[HeaderField], setting: Setting, root: Node) -> Strips:
    """``Room: H 1012``, one after the other; each stays on one line if it can."""
    content: list[Inline] = []
    for field in fields:
        value = field.value.replace(" ", "\u00a0")
        content.append(Strong(content=(Text(text=field.label.replace(" ", "\u00a0")),)))
        content.append(Text(text=f"\u2002{value}\u2003 "))
    ragged = replace(setting.small, alignment="left", hyphenate=False)
    return paragraph(tuple(content), ragged, setting.measure, Node("P", root), gap=6, cut=NEVER)


def _line(text: str, look: Type, setting: Setting, node: Node, *, gap: float) -> Strips:
    content: Inlines = (Text(text=text),)
    ragged = replace(look, alignment="left")
    return paragraph(content, ragged, setting.measure, node, gap=gap, cut=NEVER)


def _above(left: str, right: str, setting: Setting, root: Node) -> Strips:
    """What stands above the title: on the left and on the right, on one line if both fit."""
    body = setting.body
    leaning = replace(body, role="italic")
    node = Node("P", root)
    ink, width = text_ink(right, body)
    place = setting.measure - width
    marks = []
    if left:
        begun, reach = text_ink(left, leaning)
        if reach > setting.measure - width - body.size:
            return joined(
                _line(text, look, setting, node, gap=0)
                for text, look in ((left, leaning), (right, body))
                if text
            )
        marks.append(Mark(0, body.ascent, begun, node))
    if right:
        marks.append(Mark(place, body.ascent, ink, node))
    return (Strip(height=body.leading, baseline=body.ascent, marks=tuple(marks)),) if marks else ()


_BOX_HEIGHT, _BOX_GAP = 32.0, 12.0
_NAME_SHARE = 0.66
_INSET = 5.0
_LABEL_DEPTH = 9.5
"""How far below a box's top its label stands."""


def _name_boxes(student: Student | None, setting: Setting, root: Node) -> Strip:
    """Boxes for name and student ID, labelled in their upper left corners.

    They are empty, to be written into, or hold what is known and grow with it.
    """
    tiny = replace(setting.note, size=7.2)
    look = replace(setting.body, alignment="left", hyphenate=False)
    room = setting.measure - _BOX_GAP
    boxes = (
        (setting.words.name, student.name if student else "", room * _NAME_SHARE),
        (setting.words.student_id, student.id if student else "", room * (1 - _NAME_SHARE)),
    )
    marks: list[Mark] = []
    tall, x = _BOX_HEIGHT, 0.0
    for label, known, width in boxes:
        node = Node("P", root)
        ink, _ = text_ink(label, tiny)
        marks.append(Mark(x + _INSET, _LABEL_DEPTH, ink, node))
        y = _LABEL_DEPTH + 2.5
        lines = paragraph((Text(text=known),), look, width - 2 * _INSET, node) if known else ()
        for line in lines:
            marks += moved(line.marks, x + _INSET, y)
            y += line.height
        tall = max(tall, y + _INSET)
        x += width + _BOX_GAP
    frames, x = [], 0.0
    for *_, width in boxes:
        frames.append(Mark(x, 0, Ink(frame(setting, width, tall))))
        x += width + _BOX_GAP
    return Strip(height=tall, gap=14, cut=NEVER, marks=(*frames, *marks))


# --- the marks table -----------------------------------------------------------------------------

_CELL_WIDTH, _CELL_HEIGHT = 34.0, 17.0
_PER_BAND = 9
_BETWEEN_BANDS = 8.0


def _marks_table(questions: Sequence[Question], setting: Setting, root: Node) -> Strips:
    """Problems across, their points and room for the marks below.

    Many of them take several tables of much the same width; a single one needs no number, and is
    its own total.
    """
    words = setting.words
    columns: list[tuple[str, ...]] = [
        (str(i), setting.number(question.points)) for i, question in enumerate(questions, start=1)
    ]
    labels: tuple[str, ...] = (words.problem, words.points, words.marks)
    if len(columns) == 1:
        columns, labels = [columns[0][1:]], labels[1:]
    else:
        total = sum((question.points for question in questions), Fraction(0))
        columns.append((words.total, setting.number(total)))
    bold = replace(setting.small, size=setting.small.size * 0.95, role="bold")
    head = max(text_ink(label, bold)[1] for label in labels) + 12
    cell = max(_CELL_WIDTH, *(text_ink(texts[0], bold)[1] + 10 for texts in columns))
    count = -(-len(columns) // _PER_BAND)
    bands = (
        columns[len(columns) * i // count : len(columns) * (i + 1) // count] for i in range(count)
    )
    return tuple(
        _band(labels, band, (head, cell), setting, Node("Table", root))._replace(gap=gap)
        for gap, band in zip((12.0, *[_BETWEEN_BANDS] * count), bands, strict=False)
    )


def _band(
    labels: Sequence[str],
    columns: Sequence[Sequence[str]],
    widths: tuple[float, float],
    setting: Setting,
    node: Node,
) -> Strip:
    """One table: labels in the first column; numbers of problems, if any, are headers too."""
    head, cell = widths
    look = replace(setting.small, size=setting.small.size * 0.95)
    bold = replace(look, role="bold")
    marks = [Mark(0, 0, Ink(_grid(setting, head, [cell] * len(columns), len(labels))))]
    for row, label in enumerate(labels):
        tr = Node("TR", node)
        baseline = _CELL_HEIGHT * (row + 0.5) + look.size * 0.33
        marks.append(_cell(label, bold, (6, baseline), _header(tr, "Row")))
        heads = row == len(labels) - 3
        for column, texts in enumerate(columns):
            text = (*texts, "\u00a0")[row]
            _, width = text_ink(text, bold if heads else look)
            x = head + cell * (column + 0.5) - width / 2
            inner = _header(tr, "Column") if heads else Node("TD", tr)
            marks.append(_cell(text, bold if heads else look, (x, baseline), inner))
    return Strip(height=_CELL_HEIGHT * len(labels), cut=NEVER, marks=tuple(marks))


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
