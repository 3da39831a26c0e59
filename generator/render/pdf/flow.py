"""Where the pages of a sheet end.

Each strip says what it costs to begin a page with it; a page costs by the square of its empty
part, and an overfull one cannot be. Page after page the cheapest end is taken, so a heading that
would be stranded goes to the next page, a paragraph is torn only if much would stay empty
otherwise, and a page is left short rather than a part torn from its answer space.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.model.dataclass import dataclass
from generator.render.pdf.strips import Strip, Strips

_EMPTY = 1_000
"""What a page left wholly empty would cost."""
_EXACT = 1e-6


@dataclass(frozen=True, slots=True)
class Page:
    """The strips of a page and how far each stands below the top of its text."""

    strips: Strips
    tops: tuple[float, ...]


def paginate(strips: Sequence[Strip], first: float, later: float) -> tuple[Page, ...]:
    """Divide strips into pages whose text is `first` points high, `later` on all but the first.

    A strip that is taller has a page of its own.
    """
    pages: list[Page] = []
    start = 0
    while start < len(strips):
        height = later if pages else first
        again = _again(strips[start], height)
        end = _end(strips, start, height - sum(strip.height for strip in again))
        pages.append(_page((*again, *strips[start:end])))
        start = end
    return tuple(pages)


def _again(strip: Strip, height: float) -> Strips:
    """What is repeated above the first strip of a page, beside the same bar, if there is room."""
    if strip.again is None or strip.again.height + strip.height > height:
        return ()
    return (strip.again._replace(bar=strip.bar),)


def _end(strips: Sequence[Strip], start: int, height: float) -> int:
    """The cheapest end of the page that begins at `start`; of equal ones the last."""
    best, cheapest = start + 1, float("inf")
    for end, filled in _ends(strips, start, height):
        cost = _cost(strips, end, filled / height)
        if cost <= cheapest:
            best, cheapest = end, cost
    return best


def _ends(strips: Sequence[Strip], start: int, height: float) -> Iterator[tuple[int, float]]:
    """All ends of a page that is not overfull, and how high its text then is."""
    filled = strips[start].height
    yield start + 1, min(filled, height)
    for end in range(start + 1, len(strips)):
        filled += strips[end].gap + strips[end].height
        if filled > height + _EXACT:
            return
        yield end + 1, filled


def _cost(strips: Sequence[Strip], end: int, filled: float) -> float:
    if end == len(strips):
        return 0.0
    empty = 1 - filled
    return strips[end].cut + _EMPTY * empty * empty


def _page(strips: Sequence[Strip]) -> Page:
    tops, y = [], 0.0
    for i, strip in enumerate(strips):
        y += strip.gap if i else 0.0
        tops.append(y)
        y += strip.height
    return Page(tuple(strips), tuple(tops))
