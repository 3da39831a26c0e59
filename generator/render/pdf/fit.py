"""How wide running text is, and how what no line could hold is made to fit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import groupby

from generator.model.document import Inlines
from generator.render.pdf.fonts import RECENT
from generator.render.pdf.formula_cuts import INSIDE
from generator.render.pdf.inline import Piece, Type, Word, box, items
from generator.render.pdf.linebreak import Box, Glue, Item, Penalty

_EMERGENCY_COST = 3_000


def natural_width(content: Inlines, look: Type) -> float:
    """How wide running text is on one line."""
    return sum(item.width for item in items(content, look) if isinstance(item, Box | Glue))


@lru_cache(maxsize=RECENT)
def extent(content: Inlines, look: Type) -> tuple[float, float]:
    """The least and the natural width of running text.

    The least is that of the widest piece that should not be broken: a syllable, a term.
    """
    widest = piece = natural = 0.0
    for item in items(content, look):
        if isinstance(item, Box):
            natural += item.width
            piece += item.width
            widest = max(widest, piece)
        elif isinstance(item, Glue):
            natural += item.width
            piece = 0.0
        elif item.cost < INSIDE:
            piece = 0.0
    return widest, natural


def fitted(found: tuple[Item, ...], measure: float) -> tuple[Item, ...]:
    """The items, with whatever no line could hold made to fit.

    Boxes that no break parts are a run. In a run that is wider than the line, formulas are scaled
    and words may break anywhere.
    """
    if sum(item.width for item in found if isinstance(item, Box)) <= measure:
        return found
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
