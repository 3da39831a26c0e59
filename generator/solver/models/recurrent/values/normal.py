"""Terms as polynomials in normal form, and back.

Sums are collected, a matrix is linear, an odd function gives up its argument's sign, and a function
at an argument where its value is rational is that number. So a difference that is the polynomial 0
is an identity.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from types import MappingProxyType

from generator.solver.models.recurrent.structure import terms
from generator.solver.models.recurrent.structure.activations import ACTIVATIONS
from generator.solver.models.recurrent.structure.terms import Term
from generator.solver.models.recurrent.values.enclosure import sign
from generator.solver.models.recurrent.values.polynomial import (
    Atom,
    Monomial,
    Polynomial,
    atom,
    collect,
    constant,
    name,
)


def product(matrix: str, vector: Polynomial) -> Polynomial:
    """A matrix times a vector: linear, so the coefficients come out."""
    return collect(
        (monomial, value * outer)
        for inner, value in vector.summands
        for monomial, outer in atom("product", matrix, collect([(inner, Fraction(1))])).summands
    )


def apply(function: str, argument: Polynomial) -> Polynomial:
    """An activation of every entry."""
    activation = ACTIVATIONS[function]
    if argument.constant == 0 and activation.at_zero is not None:
        return constant(activation.at_zero)
    if activation.definition is not None and argument.numeric:
        try:
            return terms.value(activation.definition, PolynomialAlgebra(lambda _: argument))
        except NoPolynomialError:
            pass
    if activation.symmetric and activation.at_zero is not None and _leads_negative(argument):
        mirrored = apply(function, argument.scaled(Fraction(-1)))
        return constant(2 * activation.at_zero) - mirrored
    return atom("apply", function, argument)


def absolute(argument: Polynomial) -> Polynomial:
    """The absolute value."""
    direction = sign(argument)
    if direction is not None:
        return argument.scaled(Fraction(direction))
    if _leads_negative(argument):
        argument = argument.scaled(Fraction(-1))
    return atom("abs", "", argument)


def extremum(operator: str, operands: Sequence[Polynomial]) -> Polynomial:
    """``min`` or ``max``."""
    wanted = -1 if operator == "min" else 1
    kept: list[Polynomial] = []
    for operand in operands:
        for index, other in enumerate(kept):
            direction = sign(operand - other)
            if direction is not None:
                kept[index] = operand if direction == wanted else other
                break
        else:
            kept.append(operand)
    if len(kept) == 1:
        return kept[0]
    return atom(operator, "", *sorted(kept, key=lambda polynomial: polynomial.text))


def _leads_negative(argument: Polynomial) -> bool:
    return bool(argument.summands) and argument.summands[-1][1] < 0


class NoPolynomialError(Exception):
    """A quotient whose divisor is not a rational number, or is 0."""


def _quotient(dividend: Polynomial, divisor: Polynomial) -> Polynomial:
    if not divisor.constant:
        raise NoPolynomialError
    return dividend.scaled(1 / divisor.constant)


def _power(base: Polynomial, exponent: Polynomial) -> Polynomial:
    result = constant(1)
    for _ in range(int(exponent.constant or 0)):
        result = result * base
    return result


OPERATORS: MappingProxyType[str, Callable[..., Polynomial]] = MappingProxyType(
    {
        "+": lambda left, right: left + right,
        "-": lambda left, right: left - right,
        "*": lambda left, right: left * right,
        "/": _quotient,
        "**": _power,
        "neg": lambda operand: operand.scaled(Fraction(-1)),
        "abs": absolute,
        "min": lambda *operands: extremum("min", operands),
        "max": lambda *operands: extremum("max", operands),
    }
)


class PolynomialAlgebra:
    """Terms as polynomials; `lookup` says what a name is worth."""

    def __init__(
        self,
        lookup: Callable[[str], Polynomial] = name,
        multiply: Callable[[str, Polynomial], Polynomial] = product,
    ) -> None:
        self.lookup, self.multiply = lookup, multiply

    def number(self, value: Fraction) -> Polynomial:
        """The constant polynomial."""
        return constant(value)

    def name(self, name: str) -> Polynomial:
        """What the name is worth."""
        return self.lookup(name)

    def product(self, matrix: str, vector: Polynomial) -> Polynomial:
        """A matrix times a vector."""
        return self.multiply(matrix, vector)

    def apply(self, function: str, argument: Polynomial) -> Polynomial:
        """An activation."""
        return apply(function, argument)

    def operate(self, operator: str, operands: Sequence[Polynomial]) -> Polynomial:
        """An operator; NoPolynomialError for a quotient of unknowns."""
        return OPERATORS[operator](*operands)


def polynomial(term: Term) -> Polynomial:
    """The normal form of a term in which every name is unknown."""
    return terms.value(term, PolynomialAlgebra())


# --- back to terms -----------------------------------------------------------------------------


def as_term(value: Polynomial) -> Term:
    """The term that people read for this polynomial."""
    summands = [_summand(monomial, factor) for monomial, factor in reversed(value.summands)]
    if not summands:
        return terms.number(0)
    total = summands[0][1] if summands[0][0] > 0 else terms.operation("neg", summands[0][1])
    for direction, term in summands[1:]:
        total = terms.operation("+" if direction > 0 else "-", total, term)
    return total


def _summand(monomial: Monomial, factor: Fraction) -> tuple[Fraction, Term]:
    """The sign of a summand, and the rest of it."""
    factors: list[Term] = [terms.number(abs(factor))] if abs(factor) != 1 or not monomial else []
    for inner, power in monomial:
        term = _atom_term(inner)
        factors.append(term if power == 1 else terms.operation("**", term, power))
    total = factors[0]
    for term in factors[1:]:
        total = terms.operation("*", total, term)
    return factor, total


def _atom_term(inner: Atom) -> Term:
    arguments = [as_term(argument) for argument in inner.arguments]
    match inner.kind:
        case "name":
            return terms.name(inner.head)
        case "product":
            return terms.Product(matrix=inner.head, vector=arguments[0])
        case "apply":
            return terms.apply(inner.head, arguments[0])
        case operator:
            return terms.operation(operator, *arguments)
