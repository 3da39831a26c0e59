"""mathra, which reads and sets formulas: the one module that calls it.

A formula is asked for once and comes back as outlines (SVG), as speech, as a line of text and as a
tree of what it means. mathra is strict here: what it cannot set, it says, and a renderer decides
what to show instead.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from typing import Any

import mathra

Node = Mapping[str, Any]
"""A node of mathra's tree: its ``type``, and what this type has; parsed JSON, so of any type."""


def laid_out(latex: str) -> Node | None:
    """A formula in text style: its ``svg``, ``tree`` and ``text``; None if it cannot be set."""
    try:
        return mathra.render(latex, display=False, strict=True)
    except ValueError:
        return None


def tree(latex: str) -> Node | None:
    """What a formula means; None if it cannot be read or set."""
    try:
        found: Node = json.loads(mathra.tex_to_tree(latex, display=False, strict=True))
    except ValueError:
        return None
    return found


def drawing(latex: str, language: str, *, display: bool) -> str:
    """A formula as SVG, which has its tree, its speech and its text inside. Raises ValueError."""
    return str(mathra.tex_to_svg(latex, _locale(language), display=display, strict=True))


def spoken(latex: str, language: str) -> str:
    """A formula as it is read out; its source if it cannot be."""
    try:
        return str(mathra.render(latex, _locale(language), display=False, strict=True)["speech"])
    except ValueError:
        return latex


@cache
def decimal_sign(language: str) -> str:
    """What stands before the decimals of a number, as formulas of this language have it."""
    return str(mathra.render("0.5", _locale(language), display=False, strict=True)["text"])[1]


_LOCALES = frozenset(entry["code"] for entry in mathra.locales())


def _locale(language: str) -> str:
    """The language to speak in: English where mathra does not speak the one that is asked for."""
    return next((code for code in (language, language[:2]) if code in _LOCALES), "en")


# --- what stands in a tree ---------------------------------------------------------------------


def atom_class(node: Node) -> str:
    """TeX's class of an atom: ord, op, bin, rel, open, close, punct; empty for spaces.

    One with scripts or in a colour is of the class of its base: ``)^2`` closes.
    """
    kind = node["type"]
    if kind in ("scripts", "colored"):
        return atom_class(node["base"])
    if kind in ("function", "large-operator"):
        return "op"
    if kind == "space":
        return ""
    return str(node.get("class", "ord"))


def digits(node: Node) -> str:
    """The digits of a number, with what separates its thousands."""
    whole, point, rest = node["value"].partition(".")
    if "thousands" in node:
        whole = f"{int(whole):,}".replace(",", node["thousands"])
    return str(whole + point + rest)


def is_plain(part: Node) -> bool:
    """Whether a part of a text is words alone, not a formula among them."""
    return part["type"] == "text" and "value" in part
