"""Functions of numbers with 100 digits, computed as their author wrote them.

It shares nothing with the terms that are differentiated: an expression becomes a function of
mpmath's numbers by itself, and its derivatives are difference quotients, whose step is so small
that they are right in 30 digits.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Any

from generator.language import nodes
from generator.language.arithmetic import rational
from generator.language.evaluate import evaluate
from generator.language.expression import Expression
from generator.language.functions import CONSTANTS
from generator.language.nodes import Node
from generator.model.dataclass import dataclass
from generator.model.value import Value

Number = Any
"""A number of mpmath's; it ships no types."""

Point = Mapping[str, Number]
"""The values of variables."""

Function = Callable[[Point], Number]

DIGITS = 100
STEP = Fraction(1, 10**20)
"""Of a difference quotient: its error is that to the square, times the third derivative."""

_MOST_EXPONENT = 10**5
"""Beyond e to this power a number is out of all bounds."""


class Undefined(Exception):  # noqa: N818 - an answer: another point is taken
    """There is no real number here, or none within bounds."""


@cache
def context() -> Any:
    """A context of our own, whose precision nobody else changes; loaded when first needed."""
    import mpmath  # type: ignore[import-untyped]  # noqa: PLC0415 - few banks need it; no types

    found = mpmath.MPContext()
    found.dps = DIGITS
    return found


@lru_cache(maxsize=1024)
def number(value: Fraction | int) -> Number:
    """An exact number to 100 digits."""
    exact = Fraction(value)
    return context().mpf(exact.numerator) / exact.denominator


# --- functions ---------------------------------------------------------------------------------


def exponential(u: Number) -> Number:
    """``exp(u)``."""
    if abs(u) > _MOST_EXPONENT:
        raise Undefined
    return context().exp(u)


def logarithm(u: Number) -> Number:
    """``log(u)``."""
    if u <= 0:
        raise Undefined
    return context().log(u)


def quotient(above: Number, below: Number) -> Number:
    """``above / below``."""
    if below == 0:
        raise Undefined
    return above / below


def power(base: Number, exponent: Number) -> Number:
    """``base ** exponent``."""
    if context().isint(exponent) and abs(exponent) <= _MOST_EXPONENT:
        if base == 0 and exponent < 0:
            raise Undefined
        return base ** int(exponent)
    if base == 0 and exponent > 0:
        return base
    return exponential(exponent * logarithm(base))


def root(u: Number) -> Number:
    """``sqrt(u)``."""
    if u < 0:
        raise Undefined
    return context().sqrt(u)


FUNCTIONS: Mapping[str, Callable[[Number], Number]] = MappingProxyType(
    {
        "exp": exponential,
        "log": logarithm,
        "sqrt": root,
        "sin": lambda u: context().sin(u),
        "cos": lambda u: context().cos(u),
        "tan": lambda u: quotient(context().sin(u), context().cos(u)),
        "tanh": lambda u: context().tanh(u),
        "sigmoid": lambda u: 1 / (1 + exponential(-u)),
        "softplus": lambda u: logarithm(1 + exponential(u)),
    }
)
"""The functions that can be differentiated."""

_OPERATIONS: Mapping[str, Callable[[Number, Number], Number]] = MappingProxyType(
    {
        "+": operator.add,
        "-": operator.sub,
        "*": operator.mul,
        "/": quotient,
        "**": power,
    }
)


# --- expressions -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Original:
    """The functions of a bank as they are written, the later ones made of earlier ones."""

    variables: tuple[str, ...]
    functions: Mapping[str, Expression]
    values: Mapping[str, Value]

    def function(self, name: str) -> Function:
        """A function of the bank. Whoever calls it has read it as a term without complaint."""
        expression = self.functions[name]
        return self._made(expression, expression.tree)

    def _made(self, expression: Expression, node: Node) -> Function:
        if not self._moves(node):
            value = evaluate(node, expression.source, self.values, expression.names)
            constant = number(rational(value, "a function"))
            return lambda _: constant
        return _FUNCTIONS[type(node)](self, expression, node)

    def _moves(self, node: Node) -> bool:
        """Whether a variable occurs in it, or a function of the bank."""
        known = {*self.variables, *self.functions}
        names = (getattr(one, "id", getattr(one, "function", "")) for one in nodes.walk(node))
        return any(self.values.get(name, name) in known for name in names)

    def unary(self, expression: Expression, node: nodes.Unary) -> Function:
        """A sign."""
        value = self._made(expression, node.value)
        return value if node.operator == "+" else lambda point: -value(point)

    def binary(self, expression: Expression, node: nodes.Binary) -> Function:
        """An operation."""
        operation = _OPERATIONS[node.operator]
        left, right = self._made(expression, node.left), self._made(expression, node.right)
        return lambda point: operation(left(point), right(point))

    def choice(self, expression: Expression, node: nodes.Choice) -> Function:
        """The side that counts."""
        holds = evaluate(node.condition, expression.source, self.values, expression.names)
        return self._made(expression, node.yes if holds else node.no)

    def call(self, expression: Expression, node: nodes.Call) -> Function:
        """A function of the bank, or an elementary one."""
        name = str(self.values.get(node.function, node.function))
        arguments = [self._made(expression, one) for one in node.arguments]
        if name in self.functions:
            own = self.function(name)
            names = self.variables
            return lambda point: own(
                {one: made(point) for one, made in zip(names, arguments, strict=True)}
            )
        outer = FUNCTIONS[name]
        if len(arguments) == 1:
            return lambda point: outer(arguments[0](point))
        above, below = arguments
        return lambda point: quotient(outer(above(point)), outer(below(point)))


_FUNCTIONS: Mapping[type[Node], Callable[[Original, Expression, Any], Function]] = MappingProxyType(
    {
        nodes.Name: lambda _, __, node: (
            (lambda point: number(rational(CONSTANTS[node.id](), "a constant")))
            if node.id in CONSTANTS
            else operator.itemgetter(node.id)
        ),
        nodes.Unary: Original.unary,
        nodes.Binary: Original.binary,
        nodes.Choice: Original.choice,
        nodes.Call: Original.call,
    }
)
"""Class of node -> its value as a function."""


def difference(function: Function, by: tuple[str, ...]) -> Function:
    """The central difference quotient, once for each variable."""
    if not by:
        return function
    inner, name, step = difference(function, by[1:]), by[0], number(STEP)

    def quotient_at(point: Point) -> Number:
        above = inner({**point, name: point[name] + step})
        return (above - inner({**point, name: point[name] - step})) / (2 * step)

    return quotient_at
