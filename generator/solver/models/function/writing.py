"""Terms as text: what every way of writing has in common, and how a student types one.

``2*x*exp(3*x)``. What is written can be read again by `generator.marking`, so a function has its
argument in parentheses; `latex` writes as a textbook prints.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import IntEnum
from types import MappingProxyType
from typing import Any, NamedTuple

from generator.language import numbers
from generator.model.dataclass import dataclass
from generator.model.formula import (
    Call,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    Symbol,
    Term,
    Vector,
    constant,
)


class Level(IntEnum):
    """How tightly a text holds together."""

    SUM = 0
    PRODUCT = 1
    POWER = 2
    ATOM = 3


class Piece(NamedTuple):
    """A written term. One that begins with a minus holds together no more than a sum."""

    text: str
    level: Level = Level.ATOM


def signed(text: str, level: Level) -> Piece:
    """A text that may begin with a minus."""
    return Piece(text, Level.SUM if text.startswith("-") else level)


@dataclass(frozen=True, slots=True)
class Writer:
    """Plain text; `decimals` is whether a number is written as a decimal where that ends."""

    decimals: bool = False

    def write(self, term: Term) -> str:
        """The text of a term."""
        return self.piece(term).text

    def piece(self, term: Term) -> Piece:
        """The text with its level."""
        return _WRITERS[type(term)](self, term)

    def within(self, term: Term, level: Level) -> str:
        """The text where at least this level is asked for."""
        found = self.piece(term)
        return found.text if found.level >= level else self.enclosed(found.text)

    def enclosed(self, text: str) -> str:
        """The text in parentheses."""
        return f"({text})"

    def sum(self, term: Sum) -> Piece:
        """``a - b`` for what is kept as ``a + (-1) b``."""
        text = ""
        for one in term.terms:
            written = (
                self.write(one) if not isinstance(one, Sum) else self.enclosed(self.write(one))
            )
            if text and written.startswith("-"):
                text += f" - {written.removeprefix('-')}"
            else:
                text += f" + {written}" if text else written
        return Piece(text, Level.SUM)

    def product(self, term: Product) -> Piece:
        """Factors; only the first one may have a sign without parentheses."""
        minus = term.factors[0] == constant(-1)
        first, *rest = term.factors[1:] if minus else term.factors
        text = self.write(first) if self._leads(first, minus=minus) else self.factor(first)
        for one in rest:
            text = self.joined(text, self.factor(one))
        return signed(f"-{text}" if minus else text, Level.PRODUCT)

    def _leads(self, first: Term, *, minus: bool) -> bool:
        """Whether the first factor needs no parentheses, though it holds together less."""
        if isinstance(first, Number):
            return not (minus and first.value < 0)
        return isinstance(first, Quotient) and not self.write(first).startswith("-")

    def factor(self, term: Term) -> str:
        """A factor of a product."""
        return self.within(term, Level.POWER)

    def joined(self, before: str, factor: str) -> str:
        """A factor behind others."""
        return f"{before}*{factor}"

    def number(self, term: Number) -> Piece:
        """A whole number, a decimal or a fraction."""
        text = numbers.plain(term.value) if self.decimals else str(term.value)
        return signed(text, Level.PRODUCT if "/" in text else Level.ATOM)

    def symbol(self, term: Symbol) -> Piece:
        """A name."""
        return Piece(term.name)

    def quotient(self, term: Quotient) -> Piece:
        """A fraction on one line."""
        alone = isinstance(term.above, Sum)
        above = self.within(term.above, Level.PRODUCT) if alone else self.write(term.above)
        return signed(f"{above}/{self.within(term.below, Level.POWER)}", Level.PRODUCT)

    def power(self, term: Power) -> Piece:
        """``x^2``."""
        base, exponent = self.within(term.base, Level.ATOM), self.within(term.exponent, Level.ATOM)
        return Piece(f"{base}^{exponent}", Level.POWER)

    def call(self, term: Call) -> Piece:
        """A function with its arguments."""
        return Piece(f"{term.function}({', '.join(map(self.write, term.arguments))})")

    def vector(self, term: Vector) -> Piece:
        """Terms side by side."""
        return Piece(self.enclosed(", ".join(map(self.write, term.items))))


_WRITERS: Mapping[type[Term], Callable[[Writer, Any], Piece]] = MappingProxyType(
    {
        Number: lambda writer, term: writer.number(term),
        Symbol: lambda writer, term: writer.symbol(term),
        Sum: lambda writer, term: writer.sum(term),
        Product: lambda writer, term: writer.product(term),
        Quotient: lambda writer, term: writer.quotient(term),
        Power: lambda writer, term: writer.power(term),
        Call: lambda writer, term: writer.call(term),
        Vector: lambda writer, term: writer.vector(term),
    }
)
"""Class of term -> its text. A term of a function is one of these."""
