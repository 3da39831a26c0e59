"""Names and functions that do not exist, found before anything is evaluated."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from generator.diagnostics import Diagnostic, at, did_you_mean
from generator.language.expression import Expression
from generator.language.functions import CONSTANTS, FUNCTIONS, Function
from generator.language.nodes import Call, Node, paths, walk
from generator.language.template import Template
from generator.language.tokens import KEYWORDS
from generator.language.writers import TEMPLATE_FUNCTIONS
from generator.model.source import Source

RESERVED = KEYWORDS | CONSTANTS.keys() | {"model"}
"""What no parameter and no definition can be called."""


def check_names(text: Expression | Template, known: Iterable[str]) -> tuple[Diagnostic, ...]:
    """A finding for each name that is not `known` and for each function that does not exist."""
    names = {*known}
    if isinstance(text, Expression):
        return tuple(_undeclared(text.tree, text.source, names, FUNCTIONS))
    return tuple(
        finding
        for piece in text.pieces
        for finding in _undeclared(piece.tree, text.source, names | piece.bound, TEMPLATE_FUNCTIONS)
    )


def _undeclared(
    tree: Node, source: Source, known: set[str], functions: Mapping[str, Function]
) -> Iterator[Diagnostic]:
    for path, node in paths(tree):
        name = path[0]
        if name not in known and name not in CONSTANTS:
            yield at(
                source,
                "unknown-name",
                f"`{name}` is not a parameter or a definition of this problem",
                help=_called(name, functions) or did_you_mean(name, known | CONSTANTS.keys()),
                offset=node.offset,
                length=len(name),
            )
    for node in walk(tree):
        if isinstance(node, Call) and node.function not in functions:
            yield at(
                source,
                "unknown-function",
                f"there is no function `{node.function}`",
                help=did_you_mean(node.function, functions),
                offset=node.offset,
                length=len(node.function),
            )


def _called(name: str, functions: Mapping[str, Function]) -> str:
    return f"`{name}` is a function: write `{functions[name].usage}`" if name in functions else ""
