"""From an author's claims to statements about a cell: comparisons, logic, dependence."""

from __future__ import annotations

from collections.abc import Callable
from typing import NoReturn, TypeVar

from generator.language import nodes
from generator.language.nodes import Node
from generator.solver.models.recurrent.reading import ALWAYS, DEPENDS, Reader
from generator.solver.models.recurrent.scope import FURTHEST
from generator.solver.models.recurrent.structure.terms import (
    Assertion,
    Comparison,
    Dependence,
    Logic,
    Statement,
    both,
)

Said = TypeVar("Said", bound=Assertion)


class ClaimReader(Reader):
    """Reads a condition or a conclusion. Raises InputError at the place of what is wrong."""

    def statement(self, node: Node) -> Statement:
        """A comparison, or several joined by logic."""
        match node:
            case nodes.Compare():
                return self._comparison(node)
            case nodes.Logic():
                parts = tuple(self.statement(part) for part in node.values)
                return Logic(operator=node.operator, statements=parts)
            case nodes.Unary(operator="not"):
                return Logic(operator="not", statements=(self.statement(node.value),))
            case nodes.Choice():
                return self.statement(node.yes if self.chosen(node) else node.no)
            case nodes.Call(function=function) if function == ALWAYS:
                return both(*self._always(node, self.conditions))
            case _:
                return self._no_statement(node)

    def _no_statement(self, node: Node) -> NoReturn:
        if isinstance(node, nodes.Call) and node.function == DEPENDS:
            message = f"`{DEPENDS}` stands alone in `holds`: it is about two cells, not about one"
        else:
            message = "a comparison is expected here, such as `h == 0`"
        self.fail(node, "wrong-type", message)

    def _comparison(self, node: nodes.Compare) -> Statement:
        read = [self.term(operand) for operand in node.operands]
        self.common(node, *(kind for _, kind in read))
        for operator in node.operators:
            if operator not in ("==", "!=", "<", "<=", ">", ">="):
                self.fail(node, "wrong-type", f"`{operator}` does not compare vectors")
        return Comparison(operators=node.operators, terms=tuple(term for term, _ in read))

    def conditions(self, node: Node) -> tuple[Statement, ...]:
        """The conditions of a claim, taken apart at ``and`` and ``always``."""
        match node:
            case nodes.Logic(operator="and"):
                return tuple(found for part in node.values for found in self.conditions(part))
            case nodes.Call(function=function) if function == ALWAYS:
                return self._always(node, self.conditions)
            case _:
                return (self.statement(node),)

    def assertions(self, node: Node) -> tuple[Assertion, ...]:
        """What a claim says holds, taken apart at ``and`` and ``always``."""
        match node:
            case nodes.Logic(operator="and"):
                return tuple(found for part in node.values for found in self.assertions(part))
            case nodes.Call(function=function) if function == ALWAYS:
                return self._always(node, self.assertions)
            case nodes.Call(function=function) if function == DEPENDS:
                return (self._dependence(node, expected=True),)
            case nodes.Unary(operator="not", value=nodes.Call() as call) if (
                call.function == DEPENDS
            ):
                return (self._dependence(call, expected=False),)
            case _:
                return (self.statement(node),)

    def _always(
        self, node: nodes.Call, read: Callable[[Node], tuple[Said, ...]]
    ) -> tuple[Said, ...]:
        """``always(f == 1, 1, 3)``: what is said, at each of these times after t."""
        if len(node.arguments) != 3:
            usage = f"a statement and two times stand here: `{ALWAYS}(f == 1, 1, 3)`"
            self.fail(node, "wrong-arguments", usage)
        said, first, last = node.arguments
        start = self.whole(first, 0, FURTHEST, "the first of the time steps after t")
        end = self.whole(last, start, FURTHEST, "the last of the time steps after t")
        now = self.ahead
        found: list[Said] = []
        for step in range(start, end + 1):
            self.ahead = now + step
            found += read(said)
        self.ahead = now
        return tuple(found)

    def _dependence(self, node: nodes.Call, *, expected: bool) -> Dependence:
        quantity, free = self.two_names(node, "`depends(h, c_prev)`")
        return Dependence(quantity=quantity, on=free, expected=expected)
