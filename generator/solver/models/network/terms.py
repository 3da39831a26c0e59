"""Formulas in index notation, as data: entries of tensors, sums over a letter, products, functions.

A term means what a textbook means by it, with one rule of its own: an entry marked `padded` is 0
where its index leaves the tensor (``v_{k-i+1}`` in the gradient of an input). Terms are built by
`add` and `multiply`, which keep numbers in front and drop what changes nothing; they never
rearrange, since the order of factors is how a reader finds the links of the chain rule.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Literal

from generator.model.dataclass import dataclass
from generator.solver.models.network.index import Index, number

Parts = tuple["Term", ...]
Relation = Literal[">", "<=", ">=", "<"]
Function = Literal["exp", "log", "tanh", "abs", "max", "clip"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tensor:
    """What an entry is an entry of. The output of layer 0 is the network's input.

    `argument` and `value` are the ``a`` and ``s(a)`` of an activation's definition, ``error``
    the ``e`` of a loss's; they are filled in by entries of a network.
    """

    kind: Literal[
        "output", "pre", "weights", "bias", "target", "loss", "argument", "value", "error"
    ]
    layer: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A rational number."""

    value: Fraction

    @property
    def parts(self) -> Parts:
        """The terms directly inside."""
        return ()

    def around(self, parts: Parts) -> Term:
        """The same around other parts."""
        return self


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An entry of a tensor; axes of size 1 have no index."""

    tensor: Tensor
    at: tuple[Index, ...] = ()
    padded: bool = False

    @property
    def parts(self) -> Parts:
        """The terms directly inside."""
        return ()

    def around(self, parts: Parts) -> Term:
        """The same around other parts."""
        return self


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """Terms added up."""

    terms: tuple[Term, ...]

    @property
    def parts(self) -> Parts:
        """The terms directly inside."""
        return self.terms

    def around(self, parts: Parts) -> Term:
        """The same around other parts."""
        return add(*parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    """Factors multiplied; a number, if there is one, stands first."""

    factors: tuple[Term, ...]

    @property
    def parts(self) -> Parts:
        """The terms directly inside."""
        return self.factors

    def around(self, parts: Parts) -> Term:
        """The same around other parts."""
        return multiply(*parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Power:
    """A square, a cube, …"""

    base: Term
    exponent: int

    @property
    def parts(self) -> Parts:
        """The terms directly inside."""
        return (self.base,)

    def around(self, parts: Parts) -> Term:
        """The same around other parts."""
        return replace(self, base=parts[0])


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotient:
    """A fraction."""

    above: Term
    below: Term

    @property
    def parts(self) -> Parts:
        """The terms directly inside."""
        return (self.above, self.below)

    def around(self, parts: Parts) -> Term:
        """The same around other parts."""
        return Quotient(above=parts[0], below=parts[1])


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """The sum of `body` over `letter` = 1 .. `size`."""

    letter: str
    size: int
    body: Term

    @property
    def parts(self) -> Parts:
        """The terms directly inside."""
        return (self.body,)

    def around(self, parts: Parts) -> Term:
        """The same around other parts."""
        return replace(self, body=parts[0])


@dataclass(frozen=True, slots=True, kw_only=True)
class Greatest:
    """The largest `body` over `letter` = 1 .. `size`."""

    letter: str
    size: int
    body: Term

    @property
    def parts(self) -> Parts:
        """The terms directly inside."""
        return (self.body,)

    def around(self, parts: Parts) -> Term:
        """The same around other parts."""
        return replace(self, body=parts[0])


@dataclass(frozen=True, slots=True, kw_only=True)
class Apply:
    """A known function of its arguments."""

    function: Function
    arguments: tuple[Term, ...]

    @property
    def parts(self) -> Parts:
        """The terms directly inside."""
        return self.arguments

    def around(self, parts: Parts) -> Term:
        """The same around other parts."""
        return replace(self, arguments=parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """A comparison of two terms."""

    left: Term
    relation: Relation
    right: Term

    def around(self, left: Term, right: Term) -> Condition:
        """The same comparison of other terms."""
        return Condition(left=left, relation=self.relation, right=right)


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """1 where the condition holds, 0 elsewhere."""

    condition: Condition

    @property
    def parts(self) -> Parts:
        """The terms directly inside."""
        return (self.condition.left, self.condition.right)

    def around(self, parts: Parts) -> Term:
        """The same around other parts."""
        return Indicator(condition=self.condition.around(*parts))


@dataclass(frozen=True, slots=True, kw_only=True)
class Cases:
    """`yes` where the condition holds, `no` elsewhere."""

    condition: Condition
    yes: Term
    no: Term

    @property
    def parts(self) -> Parts:
        """The terms directly inside."""
        return (self.condition.left, self.condition.right, self.yes, self.no)

    def around(self, parts: Parts) -> Term:
        """The same around other parts."""
        return Cases(condition=self.condition.around(*parts[:2]), yes=parts[2], no=parts[3])


Term = (
    Number | Entry | Sum | Product | Power | Quotient | Total | Greatest | Apply | Indicator | Cases
)

ONE = Number(value=Fraction(1))
ZERO = Number(value=Fraction(0))


def constant(value: Fraction | int) -> Number:
    """A number as a term."""
    return Number(value=Fraction(value))


def multiply(*factors: Term) -> Term:
    """The product: inner products opened, numbers gathered in front, ones dropped."""
    coefficient, rest = Fraction(1), list[Term]()
    for factor in factors:
        for part in factor.factors if isinstance(factor, Product) else (factor,):
            if isinstance(part, Number):
                coefficient *= part.value
            else:
                rest.append(part)
    if coefficient == 0 or not rest:
        return Number(value=coefficient)
    if coefficient != 1:
        rest.insert(0, Number(value=coefficient))
    return rest[0] if len(rest) == 1 else Product(factors=tuple(rest))


def negative(term: Term) -> Term:
    """The term with the opposite sign."""
    return multiply(constant(-1), term)


def add(*terms: Term) -> Term:
    """The sum: inner sums opened, zeros dropped."""
    rest = list[Term]()
    for term in terms:
        rest += term.terms if isinstance(term, Sum) else (term,)
    rest = [term for term in rest if term != ZERO]
    if not rest:
        return ZERO
    return rest[0] if len(rest) == 1 else Sum(terms=tuple(rest))


def difference(left: Term, right: Term) -> Term:
    """``left - right``."""
    return add(left, negative(right))


def total(sums: tuple[tuple[str, int], ...], body: Term) -> Term:
    """The nested sums of a body over (letter, size), the first outermost; its number in front."""
    coefficient: Term = ONE
    if body == ZERO:
        return ZERO
    if sums and isinstance(body, Product) and isinstance(body.factors[0], Number):
        coefficient, body = body.factors[0], multiply(*body.factors[1:])
    for name, size in reversed(sums):
        body = Total(letter=name, size=size, body=body)
    return multiply(coefficient, body)


def expand(term: Term) -> Term:
    """The term with every sum, and every maximum, over a letter written out."""
    if isinstance(term, Total | Greatest):
        places = range(1, term.size + 1)
        parts = tuple(expand(fix(term.body, {term.letter: number(at)})) for at in places)
        return add(*parts) if isinstance(term, Total) else Apply(function="max", arguments=parts)
    return term.around(tuple(expand(part) for part in term.parts))


def fill(term: Term, change: Callable[[Entry], Term]) -> Term:
    """The term with every entry replaced by what `change` makes of it."""
    if isinstance(term, Entry):
        return change(term)
    return term.around(tuple(fill(part, change) for part in term.parts))


def put(term: Term, **entries: Term) -> Term:
    """A definition with its placeholders filled in: ``put(s.derivative, value=h_i)``."""
    return fill(term, lambda entry: entries.get(entry.tensor.kind, entry))


def fix(term: Term, letters: Mapping[str, Index]) -> Term:
    """The term with these free letters replaced by other indices."""
    return fill(term, lambda entry: replace(entry, at=tuple(i.replace(letters) for i in entry.at)))


def entries(term: Term) -> Iterator[Entry]:
    """The entries of a term, from left to right."""
    if isinstance(term, Entry):
        yield term
    for part in term.parts:
        yield from entries(part)


def free_letters(term: Term) -> frozenset[str]:
    """The letters that no sum binds."""
    if isinstance(term, Entry):
        return frozenset(name for index in term.at for name in index.letters())
    inner = frozenset[str]().union(*(free_letters(part) for part in term.parts))
    return inner - {term.letter} if isinstance(term, Total | Greatest) else inner
