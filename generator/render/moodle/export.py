"""The Moodle XML file of an assignment, in pieces: nothing but the current question is in memory.

A problem's self-marking questions come in its own category, the ones to mark by hand in the one
beside. They are written in turns of `_TURN` variants, since the variants of a problem are made as
they are read, and only once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from generator.model.document import Document
from generator.model.form import Heading
from generator.render.moodle.automatic import automatic
from generator.render.moodle.draft import Setting
from generator.render.moodle.names import Categories
from generator.render.moodle.rich import without_files
from generator.render.moodle.section import Section
from generator.render.moodle.style import Style
from generator.render.moodle.written import written
from generator.render.moodle.xml import Rich

_TURN = 100
_BEGIN = '<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n'
_END = "</quiz>\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A question as XML, and the category that it goes to."""

    category: str
    description: Rich
    xml: str


def render(heading: Heading, sections: Iterable[Section], style: Style) -> Iterator[bytes]:
    """An assignment as Moodle XML, in UTF-8; joined, the pieces are the file.

    Memory is constant in the number of questions. Raises InputError where a template of the
    style cannot be filled in.
    """
    yield _BEGIN.encode()
    categories = Categories(heading.title)
    yield _category(style, categories.root, _assignment(heading, style))
    current = ""
    for entry in entries(heading, sections, style, categories):
        if entry.category != current:
            current = entry.category
            yield _category(style, current, entry.description)
        yield entry.xml.encode()
    yield _END.encode()


def entries(
    heading: Heading, sections: Iterable[Section], style: Style, categories: Categories
) -> Iterator[Entry]:
    """The questions in order, each with its category: what a file, or several, are made of."""
    for section in sections:
        setting = Setting(style=style, language=heading.language, section=section)
        suffix = style.phrase("written_suffix")
        paths = categories.of(section.title, section.problem, suffix)
        kinds = [
            (path, _description(setting, by_hand=make is written), make)
            for path, make in zip(paths, (automatic, written), strict=True)
        ]
        for documents in _turns(section.documents):
            for path, description, make in kinds:
                for document in documents:
                    xml = make(setting, document)
                    if xml:
                        yield Entry(category=path, description=description, xml=xml)


def _turns(documents: Iterable[Document]) -> Iterator[list[Document]]:
    reader = iter(documents)
    while turn := list(islice(reader, _TURN)):
        yield turn


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
