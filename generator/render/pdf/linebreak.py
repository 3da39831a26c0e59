r"""Where the lines of a paragraph end: the algorithm of Knuth and Plass.

A paragraph is a list of items: a `Box` has ink, `Glue` may stretch and shrink, a `Penalty` is a
place to break that costs something and may put ink of its own at the line's end (a hyphen). The
breaks chosen are those with the least sum of demerits over the whole paragraph (Knuth and Plass,
"Breaking Paragraphs into Lines", Software: Practice and Experience 11, 1981), with TeX's
classes of tightness: a loose line beside a tight one costs extra.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class _Node:
    start: int
    demerits: float
    tightness: int
    flagged: bool
    line: Line | None
    previous: _Node | None


def break_lines(items: Sequence[Item], measure: float, rag: float = 0.0) -> tuple[Line, ...]:
    r"""The lines of a paragraph, which must end in a forced break, for lines of width `measure`.

    With a `rag` lines need not be full: so much white at the end of each is as good as glue
    stretched once (TeX's \rightskip), and no blank shrinks. A line that cannot fit is overfull
    (its ratio is -1) rather than lost.
    """
    paragraph = _Paragraph(items, measure, rag)
    for tolerance, hyphens in _PASSES:
        lines = paragraph.attempt(tolerance, hyphens=hyphens)
        if lines:
            return lines
    return paragraph.attempt(_ANY, rescue=True)


class _Paragraph:
    """The items with running totals of their width, stretch and shrink."""

    def __init__(self, items: Sequence[Item], measure: float, rag: float) -> None:
        self._items, self._measure, self._rag = items, measure, rag
        width = stretch = shrink = 0.0
        self._width, self._stretch, self._shrink = [0.0], [0.0], [0.0]
        for item in items:
            if isinstance(item, Box):
                width += item.width
            elif isinstance(item, Glue):
                width += item.width
                stretch += item.stretch
                shrink += item.shrink
            self._width.append(width)
            self._stretch.append(stretch)
            self._shrink.append(shrink)

    def attempt(
        self, tolerance: float, *, hyphens: bool = True, rescue: bool = False
    ) -> tuple[Line, ...]:
        """The best breaks whose lines are no looser than `tolerance`; none if there are none.

        With `rescue` a line that fits in no way is taken as it is.
        """
        active = [_Node(_content(self._items, 0), 0.0, 1, False, None, None)]
        for end, item in enumerate(self._items):
            cost, extra, flagged = _price(self._items, end, item)
            if cost >= NEVER or (flagged and not hyphens):
                continue
            best: dict[int, _Node] = {}
            kept: list[_Node] = []
            for node in active:
                ratio = self._ratio(node.start, end, extra)
                if ratio >= -1 and cost > -NEVER:
                    kept.append(node)
                if -1 <= ratio <= tolerance:
                    _offer(best, self._extend(node, end, ratio, (cost, flagged)))
            if not kept and not best:
                if not rescue:
                    return ()
                last = max(active, key=lambda node: node.start)  # sticks out least
                best[0] = self._extend(last, end, -1.0, (_OVERFULL, flagged))
            active = kept + list(best.values())
        return _trace(min(active, key=lambda node: node.demerits))

    def _ratio(self, start: int, end: int, extra: float) -> float:
        """How the glue between two breaks must be set; beyond any tolerance if it cannot be."""
        room = self._measure - (self._width[end] - self._width[start] + extra)
        if room >= 0:
            stretch = self._stretch[end] - self._stretch[start] + self._rag
            return room / stretch if stretch > 0 else (0.0 if room < _EXACT else INFINITE)
        shrink = 0.0 if self._rag else self._shrink[end] - self._shrink[start]
        return room / shrink if shrink > 0 else (0.0 if room > -_EXACT else -INFINITE)

    def _extend(self, node: _Node, end: int, ratio: float, price: tuple[int, bool]) -> _Node:
        cost, flagged = price
        stretched = min(abs(ratio), _BAD)
        badness = _LINE_COST + 100 * stretched * stretched * stretched
        demerits = badness * badness
        if cost > 0:
            demerits += cost * cost
        elif cost > -NEVER:
            demerits -= cost * cost
        tightness = 0 if ratio < -0.5 else 1 if ratio <= 0.5 else 2 if ratio <= 1 else 3
        if node.line and abs(tightness - node.tightness) > 1:
            demerits += _MISMATCH
        if flagged and node.flagged:
            demerits += _FLAGGED_TWICE
        line = Line(node.start, end, ratio)
        start = _content(self._items, end)
        return _Node(start, node.demerits + demerits, tightness, flagged, line, node)


def _price(items: Sequence[Item], place: int, item: Item) -> tuple[int, float, bool]:
    """What a break at this item costs, the width of ink that it adds, whether it is a hyphen."""
    if isinstance(item, Penalty):
        return item.cost, item.width, item.flagged
    if isinstance(item, Glue) and place > 0 and isinstance(items[place - 1], Box):
        return 0, 0.0, False
    return NEVER, 0.0, False


def _content(items: Sequence[Item], place: int) -> int:
    """The first item of a line that begins after a break at `place`: glue there is dropped."""
    for index in range(place, len(items)):
        item = items[index]
        if isinstance(item, Box) or (
            isinstance(item, Penalty) and item.cost <= -NEVER and index > place
        ):
            return index
    return len(items)


def _offer(best: dict[int, _Node], node: _Node) -> None:
    """Keep the better one; of two as good (letters without blanks) what fills lines first."""
    known = best.get(node.tightness)
    if known is None or node.demerits <= known.demerits:
        best[node.tightness] = node


def _trace(node: _Node) -> tuple[Line, ...]:
    lines = []
    step: _Node | None = node
    while step is not None and step.line is not None:
        lines.append(step.line)
        step = step.previous
    return tuple(reversed(lines))
