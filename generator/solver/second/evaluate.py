"""The interpreter of the second arithmetic: one method for each type of node."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from generator.language import nodes
from generator.model.value import Namespace
from generator.solver.second.functions import CONSTANTS, FUNCTIONS, dot, equal, integer, spread
from generator.solver.second.numbers import (
    Pair,
    add,
    close,
    compare,
    divide,
    floor,
    multiply,
    negate,
    number,
    power,
)


def evaluate(tree: nodes.Node, env: Mapping[str, object]) -> object:
    """The value of `tree` where the names have these single values.

    Numbers come as `Pair` or `Decimal` (an `int` where one is counted), all else as in the
    language. Raises ArithmeticError, LookupError, TypeError or ValueError where there is none.
    """
    return _Frame(env).visit(tree)


def agree(first: object, second: object) -> bool:
    """Whether a value of the language and one of this arithmetic are the same."""
    if isinstance(first, tuple) and isinstance(second, tuple):
        return len(first) == len(second) and all(map(agree, first, second))
    if isinstance(first, bool) or isinstance(second, bool):
        return first is second
    try:
        return close(number(first), number(second))
    except TypeError:
        return first == second


class _Frame:
    """Where a tree is evaluated: the values of names."""

    def __init__(self, env: Mapping[str, object]) -> None:
        self.env = env

    def visit(self, node: nodes.Node) -> Any:
        return _VISITORS[type(node)](self, node)

    def name(self, node: nodes.Name) -> object:
        return self.env[node.id] if node.id in self.env else CONSTANTS[node.id]()

    def member(self, node: nodes.Member) -> object:
        value = self.visit(node.value)
        if not isinstance(value, Namespace):
            raise TypeError(f"{type(value).__name__} has no members")
        return value.member(node.name)

    def index(self, node: nodes.Index) -> object:
        return self.visit(node.value)[integer(self.visit(node.index))]

    def vector(self, node: nodes.Vector) -> object:
        return tuple(map(self.visit, node.items))

    def unary(self, node: nodes.Unary) -> object:
        value = self.visit(node.value)
        if node.operator == "not":
            return not value
        return spread(lambda a: negate(number(a)) if node.operator == "-" else number(a), value)

    def binary(self, node: nodes.Binary) -> object:
        return BINARY[node.operator](self.visit(node.left), self.visit(node.right))

    def compare(self, node: nodes.Compare) -> bool:
        left = self.visit(node.operands[0])
        for sign, operand in zip(node.operators, node.operands[1:], strict=True):
            right = self.visit(operand)
            if not COMPARE[sign](left, right):
                return False
            left = right
        return True

    def logic(self, node: nodes.Logic) -> bool:
        verdicts = (bool(self.visit(value)) for value in node.values)
        return all(verdicts) if node.operator == "and" else any(verdicts)

    def choice(self, node: nodes.Choice) -> object:
        return self.visit(node.yes if self.visit(node.condition) else node.no)

    def call(self, node: nodes.Call) -> object:
        return FUNCTIONS[node.function](*map(self.visit, node.arguments))


# --- operators ---------------------------------------------------------------------------------


def _lifted(function: Callable[..., object]) -> Callable[[object, object], Any]:
    return lambda a, b: spread(lambda x, y: function(number(x), number(y)), a, b)


def _product(a: Any, b: Any) -> object:
    """The product of two vectors, of a matrix and a vector, of two matrices."""
    if isinstance(a[0], tuple):
        return tuple(_product(row, b) for row in a)
    if isinstance(b[0], tuple):
        return tuple(dot(a, column) for column in zip(*b, strict=True))
    return dot(a, b)


def _remainder(a: Any, b: Any) -> object:
    return add(a, negate(multiply(b, Pair(floor(divide(a, b))))))


BINARY: Mapping[str, Callable[[Any, Any], object]] = MappingProxyType(
    {
        "+": _lifted(add),
        "-": _lifted(lambda a, b: add(a, negate(b))),
        "*": _lifted(multiply),
        "/": _lifted(divide),
        "//": _lifted(lambda a, b: floor(divide(a, b))),
        "%": _lifted(_remainder),
        "**": _lifted(power),
        "@": _product,
    }
)


def _ordered(holds: Callable[[int], bool]) -> Callable[[Any, Any], bool]:
    """A comparison with a vector holds if it holds for all entries."""

    def function(a: object, b: object) -> bool:
        verdict = spread(lambda x, y: holds(compare(number(x), number(y))), a, b)
        return _all(verdict)

    return function


def _all(verdict: object) -> bool:
    return all(map(_all, verdict)) if isinstance(verdict, tuple) else bool(verdict)


def _within(a: object, b: Any) -> bool:
    return any(equal(a, entry) for entry in b)


COMPARE: Mapping[str, Callable[[Any, Any], bool]] = MappingProxyType(
    {
        "==": lambda a, b: equal(a, b, every=True),
        "!=": lambda a, b: not equal(a, b, every=True),
        "<": _ordered(lambda sign: sign < 0),
        "<=": _ordered(lambda sign: sign <= 0),
        ">": _ordered(lambda sign: sign > 0),
        ">=": _ordered(lambda sign: sign >= 0),
        "in": _within,
        "not in": lambda a, b: not _within(a, b),
    }
)

_VISITORS: Mapping[type, Callable[[_Frame, Any], object]] = MappingProxyType(
    {
        nodes.Number: lambda _, node: number(node.value),
        nodes.Word: lambda _, node: node.value,
        nodes.Truth: lambda _, node: node.value,
        nodes.Name: _Frame.name,
        nodes.Member: _Frame.member,
        nodes.Index: _Frame.index,
        nodes.Vector: _Frame.vector,
        nodes.Unary: _Frame.unary,
        nodes.Binary: _Frame.binary,
        nodes.Compare: _Frame.compare,
        nodes.Logic: _Frame.logic,
        nodes.Choice: _Frame.choice,
        nodes.Call: _Frame.call,
    }
)
