"""Displayed formulas: centred; broken before a relation or scaled where the line is too narrow."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from generator.render.formula import numbered
from generator.render.pdf.formula import Formula, formula
from generator.render.pdf.formula_cuts import INSIDE
from generator.render.pdf.inline import Type
from generator.render.pdf.mathink import formula_ink
from generator.render.pdf.paragraph import text_ink
from generator.render.pdf.strips import NEVER, PARAGRAPH, Mark, Node, Strip, Strips

_INDENT = 2.0
"""How far (in em) lines that begin with an operator stand to the right of the relation."""
_BETWEEN = 0.3
"""White (in em) between the lines of a broken formula."""
_STRUT_HEIGHT, _STRUT_DEPTH = 0.7, 0.22
"""No line is lower than this (in em), so that formulas of low letters have no more white around."""


def display(latex: str, look: Type, measure: float, parent: Node | None) -> Strips:
    """A formula on lines of its own, which stay together; its number stands at the right end."""
    face, language = look.fonts.face("math"), look.language
    spoken = formula(latex, face, display=True, language=language)
    node = Node.within(parent, "Formula", alt=spoken.speech)
    bare, number = numbered(latex)
    if not number:
        return tuple(_strips(spoken, spoken.text, look, (0.0, measure), node))
    laid = formula(bare, face, display=True, language=language)
    ink, width = text_ink(number, look)
    beside = width + look.size
    # In the middle of the line if the number leaves room for that, else of what is left of it.
    central = laid.width * look.size <= measure - 2 * beside
    place = (beside, measure - 2 * beside) if central else (0.0, measure - beside)
    *strips, last = _strips(laid, laid.text, look, place, node)
    mark = Mark(measure - width, last.baseline, ink, node)
    return (*strips, last._replace(marks=(*last.marks, mark)))


def _strips(
    laid: Formula, text: str, look: Type, place: tuple[float, float], node: Node | None
) -> Iterator[Strip]:
    """A strip for each row, centred together in the place (its left end and width)."""
    left_end, measure = place
    rows = _rows(laid, measure / look.size)
    widest = max(indent + right - left for indent, left, right in rows)
    size = min(look.size, measure / widest) if widest else look.size
    start = left_end + max(0.0, (measure - widest * size) / 2)
    height = max(laid.height, _STRUT_HEIGHT) * size
    depth = max(laid.depth, _STRUT_DEPTH) * size
    for i, (indent, left, right) in enumerate(rows):
        ink = formula_ink(laid, size, look.color, left, right)
        mark = Mark(start + indent * size, height, ink, node, text if i == 0 else "")
        yield Strip(
            height=height + depth,
            baseline=height,
            gap=0.0 if i == 0 else _BETWEEN * size,
            cut=PARAGRAPH if i == 0 else NEVER,
            marks=(mark,),
        )


@lru_cache(maxsize=64)
def _rows(laid: Formula, measure: float) -> tuple[tuple[float, float, float], ...]:
    """Indent, left and right end of each line, in em: one, if the formula fits or cannot be cut."""
    if laid.width <= measure:
        return ((0.0, 0.0, laid.width),)
    cuts = [cut for cut in laid.cuts if cut.cost < INSIDE and cut.cost >= 500]
    relations = [cut.before for cut in cuts if cut.relation]
    anchor = relations[0] if relations and relations[0] < measure / 3 else 0.0
    places = [(cut.before, cut.relation) for cut in cuts]
    return tuple(_fill(laid, measure, anchor, places))


def _fill(
    laid: Formula, measure: float, anchor: float, places: list[tuple[float, bool]]
) -> Iterator[tuple[float, float, float]]:
    left, indent = 0.0, 0.0
    while laid.width - left > measure - indent:
        here = [cut for cut in places if left < cut[0] <= left + measure - indent]
        within = [cut for cut in here if cut[1] and cut[0] > anchor] or [
            cut for cut in here if cut[0] > anchor
        ]
        if not within:
            beyond = [cut for cut in places if cut[0] > max(left + 1e-6, anchor)]
            if not beyond:
                break
            within = beyond[:1]
        right, relation = within[-1]
        yield indent, left, right
        left, indent = right, anchor + (0.0 if relation else _INDENT)
    yield indent, left, laid.width
