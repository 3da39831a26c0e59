"""Where a student writes: the space that suits each kind of response.

It depends on the question alone: two students whose keys differ get the same space. Boxes and
lines are artifacts; the words beside them are text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from generator.model.document import (
    Blocks,
    ChoiceResponse,
    EssayResponse,
    ExpressionResponse,
    MatchingResponse,
    NumericalResponse,
    OrderingResponse,
    Paragraph,
    Response,
    Text,
    TextResponse,
    TrueFalseResponse,
)
from generator.render.pdf import columns
from generator.render.pdf.blocks import set_blocks
from generator.render.pdf.ink import (
    Ink,
    circle,
    fill_color,
    numbers,
    rectangle,
    stroke_color,
)
from generator.render.pdf.inline import Type, natural_width
from generator.render.pdf.paragraph import paragraph, text_ink
from generator.render.pdf.strips import (
    TOGETHER,
    Mark,
    Node,
    Strip,
    Strips,
    beside,
    marked,
    shifted,
)
from generator.render.pdf.style import Setting

_GAP = 6.0
_CHUNK = 12
"""Lines that stay together on a page."""
_TICK = 4.6
"""Radius of a circle, half the side of a square, to be ticked."""
_OPTION_INDENT = 18.0
_MOST_COLUMNS = 4
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
        look = replace(setting.body, alignment="left")
        content = (Text(text=response.unit),)
        lines = paragraph(content, look, max(measure - width - 6, look.size), label.node)
        y = max(0.0, (tall - len(lines) * look.leading) / 2)
        for i, line in enumerate(lines):
            marks += (mark.moved(width + 6, y + i * look.leading) for mark in line.marks)
        tall = max(tall, y + len(lines) * look.leading)
    yield Strip(
        baseline=setting.body.ascent, height=tall, gap=_GAP, cut=TOGETHER, marks=tuple(marks)
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
        gap=_GAP,
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
            gap=_GAP if start == 0 else 0.0,
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
        marks.append(Mark(x, look.ascent, Ink(_tick(setting, square=False))))
        marks.append(Mark(x + _OPTION_INDENT, look.ascent, ink, node))
        x += _OPTION_INDENT + width + 24
    yield Strip(
        height=look.leading, baseline=look.ascent, gap=_GAP, cut=TOGETHER, marks=tuple(marks)
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


def options(
    response: ChoiceResponse,
    setting: Setting,
    measure: float,
    body: Node,
    *,
    right: frozenset[int] = frozenset(),
) -> Iterator[Strip]:
    """The options of a choice, each with a mark to tick; none is parted from the question.

    Short ones stand beside each other. `right` are those whose marks are filled in, on a key.
    """
    look = setting.body
    numbering = "/O /List /ListNumbering " + ("/Square" if response.multiple else "/Circle")
    node = Node("L", body, attributes=numbering)
    columns = _columns(response.options, look, measure)
    pitch = measure / columns
    for start in range(0, len(response.options), columns):
        gap = _GAP if start == 0 else 3.0
        row: list[Strips] = []
        for i, option in enumerate(response.options[start : start + columns]):
            entry = Node("LBody", Node("LI", node))
            content = option or _NOTHING
            strips = set_blocks(content, look, pitch - _OPTION_INDENT, entry)
            sign = Ink(_tick(setting, square=response.multiple, filled=start + i in right))
            moved = shifted(strips, _OPTION_INDENT)
            first = marked(moved[0], Mark(0, moved[0].baseline, sign))
            row.append(shifted((first, *moved[1:]), i * pitch))
        for i, strip in enumerate(_beside(row)):
            yield replace(strip, gap=gap if i == 0 else strip.gap, cut=max(strip.cut, TOGETHER))


_NOTHING: Blocks = (Paragraph(content=(Text(text="\u00a0"),)),)


def _columns(choices: Sequence[Blocks], look: Type, measure: float) -> int:
    """How many options stand beside each other: 1 unless all are short, and no row left short."""
    widest = 0.0
    for option in choices:
        if len(option) != 1 or not isinstance(option[0], Paragraph):
            return 1
        widest = max(widest, natural_width(option[0].content, look))
    fitting = int(measure // (widest + _OPTION_INDENT + 1.5 * look.size))
    rows = -(-len(choices) // max(1, min(fitting, _MOST_COLUMNS)))
    return max(1, -(-len(choices) // rows))


def _beside(row: Sequence[Strips]) -> Strips:
    """The strips of options that stand side by side: one line each, if there are several."""
    return row[0] if len(row) == 1 else (beside([strips[0] for strips in row]),)


def _tick(setting: Setting, *, square: bool, filled: bool = False) -> str:
    """A mark to tick beside text on whose baseline the origin is; `filled` shows what is right."""
    look = setting.body
    up = look.fonts.face(look.role).cap_height / 2000 * look.size
    path = rectangle(0, up - _TICK, 2 * _TICK, 2 * _TICK) if square else circle(_TICK, up, _TICK)
    if not filled:
        return f"q .7 w .25 G {path} S Q"
    color = setting.colors.key
    return f"q .7 w {stroke_color(color)} {fill_color(color)} {path} B Q"


def frame(setting: Setting, width: float, tall: float) -> str:
    """An empty box below the origin."""
    path = rectangle(0, -tall, width, tall, 2)
    return f"q .6 w {stroke_color(setting.colors.frame)} {path} S Q"


def _label(words: str, setting: Setting, place: tuple[float, float], body: Node) -> Mark:
    """What a space is for, small in its upper left corner."""
    ink, _ = text_ink(words, replace(setting.note, size=_LABEL_SIZE))
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
