"""A figure as an SVG file that stands for itself: no fonts, no scripts, no style sheet.

It is made to be shown by ``<img>``, or to stand within a page: then `prefix` keeps its ids apart
from those of others. Labels are outlines of glyphs, so that they look the same on every machine;
the page is white, since a picture cannot know the colours of the page around it.
Coordinates are rounded to hundredths of a point, which no eye sees and every machine writes alike.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import field
from functools import lru_cache
from typing import Any

from generator.model.dataclass import dataclass
from generator.model.figure import Circle, Figure, Label, Line, Polyline, Rectangle, Shape, Stroke
from generator.render.formula import Outline, outline
from generator.render.hypertext import clean, escape

Point = tuple[float, float]

PAGE = "#ffffff"
INK = "#222222"
_PIXELS_PER_POINT = 96 / 72
_HEAD_LENGTH, _HEAD_WIDTH = 5.0, 3.6
_HALO = 1.5
_AXIS = 0.258
"""The math axis of STIX Two, in em: a label's centre line is where a fraction's bar would be."""


@lru_cache(512)
def svg(figure: Figure, prefix: str = "") -> str:
    """The drawing as an SVG document, with `figure.alt` as its title."""
    glyphs = _Glyphs(prefix)
    shapes = [_shape(shape, glyphs) for shape in figure.shapes]
    paths = "".join(
        f'<path id="{prefix}{name}" d="{path}"/>' for name, path in sorted(glyphs.paths.items())
    )
    width, height = _number(figure.width), _number(figure.height)
    return clean(
        "".join(
            [
                '<svg xmlns="http://www.w3.org/2000/svg" role="img"',
                f' width="{pixels(figure.width)}" height="{pixels(figure.height)}"',
                f' viewBox="0 0 {width} {height}">',
                f"<title>{escape(figure.alt)}</title>",
                f"<defs>{paths}</defs>" if paths else "",
                f'<rect width="{width}" height="{height}" fill="{PAGE}"/>',
                *shapes,
                "</svg>",
            ]
        )
    )


@dataclass(frozen=True, slots=True)
class _Glyphs:
    """The outlines that the labels of a drawing use, each once."""

    prefix: str
    paths: dict[str, str] = field(default_factory=dict)

    def placed(self, label: Outline) -> str:
        """The label's shapes, which refer to the outlines by their ids in the page."""
        self.paths.update(label.glyphs)
        return label.shapes.replace('href="#', f'href="#{self.prefix}')


def pixels(points: float) -> int:
    """A length in points as whole CSS pixels."""
    return round(points * _PIXELS_PER_POINT)


def _shape(shape: Shape, glyphs: _Glyphs) -> str:
    return _SHAPES[type(shape)](shape, glyphs)


def _line(line: Line, glyphs: _Glyphs) -> str:
    points = ((line.x1, line.y1), (line.x2, line.y2))
    return _polyline(Polyline(points=points, stroke=line.stroke, arrow=line.arrow), glyphs)


def _polyline(line: Polyline, _: _Glyphs) -> str:
    points = list(line.points)
    head = ""
    if line.arrow and line.stroke is not None and len(points) > 1:
        head, points[-1] = _head(points[-2], points[-1], line.stroke)
    tag = "polygon" if line.closed else "polyline"
    # A mitre would grow spikes where a curve turns sharply.
    bent = line.stroke is not None and not line.closed and len(points) > 2
    joined = ' stroke-linejoin="round"' if bent else ""
    return f'<{tag} points="{_path(points)}"{_paint(line.stroke, line.fill)}{joined}/>{head}'


def _circle(circle: Circle, _: _Glyphs) -> str:
    place = f'cx="{_number(circle.x)}" cy="{_number(circle.y)}" r="{_number(circle.radius)}"'
    return f"<circle {place}{_paint(circle.stroke, circle.fill)}/>"


def _rectangle(box: Rectangle, _: _Glyphs) -> str:
    corner = f' rx="{_number(box.corner)}"' if box.corner else ""
    size = f'width="{_number(box.width)}" height="{_number(box.height)}"'
    place = f'x="{_number(box.x)}" y="{_number(box.y)}"'
    return f"<rect {place} {size}{corner}{_paint(box.stroke, box.fill)}/>"


# --- labels ------------------------------------------------------------------------------------


def _label(label: Label, glyphs: _Glyphs) -> str:
    drawn = _drawn(label)
    if drawn is None:
        return _typed_label(label)
    width = drawn.width * label.size
    left = label.x - {"start": 0.0, "middle": width / 2, "end": width}[label.anchor]
    base = label.y + _AXIS * label.size
    scale = f"{label.size / 1000:.6f}"
    halo = ""
    if label.halo:
        top, height = base - drawn.ascent * label.size, drawn.ascent + drawn.descent
        halo = _halo(left, top, width, height * label.size)
    place = f"translate({_number(left)} {_number(base)}) scale({scale} -{scale})"
    return f'{halo}<g fill="{INK}" transform="{place}">{glyphs.placed(drawn)}</g>'


def _typed_label(label: Label) -> str:
    """The label in the reader's own fonts, for a script that the outlines lack."""
    text = escape(label.text or label.latex)
    base = label.y + _AXIS * label.size
    place = f'x="{_number(label.x)}" y="{_number(base)}" font-size="{_number(label.size)}"'
    return (
        f'<text {place} text-anchor="{label.anchor}" font-family="serif" fill="{INK}">{text}</text>'
    )


def _halo(left: float, top: float, width: float, height: float) -> str:
    size = f'width="{_number(width + 2 * _HALO)}" height="{_number(height + 2 * _HALO)}"'
    return f'<rect x="{_number(left - _HALO)}" y="{_number(top - _HALO)}" {size} fill="{PAGE}"/>'


def _drawn(label: Label) -> Outline | None:
    if label.latex:
        return outline(label.latex)
    if any(letter in label.text for letter in "\\^~"):  # no LaTeX text means these letters
        return None
    return outline(r"\text{" + re.sub(r"([#$%&_{}])", r"\\\1", label.text) + "}")


# --- strokes and arrows ------------------------------------------------------------------------


def _paint(stroke: Stroke | None, fill: str | None) -> str:
    painted = f' fill="{fill or "none"}"'
    return painted + (_stroke(stroke) if stroke else "")


def _stroke(stroke: Stroke) -> str:
    dash = " ".join(_number(length) for length in stroke.dash)
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    return f' stroke="{stroke.color}" stroke-width="{_number(stroke.width)}"{dashed}'


def _head(before: Point, tip: Point, stroke: Stroke) -> tuple[str, Point]:
    """A filled arrow head, and the point where its shaft must end so as not to blunt it."""
    x, y = tip[0] - before[0], tip[1] - before[1]
    length = math.sqrt(x * x + y * y) or 1.0  # correctly rounded everywhere, unlike hypot
    x, y = x / length, y / length
    grown = 0.6 + 0.5 * stroke.width
    back, half = _HEAD_LENGTH * grown, _HEAD_WIDTH * grown / 2
    foot = (tip[0] - x * back, tip[1] - y * back)
    notch = (tip[0] - x * back * 0.8, tip[1] - y * back * 0.8)
    left = (foot[0] - y * half, foot[1] + x * half)
    right = (foot[0] + y * half, foot[1] - x * half)
    corners = _path([tip, left, notch, right])
    return f'<polygon points="{corners}" fill="{stroke.color}"/>', notch


def _path(points: Sequence[Point]) -> str:
    return " ".join(f"{_number(x)},{_number(y)}" for x, y in points)


def _number(value: float) -> str:
    """A coordinate with at most two decimals."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text


_SHAPES: dict[type, Callable[[Any, _Glyphs], str]] = {
    Line: _line,
    Polyline: _polyline,
    Circle: _circle,
    Rectangle: _rectangle,
    Label: _label,
}
