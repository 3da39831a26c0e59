r"""Texts that are one line of words and formulas: read without the parser of markup.

Most texts are, and of a chunk of questions most that are new: ``$20 \times 26 = 520$.`` What might
be anything else (a sign of markup outside of formulas, a dollar sign that may be money, what may
begin a list) is not decided here: `plain_line` gives None, and the parser reads it. What it gives
is what the parser would give.
"""

from __future__ import annotations

import re

from generator.model.document import Inline, Inlines, Math, Text

_MARKUP = re.compile(r"[\\`*_&!\[]")
"""Signs that begin markup within a line; a formula is passed over."""
_BROKEN = re.compile(r"[\n\r\0]|\$\$|\\\$")
"""What makes it more than a line, a display, or a dollar sign that is none."""
_BEGINS_A_BLOCK = re.compile(r"[-+*~0-9]")


def plain_line(text: str) -> Inlines | None:
    """The pieces of a text that is a line of words and formulas; None if it may be anything else.

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
