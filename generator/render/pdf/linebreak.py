r"""Where the lines of a paragraph end: the algorithm of Knuth and Plass.

A paragraph is a list of items: a `Box` has ink, `Glue` may stretch and shrink, a `Penalty` is a
place to break that costs something and may put ink of its own at the line's end (a hyphen). The
breaks chosen are those with the least sum of demerits over the whole paragraph (Knuth and Plass,
"Breaking Paragraphs into Lines", Software: Practice and Experience 11, 1981), with TeX's
classes of tightness: a loose line beside a tight one costs extra.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, NamedTuple

from generator.model.dataclass import dataclass

NEVER = 10_000
"""A penalty that forbids a break; its negative forces one."""
INFINITE = 1e6
"""Stretch that fills any line."""

_PASSES = ((1.0, False), (1.26, True), (2.5, True), (6.0, True))
"""How far glue may stretch beyond its stretch, and whether hyphens are allowed, tried in turn until
all lines fit: the first two are TeX's \\pretolerance of 100 and LaTeX's \\tolerance of 200."""
_ANY = 2 * INFINITE
_LINE_COST = 10
_FLAGGED_TWICE = 10_000
_MISMATCH = 6_000
_OVERFULL = 10**9
_BAD = 100.0
"""Lines stretched more than this are all equally bad."""
_EXACT = 1e-6


@dataclass(frozen=True, slots=True)
class Box:
    """Something that is drawn: `width` along the line, ink `height` above and `depth` below it."""

    width: float
    height: float
    depth: float
    ink: object
    stretch: ClassVar[float] = 0.0
    shrink: ClassVar[float] = 0.0


@dataclass(frozen=True, slots=True)
class Glue:
    """Space; `ink` is the blank that it stands for, if the text has one there."""

    width: float
    stretch: float
    shrink: float
    ink: object = None


@dataclass(frozen=True, slots=True)
class Penalty:
    """A place to break at a cost; `width` and `ink` appear only if the line ends here."""

    cost: int
    width: float = 0.0
    flagged: bool = False
    ink: object = None


Item = Box | Glue | Penalty


@dataclass(frozen=True, slots=True)
class Line:
    """Items `start` to `end` (exclusive); the break is at `end`, glue is set by `ratio`."""

    start: int
    end: int
    ratio: float


class _Place(NamedTuple):
    """A place among the items, and the width, stretch and shrink of all before it."""

    item: int
    width: float
    stretch: float
    shrink: float


class _Break(NamedTuple):
    """Where a line may end: what that costs, the width that it adds, whether it is a hyphen."""

    at: _Place
    cost: int
    extra: float
    flagged: bool


class _Node(NamedTuple):
    """The best way to a break. A tuple, because hundreds are compared for each paragraph.

    `start` is where the next line begins; `end` and `ratio` are those of the line before it, which
    began at `previous.start`.
    """

    start: _Place
    demerits: float
    tightness: int
    flagged: bool
    end: int
    ratio: float
    previous: _Node | None


def break_lines(items: Sequence[Item], measure: float, rag: float = 0.0) -> tuple[Line, ...]:
    r"""The lines of a paragraph, which must end in a forced break, for lines of width `measure`.

    With a `rag` lines need not be full: so much white at the end of each is as good as glue
    stretched once (TeX's \rightskip), and no blank shrinks. A line that cannot fit is overfull
    (its ratio is -1) rather than lost.
    """
    whole = _one_line(items, measure, rag)
    if whole:
        return (whole,)
    for tolerance, hyphens in _PASSES:
        lines = _Paragraph(items, measure, rag, hyphens=hyphens).attempt(tolerance)
        if lines:
            return lines
    return _Paragraph(items, measure, rag, hyphens=True).attempt(_ANY, rescue=True)


def _one_line(items: Sequence[Item], measure: float, rag: float) -> Line | None:
    """All items as one line, if it holds them and is nearly full or ends in stretch enough.

    A line whose glue is stretched by less than a third has demerits of less than 200, and any two
    lines have as many: each `_LINE_COST` squared. So nothing else need be tried.
    """
    if not isinstance(items[0], Box):
        return None
    width = stretch = 0.0
    for item in items[:-1]:
        if isinstance(item, Box):
            width += item.width
            if width > measure:
                return None
        elif isinstance(item, Glue):
            width += item.width
            stretch += item.stretch
        elif item.cost <= -NEVER:
            return None
    room, stretch = measure - width, stretch + rag
    return Line(0, len(items) - 1, room / stretch) if 0 <= room * 3 < stretch else None


class _Paragraph:
    """Where lines of a paragraph may end and begin, with hyphens or without."""

    def __init__(self, items: Sequence[Item], measure: float, rag: float, *, hyphens: bool) -> None:
        self._measure, self._rag = measure, rag
        self._breaks, self._starts = _places(items, hyphens=hyphens)

    def attempt(self, tolerance: float, *, rescue: bool = False) -> tuple[Line, ...]:
        """The best breaks whose lines are no looser than `tolerance`; none if there are none.

        With `rescue` a line that fits in no way is taken as it is.
        """
        first, *starts = self._starts
        active = [_Node(first, 0.0, 1, False, 0, 0.0, None)]
        for end, start in zip(self._breaks, starts, strict=True):
            best: dict[int, _Node] = {}
            kept: list[_Node] = []
            for node in active:
                ratio = self._ratio(node.start, end)
                if ratio >= -1:
                    if end.cost > -NEVER:
                        kept.append(node)
                    if ratio <= tolerance:
                        _offer(best, _extended(node, end, start, ratio, end.cost))
            if not kept and not best:
                if not rescue:
                    return ()
                last = max(active, key=lambda node: node.start.item)  # sticks out least
                best[0] = _extended(last, end, start, -1.0, _OVERFULL)
            active = [*kept, *best.values()]
        return _trace(min(active, key=lambda node: node.demerits))

    def _ratio(self, start: _Place, end: _Break) -> float:
        """How the glue between two breaks must be set; beyond any tolerance if it cannot be."""
        at = end.at
        room = self._measure - (at.width - start.width + end.extra)
        if room >= 0:
            stretch = at.stretch - start.stretch + self._rag
            return room / stretch if stretch > 0 else (0.0 if room < _EXACT else INFINITE)
        shrink = 0.0 if self._rag else at.shrink - start.shrink
        return room / shrink if shrink > 0 else (0.0 if room > -_EXACT else -INFINITE)


def _places(items: Sequence[Item], *, hyphens: bool) -> tuple[list[_Break], list[_Place]]:
    """Where lines may end; where the first line begins, and where the one after each break does.

    A line begins with a box (glue before it is dropped) or is empty up to a forced break.
    """
    breaks: list[_Break] = []
    starts: list[_Place] = []
    width = stretch = shrink = 0.0
    boxed = False
    for at, item in enumerate(items):
        if isinstance(item, Box):
            if len(starts) <= len(breaks):
                starts += [_Place(at, width, stretch, shrink)] * (len(breaks) + 1 - len(starts))
            width += item.width
            boxed = True
            continue
        if isinstance(item, Glue):
            if boxed:
                breaks.append(_Break(_Place(at, width, stretch, shrink), 0, 0.0, False))
            width += item.width
            stretch += item.stretch
            shrink += item.shrink
        elif item.cost < NEVER and (hyphens or not item.flagged):
            here = _Place(at, width, stretch, shrink)
            if item.cost <= -NEVER and at > 0:
                starts += [here] * (len(breaks) + 1 - len(starts))
            breaks.append(_Break(here, item.cost, item.width, item.flagged))
        boxed = False
    end = _Place(len(items), width, stretch, shrink)
    starts += [end] * (len(breaks) + 1 - len(starts))
    return breaks, starts


def _extended(node: _Node, end: _Break, start: _Place, ratio: float, cost: int) -> _Node:
    """The way to a node and on by a line to this break."""
    stretched = min(abs(ratio), _BAD)
    badness = _LINE_COST + 100 * stretched * stretched * stretched
    demerits = badness * badness
    if cost > 0:
        demerits += cost * cost
    elif cost > -NEVER:
        demerits -= cost * cost
    tightness = 0 if ratio < -0.5 else 1 if ratio <= 0.5 else 2 if ratio <= 1 else 3
    if node.previous and abs(tightness - node.tightness) > 1:
        demerits += _MISMATCH
    if end.flagged and node.flagged:
        demerits += _FLAGGED_TWICE
    total = node.demerits + demerits
    return _Node(start, total, tightness, end.flagged, end.at.item, ratio, node)


def _offer(best: dict[int, _Node], node: _Node) -> None:
    """Keep the better one; of two as good (letters without blanks) what fills lines first."""
    known = best.get(node.tightness)
    if known is None or node.demerits <= known.demerits:
        best[node.tightness] = node


def _trace(node: _Node) -> tuple[Line, ...]:
    lines = []
    while node.previous:
        lines.append(Line(node.previous.start.item, node.end, node.ratio))
        node = node.previous
    return tuple(reversed(lines))
