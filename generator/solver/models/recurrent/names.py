"""What a name in an expression is: one of the cell, at its time, or a parameter with its value."""

from __future__ import annotations

from fractions import Fraction
from typing import NoReturn

from generator.diagnostics import InputError, at, did_you_mean
from generator.language import nodes
from generator.language.evaluate import evaluate
from generator.language.expression import Expression, used_paths
from generator.language.nodes import Node
from generator.solver.models.recurrent.scope import FURTHEST, Scope
from generator.solver.models.recurrent.structure import naming
from generator.solver.models.recurrent.structure.cell import Kind
from generator.solver.models.recurrent.structure.terms import Name, Number, Term

Typed = tuple[Term, Kind]
"""A term, and what it is."""


class NameReader:
    """Reads the names of one expression. Raises InputError at the place of what is wrong."""

    def __init__(self, expression: Expression, scope: Scope) -> None:
        self.source, self.scope = expression.source, scope
        self.ahead = 0
        """How many time steps after t a name without an index is read."""

    def fail(self, node: Node, code: str, message: str, help_text: str = "") -> NoReturn:
        """Refuse a piece of the expression."""
        raise InputError(
            [
                at(
                    self.source,
                    code,
                    message,
                    help=help_text,
                    offset=node.offset,
                    length=node.length,
                )
            ]
        )

    def name(self, node: nodes.Name) -> Typed:
        """A name of the cell, or a parameter."""
        return self.named(node, node.id)

    def index(self, node: nodes.Index) -> Typed:
        """``h[2]``: a name of the cell at a later time; else an entry of a parameter."""
        if isinstance(node.value, nodes.Name) and self.scope.moves(node.value.id):
            return self.named(node, node.value.id, self._steps(node))
        return self.parameter(node)

    def _steps(self, node: nodes.Index) -> int:
        if self.scope.cell is None:
            name = naming.base(node.value.id) if isinstance(node.value, nodes.Name) else ""
            help_text = f"the value of the time step before is `{name}{naming.PREVIOUS}`"
            self.fail(node, "wrong-type", "the equations are those of one time step", help_text)
        return self.whole(node.index, -1, FURTHEST, "the number of time steps after t")

    def whole(self, node: Node, least: int, most: int, what: str) -> int:
        """A whole number that the parameters decide."""
        value = self._value(node)
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            message = f"{what} is a whole number from {least} to {most}"
            self.fail(node, "wrong-value", message)
        return value

    def named(self, node: Node, name: str, steps: int = 0) -> Typed:
        """A name of the cell at a time, or a parameter."""
        scope = self.scope
        if scope.cell is not None and scope.moves(name):
            name = self._moved(node, name, self.ahead + steps)
        if name in scope.quantities:
            return Name(id=name), Kind.STATE
        if name in scope.kinds:
            return Name(id=name), scope.kinds[name]
        if scope.cell is None and naming.is_matrix(name):
            self.fail(
                node, "wrong-type", f"the matrix `{name}` stands alone", f"write `{name} @ x`"
            )
        # The cell's own names come first, so that a parameter of such a name is called ambiguous.
        kind = self._new_kind(name) if scope.cell is None else None
        if kind is None and name in scope.values:
            return self.parameter(node)
        if kind is None:
            self.unknown(node, name)
        scope.kinds[name] = kind
        return Name(id=name), kind

    def _moved(self, node: Node, name: str, steps: int) -> str:
        base = naming.base(name)
        steps -= name != base
        if steps > FURTHEST:
            self.fail(node, "wrong-value", f"a claim ends {FURTHEST} time steps after t")
        if steps < (0 if base == naming.INPUT else -1):
            message = "a claim begins at time t; of the time before there are only the states"
            self.fail(node, "wrong-value", message, "count from t on: `h[1]` is $h_{t+1}$")
        return self.scope.at(base, steps)

    def _new_kind(self, name: str) -> Kind | None:
        if name == naming.INPUT:
            return Kind.INPUT
        is_previous = name != naming.base(name) and naming.base(name) in self.scope.quantities
        return Kind.STATE if is_previous or naming.is_weight(name) else None

    def unknown(self, node: Node, name: str) -> NoReturn:
        """Refuse a name that nothing has."""
        known = self.scope.known
        self.fail(
            node,
            "unknown-name",
            f"`{name}` is neither a name of this cell nor a parameter",
            did_you_mean(name, known) or f"the cell's names are {', '.join(sorted(known))}",
        )

    def parameter(self, node: Node) -> Typed:
        """A number that a parameter, or a member or entry of one, stands for."""
        value = self._value(node)
        if isinstance(value, bool) or not isinstance(value, int | Fraction):
            self.fail(node, "wrong-type", "a parameter must be a rational number here")
        return Number(value=Fraction(value)), Kind.NUMBER

    def _value(self, node: Node) -> object:
        names = {path[0] for path in used_paths(node)}
        for inner in nodes.walk(node):
            if isinstance(inner, nodes.Name) and inner.id in names - self.scope.values.keys():
                if inner.id in self.scope.quantities or inner.id in self.scope.kinds:
                    self.fail(inner, "wrong-type", f"`{inner.id}` has no value to choose by")
                self.unknown(inner, inner.id)
        return evaluate(node, self.source, self.scope.values, names)

    def chosen(self, node: nodes.Choice) -> bool:
        """Whether the parameters choose the first branch."""
        value = self._value(node.condition)
        if not isinstance(value, bool):
            self.fail(node.condition, "wrong-type", "a condition must be true or false")
        return value
