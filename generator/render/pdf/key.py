"""The key sheet: the student's own questions, and below each part all that marking it takes.

The key first and prominent, then the worked solution, the mistakes to look for with what each
still earns, the rubric, and the evidence for the key in one small line. A line in the key's colour
runs beside it, so that question and answer are told apart at a glance, also in grey.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from generator.model.document import (
    Blocks,
    ChoiceResponse,
    Document,
    Inlines,
    Paragraph,
    PartAnswer,
    PartQuestion,
    Strong,
    Text,
)
from generator.model.form import KeySheet
from generator.model.solution import ChoiceKey
from generator.render.pdf.answer_space import options
from generator.render.pdf.blocks import labelled, set_blocks
from generator.render.pdf.fragment import PaintedForm
from generator.render.pdf.furniture import Running
from generator.render.pdf.header import key_title
from generator.render.pdf.inline import Type
from generator.render.pdf.paragraph import paragraph
from generator.render.pdf.question import After, Numbered, problem
from generator.render.pdf.sheet import paint_sheet
from generator.render.pdf.strips import (
    NEVER,
    PARAGRAPH,
    TOGETHER,
    Bar,
    Node,
    Strip,
    Strips,
    joined,
    shifted,
    with_first,
)
from generator.render.pdf.style import Setting, Style
from generator.render.pdf.table import Grid, grid_strips

_INDENT = 12.0
_BAR_WIDTH = 1.6
_KEY_SIZE = 1.1
"""The key in sizes of the text."""
_RUBRIC_INDENT = 5.5
"""Room (in em) for the points before a rubric's line."""


def key_form(sheet: KeySheet, style: Style) -> PaintedForm:
    """The painted pages of one key sheet."""
    heading, form = sheet.heading, sheet.form
    setting = Setting.of(style, heading.language)
    root = Node("Document", None)
    strips: list[Strip] = list(key_title(sheet, setting, root))
    for number, document in enumerate(form.documents, start=1):
        numbered = Numbered(number=number, question=document.question)
        strips += problem(numbered, setting, root, _answers_below(document, setting))
    running = Running(
        title=heading.title,
        number=form.number,
        code=form.code,
        banner=setting.words.key_banner,
        student=form.student,
    )
    return paint_sheet(strips, running, setting)


def _answers_below(document: Document, setting: Setting) -> After:
    def answer(part: int, width: float, node: Node) -> Strips:
        asked, answered = document.question.parts[part], document.answer.parts[part]
        written = _Answer(asked, answered, setting, width - _INDENT, node).strips()
        bar = Bar(x=0.0, width=_BAR_WIDTH, color=setting.colors.key)
        beside = (replace(strip, bar=bar) for strip in shifted(written, _INDENT))
        return (*_options(asked, answered, setting, width, node), *beside)

    return answer


def _options(
    asked: PartQuestion, answered: PartAnswer, setting: Setting, width: float, node: Node
) -> Iterator[Strip]:
    """The options that the student saw, the right ones filled in."""
    if isinstance(asked.response, ChoiceResponse) and isinstance(answered.key, ChoiceKey):
        right = frozenset(i for i, option in enumerate(answered.key.options) if option.right)
        yield from options(asked.response, setting, width, node, right=right)


class _Answer:
    """The answer of one part, section by section."""

    def __init__(
        self, asked: PartQuestion, answered: PartAnswer, setting: Setting, width: float, node: Node
    ) -> None:
        self._asked, self._answered = asked, answered
        self._setting, self._words = setting, setting.words
        self._width, self._node = width, node
        self._look = setting.small

    def strips(self) -> Strips:
        return joined(
            (self._key(), self._solution(), self._mistakes(), self._rubric(), self._evidence())
        )

    def _key(self) -> Strips:
        body = self._setting.body
        look = replace(
            body,
            size=body.size * _KEY_SIZE,
            leading=body.leading * _KEY_SIZE,
            color=self._setting.colors.key,
            hyphenate=False,
        )
        content = (_label(self._words.key), *_emphasized(self._answered.shown))
        return self._paragraph(content, look, gap=0.8, cut=TOGETHER)

    def _solution(self) -> Strips:
        steps = self._answered.steps
        if not steps:
            return ()
        blocks = _led(_label(self._words.solution), steps)
        gap = self._look.size * 0.35
        body = set_blocks(blocks, self._look, self._width, self._node, gap=gap)
        return with_first(body, cut=TOGETHER)

    def _mistakes(self) -> Strips:
        mistakes = self._answered.mistakes
        if not mistakes:
            return ()
        words = self._words
        titles = (words.mistake_result, words.mistake_reason, words.mistake_worth)
        grid = Grid(
            header=tuple(_cell(_plain(title)) for title in titles),
            rows=tuple(
                (_cell(note.result), note.because, _cell(self._worth(note.worth)))
                for note in mistakes
            ),
            alignment=("left", "left", "right"),
            stretch=1,
        )
        table = grid_strips(grid, self._look, self._width, self._node, set_blocks)
        heading = self._paragraph((Strong(content=_plain(words.mistakes)),), self._look, gap=0.6)
        return (*heading, *with_first(table, gap=2.0, cut=NEVER))

    def _worth(self, share: Fraction) -> Inlines:
        return _plain(self._setting.points(share * self._asked.points) if share else "–")

    def _rubric(self) -> Strips:
        notes = self._answered.rubric
        if not notes:
            return ()
        look = self._look
        indent = _RUBRIC_INDENT * look.size
        node = Node("L", self._node)
        lines = [self._paragraph((Strong(content=_plain(self._words.rubric)),), look, gap=0.6)]
        for note in notes:
            entry = Node("LI", node)
            body = paragraph(
                note.text, look, self._width - indent, Node("LBody", entry), gap=look.size * 0.1
            )
            points = self._setting.points(note.points)
            lines.append(labelled(shifted(body, indent), points, look, entry))
        return with_first(joined(lines), cut=PARAGRAPH)

    def _evidence(self) -> Strips:
        evidence = self._answered.evidence
        if evidence is None:
            return ()
        text = self._words.evidence.format(
            first=evidence.first, second=evidence.second, result=evidence.result
        )
        return self._paragraph(_plain(text), self._setting.note, gap=0.5, cut=TOGETHER)

    def _paragraph(
        self, content: Inlines, look: Type, *, gap: float, cut: int = PARAGRAPH
    ) -> Strips:
        above = gap * self._look.size
        node = Node("P", self._node)
        ragged = replace(look, alignment="left")
        return paragraph(content, ragged, self._width, node, gap=above, cut=cut)


def _plain(text: str) -> Inlines:
    return (Text(text=text),)


def _label(words: str) -> Strong:
    """What a section begins with, set off by more than a blank."""
    return Strong(content=_plain(words + "\u2002"))


def _emphasized(shown: Inlines) -> Inlines:
    """The words of a key in bold; formulas have no bold that means the same."""
    return tuple(
        Strong(content=(inline,)) if isinstance(inline, Text) else inline for inline in shown
    )


def _led(label: Strong, steps: Blocks) -> Blocks:
    """The steps of a solution with the label before the first, on its line if that is text."""
    first, *rest = steps
    if isinstance(first, Paragraph):
        return (Paragraph(content=(label, *first.content)), *rest)
    return (Paragraph(content=(label,)), *steps)


def _cell(content: Inlines) -> Blocks:
    return (Paragraph(content=content),)
