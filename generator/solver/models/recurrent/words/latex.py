r"""How terms, statements and numbers are written in LaTeX.

``∘`` stands between vectors that are multiplied entry by entry, nothing between a number and a
vector or a matrix and a vector. A rational number is written exactly, an irrational one as a
decimal, and whoever writes it says that it is rounded.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from types import MappingProxyType

from generator.language.numbers import decimal
from generator.solver.models.recurrent.structure import naming
from generator.solver.models.recurrent.structure.activations import ACTIVATIONS
from generator.solver.models.recurrent.structure.terms import (
    Apply,
    Comparison,
    Name,
    Number,
    Operation,
    Product,
    Statement,
    Term,
)
from generator.solver.models.recurrent.values.enclosure import nearby
from generator.solver.models.recurrent.values.polynomial import Polynomial

RELATIONS: Mapping[str, str] = MappingProxyType(
    {"==": "=", "!=": r"\neq", "<": "<", "<=": r"\le", ">": ">", ">=": r"\ge"}
)

PLACES = 3
"""Decimal places of an irrational number, if no more are needed."""

SUM, PRODUCT, ATOM = range(3)
"""How tightly a term must bind to stand where it does without parentheses."""


def rational(value: Fraction) -> str:
    r"""``-3``, ``\frac{1}{2}``; a fraction with a large denominator as a decimal if it ends."""
    if value.denominator == 1:
        return str(value.numerator)
    if value.denominator > 100 and 10**9 % value.denominator == 0:
        return decimal(value)
    sign = "-" if value < 0 else ""
    return rf"{sign}\frac{{{abs(value.numerator)}}}{{{value.denominator}}}"


def rounded(value: Polynomial, places: int = PLACES) -> str:
    """A number: exact if it is rational, else with so many places, more if it is very small."""
    if value.constant is not None:
        return rational(value.constant)
    near = nearby(value)
    while abs(near) * 10**places < 10:
        places += 1
    return decimal(near, places)


class Writer:
    """Writes terms. A subclass may write names and products in another way, as numbers say."""

    times = r" \circ "

    def name(self, term: Name) -> str:
        """A name."""
        return naming.latex(term.id)

    def product(self, term: Product) -> str:
        """A matrix times a vector."""
        return f"{naming.latex(term.matrix)} {self.term(term.vector, ATOM)}"

    def apply(self, term: Apply) -> str:
        """An activation of a term."""
        return f"{ACTIVATIONS[term.function].latex}({self.term(term.argument)})"

    def term(self, term: Term, level: int = SUM) -> str:
        """The term, in parentheses if it binds less tightly than `level`."""
        match term:
            case Number():
                text, tight = rational(term.value), ATOM
            case Name():
                text, tight = self.name(term), ATOM
            case Product():
                text, tight = self.product(term), PRODUCT
            case Apply():
                text, tight = self.apply(term), ATOM
            case Operation():
                text, tight = OPERATORS[term.operator](self, *term.operands)
        if text.startswith("-"):
            tight = SUM
        return f"({text})" if tight < level else text

    def statement(self, statement: Statement) -> str:
        """A statement; comparisons are joined by words of logic."""
        if isinstance(statement, Comparison):
            pieces = [self.term(statement.terms[0])]
            for operator, term in zip(statement.operators, statement.terms[1:], strict=True):
                pieces += [RELATIONS[operator], self.term(term)]
            return " ".join(pieces)
        parts = [self.statement(part) for part in statement.statements]
        if statement.operator == "not":
            return rf"\text{{not }} ({parts[0]})"
        return rf" \text{{ {statement.operator} }} ".join(parts)


Written = tuple[str, int]
"""The text of an operation, and how tightly it binds."""


def _sum(sign: str) -> Callable[[Writer, Term, Term], Written]:
    def write(writer: Writer, left: Term, right: Term) -> Written:
        after = writer.term(right, SUM if sign == "+" else PRODUCT)
        if after.startswith("-"):
            after = f"({after})"
        return f"{writer.term(left)} {sign} {after}", SUM

    return write


def _times(writer: Writer, left: Term, right: Term) -> Written:
    texts = [writer.term(factor, PRODUCT) for factor in (left, right)]
    numbers = [isinstance(factor, Number) for factor in (left, right)]
    if all(numbers):
        return rf"{texts[0]} \cdot {texts[1]}", PRODUCT
    if any(numbers) and writer.times == Writer.times:
        return " ".join(texts if numbers[0] else reversed(texts)), PRODUCT
    return writer.times.join(texts), PRODUCT


def _divide(writer: Writer, dividend: Term, divisor: Term) -> Written:
    return rf"\frac{{{writer.term(dividend)}}}{{{writer.term(divisor)}}}", ATOM


def _power(writer: Writer, base: Term, exponent: Term) -> Written:
    power = writer.term(exponent)
    if isinstance(base, Apply):
        function, argument = ACTIVATIONS[base.function].latex, writer.term(base.argument)
        return f"{function}^{{{power}}}({argument})", ATOM
    text = writer.term(base, ATOM)
    return f"{text}^{{{power}}}" if "^" not in text else f"({text})^{{{power}}}", ATOM


def _negative(writer: Writer, operand: Term) -> Written:
    return f"-{writer.term(operand, PRODUCT)}", SUM


def _absolute(writer: Writer, operand: Term) -> Written:
    return f"|{writer.term(operand)}|", ATOM


def _function(latex: str) -> Callable[..., Written]:
    def write(writer: Writer, *operands: Term) -> Written:
        return f"{latex}({', '.join(writer.term(operand) for operand in operands)})", ATOM

    return write


OPERATORS: Mapping[str, Callable[..., Written]] = MappingProxyType(
    {
        "+": _sum("+"),
        "-": _sum("-"),
        "*": _times,
        "/": _divide,
        "**": _power,
        "neg": _negative,
        "abs": _absolute,
        "min": _function(r"\min"),
        "max": _function(r"\max"),
    }
)
