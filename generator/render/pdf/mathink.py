"""Formulas drawn: the display list of `Formula` as PDF operators."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from generator.render.pdf.fonts import Face, kern
from generator.render.pdf.formula import Formula
from generator.render.pdf.formula_svg import Glyph
from generator.render.pdf.ink import Ink, fill_color, number, numbers, rectangle, stroke_color

_COLORS = {
    "red": "#b00000",
    "blue": "#0033aa",
    "green": "#006622",
    "gray": "#666666",
    "grey": "#666666",
    "black": "#000000",
    "white": "#ffffff",
}
"""The colours that LaTeX names, dark enough to be read on paper."""


@lru_cache(maxsize=20_000)
def formula_ink(
    laid: Formula, size: float, color: str, left: float = 0.0, right: float | None = None
) -> Ink:
    """The part of a formula between `left` and `right` em, at `size`, from its left baseline."""
    end = laid.width if right is None else right
    whole = left == 0 and end >= laid.width
    glyphs = laid.glyphs if whole else _within(laid.glyphs, left, end)
    code = [] if color == "#000000" else [fill_color(color)]
    if glyphs:
        code.append(_text(glyphs, size, left, color, laid.face))
    for rule in laid.rules:
        if whole or left - 1e-6 <= rule.x < end - 1e-6:
            x, y = (rule.x - left) * size, rule.y * size
            box = rectangle(x, y, rule.width * size, rule.height * size) + " f"
            code.append(_colored(box, rule.color))
    for stroke in laid.strokes:
        if whole or left - 1e-6 <= stroke.x1 < end - 1e-6:
            pen = f"{number(stroke.width * size)} w 1 J {stroke_color(_named(stroke.color, color))}"
            start = numbers((stroke.x1 - left) * size, stroke.y1 * size)
            stop = numbers((stroke.x2 - left) * size, stroke.y2 * size)
            code.append(f"q {pen} {start} m {stop} l S Q")
    used = frozenset(glyph.glyph for glyph in glyphs)
    return Ink(" ".join(code), ((laid.face.resource, used),) if used else ())


def _within(glyphs: Iterable[Glyph], left: float, end: float) -> tuple[Glyph, ...]:
    return tuple(glyph for glyph in glyphs if left - 1e-6 <= glyph.x < end - 1e-6)


def _text(glyphs: Sequence[Glyph], size: float, left: float, color: str, face: Face) -> str:
    code = ["BT"]
    array: list[str] = []
    line_x = line_y = 0.0
    drawn = ""
    pen = y = scale = None
    for glyph in glyphs:
        gx, gy, gs = (glyph.x - left) * size, glyph.y * size, glyph.scale * size
        distance = (gx - pen) * 1000 / gs if pen is not None else 0.0
        if gy != y or gs != scale or glyph.color != drawn or abs(distance) > 4000:
            if array:
                code.append("[" + "".join(array).replace("><", "") + "]TJ")
                array = []
            if glyph.color != drawn:
                code.append(fill_color(_named(glyph.color, color)))
                drawn = glyph.color
            if gs != scale:
                code.append(f"/{face.resource} {number(gs)} Tf")
            right, up = number(gx - line_x), number(gy - line_y)
            code.append(f"{right} {up} Td")
            # The viewer adds up what was written, not what was meant.
            line_x, line_y, distance = line_x + float(right), line_y + float(up), 0.0
        array.append(f"{kern(distance)}<{glyph.glyph:04X}>")
        pen, y, scale = gx + face.advance(glyph.glyph) * gs / 1000, gy, gs
    code.append("[" + "".join(array).replace("><", "") + "]TJ")
    if drawn:
        code.append(fill_color(color))
    code.append("ET")
    return " ".join(code)


def _colored(code: str, color: str) -> str:
    return f"q {fill_color(_named(color, ''))} {code} Q" if color else code


def _named(color: str, default: str) -> str:
    if color.startswith("#") and len(color) == 7:
        return color
    return _COLORS.get(color, default or "#000000")
