"""What a drawing is put together on: shapes, and where a label still finds room.

Coordinates are those of the frame, y upwards; `figure` turns them over, with a margin around all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any, Literal

from generator.model.figure import Circle, Figure, Label, Line, Polyline, Rectangle, Shape, Stroke
from generator.solver.plots.labels import Caption, extent
from generator.solver.plots.room import Box, Grid
from generator.solver.plots.sampling import Chain

CURVE = 1.3
"""The width of a curve's line."""

_MARGIN = 4.0
_CLEAR = 1.0
"""Free space around a label."""

Anchor = Literal["start", "middle", "end"]
Spot = tuple[float, float, Anchor]
"""Where a label may go: its place, and which of its points is there."""


class Board:
    """Shapes on a frame of `width` by `height`, in drawing order."""

    def __init__(self, width: float, height: float) -> None:
        self._shapes: list[Shape] = []
        self._labels: list[Label] = []
        self._size = (width, height)
        self._bounds = Box(left=0, low=0, right=width, high=height)
        self.ink = Grid(width, height)
        """Where no label may be."""
        self.faint = Grid(width, height)
        """Where a label may be that clears what is behind it."""

    # --- shapes ---

    def line(self, start: tuple[float, float], stop: tuple[float, float], stroke: Stroke) -> None:
        """A straight line."""
        self._add(Line(x1=start[0], y1=start[1], x2=stop[0], y2=stop[1], stroke=stroke))
        self._reach(start, stop)

    def arrow(self, start: tuple[float, float], stop: tuple[float, float], stroke: Stroke) -> None:
        """A straight line with a head."""
        self._add(Line(x1=start[0], y1=start[1], x2=stop[0], y2=stop[1], stroke=stroke, arrow=True))
        self._reach(start, stop)

    def chain(self, points: Chain, stroke: Stroke) -> None:
        """A curve."""
        self._add(Polyline(points=points, stroke=stroke))

    def area(self, points: Chain, fill: str) -> None:
        """A filled area without an outline."""
        self._add(Polyline(points=points, stroke=None, fill=fill, closed=True))

    def circle(self, place: tuple[float, float], radius: float, color: str, fill: str) -> None:
        """A point."""
        x, y = place
        stroke = Stroke(color=color, width=1.0)
        self._add(Circle(x=x, y=y, radius=radius, stroke=stroke, fill=fill))
        self._reach((x - radius, y - radius), (x + radius, y + radius))

    def rectangle(self, stroke: Stroke) -> None:
        """The frame itself."""
        width, height = self._size
        self._add(Rectangle(x=0, y=0, width=width, height=height, stroke=stroke))

    # --- labels ---

    def box(self, content: Caption, spot: Spot, size: float) -> Box:
        """The room that a label takes."""
        x, y, anchor = spot
        room = extent(content)
        width = room.width * size
        left = x - {"start": 0.0, "middle": width / 2, "end": width}[anchor]
        return Box(
            left=left, low=y - room.below * size, right=left + width, high=y + room.above * size
        )

    def label(self, content: Caption, spot: Spot, size: float, *, halo: bool = False) -> None:
        """A label where the caller wants it."""
        x, y, anchor = spot
        box = self.box(content, spot, size)
        self._labels.append(
            Label(
                x=round(x, 2),
                y=round(y, 2),
                latex=content.latex,
                text=content.text,
                size=size,
                anchor=anchor,
                halo=halo,
            )
        )
        self.ink.fill(box)
        self._reach((box.left, box.low), (box.right, box.high))

    def place(
        self,
        content: Caption,
        spots: Iterable[Spot],
        size: float,
        *,
        apart: Callable[[Box], bool] = lambda _: True,
        over: bool = False,
    ) -> bool:
        """A label at the first of the spots that is free; False if none is.

        `apart` is one more condition; `over`: it may stand on faint lines, which it then clears.
        """
        for spot in spots:
            box = self.box(content, spot, size).grown(_CLEAR)
            clear = self.faint.is_free(box)
            if (clear or over) and self.ink.is_free(box) and apart(box):
                self.label(content, spot, size, halo=not clear)
                return True
        return False

    def attempt(self, placed: Callable[[], bool]) -> bool:
        """Place labels; where that fails, the board is as it was before."""
        count, ink, bounds = len(self._labels), self.ink.ink.copy(), self._bounds
        if placed():
            return True
        del self._labels[count:]
        self.ink.ink[...] = ink
        self._bounds = bounds
        return False

    # --- the whole ---

    def key(self, entries: list[tuple[Stroke, Caption]], size: float) -> None:
        """Samples of strokes with their names, in rows below all else."""
        sample, space, gap, leading = 20.0, 4.0, 14.0, 14.0
        limit = max(self._size[0], self._bounds.right)
        x, y = 0.0, self._bounds.low - leading
        for stroke, content in entries:
            width = extent(content).width * size
            if x and x + sample + space + width > limit:
                x, y = 0.0, y - leading
            self.line((x, round(y, 2)), (x + sample, round(y, 2)), stroke)
            self.label(content, (x + sample + space, y, "start"), size)
            x = round(x + sample + space + width + gap, 2)

    def figure(self, alt: str) -> Figure:
        """All shapes, the labels on top."""
        box = self._bounds.grown(_MARGIN)
        shapes = tuple(
            _TURNED[type(shape)](shape, -box.left, box.high)
            for shape in (*self._shapes, *self._labels)
        )
        return Figure(
            width=round(box.right - box.left, 2),
            height=round(box.high - box.low, 2),
            shapes=shapes,
            alt=alt,
        )

    def _add(self, shape: Shape) -> None:
        self._shapes.append(shape)

    def _reach(self, *points: tuple[float, float]) -> None:
        box = self._bounds
        self._bounds = Box(
            left=min(box.left, *(x for x, _ in points)),
            low=min(box.low, *(y for _, y in points)),
            right=max(box.right, *(x for x, _ in points)),
            high=max(box.high, *(y for _, y in points)),
        )


def _right(x: float, by: float) -> float:
    return round(x + by, 2)


def _down(y: float, top: float) -> float:
    return round(top - y, 2)


def _line(shape: Line, x: float, top: float) -> Line:
    return replace(
        shape,
        x1=_right(shape.x1, x),
        y1=_down(shape.y1, top),
        x2=_right(shape.x2, x),
        y2=_down(shape.y2, top),
    )


def _polyline(shape: Polyline, x: float, top: float) -> Polyline:
    return replace(shape, points=tuple((_right(a, x), _down(b, top)) for a, b in shape.points))


def _circle(shape: Circle, x: float, top: float) -> Circle:
    return replace(shape, x=_right(shape.x, x), y=_down(shape.y, top))


def _rectangle(shape: Rectangle, x: float, top: float) -> Rectangle:
    return replace(shape, x=_right(shape.x, x), y=_down(shape.y + shape.height, top))


def _label(shape: Label, x: float, top: float) -> Label:
    return replace(shape, x=_right(shape.x, x), y=_down(shape.y, top))


_TURNED: Mapping[type, Callable[[Any, float, float], Shape]] = MappingProxyType(
    {
        Line: _line,
        Polyline: _polyline,
        Circle: _circle,
        Rectangle: _rectangle,
        Label: _label,
    }
)
