"""Numbers and functions of the forward pass: rational wherever the result is, else 60 digits.

A real number here is a `Fraction` where it is known to be rational, and otherwise an mpmath number
of 60 digits. The two never mix silently: 0 times anything is exactly 0, and the few rational
values of the transcendental functions (``exp(0) = 1``) stay rational. mpmath's own results are
right to the last of its digits but for one or two, and only 50 of them leave this module, so they
are the same on every machine.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from math import isqrt
from types import MappingProxyType
from typing import Any

import mpmath  # type: ignore[import-untyped]  # it ships no types

from generator.language.reals import Real as LanguageReal
from generator.language.reals import real

Real = Any
"""A `Fraction`, or an mpmath number of `CONTEXT`."""

CONTEXT = mpmath.MPContext()
CONTEXT.dps = 60


MOST_ARGUMENT = 500
"""The largest argument of an exponential: its value still is a floating-point number, which the
NumPy pass needs, and no unit of a question is that far in saturation."""

MOST_BITS = 5_000
"""Numbers lie between ``2**-5000`` and ``2**5000``, some 1,500 decimal digits."""


class Extreme(Exception):  # noqa: N818 - the data are at fault, not the program
    """A number is too large, or too close to 0, to be computed with or written down."""


def is_rational(value: Real) -> bool:
    """Whether the number is known exactly."""
    return isinstance(value, Fraction)


def _is(value: Real, number: int) -> bool:
    """Whether the number is known to be this one; an mpmath number may only be near to it."""
    return isinstance(value, Fraction) and value == number


def inexact(value: Real) -> Real:
    """The number as an mpmath number."""
    if isinstance(value, Fraction):
        return CONTEXT.mpf(value.numerator) / value.denominator
    return value


def add(left: Real, right: Real) -> Real:
    """``left + right``."""
    if isinstance(left, Fraction) and isinstance(right, Fraction):
        return left + right
    return inexact(left) + inexact(right)


def multiply(left: Real, right: Real) -> Real:
    """``left * right``; exactly 0 if either is."""
    if isinstance(left, Fraction) and isinstance(right, Fraction):
        return left * right
    if _is(left, 0) or _is(right, 0):
        return Fraction(0)
    return inexact(left) * inexact(right)


def divide(left: Real, right: Real) -> Real:
    """``left / right``; ZeroDivisionError where right is 0."""
    if isinstance(left, Fraction) and isinstance(right, Fraction):
        return left / right
    return Fraction(0) if _is(left, 0) else inexact(left) / inexact(right)


def less(left: Real, right: Real) -> bool:
    """``left < right``."""
    if isinstance(left, Fraction) and isinstance(right, Fraction):
        return left < right
    return bool(inexact(left) < inexact(right))


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
    return Fraction(0) if _is(value, 1) else CONTEXT.log(inexact(value))


def tanh(value: Real) -> Real:
    """The hyperbolic tangent."""
    if _is(value, 0):
        return Fraction(0)
    _check_argument(value)
    return CONTEXT.tanh(inexact(value))


def root(value: Real) -> Real:
    """The square root of a number that is not negative; rational where it is."""
    if isinstance(value, Fraction):
        above, below = isqrt(value.numerator), isqrt(value.denominator)
        if above**2 == value.numerator and below**2 == value.denominator:
            return Fraction(above, below)
    return CONTEXT.sqrt(inexact(value))


def absolute(value: Real) -> Real:
    """The absolute value."""
    return abs(value)


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
    if isinstance(value, Fraction):
        return int(value) if value.denominator == 1 else value
    return real(to_fraction(value))


def to_fraction(value: Real) -> Fraction:
    """Exactly the number that is stored, as a fraction; Extreme if it is beyond all bounds."""
    if isinstance(value, Fraction):
        return value
    sign, mantissa, exponent, bits = value._mpf_
    if mantissa and abs(exponent + bits) > MOST_BITS:
        raise Extreme("a number is too large or too close to 0")
    size = Fraction(int(mantissa)) * Fraction(2) ** int(exponent)
    return -size if sign else size
