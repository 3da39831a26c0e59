"""Functions of columns of doubles that give the same bits on every machine.

IEEE 754 fixes the results of ``+ - * /``, of the square root and of rounding down to the last bit,
and every machine obeys it; the elementary functions of a C library (and NumPy's) differ between
machines in their last digits. So these are made of the former alone: the argument is reduced, a
Taylor polynomial is summed term by term, and the scale is put back by powers of two. Results are
right to some 14 digits, where a drawing shows three.

Where a function has no value, the entry is NaN; nothing is raised.
"""

from __future__ import annotations

from fractions import Fraction
from math import factorial

import numpy as np
from numpy.typing import NDArray

Column = NDArray[np.float64]

_LOG2_HIGH, _LOG2_LOW = 0.693147180369123816490, 1.90821492927058770002e-10
"""The natural logarithm of 2 in two parts; products of the first with small integers are exact."""

_HALF_PI_PARTS = (1.57079632673412561417, 6.07710050630396597660e-11, 2.02226624879595063154e-21)
"""The same for half of pi, in three parts (Cody and Waite's reduction)."""

_ROOT_HALF = 0.70710678118654752440
_LARGEST_TURN = 2.0**20
"""Quarter turns up to which a reduction is exact; a plot beyond is noise at any resolution."""

_EXP = tuple(1 / factorial(n) for n in range(14))
_SIN = tuple((-1.0) ** n / factorial(2 * n + 1) for n in range(8))
_COS = tuple((-1.0) ** n / factorial(2 * n) for n in range(9))
_ATANH = tuple(1 / (2 * n + 1) for n in range(12))


def _polynomial(coefficients: tuple[float, ...], x: Column) -> Column:
    """Horner's scheme."""
    highest, *others = reversed(coefficients)
    result: Column = x * 0 + highest
    for coefficient in others:
        result = result * x + coefficient
    return result


def exp(x: Column) -> Column:
    """E to the power x."""
    bounded = np.clip(x, -800.0, 800.0)
    twos = np.floor(bounded / _LOG2_HIGH + 0.5)
    rest = (bounded - twos * _LOG2_HIGH) - twos * _LOG2_LOW
    return _scaled(_polynomial(_EXP, rest), twos)


def log(x: Column) -> Column:
    """The natural logarithm, of positive numbers."""
    positive = np.where(x > 0, x, np.nan)
    mantissa, exponent = np.frexp(positive)
    low = mantissa < _ROOT_HALF
    mantissa = np.where(low, 2 * mantissa, mantissa)
    twos = exponent - low.astype(np.float64)
    ratio = (mantissa - 1) / (mantissa + 1)
    small = twos * _LOG2_LOW + 2 * ratio * _polynomial(_ATANH, ratio * ratio)
    result: Column = twos * _LOG2_HIGH + small
    return result


def _turned(x: Column) -> tuple[Column, Column, Column]:
    """The number of quarter turns modulo 4, and sine and cosine of what is left."""
    turns = np.floor(x / _HALF_PI_PARTS[0] + 0.5)
    turns = np.where(np.abs(turns) <= _LARGEST_TURN, turns, np.nan)
    rest = x
    for part in _HALF_PI_PARTS:
        rest = rest - turns * part
    square = rest * rest
    quarter = turns - 4 * np.floor(turns / 4)
    return quarter, rest * _polynomial(_SIN, square), _polynomial(_COS, square)


def sin(x: Column) -> Column:
    """The sine."""
    quarter, sine, cosine = _turned(x)
    size = np.where((quarter == 1) | (quarter == 3), cosine, sine)
    return np.where(quarter >= 2, -size, size)


def cos(x: Column) -> Column:
    """The cosine."""
    quarter, sine, cosine = _turned(x)
    size = np.where((quarter == 1) | (quarter == 3), sine, cosine)
    return np.where((quarter == 1) | (quarter == 2), -size, size)


def tan(x: Column) -> Column:
    """The tangent."""
    quarter, sine, cosine = _turned(x)
    odd = (quarter == 1) | (quarter == 3)
    return np.where(odd, -cosine, sine) / np.where(odd, sine, cosine)


def tanh(x: Column) -> Column:
    """The hyperbolic tangent."""
    fading = exp(-2 * np.abs(x))
    size = (1 - fading) / (1 + fading)
    return np.where(x < 0, -size, size)


def sigmoid(x: Column) -> Column:
    """``1 / (1 + exp(-x))``."""
    return 1 / (1 + exp(-x))


def softplus(x: Column) -> Column:
    """``log(1 + exp(x))``."""
    return np.maximum(x, 0.0) + log(1 + exp(-np.abs(x)))


def root(x: Column) -> Column:
    """The square root, of numbers that are not negative."""
    return np.sqrt(np.where(x >= 0, x, np.nan))


def power(x: Column, exponent: int | Fraction | Column) -> Column:
    """``x ** exponent``: of any number where the exponent is whole, else of positive ones and 0."""
    if isinstance(exponent, int) and abs(exponent) <= _LARGEST_TURN:
        return 1 / _whole_power(x, -exponent) if exponent < 0 else _whole_power(x, exponent)
    height = exponent if isinstance(exponent, np.ndarray) else np.full_like(x, float(exponent))
    positive = exp(height * log(x))
    return np.where((x == 0) & (height > 0), 0.0, np.where(height == 0, 1.0, positive))


def _whole_power(x: Column, exponent: int) -> Column:
    """By squaring."""
    result = np.ones_like(x)
    while exponent:
        if exponent % 2:
            result = result * x
        x, exponent = x * x, exponent // 2
    return result


def remainder(x: Column, divisor: Column) -> Column:
    """What is left of x after whole divisors, with the divisor's sign."""
    return x - np.floor(x / divisor) * divisor


def _scaled(x: Column, twos: Column) -> Column:
    """``x * 2**twos``."""
    result: Column = np.ldexp(x, np.nan_to_num(twos).astype(np.int32))
    return result
