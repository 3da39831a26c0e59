"""Figures as vectors: the shapes of a drawing as PDF operators, labels set like the text's math."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from typing import Any

from generator.model.document import FigureBlock
from generator.model.figure import (
    Circle,
    Figure,
    Label,
    Line,
    Polyline,
    Rectangle,
    Shape,
    Stroke,
)
from generator.render.pdf.formula import formula
from generator.render.pdf.ink import (
    Ink,
    circle,
    fill_color,
    freeze,
    merge,
    number,
    numbers,
    rectangle,
    stroke_color,
)
from generator.render.pdf.inline import Type
from generator.render.pdf.mathink import formula_ink
from generator.render.pdf.paragraph import paragraph, text_ink
from generator.render.pdf.strips import NEVER, TOGETHER, Mark, Node, Strip, Strips

_AXIS = 0.258
"""The math axis of STIX Two: a label's centre line is where a fraction's bar would be."""
_HALO = 1.5
_HEAD_LENGTH, _HEAD_WIDTH = 5.0, 3.6


def figure(block: FigureBlock, look: Type, measure: float, parent: Node | None) -> Strips:
    """A drawing, centred, with its caption below; scaled if it is wider than the line."""
    drawing = block.figure
    scale = min(1.0, measure / drawing.width)
    width, tall = drawing.width * scale, drawing.height * scale
    node = Node.within(parent, "Figure", alt=drawing.alt)
    ink = _scaled(figure_ink(drawing, look), scale)
    mark = Mark((measure - width) / 2, 0.0, ink, node, extent=(width, tall))
    drawn = Strip(height=tall, baseline=look.ascent, cut=TOGETHER, marks=(mark,))
    if not block.caption:
        return (drawn,)
    below = Node.within(parent, "Caption")
    gap = look.size * 0.4
    centred = replace(look, alignment="center")
    words = paragraph(block.caption, centred, measure, below, gap=gap, cut=NEVER)
    return (drawn, *words)


def _scaled(ink: Ink, scale: float) -> Ink:
    return (
        ink
        if scale == 1
        else Ink(f"{number(scale)} 0 0 {number(scale)} 0 0 cm {ink.code}", ink.uses)
    )


@lru_cache(maxsize=128)
def figure_ink(drawing: Figure, look: Type) -> Ink:
    """The whole drawing, from its top left corner; y of shapes is downwards, of PDF upwards."""
    pieces = [_SHAPES[type(shape)](shape, look) for shape in drawing.shapes]
    return Ink(" ".join(piece.code for piece in pieces), freeze(merge(p.uses for p in pieces)))


def _pen(stroke: Stroke) -> str:
    dash = f"[{numbers(*stroke.dash)}] 0 d" if stroke.dash else "[] 0 d"
    return f"{stroke_color(stroke.color)} {number(stroke.width)} w {dash}"


def _painted(path: str, stroke: Stroke | None, fill: str | None) -> str:
    setup = [_pen(stroke)] if stroke else []
    if fill:
        setup.append(fill_color(fill))
    operator = {(True, True): "B", (True, False): "S", (False, True): "f", (False, False): "n"}
    return f"q {' '.join(setup)} {path} {operator[stroke is not None, fill is not None]} Q"


def _line(shape: Line, look: Type) -> Ink:
    points = ((shape.x1, shape.y1), (shape.x2, shape.y2))
    return _polyline(Polyline(points=points, stroke=shape.stroke, arrow=shape.arrow), look)


def _polyline(shape: Polyline, look: Type) -> Ink:
    points = list(shape.points)
    head = ""
    if shape.arrow and shape.stroke and len(points) > 1:
        head, points[-1] = _head(points[-2], points[-1], shape.stroke)
    first, *rest = points
    # A mitre would grow spikes where a curve turns sharply.
    joined = "1 j " if shape.stroke and not shape.closed and len(rest) > 1 else ""
    path = f"{numbers(first[0], -first[1])} m " + " ".join(f"{numbers(x, -y)} l" for x, y in rest)
    closed = " h" if shape.closed else ""
    return Ink(_painted(joined + path + closed, shape.stroke, shape.fill) + head)


def _head(
    before: tuple[float, float], tip: tuple[float, float], stroke: Stroke
) -> tuple[str, tuple[float, float]]:
    """A filled arrow head, and the point where its shaft must end so as not to blunt it."""
    length = math.dist(before, tip) or 1.0
    ux, uy = (tip[0] - before[0]) / length, (tip[1] - before[1]) / length
    grown = 0.6 + 0.5 * stroke.width
    back = (tip[0] - ux * _HEAD_LENGTH * grown, tip[1] - uy * _HEAD_LENGTH * grown)
    half = _HEAD_WIDTH * grown / 2
    left = (back[0] - uy * half, back[1] + ux * half)
    right = (back[0] + uy * half, back[1] - ux * half)
    notch = (tip[0] - ux * _HEAD_LENGTH * grown * 0.8, tip[1] - uy * _HEAD_LENGTH * grown * 0.8)
    corners = " ".join(f"{numbers(x, -y)} l" for x, y in (left, notch, right))
    return f" q {fill_color(stroke.color)} {numbers(tip[0], -tip[1])} m {corners} h f Q", notch


def _circle(shape: Circle, look: Type) -> Ink:
    return Ink(_painted(circle(shape.x, -shape.y, shape.radius), shape.stroke, shape.fill))


def _rectangle(shape: Rectangle, look: Type) -> Ink:
    low = -shape.y - shape.height
    path = rectangle(shape.x, low, shape.width, shape.height, shape.corner)
    return Ink(_painted(path, shape.stroke, shape.fill))


def _label(shape: Label, look: Type) -> Ink:
    if shape.latex:
        laid = formula(shape.latex, look.fonts.face("math"), display=False, language=look.language)
        ink, width = formula_ink(laid, shape.size, "#000000"), laid.width * shape.size
        top, bottom = laid.height * shape.size, -laid.depth * shape.size
    else:
        small = Type(fonts=look.fonts, size=shape.size, leading=shape.size)
        ink, width = text_ink(shape.text, small)
        top, bottom = 0.7 * shape.size, -0.2 * shape.size
    x = shape.x - width * {"start": 0.0, "middle": 0.5, "end": 1.0}[shape.anchor]
    y = -shape.y - _AXIS * shape.size
    cleared = ""
    if shape.halo:
        clear = rectangle(
            x - _HALO, y + bottom - _HALO, width + 2 * _HALO, top - bottom + 2 * _HALO
        )
        cleared = f"q 1 g {clear} f Q "
    return Ink(f"{cleared}q 1 0 0 1 {numbers(x, y)} cm {ink.code} Q", ink.uses)


_SHAPES: dict[type[Shape], Callable[[Any, Type], Ink]] = {
    Line: _line,
    Polyline: _polyline,
    Circle: _circle,
    Rectangle: _rectangle,
    Label: _label,
}
