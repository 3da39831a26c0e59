"""Will every formula and every letter of a document show? Asked before anything is rendered.

A renderer knows what it can set; it is asked through a `Proofreader`, and what it cannot set
becomes a finding at the place in the bank where the text was written.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import Any, Protocol

from generator.diagnostics import Diagnostic, at
from generator.model.document import (
    Block,
    Blocks,
    Code,
    CodeBlock,
    Display,
    Emphasis,
    FigureBlock,
    Inline,
    Inlines,
    LineBreak,
    List,
    Math,
    Paragraph,
    Strong,
    Table,
    Text,
)
from generator.model.figure import Label
from generator.model.source import Source


class Proofreader(Hashable, Protocol):
    """What a renderer can tell of a text without setting it; it tells the same each time."""

    def formula(self, latex: str, *, display: bool) -> str:
        """Why this LaTeX cannot be typeset; empty where it can."""

    def letters(self, text: str) -> str:
        """The characters of `text` that no font has; empty where all can be shown."""


def proofread(blocks: Blocks, written: Source, proofreader: Proofreader) -> Iterator[Diagnostic]:
    """A finding for each piece of `blocks` that cannot be shown; they come from `written`."""
    for piece, complaint in _complaints(blocks, proofreader):
        if isinstance(piece, Math | Display):
            yield _bad_formula(written, piece.latex, complaint)
        else:
            yield _missing_letters(written, complaint)


def can_be_shown(blocks: Blocks, proofreader: Proofreader) -> bool:
    """Whether there would be no finding."""
    return next(_complaints(blocks, proofreader), None) is None


def _complaints(blocks: Blocks, proofreader: Proofreader) -> Iterator[tuple[_Piece, str]]:
    """Each piece that cannot be shown, with why the formula cannot or which letters are missing."""
    for piece in _pieces(blocks):
        if isinstance(piece, Math):
            complaint = proofreader.formula(piece.latex, display=False)
        elif isinstance(piece, Display):
            complaint = proofreader.formula(piece.latex, display=True)
        else:
            complaint = proofreader.letters(piece.text)
        if complaint:
            yield piece, complaint


def _bad_formula(written: Source, latex: str, complaint: str) -> Diagnostic:
    offset, length = _place(written, latex)
    return at(
        written,
        "bad-formula",
        f"this formula cannot be typeset: {complaint}",
        help=f"the formula, filled in, is ${latex}$",
        offset=offset,
        length=length,
    )


def _missing_letters(written: Source, missing: str) -> Diagnostic:
    named = ", ".join(f"`{letter}` (U+{ord(letter):04X})" for letter in missing[:5])
    offset, length = _place(written, missing[0])
    return at(
        written,
        "missing-glyph",
        f"no font of the sheets has {named}",
        help="name a font that has it under `fallback` in templates/sheet.yaml",
        offset=offset,
        length=length,
    )


def _place(written: Source, text: str) -> tuple[int, int | None]:
    """Offset and length of `text` in a template; of its beginning, where tags took part in it."""
    for end in range(len(text), 2, -1):
        offset = written.text.find(text[:end])
        if offset >= 0:
            return offset, len(text[:end].split("\n", maxsplit=1)[0])
    return max(0, written.text.find(text)), None


# --- what a document is made of ----------------------------------------------------------------

_Piece = Math | Display | Text | Code | CodeBlock


def _pieces(blocks: Blocks) -> list[_Piece]:
    return [piece for block in blocks for piece in _BLOCKS[type(block)](block)]


def _line(content: Inlines) -> list[_Piece]:
    return [piece for inline in content for piece in _INLINES[type(inline)](inline)]


def _table(table: Table) -> list[_Piece]:
    cells = (cell for row in (table.header, *table.rows) for cell in row)
    return [piece for cell in cells for piece in _line(cell)]


def _figure(block: FigureBlock) -> list[_Piece]:
    labels = (shape for shape in block.figure.shapes if isinstance(shape, Label))
    shown = (Math(latex=one.latex) if one.latex else Text(text=one.text) for one in labels)
    return [*shown, *_line(block.caption)]


# Lists and tuples, no generators: most texts are two or three pieces.
_BLOCKS: dict[type[Block], Callable[[Any], Sequence[_Piece]]] = {
    Paragraph: lambda block: _line(block.content),
    Display: lambda block: (block,),
    List: lambda block: [piece for item in block.items for piece in _pieces(item)],
    Table: _table,
    CodeBlock: lambda block: (block,),
    FigureBlock: _figure,
}

_INLINES: dict[type[Inline], Callable[[Any], Sequence[_Piece]]] = {
    Text: lambda inline: (inline,),
    Math: lambda inline: (inline,),
    Code: lambda inline: (inline,),
    Emphasis: lambda inline: _line(inline.content),
    Strong: lambda inline: _line(inline.content),
    LineBreak: lambda _: (),
}
