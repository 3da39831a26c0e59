r"""Terms as a textbook prints them: ``x e^{3x}(3x + 2)``, ``\frac{2x}{(x^{2} + 1)^{2}}``."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from generator.language import numbers
from generator.language.greek import SMALL
from generator.model.formula import (
    Call,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    Symbol,
    Term,
    constant,
)
from generator.solver.models.function.build import negative
from generator.solver.models.function.writing import Level, Piece, Writer, signed

NAMED: Mapping[str, str] = MappingProxyType(
    {name: f"\\{name}" for name in ("sin", "cos", "tan", "tanh")}
    | {"log": r"\ln", "sigmoid": r"\sigma", "softplus": r"\operatorname{softplus}"}
)
"""Functions that are written by name, with their argument in parentheses."""


def symbol(name: str) -> str:
    r"""A name: ``x``, ``\theta``, ``\mathrm{cost}``."""
    if len(name) == 1:
        return name
    return rf"\{name}" if name in SMALL else rf"\mathrm{{{name}}}"


class Latex(Writer):
    """LaTeX."""

    __slots__ = ()

    def enclosed(self, text: str) -> str:
        """Parentheses that grow where something in them is high."""
        high = r"\frac" in text or r"\sqrt" in text
        return rf"\left({text}\right)" if high else f"({text})"

    def joined(self, before: str, factor: str) -> str:
        """Side by side; a sign keeps numbers apart, fractions, and a letter from the same one.

        Before a fraction, a number without a sign would make a mixed number.
        """
        fractions = factor.startswith(r"\frac") and (before[-1] == "}" or before[-1].isdigit())
        if factor[0].isdigit() or fractions or before.endswith(factor):
            return rf"{before} \cdot {factor}"
        return f"{before} {factor}" if before[-1].isalpha() else before + factor

    def number(self, term: Number) -> Piece:
        """A whole number, a decimal, or a fraction."""
        value = term.value
        if value.denominator == 1 or self.decimals:
            text = numbers.latex(value)
        else:
            sign = "-" if value < 0 else ""
            text = rf"{sign}\frac{{{abs(value.numerator)}}}{{{value.denominator}}}"
        return signed(text, Level.POWER if r"\frac" in text else Level.ATOM)

    def symbol(self, term: Symbol) -> Piece:
        """A name."""
        return Piece(symbol(term.name))

    def quotient(self, term: Quotient) -> Piece:
        """A fraction; its sign stands before it."""
        minus, above = _sign(term.above)
        text = rf"\frac{{{self.write(above)}}}{{{self.write(term.below)}}}"
        return Piece(f"-{text}", Level.SUM) if minus else Piece(text, Level.POWER)

    def power(self, term: Power) -> Piece:
        r"""``x^{2}``, and ``\sin^{2}(x)``."""
        base, exponent = term.base, self.raised(term.exponent)
        if isinstance(base, Call) and base.function in NAMED and _is_natural(term.exponent):
            inside = self.enclosed(self.write(base.arguments[0]))
            return Piece(f"{NAMED[base.function]}^{{{exponent}}}{inside}", Level.POWER)
        if isinstance(base, Call) and base.function == "sqrt":
            return Piece(f"{self.enclosed(self.write(base))}^{{{exponent}}}", Level.POWER)
        return Piece(f"{self.within(base, Level.ATOM)}^{{{exponent}}}", Level.POWER)

    def raised(self, term: Term) -> str:
        """An exponent; a fraction stays on one line, if it is clear what is below it."""
        if isinstance(term, Number):
            return str(term.value) if not self.decimals else self.write(term)
        if isinstance(term, Quotient) and not isinstance(term.above, Sum):
            above, below = self.write(term.above), self.piece(term.below)
            if below.level == Level.ATOM and r"\frac" not in above + below.text:
                return f"{above}/{below.text}"
        return self.write(term)

    def call(self, term: Call) -> Piece:
        """A function in its own notation."""
        (argument,) = term.arguments
        if term.function == "exp":
            if argument == constant(1):
                return Piece("e")
            return Piece(f"e^{{{self.raised(argument)}}}", Level.POWER)
        inside = self.write(argument)
        if term.function == "sqrt":
            return Piece(rf"\sqrt{{{inside}}}")
        return Piece(f"{NAMED[term.function]}{self.enclosed(inside)}", Level.POWER)


def _sign(term: Term) -> tuple[bool, Term]:
    """Whether a term is negative, and the term without its sign."""
    first = term.factors[0] if isinstance(term, Product) else term
    if isinstance(first, Number) and first.value < 0:
        return True, negative(term)
    return False, term


def _is_natural(exponent: Term) -> bool:
    return isinstance(exponent, Number) and exponent.value.denominator == 1 and exponent.value > 0
