"""Sums of products of powers: the form in which terms are collected, cancelled and factored.

A `Form` has the coefficient of each `Monomial`, and a monomial the exponent of each of its *atoms*:
whatever is no number, product, quotient or power. Unlike a polynomial's, atoms may be sums: a
product such as ``6x(x^2 + 1)^2`` stays one, and nothing is multiplied out unasked.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from fractions import Fraction
from functools import lru_cache

from generator.model.formula import Call, Power, Sum, Symbol, Term, constant
from generator.solver.models.function.build import over, plus, power, times
from generator.solver.models.function.writing import Writer

Exact = int | Fraction
"""A rational number; whole ones are integers where that is known, which are fast."""

Monomial = tuple[tuple[Term, Exact], ...]
"""Atoms with their exponents, in the order in which a textbook writes them."""

Form = Mapping[Monomial, Exact]
"""Coefficients, none of them 0."""

Single = tuple[Exact, Monomial]
"""A coefficient with its monomial."""

_TEXT = Writer()

CONSTANTS = frozenset({"pi"})
HALF = Fraction(1, 2)

_SIGNS = frozenset({"sqrt", "exp"})
"""Functions that are written with signs, not by name."""


def exact(value: Exact) -> Exact:
    """The same number, an integer if it is one."""
    return value.numerator if value.denominator == 1 else value


# --- monomials ---------------------------------------------------------------------------------


def monomial(atoms: Iterable[tuple[Term, Exact]]) -> Monomial:
    """The product of powers of atoms; exponentials become one."""
    exponents = dict[Term, Exact]()
    for atom, exponent in atoms:
        exponents[atom] = exponents.get(atom, 0) + exponent
    kept = {atom: exponent for atom, exponent in exponents.items() if exponent}
    return tuple(sorted(kept.items(), key=lambda pair: _rank(pair[0])))


@lru_cache(maxsize=4096)
def _rank(atom: Term) -> tuple[int, int, str]:
    """Constants, variables, exponentials, functions, sums.

    A constant with the name of a function is behind the exponentials, ``2^x ln(2)``; of the
    functions the cosine is last, ``sin(x) cos(x)``.
    """
    cosine = isinstance(atom, Call) and atom.function == "cos"
    return _place(atom), int(cosine), _TEXT.write(atom)


def _place(atom: Term) -> int:
    """Which kind of factor it is."""
    if is_constant(atom):
        return 3 if isinstance(atom, Call) and atom.function not in _SIGNS else 0
    if is_exponential(atom):
        return 2
    kinds = (isinstance(atom, Symbol), isinstance(atom, Call), not isinstance(atom, Sum))
    return (1, 4, 5)[kinds.index(True)] if True in kinds else 6


def is_constant(term: Term) -> bool:
    """Whether no variable occurs in it."""
    if isinstance(term, Symbol):
        return term.name in CONSTANTS
    return all(map(is_constant, term.parts))


def is_exponential(atom: Term) -> bool:
    """Whether it is a power of e, or of another number."""
    if isinstance(atom, Call):
        return atom.function == "exp"
    return isinstance(atom, Power) and is_constant(atom.base)


def is_plain(atom: Term) -> bool:
    """Whether it is a variable or a constant: whatever a polynomial is made of."""
    return isinstance(atom, Symbol) or is_constant(atom)


def is_polynomial(form: Form) -> bool:
    """Whether it is made of whole powers of variables and constants."""
    return all(
        is_plain(atom) and exponent > 0 and exponent.denominator == 1
        for powers in form
        for atom, exponent in powers
    )


def degree(powers: Monomial) -> Exact:
    """The exponents of the variables, added up."""
    found = (exponent for atom, exponent in powers if isinstance(atom, Symbol))
    return sum(found)


# --- forms -------------------------------------------------------------------------------------


def added(forms: Iterable[Form]) -> dict[Monomial, Exact]:
    """The sum, in order of appearance."""
    result = dict[Monomial, Exact]()
    for form in forms:
        for powers, value in form.items():
            result[powers] = result.get(powers, 0) + value
    return {powers: value for powers, value in result.items() if value}


def multiplied(left: Form, right: Form) -> dict[Monomial, Exact]:
    """The product, each with each."""
    return added(
        {monomial((*one, *other)): value * factor}
        for one, value in left.items()
        for other, factor in right.items()
    )


def divided(form: Form, factor: Monomial) -> dict[Monomial, Exact]:
    """The form without a factor that all its monomials have."""
    inverse = [(atom, -exponent) for atom, exponent in factor]
    return {monomial((*powers, *inverse)): value for powers, value in form.items()}


def content(form: Form) -> Exact:
    """The largest number that leaves whole coefficients; negative if the first and last are."""
    above = math.gcd(*(value.numerator for value in form.values()))
    below = math.lcm(*(value.denominator for value in form.values()))
    values = tuple(form.values())
    sign = -1 if values[0] < 0 and values[-1] < 0 else 1
    return exact(Fraction(sign * above, below))


def shared(form: Form) -> Monomial:
    """The atoms of all monomials, each with its smallest exponent."""
    first, *others = (dict(powers) for powers in form)
    kept = {
        atom: min([exponent, *(other[atom] for other in others)])
        for atom, exponent in first.items()
        if all(atom in other for other in others)
    }
    return tuple((atom, exponent) for atom, exponent in kept.items())


def falling(form: Form) -> dict[Monomial, Exact]:
    """A polynomial by falling degree; by rising degree if it would begin with a minus."""
    ordered = sorted(form.items(), key=lambda pair: (-degree(pair[0]), _names(pair[0])))
    if ordered[0][1] < 0 < ordered[-1][1]:
        ordered.reverse()
    return dict(ordered)


def pythagorean(form: Form) -> Form:
    """The form with 1 for ``sin^2 + cos^2``, where both have the same factors."""
    found = dict(form)
    for powers, value in form.items():
        for atom, exponent in powers:
            if exponent < 2 or not (isinstance(atom, Call) and atom.function == "sin"):
                continue
            cosine = Call(function="cos", arguments=atom.arguments)
            rest = monomial([*powers, (atom, -2)])
            other = monomial([*rest, (cosine, 2)])
            if found.get(powers) == value == found.get(other):
                del found[powers], found[other]
                found = added([found, {rest: value}])
    return found


def positive(form: Form) -> dict[Monomial, Exact]:
    """The form, beginning with a part that has no minus, if there is one."""
    first = next((powers for powers, value in form.items() if value > 0), None)
    return dict(form) if first is None else {first: form[first], **form}


def _names(powers: Monomial) -> tuple[tuple[int, int, str, Exact], ...]:
    return tuple((*_rank(atom), -exponent) for atom, exponent in powers)


# --- terms -------------------------------------------------------------------------------------


def term_of(form: Form) -> Term:
    """The sum of its monomials as a term; each coefficient stands in front, or above a fraction."""
    return plus(*(_product(value, powers) for powers, value in form.items()))


def _product(value: Exact, powers: Monomial) -> Term:
    above = (_raised(atom, exponent) for atom, exponent in powers if exponent > 0)
    below = (_raised(atom, -exponent) for atom, exponent in powers if exponent < 0)
    return over(times(constant(value), *above), times(*below))


def _raised(atom: Term, exponent: Exact) -> Term:
    if exponent == HALF:
        return Call(function="sqrt", arguments=(atom,))
    return power(atom, constant(exponent))
