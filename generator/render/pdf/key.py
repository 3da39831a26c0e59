"""The key sheet: the student's own questions, and below each part all that marking it takes.

The key first and prominent, then the worked solution, the mistakes to look for with what each
still earns, the rubric, and the evidence for the key in one small line. A line in the key's colour
runs beside it, so that question and answer are told apart at a glance, also in grey.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from fractions import Fraction

from generator.model.document import (
    Blocks,
    ChoiceResponse,
    Document,
    Inlines,
    List,
    MatchingResponse,
    Math,
    OrderingResponse,
    Paragraph,
    PartAnswer,
    PartQuestion,
    RubricNote,
    Strong,
    Text,
)
from generator.model.form import KeySheet
from generator.model.part import option_letter
from generator.model.solution import ChoiceKey, MatchingKey, OrderingKey, TrueFalseKey
from generator.render.pdf.blocks import labelled, set_blocks
from generator.render.pdf.columns import matching, ordering
from generator.render.pdf.fragment import PaintedForm
from generator.render.pdf.furniture import Running
from generator.render.pdf.header import key_title
from generator.render.pdf.inline import Type, varied
from generator.render.pdf.options import options
from generator.render.pdf.paragraph import paragraph, text_ink
from generator.render.pdf.question import After, Numbered, problem
from generator.render.pdf.section import below, section_headings
from generator.render.pdf.sheet import paint_sheet
from generator.render.pdf.strips import (
    NEVER,
    PARAGRAPH,
    TOGETHER,
    WITHIN,
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
_BESIDE_POINTS = 1.2
"""White (in em) between the points and the text of a rubric's line."""


def key_form(sheet: KeySheet, style: Style) -> PaintedForm:
    """The painted pages of one key sheet."""
    heading, form = sheet.heading, sheet.form
    setting = Setting.of(style, heading.language)
    root = Node("Document", None)
    strips: list[Strip] = list(key_title(sheet, setting, root))
    for number, document in enumerate(form.documents, start=1):
        level = 3 if form.sections else 2
        numbered = Numbered(number=number, question=document.question, level=level)
        headings = section_headings(number - 1, form.sections, setting, root)
        own = problem(numbered, setting, root, _answers_below(document, setting))
        strips += below(headings, tuple(own))
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
        return (*_seen(asked, answered, setting, width, node), *_beside(bar, written))

    return answer


def _beside(bar: Bar, strips: Strips) -> Iterator[Strip]:
    """The strips, indented beside a bar."""
    for strip in strips:
        yield strip.shifted(_INDENT)._replace(bar=bar)


def _seen(
    asked: PartQuestion, answered: PartAnswer, setting: Setting, width: float, node: Node
) -> Iterator[Strip]:
    """What the student saw to choose from, the right response filled in."""
    match asked.response, answered.key:
        case ChoiceResponse() as response, ChoiceKey() as key:
            right = frozenset(i for i, option in enumerate(key.options) if option.right)
            yield from options(response, setting, width, node, right=right)
        case MatchingResponse() as response, MatchingKey() as key:
            letters = [option_letter(place) for place in key.matches]
            yield from matching(response, setting, width, node, letters=letters)
        case OrderingResponse() as response, OrderingKey() as key:
            letters = [option_letter(number) for number in key.order]
            yield from ordering(response, setting, width, node, letters=letters)


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
        key, *sections = filter(
            None,
            (
                self._key(),
                self._follows(),
                self._credit(),
                self._solution(),
                self._mistakes(),
                self._rubric(),
                self._hints(),
                self._evidence(),
            ),
        )
        if sections:  # the key alone does not end a page
            sections[0] = with_first(sections[0], cut=TOGETHER)
        return joined((key, *sections))

    def _key(self) -> Strips:
        body = self._setting.body
        look = varied(
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
        return set_blocks(blocks, self._look, self._width, self._node, gap=gap)

    def _mistakes(self) -> Strips:
        mistakes = self._answered.mistakes
        if not mistakes:
            return ()
        words = self._words
        verdict = isinstance(self._answered.key, TrueFalseKey)
        found = words.mistake_justification if verdict else words.mistake_result
        titles = (found, words.mistake_reason, words.mistake_worth)
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

    def _follows(self) -> Strips:
        """What the key is for whoever got an earlier part wrong."""
        return joined(
            self._paragraph((_label(self._words.follow_through), *told), self._look, gap=0.35)
            for told in self._follow_through()
        )

    def _follow_through(self) -> Iterator[Inlines]:
        """One sentence for the parts that a formula goes on with, one for each of the others."""
        words, follows = self._words, self._answered.follows
        with_formula = [follow for follow in follows if follow.formula]
        if with_formula:
            own: Inlines = ()
            for follow in with_formula:
                own += _plain(", ") if own else ()
                source = words.follow_source.replace("{label}", follow.label)
                own += _filled(source, {"symbol": (Math(latex=follow.symbol),)})
            formula = (Math(latex=with_formula[0].formula),)
            yield _filled(words.follow_formula, {"results": own, "formula": formula})
        for follow in follows:
            if not follow.formula:
                yield _plain(words.follow_result.format(label=follow.label))

    def _credit(self) -> Strips:
        return self._earned(self._words.credit, self._answered.credit)

    def _rubric(self) -> Strips:
        return self._earned(self._words.rubric, self._answered.rubric)

    def _earned(self, title: str, notes: tuple[RubricNote, ...]) -> Strips:
        """What earns points, a line each."""
        if not notes:
            return ()
        look = self._look
        worth = [self._setting.points(note.points).replace("-", "\N{MINUS SIGN}") for note in notes]
        indent = max(text_ink(points, look)[1] for points in worth) + _BESIDE_POINTS * look.size
        node = Node("L", self._node)
        lines = [self._paragraph((Strong(content=_plain(title)),), look, gap=0.6)]
        for note, points in zip(notes, worth, strict=True):
            entry = Node("LI", node)
            body = paragraph(
                note.text, look, self._width - indent, Node("LBody", entry), gap=look.size * 0.1
            )
            cut = NEVER if len(lines) == 1 else WITHIN  # the heading is not left alone
            lines.append(with_first(labelled(shifted(body, indent), points, look, entry), cut=cut))
        return with_first(joined(lines), cut=PARAGRAPH)

    def _hints(self) -> Strips:
        """The hints, numbered in the order in which they are given."""
        hints = self._answered.hints
        if not hints:
            return ()
        heading = self._paragraph((Strong(content=_plain(self._words.hints)),), self._look, gap=0.6)
        hints_list = List(items=hints, start=1)
        body = set_blocks((hints_list,), self._look, self._width, self._node, gap=1.0)
        return (*heading, *with_first(body, cut=TOGETHER))

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
        ragged = varied(look, alignment="left")
        return paragraph(content, ragged, self._width, node, gap=above, cut=cut)


def _plain(text: str) -> Inlines:
    return (Text(text=text),)


def _filled(words: str, values: Mapping[str, Inlines]) -> Inlines:
    """Words with running text in the place of their blanks, ``{name}``."""
    pieces = re.split(r"\{(\w+)\}", words)
    content: Inlines = ()
    for i, piece in enumerate(pieces):
        content += values[piece] if i % 2 else _plain(piece) if piece else ()
    return content


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
