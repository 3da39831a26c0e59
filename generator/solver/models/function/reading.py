"""An author's expression as a term of its variables, for the values of one variant.

Whatever does not depend on a variable is computed exactly; where its value is irrational it stays
as it was written (``sqrt(2)``, ``pi``). Calls of functions that stand above are replaced by what
these are: ``f(2*x)``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from generator.diagnostics import InputError, at, did_you_mean
from generator.language import nodes
from generator.language.arithmetic import kind
from generator.language.evaluate import evaluate
from generator.language.expression import Expression
from generator.language.faults import Fault, located
from generator.language.functions import CONSTANTS, FUNCTIONS
from generator.language.nodes import Node
from generator.language.numbers import PLACES
from generator.language.reals import Real
from generator.model.dataclass import dataclass
from generator.model.formula import Symbol, Term, constant
from generator.model.value import Value
from generator.solver.models.function import build
from generator.solver.models.function.rules import OUTER

MOST_TERMS = 150
"""Beyond this a function is no longer one that a person differentiates."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What an expression may name: variables, values of parameters, functions that stand above.

    `point` makes it the scope of a number: it names no variable.
    """

    variables: tuple[str, ...]
    values: Mapping[str, Value]
    functions: Mapping[str, Term] = field(default_factory=dict)


def read_term(expression: Expression, scope: Scope) -> Term:
    """The term of an expression. Raises InputError at what no function is made of."""
    reader = Reader(expression, scope)
    term = reader.term(expression.tree)
    if build.size(term) > MOST_TERMS:
        raise reader.wrong(
            expression.tree,
            "too-large",
            f"this function is made of more than {MOST_TERMS} numbers, names and operations",
            "ask for a simpler one",
        )
    return term


def has_decimals(expression: Expression, values: Mapping[str, Value]) -> bool:
    """Whether decimals stand in it: then its derivative has decimals, too, and no fractions."""
    numbers = [
        node.value if isinstance(node, nodes.Number) else values.get(node.id)
        for node in nodes.walk(expression.tree)
        if isinstance(node, nodes.Number | nodes.Name)
    ]
    return any(
        isinstance(one, Fraction) and one.denominator > 1 and not 10**PLACES % one.denominator
        for one in numbers
    )


class Reader:
    """Reads one expression."""

    def __init__(self, expression: Expression, scope: Scope) -> None:
        self.expression, self.scope = expression, scope

    def term(self, node: Node) -> Term:
        """The term of a node."""
        if not self._moves(node) and (value := self._number(node)) is not None:
            return constant(value)
        make = _TERMS.get(type(node))
        if make is None:
            raise self._no_formula(node)
        try:
            return make(self, node)
        except Fault as fault:
            raise self._located(fault, node) from fault

    def wrong(self, node: Node, code: str, message: str, cure: str = "") -> InputError:
        """The finding at a node."""
        return InputError(
            [
                at(
                    self.expression.source,
                    code,
                    message,
                    help=cure,
                    offset=node.offset,
                    length=node.length,
                )
            ]
        )

    def _located(self, fault: Fault, node: Node) -> InputError:
        return located(fault, self.expression.source, offset=node.offset, length=node.length)

    # --- what does not depend on a variable ---

    def _moves(self, node: Node) -> bool:
        """Whether a variable, or a function that stands above, occurs in a node."""
        return any(
            (isinstance(one, nodes.Name) and one.id in self.scope.variables)
            or (isinstance(one, nodes.Call) and self._is_own(one.function))
            for one in nodes.walk(node)
        )

    def _is_own(self, function: str) -> bool:
        return function in self.scope.functions or function in self.scope.values

    def _value(self, node: Node) -> object:
        expression = self.expression
        return evaluate(node, expression.source, self.scope.values, expression.names)

    def _number(self, node: Node) -> Fraction | None:
        """The value of a node without variables; None if it is irrational."""
        value = self._value(node)
        if isinstance(value, int | Fraction) and not isinstance(value, bool):
            return Fraction(value)
        if isinstance(value, Real):
            return None
        raise self.wrong(node, "wrong-type", f"a number is expected here, not {kind(value)}")

    # --- nodes ---

    def name(self, node: nodes.Name) -> Term:
        """A variable, or a constant such as pi."""
        if node.id in self.scope.variables or node.id in CONSTANTS:
            return Symbol(name=node.id)
        raise self._no_formula(node)

    def unary(self, node: nodes.Unary) -> Term:
        """A sign."""
        value = self.term(node.value)
        if node.operator == "+":
            return value
        if node.operator == "-":
            return build.minus(build.ZERO, value)
        raise self._no_formula(node)

    def binary(self, node: nodes.Binary) -> Term:
        """An operation."""
        if node.operator not in _OPERATIONS:
            raise self._no_formula(node)
        return _OPERATIONS[node.operator](self.term(node.left), self.term(node.right))

    def choice(self, node: nodes.Choice) -> Term:
        """One of two sides: the condition must not depend on a variable."""
        if self._moves(node.condition):
            raise self.wrong(
                node.condition,
                "not-differentiable",
                "a function with several pieces has no derivative where they meet",
                "let a parameter decide, or ask about one of the pieces",
            )
        condition = self._value(node.condition)
        if not isinstance(condition, bool):
            raise self.wrong(node.condition, "wrong-type", "this must be true or false")
        return self.term(node.yes if condition else node.no)

    def call(self, node: nodes.Call) -> Term:
        """A function: elementary, one that stands above, or one that a parameter names."""
        named = self.scope.values.get(node.function, node.function)
        if named in self.scope.functions:
            return self._own(node, self.scope.functions[str(named)])
        if named == "log" and len(node.arguments) == 2:
            above, below = (build.call("log", self.term(one)) for one in node.arguments)
            return build.over(above, below)
        if named not in OUTER:
            raise self._unknown(node, str(named))
        if len(node.arguments) != 1:
            message = f"`{named}` takes one argument, not {len(node.arguments)}"
            raise self.wrong(node, "wrong-arguments", message)
        return build.call(str(named), self.term(node.arguments[0]))

    def _own(self, node: nodes.Call, function: Term) -> Term:
        variables = self.scope.variables
        if len(node.arguments) != len(variables):
            usage = f"{node.function}({', '.join(variables)})"
            message = f"`{usage}` has {len(variables)}, not {len(node.arguments)} arguments"
            raise self.wrong(node, "wrong-arguments", message)
        found = build.put(
            function, dict(zip(variables, map(self.term, node.arguments), strict=True))
        )
        if build.size(found) > MOST_TERMS:
            raise self.wrong(node, "too-large", f"this makes more than {MOST_TERMS} terms")
        return found

    def _unknown(self, node: nodes.Call, name: str) -> InputError:
        known = (*OUTER, *self.scope.functions)
        if name in FUNCTIONS:
            message = f"`{name}` of a variable cannot be differentiated here"
            return self.wrong(node, "not-differentiable", message, f"known: {', '.join(known)}")
        cure = did_you_mean(name, known) or f"known: {', '.join(known)}"
        return self.wrong(node, "unknown-function", f"there is no function `{name}`", cure)

    def _no_formula(self, node: Node) -> InputError:
        return self.wrong(
            node,
            "not-differentiable",
            "a function is made of numbers, its variables, `+ - * / **` and elementary functions",
            f"functions: {', '.join(OUTER)}",
        )


_OPERATIONS: Mapping[str, Callable[[Term, Term], Term]] = MappingProxyType(
    {
        "+": build.plus,
        "-": build.minus,
        "*": build.times,
        "/": build.over,
        "**": build.power,
    }
)

_TERMS: Mapping[type[Node], Callable[[Reader, Any], Term]] = MappingProxyType(
    {
        nodes.Name: Reader.name,
        nodes.Unary: Reader.unary,
        nodes.Binary: Reader.binary,
        nodes.Choice: Reader.choice,
        nodes.Call: Reader.call,
    }
)
"""Class of node -> its term, where a variable or an irrational number is in it."""
