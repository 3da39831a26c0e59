"""Exact arithmetic with what has no exact value: polynomials over irrational or unknown atoms.

An atom is a name, a product ``W @ x``, an activation of a polynomial, or an absolute value,
minimum or maximum that cannot be resolved. Coefficients are rational, and monomials stand in a
canonical order, so equal sums of equal monomials are equal polynomials; `normal` makes the atoms
canonical, too.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

LONGEST = 1_000
"""A longer canonical name is replaced by its digest: after many time steps they are very long."""

MOST_SUMMANDS = 2_000
"""Far more than an honest equation expands to; ``(a + b + c + d)**20`` is refused in no time."""


class TooLargeError(Exception):
    """A polynomial with more than `MOST_SUMMANDS` summands."""


@dataclass(frozen=True)
class Atom:
    """What a polynomial is made of. `kind` is name, product, apply, abs, min or max.

    `head` is the name, the matrix or the function; `arguments` are polynomials. Atoms are compared
    by their text.
    """

    kind: str
    head: str
    arguments: tuple[Polynomial, ...] = ()

    @cached_property
    def text(self) -> str:
        """A canonical name."""
        inner = ",".join(argument.text for argument in self.arguments)
        return f"{self.kind}:{self.head}({_short(inner)})" if self.arguments else self.head

    @cached_property
    def numeric(self) -> bool:
        """Whether it is a number, though perhaps an irrational one."""
        if self.kind in ("name", "product"):
            return False
        return all(argument.numeric for argument in self.arguments)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Atom) and self.text == other.text

    def __hash__(self) -> int:
        return hash(self.text)


Monomial = tuple[tuple[Atom, int], ...]
"""Atoms with their exponents, ordered by their texts; the empty one is 1."""


@dataclass(frozen=True)
class Polynomial:
    """A sum of monomials with rational coefficients that are not 0, in a canonical order."""

    summands: tuple[tuple[Monomial, Fraction], ...]

    @cached_property
    def text(self) -> str:
        """A canonical name."""
        return _short(
            "+".join(
                "*".join([str(value), *(f"{atom.text}^{power}" for atom, power in monomial)])
                for monomial, value in self.summands
            )
        )

    @property
    def constant(self) -> Fraction | None:
        """Its value if it is a rational number, else None."""
        if not self.summands:
            return Fraction(0)
        (monomial, coefficient), *more = self.summands
        return coefficient if not monomial and not more else None

    @cached_property
    def numeric(self) -> bool:
        """Whether it is a number, though perhaps an irrational one."""
        return all(atom.numeric for atom in self.atoms())

    def atoms(self) -> Iterable[Atom]:
        """The atoms at the top, repeated as they are."""
        return (atom for monomial, _ in self.summands for atom, _ in monomial)

    def __add__(self, other: Polynomial) -> Polynomial:
        if not self.summands or not other.summands:
            return self if self.summands else other
        return collect((*self.summands, *other.summands))

    def __sub__(self, other: Polynomial) -> Polynomial:
        return self + other.scaled(Fraction(-1))

    def __mul__(self, other: Polynomial) -> Polynomial:
        return collect(
            (_times(left, right), first * second)
            for left, first in self.summands
            for right, second in other.summands
        )

    def scaled(self, factor: Fraction) -> Polynomial:
        """`factor` times this."""
        if not factor:
            return Polynomial(())
        if factor == 1:
            return self
        return Polynomial(tuple((monomial, factor * value) for monomial, value in self.summands))


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else hashlib.sha256(text.encode()).hexdigest()


def _times(left: Monomial, right: Monomial) -> Monomial:
    if not left or not right:
        return left or right
    powers = dict(left)
    for atom, power in right:
        powers[atom] = powers.get(atom, 0) + power
    return tuple(sorted(powers.items(), key=lambda item: item[0].text))


def collect(summands: Iterable[tuple[Monomial, Fraction]]) -> Polynomial:
    """The sum of monomials, equal ones collected."""
    total: dict[Monomial, Fraction] = {}
    for monomial, value in summands:
        before = total.get(monomial)
        total[monomial] = value if before is None else before + value
        if len(total) > MOST_SUMMANDS:
            raise TooLargeError
    kept = [(monomial, value) for monomial, value in total.items() if value]
    if len(kept) > 1:
        kept.sort(key=_order)
    return Polynomial(summands=tuple(kept))


def _order(summand: tuple[Monomial, Fraction]) -> tuple[int, list[tuple[str, int]]]:
    monomial, _ = summand
    return len(monomial), [(atom.text, power) for atom, power in monomial]


def constant(value: Fraction | int) -> Polynomial:
    """A rational number."""
    return Polynomial((((), Fraction(value)),)) if value else Polynomial(())


def atom(kind: str, head: str, *arguments: Polynomial) -> Polynomial:
    """An atom as a polynomial."""
    return Polynomial(((((Atom(kind, head, arguments), 1),), Fraction(1)),))


def name(identifier: str) -> Polynomial:
    """An unknown number."""
    return atom("name", identifier)
