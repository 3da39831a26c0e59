r"""A formula as data: what it means, apart from how anyone writes it.

A solver model gives such a term with each formula that it derives; what a student types is read
into one; `generator.marking` compares the two. ``-2(y - z)\sum_{i=1}^4 w_i x_{i+j-1}`` is a product
of a number, a sum and a `Series` whose body names entries of ``w`` and ``x``; an index is a term,
too. Terms are kept as they were built: what they have in common is for their reader to find out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from typing import ClassVar, Literal, Self

from generator.model.dataclass import dataclass

Terms = tuple["Term", ...]

Relation = Literal["<", "<=", ">", ">=", "=", "!="]
"""How two terms are compared."""

Fold = Literal["sum", "product", "max", "place"]
"""What is made of a body's values over a letter: ``place`` is the letter where it is largest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Inner:
    """Access to the terms directly inside, which are the fields named by `INSIDE`."""

    INSIDE: ClassVar[tuple[str, ...]] = ()

    @property
    def parts(self) -> Terms:
        """The terms directly inside, from left to right."""
        found: list[Term] = []
        for name in self.INSIDE:
            value: Terms | Term | None = getattr(self, name)
            if isinstance(value, tuple):
                found += value
            elif value is not None:
                found.append(value)
        return tuple(found)

    def around(self, parts: Terms) -> Self:
        """The same around other parts, which are as many."""
        rest, changed = iter(parts), dict[str, object]()
        for name in self.INSIDE:
            value = getattr(self, name)
            if isinstance(value, tuple):
                changed[name] = tuple(next(rest) for _ in value)
            elif value is not None:
                changed[name] = next(rest)
        return replace(self, **changed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Number(_Inner):
    """A rational number."""

    value: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Symbol(_Inner):
    """A name, or the entry of a named table at some indices, counted from 1.

    A `padded` entry is 0 where an index leaves its table.
    """

    INSIDE: ClassVar[tuple[str, ...]] = ("at",)

    name: str
    at: Terms = ()
    padded: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum(_Inner):
    """Terms added up."""

    INSIDE: ClassVar[tuple[str, ...]] = ("terms",)

    terms: Terms


@dataclass(frozen=True, slots=True, kw_only=True)
class Product(_Inner):
    """Factors multiplied."""

    INSIDE: ClassVar[tuple[str, ...]] = ("factors",)

    factors: Terms


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotient(_Inner):
    """A fraction."""

    INSIDE: ClassVar[tuple[str, ...]] = ("above", "below")

    above: Term
    below: Term


@dataclass(frozen=True, slots=True, kw_only=True)
class Power(_Inner):
    """A base raised to an exponent."""

    INSIDE: ClassVar[tuple[str, ...]] = ("base", "exponent")

    base: Term
    exponent: Term


@dataclass(frozen=True, slots=True, kw_only=True)
class Series(_Inner):
    """The sum, product, maximum or its place, of `body` over `letter` = `first` .. `last`.

    `last` is None where nothing says how far the letter runs: as far as it usually does. The letter
    is bound in the body alone.
    """

    INSIDE: ClassVar[tuple[str, ...]] = ("first", "last", "body")

    fold: Fold
    letter: str
    first: Term
    last: Term | None
    body: Term


@dataclass(frozen=True, slots=True, kw_only=True)
class Call(_Inner):
    """A function of its arguments; `derived` is how often it is differentiated: 1 for ``s'(a)``."""

    INSIDE: ClassVar[tuple[str, ...]] = ("arguments",)

    function: str
    arguments: Terms
    derived: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator(_Inner):
    """1 where the comparison holds, 0 elsewhere."""

    INSIDE: ClassVar[tuple[str, ...]] = ("left", "right")

    left: Term
    relation: Relation
    right: Term


@dataclass(frozen=True, slots=True, kw_only=True)
class Cases(_Inner):
    """`yes` where the condition, an indicator, is 1; `no` elsewhere."""

    INSIDE: ClassVar[tuple[str, ...]] = ("condition", "yes", "no")

    condition: Term
    yes: Term
    no: Term


@dataclass(frozen=True, slots=True, kw_only=True)
class Vector(_Inner):
    """Terms side by side: ``(24, 24)``."""

    INSIDE: ClassVar[tuple[str, ...]] = ("items",)

    items: Terms


Term = (
    Number | Symbol | Sum | Product | Quotient | Power | Series | Call | Indicator | Cases | Vector
)

# --- what the names in it stand for ------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A named quantity of a question: its sizes along its axes, none for a single number.

    `value` is its entry at `letters` where the question defines it (``h_i = s(...)``); a quantity
    without is given. A `whole` one is itself an index.
    """

    name: str
    sizes: tuple[int, ...] = ()
    letters: tuple[str, ...] = ()
    value: Term | None = None
    whole: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Function:
    """A named function of a question: ``s(argument)``.

    `derivative` may also name `result`, which stands for the function's own value.
    """

    name: str
    argument: str
    value: Term
    derivative: Term
    result: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Glossary:
    """What the names of a question stand for, as far as its formulas may use them.

    `free` are the letters that a formula leaves open, such as the ``j`` of a gradient by ``v_j``,
    each with the largest value that it takes from 1 on.
    """

    tables: tuple[Table, ...] = ()
    functions: tuple[Function, ...] = ()
    free: tuple[tuple[str, int], ...] = ()


def walk(term: Term) -> Iterator[Term]:
    """A term and all terms in it, each before its parts, from left to right."""
    stack = [term]
    while stack:
        found = stack.pop()
        yield found
        stack.extend(reversed(found.parts))


def constant(value: Fraction | int) -> Number:
    """A number as a term."""
    return Number(value=Fraction(value))
