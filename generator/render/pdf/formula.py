"""LaTeX formulas as display lists.

mathra lays a formula out by TeX's rules (OpenType MATH). Its SVG is read by `formula_svg`, its
tree of meaning by `formula_cuts`; `latex` finds what its strict mode lets pass. The result is a
`Formula`, in em with y upwards, whose glyphs are those of the math face. Height and depth are the
ink's, because the SVG's view box is too small. Speech is mathra's, in the language of the sheet.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from generator.model.dataclass import dataclass
from generator.render.pdf.fonts import RECENT, Face
from generator.render.pdf.formula_cuts import Cut, find_cuts, has_signs, on_the_baseline
from generator.render.pdf.formula_svg import Glyph, Rule, Stroke, read_drawing
from generator.render.pdf.latex import FormulaError, misuse
from generator.render.typesetter import drawing


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Formula:
    """A formula, laid out from the left end of its baseline; known by identity."""

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

    def extent(self, left: float, right: float) -> tuple[float, float]:
        """Height and depth of the ink that begins between `left` and `right`."""
        if left <= 0 and right >= self.width:
            return self.height, self.depth
        height = depth = 0.0
        for glyph in self.glyphs:
            if left <= glyph.x < right:
                _, low, _, high = self.face.extents(glyph.glyph)
                height = max(height, glyph.y + high / 1000 * glyph.scale)
                depth = max(depth, -glyph.y - low / 1000 * glyph.scale)
        for rule in self.rules:
            if left <= rule.x < right:
                height, depth = max(height, rule.y + rule.height), max(depth, -rule.y)
        return height, depth


_ACCENT_WITH_SCRIPT = re.compile(
    r"(\\(?:hat|tilde|bar|dot|ddot|vec|check|breve)\s*"
    r"(?:\{(?:[A-Za-z]|\\[a-zA-Z]+)\}|\s[A-Za-z]|\\[a-zA-Z]+))(?=[_^])"
)


@lru_cache(maxsize=RECENT)
def formula(latex: str, face: Face, *, display: bool, language: str = "en") -> Formula:
    """Lay out LaTeX (without dollar signs) in the math face; FormulaError if it is wrong."""
    complaint = misuse(latex)
    if complaint:
        raise FormulaError(complaint)
    # TeX sets the scripts of an accented letter by the letter; mathra by the box of the accent,
    # which makes them sit low beside letters with a descender.
    svg = _draw(_ACCENT_WITH_SCRIPT.sub(r"\1{}", latex), display=display, language=language)
    return _read(svg, face)


def complaint(latex: str, face: Face, *, display: bool, language: str = "en") -> str:
    """Why LaTeX cannot be laid out, with a column where that is known; empty if it can."""
    try:
        formula(latex, face, display=display, language=language)
    except FormulaError as error:
        return _in_the_authors_columns(latex) or str(error)
    return ""


def _in_the_authors_columns(latex: str) -> str:
    """The complaint about LaTeX before its accents were changed, so that the column is right."""
    try:
        if not misuse(latex):
            _draw(latex, display=True, language="en")
    except FormulaError as error:
        return str(error)
    return ""


def _draw(source: str, *, display: bool, language: str) -> str:
    try:
        return drawing(source, language, display=display)
    except ValueError as error:
        raise FormulaError(str(error)) from None


def _read(svg: str, face: Face) -> Formula:
    end = svg.rindex("<text ")
    drawn = read_drawing(svg[svg.index('<g fill="currentColor"') : end], face)
    if not drawn.glyphs and not drawn.rules and not drawn.strokes:
        raise FormulaError("the formula shows nothing")
    _, _, width, _ = map(float, _between(svg, 'viewBox="', '"').split())
    return Formula(
        face=face,
        width=min(width / 1000, drawn.right),
        height=drawn.top / 1000,
        depth=-drawn.bottom / 1000,
        glyphs=tuple(drawn.glyphs),
        rules=tuple(drawn.rules),
        strokes=tuple(drawn.strokes),
        cuts=tuple(_cuts(_between(svg, "<mathra:tree>", "</mathra:tree>"), drawn.glyphs, face)),
        speech=_plain(_between(svg, "<title ", "</title>").partition(">")[2]),
        text=_plain(svg[svg.index(">", end) + 1 : svg.rindex("</text>")]),
    )


def _cuts(tree: str, glyphs: Sequence[Glyph], face: Face) -> Iterator[Cut]:
    """Where the formula may be cut; its tree, which is long, is parsed only if it may be at all."""
    if any(map(on_the_baseline, glyphs)) and has_signs(tree):
        yield from find_cuts(json.loads(_plain(tree)), glyphs, face)


def _plain(text: str) -> str:
    """Text without XML's escapes (`html.unescape` knows thousands, and takes its time)."""
    for escape, character in _ESCAPES:
        text = text.replace(escape, character)
    return text


_ESCAPES = (
    ("&lt;", "<"),
    ("&gt;", ">"),
    ("&quot;", '"'),
    ("&apos;", "'"),
    ("&#39;", "'"),
    ("&amp;", "&"),  # the last: it may have escaped another
)


def _between(text: str, start: str, end: str) -> str:
    begin = text.index(start) + len(start)
    return text[begin : text.index(end, begin)]
