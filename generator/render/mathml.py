r"""Formulas as MathML Core, which browsers lay out themselves and screen readers explore.

It is written from mathra's tree of a formula, by which the printed sheets are set too: what one
shows the other shows. The spaces of operators are TeX's (The TeXbook, chapter 18), because a
browser guesses them from the place alone: it would take the sign of ``x = -2`` for a subtraction.
What MathML Core has no element for raises `NoMathml`, and the caller draws it instead.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from html import escape
from typing import Any

from generator.render.alphabets import styled
from generator.render.formula import number_text, tree

Node = Mapping[str, Any]


class NoMathml(LookupError):  # noqa: N818 - named for what it says
    """The formula cannot be read, or has something in it that MathML Core cannot show."""


@lru_cache(4096)
def mathml(latex: str, *, display: bool) -> str:
    """The ``math`` element of a formula. Raises NoMathml."""
    read = tree(latex)
    if read is None:
        raise NoMathml(latex)
    try:
        inner = _children(read, _Context(display=display))
    except KeyError as error:
        raise NoMathml(str(error)) from None
    block = ' display="block"' if display else ""
    return f"<math{block}>{inner}</math>"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Context:
    """Where a node stands: in a display or a line; in a script, where TeX leaves no spaces;
    between two others of its row.
    """

    display: bool
    script: bool = False
    inner: bool = False

    @property
    def scripted(self) -> _Context:
        """The same in a script."""
        return replace(self, script=True, display=False)


def _write(node: Node, context: _Context) -> str:
    return _NODES[node["type"]](node, context)


def _tag(name: str, content: str, **attributes: str) -> str:
    shown = "".join(f' {key}="{escape(value)}"' for key, value in attributes.items())
    return f"<{name}{shown}>{content}</{name}>"


def _one(node: Node, context: _Context) -> str:
    """The node as exactly one element, as scripts and fractions want it."""
    if node["type"] != "row":
        return _write(node, context)
    inner = _children(node, context)
    single = len(node["children"]) == 1 and node["children"][0]["type"] in _ELEMENTS
    return inner if single else _tag("mrow", inner)


# --- rows, and the spaces between their elements -----------------------------------------------

_THIN, _MEDIUM, _THICK = "0.1667em", "0.2222em", "0.2778em"
_SPACES = {"bin": _MEDIUM, "rel": _THICK}
_USUAL = frozenset("+−×÷±·∘∗⊙⊗⊕∪∩")
"""Operations to which MathML Core's dictionary gives TeX's medium space between two operands; to
whatever is a relation it gives the thick one."""
_BEFORE_UNARY = frozenset(("", "bin", "rel", "open", "punct", "op"))


def _row(node: Node, context: _Context) -> str:
    return _tag("mrow", _children(node, context))


def _children(node: Node, context: _Context) -> str:
    """The children side by side."""
    children: Sequence[Node] = node["children"] if node["type"] == "row" else (node,)
    written: list[str] = []
    before = ""
    for place, child in enumerate(children):
        role = _role(child)
        last = place == len(children) - 1
        if role == "bin" and (before in _BEFORE_UNARY or last):
            role = "ord"  # a sign, not an operation: TeX's rules 5 and 6
        after = "" if last else _role(children[place + 1])
        inner = place > 0 and not last
        written += _spaced(child, role, (before, after), replace(context, inner=inner))
        before = role
    return "".join(written)


def _spaced(child: Node, role: str, beside: tuple[str, str], context: _Context) -> Iterator[str]:
    before, after = beside
    if role == "op" and before in ("ord", "close", "op") and not _is_large(child):
        yield _space(_THIN)
    yield _operator(child, role, context) if child["type"] == "operator" else _write(child, context)
    if role == "op" and not _is_large(child):
        yield _tag("mo", "\u2061")  # function application, which is read and not seen
        if after in ("ord", "op"):
            yield _space(_THIN)


def _role(node: Node) -> str:
    """TeX's class of an atom: ord, op, bin, rel, open, close, punct; empty for spaces."""
    kind = node["type"]
    if kind in ("scripts", "colored"):
        return _role(node["base"])
    if kind in ("function", "large-operator"):
        return "op"
    if kind == "space":
        return ""
    return str(node.get("class", "ord"))


def _is_large(node: Node) -> bool:
    while node["type"] == "scripts":
        node = node["base"]
    return bool(node["type"] == "large-operator")


def _operator(node: Node, role: str, context: _Context) -> str:
    """A sign: its spaces are named unless the browser's own dictionary has them right."""
    symbol = escape(node["symbol"], quote=False)
    if role == "ord" and node["symbol"].isalnum():
        return _tag("mi", symbol, mathvariant="normal")
    if role in ("open", "close"):
        form = "prefix" if role == "open" else "postfix"
        return _tag("mo", symbol, form=form, stretchy="false", lspace="0", rspace="0")
    if role == "punct":
        rspace = "0" if context.script else _THIN
        return _tag("mo", symbol, separator="true", lspace="0", rspace=rspace)
    usual = role == "rel" or (role == "bin" and node["symbol"] in _USUAL)
    if usual and context.inner and not context.script:
        still = {"stretchy": "false"} if "\u2190" <= node["symbol"] <= "\u21ff" else {}
        return _tag("mo", symbol, **still)
    space = "0" if role == "ord" or context.script else _SPACES.get(role, "0")
    form = "prefix" if role == "ord" and node.get("class") == "bin" else "infix"
    return _tag("mo", symbol, form=form, stretchy="false", lspace=space, rspace=space)


def _lone_operator(node: Node, context: _Context) -> str:
    """An operator that stands by itself is a symbol."""
    return _operator(node, "ord", context)


def _space(width: str) -> str:
    return f'<mspace width="{width}"/>'


# --- letters, numbers, words -------------------------------------------------------------------


def _identifier(node: Node, _: _Context) -> str:
    name, variant = node["name"], node.get("variant", "")
    if variant == "upright":
        return _tag("mi", escape(name, quote=False), mathvariant="normal")
    return _tag("mi", escape(styled(name, variant), quote=False))


def _words(text: str) -> str:
    """Text whose outer blanks stay."""
    inner = text.strip(" ")
    before = "\u00a0" * (len(text) - len(text.lstrip(" ")))
    after = "\u00a0" * (len(text) - len(text.rstrip(" "))) if inner else ""
    return _tag("mtext", before + escape(inner, quote=False) + after)


def _text(node: Node, context: _Context) -> str:
    written = [
        _words(part["value"])
        if part["type"] == "text" and "value" in part
        else _write(part["value"] if part["type"] == "math" else part, context)
        for part in node["parts"]
    ]
    return written[0] if len(written) == 1 else _tag("mrow", "".join(written))


def _function(node: Node, _: _Context) -> str:
    name = escape(node["name"], quote=False)
    if not node.get("limits"):
        return _tag("mi", name, mathvariant="normal") if len(name) == 1 else _tag("mi", name)
    return _tag("mo", name, form="prefix", movablelimits="true", lspace="0", rspace="0")


# --- scripts, fractions, roots, accents --------------------------------------------------------

_INTEGRALS = frozenset("∫∬∭∮∯∰⨌")


def _large(node: Node, context: _Context) -> str:
    space = "0" if context.script else _THIN
    symbol = escape(node["symbol"], quote=False)
    limits = node.get("limits")
    movable = {} if limits is None else {"movablelimits": "false"}
    return _tag("mo", symbol, lspace=space, rspace=space, **movable)


def _scripts(node: Node, context: _Context) -> str:
    base = node["base"]
    written = _one(base, context)
    scripts = [_one(node[name], context.scripted) for name in ("sub", "sup") if name in node]
    names = _UNDEROVER if _has_limits(base) else _SUBSUP
    return _tag(names["sub" in node, "sup" in node], written + "".join(scripts))


_SUBSUP = {(True, False): "msub", (False, True): "msup", (True, True): "msubsup"}
_UNDEROVER = {(True, False): "munder", (False, True): "mover", (True, True): "munderover"}


def _has_limits(base: Node) -> bool:
    """Whether scripts stand above and below, in a display at least."""
    if base["type"] == "large-operator":
        return bool(base.get("limits", base["symbol"] not in _INTEGRALS))
    if base["type"] == "brace":
        return True
    return bool(base["type"] in ("function", "forced-class") and base.get("limits"))


def _fraction(node: Node, context: _Context) -> str:
    style = node.get("style")
    inner = replace(context, display=False)
    parts = _one(node["num"], inner) + _one(node["den"], inner)
    rule = {} if node.get("rule", True) else {"linethickness": "0"}
    written = _tag("mfrac", parts, **rule)
    if style is None:
        return written
    return _tag("mstyle", written, displaystyle="true" if style == "display" else "false")


def _root(node: Node, context: _Context) -> str:
    if "index" not in node:
        return _tag("msqrt", _children(node["radicand"], context))
    return _tag("mroot", _one(node["radicand"], context) + _one(node["index"], context.scripted))


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


def _accent(node: Node, context: _Context) -> str:
    sign = _SPACING_ACCENTS[node["accent"]]
    stretchy = "true" if node.get("stretchy") else "false"
    above = _tag("mo", sign, stretchy=stretchy)
    return _tag("mover", _one(node["base"], context) + above, accent="true")


def _bar(node: Node, context: _Context) -> str:
    base = _one(node["base"], context)
    if node["above"]:
        return _tag("mover", base + _tag("mo", "‾", stretchy="true"), accent="true")
    return _tag("munder", base + _tag("mo", "_", stretchy="true"), accentunder="true")


def _brace(node: Node, context: _Context) -> str:
    name, sign = ("mover", "⏞") if node["above"] else ("munder", "⏟")
    braced = _tag(name, _one(node["base"], context) + _tag("mo", sign, stretchy="true"))
    if "label" not in node:
        return braced
    return _tag(name, braced + _one(node["label"], context.scripted))


def _arrow(node: Node, context: _Context) -> str:
    shaft = _tag("mo", escape(node["symbol"]), stretchy="true", lspace=_THICK, rspace=_THICK)
    return _stack(shaft, node, context)


def _stacked(node: Node, context: _Context) -> str:
    return _stack(_one(node["base"], context), node, context)


def _stack(base: str, node: Node, context: _Context) -> str:
    present = ("below" in node, "above" in node)
    parts = [_one(node[name], context.scripted) for name in ("below", "above") if name in node]
    return _tag(_UNDEROVER[present], base + "".join(parts))


# --- parentheses -------------------------------------------------------------------------------

_SIZES = {1: "1.2em", 2: "1.8em", 3: "2.4em", 4: "3em"}


def _fence(symbol: str, form: str) -> str:
    if not symbol:
        return ""
    sign = escape(symbol, quote=False)
    return _tag("mo", sign, form=form, fence="true", stretchy="true", lspace="0", rspace="0")


def _delimited(node: Node, context: _Context) -> str:
    middles = [_fence(symbol, "infix") for symbol in node.get("middles", ())]
    parts = [_children(part, context) for part in node["parts"]]
    inner = "".join(part + middle for part, middle in zip(parts, [*middles, ""], strict=True))
    begin, end = _fence(node.get("open", ""), "prefix"), _fence(node.get("close", ""), "postfix")
    return _tag("mrow", begin + inner + end)


def _fixed(node: Node, _: _Context) -> str:
    size = _SIZES[node["size"]]
    form = {"open": "prefix", "close": "postfix"}.get(node.get("class", ""), "infix")
    symbol = escape(node["symbol"], quote=False)
    return _tag(
        "mo", symbol, form=form, stretchy="true", minsize=size, maxsize=size, lspace="0", rspace="0"
    )


# --- tables ------------------------------------------------------------------------------------

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


def _table(node: Node, context: _Context) -> str:
    shape = node["shape"]
    if shape not in _FENCES and shape not in _PLAIN:
        raise KeyError(shape)
    inside = replace(context, display=shape in ("aligned", "centered"), script=shape == "substack")
    rows = []
    for number, row in enumerate(node["rows"]):
        cells = (
            _tag("mtd", _children(cell, inside), **_cell_style(node, number, column))
            for column, cell in enumerate(row)
        )
        rows.append(_tag("mtr", "".join(cells)))
    style = {"displaystyle": "true"} if inside.display else {}
    if shape in ("small-matrix", "substack"):
        style = {"scriptlevel": "1"}
    written = _tag("mtable", "".join(rows), **style)
    begin, end = _FENCES.get(shape, ("", ""))
    if not begin:
        return written
    return _tag("mrow", _fence(begin, "prefix") + written + _fence(end, "postfix"))


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


# --- all others --------------------------------------------------------------------------------


def _style(node: Node, context: _Context) -> str:
    level = node["level"]
    inside = replace(context, display=level == 0, script=level > 1)
    attributes = {"displaystyle": "true" if level == 0 else "false"}
    if level > 1:
        attributes["scriptlevel"] = str(level - 1)
    return _tag("mstyle", _children(node["base"], inside), **attributes)


def _colored(node: Node, context: _Context) -> str:
    return _tag("mrow", _children(node["base"], context), mathcolor=node["color"])


def _framed(node: Node, context: _Context) -> str:
    if node.get("shape", "box") != "box":
        raise KeyError(node["shape"])
    style = "border: 0.06em solid; padding: 0.2em"
    return _tag("mrow", _children(node["base"], context), style=style)


def _phantom(node: Node, context: _Context) -> str:
    return _tag("mphantom", _children(node["base"], context))


def _forced(node: Node, context: _Context) -> str:
    inner = _one(node["base"], context)
    space = _SPACES.get(node["class"])
    if space is None or context.script:
        return inner
    return _tag("mrow", _space(space) + inner + _space(space))


_NODES: dict[str, Callable[[Node, _Context], str]] = {
    "row": _row,
    "number": lambda node, _: _tag("mn", number_text(node)),
    "identifier": _identifier,
    "operator": _lone_operator,
    "large-operator": _large,
    "function": _function,
    "space": lambda node, _: _space(f"{node['em']:.4g}em"),
    "text": _text,
    "math": lambda node, context: _write(node["value"], context),
    "scripts": _scripts,
    "fraction": _fraction,
    "root": _root,
    "accent": _accent,
    "bar": _bar,
    "brace": _brace,
    "arrow": _arrow,
    "stacked": _stacked,
    "delimited": _delimited,
    "fixed-delimiter": _fixed,
    "table": _table,
    "style": _style,
    "colored": _colored,
    "framed": _framed,
    "phantom": _phantom,
    "forced-class": _forced,
    "quantity": lambda node, context: _write(node["unit"], context),
}
_ELEMENTS = frozenset(_NODES) - {"row", "function"}
"""Nodes that are written as one element without spaces of their own."""
