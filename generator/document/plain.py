r"""Texts of plain lines, words and formulas, and of displays: read without the parser of markup.

Most texts are, and of those that only one variant has nearly all: ``$20 \times 26 = 520$.``, and
the steps of a worked solution. What might be anything else (a sign of markup outside of formulas, a
dollar sign that may be money, what may begin a list) is not decided here: `plain_blocks` gives
None, and the parser reads it. What it gives is what the parser would give.
"""

from __future__ import annotations

import re

from generator.model.document import Block, Blocks, Display, Inline, Inlines, Math, Paragraph, Text

_MARKUP = re.compile(r"[\\`*_&!\[]")
"""Signs that begin markup within a line; a formula is passed over."""
_BROKEN = re.compile(r"[\n\r\0]|\$\$|\\\$")
"""What makes it more than a line, a display, or a dollar sign that is none."""
_BEGINS_A_BLOCK = re.compile(r"[-+*~0-9]")
_DISPLAY = re.compile(r"\$\$\n([^$\r\0]*[^$\\\s])\n\$\$")


def plain_blocks(text: str) -> Blocks | None:
    """The blocks of a text of plain lines and displays with an empty line between any two.

    None if it may be anything else.
    """
    blocks: list[Block] = []
    for piece in text.rstrip("\n").split("\n\n"):
        block = _display(piece) if piece.startswith("$$") else _paragraph(piece)
        if block is None:
            return None
        blocks.append(block)
    return tuple(blocks)


def _display(text: str) -> Display | None:
    found = _DISPLAY.fullmatch(text)
    return Display(latex=found.group(1).strip()) if found else None


def _paragraph(text: str) -> Paragraph | None:
    line = _plain_line(text)
    return None if line is None else Paragraph(content=line)


def _plain_line(text: str) -> Inlines | None:
    """The pieces of a line of words and formulas; None if it may be anything else.

    A dollar sign beside a digit may be money: then the parser must look.
    """
    if _BROKEN.search(text) or _BEGINS_A_BLOCK.match(text) or text != text.strip() or not text:
        return None
    words, *rest = text.split("$")
    if len(rest) % 2 or _MARKUP.search("".join([words, *rest[1::2]])):
        return None
    if rest and words and words[-1].isdigit():
        return None
    content: list[Inline] = [Text(text=words)] if words else []
    for place in range(0, len(rest), 2):
        latex, words = rest[place : place + 2]
        content.append(Math(latex=latex.strip()))
        if words:
            if words[0].isdigit() or (words[-1].isdigit() and place + 2 < len(rest)):
                return None
            content.append(Text(text=words))
    return tuple(content)
