"""Lines set: the words and formulas between two breaks, each at its place.

Syllables that meet again are shaped as the word that they are, and pieces of a formula are drawn
as one: a line shows nothing of where else it might have been broken.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from generator.model.dataclass import dataclass
from generator.render.pdf.fonts import Face, kern
from generator.render.pdf.formula import Formula
from generator.render.pdf.ideographs import is_wide
from generator.render.pdf.ink import Ink, fill_color, freeze, number
from generator.render.pdf.inline import Piece, Type, Word
from generator.render.pdf.linebreak import Box, Glue, Item, Line, Penalty
from generator.render.pdf.mathink import formula_ink

_LOOSEST = 6.0
"""A line whose blanks would be stretched more than this is left ragged."""
_UNSEEN = 0.04
"""A gap (in 1/1000 em) that is none: so far apart are two sums of the same widths at most."""

Placed = tuple[float, Word]
"""A word or blank, and where it begins."""


class Span(NamedTuple):
    """A stretch of a line: text, or a piece of a formula; `x` is where it begins."""

    x: float
    ink: Ink
    formula: Formula | None = None
    first: bool = True


@dataclass(frozen=True, slots=True)
class SetLine:
    """A line of a paragraph, set: its ink's height and depth, its natural width."""

    height: float
    depth: float
    width: float
    spans: tuple[Span, ...]


def set_line(items: Sequence[Item], line: Line, look: Type, measure: float) -> SetLine:
    """The line that has these of a paragraph's items, aligned within `measure` points."""
    body = [item for item in items[line.start : line.end] if not isinstance(item, Penalty)]
    boxes = [item for item in body if isinstance(item, Box)]
    natural = sum([item.width for item in body])
    ending = items[line.end] if line.end < len(items) else None
    if isinstance(ending, Penalty):
        natural += ending.width
    spare = max(0.0, measure - natural)
    start = {"center": spare / 2, "right": spare}.get(look.alignment, 0.0)
    justified = look.alignment == "justify" and line.ratio <= _LOOSEST
    setter = _Setter(start, look.color)
    setter.add(body, line.ratio if justified else min(line.ratio, 0.0))
    return SetLine(
        height=max([box.height for box in boxes], default=0.0),
        depth=max([box.depth for box in boxes], default=0.0),
        width=natural,
        spans=setter.ended(ending),
    )


class _Setter:
    """Sets the items of a line that begins at `start` from left to right."""

    def __init__(self, start: float, color: str) -> None:
        self._start, self._color = start, color
        self._x = 0.0
        self._spans: list[Span] = []
        self._words: list[Placed] = []
        self._formula: tuple[float, Piece, float] | None = None

    def add(self, items: Sequence[Box | Glue], ratio: float) -> None:
        """Set these items, glue with so much of its stretch, or of its shrink if negative."""
        for item in items:
            ink = item.ink
            if isinstance(ink, Word):
                self._word(ink)
            elif isinstance(ink, Piece):
                self._piece(ink)
            self._x += item.width + ratio * (item.stretch if ratio > 0 else item.shrink)

    def ended(self, ending: Item | None) -> tuple[Span, ...]:
        """All that was set: with a hyphen where a word is broken, a blank where words are parted.

        The blank is not seen, but copied with the text.
        """
        if isinstance(ending, Penalty | Glue) and isinstance(ending.ink, Word):
            self._word(ending.ink)
        self._flush()
        return tuple(self._spans)

    def _word(self, word: Word) -> None:
        if self._formula:
            self._flush()
        self._words.append((self._x, word))

    def _piece(self, piece: Piece) -> None:
        """Pieces of a formula that meet again on a line are drawn as one."""
        if self._formula and not piece.first:
            x, begun, _ = self._formula
            self._formula = (x, begun, piece.right)
            return
        self._flush()
        self._formula = (self._x, piece, piece.right)

    def _flush(self) -> None:
        if self._formula:
            x, piece, right = self._formula
            ink = formula_ink(piece.whole, piece.size, self._color, piece.left, right)
            self._spans.append(Span(x + self._start, ink, piece.whole, piece.first))
            self._formula = None
        if self._words:
            x = self._words[0][0]
            self._spans.append(Span(x + self._start, words_ink(self._words, self._color)))
            self._words = []


def words_ink(words: Sequence[Placed], color: str) -> Ink:
    """Words and blanks of one line, from the first one's left edge."""
    glyphs: dict[str, set[int]] = {}
    code = [] if color == "#000000" else [fill_color(color)]
    code.append("BT")
    shown: list[str] = []
    begin = pen = words[0][0]
    font: tuple[Face, float] | None = None
    for face, size, x, text in _joined(words):
        if (face, size) != font:
            if shown:
                code.append(_array(shown))
                shown = []
            font = (face, size)
            used = glyphs.setdefault(face.resource, set())
            code.append(f"/{face.resource} {number(size)} Tf {number(x - begin)} 0 Td")
            begin = pen = x
        gap = (x - pen) * 1000 / size
        if not -_UNSEEN < gap < _UNSEEN:
            shown.append(kern(gap))
        run = face.shape(text)
        shown.append(run.show)
        used.update(run.glyphs)
        pen = x + run.width * size / 1000
    return Ink(" ".join((*code, _array(shown), "ET")), freeze(glyphs))


def _array(shown: Sequence[str]) -> str:
    """What shows strings and moves between them."""
    return "[" + "".join(shown).replace("><", "") + "]TJ"


def _joined(words: Sequence[Placed]) -> Iterator[tuple[Face, float, float, str]]:
    """Face, size, place and text of each word; syllables that met again are one."""
    begun, first = words[0]
    face, size, text = first.face, first.size, first.text
    for x, word in words[1:]:
        same = word.face is face and word.size == size
        if same and word.text != " " != text and not _apart(text, word.text):
            text += word.text
        else:
            yield face, size, begun, text
            begun, face, size, text = x, word.face, word.size, word.text
    yield face, size, begun, text


def _apart(before: str, after: str) -> bool:
    """Whether there may be space between two texts though there is no blank."""
    return is_wide(before[-1]) or is_wide(after[0])
