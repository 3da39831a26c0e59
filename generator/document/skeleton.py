"""What texts share that differ in their numbers and figures alone: a skeleton with holes.

Where words, signs and markup are equal, so is the structure of two texts, whatever numbers stand
between; so it is parsed once and filled for each variant. The few places where markup does look at
a number are excluded.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from generator.model.dataclass import dataclass
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

_NUMBER = re.compile("([0-9]+)")
_STAND_IN = "0"
_LOOKED_AT = re.compile(r"&|^\W*[0-9]+[.)](?:\s|$)", re.MULTILINE)
"""Where a number is markup: a character reference, or what may begin an ordered list."""


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a figure goes, by its name."""

    name: str


Bones = tuple[Block | Slot, ...]
"""Blocks, those within lists too, whose figures are still to come."""

Figure = Callable[[str], FigureBlock]
"""Gives the figure of a name."""


def without_numbers(text: str) -> tuple[str, list[str]]:
    """The text with a stand-in for each of its numbers, and the numbers in order."""
    pieces = _NUMBER.split(text)
    return _STAND_IN.join(pieces[::2]), pieces[1::2]


def depends_on_numbers(skeleton: str) -> bool:
    """Whether the markup of the texts with this skeleton may depend on their numbers."""
    return _LOOKED_AT.search(skeleton) is not None


def with_figures(bones: Bones, figure: Figure) -> Blocks:
    """The blocks with their figures."""
    return _Filling(figure).blocks(bones)


def with_numbers(bones: Bones, numbers: Iterable[str], figure: Figure) -> Blocks | None:
    """The blocks with these numbers, in the order of reading, and their figures.

    None if there are more or fewer places than numbers: then some number was markup after all.
    """
    filling = _Numbering(figure, numbers)
    try:
        found = filling.blocks(bones)
    except StopIteration:
        return None
    return found if filling.is_done() else None


class _Filling:
    """Puts figures where their slots are."""

    def __init__(self, figure: Figure) -> None:
        self._figure = figure

    def text(self, text: str) -> str:
        """What becomes of a piece of text."""
        return text

    def blocks(self, bones: Bones) -> Blocks:
        return tuple([_BLOCKS[type(block)](self, block) for block in bones])

    def line(self, content: Inlines) -> Inlines:
        return tuple([_INLINES[type(item)](self, item) for item in content])

    def table(self, table: Table) -> Table:
        header, *rows = [
            tuple([self.line(cell) for cell in row]) for row in (table.header, *table.rows)
        ]
        return Table(header=header, rows=tuple(rows), alignment=table.alignment)

    def list_(self, list_: List) -> List:
        items = tuple([self.blocks(item) for item in list_.items])
        return List(items=items, start=list_.start)

    def code(self, block: CodeBlock) -> CodeBlock:
        language = self.text(block.language)  # it stands before the text
        return CodeBlock(language=language, text=self.text(block.text))

    def slot(self, slot: Slot) -> FigureBlock:
        return self._figure(self.text(slot.name))


class _Numbering(_Filling):
    """Puts in numbers too."""

    def __init__(self, figure: Figure, numbers: Iterable[str]) -> None:
        super().__init__(figure)
        self._numbers = iter(numbers)

    def text(self, text: str) -> str:
        """The text with the next numbers; StopIteration where they are used up."""
        if _STAND_IN not in text:
            return text
        pieces = text.split(_STAND_IN)
        for place in range(1, len(pieces)):
            pieces[place] = next(self._numbers) + pieces[place]
        return "".join(pieces)

    def is_done(self) -> bool:
        """Whether no number is left."""
        return next(self._numbers, None) is None


_BLOCKS: dict[type, Callable[[_Filling, Any], Block]] = {
    Paragraph: lambda filling, block: Paragraph(content=filling.line(block.content)),
    Display: lambda filling, block: Display(latex=filling.text(block.latex)),
    List: _Filling.list_,
    Table: _Filling.table,
    CodeBlock: _Filling.code,
    Slot: _Filling.slot,
}


def _text(filling: _Filling, item: Text) -> Text:
    text = filling.text(item.text)
    return item if text is item.text else Text(text=text)


def _math(filling: _Filling, item: Math) -> Math:
    latex = filling.text(item.latex)
    return item if latex is item.latex else Math(latex=latex)


_INLINES: dict[type, Callable[[_Filling, Any], Inline]] = {
    Text: _text,
    Math: _math,
    Code: lambda filling, item: Code(text=filling.text(item.text)),
    Emphasis: lambda filling, item: Emphasis(content=filling.line(item.content)),
    Strong: lambda filling, item: Strong(content=filling.line(item.content)),
    LineBreak: lambda _, item: item,
}
