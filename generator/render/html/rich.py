"""Running text and blocks of a page: formulas as MathML, figures as SVG in place.

What MathML has no element for is drawn as the sheets draw it, with its spoken text; a formula that
nothing can set is shown as it was written. What may be wider than a phone scrolls by itself and
can be reached by the keyboard.
"""

from __future__ import annotations

from markupsafe import Markup

from generator.model.document import (
    Block,
    Blocks,
    CodeBlock,
    Display,
    Inline,
    Inlines,
    Math,
    Paragraph,
    Table,
    Text,
)
from generator.model.figure import Figure
from generator.render.formula import numbered, outline
from generator.render.html.style import Style
from generator.render.hypertext import Writer, attribute, words
from generator.render.mathml import NoMathml, mathml
from generator.render.svg import svg
from generator.render.typesetter import spoken

_NARROW = 17.0
"""What a phone is wide, in em of its text, less the margins."""
_CODE = 34
"""The characters of a line of code that a phone shows."""
_COLUMNS = 3


class Rich:
    """Writes the HTML of a fragment; `name` begins the ids of its figures."""

    def __init__(self, name: str, style: Style) -> None:
        self._name, self._style = name, style
        self._drawings = 0
        self._writer = _Joined(
            math=self._math, display=self._display, figure=self._figure, scroll=_scroll
        )

    def blocks(self, content: Blocks) -> Markup:
        """Blocks, each an element."""
        return _markup(self._writer.blocks(content))

    def inlines(self, content: Inlines) -> Markup:
        """Running text."""
        return _markup(self._writer.inlines(content))

    def line(self, content: Blocks) -> Markup | None:
        """Blocks that are but one line as running text; None if they are more."""
        if not content:
            return _markup("")
        if len(content) == 1 and isinstance(content[0], Paragraph):
            return self.inlines(content[0].content)
        return None

    def _math(self, latex: str) -> str:
        written = self._formula(latex, display=False)
        if _wide(latex):
            return f'<span class="scroll" tabindex="0">{written}</span>'
        return written

    def _display(self, latex: str) -> str:
        bare, number = numbered(latex)
        written = self._formula(bare, display=True)
        if not number:
            return written
        return f'<div class="numbered">{written}<span class="number">{words(number)}</span></div>'

    def _formula(self, latex: str, *, display: bool) -> str:
        try:
            return mathml(latex, display=display)
        except NoMathml:
            return self._drawn(latex) or f"<code>{words(latex)}</code>"

    def _drawn(self, latex: str) -> str:
        """The outlines of a formula; empty if it cannot be set."""
        drawn = outline(latex)
        if drawn is None:
            return ""
        prefix = self._prefix()
        paths = "".join(f'<path id="{prefix}{name}" d="{path}"/>' for name, path in drawn.glyphs)
        shapes = drawn.shapes.replace('href="#', f'href="#{prefix}')
        tall = drawn.ascent + drawn.descent
        box = f"0 {-drawn.ascent * 1000:.0f} {drawn.width * 1000:.0f} {tall * 1000:.0f}"
        style = f"height: {tall:.3f}em; vertical-align: {-drawn.descent:.3f}em"
        label = attribute(spoken(latex, self._style.language))
        return (
            f'<svg role="img" aria-label="{label}" viewBox="{box}" style="{style}">'
            f'<defs>{paths}</defs><g fill="currentColor" transform="scale(1 -1)">{shapes}</g></svg>'
        )

    def _figure(self, figure: Figure) -> str:
        return f'<div class="drawing">{svg(figure, self._prefix())}</div>'

    def _prefix(self) -> str:
        self._drawings += 1
        return f"{self._name}-{self._drawings}-"


class _Joined(Writer):
    """A writer that keeps a formula on the line of what it touches: ``(x)``, ``x,``.

    To a browser a formula is a box, beside which a line may end even where no blank is.
    """

    __slots__ = ()

    def inlines(self, content: Inlines) -> str:
        pieces = []
        for i, item in enumerate(content):
            if i and _touch(content[i - 1], item):
                pieces.append(_JOINER)
            pieces.append(self.inline(item))
        return "".join(pieces)


_JOINER = "\u2060"
"""A word joiner: nothing is seen of it, and no line ends at it."""


def _touch(before: Inline, after: Inline) -> bool:
    if isinstance(after, Math) and isinstance(before, Text):
        return not before.text[-1:].isspace()
    if isinstance(before, Math) and isinstance(after, Text):
        return not after.text[:1].isspace()
    return isinstance(before, Math) and isinstance(after, Math)


def _markup(html: str) -> Markup:
    return Markup(html)  # noqa: S704 - written by our own writer, which escapes


def _wide(latex: str, room: float = _NARROW) -> bool:
    drawn = outline(latex)
    return drawn is not None and drawn.width > room


def _scroll(block: Block) -> str:
    """The attributes of the box around a block: a stop for the tab key where it may be too wide."""
    wide = (
        (isinstance(block, Display) and _wide(block.latex))
        or (isinstance(block, Table) and len(block.header) > _COLUMNS)
        or (isinstance(block, CodeBlock) and _longest(block) > _CODE)
    )
    return 'class="scroll" tabindex="0"' if wide else 'class="scroll"'


def _longest(block: CodeBlock) -> int:
    return max(map(len, block.text.expandtabs(4).split("\n")))
