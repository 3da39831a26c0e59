"""Where a student matches and orders: texts with letters, and boxes for these.

Matching: numbered left sides, each with a box for a letter, beside the lettered right sides.
Ordering: lettered items, and below them a numbered box for each place. On a key the boxes are
filled in. The boxes are artifacts; the texts are two lists, read one after the other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from generator.model.document import Blocks, MatchingResponse, OrderingResponse, Paragraph
from generator.model.part import option_letter
from generator.render.pdf.blocks import labelled, set_blocks
from generator.render.pdf.fit import natural_width
from generator.render.pdf.ink import Ink, rectangle, stroke_color
from generator.render.pdf.inline import Type, varied
from generator.render.pdf.paragraph import text_ink
from generator.render.pdf.strips import (
    TOGETHER,
    Mark,
    Node,
    Strip,
    Strips,
    as_one,
    beside,
    marked,
    shifted,
    with_first,
)
from generator.render.pdf.style import Setting

GAP = 6.0
_BETWEEN = 4.0
"""White between two rows of boxes."""
_GUTTER = 26.0
_BOX = (24.0, 19.0)
_LETTER_INDENT = 20.0
_NUMBER_INDENT, _APART = 15.0, 16.0
"""How far the box for a place stands from its number, and from the next."""
_FEWEST_LINES = 60.0
"""How narrow a column of texts may become."""

Letters = Sequence[str]
"""What a key writes into the boxes; nothing for a student."""


def matching(
    response: MatchingResponse,
    setting: Setting,
    measure: float,
    body: Node,
    *,
    letters: Letters = (),
) -> Iterator[Strip]:
    """Both columns, a row for each left side and each right one."""
    room = measure - 2 * _LETTER_INDENT - _BOX[0] - 1.5 * _GUTTER
    left, right = _widths(response.lefts, response.rights, setting.body, room)
    box_at = _LETTER_INDENT + left + _GUTTER / 2
    right_at = box_at + _BOX[0] + _GUTTER
    lefts, rights = _list(body, "Decimal"), _list(body, "UpperAlpha")
    cells = [
        _entry(text, f"{n}.", setting, left, lefts) for n, text in enumerate(response.lefts, 1)
    ]
    others = [
        _entry(text, f"{option_letter(n)}.", setting, right, rights)
        for n, text in enumerate(response.rights)
    ]
    for number, (cell, other) in enumerate(zip_longest(cells, others)):
        row = []
        if cell is not None:
            filled = letters[number] if letters else ""
            row += [cell, _boxed(filled, setting, box_at, body)]
        if other is not None:
            row.append(other.shifted(right_at))
        yield beside(row)._replace(gap=_BETWEEN if number else GAP, cut=TOGETHER)


def ordering(
    response: OrderingResponse,
    setting: Setting,
    measure: float,
    body: Node,
    *,
    letters: Letters = (),
) -> Iterator[Strip]:
    """The items with their letters, then the boxes for the places."""
    items = _list(body, "UpperAlpha")
    for number, text in enumerate(response.items):
        entry = _entry(text, f"{option_letter(number)}.", setting, measure - _LETTER_INDENT, items)
        yield entry._replace(gap=2.0 if number else GAP, cut=TOGETHER)
    pitch = _NUMBER_INDENT + _BOX[0] + _APART
    row = max(1, int((measure + _APART) // pitch))
    count = len(response.items)
    places = Node("P", body)
    for start in range(0, count, row):
        cells = []
        for i in range(start, min(start + row, count)):
            x = (i - start) * pitch
            label, _ = text_ink(f"{i + 1}.", setting.body)
            box = _boxed(letters[i] if letters else "", setting, x + _NUMBER_INDENT, body)
            cells.append(marked(box, Mark(x, box.baseline, label, places)))
        yield beside(cells)._replace(gap=_BETWEEN if start else GAP + 2, cut=TOGETHER)


def _widths(
    lefts: Sequence[Blocks], rights: Sequence[Blocks], look: Type, room: float
) -> tuple[float, float]:
    """How wide both columns are: what they need, else in proportion to it."""
    left, right = _widest(lefts, look, room), _widest(rights, look, room)
    if left + right <= room:
        return left, room - left
    share = min(max(left / (left + right), _FEWEST_LINES / room), 1 - _FEWEST_LINES / room)
    return share * room, (1 - share) * room


def _widest(texts: Sequence[Blocks], look: Type, room: float) -> float:
    """The width that the widest of them takes on one line, with a little to spare."""
    widest = 0.0
    for blocks in texts:
        for block in blocks:
            if not isinstance(block, Paragraph):
                return room
            widest = max(widest, natural_width(block.content, look))
    return widest + 1.0


def _list(body: Node, numbering: str) -> Node:
    return Node("L", body, attributes=f"/O /List /ListNumbering /{numbering}")


def _entry(text: Blocks, label: str, setting: Setting, width: float, parent: Node) -> Strip:
    """A text with its letter, as one strip."""
    entry = Node("LI", parent)
    look = varied(setting.body, alignment="left")
    strips: Strips = set_blocks(text, look, width, Node("LBody", entry))
    strips = strips or (Strip(height=look.leading, baseline=look.ascent),)
    bold = varied(look, role="bold")
    return as_one(
        with_first(labelled(shifted(strips, _LETTER_INDENT), label, bold, entry), gap=0.0)
    )


def _boxed(filled: str, setting: Setting, x: float, body: Node) -> Strip:
    """A box to write a letter in; its writing line is that of the text beside it."""
    width, tall = _BOX
    look = varied(setting.body, role="bold", color=setting.colors.key)
    baseline = (tall + look.fonts.face(look.role).cap_height / 1000 * look.size) / 2
    path = rectangle(0, -tall, width, tall, 2)
    color = setting.colors.key if filled else setting.colors.frame
    marks = [Mark(x, 0, Ink(f"q .6 w {stroke_color(color)} {path} S Q"))]
    if filled:
        ink, wide = text_ink(filled, look)
        marks.append(Mark(x + (width - wide) / 2, baseline, ink, Node("P", body)))
    return Strip(height=tall, baseline=baseline, marks=tuple(marks))
