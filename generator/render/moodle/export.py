"""The Moodle XML file of an assignment, in pieces: nothing but the current turn is in memory.

A problem's self-marking questions come in its own category, the ones to mark by hand in the one
beside. They are written in turns of `TURN` variants, since the variants of a problem are made as
they are read, and only once. The questions of some variants do not depend on any others, so they
may be made elsewhere and in any order; only the file puts them in sequence.

Where sites limit what can be uploaded, there are several files of at most so many bytes. Each names
the categories of its own questions, so it can be imported on its own and in any order.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, islice
from typing import NamedTuple

from generator.diagnostics import Diagnostic, InputError
from generator.model.dataclass import dataclass
from generator.model.document import Document
from generator.model.form import Heading
from generator.render.molds import Molds
from generator.render.moodle.automatic import automatic
from generator.render.moodle.draft import Setting, Task
from generator.render.moodle.names import Categories
from generator.render.moodle.parts import Left
from generator.render.moodle.rich import without_files
from generator.render.moodle.section import TURN, Section
from generator.render.moodle.style import Style
from generator.render.moodle.written import written
from generator.render.moodle.xml import Rich

_BEGIN = b'<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n'
_END = b"</quiz>\n"
_KINDS = (automatic, written)


_APART = b"\0"
"""Between questions, until they are put into a file: no XML has it."""


class Questions(NamedTuple):
    """The questions of some variants as XML: those that mark themselves, those marked by hand."""

    automatic: bytes
    written: bytes


Found = tuple[int, int, Questions]
"""Questions with the number of their section and of the first of their variants."""

_Entry = tuple[bytes, bytes]
"""The XML of a category and of a question in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shelf:
    """Where the questions of a section go: a category for each kind, ready to be written."""

    setting: Setting
    categories: tuple[bytes, bytes]


class Export:
    """The file of an assignment with these sections. Raises InputError where a template fails.

    With `stack`, formulas are typed and marked by the STACK plugin, wherever it can.
    """

    def __init__(
        self,
        heading: Heading,
        sections: Sequence[Section],
        style: Style,
        *,
        stack: bool = False,
    ) -> None:
        categories = Categories(heading.title)
        molds = Molds(style, language=heading.language)
        self._begin = _BEGIN + _category(style, categories.root, _assignment(heading, style))
        self._shelves = [
            _shelf(
                Setting(
                    style=style,
                    molds=molds,
                    language=heading.language,
                    section=section,
                    stack=stack,
                ),
                categories,
            )
            for section in sections
        ]

    def questions(self, section: int, documents: Iterable[Document]) -> Questions:
        """The questions of some variants of a section."""
        return self.make(section, documents)[0]

    def make(
        self, section: int, documents: Iterable[Document]
    ) -> tuple[Questions, tuple[Left, ...]]:
        """The same, and the parts whose formula should be typed and is not, with why."""
        setting = self._shelves[section].setting
        made: tuple[list[str], ...] = ([], [])
        left: list[Left] = []
        for document in documents:
            task = Task.of(setting, document)
            left += task.left
            for kind, make in zip(made, _KINDS, strict=True):
                kind.append(make(task))
        xml = [_APART.join([one.encode() for one in kind if one]) for kind in made]
        return Questions(*xml), tuple(left)

    def file(self, questions: Iterable[Found]) -> Iterator[bytes]:
        """The whole file. Questions come in order, each with their section and first variant."""
        return self._file(self._entries(questions))

    def files(self, questions: Iterable[Found], limit: int) -> Iterator[Iterator[bytes]]:
        """The same in files of at most `limit` bytes; each is to be read before the next.

        Raises InputError where a question is too large for any file.
        """
        filling = _Filling(limit, len(self._begin) + len(_END))
        for _, entries in groupby(self._entries(questions), key=filling.number):
            yield self._file(entries)

    def _file(self, entries: Iterable[_Entry]) -> Iterator[bytes]:
        yield self._begin
        current = b""
        for category, question in entries:
            if category != current:
                current = category
                yield category
            yield question
        yield _END

    def _entries(self, questions: Iterable[Found]) -> Iterator[_Entry]:
        """Each question with its category, in the order of the file."""
        for (section, _), turn in groupby(questions, key=lambda one: (one[0], one[1] // TURN)):
            found = [one[2] for one in turn]
            for kind, category in enumerate(self._shelves[section].categories):
                for one in found:
                    if one[kind]:
                        yield from ((category, question) for question in one[kind].split(_APART))


class _Filling:
    """Gives each entry the number of the file that it goes into: the next where one is full."""

    def __init__(self, limit: int, frame: int) -> None:
        self._limit, self._frame = limit, frame
        self._number, self._size, self._category = 0, frame, b""

    def number(self, entry: _Entry) -> int:
        """The number of the file, from 0."""
        category, question = entry
        added = len(question) + (0 if category == self._category else len(category))
        if self._size + added > self._limit and self._category:
            self._number, self._size = self._number + 1, self._frame
            added = len(question) + len(category)
        self._size, self._category = self._size + added, category
        if self._size > self._limit:
            message = f"one question alone makes a Moodle file of {self._size:,} bytes"
            cure = f"split into larger files than of {self._limit:,} bytes"
            raise InputError([Diagnostic(code="question-too-large", message=message, help=cure)])
        return self._number


def render(heading: Heading, sections: Sequence[Section], style: Style) -> Iterator[bytes]:
    """An assignment as Moodle XML, in UTF-8; joined, the pieces are the file.

    The sections' documents are read as they are written. Memory is constant in the number of
    questions. Raises InputError where a template of the style cannot be filled in.
    """
    export = Export(heading, sections, style)
    return export.file(
        (number, first, export.questions(number, documents))
        for number, section in enumerate(sections)
        for first, documents in _turns(section.documents)
    )


def _turns(documents: Iterable[Document]) -> Iterator[tuple[int, list[Document]]]:
    reader, first = iter(documents), 0
    while turn := list(islice(reader, TURN)):
        yield first, turn
        first += TURN


def _shelf(setting: Setting, categories: Categories) -> _Shelf:
    section, style = setting.section, setting.style
    paths = categories.of(section.title, section.problem, style.phrase("written_suffix"))
    main, beside = (
        _category(style, path, _description(setting, by_hand=make is written))
        for path, make in zip(paths, _KINDS, strict=True)
    )
    return _Shelf(setting=setting, categories=(main, beside))


def _category(style: Style, path: str, description: Rich) -> bytes:
    return style.render("category.xml.j2", path=path, description=description).encode()


def _assignment(heading: Heading, style: Style) -> Rich:
    instructions = without_files(heading.instructions)
    html = style.render("assignment.html.j2", heading=heading, instructions=instructions)
    return Rich(html=html)


def _description(setting: Setting, *, by_hand: bool) -> Rich:
    html = setting.style.render(
        "description.html.j2",
        language=setting.language,
        section=setting.section,
        by_hand=by_hand,
    )
    return Rich(html=html)
