"""What stands on a page: a column of strips, each of which is never cut.

A `Strip` is a line of text, a display, a row of a table, an answer box. It knows the space above
it, what it costs to begin a page with it, and its marks: ink at a place, with the `Node` of the
document's structure that it belongs to (None: an artifact, which a screen reader passes over).
Pages are made of strips alone, so the rules of page breaking need to know nothing of their kinds.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from generator.model.dataclass import dataclass
from generator.render.pdf.ink import Ink

FREE = 0
PARAGRAPH = 30
WITHIN = 150
TOGETHER = 4_000
NEVER = 100_000
"""Costs of beginning a page with a strip: a new part; a new paragraph; a line within one; what
should stay with the strip before it; what must."""


@dataclass(slots=True, eq=False)
class Node:
    """An element of the structure tree, known by identity.

    Its place among its siblings is where it is first drawn. `attributes` are PDF syntax
    (``/O /Table /Scope /Column``). Nothing changes a node; it is not frozen because it would then
    take four times as long to make one, and a form has a thousand.
    """

    tag: str
    parent: Node | None
    alt: str = ""
    attributes: str = ""

    @classmethod
    def within(
        cls, parent: Node | None, tag: str, *, alt: str = "", attributes: str = ""
    ) -> Node | None:
        """A new element of `parent`; none within an artifact, which has no structure."""
        return cls(tag, parent, alt, attributes) if parent else None


class Mark(NamedTuple):
    """Ink with its origin at (x, y) of a strip: y is how far **below** the strip's top.

    `actual` is the text to copy where it differs from the glyphs'; `extent` the width and height
    of an illustration, whose ink is below and to the right of its origin. A tuple because there
    are thousands on a sheet, and most are moved twice.
    """

    x: float
    y: float
    ink: Ink
    node: Node | None = None
    actual: str | None = None
    extent: tuple[float, float] | None = None


def moved(marks: Iterable[Mark], right: float, down: float = 0.0) -> tuple[Mark, ...]:
    """The same inks at another place."""
    new = tuple.__new__  # what `Mark(...)` comes to, in a fourth of its time
    return tuple(
        [
            new(Mark, (x + right, y + down, ink, node, actual, extent))
            for x, y, ink, node, actual, extent in marks
        ]
    )


class Bar(NamedTuple):
    """A vertical line beside all strips that share it, drawn through the gaps between them."""

    x: float
    width: float
    color: str


class Strip(NamedTuple):
    """A part of a page as wide as the text, `height` high and never cut.

    `gap` is the space above it unless it begins a page; `cut` what beginning a page with it
    costs; `baseline` is how far below its top a label beside it stands. `again` is what is
    repeated above it where it begins a page: the header of a table, as an artifact. A tuple because
    a sheet has hundreds, each of which is made several times on its way to the page.
    """

    height: float
    baseline: float = 0.0
    gap: float = 0.0
    cut: int = FREE
    marks: tuple[Mark, ...] = ()
    bar: Bar | None = None
    again: Strip | None = None

    def shifted(self, right: float) -> Strip:
        """The strip with all that is in it moved to the right."""
        height, baseline, gap, cut, marks, bar, again = self
        bar = bar and Bar(bar.x + right, bar.width, bar.color)
        again = again and again.shifted(right)
        return Strip(height, baseline, gap, cut, moved(marks, right), bar, again)

    def repeated(self) -> Strip:
        """The strip as it is repeated: its text is read out once, where it stands first."""
        marks = (Mark(mark.x, mark.y, mark.ink) for mark in self.marks)
        return self._replace(marks=tuple(marks))


Strips = tuple[Strip, ...]


def joined(parts: Iterable[Strips]) -> Strips:
    """One column of several."""
    return tuple(strip for part in parts for strip in part)


def shifted(strips: Iterable[Strip], right: float) -> Strips:
    """The strips, moved to the right."""
    return tuple(strip.shifted(right) for strip in strips)


def with_first(
    strips: Sequence[Strip], *, gap: float | None = None, cut: int | None = None
) -> Strips:
    """The strips, the first of them with another gap above or another cost of a cut."""
    if not strips:
        return ()
    first = strips[0]
    changed = first._replace(
        gap=first.gap if gap is None else gap, cut=first.cut if cut is None else cut
    )
    return (changed, *strips[1:])


def as_one(strips: Sequence[Strip]) -> Strip:
    """Strips that stand below each other as a single one, which is never cut."""
    marks: list[Mark] = []
    y = 0.0
    for i, strip in enumerate(strips):
        y += strip.gap if i else 0.0
        marks += moved(strip.marks, 0, y)
        y += strip.height
    first = strips[0]
    return first._replace(height=y, marks=tuple(marks))


def beside(row: Sequence[Strip]) -> Strip:
    """Strips that stand side by side as a single one, on a common baseline."""
    baseline = max(strip.baseline for strip in row)
    below = max(strip.height - strip.baseline for strip in row)
    marks = [mark for strip in row for mark in moved(strip.marks, 0, baseline - strip.baseline)]
    return Strip(height=baseline + below, baseline=baseline, marks=tuple(marks))


def marked(strip: Strip, *marks: Mark) -> Strip:
    """The strip with these marks before its own, in reading order."""
    return strip._replace(marks=(*marks, *strip.marks))
