"""Formulas drawn: the display list of `Formula` as PDF operators."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache, lru_cache

from generator.render.pdf.fonts import RECENT, Face, kern
from generator.render.pdf.formula import Formula
from generator.render.pdf.formula_svg import Glyph
from generator.render.pdf.ink import (
    Ink,
    fill_color,
    freeze,
    number,
    numbers,
    rectangle,
    stroke_color,
)

_EXACT = 1e-6
_FARTHEST = 4_000
"""How far (in 1/1000 em) a glyph may be from the one before it to be shown with it."""


_hexadecimal = cache("<{:04X}>".format)


@lru_cache(maxsize=RECENT)
def formula_ink(
    laid: Formula, size: float, color: str, left: float = 0.0, right: float | None = None
) -> Ink:
    """The part of a formula between `left` and `right` em, at `size`, from its left baseline."""
    end = laid.width if right is None else right
    whole = left == 0 and end >= laid.width
    glyphs = laid.glyphs if whole else _within(laid.glyphs, left, end)
    code = [] if color == "#000000" else [fill_color(color)]
    for rule in laid.rules:  # before the glyphs: a rule may be the ground that they stand on
        if whole or left - _EXACT <= rule.x < end - _EXACT:
            x, y = (rule.x - left) * size, rule.y * size
            box = rectangle(x, y, rule.width * size, rule.height * size) + " f"
            code.append(f"q {fill_color(rule.color)} {box} Q" if rule.color else box)
    if glyphs:
        code.append(_text(glyphs, size, left, color, laid.face))
    for stroke in laid.strokes:
        if whole or left - _EXACT <= stroke.x1 < end - _EXACT:
            pen = f"{number(stroke.width * size)} w 1 J {stroke_color(stroke.color or color)}"
            start = numbers((stroke.x1 - left) * size, stroke.y1 * size)
            stop = numbers((stroke.x2 - left) * size, stroke.y2 * size)
            code.append(f"q {pen} {start} m {stop} l S Q")
    used = {glyph.glyph for glyph in glyphs}
    return Ink(" ".join(code), freeze({laid.face.resource: used} if used else {}))


def _within(glyphs: Iterable[Glyph], left: float, end: float) -> tuple[Glyph, ...]:
    return tuple(glyph for glyph in glyphs if left - _EXACT <= glyph.x < end - _EXACT)


def _text(glyphs: Sequence[Glyph], size: float, left: float, color: str, face: Face) -> str:
    code = ["BT"]
    array: list[str] = []
    line_x = line_y = 0.0
    drawn = ""
    pen = y = scale = None
    for glyph, x, height, share, own in glyphs:
        gx, gy, gs = (x - left) * size, height * size, share * size
        distance = (gx - pen) * 1000 / gs if pen is not None else 0.0
        if gy != y or gs != scale or own != drawn or abs(distance) > _FARTHEST:
            if array:
                code.append("[" + "".join(array).replace("><", "") + "]TJ")
                array = []
            if own != drawn:
                code.append(fill_color(own or color))
                drawn = own
            if gs != scale:
                code.append(f"/{face.resource} {number(gs)} Tf")
            right, up = number(gx - line_x), number(gy - line_y)
            code.append(f"{right} {up} Td")
            # The viewer adds up what was written, not what was meant.
            line_x, line_y, distance = line_x + float(right), line_y + float(up), 0.0
            y, scale = gy, gs
        array.append(kern(distance))
        array.append(_hexadecimal(glyph))
        pen = gx + face.advance(glyph) * gs / 1000
    code.append("[" + "".join(array).replace("><", "") + "]TJ")
    if drawn:
        code.append(fill_color(color))
    code.append("ET")
    return " ".join(code)
