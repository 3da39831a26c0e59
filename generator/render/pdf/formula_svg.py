"""Reads the drawing in an SVG by mathra: ``use`` is a glyph, ``rect`` a rule, ``line`` a stroke.

Anything else that an SVG may hold is refused, so that no part of a formula is lost in silence.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from itertools import groupby
from typing import Any, NamedTuple

from generator.model.dataclass import dataclass
from generator.render.pdf.fonts import Face
from generator.render.pdf.latex import FormulaError


class Glyph(NamedTuple):
    """A glyph with its origin at (x, y) em, drawn at `scale` of the formula's size.

    A tuple because there are many: it is made in a third of the time of a frozen dataclass.
    """

    glyph: int
    x: float
    y: float
    scale: float
    color: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """A filled rectangle with its lower left corner at (x, y) em."""

    x: float
    y: float
    width: float
    height: float
    color: str = ""


@dataclass(frozen=True, slots=True)
class Stroke:
    """A straight line with round ends; lengths in em."""

    x1: float
    y1: float
    x2: float
    y2: float
    width: float
    color: str = ""


_Frame = tuple[float, float, float]
"""Where the origin of a group stands, and its scale."""
_Attributes = dict[str, str]

_ELEMENT = re.compile(
    r'<use href="#[^"]*-g(\d+)"'
    r' (?:x="|transform="translate\()([-\d.]+)(?:" y="| )([-\d.]+)(?:\) scale\(([-\d.]+)\))?"/>'
    r"|<(/?[a-z]+)([^>]*)>"
)
"""A glyph of the text's colour on its line or scaled as a script, which nearly all elements are and
which is read at once; or any element."""
_ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')
_TRANSFORM = re.compile(r"(\w+)\(([^)]*)\)")
_UPWARDS = "scale(1,-1)"


def read_drawing(body: str, face: Face) -> Drawing:
    """The drawing between the outermost ``g`` and its end; FormulaError for what is unknown."""
    drawing = Drawing(face)
    drawing.read(body)
    return drawing


class Drawing:
    """What was drawn, and how far its ink reaches up and down (in 1/1000 em).

    `right` (in em) is where it ends, if that is further to the left than mathra has it.
    """

    def __init__(self, face: Face) -> None:
        self.glyphs: list[Glyph] = []
        self.rules: list[Rule] = []
        self.strokes: list[Stroke] = []
        self.top = self.bottom = 0.0
        self.right = float("inf")
        self._face = face
        self._frames: list[_Frame] = [(0.0, 0.0, 1.0)]
        self._shared: dict[float, float] = {}

    def read(self, body: str) -> None:
        """Take in all elements."""
        for glyph, right, up, scale, tag, rest in _ELEMENT.findall(body):
            if glyph:
                x, y, size = self._frames[-1]
                x, y = x + size * float(right), y + size * float(up)
                self._show(int(glyph), x, y, size * float(scale) if scale else size, "")
                continue
            if tag == "/g":
                self._frames.pop()
                continue
            attributes = dict(_ATTRIBUTE.findall(rest))
            frame = self._frame(attributes.get("transform", ""))
            if tag == "g":
                self._frames.append(frame)
            elif tag in _DRAWN:
                _DRAWN[tag](self, attributes, frame)
            else:
                raise FormulaError(f"this construction cannot be printed: it draws a <{tag}>")
        self.rules = list(_mended(self.rules))
        glyphs = list(_below_primes(self.glyphs, self._face))
        if glyphs != self.glyphs:
            self.glyphs = glyphs
            self.right = max(_ends(glyphs, self.rules, self._face))
        for rule in self.rules:
            self._reach(rule.y * 1000, (rule.y + rule.height) * 1000)

    def _frame(self, transform: str) -> _Frame:
        x, y, scale = self._frames[-1]
        if not transform or transform == _UPWARDS:
            return x, y, scale
        for name, numbers in _TRANSFORM.findall(transform):
            values = [float(number) for number in re.split(r"[ ,]+", numbers.strip())]
            if name == "translate":
                x, y = x + scale * values[0], y + scale * (values[1] if len(values) > 1 else 0)
            elif name == "scale" and len(set(values)) == 1:
                scale *= values[0]
            else:
                raise FormulaError(f"this construction cannot be printed: it needs {name}()")
        return x, y, scale

    def use(self, attributes: _Attributes, frame: _Frame) -> None:
        """A glyph."""
        x, y, scale = frame
        x += scale * float(attributes.get("x", 0))
        y += scale * float(attributes.get("y", 0))
        self._show(int(attributes["href"].rpartition("-g")[2]), x, y, scale, _color(attributes))

    def _show(self, glyph: int, x: float, y: float, scale: float, color: str) -> None:
        _, bottom, _, top = self._face.extents(glyph)
        self._reach(y + scale * bottom, y + scale * top)
        shared = self._shared.setdefault  # a formula has few heights and scales for many glyphs
        height = y / 1000
        placed = Glyph(glyph, x / 1000, shared(height, height), shared(scale, scale), color)
        self.glyphs.append(placed)

    def rect(self, attributes: _Attributes, frame: _Frame) -> None:
        """A rule."""
        x, y, _ = frame
        left, low, width, height = _lengths(attributes, frame, ("x", "y", "width", "height"))
        self.rules.append(Rule(x / 1000 + left, y / 1000 + low, width, height, _color(attributes)))

    def line(self, attributes: _Attributes, frame: _Frame) -> None:
        """A stroke."""
        x, y = frame[0] / 1000, frame[1] / 1000
        names = ("x1", "y1", "x2", "y2", "stroke-width")
        x1, y1, x2, y2, width = _lengths(attributes, frame, names)
        stroke = Stroke(x + x1, y + y1, x + x2, y + y2, width, _color(attributes))
        self._reach(min(stroke.y1, stroke.y2) * 1000, max(stroke.y1, stroke.y2) * 1000)
        self.strokes.append(stroke)

    def _reach(self, low: float, high: float) -> None:
        self.bottom = min(self.bottom, low)
        self.top = max(self.top, high)


_DRAWN: dict[str, Callable[[Drawing, _Attributes, _Frame], None]] = {
    "use": Drawing.use,
    "rect": Drawing.rect,
    "line": Drawing.line,
}


def _lengths(attributes: _Attributes, frame: _Frame, names: Sequence[str]) -> tuple[float, ...]:
    """Lengths in em, at the scale of the group."""
    return tuple(frame[2] * float(attributes[name]) / 1000 for name in names)


def _color(attributes: _Attributes) -> str:
    """``#rrggbb``, or empty for the colour of the text. Names are those of CSS."""
    color = attributes.get("fill") or attributes.get("stroke") or "none"
    if color in ("currentColor", "none"):
        return ""
    if _HEXADECIMAL.fullmatch(color):
        return color.lower() if len(color) == 7 else "#" + "".join(2 * c for c in color[1:].lower())
    named = _named_colors()
    if color.lower() not in named:
        raise FormulaError(f"there is no colour {color!r}")
    return f"#{named[color.lower()].hexval()[2:]}"


_HEXADECIMAL = re.compile("#([0-9a-fA-F]{3}){1,2}")


@cache
def _named_colors() -> Mapping[str, Any]:
    """ReportLab's colours; loaded for the few formulas that name one."""
    from reportlab.lib import colors  # noqa: PLC0415 - takes longer than all else that is read here

    found: Mapping[str, Any] = colors.getAllNamedColors()
    return found


# --- the columns of arrays -----------------------------------------------------------------------

_AXIS = 0.258
"""The math axis, on which an array is centred."""
_HAIR = 0.04
"""The width of a rule between columns."""
_EXACT = 1e-6


def _mended(rules: Sequence[Rule]) -> Iterator[Rule]:
    r"""Rules between the columns of an array, put where they belong.

    mathra 1.5.0 draws one for each row, each at minus twice the height of the rows above it minus
    its own, from the baseline, instead of hanging them from the array's top.
    """
    for (_, width), column in groupby(rules, key=lambda rule: (rule.x, rule.width)):
        pieces = list(column)
        if abs(width - _HAIR) > _EXACT or not _misplaced(pieces):
            yield from pieces
            continue
        base = pieces[0].y + pieces[0].height
        top = base + _AXIS + sum(piece.height for piece in pieces) / 2
        for piece in pieces:
            top -= piece.height
            yield Rule(piece.x, top, piece.width, piece.height, piece.color)


def _misplaced(pieces: Sequence[Rule]) -> bool:
    base = pieces[0].y + pieces[0].height
    above = 0.0
    for piece in pieces:
        if abs(piece.y - (base - 2 * above - piece.height)) > _EXACT:
            return False
        above += piece.height
    return len(pieces) > 1


# --- primes --------------------------------------------------------------------------------------

_PRIMES = frozenset("′″‴⁗")


def _below_primes(glyphs: Sequence[Glyph], face: Face) -> Iterator[Glyph]:
    """Subscripts put below the primes that they stand beside, as in TeX: mathra begins them after.

    What follows stays where it is, with a little more white before it.
    """
    prime: Glyph | None = None
    back = 0.0
    for glyph in glyphs:
        if prime and glyph.scale < prime.scale and glyph.y < prime.y:
            end = prime.x + face.advance(prime.glyph) / 1000 * prime.scale
            back = back or (end - prime.x if abs(glyph.x - end) < _EXACT else 0.0)
            yield glyph._replace(x=glyph.x - back)
            prime = prime if back else None
            continue
        prime, back = (glyph if face.text(glyph.glyph) in _PRIMES else None), 0.0
        yield glyph


def _ends(glyphs: Sequence[Glyph], rules: Sequence[Rule], face: Face) -> Iterator[float]:
    """Where each glyph and rule ends (in em)."""
    for glyph in glyphs:
        yield glyph.x + face.advance(glyph.glyph) / 1000 * glyph.scale
    for rule in rules:
        yield rule.x + rule.width
