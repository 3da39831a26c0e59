"""Where a student writes: the space that suits each kind of response.

It depends on the question alone: two students whose keys differ get the same space. Boxes and
lines are artifacts; the words beside them are text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from generator.model.document import (
    ChoiceResponse,
    EssayResponse,
    ExpressionResponse,
    MatchingResponse,
    NumericalResponse,
    OrderingResponse,
    Response,
    Text,
    TextResponse,
    TrueFalseResponse,
)
from generator.render.pdf import columns
from generator.render.pdf.ink import (
    Ink,
    numbers,
    rectangle,
    stroke_color,
)
from generator.render.pdf.inline import varied
from generator.render.pdf.options import GAP, OPTION_INDENT, options, tick
from generator.render.pdf.paragraph import paragraph, text_ink
from generator.render.pdf.strips import (
    TOGETHER,
    Mark,
    Node,
    Strip,
    Strips,
    marked,
    moved,
)
from generator.render.pdf.style import Setting

_CHUNK = 12
"""Lines that stay together on a page."""
_LABEL_SIZE = 6.8
_TEXT_WIDTH = 2
"""The box for a word in widths of that for a number."""


def answer_space(response: Response, setting: Setting, measure: float, body: Node) -> Strips:
    """The strips for a response; they stay with the question that they follow."""
    return tuple(_SPACES[type(response)](response, setting, measure, body))


def _numerical(
    response: NumericalResponse, setting: Setting, measure: float, body: Node
) -> Iterator[Strip]:
    yield from _lines(response.lines, setting, measure)
    answers = setting.style.theme.answers
    width, tall = answers.number_width, answers.number_height
    label = _label(setting.words.answer, setting, (4.0, 8.0), body)
    marks = [Mark(0, 0, Ink(frame(setting, width, tall))), label]
    if response.unit:
        look = varied(setting.body, alignment="left")
        content = (Text(text=response.unit),)
        lines = paragraph(content, look, max(measure - width - 6, look.size), label.node)
        y = max(0.0, (tall - len(lines) * look.leading) / 2)
        for i, line in enumerate(lines):
            marks += moved(line.marks, width + 6, y + i * look.leading)
        tall = max(tall, y + len(lines) * look.leading)
    yield Strip(
        baseline=setting.body.ascent, height=tall, gap=GAP, cut=TOGETHER, marks=tuple(marks)
    )


def _text(response: TextResponse, setting: Setting, measure: float, body: Node) -> Iterator[Strip]:
    """A box with a line to write on, as wide for every word; a field where there are several."""
    label = _label(setting.words.answer, setting, (4.0, 8.0), body)
    if response.lines > 1:
        first, *rest = _ruled_field(response.lines, setting, measure)
        yield marked(first, label)
        yield from rest
        return
    answers = setting.style.theme.answers
    width, tall = min(measure, _TEXT_WIDTH * answers.number_width), answers.number_height
    drawn = f"{frame(setting, width, tall)} {_ruling(setting, 8, width - 8, tall - 6)}"
    yield Strip(
        baseline=setting.body.ascent,
        height=tall,
        gap=GAP,
        cut=TOGETHER,
        marks=(Mark(0, 0, Ink(drawn)), label),
    )


def _expression(
    response: ExpressionResponse, setting: Setting, measure: float, _body: Node
) -> Iterator[Strip]:
    yield from _ruled_field(response.lines, setting, measure)


def _ruled_field(lines: int, setting: Setting, measure: float) -> Iterator[Strip]:
    """A framed field; a long one may be divided between pages, the frame with it."""
    line = setting.style.theme.answers.line
    for start in range(0, lines, _CHUNK):
        count = min(_CHUNK, lines - start)
        last = start + count == lines
        drawn = [_field(setting, measure, count * line, first=start == 0, last=last)]
        drawn += (_ruling(setting, 8, measure - 8, i * line) for i in range(1, count + (not last)))
        yield Strip(
            height=count * line,
            baseline=setting.body.ascent,
            gap=GAP if start == 0 else 0.0,
            cut=TOGETHER,
            marks=(Mark(0, 0, Ink(" ".join(drawn))),),
        )


def _field(setting: Setting, width: float, tall: float, *, first: bool, last: bool) -> str:
    """The part of a frame around some of its lines: open where the field goes on."""
    if first and last:
        return frame(setting, width, tall)
    sides = [(0.0, 0.0, 0.0, -tall), (width, 0.0, width, -tall)]
    sides += [(0.0, 0.0, width, 0.0)] if first else []
    sides += [(0.0, -tall, width, -tall)] if last else []
    path = " ".join(f"{numbers(x1, y1)} m {numbers(x2, y2)} l" for x1, y1, x2, y2 in sides)
    return f"q .6 w 2 J {stroke_color(setting.colors.frame)} {path} S Q"


def _essay(
    response: EssayResponse, setting: Setting, measure: float, _body: Node
) -> Iterator[Strip]:
    yield from _lines(response.lines, setting, measure)


def _lines(count: int, setting: Setting, measure: float) -> Iterator[Strip]:
    line = setting.style.theme.answers.line
    for start in range(0, count, _CHUNK):
        chunk = min(_CHUNK, count - start)
        drawn = " ".join(_ruling(setting, 0, measure, (i + 1) * line) for i in range(chunk))
        yield Strip(
            baseline=setting.body.ascent,
            height=chunk * line,
            cut=TOGETHER,
            marks=(Mark(0, 0, Ink(drawn)),),
        )


def _true_false(
    response: TrueFalseResponse, setting: Setting, measure: float, body: Node
) -> Iterator[Strip]:
    look = setting.body
    x = 0.0
    marks = []
    node = Node("P", body)
    for word in (setting.words.true, setting.words.false):
        ink, width = text_ink(word, look)
        marks.append(Mark(x, look.ascent, Ink(tick(setting, square=False))))
        marks.append(Mark(x + OPTION_INDENT, look.ascent, ink, node))
        x += OPTION_INDENT + width + 24
    yield Strip(
        height=look.leading, baseline=look.ascent, gap=GAP, cut=TOGETHER, marks=tuple(marks)
    )
    lines = [*_lines(response.lines, setting, measure)]
    if lines and response.explain:
        label = _label(setting.words.justification, setting, (0, 11.0), body)
        lines[0] = marked(lines[0], label)
    yield from lines


def _choice(
    response: ChoiceResponse, setting: Setting, measure: float, body: Node
) -> Iterator[Strip]:
    yield from options(response, setting, measure, body)
    yield from _lines(response.lines, setting, measure)


def _matching(
    response: MatchingResponse, setting: Setting, measure: float, body: Node
) -> Iterator[Strip]:
    yield from columns.matching(response, setting, measure, body)
    yield from _lines(response.lines, setting, measure)


def _ordering(
    response: OrderingResponse, setting: Setting, measure: float, body: Node
) -> Iterator[Strip]:
    yield from columns.ordering(response, setting, measure, body)
    yield from _lines(response.lines, setting, measure)


def frame(setting: Setting, width: float, tall: float) -> str:
    """An empty box below the origin."""
    path = rectangle(0, -tall, width, tall, 2)
    return f"q .6 w {stroke_color(setting.colors.frame)} {path} S Q"


def _label(words: str, setting: Setting, place: tuple[float, float], body: Node) -> Mark:
    """What a space is for, small in its upper left corner."""
    ink, _ = text_ink(words, varied(setting.note, size=_LABEL_SIZE))
    return Mark(*place, ink, Node("P", body))


def _ruling(setting: Setting, left: float, right: float, below: float) -> str:
    pen = _PENS[setting.style.theme.answers.ruling]
    if not pen:
        return ""
    color = stroke_color(setting.colors.ruling)
    return f"q {pen} {color} {numbers(left, -below)} m {numbers(right, -below)} l S Q"


_PENS = {"dotted": "1 J [0 3] 0 d .8 w", "ruled": ".5 w", "none": ""}
"""How lines to write on are drawn."""

_SPACES: dict[type[Response], Callable[[Any, Setting, float, Node], Iterator[Strip]]] = {
    NumericalResponse: _numerical,
    ExpressionResponse: _expression,
    TextResponse: _text,
    TrueFalseResponse: _true_false,
    ChoiceResponse: _choice,
    MatchingResponse: _matching,
    OrderingResponse: _ordering,
    EssayResponse: _essay,
}
