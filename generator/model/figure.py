"""A vector drawing, made from a model, that every renderer can draw.

Lengths are points (1/72 inch); x grows to the right and y **downwards** from the top left corner,
as in SVG.
"""

from __future__ import annotations

from typing import Literal

from generator.model.dataclass import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Stroke:
    """An outline: `color` is ``#rrggbb``; `dash` alternates drawn and left-out lengths."""

    color: str = "#333333"
    width: float = 0.8
    dash: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A straight line from the first point to the second, `arrow`: with a head at its end."""

    x1: float
    y1: float
    x2: float
    y2: float
    stroke: Stroke = Stroke()
    arrow: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Polyline:
    """A chain of straight lines; `closed` and `fill` make it an area."""

    points: tuple[tuple[float, float], ...]
    stroke: Stroke | None = Stroke()
    fill: str | None = None
    closed: bool = False
    arrow: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Circle:
    """A circle around (x, y)."""

    x: float
    y: float
    radius: float
    stroke: Stroke | None = Stroke()
    fill: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rectangle:
    """A rectangle with its top left corner at (x, y); `corner` is the radius of its corners."""

    x: float
    y: float
    width: float
    height: float
    stroke: Stroke | None = Stroke()
    fill: str | None = None
    corner: float = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A formula (`latex`) or plain text set with its *centre line* at y, anchored at x.

    `halo` clears a margin of the page's colour behind the label, so that it may cross a line.
    """

    x: float
    y: float
    latex: str = ""
    text: str = ""
    size: float = 9.5
    anchor: Literal["start", "middle", "end"] = "middle"
    halo: bool = False

    def __post_init__(self) -> None:
        if bool(self.latex) == bool(self.text):
            raise ValueError("a label is either a formula or plain text")


Shape = Line | Polyline | Circle | Rectangle | Label


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """Shapes in drawing order on a canvas of `width` x `height` points.

    `alt` describes this very drawing in words, for those who do not see it. `caption` is markup,
    shown below when not empty.
    """

    width: float
    height: float
    shapes: tuple[Shape, ...]
    alt: str
    caption: str = ""

    def __post_init__(self) -> None:
        if not self.alt:
            raise ValueError("a figure needs a description in words")
