"""Where the pages of a sheet end: fewest pages first, then the least cost.

Each strip says what it costs to begin a page with it; a page that is left empty costs by the square
of its empty share, and an overfull one cannot be. The choice is made over the whole sheet at once
(as Knuth and Plass do for lines), so a heading that would be stranded pulls the lines before it
along, and a page is left short rather than a part torn from its answer space.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from generator.render.pdf.strips import Strip, Strips

_EMPTY = 400
"""What a page left wholly empty would cost; the last page may be."""


@dataclass(frozen=True, slots=True)
class Page:
    """The strips of a page and how far each stands below the top of its text."""

    strips: Strips
    tops: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class _Break:
    at: int
    cost: float
    previous: _Break | None


def paginate(strips: Sequence[Strip], first: float, later: float) -> tuple[Page, ...]:
    """Divide strips into pages whose text is `first` points high on the first page and `later` on
    all others; a strip that is taller has a page of its own.
    """
    if not strips:
        return ()
    best: list[_Break | None] = [_Break(0, 0.0, None)] + [None] * len(strips)
    for start, strip in enumerate(strips):
        reached = best[start]
        if reached is None:
            continue
        height = first if start == 0 else later
        filled = strip.height
        for end in range(start + 1, len(strips) + 1):
            if end > start + 1:
                filled += strips[end - 1].gap + strips[end - 1].height
                if filled > height + 1e-6:
                    break
            cost = reached.cost + _cost(strips, end, filled, height)
            known = best[end]
            if known is None or cost < known.cost:
                best[end] = _Break(end, cost, reached)
    ends = []
    step = best[len(strips)]
    while step is not None and step.previous is not None:
        ends.append(step.at)
        step = step.previous
    starts = [0, *reversed(ends)]
    return tuple(_page(strips[start:end]) for start, end in pairwise(starts))


def _cost(strips: Sequence[Strip], end: int, filled: float, height: float) -> float:
    if end == len(strips):
        return _PAGE
    empty = max(0.0, 1 - filled / height)
    return _PAGE + strips[end].cut + _EMPTY * empty * empty


_PAGE = 1_000
"""What a page costs: a break that saves a page may be this much worse."""


def _page(strips: Sequence[Strip]) -> Page:
    tops, y = [], 0.0
    for i, strip in enumerate(strips):
        y += strip.gap if i else 0.0
        tops.append(y)
        y += strip.height
    return Page(tuple(strips), tuple(tops))
