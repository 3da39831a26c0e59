"""Markup (CommonMark with LaTeX between dollar signs) to blocks.

What banks may use: paragraphs, emphasis, code, lists, tables, fenced code, hard line breaks,
``$...$`` and ``$$...$$``, and ``![](figure:NAME)`` for a plot or a drawing of the model. Links,
HTML, headings and pictures from files are not part of it: a sheet of paper cannot follow a link,
and a bank must not reach outside itself; such text stays as it was typed.

Blocks are immutable, so equal texts share one parse; so do texts that differ in their numbers or
figures alone, as those of a problem's variants do: `skeleton` fills in what differs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, Literal

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.tree import SyntaxTreeNode
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.dollarmath.index import math_inline_dollar

from generator.document.plain import plain_blocks
from generator.document.skeleton import (
    Bones,
    Slot,
    depends_on_numbers,
    with_figures,
    with_numbers,
    without_numbers,
)
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
from generator.model.figure import Figure

FIGURE = "figure:"


class UnknownFigure(LookupError):  # noqa: N818 - named for what it says
    """The text places a figure that there is not."""

    def __init__(self, name: str, known: tuple[str, ...]) -> None:
        super().__init__(name)
        self.name, self.known = name, known


def _parser() -> MarkdownIt:
    parser = MarkdownIt("zero").enable(
        ["backticks", "emphasis", "entity", "escape", "fence", "image", "list", "newline", "table"]
    )
    parser.use(
        dollarmath_plugin,
        allow_labels=False,
        allow_space=True,
        allow_digits=False,
        double_inline=True,  # a display within a paragraph still becomes a block of its own
    )
    parser.inline.ruler.at("math_inline", _math)
    return parser


_dollars = math_inline_dollar(allow_space=True, allow_digits=False, allow_double=True)


def _math(state: StateInline, silent: bool) -> bool:
    """The plugin's rule for formulas in a line, for which nothing stands before the first sign.

    It looks at the sign before a dollar sign, which in Python is the last one for the first: in
    ``$n$ is 5`` the digit made it money. A blank behind the text is no digit and no backslash.
    """
    if state.pos:
        return _dollars(state, silent)
    text = state.src
    state.src = f"{text} "
    try:
        return _dollars(state, silent)
    finally:
        state.src = text


_PARSER = _parser()


def blocks(text: str, figures: Mapping[str, Figure] | None = None) -> Blocks:
    """Parse markup. Raises UnknownFigure where it places a figure that `figures` lacks."""
    if FIGURE not in text:
        return _without_figures(text)
    return _parse(text, figures or {})


def inlines(text: str) -> Inlines:
    """Parse markup that fits one line; see `in_line`."""
    return in_line(blocks(text))


def in_line(found: Blocks) -> Inlines:
    """Blocks as one line: paragraphs are joined, displays become inline math.

    What fits no line (a list, a table, a figure) is left out.
    """
    if len(found) == 1 and isinstance(found[0], Paragraph):
        return found[0].content
    content: list[Inline] = []
    for block in found:
        if content:
            content.append(Text(text=" "))
        content += _as_inlines(block)
    return tuple(content)


def plain(content: Inlines) -> str:
    """The words of a line without their markup; formulas as their LaTeX."""
    return "".join(_PLAIN[type(item)](item) for item in content)


_PLAIN: dict[type, Callable[..., str]] = {
    Text: lambda item: item.text,
    Math: lambda item: item.latex,
    Code: lambda item: item.text,
    Emphasis: lambda item: plain(item.content),
    Strong: lambda item: plain(item.content),
    LineBreak: lambda _: " ",
}


def _as_inlines(block: Block) -> Inlines:
    if isinstance(block, Paragraph):
        return block.content
    if isinstance(block, Display):
        return (Math(latex=block.latex),)
    if isinstance(block, CodeBlock):
        return (Code(text=block.text),)
    return ()


@lru_cache(maxsize=4_000)
def _without_figures(text: str) -> Blocks:
    found = plain_blocks(text)
    return _parse(text, {}) if found is None else found


def _parse(text: str, figures: Mapping[str, Figure]) -> Blocks:
    def figure(name: str) -> FigureBlock:
        if name not in figures:
            raise UnknownFigure(name, tuple(sorted(figures)))
        return FigureBlock(figure=figures[name], caption=inlines(figures[name].caption))

    skeleton, numbers = without_numbers(text)
    shared = _shared_bones(skeleton) if numbers else None
    found = None if shared is None else with_numbers(shared, numbers, figure)
    return with_figures(_bones(text), figure) if found is None else found


@lru_cache(maxsize=2_000)
def _bones(text: str) -> Bones:
    return _blocks(SyntaxTreeNode(_PARSER.parse(text)).children)


@lru_cache(maxsize=2_000)
def _shared_bones(skeleton: str) -> Bones | None:
    """The bones of all texts with this skeleton; None where each has its own."""
    return None if depends_on_numbers(skeleton) else _bones(skeleton)


def _blocks(nodes: list[SyntaxTreeNode]) -> Bones:
    return tuple(block for node in nodes for block in _BLOCKS[node.type](node))


def _paragraph(node: SyntaxTreeNode) -> list[Block | Slot]:
    """A paragraph, cut where a display or a figure interrupts it."""
    found: list[Block | Slot] = []
    line: list[SyntaxTreeNode] = []

    def flush() -> None:
        content = _trimmed(_inlines(line))
        if content:
            found.append(Paragraph(content=content))
        line.clear()

    for child in node.children[0].children:
        if child.type == "math_inline_double":
            flush()
            found.append(Display(latex=child.content.strip()))
        elif child.type == "image" and _target(child).startswith(FIGURE):
            flush()
            found.append(Slot(_target(child).removeprefix(FIGURE)))
        else:
            line.append(child)
    flush()
    return found


def _list(node: SyntaxTreeNode) -> list[Block | Slot]:
    # `with_figures` fills the slots of an item; until then its type is a promise.
    items: tuple[Any, ...] = tuple(_blocks(item.children) for item in node.children)
    start = int(node.attrs.get("start", 1)) if node.type == "ordered_list" else None
    return [List(items=items, start=start)]


def _table(node: SyntaxTreeNode) -> list[Block | Slot]:
    head = node.children[0].children[0].children
    body = node.children[1].children if len(node.children) > 1 else []
    return [
        Table(
            header=tuple(_cell(cell) for cell in head),
            rows=tuple(tuple(_cell(cell) for cell in row.children) for row in body),
            alignment=tuple(_alignment(cell) for cell in head),
        )
    ]


def _cell(node: SyntaxTreeNode) -> Inlines:
    return _trimmed(_inlines(node.children[0].children)) if node.children else ()


def _alignment(node: SyntaxTreeNode) -> Literal["left", "center", "right"]:
    style = str(node.attrs.get("style", ""))
    if "center" in style:
        return "center"
    return "right" if "right" in style else "left"


_BLOCKS: dict[str, Callable[[SyntaxTreeNode], list[Block | Slot]]] = {
    "paragraph": _paragraph,
    "math_block": lambda node: [Display(latex=node.content.strip())],
    "bullet_list": _list,
    "ordered_list": _list,
    "table": _table,
    "fence": lambda node: [CodeBlock(text=node.content.rstrip("\n"), language=node.info.strip())],
}


def _inlines(nodes: list[SyntaxTreeNode]) -> Inlines:
    return _joined([item for node in nodes for item in _INLINES[node.type](node)])


_INLINES: dict[str, Callable[[SyntaxTreeNode], list[Inline]]] = {
    "text": lambda node: [Text(text=node.content)] if node.content else [],
    "text_special": lambda node: [Text(text=node.content)],
    "softbreak": lambda _: [Text(text=" ")],
    "hardbreak": lambda _: [LineBreak()],
    "code_inline": lambda node: [Code(text=node.content)],
    "math_inline": lambda node: [Math(latex=node.content.strip())],
    "math_inline_double": lambda node: [Math(latex=node.content.strip())],
    "em": lambda node: [Emphasis(content=_inlines(node.children))],
    "strong": lambda node: [Strong(content=_inlines(node.children))],
    "image": lambda node: [Text(text=f"![{node.content}]({_target(node)})")],
}


def _target(node: SyntaxTreeNode) -> str:
    return str(node.attrs.get("src", ""))


def _joined(items: list[Inline]) -> Inlines:
    """Neighbouring pieces of plain text as one, so that renderers can kern and break them."""
    joined: list[Inline] = []
    for item in items:
        last = joined[-1] if joined else None
        if isinstance(item, Text) and isinstance(last, Text):
            joined[-1] = Text(text=last.text + item.text)
        else:
            joined.append(item)
    return tuple(joined)


def _trimmed(content: Inlines) -> Inlines:
    """Without white space and line breaks at either end."""
    items = list(content)
    while items and isinstance(items[0], LineBreak):
        items.pop(0)
    while items and isinstance(items[-1], LineBreak):
        items.pop()
    if items and isinstance(items[0], Text):
        items[0] = Text(text=items[0].text.lstrip())
    if items and isinstance(items[-1], Text):
        items[-1] = Text(text=items[-1].text.rstrip())
    return tuple(item for item in items if not (isinstance(item, Text) and not item.text))
