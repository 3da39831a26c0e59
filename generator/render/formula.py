"""Formulas where no browser typesets them: as outlines in a drawing, and as a line of plain HTML.

An SVG shown by ``<img>`` runs no script, and the pop-ups of a Moodle gap are not typeset; both get
their formulas from mathra's layout. What mathra cannot set (an unknown macro, a script that STIX
Two Math lacks) gives None, and the caller shows the source instead: a renderer never fails on text.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from html import escape

from generator.model.dataclass import dataclass
from generator.render.typesetter import Node, digits, is_plain, laid_out

_CACHED = 4096
_UNITS = 1000
"""mathra draws in thousandths of an em."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """A formula as SVG shapes, in thousandths of an em, y upwards from the base line.

    `shapes` refers to `glyphs` by ``#g<number>``: glyphs of the same number are the same path in
    every formula, so a drawing with many labels defines each once. Lengths are in em.
    """

    width: float
    ascent: float
    descent: float
    glyphs: tuple[tuple[str, str], ...]
    shapes: str


@lru_cache(_CACHED)
def outline(latex: str) -> Outline | None:
    """The outlines of a formula in text style; None if it cannot be set."""
    layout = laid_out(latex)
    if layout is None:
        return None
    svg = layout["svg"]
    box = re.search(r'viewBox="([^"]*)"', svg)
    shapes = re.search(r'<g fill="currentColor"[^>]*>(.*)</g>', svg, re.DOTALL)
    if box is None or shapes is None:  # the pinned version always writes both
        return None
    _, top, width, height = (float(number) / _UNITS for number in box.group(1).split())
    return Outline(
        width=width,
        ascent=-top,
        descent=height + top,
        glyphs=tuple(re.findall(r'<path id="[^"]*-(g\d+)" d="([^"]*)"', svg)),
        shapes=re.sub(r'href="#[^"]*-(g\d+)"', r'href="#\1"', shapes.group(1)),
    )


@lru_cache(_CACHED)
def linear(latex: str) -> str | None:
    """A formula as one line of HTML: letters in italics, sub- and superscripts, a/b for fractions.

    What has no such form (a matrix, cases) is in mathra's linear text, ``[[1, 2], [3, 4]]``.
    None if it cannot be read at all.
    """
    if not _ARITHMETIC.fullmatch(latex):
        return _read(latex)
    around = _around_numbers(_NUMBER.sub(_STAND_IN, latex))
    if around is None:
        return None
    numbers = [*_NUMBER.findall(latex), ""]
    return "".join([piece for pair in zip(around, numbers, strict=True) for piece in pair])


_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_STAND_IN = "1"
_ARITHMETIC = re.compile(rf"(?:{_NUMBER.pattern}|\\(?:times|cdot|approx)(?![A-Za-z])|[-+=/() ])+")
"""Numbers in a row of signs: whatever they are, each stands where it stood, as it is."""


@lru_cache(_CACHED)
def _around_numbers(latex: str) -> tuple[str, ...] | None:
    """What stands around the stand-ins for numbers, once an arithmetic formula is a line."""
    line = _read(latex)
    return None if line is None else tuple(line.split(_STAND_IN))


def _read(latex: str) -> str | None:
    layout = laid_out(latex)
    if layout is None:
        return None
    try:
        return _line(layout["tree"])
    except KeyError:
        return escape(layout["text"], quote=False)


_TAG = re.compile(r"\\tag(\*?)\s*\{([^{}$\\]*)\}\s*$")


def numbered(latex: str) -> tuple[str, str]:
    r"""A display without its ``\tag`` (if that ends it), and the number as it is shown."""
    found = _TAG.search(latex)
    if not found or not latex[: found.start()].strip():
        return latex, ""
    shown = found.group(2) if found.group(1) else f"({found.group(2)})"
    return latex[: found.start()], shown


# --- one line of HTML --------------------------------------------------------------------------

_ROOTS = {"2": "√", "3": "∛", "4": "∜"}
_SPACED = frozenset({"bin", "rel"})
_TAGS = {None: "i", "bold": "b", "bold-italic": "b", "upright": ""}


def _line(node: Node) -> str:
    """Raises KeyError for a type of node that one line cannot show."""
    return _NODES[node["type"]](node)


def _row(node: Node) -> str:
    """The children side by side; a relation or a binary operator stands between two spaces.

    So does the name of a function, but for a parenthesis behind it: ``2 cos x``, ``2 cos(x)``.
    """
    text, behind_name = "", False
    for child in node["children"]:
        piece, is_name = _line(child), _is_name(child)
        if child.get("class") in _SPACED and text and not text.endswith(("(", "[", "{", " ")):
            text += f" {piece} "
        elif child.get("class") == "punct":
            text += f"{piece} "
        elif (is_name and _ends_a_factor(text)) or (behind_name and _begins_a_factor(piece)):
            text += f" {piece}"
        else:
            text += piece
        behind_name = is_name
    return text.rstrip(" ") if text.strip() else text


def _is_name(node: Node) -> bool:
    """Whether this is the name of a function, perhaps with an index or an exponent."""
    return node["type"] == "function" or (node["type"] == "scripts" and _is_name(node["base"]))


def _ends_a_factor(text: str) -> bool:
    return text[-1:].isalnum() or text.endswith((">", ")", "]"))


def _begins_a_factor(text: str) -> bool:
    return text[:1].isalnum() or text.startswith("<") or text[:1] in _ROOTS.values()


def _scripts(node: Node) -> str:
    text = _line(node["base"])
    if "sub" in node:
        text += f"<sub>{_line(node['sub'])}</sub>"
    if "sup" in node:
        text += f"<sup>{_line(node['sup'])}</sup>"
    return text


def _identifier(node: Node) -> str:
    name = escape(node["name"], quote=False)
    tag = _TAGS[node.get("variant")]
    return f"<{tag}>{name}</{tag}>" if tag else name


def _fraction(node: Node) -> str:
    return f"{_operand(node['num'])}/{_operand(node['den'])}"


def _root(node: Node) -> str:
    index = _line(node["index"]) if "index" in node else "2"
    return f"{_ROOTS[index]}{_operand(node['radicand'])}"


def _operand(node: Node) -> str:
    """In parentheses, unless it is a single symbol."""
    while node["type"] == "row" and len(node["children"]) == 1:
        node = node["children"][0]
    text = _line(node)
    return f"({text})" if node["type"] == "row" else text


def _accent(node: Node) -> str:
    """A combining character right behind the letter that bears it."""
    base = node["base"]
    if base["type"] != "identifier" or len(base["name"]) != 1:
        raise KeyError("accent")
    return _identifier({**base, "name": base["name"] + node["accent"]})


def _symbol(node: Node) -> str:
    return escape(node["symbol"], quote=False)


def _number(node: Node) -> str:
    return escape(digits(node), quote=False)


def _value(node: Node) -> str:
    return escape(node["value"], quote=False)


def _parts(node: Node) -> str:
    return "".join(_value(part) if is_plain(part) else _line(part) for part in node["parts"])


_NODES: dict[str, Callable[[Node], str]] = {
    "row": _row,
    "number": _number,
    "identifier": _identifier,
    "operator": _symbol,
    "large-operator": _symbol,
    "function": lambda node: escape(node["name"], quote=False),
    "scripts": _scripts,
    "fraction": _fraction,
    "root": _root,
    "accent": _accent,
    "text": _parts,
    "math": lambda node: _line(node["value"]),
    "space": lambda _: " ",
    "forced-class": lambda node: _line(node["base"]),
    "delimited": lambda node: (
        escape(node.get("open", ""), quote=False)
        + _parts(node)
        + escape(node.get("close", ""), quote=False)
    ),
}
