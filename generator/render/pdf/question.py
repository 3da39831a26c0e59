"""A problem as every sheet shows it: heading, stem, lettered parts with their points.

What follows each part differs: space for the answer on a student sheet, the answer itself on a
key sheet. The caller says so with a function from a part's index, width and node to strips.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from generator.model.dataclass import dataclass
from generator.model.document import Blocks, Paragraph, PartQuestion, Question, Text
from generator.render.pdf.blocks import goes_on, labelled, set_blocks
from generator.render.pdf.inline import Type, varied
from generator.render.pdf.paragraph import paragraph, text_ink
from generator.render.pdf.strips import (
    FREE,
    NEVER,
    PARAGRAPH,
    TOGETHER,
    WITHIN,
    Mark,
    Node,
    Strip,
    Strips,
    marked,
    shifted,
    with_first,
)
from generator.render.pdf.style import Setting

After = Callable[[int, float, Node], Strips]

_INDENT = 21.0
"""How far the text of a part stands from the left, unless a letter needs more room."""
_BESIDE = 12.0
"""White between the text and the points in the right margin."""
_ABOVE_HEADING, _ABOVE_STEM, _ABOVE_PART = 2.1, 0.5, 0.95
_SHORT = 8
"""A stem of no more lines than this is not torn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbered:
    """A question, its number on the sheet, and the level of its heading."""

    number: int
    question: Question
    level: int = 2


@dataclass(frozen=True, slots=True)
class _Lettered:
    """A part, its place among its siblings, its points if they are not the problem's, and how far
    its text stands from the left.
    """

    index: int
    part: PartQuestion
    worth: str
    indent: float


def problem(numbered: Numbered, setting: Setting, root: Node, after: After) -> Iterator[Strip]:
    """The strips of one problem."""
    question = numbered.question
    node = Node("Sect", root)
    yield from _heading(numbered, setting, node)
    body = setting.body
    stem = set_blocks(question.stem, body, setting.measure, node, gap=body.size * _ABOVE_STEM)
    short = sum(strip.gap + strip.height for strip in stem) <= _SHORT * body.leading
    yield from with_first(_whole(stem) if short else stem, cut=NEVER)
    apart = WITHIN if short or _leads_in(question.stem) else PARAGRAPH
    parts = Node("L", node, attributes="/O /List /ListNumbering /LowerAlpha")
    widest = max((text_ink(_letter(p), _bold(setting))[1] for p in question.parts), default=0.0)
    indent = max(_INDENT, widest + body.size * 0.5)
    for i, part in enumerate(question.parts):
        worth = setting.points(part.points) if len(question.parts) > 1 else ""
        strips = _part(_Lettered(i, part, worth, indent), setting, Node("LI", parts), after)
        cut = FREE if i else apart if stem else NEVER
        yield from with_first(strips, gap=body.size * _ABOVE_PART, cut=cut)


def _whole(strips: Strips) -> Strips:
    """The strips, to stay together."""
    return tuple(strip._replace(cut=max(strip.cut, TOGETHER)) for strip in strips)


def _leads_in(stem: Blocks) -> bool:
    """Whether a stem ends in a sentence of its own, such as "Decide which of these hold."."""
    if not stem or not isinstance(stem[-1], Paragraph):
        return False
    return len(stem) < 2 or not goes_on(stem[-2], stem[-1])


def _heading(numbered: Numbered, setting: Setting, node: Node) -> Strips:
    body = setting.body
    large = varied(
        body,
        role="bold",
        size=body.size * 1.2,
        leading=body.size * 1.5,
        hyphenate=False,
        alignment="left",
    )
    title = Node(f"H{numbered.level}", node)
    ink, width = text_ink(str(numbered.number), large)
    indent = width + large.size * 0.8
    lines = paragraph(
        (Text(text=numbered.question.title or "\u00a0"),),
        large,
        setting.measure - indent,
        title,
        gap=body.size * _ABOVE_HEADING,
        cut=FREE,
    )
    first, *rest = shifted(lines, indent)
    first = marked(first, Mark(0, first.baseline, ink, title))
    look = varied(setting.note, role="bold")
    points = _points(setting.points(numbered.question.points), first, look, setting, node)
    return (first._replace(marks=(*first.marks, points)), *rest)


def _part(lettered: _Lettered, setting: Setting, entry: Node, after: After) -> Strips:
    body, part = setting.body, lettered.part
    width = setting.measure - lettered.indent
    words = Node("LBody", entry)
    ask = set_blocks(part.ask, body, width, words)
    strips = shifted((*ask, *after(lettered.index, width, words)), lettered.indent)
    if not strips:
        return ()
    if lettered.worth:
        points = _points(lettered.worth, strips[0], setting.note, setting, words)
        strips = (marked(strips[0], points), *strips[1:])
    return labelled(strips, _letter(part), _bold(setting), entry)


def _letter(part: PartQuestion) -> str:
    return f"({part.label})"


def _bold(setting: Setting) -> Type:
    return varied(setting.body, role="bold")


def _points(text: str, strip: Strip, look: Type, setting: Setting, node: Node) -> Mark:
    """Points, in the right margin beside a strip's first line."""
    ink, _ = text_ink(text, look)
    return Mark(setting.measure + _BESIDE, strip.baseline, ink, Node("P", node))
