"""The language of a cell with its parameters fixed: terms, and statements about them.

A `Term` is a vector, read entry by entry: entry k of ``f * c_prev`` is entry k of ``f`` times
entry k of ``c_prev``, and a number stands in every entry. Only a `Product`, a weight matrix times
a vector, mixes entries. A `Statement` compares vectors and means *in every entry*; so
``not (a == b)`` means that some entry differs.

What a term is worth is decided by an `Algebra`: arrays, exact numbers, polynomials and LaTeX are
four of them, so that the meaning of an operator is written down once in each.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Protocol, TypeVar

from generator.model.dataclass import dataclass

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """The same number in every entry."""

    value: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A quantity of the cell, an input, a previous state or a weight."""

    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    """``W @ x``: a weight matrix times a vector."""

    matrix: str
    vector: Term


@dataclass(frozen=True, slots=True, kw_only=True)
class Apply:
    """An activation, applied to every entry."""

    function: str
    argument: Term


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """An operator between terms, entry by entry.

    ``+ - * / **`` take two operands (an exponent is a `Number`), ``neg`` and ``abs`` one, ``min``
    and ``max`` any number.
    """

    operator: str
    operands: tuple[Term, ...]


Term = Number | Name | Product | Apply | Operation


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """``a < b <= c`` with any of ``== != < <= > >=``, each in every entry."""

    operators: tuple[str, ...]
    terms: tuple[Term, ...]

    def links(self) -> Iterator[tuple[str, Term, Term]]:
        """The single comparisons of the chain."""
        return zip(self.operators, self.terms, self.terms[1:], strict=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Logic:
    """``and``, ``or`` of statements, or ``not`` of one."""

    operator: str
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dependence:
    """Whether `quantity` depends on the free name `on` when all else stays as it is.

    It does if two instances of the cell that differ in `on` alone differ in `quantity`.
    """

    quantity: str
    on: str
    expected: bool


Statement = Comparison | Logic
Assertion = Statement | Dependence
"""What a claim may say holds. A dependence is about two instances, so it stands alone."""


class Algebra(Protocol[T]):
    """What the five kinds of term are worth."""

    def number(self, value: Fraction) -> T:
        """A number, in every entry."""

    def name(self, name: str) -> T:
        """The value of a name."""

    def product(self, matrix: str, vector: T) -> T:
        """A matrix times a vector."""

    def apply(self, function: str, argument: T) -> T:
        """An activation."""

    def operate(self, operator: str, operands: Sequence[T]) -> T:
        """An operator of `Operation`; the exponent of ``**`` is a value, too."""


def value(term: Term, algebra: Algebra[T]) -> T:
    """The worth of `term` in `algebra`."""
    match term:
        case Number():
            return algebra.number(term.value)
        case Name():
            return algebra.name(term.id)
        case Product():
            return algebra.product(term.matrix, value(term.vector, algebra))
        case Apply():
            return algebra.apply(term.function, value(term.argument, algebra))
        case Operation():
            return algebra.operate(
                term.operator, [value(operand, algebra) for operand in term.operands]
            )


def parts(term: Term) -> tuple[Term, ...]:
    """The terms directly within `term`."""
    match term:
        case Product():
            return (term.vector,)
        case Apply():
            return (term.argument,)
        case Operation():
            return term.operands
        case _:
            return ()


def within(term: Term) -> Iterator[Term]:
    """`term` and all terms in it, each before its parts."""
    waiting = [term]  # generators in generators would take most of the time of reading a claim
    while waiting:
        inner = waiting.pop()
        yield inner
        waiting.extend(reversed(parts(inner)))


def names(term: Term) -> Iterator[str]:
    """The names in `term`, matrices included, in order, repeated as they are."""
    for inner in within(term):
        if isinstance(inner, Name):
            yield inner.id
        elif isinstance(inner, Product):
            yield inner.matrix


def degree(term: Term, known: Mapping[str, int]) -> int:
    """The degree of a term as a polynomial in names, those not `known` being of degree 1.

    An activation counts as its argument: some are linear.
    """
    inner = [degree(part, known) for part in parts(term)]
    match term:
        case Number():
            return 0
        case Name():
            return known.get(term.id, 1)
        case Product():
            return inner[0] + 1
        case Operation(operator="*"):
            return sum(inner)
        case Operation(operator="**", operands=(_, Number() as exponent)):
            return inner[0] * int(exponent.value)
        case _:
            return max(inner)


def terms(statement: Statement) -> Iterator[Term]:
    """The terms that a statement compares."""
    if isinstance(statement, Comparison):
        yield from statement.terms
    else:
        for inner in statement.statements:
            yield from terms(inner)


def statement_names(statement: Statement) -> frozenset[str]:
    """The names that a statement mentions, matrices included."""
    return frozenset(name for term in terms(statement) for name in names(term))


# --- terms are written in code as they are read ------------------------------------------------


def number(value: Fraction | int) -> Number:
    """A number."""
    return Number(value=Fraction(value))


def name(identifier: str) -> Name:
    """A name."""
    return Name(id=identifier)


def apply(function: str, argument: Term) -> Apply:
    """An activation of `argument`."""
    return Apply(function=function, argument=argument)


def operation(operator: str, *operands: Term | Fraction | int) -> Operation:
    """An operation; plain numbers are taken as terms."""
    return Operation(
        operator=operator,
        operands=tuple(
            number(operand) if isinstance(operand, Fraction | int) else operand
            for operand in operands
        ),
    )


def compare(left: Term, operator: str, right: Term | Fraction | int) -> Comparison:
    """A single comparison."""
    right = number(right) if isinstance(right, Fraction | int) else right
    return Comparison(operators=(operator,), terms=(left, right))


def both(*statements: Statement) -> Statement:
    """All of the statements."""
    return statements[0] if len(statements) == 1 else Logic(operator="and", statements=statements)


def if_then(condition: Statement, consequence: Statement) -> Statement:
    """``condition`` implies ``consequence``."""
    denied = Logic(operator="not", statements=(condition,))
    return Logic(operator="or", statements=(denied, consequence))
