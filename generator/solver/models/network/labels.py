r"""Room for labels: how large a formula is, and where beside a line nothing else is.

Sizes are estimates from above, in the proportions of STIX Two Math: letters about 0.75 em wide,
indices at 0.7 of the size.
"""

from __future__ import annotations

import re
from dataclasses import replace

from generator.model.dataclass import dataclass
from generator.model.figure import Label, Line

PAD = 0.8
"""Clearance on all sides, in points."""

_WIDTH, _SMALL, _HEIGHT, _DEPTH = 0.72, 0.42, 0.45, 0.5
"""In em: the width of a letter and of one in an index, and what a label with an index takes above
and below its centre line, which is the axis of its formula."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A rectangle, y downwards."""

    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: Box) -> bool:
        """Whether two boxes share a point."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def crossed(self, line: Line) -> bool:
        """Whether a line passes through the box (Liang and Barsky's clipping)."""
        dx, dy = line.x2 - line.x1, line.y2 - line.y1
        start, end = 0.0, 1.0
        for step, room in (
            (-dx, line.x1 - self.left),
            (dx, self.right - line.x1),
            (-dy, line.y1 - self.top),
            (dy, self.bottom - line.y1),
        ):
            if step == 0:
                if room < 0:
                    return False
            elif step < 0:
                start = max(start, room / step)
            else:
                end = min(end, room / step)
        return start < end


def box(label: Label) -> Box:
    """The room that a label takes, with clearance."""
    width = _width(label.latex) * label.size
    left = {"start": 0.0, "middle": width / 2, "end": width}[label.anchor]
    return Box(
        left=label.x - left - PAD,
        top=label.y - _HEIGHT * label.size - PAD,
        right=label.x - left + width + PAD,
        bottom=label.y + _DEPTH * label.size + PAD,
    )


def _width(latex: str) -> float:
    """The width of a symbol with an index, in em."""
    base, _, index = latex.partition("_")
    letters = len(re.sub(r"\\[A-Za-z]+", "x", base))
    small = len(re.sub(r"\\[A-Za-z]+", "x", index).strip("{}"))
    return letters * _WIDTH + small * _SMALL


def row_of_labels(
    edges: list[tuple[Line, str]], lines: list[Line], taken: list[Box]
) -> list[Label]:
    """Labels for edges that leave the same column: all at one distance, none on anything.

    Falling lines have them above, rising ones below, where their fan is open; if there is no such
    distance, all stand on one side; if there is none at all, the edges stay without labels.
    """
    for size in (9.5, 9.0, 8.5, 8.0):
        for away in range(16, 64, 2):
            for sides in ((-1, -1, 1), (-1, -1, -1), (1, 1, 1)):
                spots = [_spot(line, latex, size, away, sides) for line, latex in edges]
                if _are_clear(spots, lines, taken):
                    return spots
    return []


def _spot(line: Line, latex: str, size: float, away: float, sides: tuple[int, int, int]) -> Label:
    """The label of one line, so far from its begin; `sides` for falling, level, rising lines."""
    slope = (line.y2 - line.y1) / (line.x2 - line.x1)
    falling, level, rising = sides
    side = falling if slope > 0.02 else rising if slope < -0.02 else level
    x = line.x1 + away
    return _beside(Label(x=x, y=line.y1 + slope * away, latex=latex, size=size), slope, side)


def _are_clear(spots: list[Label], lines: list[Line], taken: list[Box]) -> bool:
    rooms = [box(spot) for spot in spots]
    for at, room in enumerate(rooms):
        others = (*taken, *rooms[:at])
        if any(room.overlaps(other) for other in others):
            return False
        if any(room.crossed(line) for line in lines):
            return False
    return True


def _beside(label: Label, slope: float, side: int) -> Label:
    """A label on a line moved above (-1) or below (1) it, as little as its box allows."""
    room = box(label)
    reach = abs(slope) * (room.right - room.left) / 2 + 0.3
    away = label.y - room.top if side > 0 else room.bottom - label.y
    return replace(label, x=round(label.x, 2), y=round(label.y + side * (reach + away), 2))
