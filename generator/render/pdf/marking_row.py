"""A form's row in the marking table: all that is kept of the form, so that it can be forgotten.

Keys are as short as they can be told: letters for choices, a word for a verdict. A row can be
packed into bytes, which whoever makes the form sends to whoever makes the table.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from generator.model.dataclass import dataclass
from generator.model.document import (
    Code,
    Emphasis,
    Inline,
    Inlines,
    LineBreak,
    Math,
    PartAnswer,
    Strong,
    Text,
)
from generator.model.form import Form, Heading
from generator.model.part import option_letter
from generator.model.solution import ChoiceKey, EssayKey, MatchingKey, OrderingKey
from generator.render.pdf.style import Setting, Style


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """The key of a part: its problem's place on the form, its heading, its points, the key."""

    problem: int
    name: str
    points: str
    key: Inlines


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What the table shows of a form; `student` is empty where nobody is named."""

    number: int
    code: str
    student: str
    cells: tuple[Cell, ...]


def make_row(form: Form, heading: Heading, style: Style) -> Row:
    """A form as a row of the table."""
    setting = Setting.of(style, heading.language)
    return Row(
        number=form.number,
        code=form.code,
        student=form.student.listed if form.student else "",
        cells=tuple(
            Cell(
                problem=problem,
                name=f"{problem + 1} ({part.label})" if len(parts) > 1 else str(problem + 1),
                points=setting.points(part.points),
                key=_short(answer, setting),
            )
            for problem, document in enumerate(form.documents)
            for parts in (document.question.parts,)
            for part, answer in zip(parts, document.answer.parts, strict=True)
        ),
    )


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


# --- as bytes -----------------------------------------------------------------------------


def pack_row(row: Row) -> bytes:
    """A row as a line of JSON."""
    cells = [[c.problem, c.name, c.points, _packed(c.key)] for c in row.cells]
    content = [row.number, row.code, row.student, cells]
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def unpack_rows(content: bytes) -> Iterator[Row]:
    """The rows that were packed one after the other."""
    for line in content.splitlines():
        number, code, student, cells = json.loads(line)
        yield Row(
            number=number,
            code=code,
            student=student,
            cells=tuple(
                Cell(problem=problem, name=name, points=points, key=_unpacked(key))
                for problem, name, points, key in cells
            ),
        )


_INLINES: dict[str, Callable[[Any], Inline]] = {
    "text": lambda content: Text(text=content),
    "math": lambda content: Math(latex=content),
    "code": lambda content: Code(text=content),
    "emphasis": lambda content: Emphasis(content=_unpacked(content)),
    "strong": lambda content: Strong(content=_unpacked(content)),
    "break": lambda _: LineBreak(),
}
_CONTENTS: dict[type[Inline], Callable[[Any], tuple[str, Any]]] = {
    Text: lambda item: ("text", item.text),
    Math: lambda item: ("math", item.latex),
    Code: lambda item: ("code", item.text),
    Emphasis: lambda item: ("emphasis", _packed(item.content)),
    Strong: lambda item: ("strong", _packed(item.content)),
    LineBreak: lambda _: ("break", None),
}


def _packed(content: Inlines) -> list[tuple[str, Any]]:
    return [_CONTENTS[type(item)](item) for item in content]


def _unpacked(content: Sequence[tuple[str, Any]]) -> Inlines:
    return tuple(_INLINES[kind](value) for kind, value in content)
