"""Numbers as pairs of integers, or as 150 decimal digits where no pair exists."""

from __future__ import annotations

import math
from decimal import MAX_EMAX, MIN_EMIN, Context, Decimal, localcontext
from fractions import Fraction

from generator.language.reals import Real
from generator.model.dataclass import dataclass

DIGITS = 150
CLOSE = Decimal(10) ** -30
"""Relative to the larger of 1 and the number itself: two derivations may differ by so much."""
WHOLE = Decimal(10) ** -40
"""A decimal number as near as this to a whole number is held to be that number."""

_BITS = 4_096
"""A pair with longer numbers is put in lowest terms after all."""


@dataclass(frozen=True, slots=True)
class Pair:
    """``above / below``, with ``below > 0``, as it came about."""

    above: int
    below: int = 1


Number = Pair | Decimal

_CONTEXT = Context(prec=DIGITS, Emax=MAX_EMAX, Emin=MIN_EMIN)


def number(value: object) -> Number:
    """A value of the language (or of this arithmetic) as a number; TypeError if it is none."""
    if isinstance(value, Pair | Decimal):
        return value
    if isinstance(value, int):  # a truth value counts as 0 or 1
        return Pair(int(value))
    if isinstance(value, Fraction):
        return Pair(value.numerator, value.denominator)
    if isinstance(value, Real):
        return decimal(Pair(value.fraction.numerator, value.fraction.denominator))
    raise TypeError(f"{type(value).__name__} is no number")


def decimal(value: Number) -> Decimal:
    """150 digits of a number."""
    if isinstance(value, Decimal):
        return value
    return _CONTEXT.divide(Decimal(value.above), Decimal(value.below))


def pair(above: int, below: int) -> Pair:
    """The pair with a positive second number; ZeroDivisionError for 0."""
    if below == 0:
        raise ZeroDivisionError("division by zero")
    if below < 0:
        above, below = -above, -below
    if below.bit_length() > _BITS:
        shared = math.gcd(above, below)
        above, below = above // shared, below // shared
    return Pair(above, below)


def add(a: Number, b: Number) -> Number:
    """``a + b``."""
    if isinstance(a, Pair) and isinstance(b, Pair):
        return pair(a.above * b.below + b.above * a.below, a.below * b.below)
    return _CONTEXT.add(decimal(a), decimal(b))


def negate(a: Number) -> Number:
    """``-a``."""
    return Pair(-a.above, a.below) if isinstance(a, Pair) else _CONTEXT.minus(a)


def multiply(a: Number, b: Number) -> Number:
    """``a * b``."""
    if isinstance(a, Pair) and isinstance(b, Pair):
        return pair(a.above * b.above, a.below * b.below)
    return _CONTEXT.multiply(decimal(a), decimal(b))


def divide(a: Number, b: Number) -> Number:
    """``a / b``."""
    if isinstance(a, Pair) and isinstance(b, Pair):
        return pair(a.above * b.below, a.below * b.above)
    return _CONTEXT.divide(decimal(a), decimal(b))


def floor(a: Number) -> int:
    """The largest integer up to `a`."""
    if isinstance(a, Pair):
        return a.above // a.below
    nearest = round(a)
    if abs(a - nearest) <= WHOLE * max(1, abs(nearest)):
        return nearest
    return math.floor(a)


def power(base: Number, exponent: Number) -> Number:
    """``base ** exponent``."""
    if isinstance(exponent, Pair) and exponent.above % exponent.below == 0:
        return _whole_power(base, exponent.above // exponent.below)
    if compare(base, Pair(0)) == 0:
        return Pair(0)
    return exponential(multiply(exponent, logarithm(base)))


def _whole_power(base: Number, exponent: int) -> Number:
    """By squaring."""
    if exponent < 0:
        return divide(Pair(1), _whole_power(base, -exponent))
    result: Number = Pair(1)
    while exponent:
        if exponent % 2:
            result = multiply(result, base)
        exponent //= 2
        if exponent:
            base = multiply(base, base)
    return result


def compare(a: Number, b: Number) -> int:
    """-1, 0 or 1: the sign of ``a - b``; decimals that are close are equal."""
    if isinstance(a, Pair) and isinstance(b, Pair):
        left, right = a.above * b.below, b.above * a.below
        return (left > right) - (left < right)
    first, second = decimal(a), decimal(b)
    if abs(first - second) <= WHOLE * max(abs(first), abs(second)):
        return 0
    return 1 if first > second else -1


def close(a: Number, b: Number) -> bool:
    """Whether two derivations found the same: exactly for pairs, to 30 digits for decimals."""
    if isinstance(a, Pair) and isinstance(b, Pair):
        return a.above * b.below == b.above * a.below
    first, second = decimal(a), decimal(b)
    return abs(first - second) <= CLOSE * max(Decimal(1), abs(first), abs(second))


# --- functions ---------------------------------------------------------------------------------


def square_root(a: Number) -> Number:
    """The square root."""
    return _CONTEXT.sqrt(decimal(a))


def exponential(a: Number) -> Number:
    """``e ** a``."""
    return _CONTEXT.exp(decimal(a))


def logarithm(a: Number) -> Number:
    """The natural logarithm; ValueError if there is none."""
    if compare(a, Pair(0)) <= 0:
        raise ValueError("the logarithm of a number that is not positive")
    return _CONTEXT.ln(decimal(a))


def pi(digits: int = DIGITS) -> Decimal:
    """By Machin's formula, ``pi = 16 arctan(1/5) - 4 arctan(1/239)``, in integers."""
    scale = 10 ** (digits + 10)
    whole = 16 * _arctan_of_inverse(5, scale) - 4 * _arctan_of_inverse(239, scale)
    with localcontext(_CONTEXT) as context:
        context.prec = digits
        return Decimal(whole) / Decimal(scale)


def _arctan_of_inverse(n: int, scale: int) -> int:
    term = scale // n
    total, k, sign = 0, 1, 1
    while term:
        total += sign * (term // k)
        term //= n * n
        k, sign = k + 2, -sign
    return total


def sine(a: Number) -> Number:
    """The sine, by its series."""
    return _series(a, first=1)


def cosine(a: Number) -> Number:
    """The cosine, by its series."""
    return _series(a, first=0)


def _series(a: Number, *, first: int) -> Decimal:
    """The sum of ``(-1)^k x^n / n!`` over n = first, first + 2, ..., for x in -pi .. pi."""
    with localcontext(_CONTEXT) as context:
        context.prec = DIGITS + 10 + max(0, decimal(a).adjusted())
        value = decimal(a) if isinstance(a, Decimal) else Decimal(a.above) / Decimal(a.below)
        turn = 2 * pi(context.prec)
        x = value - turn * (value / turn).to_integral_value()
        term = x if first else Decimal(1)
        total, n = Decimal(0), first
        while abs(term) > Decimal(10) ** -DIGITS:
            total += term
            term = -term * x * x / ((n + 1) * (n + 2))
            n += 2
        return _CONTEXT.plus(total)
