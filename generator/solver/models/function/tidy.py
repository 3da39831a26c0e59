"""A term in the form in which a textbook leaves it: collected, cancelled, and factored.

Products stay products, a fraction stays one fraction, polynomials in a sum are multiplied out, and
a factor that all parts of a sum have goes in front of it, if it is more than powers of variables:
``2x e^{3x} + 3x^2 e^{3x}`` becomes ``x e^{3x}(3x + 2)``, while ``4x^3 + 4x`` stays.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from generator.language.faults import Fault
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
from generator.solver.models.function.build import ONE, call, over, power, times
from generator.solver.models.function.forms import (
    HALF,
    Exact,
    Form,
    Monomial,
    Single,
    added,
    content,
    divided,
    exact,
    falling,
    is_plain,
    is_polynomial,
    monomial,
    multiplied,
    positive,
    pythagorean,
    shared,
    term_of,
)

_MOST_MONOMIALS, _MOST_PARTS = 12, 64
"""A polynomial that is multiplied out has no more monomials, and no more on the way to them."""

_ONE = 1


@lru_cache(maxsize=4096)
def tidy(term: Term, *, decimals: bool = False) -> Term:
    """The term in its final form; coefficients are fractions, unless they are to be `decimals`.

    Raises Fault where a number has too many digits.
    """
    found = term_of(_form(term))
    return found if decimals else _fractions(found)


def same_form(one: Term, other: Term) -> bool:
    """Whether two terms have the same form, and so the same values; the converse does not hold."""
    return _form(one) == _form(other)


# --- terms to forms ----------------------------------------------------------------------------


@lru_cache(maxsize=4096)
def _form(term: Term) -> Form:
    return _FORMS[type(term)](term)


def _single(term: Term, *, base: bool = False) -> Single:
    """A term as one product. A sum is factored, unless it is the base of a power."""
    form = _form(term)
    if not form:
        return 0, ()
    if len(form) == 1:
        ((powers, value),) = form.items()
        return value, powers
    return (_ONE, ((term_of(form), _ONE),)) if base else _factored(form)


def _plain(term: Term) -> Term:
    """A term that is inside of an atom."""
    return term_of(_form(term))


def _one(value: Exact, powers: Monomial) -> Form:
    return {powers: value} if value else {}


def _product(term: Product) -> Form:
    value: Exact = _ONE
    powers = list[tuple[Term, Exact]]()
    for factor in term.factors:
        number, found = _single(factor)
        value, powers = value * number, [*powers, *found]
    return _one(value, _merged(powers))


def _quotient(term: Quotient) -> Form:
    above, numerator = _single(term.above)
    below, denominator = _single(term.below, base=True)
    if not below:
        raise Fault("division-by-zero", "a division by zero")
    inverse = [(atom, -exponent) for atom, exponent in denominator]
    return _one(exact(Fraction(above) / below), _merged([*numerator, *inverse]))


def _power(term: Power) -> Form:
    if not isinstance(term.exponent, Number):
        return {((Power(base=_plain(term.base), exponent=_plain(term.exponent)), _ONE),): _ONE}
    exponent = exact(term.exponent.value)
    value, powers = _single(term.base, base=True)
    if exponent.denominator == 1:
        return _raised(value, powers, exponent)
    return _root(value, powers, exponent)


def _raised(value: Exact, powers: Monomial, exponent: Exact) -> Form:
    """A whole power, of each factor."""
    scale = power(constant(value), constant(exponent))
    assert isinstance(scale, Number)  # noqa: S101 - a whole power of a number
    return _one(exact(scale.value), _merged([(atom, one * exponent) for atom, one in powers]))


def _root(value: Exact, powers: Monomial, exponent: Exact) -> Form:
    """A power with a fraction: of a positive number and one atom, or a root of it.

    Else of the whole, as ``(x^2)^{1/2}`` is not ``x``.
    """
    scale = power(constant(value), constant(exponent)) if value > 0 else None
    rooted = all(one == 1 or one.denominator % 2 == 0 for _, one in powers)
    if isinstance(scale, Number) and len(powers) <= 1 and rooted:
        return _one(exact(scale.value), _merged([(a, one * exponent) for a, one in powers]))
    if not powers and isinstance(scale, Power):
        return {((scale.base, exponent),): _ONE}
    return {((term_of({powers: value}), exponent),): _ONE}


def _call(term: Call) -> Form:
    argument = _plain(term.arguments[0])
    if term.function == "sqrt":
        value, powers = _single(argument, base=True)
        return _root(value, powers, HALF)
    found = call(term.function, argument)
    if isinstance(found, Number):
        return _one(exact(found.value), ())
    return {((found, _ONE),): _ONE}


_FORMS: Mapping[type[Term], Callable[[Any], Form]] = MappingProxyType(
    {
        Number: lambda term: _one(exact(term.value), ()),
        Symbol: lambda term: {((term, _ONE),): _ONE},
        Sum: lambda term: _settled(pythagorean(added(map(_form, term.terms)))),
        Product: _product,
        Quotient: _quotient,
        Power: _power,
        Call: _call,
    }
)
"""Class of term -> its form."""


def _merged(powers: list[tuple[Term, Exact]]) -> Monomial:
    """A monomial in which exponentials have become one: ``e^{x} e^{2x}`` is ``e^{3x}``."""
    found = monomial(powers)
    exponentials = [pair for pair in found if _is_exp(pair[0])]
    if len(exponentials) < 2 and all(exponent in (1, -1) for _, exponent in exponentials):
        return found
    joins = len(exponentials) > 1
    sign = 1 if joins or exponentials[0][1] > 0 else -1
    arguments = list[Form]()
    for atom, exponent in exponentials:
        scale: Form = {(): exponent if joins or exponent > 0 else -exponent}
        arguments.append(multiplied(scale, _form(_argument(atom))))
    joined = call("exp", term_of(_settled(added(arguments))))
    rest = [pair for pair in found if not _is_exp(pair[0])]
    return monomial([*rest, *([] if isinstance(joined, Number) else [(joined, sign)])])


def _is_exp(atom: Term) -> bool:
    return isinstance(atom, Call) and atom.function == "exp"


def _argument(atom: Term) -> Term:
    assert isinstance(atom, Call)  # noqa: S101 - asked by the caller
    return atom.arguments[0]


# --- sums --------------------------------------------------------------------------------------


def _settled(form: Form) -> Form:
    """A sum with what its parts share in front, if that is more than powers of variables."""
    if len(form) < 2:
        return form
    common = shared(form)
    if all(is_plain(atom) for atom, _ in common):
        return _expanded(form, spare=1)
    rest = _expanded(divided(form, common), spare=0)
    if not rest:
        return rest
    value, powers = _factored(falling(rest) if is_polynomial(rest) else rest)
    return _one(value, _merged([*common, *powers]))


def _factored(form: Form) -> Single:
    """A sum as a product: its largest number, powers of variables, and what is left."""
    number, common = content(form), shared(form)
    rest = {
        powers: exact(Fraction(value) / number) for powers, value in divided(form, common).items()
    }
    if len(rest) == 1:
        ((powers, value),) = rest.items()
        return number * value, monomial([*common, *powers])
    return number, monomial([*common, (term_of(positive(rest)), _ONE)])


def _expanded(form: Form, *, spare: int) -> Form:
    """A sum with the sums in it multiplied out, where that is clearer.

    Polynomials are, unless they are large; others if at least `spare` parts fewer remain.
    """
    if not any(isinstance(atom, Sum) for powers in form for atom, _ in powers):
        return form
    counts = [_parts(powers) for powers in form]
    if sum(counts) > _MOST_PARTS:
        return form
    found = pythagorean(added(_multiplied_out(powers, value) for powers, value in form.items()))
    if is_polynomial(found) and len(found) <= _MOST_MONOMIALS:
        return falling(found)
    return _expanded(found, spare=1) if len(found) + spare <= sum(counts) else form


def _parts(powers: Monomial) -> int:
    """How many parts a product of sums has."""
    sizes = (
        len(atom.terms) ** _times(exponent) for atom, exponent in powers if isinstance(atom, Sum)
    )
    return math.prod(sizes)


def _times(exponent: Exact) -> int:
    """How often a sum with this exponent is multiplied out."""
    return exponent.numerator if exponent.denominator == 1 and exponent > 0 else 0


def _multiplied_out(powers: Monomial, value: Exact) -> Form:
    still = [pair for pair in powers if not (isinstance(pair[0], Sum) and _times(pair[1]))]
    found = _one(value, monomial(still))
    for atom, exponent in powers:
        if isinstance(atom, Sum):
            for _ in range(_times(exponent)):
                found = _times_form(found, _form(atom))
    return found


def _times_form(left: Form, right: Form) -> Form:
    """A product with its exponentials made one."""
    return added(
        _one(value * factor, _merged([*one, *other]))
        for one, value in left.items()
        for other, factor in right.items()
    )


# --- fractions ---------------------------------------------------------------------------------


def _fractions(term: Term) -> Term:
    """The term with the denominators of its coefficients below their fractions."""
    if isinstance(term, Quotient | Product):
        below = term.below if isinstance(term, Quotient) else ONE
        number, rest = _leading(term.above if isinstance(term, Quotient) else term)
        inside = tuple(map(_fractions, rest.parts))
        above = times(constant(number.numerator), rest.around(inside))
        return over(above, times(constant(number.denominator), _fractions(below)))
    return term.around(tuple(map(_fractions, term.parts)))


def _leading(term: Term) -> tuple[Fraction, Term]:
    """The number in front of a term, and what stands behind it."""
    if isinstance(term, Number):
        return term.value, ONE
    if isinstance(term, Product) and isinstance(term.factors[0], Number):
        return term.factors[0].value, times(*term.factors[1:])
    return Fraction(1), term
