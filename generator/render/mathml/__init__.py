r"""Formulas as MathML Core, which browsers lay out themselves and screen readers explore.

It is written from mathra's tree of a formula, by which the printed sheets are set too: what one
shows the other shows. The spaces of operators are TeX's (The TeXbook, chapter 18), because a
browser guesses them from the place alone: it would take the sign of ``x = -2`` for a subtraction.
What MathML Core has no element for raises `NoMathml`, and the caller draws it instead.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from generator.render.mathml import letters, rows, scripts, structures, tables
from generator.render.mathml.element import Context, Writer, space
from generator.render.typesetter import tree


class NoMathml(LookupError):  # noqa: N818 - named for what it says
    """The formula cannot be read, or has something in it that MathML Core cannot show."""


@lru_cache(4096)
def mathml(latex: str, *, display: bool) -> str:
    """The ``math`` element of a formula. Raises NoMathml."""
    read = tree(latex)
    if read is None:
        raise NoMathml(latex)
    try:
        inner = rows.side_by_side(read, Context(writers=_WRITERS, display=display))
    except KeyError as error:
        raise NoMathml(str(error)) from None
    block = ' display="block"' if display else ""
    return f"<math{block}>{inner}</math>"


_WRITERS: Mapping[str, Writer] = {
    "row": rows.row,
    "operator": rows.lone_operator,
    "number": letters.number,
    "identifier": letters.identifier,
    "function": letters.function,
    "text": letters.text,
    "math": lambda node, context: context.write(node["value"]),
    "quantity": lambda node, context: context.write(node["unit"]),
    "space": lambda node, _: space(f"{node['em']:.4g}em"),
    "large-operator": scripts.large,
    "scripts": scripts.scripts,
    "accent": scripts.accent,
    "bar": scripts.bar,
    "brace": scripts.brace,
    "arrow": scripts.arrow,
    "stacked": scripts.stacked,
    "fraction": structures.fraction,
    "root": structures.root,
    "style": structures.style,
    "colored": structures.colored,
    "framed": structures.framed,
    "phantom": structures.phantom,
    "forced-class": structures.forced,
    "delimited": tables.delimited,
    "fixed-delimiter": tables.fixed,
    "table": tables.table,
}
