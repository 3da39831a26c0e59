"""Numbers and functions of the forward pass: rational wherever the result is, else 80 digits.

A real number here is an `int` or a `Fraction` where it is known to be rational (integers are
several times as fast), and otherwise a `Decimal` of 80 digits. The two never mix silently: 0 times
anything is exactly 0, and the few rational values of the transcendental functions (``exp(0) = 1``)
stay rational. Only 50 of the digits leave this module: the others absorb what is lost where a
saturated unit's value is subtracted from 1. Python's decimal arithmetic is the General Decimal
Arithmetic Specification's, so every digit is the same on every machine. All of it goes through
`CONTEXT`: an operator between two Decimals would round to the 28 digits of the ambient context.
"""

from __future__ import annotations

import decimal
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from functools import reduce
from math import isqrt
from types import MappingProxyType
from typing import TypeGuard

from generator.language.reals import Real as LanguageReal
from generator.language.reals import real

Real = int | Fraction | Decimal
"""A number that is known exactly, or one rounded to `DIGITS`."""

DIGITS = 80


def _context(digits: int) -> decimal.Context:
    """Decimal arithmetic of so many digits, with exponents that no calculation leaves."""
    return decimal.Context(
        prec=digits,
        rounding=decimal.ROUND_HALF_EVEN,
        Emin=decimal.MIN_EMIN,
        Emax=decimal.MAX_EMAX,
        traps=[decimal.InvalidOperation, decimal.DivisionByZero, decimal.Overflow],
    )


CONTEXT = _context(DIGITS)
_ONE = Decimal(1)

MOST_ARGUMENT = 500
"""The largest argument of an exponential: its value still is a floating-point number, which the
NumPy pass needs, and no unit of a question is that far in saturation."""

MOST_PLACES = 1_500
"""Numbers lie between ``10**-1500`` and ``10**1500``."""


class Extreme(Exception):  # noqa: N818 - the data are at fault, not the program
    """A number is too large, or too close to 0, to be computed with or written down."""


def is_rational(value: Real) -> TypeGuard[int | Fraction]:
    """Whether the number is known exactly."""
    return not isinstance(value, Decimal)


def simplest(value: Fraction) -> int | Fraction:
    """A whole number as an integer."""
    return value.numerator if value.denominator == 1 else value


def _is(value: Real, number: int) -> bool:
    """Whether the number is known to be this one; a Decimal may only be near to it."""
    return not isinstance(value, Decimal) and value == number


def inexact(value: Real) -> Decimal:
    """The number to 80 digits."""
    if isinstance(value, Decimal):
        return value
    if isinstance(value, int):
        return CONTEXT.create_decimal(value)
    above, below = value.as_integer_ratio()
    return CONTEXT.divide(Decimal(above), Decimal(below))


def add(left: Real, right: Real) -> Real:
    """``left + right``."""
    if isinstance(left, Decimal):
        return CONTEXT.add(left, right if isinstance(right, Decimal) else inexact(right))
    return CONTEXT.add(inexact(left), right) if isinstance(right, Decimal) else left + right


def multiply(left: Real, right: Real) -> Real:
    """``left * right``; exactly 0 if either is."""
    if isinstance(left, Decimal):
        if isinstance(right, Decimal):
            return CONTEXT.multiply(left, right)
        return CONTEXT.multiply(left, inexact(right)) if right else right
    if isinstance(right, Decimal):
        return CONTEXT.multiply(inexact(left), right) if left else left
    return left * right


def divide(left: Real, right: Real) -> Real:
    """``left / right``; ZeroDivisionError where right is 0."""
    if isinstance(left, Decimal) or isinstance(right, Decimal):
        return Fraction(0) if _is(left, 0) else CONTEXT.divide(inexact(left), inexact(right))
    return Fraction(left) / right


def power(base: Real, exponent: int) -> Real:
    """``base`` multiplied by itself, for an exponent from 1 on."""
    return product([base] * exponent) if isinstance(base, Decimal) else base**exponent


def total(values: Iterable[Real]) -> Real:
    """The sum of one number or more."""
    return reduce(add, values)


def product(values: Iterable[Real]) -> Real:
    """The product of one number or more."""
    return reduce(multiply, values)


def negative(value: Real) -> Real:
    """The number with the opposite sign."""
    return value.copy_negate() if isinstance(value, Decimal) else -value


def less(left: Real, right: Real) -> bool:
    """``left < right``."""
    if isinstance(left, Decimal) or isinstance(right, Decimal):
        return inexact(left) < inexact(right)
    return left < right


def close(one: Real, other: Real, tolerance: Decimal) -> bool:
    """Whether two numbers are as near as that, relative to `one` from 1 on."""
    value = inexact(one)
    gap = CONTEXT.subtract(value, inexact(other)).copy_abs()
    return gap <= CONTEXT.multiply(tolerance, max(_ONE, value.copy_abs()))


def exp(value: Real) -> Real:
    """The exponential."""
    if _is(value, 0):
        return Fraction(1)
    _check_argument(value)
    return CONTEXT.exp(inexact(value))


def _check_argument(value: Real) -> None:
    if less(Fraction(MOST_ARGUMENT), absolute(value)):
        raise Extreme("an activation function is applied to more than 500")


def log(value: Real) -> Real:
    """The natural logarithm; Extreme where its argument is 0 to all digits."""
    if not less(Fraction(0), value):
        raise Extreme("an output is so near to 0 or 1 that its logarithm is lost")
    return Fraction(0) if _is(value, 1) else CONTEXT.ln(inexact(value))


def tanh(value: Real) -> Real:
    """The hyperbolic tangent."""
    if _is(value, 0):
        return Fraction(0)
    _check_argument(value)
    size = inexact(absolute(value))
    zeros = max(0, -size.adjusted())
    if zeros > DIGITS:
        return inexact(value)  # the next term of the series is beyond all digits
    # The difference loses as many digits as the argument has zeros in front.
    wide = _context(DIGITS + 10 + zeros)
    fall = wide.exp(wide.multiply(Decimal(-2), size))
    share = wide.divide(wide.subtract(Decimal(1), fall), wide.add(Decimal(1), fall))
    return CONTEXT.plus(share.copy_sign(inexact(value)))


def root(value: Real) -> Real:
    """The square root of a number that is not negative; rational where it is."""
    if not isinstance(value, Decimal):
        above, below = isqrt(value.numerator), isqrt(value.denominator)
        if above**2 == value.numerator and below**2 == value.denominator:
            return Fraction(above, below)
    return CONTEXT.sqrt(inexact(value))


def absolute(value: Real) -> Real:
    """The absolute value."""
    if isinstance(value, Decimal):
        return value.copy_abs()
    return value if value >= 0 else -value


def largest(*values: Real) -> Real:
    """The largest of some numbers."""
    result = values[0]
    for value in values[1:]:
        result = value if less(result, value) else result
    return result


def clip(value: Real, low: Real, high: Real) -> Real:
    """The number of [low, high] nearest to the value."""
    if less(value, low):
        return low
    return high if less(high, value) else value


FUNCTIONS: Mapping[str, Callable[..., Real]] = MappingProxyType(
    {"exp": exp, "log": log, "tanh": tanh, "abs": absolute, "max": largest, "clip": clip}
)
"""The functions of `terms.Apply`."""

RELATIONS: Mapping[str, Callable[[Real, Real], bool]] = MappingProxyType(
    {
        "<": less,
        ">": lambda left, right: less(right, left),
        "<=": lambda left, right: not less(right, left),
        ">=": lambda left, right: not less(left, right),
    }
)
"""The comparisons of `terms.Condition`."""


def quantity(value: Real) -> Fraction | int | LanguageReal:
    """The number as the bank's language knows it: exact, or an irrational one to 50 digits.

    Raises Extreme where it is too large or too small to be written.
    """
    if not isinstance(value, Decimal):
        return simplest(Fraction(value))
    return real(to_fraction(value))


def to_fraction(value: Real) -> Fraction:
    """Exactly the number that is stored, as a fraction; Extreme if it is beyond all bounds."""
    if not isinstance(value, Decimal):
        return Fraction(value)
    if value and abs(value.adjusted()) > MOST_PLACES:
        raise Extreme("a number is too large or too close to 0")
    return Fraction(value)
