"""Derivatives within a time step, entry by entry: how entry k of a quantity moves with entry k of
an input, a previous state or a weight vector.

They become equations of the cell (``c/c_prev`` is ``f``), by the chain rule through the other
quantities, so that claims about them are decided like all others.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from generator.solver.models.recurrent.structure import naming
from generator.solver.models.recurrent.structure.activations import ACTIVATIONS
from generator.solver.models.recurrent.structure.cell import Cell, Kind
from generator.solver.models.recurrent.structure.terms import (
    Apply,
    Name,
    Number,
    Operation,
    Product,
    Term,
    names,
    number,
    operation,
)

ZERO, ONE = number(0), number(1)


class NoDerivativeError(Exception):
    """The derivative is no vector, or does not exist everywhere; the message says why."""


def with_derivative(cell: Cell, quantity: str, on: str) -> Cell:
    """The cell with equations for the derivative of `quantity` with respect to `on`.

    The quantities between the two get one, too, unless it is a number. Raises NoDerivativeError
    if a matrix mixes the entries of `on`, or an activation or function has corners.
    """
    between = [
        name
        for name, _ in cell.equations
        if on in cell.reach([name]) and name in cell.reach([quantity])
    ]
    derivatives: dict[str, Term] = {}
    equations = dict(cell.equations)
    for name in between:
        derivatives[name] = _derivative(cell.terms[name], {**derivatives, on: ONE})
        if not isinstance(derivatives[name], Number) or name == quantity:
            label = f"{name}{naming.PER}{on}"
            equations[label] = derivatives[name]
            derivatives[name] = Name(id=label)
    if quantity not in between:
        equations[f"{quantity}{naming.PER}{on}"] = ZERO
    added = tuple((name, Kind.STATE) for name in equations if name not in cell.kind)
    return Cell(equations=tuple(equations.items()), kinds=(*cell.kinds, *added))


def _derivative(term: Term, known: Mapping[str, Term]) -> Term:
    """The derivative of a term, given those of the names in it (0 for the others)."""
    match term:
        case Number():
            return ZERO
        case Name():
            return known.get(term.id, ZERO)
        case Product():
            if known.keys() & set(names(term.vector)):
                raise NoDerivativeError("the matrices mix the entries, so it is no vector")
            return ZERO
        case Apply():
            return _times(_slope(term, known), _derivative(term.argument, known))
        case Operation():
            inner = [_derivative(operand, known) for operand in term.operands]
            if all(part == ZERO for part in inner):
                return ZERO
            rule = RULES.get(term.operator)
            if rule is None:
                raise NoDerivativeError(f"`{term.operator}` has corners, where there is none")
            return rule(term.operands, inner)


def _slope(term: Apply, known: Mapping[str, Term]) -> Term:
    slope = ACTIVATIONS[term.function].derivative
    if slope is not None:
        return slope(term.argument)
    if known.keys().isdisjoint(names(term.argument)):
        return ZERO
    raise NoDerivativeError(f"`{term.function}` has corners, where there is none")


def _plus(left: Term, right: Term) -> Term:
    if left == ZERO:
        return right
    return left if right == ZERO else operation("+", left, right)


def _minus(left: Term, right: Term) -> Term:
    if right == ZERO:
        return left
    return operation("neg", right) if left == ZERO else operation("-", left, right)


def _times(left: Term, right: Term) -> Term:
    if ZERO in (left, right):
        return ZERO
    if left == ONE:
        return right
    return left if right == ONE else operation("*", left, right)


def _power(operands: tuple[Term, ...], inner: list[Term]) -> Term:
    base, exponent = operands
    if not isinstance(exponent, Number) or exponent.value == 0:
        return ZERO
    lower = exponent.value - 1
    rest = ONE if lower == 0 else base if lower == 1 else operation("**", base, lower)
    return _times(_times(exponent, rest), inner[0])


Rule = Callable[[tuple[Term, ...], list[Term]], Term]

RULES: Mapping[str, Rule] = MappingProxyType(
    {
        "+": lambda _, inner: _plus(*inner),
        "-": lambda _, inner: _minus(*inner),
        "*": lambda operands, inner: _plus(
            _times(operands[1], inner[0]), _times(operands[0], inner[1])
        ),
        "/": lambda operands, inner: operation("/", inner[0], operands[1]),
        "**": _power,
        "neg": lambda _, inner: _minus(ZERO, inner[0]),
    }
)
"""The rule of each operator that is smooth; the divisor and the exponent are numbers."""
