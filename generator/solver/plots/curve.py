"""A curve: an expression of one variable as a function of a column of doubles.

What does not depend on the variable is computed once, exactly, by the language; the rest by
`steady`, so that a curve has the same bits on every machine. Where the expression has no value (a
division by zero, the root of a negative number) the column has NaN.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from functools import reduce
from typing import Any

import numpy as np

from generator.diagnostics import InputError
from generator.language import nodes
from generator.language.arithmetic import kind
from generator.language.columns import entries
from generator.language.evaluate import evaluate
from generator.language.expression import Expression
from generator.language.faults import Fault, located
from generator.language.nodes import Node, children, walk
from generator.language.reals import Real
from generator.solver.plots import steady
from generator.solver.plots.operations import (
    BINARY,
    COMPARE,
    FUNCTIONS,
    UNARY,
    entrywise,
    number,
    paired,
    power,
)
from generator.solver.plots.steady import Column

Part = Callable[[Column], Any]
"""The value of a node for a column: a column, or a tuple of values."""

Curve = Callable[[Column], Column]


def curve(expression: Expression, variable: str, env: Mapping[str, object]) -> Curve:
    """The function that `expression` is of `variable`, where other names have these values.

    Raises InputError where it is none: a value that is no number, a function without a curve.
    """
    part = _Compiler(expression, variable, env).part(expression.tree)

    def drawn(x: Column) -> Column:
        with np.errstate(all="ignore"):
            value = part(x)
            if isinstance(value, tuple):
                raise _fault(expression, expression.tree, _NOT_ONE)
            found = np.broadcast_to(number(value), x.shape)
            size = np.abs(found)
            return np.where(size < _HUGE, np.where(size > 1 / _HUGE, found, 0.0), np.nan)

    return drawn


_HUGE = 1e30
"""Larger values count as none, smaller than its inverse as 0: both are beyond any picture."""

_MOST_ENTRIES = 50
"""Numbers of a vector that takes part: each costs as much as a curve."""

_NOT_ONE = Fault("wrong-type", "a curve has a number for each point, not a vector")


def unplottable(expression: Expression, variable: str) -> Iterator[InputError]:
    """What of an expression cannot be drawn, whatever the values of other names."""
    moving = _moving(expression.tree, variable)
    for node in walk(expression.tree):
        if id(node) in moving and (fault := _unsupported(node)):
            yield _fault(expression, node, fault)


def _unsupported(node: Node) -> Fault | None:
    if isinstance(node, nodes.Call) and node.function not in FUNCTIONS:
        return _no_curve(f"`{node.function}`")
    if isinstance(node, nodes.Binary) and node.operator not in BINARY and node.operator != "**":
        return _no_curve(f"`{node.operator}`")
    if isinstance(node, nodes.Compare) and not {*node.operators} <= COMPARE.keys():
        return _no_curve("`in`")
    return _no_curve("a member") if isinstance(node, nodes.Member) else None


def _no_curve(what: str) -> Fault:
    return Fault(
        "not-plottable",
        f"{what} of a curve's variable cannot be drawn",
        f"a curve can use arithmetic, comparisons, `if`, and {', '.join(sorted(FUNCTIONS))}",
    )


def _fault(expression: Expression, node: Node, fault: Fault) -> InputError:
    return located(fault, expression.source, offset=node.offset, length=node.length)


def _moving(tree: Node, variable: str) -> frozenset[int]:
    """The nodes that depend on the variable, by identity."""
    found: set[int] = set()

    def visit(node: Node) -> bool:
        below = [visit(child) for child in children(node)]
        if any(below) or (isinstance(node, nodes.Name) and node.id == variable):
            found.add(id(node))
            return True
        return False

    visit(tree)
    return frozenset(found)


class _Compiler:
    """Makes the parts of a curve, one method for each kind of node."""

    def __init__(self, expression: Expression, variable: str, env: Mapping[str, object]) -> None:
        self.expression, self.env = expression, env
        self.moving = _moving(expression.tree, variable)

    def part(self, node: Node) -> Part:
        """The value of a node as a function of the variable."""
        if id(node) in self.moving:
            return _HANDLERS[type(node)](self, node)
        value = self.constant(node)
        return lambda x: value

    def constant(self, node: Node) -> Any:
        """The value of a node without the variable, in doubles."""
        try:
            return _doubles(self.exact(node))
        except Fault as fault:
            raise _fault(self.expression, node, fault) from fault

    def exact(self, node: Node) -> object:
        """The same, as the language has it."""
        expression = self.expression
        return evaluate(node, expression.source, self.env, expression.names)

    def parts(self, found: tuple[Node, ...]) -> list[Part]:
        """Several nodes."""
        return [self.part(node) for node in found]

    def truth(self, node: Node) -> Part:
        """A node that is to be true or false."""
        part = self.part(node)

        def held(x: Column) -> Any:
            value = part(x)
            if isinstance(value, tuple) or np.asarray(value).dtype != bool:
                fault = Fault("wrong-type", "this must be true or false", "compare it: `x > 0`")
                raise _fault(self.expression, node, fault)
            return value

        return held

    def vector(self, node: nodes.Vector) -> Part:
        items = self.parts(node.items)
        return lambda x: tuple(item(x) for item in items)

    def index(self, node: nodes.Index) -> Part:
        if id(node.index) in self.moving:
            raise _fault(self.expression, node, _no_curve("an index"))
        whole, position = self.part(node.value), self.exact(node.index)

        def entry(x: Column) -> Any:
            vector = whole(x)
            has_entries = isinstance(vector, tuple)
            if has_entries and isinstance(position, int) and 0 <= position < len(vector):
                return vector[position]
            raise _fault(self.expression, node, Fault("wrong-index", "there is no such entry"))

        return entry

    def unary(self, node: nodes.Unary) -> Part:
        if node.operator == "not":
            denied = self.truth(node.value)
            return lambda x: np.logical_not(denied(x))
        value, operation = self.part(node.value), UNARY[node.operator]
        return lambda x: entrywise(operation, value(x))

    def binary(self, node: nodes.Binary) -> Part:
        if node.operator == "**" and id(node.right) not in self.moving:
            height = self.exact(node.right)
            if isinstance(height, int | Fraction) and not isinstance(height, bool):
                base = self.part(node.left)
                return lambda x: entrywise(
                    lambda below: steady.power(np.asarray(below, dtype=np.float64), height), base(x)
                )
        operation = BINARY.get(node.operator) or power
        left, right = self.part(node.left), self.part(node.right)
        return lambda x: self.lifted(node, operation, left(x), right(x))

    def compare(self, node: nodes.Compare) -> Part:
        operands = self.parts(node.operands)
        signs = [COMPARE[sign] for sign in node.operators]

        def compared(x: Column) -> Any:
            values = [operand(x) for operand in operands]
            if any(isinstance(value, tuple) for value in values):
                raise _fault(self.expression, node, _no_curve("a comparison of vectors"))
            pairs = zip(signs, values, values[1:], strict=False)
            return reduce(np.logical_and, [sign(one, other) for sign, one, other in pairs])

        return compared

    def logic(self, node: nodes.Logic) -> Part:
        values = [self.truth(value) for value in node.values]
        operation = np.logical_and if node.operator == "and" else np.logical_or
        return lambda x: reduce(operation, [value(x) for value in values])

    def choice(self, node: nodes.Choice) -> Part:
        if id(node.condition) not in self.moving:
            return self.part(node.yes if self.constant(node.condition) else node.no)
        condition, (yes, no) = self.truth(node.condition), self.parts((node.yes, node.no))
        return lambda x: self.lifted(
            node, lambda one, other: np.where(condition(x), one, other), yes(x), no(x)
        )

    def call(self, node: nodes.Call) -> Part:
        if (fault := _unsupported(node)) is not None:
            raise _fault(self.expression, node, fault)
        arguments, function = self.parts(node.arguments), FUNCTIONS[node.function]

        def called(x: Column) -> Any:
            try:
                return function(*(argument(x) for argument in arguments))
            except Fault as fault:
                raise _fault(self.expression, node, fault) from fault

        return called

    def lifted(self, node: Node, operation: Callable[..., Any], one: Any, other: Any) -> Any:
        """An operation on two values; a vector meets a vector entry by entry."""
        try:
            return paired(operation, one, other)
        except Fault as fault:
            raise _fault(self.expression, node, fault) from fault


def _doubles(value: object) -> Any:
    """An exact value as a double, a truth value, or a tuple of these."""
    if isinstance(value, bool):
        return value
    if isinstance(value, tuple):
        if entries(value) > _MOST_ENTRIES:
            message = f"a vector has at most {_MOST_ENTRIES} entries in a curve"
            raise Fault("vector-too-long", message, "data are drawn as `points`")
        return tuple(map(_doubles, value))
    if isinstance(value, int | Fraction | Real):
        try:
            return float(value)
        except OverflowError as error:
            raise Fault("number-too-large", "this number is too large for a drawing") from error
    raise Fault("wrong-type", f"a curve is made of numbers, and this is {kind(value)}")


_HANDLERS: dict[type, Callable[[_Compiler, Any], Part]] = {
    nodes.Name: lambda _, __: lambda x: x,
    nodes.Vector: _Compiler.vector,
    nodes.Index: _Compiler.index,
    nodes.Unary: _Compiler.unary,
    nodes.Binary: _Compiler.binary,
    nodes.Compare: _Compiler.compare,
    nodes.Logic: _Compiler.logic,
    nodes.Choice: _Compiler.choice,
    nodes.Call: _Compiler.call,
}
