"""The blocks of a document as strips: the table `_BLOCKS` says who sets what."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from generator.model.document import (
    Block,
    Blocks,
    CodeBlock,
    Display,
    FigureBlock,
    List,
    Paragraph,
    Table,
    Text,
)
from generator.render.pdf.display import display
from generator.render.pdf.figure import figure
from generator.render.pdf.inline import Type, varied
from generator.render.pdf.paragraph import paragraph, text_ink
from generator.render.pdf.strips import (
    NEVER,
    PARAGRAPH,
    TOGETHER,
    WITHIN,
    Mark,
    Node,
    Strips,
    joined,
    marked,
    shifted,
    with_first,
)
from generator.render.pdf.table import table

_INDENT = 1.7
"""How far (in em) the items of a list are indented."""
_CODE_SIZE, _CODE_LEADING = 0.85, 0.92

_GAPS: dict[type[Block], float] = {
    Paragraph: 0.32,
    List: 0.32,
    Display: 0.62,
    CodeBlock: 0.62,
    Table: 0.8,
    FigureBlock: 0.9,
}
"""The white (in em) that a block wants above and below; of two neighbours the larger counts."""


def set_blocks(
    blocks: Blocks, look: Type, measure: float, parent: Node | None, *, gap: float | None = None
) -> Strips:
    """The strips of a sequence of blocks; `gap` is the space above the first.

    A paragraph that leads to a display, list, table, code or figure stays with it; one that goes on
    with a display's sentence is no better a beginning of a page than a line of it would be.
    """
    strips: list[Strips] = []
    before: Block | None = None
    for block in blocks:
        part = _BLOCKS[type(block)](block, look, measure, parent)
        if not part:
            continue
        white = max(_GAPS[type(block)], _GAPS[type(before)] if before else 0.0) * look.size
        leads = isinstance(before, Paragraph) and not isinstance(block, Paragraph)
        above = gap if before is None and gap is not None else white
        cut = TOGETHER if leads else WITHIN if goes_on(before, block) else None
        strips.append(with_first(part, gap=above, cut=cut))
        before = block
    return joined(strips)


def goes_on(before: Block | None, block: Block) -> bool:
    """Whether a paragraph goes on with the sentence of the display before it: "where …"."""
    if not (isinstance(before, Display) and isinstance(block, Paragraph)):
        return False
    first = block.content[0] if block.content else None
    return isinstance(first, Text) and first.text.lstrip()[:1].islower()


def _paragraph(block: Paragraph, look: Type, measure: float, parent: Node | None) -> Strips:
    return paragraph(block.content, look, measure, Node.within(parent, "P"))


def _display(block: Display, look: Type, measure: float, parent: Node | None) -> Strips:
    return display(block.latex, look, measure, parent)


def _list(block: List, look: Type, measure: float, parent: Node | None) -> Strips:
    numbering = "/O /List /ListNumbering " + ("/Disc" if block.start is None else "/Decimal")
    node = Node.within(parent, "L", attributes=numbering)
    indent = _INDENT * look.size
    strips: list[Strips] = []
    for i, item in enumerate(block.items):
        entry = Node.within(node, "LI")
        label = "•" if block.start is None else f"{block.start + i}."
        _, width = text_ink(label, look)
        body = set_blocks(item, look, measure - indent, Node.within(entry, "LBody"))
        place = max(0.0, indent - width - 0.4 * look.size)
        strips.append(labelled(shifted(body, indent), label, look, entry, place=place))
    return joined(strips)


def labelled(
    body: Strips, label: str, look: Type, entry: Node | None, *, place: float = 0.0
) -> Strips:
    """The body with a label before its first line, `place` points from the left."""
    if not body:
        return ()
    ink, _ = text_ink(label, look)
    mark = Mark(place, body[0].baseline, ink, Node.within(entry, "Lbl"))
    return (marked(body[0], mark), *body[1:])


def _code(block: CodeBlock, look: Type, measure: float, parent: Node | None) -> Strips:
    node = Node.within(Node.within(parent, "P"), "Code")
    mono = varied(
        look,
        role="mono",
        size=look.size * _CODE_SIZE,
        leading=look.leading * _CODE_LEADING,
        hyphenate=False,
        alignment="left",
    )
    blank = look.fonts.face("mono").shape(" ").width * mono.size / 1000
    strips: list[Strips] = []
    for i, line in enumerate(block.text.rstrip("\n").expandtabs(4).split("\n")):
        body = line.lstrip(" ")
        left = look.size + blank * min(len(line) - len(body), measure / 2 // blank)
        content = (Text(text=body.replace(" ", "\u00a0") or "\u00a0"),)
        part = paragraph(
            content,
            mono,
            measure - left,
            node,
            cut=NEVER if i == 1 else PARAGRAPH,
        )
        strips.append(shifted(part, left))
    return joined(strips)


def _table(block: Table, look: Type, measure: float, parent: Node | None) -> Strips:
    return table(block, look, measure, parent, set_blocks)


def _figure(block: FigureBlock, look: Type, measure: float, parent: Node | None) -> Strips:
    return figure(block, look, measure, parent)


_Setter = Callable[[Any, Type, float, Node | None], Strips]

_BLOCKS: dict[type[Block], _Setter] = {
    Paragraph: _paragraph,
    Display: _display,
    List: _list,
    CodeBlock: _code,
    Table: _table,
    FigureBlock: _figure,
}
