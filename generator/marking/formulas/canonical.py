"""The canonical form of a term: a polynomial whose atoms are whatever is no sum, product or power.

Two terms with the same form are equal wherever both have a value. A sum over a letter is taken
apart: its terms one by one, factors without the letter in front, the letter itself without a name.
The converse does not hold (``exp(a)*exp(b)``); what differs in form is compared at points.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from generator.marking import limits
from generator.model.formula import (
    Call,
    Cases,
    Indicator,
    Number,
    Power,
    Product,
    Quotient,
    Series,
    Sum,
    Symbol,
    Term,
    Vector,
)

Monomial = tuple[tuple[str, int], ...]
"""Atoms, by their text, with their exponents; sorted."""

Form = Mapping[Monomial, Fraction]
"""A polynomial: the coefficient of each monomial, none 0."""

_ONE: Form = MappingProxyType({(): Fraction(1)})


class TooLong(Exception):  # noqa: N818 - no error: such a form is simply not looked at
    """Multiplied out, a term is longer than is worth it."""


def canonical(term: Term) -> str | None:
    """A text that is the same for terms of one form; None where that would be too long."""
    try:
        work = _Work()
        return work.text(work.form(term))
    except TooLong:
        return None


class _Work:
    """Makes forms, and counts the monomials that it makes. `letters` are those of the sums around.

    Raises TooLong beyond the bounds.
    """

    def __init__(self) -> None:
        self.letters: dict[str, str] = {}
        self.monomials = 0

    def form(self, term: Term) -> Form:
        """The form of a term."""
        return _FORMS[type(term)](self, term)

    def text(self, form: Form) -> str:
        """The form as a text."""
        pieces = [f"{value}{_product(monomial)}" for monomial, value in sorted(form.items())]
        self._count(sum(map(len, pieces)) // 10)
        return "+".join(pieces) or "0"

    def _count(self, made: int) -> None:
        self.monomials += made
        if self.monomials > limits.MONOMIALS:
            raise TooLong

    # --- arithmetic ---

    def add(self, forms: Iterable[Form]) -> Form:
        """The sum."""
        result: dict[Monomial, Fraction] = {}
        for form in forms:
            self._count(len(form))
            for monomial, value in form.items():
                result[monomial] = result.get(monomial, Fraction(0)) + value
        kept = {monomial: value for monomial, value in result.items() if value}
        if any(max(abs(one.numerator), one.denominator) >= limits.SIZE for one in kept.values()):
            raise TooLong
        return kept

    def multiply(self, left: Form, right: Form) -> Form:
        """The product, multiplied out."""
        return self.add(
            {_joined(one, other): value * factor}
            for one, value in left.items()
            for other, factor in right.items()
        )

    def inverse(self, form: Form) -> Form:
        """One over a form; of a sum an atom of its own, with its first coefficient in front."""
        if not form:
            raise TooLong
        if len(form) == 1:
            ((monomial, value),) = form.items()
            return {tuple((atom, -exponent) for atom, exponent in monomial): 1 / value}
        leading = form[min(form)]
        monic = {monomial: value / leading for monomial, value in form.items()}
        return {((f"({self.text(monic)})", -1),): 1 / leading}

    def raised(self, form: Form, exponent: int) -> Form:
        """A whole power."""
        result = _ONE
        for _ in range(abs(exponent)):
            result = self.multiply(result, form)
        return self.inverse(result) if exponent < 0 else result

    # --- terms ---

    def symbol(self, term: Symbol) -> Form:
        """A name or an entry."""
        if not term.at:
            return _atom(self.letters.get(term.name, term.name))
        indices = ",".join(self.text(self.form(index)) for index in term.at)
        return _atom(f"{term.name}{'~' if term.padded else ''}[{indices}]")

    def product(self, term: Product) -> Form:
        """Factors multiplied out."""
        result = _ONE
        for factor in term.factors:
            result = self.multiply(result, self.form(factor))
        return result

    def power(self, term: Power) -> Form:
        """A power with a whole exponent multiplied out; any other is an atom."""
        exponent = self.form(term.exponent)
        whole = exponent.get((), Fraction(0))
        if set(exponent) <= {()} and whole.denominator == 1 and abs(whole) <= limits.EXPONENT:
            return self.raised(self.form(term.base), int(whole))
        return _atom(f"({self.text(self.form(term.base))})^({self.text(exponent)})")

    def series(self, term: Series) -> Form:
        """A series; a sum taken apart."""
        first = self.text(self.form(term.first))
        last = "" if term.last is None else self.text(self.form(term.last))
        own, outer = f"<{len(self.letters)}>", dict(self.letters)
        self.letters[term.letter] = own
        body = self.form(term.body)
        self.letters = outer
        head = f"{term.fold}({own}={first}..{last}:"
        if term.fold != "sum":
            return _atom(f"{head}{self.text(body)})")
        return self.add(_taken_apart(one, value, own, head) for one, value in body.items())

    def called(self, name: str, parts: Iterable[Term]) -> Form:
        """An atom around the forms of its parts."""
        return _atom(f"{name}({';'.join(self.text(self.form(part)) for part in parts)})")

    def indicator(self, term: Indicator) -> Form:
        """A comparison; ``a > b`` as ``b < a``."""
        turned = {">": "<", ">=": "<="}.get(term.relation)
        if turned is None:
            return self.called(term.relation, (term.left, term.right))
        return self.called(turned, (term.right, term.left))


def _taken_apart(monomial: Monomial, value: Fraction, own: str, head: str) -> Form:
    """The sum of one monomial: the atoms without the letter stand before it."""
    inside = tuple(pair for pair in monomial if own in pair[0])
    outside = tuple(pair for pair in monomial if own not in pair[0])
    return {_joined(outside, ((f"{head}1{_product(inside)})", 1),)): value}


def _product(monomial: Monomial) -> str:
    return "".join(f"*{atom}^{exponent}" for atom, exponent in monomial)


def _joined(one: Monomial, other: Monomial) -> Monomial:
    exponents = dict(one)
    for atom, exponent in other:
        exponents[atom] = exponents.get(atom, 0) + exponent
    return tuple(sorted((atom, exponent) for atom, exponent in exponents.items() if exponent))


def _atom(text: str) -> Form:
    return {((text, 1),): Fraction(1)}


_FORMS: Mapping[type[Term], Callable[[_Work, Any], Form]] = MappingProxyType(
    {
        Number: lambda _, term: {(): term.value} if term.value else {},
        Symbol: _Work.symbol,
        Sum: lambda work, term: work.add(map(work.form, term.terms)),
        Product: _Work.product,
        Quotient: lambda work, term: work.multiply(
            work.form(term.above), work.inverse(work.form(term.below))
        ),
        Power: _Work.power,
        Series: _Work.series,
        Call: lambda work, term: work.called(term.function + "'" * term.derived, term.parts),
        Indicator: _Work.indicator,
        Cases: lambda work, term: work.called("cases", term.parts),
        Vector: lambda work, term: work.called("vector", term.parts),
    }
)
"""Class of term -> its form."""
