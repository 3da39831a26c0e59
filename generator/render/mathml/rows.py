"""Rows, and the spaces between their elements: TeX's, by the classes of their atoms."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from html import escape

from generator.render.mathml.element import SPACES, THIN, Context, space, tag
from generator.render.typesetter import Node, atom_class

_USUAL = frozenset("+−×÷±·∘∗⊙⊗⊕∪∩")
"""Operations to which MathML Core's dictionary gives TeX's medium space between two operands; to
whatever is a relation it gives the thick one."""
_BEFORE_UNARY = frozenset(("", "bin", "rel", "open", "punct", "op"))


def row(node: Node, context: Context) -> str:
    """A row as one element."""
    return tag("mrow", side_by_side(node, context))


def side_by_side(node: Node, context: Context) -> str:
    """The children of a row, or a single node, with the spaces between them."""
    nodes: Sequence[Node] = node["children"] if node["type"] == "row" else (node,)
    written: list[str] = []
    before = ""
    for place, child in enumerate(nodes):
        role = atom_class(child)
        last = place == len(nodes) - 1
        if role == "bin" and (before in _BEFORE_UNARY or last):
            role = "ord"  # a sign, not an operation: TeX's rules 5 and 6
        after = "" if last else atom_class(nodes[place + 1])
        inner = place > 0 and not last
        written += _spaced(child, role, (before, after), replace(context, inner=inner))
        before = role
    return "".join(written)


def _spaced(child: Node, role: str, beside: tuple[str, str], context: Context) -> Iterator[str]:
    before, after = beside
    if role == "op" and before in ("ord", "close", "op") and not _is_large(child):
        yield space(THIN)
    yield operator(child, role, context) if child["type"] == "operator" else context.write(child)
    if role == "op" and not _is_large(child):
        yield tag("mo", "\u2061")  # function application, which is read and not seen
        if after in ("ord", "op"):
            yield space(THIN)


def _is_large(node: Node) -> bool:
    while node["type"] == "scripts":
        node = node["base"]
    return bool(node["type"] == "large-operator")


def operator(node: Node, role: str, context: Context) -> str:
    """A sign: its spaces are named unless the browser's own dictionary has them right."""
    symbol = escape(node["symbol"], quote=False)
    if role == "ord" and node["symbol"].isalnum():
        return tag("mi", symbol, mathvariant="normal")
    if role in ("open", "close"):
        form = "prefix" if role == "open" else "postfix"
        return tag("mo", symbol, form=form, stretchy="false", lspace="0", rspace="0")
    if role == "punct":
        rspace = "0" if context.script else THIN
        return tag("mo", symbol, separator="true", lspace="0", rspace=rspace)
    usual = role == "rel" or (role == "bin" and node["symbol"] in _USUAL)
    if usual and context.inner and not context.script:
        still = {"stretchy": "false"} if "\u2190" <= node["symbol"] <= "\u21ff" else {}
        return tag("mo", symbol, **still)
    around = "0" if role == "ord" or context.script else SPACES.get(role, "0")
    form = "prefix" if role == "ord" and node.get("class") == "bin" else "infix"
    return tag("mo", symbol, form=form, stretchy="false", lspace=around, rspace=around)


def lone_operator(node: Node, context: Context) -> str:
    """An operator that stands by itself is a symbol."""
    return operator(node, "ord", context)


_MANY = ("row", "function")
"""Nodes that are written as several elements."""


def one(node: Node, context: Context) -> str:
    """The node as exactly one element, as scripts and fractions want it."""
    if node["type"] != "row":
        return context.write(node)
    inner = side_by_side(node, context)
    single = len(node["children"]) == 1 and node["children"][0]["type"] not in _MANY
    return inner if single else tag("mrow", inner)
