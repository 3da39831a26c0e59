"""What a student ticks: circles where one option is right, squares where several may be.

In each stands the letter by which the key, the marking table and whoever marks call the option.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.model.document import Blocks, ChoiceResponse, Paragraph, Text
from generator.model.part import option_letter
from generator.render.pdf.blocks import set_blocks
from generator.render.pdf.fit import natural_width
from generator.render.pdf.ink import Ink, circle, fill_color, rectangle, stroke_color
from generator.render.pdf.inline import Type, varied
from generator.render.pdf.paragraph import text_ink
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

GAP = 6.0
"""White above a space for an answer."""
OPTION_INDENT = 18.0
_TICK = 5.0
"""Radius of a circle, half the side of a square, to be ticked."""
_LETTER_SIZE = 6.2
_MOST_COLUMNS = 4


def options(
    response: ChoiceResponse,
    setting: Setting,
    measure: float,
    body: Node,
    *,
    right: frozenset[int] = frozenset(),
) -> Iterator[Strip]:
    """The options of a choice, each with a mark to tick; none is parted from the question.

    Short ones stand beside each other. In the mark is the option's letter, by which keys and lists
    call it. `right` are those whose marks are filled in, on a key.
    """
    numbering = "/O /List /ListNumbering " + ("/Square" if response.multiple else "/Circle")
    node = Node("L", body, attributes=numbering)
    columns = _columns(response.options, setting.body, measure)
    pitch = measure / columns
    for start in range(0, len(response.options), columns):
        gap = GAP if start == 0 else 3.0
        row: list[Strips] = []
        for place in range(start, min(start + columns, len(response.options))):
            entry, filled = Node("LI", node), place in right
            strips = _option(response, place, setting, pitch, entry, filled=filled)
            row.append(shifted(strips, (place - start) * pitch))
        for i, strip in enumerate(_beside(row)):
            yield strip._replace(gap=gap if i == 0 else strip.gap, cut=max(strip.cut, TOGETHER))


def _option(
    response: ChoiceResponse,
    place: int,
    setting: Setting,
    width: float,
    entry: Node,
    *,
    filled: bool,
) -> Strips:
    """An option with its mark, so wide both together."""
    body = Node("LBody", entry)
    content = response.options[place] or _NOTHING
    strips = set_blocks(content, setting.body, width - OPTION_INDENT, body)
    sign = Ink(tick(setting, square=response.multiple, filled=filled))
    first, *others = shifted(strips, OPTION_INDENT)
    letter = _letter(option_letter(place), setting, first.baseline, entry, filled=filled)
    return (marked(first, Mark(0, first.baseline, sign), letter), *others)


_NOTHING: Blocks = (Paragraph(content=(Text(text="\u00a0"),)),)


def _columns(choices: Sequence[Blocks], look: Type, measure: float) -> int:
    """How many options stand beside each other: 1 unless all are short, and no row left short."""
    widest = 0.0
    for option in choices:
        if len(option) != 1 or not isinstance(option[0], Paragraph):
            return 1
        widest = max(widest, natural_width(option[0].content, look))
    fitting = int(measure // (widest + OPTION_INDENT + 1.5 * look.size))
    rows = -(-len(choices) // max(1, min(fitting, _MOST_COLUMNS)))
    return max(1, -(-len(choices) // rows))


def _beside(row: Sequence[Strips]) -> Strips:
    """The strips of options that stand side by side: one line each, if there are several."""
    return row[0] if len(row) == 1 else (beside([strips[0] for strips in row]),)


def _letter(letter: str, setting: Setting, baseline: float, entry: Node, *, filled: bool) -> Mark:
    """An option's letter in the middle of its mark, white in one that is filled in."""
    look = varied(setting.note, role="bold", size=_LETTER_SIZE)
    ink, width = text_ink(letter, varied(look, color="#ffffff") if filled else look)
    y = baseline - _half_capital(setting.body) + _half_capital(look)
    return Mark(_TICK - width / 2, y, ink, Node("Lbl", entry))


def _half_capital(look: Type) -> float:
    return look.fonts.face(look.role).cap_height / 2000 * look.size


def tick(setting: Setting, *, square: bool, filled: bool = False) -> str:
    """A mark to tick beside text on whose baseline the origin is; `filled` shows what is right."""
    up = _half_capital(setting.body)
    path = rectangle(0, up - _TICK, 2 * _TICK, 2 * _TICK) if square else circle(_TICK, up, _TICK)
    if not filled:
        return f"q .7 w .25 G {path} S Q"
    color = setting.colors.key
    return f"q .7 w {stroke_color(color)} {fill_color(color)} {path} B Q"
