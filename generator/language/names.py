"""Names and functions that do not exist, found before anything is evaluated."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

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

ELSEWHERE: Mapping[str, str] = MappingProxyType(
    {
        "ln": "the natural logarithm is written `log(x)`",
        "lg": "the logarithm to the base 10 is written `log(x, 10)`",
        "e": "powers of e are written `exp(x)`",
        "sinh": "write `(exp(x) - exp(-x)) / 2`",
        "cosh": "write `(exp(x) + exp(-x)) / 2`",
        "sec": "write `1 / cos(x)`",
        "csc": "write `1 / sin(x)`",
        "cot": "write `cos(x) / sin(x)`",
    }
)
"""What mathematics and other languages call otherwise, and how it is written here."""


def unknown_function(node: Call, source: Source, known: Iterable[str] = FUNCTIONS) -> Diagnostic:
    """The finding at a call of a function that does not exist."""
    name = node.function
    return at(
        source,
        "unknown-function",
        f"there is no function `{name}`",
        help=ELSEWHERE.get(name) or did_you_mean(name, known),
        offset=node.offset,
        length=len(name),
    )


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
                help=_called(name, functions)
                or ELSEWHERE.get(name)
                or did_you_mean(name, known | CONSTANTS.keys()),
                offset=node.offset,
                length=len(name),
            )
    for node in walk(tree):
        if isinstance(node, Call) and node.function not in functions:
            yield unknown_function(node, source, functions)


def _called(name: str, functions: Mapping[str, Function]) -> str:
    return f"`{name}` is a function: write `{functions[name].usage}`" if name in functions else ""
