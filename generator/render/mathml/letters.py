"""What stands for itself: letters, numbers, words, names of functions."""

from __future__ import annotations

from html import escape

from generator.render.alphabets import styled
from generator.render.mathml.element import Context, tag
from generator.render.typesetter import Node, digits, is_plain


def number(node: Node, _: Context) -> str:
    """A number as it is written."""
    return tag("mn", escape(digits(node), quote=False))


def identifier(node: Node, _: Context) -> str:
    """A letter in its alphabet."""
    name, variant = node["name"], node.get("variant", "")
    if variant == "upright":
        return tag("mi", escape(name, quote=False), mathvariant="normal")
    return tag("mi", escape(styled(name, variant), quote=False))


def _words(text: str) -> str:
    """Text whose outer blanks stay."""
    inner = text.strip(" ")
    before = "\u00a0" * (len(text) - len(text.lstrip(" ")))
    after = "\u00a0" * (len(text) - len(text.rstrip(" "))) if inner else ""
    return tag("mtext", before + escape(inner, quote=False) + after)


def text(node: Node, context: Context) -> str:
    """Words, with formulas among them."""
    written = [
        _words(part["value"])
        if is_plain(part)
        else context.write(part["value"] if part["type"] == "math" else part)
        for part in node["parts"]
    ]
    return written[0] if len(written) == 1 else tag("mrow", "".join(written))


def function(node: Node, _: Context) -> str:
    """The name of a function, such as log; the scripts of lim stand below it."""
    name = escape(node["name"], quote=False)
    if not node.get("limits"):
        return tag("mi", name, mathvariant="normal") if len(name) == 1 else tag("mi", name)
    return tag("mo", name, form="prefix", movablelimits="true", lspace="0", rspace="0")
