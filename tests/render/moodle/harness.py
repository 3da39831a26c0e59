"""From documents to what a teacher finds in Moodle, in one call."""

from __future__ import annotations

from generator.model.document import Document
from generator.render.moodle import Section, render
from tests.render.moodle.importer import Question, QuestionBank, import_file
from tests.render.moodle.samples import HEADING, STYLE, section


def export(*sections: Section) -> bytes:
    """The Moodle XML file of these sections."""
    return b"".join(render(HEADING, sections, STYLE))


def import_sections(*sections: Section) -> QuestionBank:
    """What Moodle makes of these sections."""
    return import_file(export(*sections))


def questions(document: Document) -> list[Question]:
    """What Moodle makes of one variant."""
    return import_sections(section(document.problem, "A problem", document)).questions


def question(document: Document) -> Question:
    """The first question of a variant: the one that marks itself, if any."""
    return questions(document)[0]
