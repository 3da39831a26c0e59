r"""Paragraphs: lines of text and formulas, as strips.

The distance of baselines is the leading; where tall formulas would come closer than `_LINESKIP`
the lines move apart (TeX's \baselineskip and \lineskip). All lines of a paragraph belong to one
node; a formula within is a node of its own with its speech, and is copied as one line of text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from generator.model.document import Inlines
from generator.render.pdf.fit import set_lines
from generator.render.pdf.fonts import RECENT
from generator.render.pdf.ink import Ink
from generator.render.pdf.inline import Type, Word
from generator.render.pdf.line import Placed, SetLine, words_ink
from generator.render.pdf.strips import NEVER, PARAGRAPH, WITHIN, Mark, Node, Strip, Strips

_LINESKIP = 1.5


def paragraph(
    content: Inlines,
    look: Type,
    measure: float,
    node: Node | None,
    *,
    gap: float = 0.0,
    cut: int = PARAGRAPH,
) -> Strips:
    """The strips of a paragraph; each line is one, and two lines at least stay together."""
    lines = set_lines(content, look, measure)
    return tuple(_strips(lines, look, node, gap, cut))


def _strips(
    lines: Sequence[SetLine], look: Type, node: Node | None, gap: float, cut: int
) -> Iterator[Strip]:
    last = len(lines) - 1
    ascent = look.ascent
    descent = look.leading - ascent
    formulas: dict[int, Node | None] = {}
    for i, line in enumerate(lines):
        above = max(ascent, line.height)
        below = max(descent, line.depth)
        if i > 0:
            before = lines[i - 1]
            apart = max(look.leading, before.depth + line.height + _LINESKIP)
            # Negative where a tall line may reach into the white of the line before it.
            gap = apart - above - max(descent, before.depth)
        widowed = i == 1 or (i == last and last > 0)
        yield Strip(
            height=above + below,
            baseline=above,
            gap=gap,
            cut=cut if i == 0 else NEVER if widowed else WITHIN,
            marks=tuple(_marks(line, above, node, formulas)),
        )


def _marks(
    line: SetLine, baseline: float, node: Node | None, formulas: dict[int, Node | None]
) -> Iterator[Mark]:
    for x, ink, formula, first in line.spans:
        if formula is None:
            yield Mark(x, baseline, ink, node)
            continue
        if first or id(formula) not in formulas:
            formulas[id(formula)] = Node.within(node, "Formula", alt=formula.speech)
        yield Mark(x, baseline, ink, formulas[id(formula)], formula.text if first else "")


@lru_cache(maxsize=RECENT)
def text_ink(text: str, look: Type) -> tuple[Ink, float]:
    """One line of plain text from its left end, and its width: for labels and page numbers."""
    words: list[Placed] = []
    x = 0.0
    for face, stretch in look.fonts.stretches(look.role, text):
        words.append((x, Word(face, stretch, look.size)))
        x += face.shape(stretch).width * look.size / 1000
    return (words_ink(words, look.color), x) if words else (Ink(""), 0.0)
