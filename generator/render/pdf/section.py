"""The heading of a section: a rule, the title, and what is instructed for all its problems."""

from __future__ import annotations

from collections.abc import Sequence

from generator.model.document import Text
from generator.model.form import FormSection
from generator.render.pdf.blocks import set_blocks
from generator.render.pdf.ink import Ink, numbers, stroke_color
from generator.render.pdf.inline import varied
from generator.render.pdf.paragraph import paragraph
from generator.render.pdf.strips import FREE, NEVER, Mark, Node, Strips, marked, with_first
from generator.render.pdf.style import Setting

_SIZE = 1.35
"""Size of the title in sizes of the text: between those of the sheet's title and a problem's."""
_ABOVE, _RULE = 2.4, 0.6


def section_headings(
    place: int, sections: Sequence[FormSection], setting: Setting, root: Node
) -> Strips:
    """The headings above the problem at `place` (from 0) of a form."""
    found = (_heading(section, setting, root) for section in sections if section.start == place)
    return tuple(strip for strips in found for strip in strips)


def below(headings: Strips, problem: Strips) -> Strips:
    """A problem below its headings, which no page break parts from it."""
    return (*headings, *with_first(problem, cut=NEVER)) if headings else problem


def _heading(section: FormSection, setting: Setting, root: Node) -> Strips:
    body = setting.body
    large = varied(
        body,
        role="bold",
        size=body.size * _SIZE,
        leading=body.size * _SIZE * 1.25,
        hyphenate=False,
        alignment="left",
    )
    node = Node("H2", root)
    lines = paragraph((Text(text=section.title),), large, setting.measure, node)
    first, *rest = with_first(lines, gap=body.size * _ABOVE, cut=FREE)
    color = stroke_color(setting.colors.frame)
    line = f"{color} {_RULE} w 0 0 m {numbers(setting.measure)} 0 l S"
    first = marked(first, Mark(0, -body.size * 0.7, Ink(f"q {line} Q")))
    words = set_blocks(
        section.instructions, setting.small, setting.measure, root, gap=body.size * 0.3
    )
    return (first, *rest, *with_first(words, cut=NEVER))
