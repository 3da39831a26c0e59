"""LaTeX formulas as display lists: the one module that knows mathra.

mathra lays a formula out by TeX's rules (OpenType MATH) and answers with an SVG that is a display
list: ``use`` is a glyph of STIX Two Math, ``rect`` a rule, ``line`` a stroke. Here it becomes a
`Formula` in em with y upwards. Height and depth are those of the ink, because the SVG's view box
is too small. Speech is mathra's, in the language of the sheet.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from html import unescape
from typing import Any

import mathra

from generator.render.pdf.fonts import Face


@dataclass(frozen=True, slots=True)
class Glyph:
    """A glyph with its origin at (x, y), drawn at `scale` of the formula's size."""

    glyph: int
    x: float
    y: float
    scale: float
    color: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """A filled rectangle with its lower left corner at (x, y)."""

    x: float
    y: float
    width: float
    height: float
    color: str = ""


@dataclass(frozen=True, slots=True)
class Stroke:
    """A straight line with round ends."""

    x1: float
    y1: float
    x2: float
    y2: float
    width: float
    color: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """A place where a line may end: `end` is where the left piece stops, `start` where the right
    one begins, `cost` what TeX would charge (a relation less than an operator), and `before` where
    the sign itself begins.
    """

    end: float
    start: float
    cost: int
    before: float
    relation: bool


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Formula:
    """A formula, laid out. Lengths are in em, from the left end of the baseline."""

    face: Face
    width: float
    height: float
    depth: float
    glyphs: tuple[Glyph, ...]
    rules: tuple[Rule, ...]
    strokes: tuple[Stroke, ...]
    cuts: tuple[Cut, ...]
    speech: str
    text: str


class FormulaError(ValueError):
    """The LaTeX cannot be laid out; the message says why, with a column where mathra knows it."""


_ELEMENT = re.compile(r"<(/?[a-z]+)([^>]*)>")
_ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')
_TRANSFORM = re.compile(r"(\w+)\(([^)]*)\)")
_ACCENT_WITH_SCRIPT = re.compile(
    r"(\\(?:hat|tilde|bar|dot|ddot|vec|check|breve)\s*"
    r"(?:\{(?:[A-Za-z]|\\[a-zA-Z]+)\}|\s[A-Za-z]|\\[a-zA-Z]+))(?=[_^])"
)
_LOCALES = frozenset(entry["code"] for entry in mathra.locales())


@lru_cache(maxsize=20_000)
def formula(latex: str, face: Face, *, display: bool, language: str = "en") -> Formula:
    """Lay out LaTeX (without dollar signs) in the math face; FormulaError if it is wrong."""
    complaint = misuse(latex)
    if complaint:
        raise FormulaError(complaint)
    # TeX sets the scripts of an accented letter by the letter; mathra by the box of the accent,
    # which makes them sit low beside letters with a descender.
    source = _ACCENT_WITH_SCRIPT.sub(r"\1{}", latex)
    try:
        svg = mathra.tex_to_svg(source, _locale(language), display=display, strict=True)
    except ValueError as error:
        raise FormulaError(str(error)) from None
    return _read(svg, face)


def misuse(latex: str) -> str:
    """What mathra's strict mode lets pass though TeX would not: a stray ``$`` or ``&``."""
    bare = re.sub(r"\\[^a-zA-Z]", "  ", latex)
    if "$" in bare and "\\text" not in bare:
        return f"column {bare.index('$') + 1}: a dollar sign inside a formula"
    depth = 0
    for found in re.finditer(r"\\begin\b|\\end\b|\\(?:matrix|cases|pmatrix)\s*\{|&", bare):
        word = found.group()
        if word == "&" and depth <= 0:
            return f"column {found.start() + 1}: an & outside of an environment"
        depth += 0 if word == "&" else -1 if word == "\\end" else 1
    return ""


def _locale(language: str) -> str:
    return next((code for code in (language, language[:2]) if code in _LOCALES), "en")


def _read(svg: str, face: Face) -> Formula:
    reader = _Reader(face)
    body = svg.index('<g fill="currentColor"')
    end = svg.rindex("<text ")
    reader.read(svg[body:end])
    _, _, view_width, _ = map(float, _between(svg, 'viewBox="', '"').split())
    text = unescape(svg[svg.index(">", end) + 1 : svg.rindex("</text>")])
    tree = json.loads(unescape(_between(svg, "<mathra:tree>", "</mathra:tree>")))
    speech = unescape(re.sub(r"^[^>]*>", "", _between(svg, "<title ", "</title>")))
    return Formula(
        face=face,
        width=view_width / 1000,
        height=reader.top / 1000,
        depth=-reader.bottom / 1000,
        glyphs=tuple(reader.glyphs),
        rules=tuple(reader.rules),
        strokes=tuple(reader.strokes),
        cuts=tuple(_cuts(tree, reader.glyphs, face)),
        speech=speech,
        text=text,
    )


def _between(text: str, start: str, end: str) -> str:
    begin = text.index(start) + len(start)
    return text[begin : text.index(end, begin)]


class _Reader:
    """Reads the drawing part of an SVG by mathra, whose y is already upwards (``scale(1,-1)``)."""

    def __init__(self, face: Face) -> None:
        self.face = face
        self.glyphs: list[Glyph] = []
        self.rules: list[Rule] = []
        self.strokes: list[Stroke] = []
        self.top = self.bottom = 0.0
        self._frames = [(0.0, 0.0, 1.0)]

    def read(self, body: str) -> None:
        for tag, rest in _ELEMENT.findall(body):
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
                raise FormulaError(f"this construction cannot be printed (it draws a <{tag}>)")

    def _frame(self, transform: str) -> tuple[float, float, float]:
        x, y, scale = self._frames[-1]
        if transform == "scale(1,-1)":
            return x, y, scale
        for name, numbers in _TRANSFORM.findall(transform):
            values = [float(number) for number in re.split(r"[ ,]+", numbers.strip())]
            if name == "translate":
                x, y = x + scale * values[0], y + scale * (values[1] if len(values) > 1 else 0)
            elif name == "scale" and len(set(values)) == 1:
                scale *= values[0]
            else:
                raise FormulaError(f"this construction cannot be printed (it needs {name}())")
        return x, y, scale

    def use(self, attributes: dict[str, str], frame: tuple[float, float, float]) -> None:
        x, y, scale = frame
        glyph = int(attributes["href"].rpartition("-g")[2])
        x += scale * float(attributes.get("x", 0))
        y += scale * float(attributes.get("y", 0))
        _, bottom, _, top = self.face.extents(glyph)
        self._reach(y + scale * bottom, y + scale * top)
        self.glyphs.append(Glyph(glyph, x / 1000, y / 1000, scale, _color(attributes)))

    def rect(self, attributes: dict[str, str], frame: tuple[float, float, float]) -> None:
        x, y, scale = frame
        left, low, width, height = (
            scale * float(attributes[name]) for name in ("x", "y", "width", "height")
        )
        self._reach(y + low, y + low + height)
        self.rules.append(
            Rule(
                (x + left) / 1000, (y + low) / 1000, width / 1000, height / 1000, _color(attributes)
            )
        )

    def line(self, attributes: dict[str, str], frame: tuple[float, float, float]) -> None:
        x, y, scale = frame
        x1, y1, x2, y2, width = (
            scale * float(attributes[name]) for name in ("x1", "y1", "x2", "y2", "stroke-width")
        )
        self._reach(y + min(y1, y2), y + max(y1, y2))
        self.strokes.append(
            Stroke(
                (x + x1) / 1000,
                (y + y1) / 1000,
                (x + x2) / 1000,
                (y + y2) / 1000,
                width / 1000,
                _color(attributes),
            )
        )

    def _reach(self, low: float, high: float) -> None:
        self.bottom, self.top = min(self.bottom, low), max(self.top, high)


_DRAWN = {"use": _Reader.use, "rect": _Reader.rect, "line": _Reader.line}


def _color(attributes: dict[str, str]) -> str:
    color = attributes.get("fill") or attributes.get("stroke") or ""
    return "" if color in ("currentColor", "none") else color


# --- where a line may break ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Sign:
    symbol: str
    cost: int | None
    relation: bool = False


_COSTS = {"rel": 500, "bin": 700, "punct": 300}
"""TeX's \\relpenalty and \\binoppenalty; after a comma it would not break, a narrow line must."""
_INSIDE = 1500
"""What each pair of parentheses around a sign adds."""


def _cuts(tree: Any, glyphs: list[Glyph], face: Face) -> Iterator[Cut]:
    """The breaks after top-level signs; none at all where signs and glyphs cannot be matched."""
    signs = list(_signs(tree, [0]))
    if None in signs or not signs:
        return
    symbols = {sign.symbol for sign in signs if sign}
    drawn = [
        (place, glyph)
        for place, glyph in enumerate(glyphs)
        if glyph.scale == 1 and face_text(face, glyph.glyph) in symbols
    ]
    if [face_text(face, glyph.glyph) for _, glyph in drawn] != [s.symbol for s in signs if s]:
        return
    for (place, glyph), sign in zip(drawn, signs, strict=True):
        if sign is None or sign.cost is None or not 0 < place < len(glyphs) - 1:
            continue
        end = glyph.x + face.advance(glyph.glyph) / 1000
        start = glyphs[place + 1].x
        if start >= end - 1e-6:
            yield Cut(end=end, start=start, cost=sign.cost, before=glyph.x, relation=sign.relation)


def _signs(node: Any, depth: list[int]) -> Iterator[_Sign | None]:
    """The operators on the baseline in reading order; None where the order cannot be known."""
    kind = node.get("type") if isinstance(node, dict) else None
    if kind == "row":
        yield from _row(node["children"], depth)
    elif kind == "scripts":
        yield from _signs(node["base"], depth)
    elif kind == "operator":
        yield _Sign(node["symbol"], None)
    elif kind in ("root", "delimited"):
        depth[0] += 9
        inner = [node["radicand"]] if kind == "root" else node["parts"]
        for child in inner:
            for sign in _signs(child, depth):
                yield sign and _Sign(sign.symbol, None)
        depth[0] -= 9
    elif kind not in _PLAIN:
        yield None


_PLAIN = {
    "identifier",
    "number",
    "fraction",
    "text",
    "function",
    "large-operator",
    "space",
    "accent",
}


def _row(children: list[Any], depth: list[int]) -> Iterator[_Sign | None]:
    unary = True  # at the start, and after another sign, + and - are no operators
    for child in children:
        if child.get("type") != "operator":
            unary = False
            yield from _signs(child, depth)
            continue
        role, symbol = child["class"], child["symbol"]
        depth[0] += {"open": 1, "close": -1}.get(role, 0)
        cost = _COSTS.get(role)
        if cost is not None and not (unary and role == "bin"):
            yield _Sign(symbol, cost + _INSIDE * max(0, depth[0]), role == "rel")
        else:
            yield _Sign(symbol, None)
        unary = role in ("rel", "bin", "open", "punct")


@cache
def face_text(face: Face, glyph: int) -> str:
    """The text of a glyph, remembered."""
    return face.text(glyph)
