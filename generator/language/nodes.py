"""The tree of an expression: what an author wrote, as data.

Both languages of a bank, expressions and templates, end as these nodes, and so do the equations
that a solver model reads. `offset` and `length` are the node's place in its source's text; two
nodes that mean the same are equal wherever they stand.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field
from fractions import Fraction

from generator.model.dataclass import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class _Placed:
    offset: int = field(default=0, compare=False, repr=False)
    length: int = field(default=1, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Number(_Placed):
    """``3``, ``0.25`` (exactly a quarter), ``1e-3``."""

    value: int | Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Word(_Placed):
    """``"same"``."""

    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth(_Placed):
    """``true`` or ``false``."""

    value: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Name(_Placed):
    """A parameter, a definition, a constant, or ``model``."""

    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Member(_Placed):
    """``names.in``: asked of a record or of the model."""

    value: Node
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Index(_Placed):
    """``x[0]``: the first entry of a vector."""

    value: Node
    index: Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Vector(_Placed):
    """``[1, 2]``; a matrix is a vector of rows."""

    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unary(_Placed):
    """``-x``, ``+x``, ``not x``."""

    operator: str
    value: Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Binary(_Placed):
    """``left operator right`` with one of ``+ - * / // % ** @``."""

    operator: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Compare(_Placed):
    """``a < b <= c``: one operand more than operators (``== != < <= > >= in``, ``not in``)."""

    operators: tuple[str, ...]
    operands: tuple[Node, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Logic(_Placed):
    """``a and b and c``, or the same with ``or``; evaluated from the left, as far as needed."""

    operator: str
    values: tuple[Node, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice(_Placed):
    """``yes if condition else no``."""

    condition: Node
    yes: Node
    no: Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Call(_Placed):
    """``max(a, b)``."""

    function: str
    arguments: tuple[Node, ...]


Node = (
    Number
    | Word
    | Truth
    | Name
    | Member
    | Index
    | Vector
    | Unary
    | Binary
    | Compare
    | Logic
    | Choice
    | Call
)


def children(node: Node) -> tuple[Node, ...]:  # noqa: PLR0911 - a table by type
    """The nodes directly below `node`, in the order of the text."""
    match node:
        case Member():
            return (node.value,)
        case Index():
            return (node.value, node.index)
        case Vector():
            return node.items
        case Unary():
            return (node.value,)
        case Binary():
            return (node.left, node.right)
        case Compare():
            return node.operands
        case Logic():
            return node.values
        case Choice():
            return (node.yes, node.condition, node.no)
        case Call():
            return node.arguments
        case _:
            return ()


def walk(tree: Node) -> Iterator[Node]:
    """`tree` and all nodes below it, each before its children, left to right."""
    stack = [tree]
    while stack:
        node = stack.pop()
        yield node
        stack.extend(reversed(children(node)))


def path(node: Node) -> tuple[str, ...] | None:
    """``("model", "gradient", "w")`` for ``model.gradient.w``; None if `node` is no such path."""
    names: list[str] = []
    while isinstance(node, Member):
        names.append(node.name)
        node = node.value
    if not isinstance(node, Name):
        return None
    return (node.id, *reversed(names))


def paths(tree: Node) -> Iterator[tuple[tuple[str, ...], Node]]:
    """Every name of `tree` with the members asked of it, as far as they go, and where it stands."""
    stack = [tree]
    while stack:
        node = stack.pop()
        if (whole := path(node)) is not None:
            yield whole, node
        else:
            stack.extend(reversed(children(node)))
