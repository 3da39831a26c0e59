"""Formulas that contain others whole: fractions, roots, and what changes their look or spaces."""

from __future__ import annotations

from dataclasses import replace

from generator.render.mathml.element import SPACES, Context, space, tag
from generator.render.mathml.rows import one, side_by_side
from generator.render.typesetter import Node


def fraction(node: Node, context: Context) -> str:
    """A fraction; without its line, a binomial coefficient."""
    style = node.get("style")
    inner = replace(context, display=False)
    parts = one(node["num"], inner) + one(node["den"], inner)
    rule = {} if node.get("rule", True) else {"linethickness": "0"}
    written = tag("mfrac", parts, **rule)
    if style is None:
        return written
    return tag("mstyle", written, displaystyle="true" if style == "display" else "false")


def root(node: Node, context: Context) -> str:
    """A square root, or one with an index."""
    if "index" not in node:
        return tag("msqrt", side_by_side(node["radicand"], context))
    return tag("mroot", one(node["radicand"], context) + one(node["index"], context.scripted))


def style(node: Node, context: Context) -> str:
    """A formula that is set as in a display, in a line or in a script."""
    level = node["level"]
    inside = replace(context, display=level == 0, script=level > 1)
    attributes = {"displaystyle": "true" if level == 0 else "false"}
    if level > 1:
        attributes["scriptlevel"] = str(level - 1)
    return tag("mstyle", side_by_side(node["base"], inside), **attributes)


def colored(node: Node, context: Context) -> str:
    """A formula in a colour."""
    return tag("mrow", side_by_side(node["base"], context), mathcolor=node["color"])


def framed(node: Node, context: Context) -> str:
    """A formula in a box."""
    if node.get("shape", "box") != "box":
        raise KeyError(node["shape"])
    style = "border: 0.06em solid; padding: 0.2em"
    return tag("mrow", side_by_side(node["base"], context), style=style)


def phantom(node: Node, context: Context) -> str:
    """The place of a formula that is not seen."""
    return tag("mphantom", side_by_side(node["base"], context))


def forced(node: Node, context: Context) -> str:
    """A formula with the spaces of an operator."""
    inner = one(node["base"], context)
    width = SPACES.get(node["class"])
    if width is None or context.script:
        return inner
    return tag("mrow", space(width) + inner + space(width))
