"""What stands above or below something: scripts and limits, accents, braces, arrows."""

from __future__ import annotations

from html import escape

from generator.render.mathml.element import THICK, THIN, Context, tag
from generator.render.mathml.rows import one
from generator.render.typesetter import Node

_INTEGRALS = frozenset("∫∬∭∮∯∰⨌")


def large(node: Node, context: Context) -> str:
    """A sum, a product, an integral."""
    around = "0" if context.script else THIN
    symbol = escape(node["symbol"], quote=False)
    limits = node.get("limits")
    movable = {} if limits is None else {"movablelimits": "false"}
    return tag("mo", symbol, lspace=around, rspace=around, **movable)


def scripts(node: Node, context: Context) -> str:
    """A base with what stands below and above on its right, or under and over it."""
    base = node["base"]
    written = one(base, context)
    parts = [one(node[name], context.scripted) for name in ("sub", "sup") if name in node]
    names = _UNDEROVER if _has_limits(base) else _SUBSUP
    return tag(names["sub" in node, "sup" in node], written + "".join(parts))


_SUBSUP = {(True, False): "msub", (False, True): "msup", (True, True): "msubsup"}
_UNDEROVER = {(True, False): "munder", (False, True): "mover", (True, True): "munderover"}


def _has_limits(base: Node) -> bool:
    """Whether scripts stand above and below, in a display at least."""
    if base["type"] == "large-operator":
        return bool(base.get("limits", base["symbol"] not in _INTEGRALS))
    if base["type"] == "brace":
        return True
    return bool(base["type"] in ("function", "forced-class") and base.get("limits"))


_SPACING_ACCENTS = {
    "\u0300": "`",
    "\u0301": "´",
    "\u0302": "^",
    "\u0303": "~",
    "\u0304": "¯",
    "\u0306": "˘",
    "\u0307": "˙",
    "\u0308": "¨",
    "\u030a": "˚",
    "\u030c": "ˇ",
    "\u20d6": "←",
    "\u20d7": "→",
    "\u20e1": "↔",
}
"""Accents as characters that stand by themselves, which is what MathML wants."""


def accent(node: Node, context: Context) -> str:
    """A letter with its accent."""
    sign = _SPACING_ACCENTS[node["accent"]]
    stretchy = "true" if node.get("stretchy") else "false"
    above = tag("mo", sign, stretchy=stretchy)
    return tag("mover", one(node["base"], context) + above, accent="true")


def bar(node: Node, context: Context) -> str:
    """A line over or under a formula."""
    base = one(node["base"], context)
    if node["above"]:
        return tag("mover", base + tag("mo", "‾", stretchy="true"), accent="true")
    return tag("munder", base + tag("mo", "_", stretchy="true"), accentunder="true")


def brace(node: Node, context: Context) -> str:
    """A brace over or under a formula, with its label."""
    name, sign = ("mover", "⏞") if node["above"] else ("munder", "⏟")
    braced = tag(name, one(node["base"], context) + tag("mo", sign, stretchy="true"))
    if "label" not in node:
        return braced
    return tag(name, braced + one(node["label"], context.scripted))


def arrow(node: Node, context: Context) -> str:
    """An arrow with what is written on it."""
    shaft = tag("mo", escape(node["symbol"]), stretchy="true", lspace=THICK, rspace=THICK)
    return _stack(shaft, node, context)


def stacked(node: Node, context: Context) -> str:
    """Something set above or below a sign."""
    return _stack(one(node["base"], context), node, context)


def _stack(base: str, node: Node, context: Context) -> str:
    present = ("below" in node, "above" in node)
    parts = [one(node[name], context.scripted) for name in ("below", "above") if name in node]
    return tag(_UNDEROVER[present], base + "".join(parts))
