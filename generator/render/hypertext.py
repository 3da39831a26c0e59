"""Blocks to HTML: one writer for every place where HTML is read.

A `Writer` knows the markup; how a formula and a figure are shown where its HTML will be read is
passed in. What it returns is valid HTML (no XML), fits the width of a phone (formulas, tables and
code scroll within themselves, figures shrink), and names its figures in words.
"""

from __future__ import annotations

import re
from collections.abc import Callable
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
from generator.model.figure import Figure

# `\(`, `\[` and `$$` in words would be taken for math by MathJax, `@@PLUGINFILE@@` for a file by
# Moodle: an empty element in their middle hides them from both, and nobody sees it.
_DELIMITERS = re.compile(r"\\(?=[(\[\])])|\$(?=\$)|@(?=@)")
_SPECIAL = re.compile(r"[&<>\\$@]")

# All that XML 1.0 allows: of the control characters tab, line feed and carriage return.
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def clean(text: str) -> str:
    """The text with characters that no XML can hold replaced by U+FFFD."""
    if text.replace("\n", "").isprintable():  # soon told, and most texts are
        return text
    return _FORBIDDEN.sub("\ufffd", text)


def escape(text: str) -> str:
    """Text as the content of an element. Quotes may stay: this is not for attributes."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def attribute(text: str) -> str:
    """Text as the value of an attribute, between double quotes."""
    return escape(text).replace('"', "&quot;").replace("\n", " ")


def words(text: str) -> str:
    """Text that is shown letter by letter, whatever a script on the page looks for."""
    if not _SPECIAL.search(text):
        return text
    return _DELIMITERS.sub(lambda match: match.group() + "<span></span>", escape(text))


@dataclass(frozen=True, slots=True, kw_only=True)
class Writer:
    """Writes blocks and inlines as HTML.

    `math` and `display` turn LaTeX into HTML, within a line and on lines of its own; `figure`
    gives the element that shows a drawing, `scroll` the attributes of the box around a display,
    a table or code that may be too wide.
    """

    math: Callable[[str], str]
    display: Callable[[str], str]
    figure: Callable[[Figure], str]
    scroll: Callable[[Block], str] = lambda _: 'style="overflow: auto hidden"'

    def blocks(self, content: Blocks, lead: str = "") -> str:
        """The blocks as HTML. `lead` is HTML that begins the first line, such as ``(a)``."""
        if not lead:
            return "\n".join([_BLOCKS[type(block)](self, block) for block in content])
        if content and isinstance(content[0], Paragraph):
            first = f"<p>{lead} {self.inlines(content[0].content)}</p>"
            return "\n".join([first, *(self.block(block) for block in content[1:])])
        return "\n".join([f"<p>{lead}</p>", *(self.block(block) for block in content)])

    def block(self, block: Block) -> str:
        """One block as HTML."""
        return _BLOCKS[type(block)](self, block)

    def inlines(self, content: Inlines) -> str:
        """Running text as HTML."""
        return "".join([_INLINES[type(item)](self, item) for item in content])

    def inline(self, item: Inline) -> str:
        """One piece of running text as HTML."""
        return _INLINES[type(item)](self, item)


# --- blocks ------------------------------------------------------------------------------------


def _list(writer: Writer, block: List) -> str:
    items = "".join(f"<li>{_item(writer, item)}</li>" for item in block.items)
    if block.start is None:
        return f"<ul>{items}</ul>"
    start = "" if block.start == 1 else f' start="{block.start}"'
    return f"<ol{start}>{items}</ol>"


def _item(writer: Writer, content: Blocks) -> str:
    """An item; a single paragraph needs no element of its own."""
    if len(content) == 1 and isinstance(content[0], Paragraph):
        return writer.inlines(content[0].content)
    return writer.blocks(content)


def _table(writer: Writer, block: Table) -> str:
    def row(tag: str, cells: tuple[Inlines, ...]) -> str:
        scope = ' scope="col"' if tag == "th" else ""
        return "".join(
            f'<{tag}{scope} style="text-align: {side}">{writer.inlines(cell)}</{tag}>'
            for side, cell in zip(block.alignment, cells, strict=True)
        )

    head = f"<thead><tr>{row('th', block.header)}</tr></thead>"
    body = "".join(f"<tr>{row('td', cells)}</tr>" for cells in block.rows)
    table = f'<table class="table table-sm w-auto">{head}<tbody>{body}</tbody></table>'
    return f"<div {writer.scroll(block)}>{table}</div>"


def _code(writer: Writer, block: CodeBlock) -> str:
    return f"<pre {writer.scroll(block)}><code>{words(block.text)}</code></pre>"


def _figure(writer: Writer, block: FigureBlock) -> str:
    caption = f"<figcaption>{writer.inlines(block.caption)}</figcaption>" if block.caption else ""
    return f'<figure style="margin: 1em 0">{writer.figure(block.figure)}{caption}</figure>'


_BLOCKS: dict[type, Callable[[Writer, Any], str]] = {
    Paragraph: lambda writer, block: f"<p>{writer.inlines(block.content)}</p>",
    Display: lambda writer, block: (
        f"<div {writer.scroll(block)}>{writer.display(block.latex)}</div>"
    ),
    List: _list,
    Table: _table,
    CodeBlock: _code,
    FigureBlock: _figure,
}

# --- running text ------------------------------------------------------------------------------

_INLINES: dict[type, Callable[[Writer, Any], str]] = {
    Text: lambda _, item: words(item.text),
    Math: lambda writer, item: writer.math(item.latex),
    Code: lambda _, item: f"<code>{words(item.text)}</code>",
    Emphasis: lambda writer, item: f"<em>{writer.inlines(item.content)}</em>",
    Strong: lambda writer, item: f"<strong>{writer.inlines(item.content)}</strong>",
    LineBreak: lambda _, __: "<br>",
}
