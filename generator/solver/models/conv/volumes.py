"""What lies between two layers, drawn: a stack of sheets for maps, a column of dots for units.

A drawing is not to scale, so that nothing can be measured off it. It is made of outlines and light
greys and reads the same in black and white.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.model.dataclass import dataclass
from generator.model.figure import Circle, Label, Line, Polyline, Rectangle, Shape, Stroke

OUTLINE = Stroke(color="#333333", width=0.7)
THIN = Stroke(color="#666666", width=0.5)
DASHED = Stroke(color="#666666", width=0.6, dash=(2.5, 2))
STRONG = Stroke(color="#1f3a5f", width=1.1)
PAPER, SHADE, GREY = "#ffffff", "#f0f0f0", "#d4dbe4"

STEP_X, STEP_Y = 5.0, 4.0
"""How far each sheet lies to the right of and above the one before it."""
SHEETS = 4
"""The most sheets that are drawn of a volume."""
_MARGIN = 5.0
"""How far the outline of the padding lies from the map."""
_UNITS, _RADIUS, _PITCH = 5, 3.4, 11.0
"""The most units that are drawn one by one, their radius, and their distance."""
DEPTH = 0.35
"""The depth of a box of a three-dimensional input, as a share of its side."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Volume:
    """The output of a layer (or the input) as drawn.

    `count` maps with so many `axes` (0: units in a row), each of height `side`; `margin` draws
    padding around it.
    """

    count: int
    axes: int
    side: float
    margin: bool = False

    @property
    def sheets(self) -> int:
        """How many of its maps are drawn."""
        return min(self.count, SHEETS)

    @property
    def face(self) -> float:
        """The width of one map."""
        return self.side if self.axes > 1 else 9.0

    @property
    def width(self) -> float:
        """The width of the whole drawing."""
        depth = DEPTH * self.side if self.axes == 3 else 0.0
        return self.face + depth + (self.sheets - 1) * STEP_X * (self.axes > 0)

    @property
    def above(self) -> float:
        """How far it reaches above its middle."""
        if not self.axes:
            return (min(self.count, _UNITS) - 1) * _PITCH / 2 + _RADIUS
        depth = DEPTH * self.side * 0.8 if self.axes == 3 else 0.0
        return self.below + max(0.0, depth + (self.sheets - 1) * STEP_Y - self._border)

    @property
    def below(self) -> float:
        """How far it reaches below its middle."""
        return self.side / 2 + self._border if self.axes else self.above

    @property
    def _border(self) -> float:
        return _MARGIN if self.margin else 0.0

    def draw(self, left: float, middle: float) -> Iterator[Shape]:
        """The shapes with the front map's left edge at `left` and its centre at `middle`."""
        if not self.axes:
            yield from self._units(left, middle)
            return
        for index in reversed(range(self.sheets)):
            x = left + index * STEP_X
            top = middle - self.side / 2 - index * STEP_Y
            yield from self._map(x, top, PAPER if index == 0 else SHADE)
        if self.margin:
            yield Rectangle(
                x=left - _MARGIN,
                y=middle - self.below,
                width=self.face + 2 * _MARGIN,
                height=2 * self.below,
                stroke=DASHED,
            )

    def _map(self, x: float, y: float, fill: str) -> Iterator[Shape]:
        if self.axes == 3:
            yield from self._box(x, y)
        yield Rectangle(
            x=x, y=y, width=self.face, height=self.side, stroke=OUTLINE, fill=fill, corner=0
        )
        if self.axes == 1:
            cells = 6
            for cell in range(1, cells):
                height = y + self.side * cell / cells
                yield Line(x1=x, y1=height, x2=x + self.face, y2=height, stroke=THIN)

    def _box(self, x: float, y: float) -> Iterator[Shape]:
        """The top and the right side of a box behind the front map."""
        dx, dy = DEPTH * self.side, DEPTH * self.side * 0.8
        right, bottom = x + self.face, y + self.side
        top = ((x, y), (x + dx, y - dy), (right + dx, y - dy), (right, y))
        side = ((right, y), (right + dx, y - dy), (right + dx, bottom - dy), (right, bottom))
        for points in (top, side):
            yield Polyline(points=points, stroke=OUTLINE, fill=SHADE, closed=True)

    def _units(self, left: float, middle: float) -> Iterator[Shape]:
        """Up to five units, or two and two with dots between."""
        few = self.count <= _UNITS
        places = range(self.count) if few else (0, 1, 3, 4)
        x = left + self.face / 2
        top = middle - self.above + _RADIUS
        for place in places:
            y = top + place * _PITCH
            yield Circle(x=x, y=y, radius=_RADIUS, stroke=OUTLINE, fill=PAPER)
        if not few:
            yield Label(x=x, y=middle, latex=r"\vdots", size=8)


def window_on(volume: Volume, left: float, middle: float, share: float, *, low: bool) -> Rectangle:
    """A filter's or a pooling window on the front map, as wide as this share of it.

    It lies `low` on the map where something else lies high.
    """
    width = volume.face if volume.axes == 1 else volume.face * share
    height = volume.side * share
    return Rectangle(
        x=left + (0 if volume.axes == 1 else volume.face * 0.14),
        y=middle + volume.side * 0.4 - height if low else middle - volume.side * 0.34,
        width=width,
        height=height,
        stroke=STRONG,
        fill=GREY,
    )
