"""Terms put together: sums, products, quotients and powers without the trivial parts.

``times(1, x)`` is ``x`` and ``plus(x, 0)`` is ``x``; numbers are multiplied and stand in front.
Everything else stays as it was written, so that a function still looks like its author's.
`generator.solver.models.function.tidy` is for what goes further.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from fractions import Fraction
from types import MappingProxyType

from generator.language import arithmetic
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
    walk,
)

ZERO, ONE, MINUS = constant(0), constant(1), constant(-1)


def plus(*terms: Term) -> Term:
    """A sum; sums in it become one with it."""
    flat = [inner for one in terms for inner in (one.terms if isinstance(one, Sum) else (one,))]
    kept = [one for one in flat if one != ZERO]
    if len(kept) == 1:
        return kept[0]
    if all(isinstance(one, Number) for one in kept):
        return constant(sum((one.value for one in kept if isinstance(one, Number)), Fraction(0)))
    return Sum(terms=tuple(kept))


def times(*factors: Term) -> Term:
    """A product; products in it become one with it."""
    numbers, kept = list[Number](), list[Term]()
    for one in factors:
        for inner in one.factors if isinstance(one, Product) else (one,):
            if isinstance(inner, Number):
                numbers.append(inner)
            else:
                kept.append(inner)
    number = _multiplied(numbers)
    if number.value == 1 and kept:
        return kept[0] if len(kept) == 1 else Product(factors=tuple(kept))
    return Product(factors=(number, *kept)) if number.value and kept else number


def _multiplied(numbers: list[Number]) -> Number:
    """The product; most often there is one number, or none, and nothing to calculate."""
    if len(numbers) < 2:
        return numbers[0] if numbers else ONE
    return constant(math.prod(one.value for one in numbers))


def negative(term: Term) -> Term:
    """The term with the other sign."""
    return times(MINUS, term)


def minus(left: Term, right: Term) -> Term:
    """A difference; that of a sum keeps its parentheses."""
    if isinstance(right, Sum):
        return plus(left, Product(factors=(MINUS, right)))
    return plus(left, negative(right))


def over(above: Term, below: Term) -> Term:
    """A fraction; a number below nothing else is divided."""
    if below == ONE or above == ZERO:
        return above
    if isinstance(above, Number) and isinstance(below, Number) and below != ZERO:
        return constant(above.value / below.value)
    return Quotient(above=above, below=below)


def power(base: Term, exponent: Term) -> Term:
    """A power. Raises Fault where one of numbers has too many digits."""
    if exponent == ONE:
        return base
    if exponent == ZERO or base == ONE:
        return ONE
    if isinstance(base, Number) and isinstance(exponent, Number):
        value = _exact_power(base.value, exponent.value)
        if value is not None:
            return constant(value)
    return Power(base=base, exponent=exponent)


def _exact_power(base: Fraction, exponent: Fraction) -> Fraction | None:
    """A power of numbers, where it is rational."""
    if exponent.denominator != 1 and base < 0:
        return None
    whole = exponent.numerator if exponent.denominator == 1 else exponent
    value = arithmetic.power(arithmetic.bounded(base), whole)
    return Fraction(value) if isinstance(value, int | Fraction) else None


def call(function: str, argument: Term) -> Term:
    """A function of one argument; at 0 and 1 its value, where that is rational."""
    if isinstance(argument, Number):
        if (function, argument.value) in _VALUES:
            return constant(_VALUES[function, argument.value])
        if (
            function == "sqrt"
            and (root := _exact_power(argument.value, Fraction(1, 2))) is not None
        ):
            return constant(root)
    return Call(function=function, arguments=(argument,))


_VALUES: Mapping[tuple[str, Fraction], Fraction] = MappingProxyType(
    {(name, Fraction(0)): Fraction(0) for name in ("sin", "tan", "tanh")}
    | {(name, Fraction(0)): Fraction(1) for name in ("exp", "cos")}
    | {("sigmoid", Fraction(0)): Fraction(1, 2), ("log", Fraction(1)): Fraction(0)}
)
"""Functions where they have rational values."""


def rebuilt(term: Term, replace: Callable[[Term], Term | None]) -> Term:
    """The term with other terms in it, put together anew; `replace` gives None for what stays."""
    found = replace(term)
    if found is not None:
        return found
    parts = [rebuilt(part, replace) for part in term.parts]
    if isinstance(term, Call):
        return call(term.function, *parts)
    make = _MAKERS.get(type(term))
    return term if make is None else make(*parts)


def _scaled(*factors: Term) -> Term:
    """A product in which ``2 (t/2)``, which no author wrote, is ``t``."""
    found = times(*factors)
    number, *rest = found.factors if isinstance(found, Product) else (ONE,)
    if isinstance(number, Number) and len(rest) == 1 and isinstance(rest[0], Quotient):
        below = rest[0].below
        if isinstance(below, Number) and below != ZERO:
            return times(constant(number.value / below.value), rest[0].above)
    return found


_MAKERS: Mapping[type[Term], Callable[..., Term]] = MappingProxyType(
    {Sum: plus, Product: _scaled, Quotient: over, Power: power}
)
"""Class of term -> what puts its parts together."""


def put(term: Term, values: Mapping[str, Term]) -> Term:
    """The term with other terms in place of names, all at once."""
    return rebuilt(term, lambda one: values.get(one.name) if isinstance(one, Symbol) else None)


def depends(term: Term, name: str) -> bool:
    """Whether a name occurs in the term."""
    return any(isinstance(one, Symbol) and one.name == name for one in walk(term))


def size(term: Term) -> int:
    """How many terms it is made of."""
    return sum(1 for _ in walk(term))
