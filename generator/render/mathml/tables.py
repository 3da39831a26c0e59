"""Tables, and the parentheses around them and around other formulas."""

from __future__ import annotations

from dataclasses import replace
from html import escape

from generator.render.mathml.element import Context, fence, tag
from generator.render.mathml.rows import side_by_side
from generator.render.typesetter import Node

_SIZES = {1: "1.2em", 2: "1.8em", 3: "2.4em", 4: "3em"}


def delimited(node: Node, context: Context) -> str:
    """A formula between parentheses that are as high as it is."""
    middles = [fence(symbol, "infix") for symbol in node.get("middles", ())]
    parts = [side_by_side(part, context) for part in node["parts"]]
    inner = "".join(part + middle for part, middle in zip(parts, [*middles, ""], strict=True))
    begin, end = fence(node.get("open", ""), "prefix"), fence(node.get("close", ""), "postfix")
    return tag("mrow", begin + inner + end)


def fixed(node: Node, _: Context) -> str:
    r"""A parenthesis whose size is given, as by ``\big``."""
    size = _SIZES[node["size"]]
    form = {"open": "prefix", "close": "postfix"}.get(node.get("class", ""), "infix")
    symbol = escape(node["symbol"], quote=False)
    return tag(
        "mo", symbol, form=form, stretchy="true", minsize=size, maxsize=size, lspace="0", rspace="0"
    )


_FENCES = {
    "p-matrix": ("(", ")"),
    "b-matrix": ("[", "]"),
    "brace-matrix": ("{", "}"),
    "v-matrix": ("|", "|"),
    "v-v-matrix": ("‖", "‖"),
    "cases": ("{", ""),
}
_SIDES = {"l": "left", "c": "center", "r": "right"}
_PLAIN = frozenset(("matrix", "small-matrix", "centered", "substack", "aligned", "array"))


def table(node: Node, context: Context) -> str:
    """A matrix, cases, aligned lines."""
    shape = node["shape"]
    if shape not in _FENCES and shape not in _PLAIN:
        raise KeyError(shape)
    inside = replace(context, display=shape in ("aligned", "centered"), script=shape == "substack")
    rows = []
    for number, row in enumerate(node["rows"]):
        cells = (
            tag("mtd", side_by_side(cell, inside), **_cell_style(node, number, column))
            for column, cell in enumerate(row)
        )
        rows.append(tag("mtr", "".join(cells)))
    style = {"displaystyle": "true"} if inside.display else {}
    if shape in ("small-matrix", "substack"):
        style = {"scriptlevel": "1"}
    written = tag("mtable", "".join(rows), **style)
    begin, end = _FENCES.get(shape, ("", ""))
    if not begin:
        return written
    return tag("mrow", fence(begin, "prefix") + written + fence(end, "postfix"))


def _cell_style(node: Node, row: int, column: int) -> dict[str, str]:
    """The style of a cell: its side, the lines beside it, no gap between aligned halves."""
    shape, rules = node["shape"], []
    if shape == "cases":
        rules.append("text-align: left")
    elif shape == "aligned":
        side, gap = ("left", "left") if column % 2 else ("right", "right")
        rules.append(f"text-align: {side}; padding-{gap}: 0")
    elif shape == "array":
        side = _SIDES[node["columns"][column]] if column < len(node["columns"]) else "center"
        rules.append(f"text-align: {side}")
        if column in node.get("verticals", ()):
            rules.append("border-left: 0.06em solid")
        if any(line["row"] == row and line["from"] == 0 for line in node.get("horizontals", ())):
            rules.append("border-top: 0.06em solid")
    return {"style": "; ".join(rules)} if rules else {}
