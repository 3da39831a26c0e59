"""Finished pieces of a content stream, independent of where on a page they will stand.

An `Ink` is PDF operators around an origin of its own (y upwards) together with the glyphs that
they show, so that the same piece can be drawn on any page of any form without being made again.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from itertools import chain

from generator.model.dataclass import dataclass

Uses = tuple[tuple[str, tuple[int, ...]], ...]
"""Glyphs shown, each once, by the resource name of their face. Thousands of inks are kept, and a
set of glyphs takes five times the memory of a tuple."""


@dataclass(frozen=True, slots=True)
class Ink:
    """Operators and the glyphs that they show."""

    code: str
    uses: Uses = ()


def number(value: float) -> str:
    """A coordinate as PDF writes it, to a hundredth of a point."""
    text = f"{value:.2f}"
    if text[-1] == "0":
        text = text[:-3] if text[-2] == "0" else text[:-1]
    return "0" if text == "-0" else text


def numbers(*values: float) -> str:
    """Coordinates, separated by blanks."""
    return " ".join(map(number, values))


def color_components(color: str) -> str:
    """The components of ``#rrggbb`` as PDF wants them, from 0 to 1."""
    red, green, blue = (int(color[i : i + 2], 16) / 255 for i in (1, 3, 5))
    if red == green == blue:
        return number(red)
    return numbers(red, green, blue)


def fill_color(color: str) -> str:
    """The operator that sets the colour of fills and text."""
    components = color_components(color)
    return components + (" rg" if " " in components else " g")


def stroke_color(color: str) -> str:
    """The operator that sets the colour of outlines."""
    components = color_components(color)
    return components + (" RG" if " " in components else " G")


def rectangle(x: float, y: float, width: float, height: float, corner: float = 0) -> str:
    """The path of a rectangle with its lower left corner at (x, y)."""
    if not corner:
        return numbers(x, y, width, height) + " re"
    r = min(corner, width / 2, height / 2)
    k = r * (1 - _ARC)
    right, top = x + width, y + height
    return " ".join(
        (
            f"{numbers(x + r, y)} m {numbers(right - r, y)} l",
            f"{numbers(right - k, y, right, y + k, right, y + r)} c {numbers(right, top - r)} l",
            f"{numbers(right, top - k, right - k, top, right - r, top)} c {numbers(x + r, top)} l",
            f"{numbers(x + k, top, x, top - k, x, top - r)} c {numbers(x, y + r)} l",
            f"{numbers(x, y + k, x + k, y, x + r, y)} c h",
        )
    )


def circle(x: float, y: float, radius: float) -> str:
    """The path of a circle."""
    return rectangle(x - radius, y - radius, 2 * radius, 2 * radius, radius)


_ARC = 4 / 3 * (math.sqrt(2) - 1)
"""How far the control points of a quarter circle of radius 1 stand from its ends."""


def merge(uses: Iterable[Uses]) -> dict[str, set[int]]:
    """All glyphs of many pieces, many of which may be the same, by face."""
    found: dict[str, list[tuple[int, ...]]] = {}
    for resource, glyphs in dict.fromkeys(chain.from_iterable(uses)):
        found.setdefault(resource, []).append(glyphs)
    return {resource: set().union(*several) for resource, several in found.items()}


def freeze(merged: dict[str, set[int]]) -> Uses:
    """The glyphs of a dictionary as a piece keeps them."""
    return tuple((resource, tuple(sorted(glyphs))) for resource, glyphs in sorted(merged.items()))
