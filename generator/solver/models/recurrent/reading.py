"""From an author's expressions to terms and statements about a cell.

Parameters have their values by now: a parameter that stands where a function does must be the
word for an activation, a choice (``a if coupled else b``) is made, and a number is a number. What
remains are names of the cell, whose kinds must fit together; see `naming` for what a name means.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import NoReturn

from generator.diagnostics import did_you_mean
from generator.language import nodes
from generator.language.nodes import Node
from generator.solver.models.recurrent.names import NameReader, Typed
from generator.solver.models.recurrent.structure import naming
from generator.solver.models.recurrent.structure.activations import ACTIVATIONS, IDENTITY
from generator.solver.models.recurrent.structure.cell import Kind
from generator.solver.models.recurrent.structure.derivative import (
    NoDerivativeError,
    with_derivative,
)
from generator.solver.models.recurrent.structure.terms import (
    Apply,
    Name,
    Number,
    Operation,
    Product,
    Term,
)
from generator.solver.models.recurrent.values.normal import NoPolynomialError, polynomial

FUNCTIONS = ("abs", "min", "max")
DERIVATIVE, DEPENDS, ALWAYS = "derivative", "depends", "always"
RESERVED = frozenset({*ACTIVATIONS, IDENTITY, *FUNCTIONS, DERIVATIVE, DEPENDS, ALWAYS})
"""Words that are no parameter's name where they stand as a function."""

LARGEST_EXPONENT = 8


class Reader(NameReader):
    """Reads one expression in a scope. Raises InputError at the place of what is wrong."""

    def term(self, node: Node) -> Typed:
        """A term and its kind."""
        read = TERMS.get(type(node))
        if read is None:
            self.fail(node, "wrong-type", "a number or a vector is expected here")
        term, kind = read(self, node)
        if kind is Kind.NUMBER and isinstance(term, Operation):
            return self._folded(node, term), kind
        return term, kind

    def _folded(self, node: Node, term: Term) -> Term:
        try:
            value = polynomial(term).constant
        except NoPolynomialError:
            self.fail(node, "division-by-zero", "the divisor is 0")
        return term if value is None else Number(value=value)

    def number(self, node: nodes.Number) -> Typed:
        """A written number."""
        return Number(value=Fraction(node.value)), Kind.NUMBER

    def choice(self, node: nodes.Choice) -> Typed:
        """The branch that the parameters choose."""
        return self.term(node.yes if self.chosen(node) else node.no)

    def unary(self, node: nodes.Unary) -> Typed:
        """A sign."""
        if node.operator == "not":
            self.fail(node, "wrong-type", "`not` belongs to statements, not to numbers")
        term, kind = self.term(node.value)
        return (Operation(operator="neg", operands=(term,)) if node.operator == "-" else term), kind

    def binary(self, node: nodes.Binary) -> Typed:
        """An operator between two terms."""
        if node.operator == "@":
            return self._product(node)
        if node.operator not in ("+", "-", "*", "/", "**"):
            self.fail(node, "wrong-type", f"`{node.operator}` is not for the vectors of a cell")
        (left, first), (right, second) = self.term(node.left), self.term(node.right)
        if node.operator in ("/", "**") and not isinstance(right, Number):
            self.fail(node.right, "wrong-type", f"after `{node.operator}` a number must stand")
        if node.operator == "/" and right == Number(value=Fraction(0)):
            self.fail(node.right, "division-by-zero", "the divisor is 0")
        if node.operator == "**":
            self._check_exponent(node.right, right)
        kind = self.common(node, first, second)
        return Operation(operator=node.operator, operands=(left, right)), kind

    def _check_exponent(self, node: Node, exponent: Term) -> None:
        if not isinstance(exponent, Number) or exponent.value not in range(LARGEST_EXPONENT + 1):
            self.fail(
                node, "wrong-value", f"an exponent is a whole number up to {LARGEST_EXPONENT}"
            )

    def _product(self, node: nodes.Binary) -> Typed:
        matrix = node.left
        if not isinstance(matrix, nodes.Name) or not naming.is_matrix(matrix.id):
            self.fail(
                matrix,
                "wrong-type",
                "left of `@` a weight matrix must stand: a name that begins with a capital letter",
            )
        vector, kind = self.term(node.right)
        wanted = {Kind.INPUT: Kind.INPUT_MATRIX, Kind.STATE: Kind.STATE_MATRIX}.get(kind)
        if wanted is None:
            self.fail(node.right, "wrong-type", f"right of `@` stands {kind.value}, not a vector")
        if matrix.id not in self.scope.kinds and self.scope.cell is None:
            self.scope.kinds[matrix.id] = wanted
        found = self.scope.kinds.get(matrix.id)
        if found is None:
            self.unknown(matrix, matrix.id)
        if found is not wanted:
            self.fail(
                node,
                "wrong-type",
                f"`{matrix.id}` is {found.value} elsewhere, so it cannot multiply {kind.value}",
                "use another matrix",
            )
        return Product(matrix=matrix.id, vector=vector), Kind.STATE

    def common(self, node: Node, *kinds: Kind) -> Kind:
        """The kind of what is made of these, entry by entry."""
        shapes = {kind for kind in kinds if kind is not Kind.NUMBER}
        if len(shapes) > 1:
            texts = " and ".join(sorted(kind.value for kind in shapes))
            self.fail(
                node,
                "wrong-type",
                f"{texts} do not fit together, entry by entry",
                "only a matrix turns the one into the other: `W @ x`",
            )
        return shapes.pop() if shapes else Kind.NUMBER

    # --- calls -----------------------------------------------------------------------------------

    def call(self, node: nodes.Call) -> Typed:
        """An activation, by its word or by a parameter, or one of a few functions."""
        if node.function == DERIVATIVE:
            return self._derivative(node)
        if node.function in FUNCTIONS:
            read = [self.term(argument) for argument in node.arguments]
            kind = self.common(node, *(kind for _, kind in read))
            return Operation(operator=node.function, operands=tuple(t for t, _ in read)), kind
        function = self._activation(node)
        if len(node.arguments) != 1:
            self.fail(node, "wrong-arguments", f"`{node.function}` takes one argument")
        term, kind = self.term(node.arguments[0])
        if kind.matrix:
            self.fail(node, "wrong-type", "an activation takes a vector, not a matrix")
        return (term if function == IDENTITY else Apply(function=function, argument=term)), kind

    def _activation(self, node: nodes.Call) -> str:
        word = self.scope.values.get(node.function, node.function)
        known = [*ACTIVATIONS, IDENTITY]
        if not isinstance(word, str) or word not in known:
            self._no_activation(node, word, known)
        return word

    def _no_activation(self, node: nodes.Call, word: object, known: list[str]) -> NoReturn:
        if node.function in self.scope.values:
            help_text = f"activations are {', '.join(known)}"
            message = f"`{node.function}` is {word!r}, which is no activation"
        else:
            help_text = did_you_mean(node.function, [*known, *FUNCTIONS, *self.scope.values])
            message = f"there is no activation or parameter `{node.function}`"
        self.fail(node, "unknown-function", message, help_text)

    def _derivative(self, node: nodes.Call) -> Typed:
        above, below = self.two_names(node, "`derivative(c, c_prev)`")
        if self.scope.cell is None:
            self.fail(node, "wrong-type", "derivatives belong to claims, not to equations")
        name = f"{above}{naming.PER}{below}"
        if name not in self.scope.cell.terms:
            try:
                self.scope.speak_of(with_derivative(self.scope.cell, above, below))
            except NoDerivativeError as error:
                self.fail(node, "no-derivative", f"`{above}` has no such derivative: {error}")
        return Name(id=name), Kind.STATE

    def two_names(self, node: nodes.Call, usage: str) -> tuple[str, str]:
        """The quantity and the free vector that a call is about."""
        read = [
            self.term(argument)[0]
            for argument in node.arguments
            if isinstance(argument, nodes.Name | nodes.Index)
        ]
        names = [term.id for term in read if isinstance(term, Name)]
        if len(names) != 2 or len(node.arguments) != 2:
            self.fail(node, "wrong-arguments", f"two names must stand here: {usage}")
        quantity, free = names
        if quantity not in self.scope.quantities:
            self.fail(node.arguments[0], "wrong-type", f"`{quantity}` has no equation")
        if free not in self.scope.kinds:
            self.fail(
                node.arguments[1],
                "wrong-type",
                f"`{free}` follows from other names",
                "name an input, a previous state or a weight",
            )
        return quantity, free


TERMS: Mapping[type, Callable[..., Typed]] = MappingProxyType(
    {
        nodes.Number: Reader.number,
        nodes.Name: Reader.name,
        nodes.Member: Reader.parameter,
        nodes.Index: Reader.index,
        nodes.Choice: Reader.choice,
        nodes.Unary: Reader.unary,
        nodes.Binary: Reader.binary,
        nodes.Call: Reader.call,
    }
)
"""How each kind of node is read as a term; the others are none."""
