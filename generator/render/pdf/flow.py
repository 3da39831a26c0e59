"""Where the pages of a sheet end: fewest pages first, then the least cost.

Each strip says what it costs to begin a page with it; a page that is left empty costs by the square
of its empty share, and an overfull one cannot be. The choice is made over the whole sheet at once
(as Knuth and Plass do for lines), so a heading that would be stranded pulls the lines before it
along, and a page is left short rather than a part torn from its answer space.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from generator.render.pdf.strips import NEVER, Strip, Strips

_EMPTY = 400
"""What a page left wholly empty would cost; the last page may be."""
_PAGE = 1_000
"""What a page costs: a break that saves a page may be this much worse."""
_EXACT = 1e-6


@dataclass(frozen=True, slots=True)
class Page:
    """The strips of a page and how far each stands below the top of its text."""

    strips: Strips
    tops: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class _Unit:
    """Strips that only a page too low for them may part; `start` is the first one's index."""

    start: int
    height: float
    gap: float
    cut: int


@dataclass(frozen=True, slots=True)
class _Break:
    at: int
    cost: float
    previous: _Break | None


def paginate(strips: Sequence[Strip], first: float, later: float) -> tuple[Page, ...]:
    """Divide strips into pages whose text is `first` points high, `later` on all but the first.

    A strip that is taller has a page of its own.
    """
    if not strips:
        return ()
    units = _units(strips, min(first, later))
    best: list[_Break | None] = [_Break(0, 0.0, None)] + [None] * len(units)
    for start in range(len(units)):
        reached = best[start]
        if reached is None:
            continue
        height = later if start else first
        for end, filled in _ends(units, start, height):
            cost = reached.cost + _cost(units, end, filled / height)
            known = best[end]
            if known is None or cost < known.cost:
                best[end] = _Break(end, cost, reached)
    bounds = [unit.start for unit in units] + [len(strips)]
    places = [bounds[at] for at in _trace(best[-1])]
    return tuple(_page(strips[start:end]) for start, end in pairwise(places))


def _units(strips: Sequence[Strip], height: float) -> list[_Unit]:
    units: list[_Unit] = []
    for i, strip in enumerate(strips):
        last = units[-1] if units else None
        whole = last.height + strip.gap + strip.height if last else 0.0
        if last and strip.cut >= NEVER and whole <= height:
            units[-1] = _Unit(last.start, whole, last.gap, last.cut)
        else:
            units.append(_Unit(i, strip.height, strip.gap, strip.cut))
    return units


def _ends(units: Sequence[_Unit], start: int, height: float) -> Iterator[tuple[int, float]]:
    """Where a page that begins with this unit may end, and how high its text then is."""
    filled = units[start].height
    yield start + 1, min(filled, height)
    for end in range(start + 1, len(units)):
        filled += units[end].gap + units[end].height
        if filled > height + _EXACT:
            return
        yield end + 1, filled


def _cost(units: Sequence[_Unit], end: int, filled: float) -> float:
    if end == len(units):
        return _PAGE
    empty = 1 - filled
    return _PAGE + units[end].cut + _EMPTY * empty * empty


def _trace(step: _Break | None) -> list[int]:
    places = []
    while step is not None:
        places.append(step.at)
        step = step.previous
    return places[::-1]


def _page(strips: Sequence[Strip]) -> Page:
    tops, y = [], 0.0
    for i, strip in enumerate(strips):
        y += strip.gap if i else 0.0
        tops.append(y)
        y += strip.height
    return Page(tuple(strips), tuple(tops))
