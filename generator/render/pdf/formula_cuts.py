r"""Where a line may end within a formula: after a relation or a binary operator, as in TeX.

mathra's tree of meaning says which signs are relations and operators and how deep in parentheses
they stand; the glyphs say where they are. Both are in reading order, so they are matched one by
one; where they do not match, the formula is not broken.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.model.dataclass import dataclass
from generator.render.pdf.fonts import Face
from generator.render.pdf.formula_svg import Glyph
from generator.render.typesetter import Node, atom_class


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """A place where a line may end. Lengths are in em from the formula's left end.

    `before` is where the sign begins, `end` where it ends, `start` where the rest begins. `cost`
    is what TeX would charge: a relation is cheaper than an operator.
    """

    before: float
    end: float
    start: float
    cost: int
    relation: bool


INSIDE = 1_500
"""What each pair of parentheses around a sign adds to its cost."""
_COSTS = {"rel": 500, "bin": 700, "punct": 300}
"""TeX's \\relpenalty and \\binoppenalty. After a comma TeX does not break; a list of symbols
between dollar signs should."""
_EXACT = 1e-6


@dataclass(frozen=True, slots=True)
class _Sign:
    """A sign on the baseline; without a cost no line ends after it."""

    symbol: str
    cost: int | None = None
    relation: bool = False


def has_signs(tree: str) -> bool:
    """Whether a line may end after any sign of a tree, JSON in XML: plain numbers have none."""
    return any(f"&quot;{role}&quot;" in tree for role in _COSTS)


def on_the_baseline(glyph: Glyph) -> bool:
    """Whether a line may end after a glyph, if it is a sign; rows of a table rarely stand there."""
    return glyph.scale == 1 and abs(glyph.y) < _EXACT


def find_cuts(tree: Node, glyphs: Sequence[Glyph], face: Face) -> Iterator[Cut]:
    """The places after signs on the baseline, from left to right."""
    signs = [sign for sign in _signs(tree, nested=False) if sign.symbol]
    symbols = {sign.symbol for sign in signs}
    if not any(sign.cost for sign in signs):
        return
    drawn = [
        place
        for place, glyph in enumerate(glyphs)
        if on_the_baseline(glyph) and face.text(glyph.glyph) in symbols
    ]
    if [face.text(glyphs[place].glyph) for place in drawn] != [sign.symbol for sign in signs]:
        return
    for place, sign in zip(drawn, signs, strict=True):
        if sign.cost is None or not 0 < place < len(glyphs) - 1:
            continue
        glyph = glyphs[place]
        end = glyph.x + face.advance(glyph.glyph) / 1000
        start = glyphs[place + 1].x
        if start >= end - _EXACT:
            yield Cut(before=glyph.x, end=end, start=start, cost=sign.cost, relation=sign.relation)


_INNER = {
    "scripts": "base",
    "root": "radicand",
    "delimited": "parts",
    "bar": "base",
    "accent": "base",
    "brace": "base",
    "framed": "base",
    "colored": "base",
    "forced-class": "base",
}
"""Nodes whose content stands on the baseline, by the name of that content. Fractions, tables and
scripts do not."""


def _signs(node: Node, *, nested: bool) -> Iterator[_Sign]:
    """The relations, operators and commas on the baseline, in reading order."""
    kind = node["type"]
    if kind == "row":
        yield from _row(node["children"], nested=nested)
    elif kind == "operator" and node["class"] in _COSTS:
        yield _Sign(node["symbol"])
    elif kind in _INNER:
        inner = node[_INNER[kind]]
        for child in inner if isinstance(inner, list) else [inner]:
            yield from _signs(child, nested=True)


def _row(children: Sequence[Node], *, nested: bool) -> Iterator[_Sign]:
    depth = 0
    unary = True  # at the start and after another sign, plus and minus are no operators
    for child in children:
        role = atom_class(child)
        depth += {"open": 1, "close": -1}.get(role, 0)
        if child["type"] != "operator" or role not in _COSTS:
            yield from _signs(child, nested=nested)
        elif nested or (unary and role == "bin"):
            yield _Sign(child["symbol"])
        else:
            cost = _COSTS[role] + INSIDE * max(0, depth)
            yield _Sign(child["symbol"], cost, role == "rel")
        unary = role in ("rel", "bin", "open", "punct")
