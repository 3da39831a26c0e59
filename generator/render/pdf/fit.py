"""How running text fits into lines: how wide it is, and what it is in lines of a given width."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import groupby

from generator.model.document import Inlines
from generator.render.pdf.fonts import RECENT
from generator.render.pdf.formula_cuts import INSIDE
from generator.render.pdf.inline import Piece, Type, Word, box, items
from generator.render.pdf.line import SetLine, set_line
from generator.render.pdf.linebreak import Box, Glue, Item, Line, Penalty, break_lines

_RAG = 3.0
"""How much white (in em) at the end of a ragged line is still good."""
_EMERGENCY_COST = 3_000
_MEASURES = 6
"""For so many widths of line the lines of a text are kept."""


def natural_width(content: Inlines, look: Type) -> float:
    """How wide running text is on one line."""
    return galley(content, look).natural


def extent(content: Inlines, look: Type) -> tuple[float, float]:
    """The least and the natural width of running text.

    The least is that of the widest piece that should not be broken: a syllable, a term.
    """
    text = galley(content, look)
    return text.least, text.natural


def set_lines(content: Inlines, look: Type, measure: float) -> tuple[SetLine, ...]:
    """Break running text into lines no wider than `measure` points and set them."""
    return galley(content, look).lines(measure)


@lru_cache(maxsize=RECENT)
def galley(content: Inlines, look: Type) -> Galley:
    """Running text, ready to be set in lines of any width."""
    return Galley(items(content, look), look)


class Galley:
    """Running text as items, how wide they are, and the lines that they were set in.

    Columns of a table are seldom as wide on one form as on another, but the lines of a text in them
    often are the same. Ragged ones depend on nothing but what stands on them, so they are set once.
    """

    __slots__ = ("_items", "_look", "_ragged", "_run", "_set", "least", "natural")

    def __init__(self, found: tuple[Item, ...], look: Type) -> None:
        self._items, self._look = found, look
        self.natural, self.least, self._run = _widths(found)
        self._set: dict[float, tuple[SetLine, ...]] = {}
        self._ragged: dict[tuple[int, int], SetLine] = {}

    def lines(self, measure: float) -> tuple[SetLine, ...]:
        """The lines, no wider than `measure` points."""
        if self._look.alignment == "left":
            measure = min(measure, self.natural)  # beside a single line all room is the same
        found = self._set.get(measure)
        if found is None:
            if len(self._set) >= _MEASURES:
                self._set.clear()
                self._ragged.clear()
            found = self._set[measure] = tuple(self._broken(measure))
        return found

    def _broken(self, measure: float) -> Iterator[SetLine]:
        look = self._look
        found = self._items if self._run <= measure else _fitted(self._items, measure)
        rag = 0.0 if look.alignment == "justify" else _RAG * look.size
        for line in break_lines(found, measure, rag):
            if line.end > line.start:
                ragged = found is self._items and look.alignment == "left" and line.ratio >= 0
                yield self._kept(line) if ragged else set_line(found, line, look, measure)

    def _kept(self, line: Line) -> SetLine:
        """A line whose blanks are as wide as they are anywhere."""
        place = (line.start, line.end)
        if place not in self._ragged:
            self._ragged[place] = set_line(self._items, line, self._look, 0.0)
        return self._ragged[place]


def _widths(found: Sequence[Item]) -> tuple[float, float, float]:
    """The width on one line; of the widest piece that should not be broken; of the widest one that
    cannot be.
    """
    natural = piece = run = least = widest = 0.0
    for item in found:
        if isinstance(item, Box):
            natural += item.width
            piece += item.width
            run += item.width
            least = max(least, piece)
            widest = max(widest, run)
            continue
        run = 0.0
        if isinstance(item, Glue):
            natural += item.width
            piece = 0.0
        elif item.cost < INSIDE:
            piece = 0.0
    return natural, least, widest


def _fitted(found: tuple[Item, ...], measure: float) -> tuple[Item, ...]:
    """The items, with whatever no line could hold made to fit.

    Boxes that no break parts are a run. In a run that is wider than the line, formulas are scaled
    and words may break anywhere.
    """
    fitting: list[Item] = []
    for breakable, group in groupby(found, key=lambda item: not isinstance(item, Box)):
        run = list(group)
        if breakable or sum(item.width for item in run) <= measure:
            fitting += run
        else:
            fitting += _squeezed(run, measure)
    return tuple(fitting)


def _squeezed(run: Sequence[Item], measure: float) -> Iterator[Item]:
    for i, item in enumerate(run):
        assert isinstance(item, Box)  # noqa: S101 - a run is made of boxes
        if i > 0:
            yield Penalty(_EMERGENCY_COST)
        if item.width <= measure:
            yield item
        elif isinstance(item.ink, Word):
            yield from _chopped(item.ink)
        elif isinstance(item.ink, Piece):
            yield _scaled(item, item.ink, measure)


def _chopped(word: Word) -> Iterator[Item]:
    for i, character in enumerate(word.text):
        if i > 0:
            yield Penalty(_EMERGENCY_COST)
        yield box(
            Word(word.face, character, word.size),
            word.face.shape(character).width * word.size / 1000,
        )


def _scaled(whole: Box, piece: Piece, measure: float) -> Box:
    scale = measure / whole.width
    smaller = Piece(piece.whole, piece.left, piece.right, piece.size * scale, piece.first)
    return Box(measure, whole.height * scale, whole.depth * scale, smaller)
