"""The student sheet: questions and space for answers. It is handed nothing of a key."""

from __future__ import annotations

from generator.model.document import Question
from generator.model.form import StudentSheet
from generator.render.pdf.answer_space import answer_space
from generator.render.pdf.fragment import PaintedForm
from generator.render.pdf.furniture import Running
from generator.render.pdf.header import student_title
from generator.render.pdf.question import After, Numbered, problem
from generator.render.pdf.section import below, section_headings
from generator.render.pdf.sheet import paint_sheet
from generator.render.pdf.strips import Node, Strip, Strips
from generator.render.pdf.style import Setting, Style


def student_form(sheet: StudentSheet, style: Style) -> PaintedForm:
    """The painted pages of one student sheet."""
    heading = sheet.heading
    setting = Setting.of(style, heading.language)
    root = Node("Document", None)
    strips: list[Strip] = list(student_title(sheet, setting, root))
    for number, question in enumerate(sheet.questions, start=1):
        numbered = Numbered(number=number, question=question, level=3 if sheet.sections else 2)
        headings = section_headings(number - 1, sheet.sections, setting, root)
        own = problem(numbered, setting, root, _space_below(question, setting))
        strips += below(headings, tuple(own))
    running = Running(
        title=heading.title, number=sheet.number, code=sheet.code, student=sheet.student
    )
    return paint_sheet(strips, running, setting)


def _space_below(question: Question, setting: Setting) -> After:
    def space(part: int, width: float, node: Node) -> Strips:
        return answer_space(question.parts[part].response, setting, width, node)

    return space
