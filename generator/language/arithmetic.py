"""Exact arithmetic on single values, bounded.

Numbers are Python integers, fractions and, where nothing exact exists, `Real`. A truth value
counts as 0 or 1, so that ``filters * (kernel**2 + bias)`` may be written. Every function takes and
gives single values; `columns` lifts them to vectors and to columns of variants.
"""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np

from generator.language import limits
from generator.language.digits import magnitude
from generator.language.faults import Fault
from generator.language.reals import Real, transcendental
from generator.model.value import Formula, Namespace

Number = int | Fraction | Real


def kind(value: object) -> str:
    """What `value` is, in the words of a message."""
    for types, name in _KINDS:
        if isinstance(value, types):
            return name
    if isinstance(value, np.ndarray):
        return kind(value.tolist()[0]) if len(value) else "an empty column"
    return "a record" if isinstance(value, Namespace) else f"a {type(value).__name__}"


_KINDS: tuple[tuple[type | tuple[type, ...], str], ...] = (
    (bool, "a truth value"),
    ((int, Fraction), "a number"),
    (Real, "an irrational number"),
    (str, "a word"),
    (tuple, "a vector"),
    (Formula, "a formula"),
)


def number(value: object, purpose: str) -> Number:
    """`value` as a number; raises Fault, which says that `purpose` needs one."""
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, int | Fraction | Real):
        return value
    hint = "a formula can be shown, not calculated with" if isinstance(value, Formula) else ""
    raise Fault("wrong-type", f"{purpose} needs a number, not {kind(value)}", hint)


def integer(value: object, purpose: str) -> int:
    """`value` as an integer; raises Fault, which says that `purpose` needs one."""
    exact = number(value, purpose)
    if isinstance(exact, int):
        return exact
    raise Fault(
        "wrong-type",
        f"{purpose} needs a whole number, not {brief(exact)}",
        "`floor`, `ceil` and `round` make whole numbers",
    )


def rational(value: object, purpose: str) -> Fraction:
    """`value` as a fraction: a `Real` by its 50 digits."""
    exact = number(value, purpose)
    return exact.fraction if isinstance(exact, Real) else Fraction(exact)


def brief(value: Number) -> str:
    """A number in a message: ``3``, ``7/2``, ``1.41421...``."""
    text = str(value)
    return text if len(text) <= 40 else f"{text[:20]}…"


def bounded(value: Number) -> Number:
    """`value` in lowest terms; raises Fault if it has too many digits."""
    if isinstance(value, Fraction):
        if value.denominator.bit_length() > limits.BITS:
            raise too_large()
        if value.denominator > 1:
            bounded(value.numerator)
            return value
        value = value.numerator
    if isinstance(value, int) and value.bit_length() > limits.BITS:
        raise too_large()
    return value


def too_large() -> Fault:
    """The Fault of a number past the bound."""
    digits = int(limits.BITS * math.log10(2))
    return Fault("number-too-large", f"the result has more than {digits:,} digits")


def add(a: object, b: object) -> Number:
    """``a + b``."""
    return bounded(number(a, "`+`") + number(b, "`+`"))


def subtract(a: object, b: object) -> Number:
    """``a - b``."""
    return bounded(number(a, "`-`") - number(b, "`-`"))


def multiply(a: object, b: object) -> Number:
    """``a * b``."""
    return bounded(number(a, "`*`") * number(b, "`*`"))


def divide(a: object, b: object) -> Number:
    """``a / b``, exactly: an integer or a fraction."""
    above, below = number(a, "`/`"), nonzero(b, "`/`")
    if isinstance(below, Real):
        return below.__rtruediv__(above)
    if isinstance(above, Real):
        return above / below
    return bounded(Fraction(above, below) if isinstance(below, int) else above / below)


def floor_divide(a: object, b: object) -> Number:
    """``a // b``: the quotient rounded down."""
    return floor(divide(number(a, "`//`"), nonzero(b, "`//`")))


def remainder(a: object, b: object) -> Number:
    """``a % b``: what ``a // b`` leaves; it has the sign of `b`."""
    below = nonzero(b, "`%`")
    return subtract(a, multiply(below, floor_divide(number(a, "`%`"), below)))


def nonzero(value: object, sign: str) -> Number:
    """`value` as a number that may divide."""
    divisor = number(value, sign)
    if divisor == 0:
        raise Fault(
            "division-by-zero",
            f"{sign} divides by zero",
            "a constraint, or `b != 0 and ...`, can keep such variants out",
        )
    return divisor


def power(a: object, b: object) -> Number:
    """``a ** b``: exact for whole exponents, and for roots that come out."""
    base, exponent = number(a, "`**`"), number(b, "`**`")
    if isinstance(exponent, Fraction):
        whole = _exact_root(base, exponent)
        if whole is not None:
            return whole
    if not isinstance(exponent, int):
        return _real_power(base, exponent)
    if base == 0 and exponent < 0:
        raise Fault("division-by-zero", "a negative power of zero divides by zero")
    if isinstance(base, Real):
        return _whole_power(base, exponent)
    if _bits(base) * abs(exponent) > limits.BITS:
        raise too_large()
    return bounded(Fraction(base) ** exponent)


def _bits(base: int | Fraction) -> int:
    """How many bits one more factor adds to a power of `base`, at least."""
    return max(abs(base.numerator), base.denominator, 1).bit_length() - 1


def _whole_power(base: Real, exponent: int) -> Number:
    """To 50 digits: exact powers of numbers with 50 digits would be needlessly long."""
    size = _real_power(abs(base), exponent)
    return -size if base.fraction < 0 and exponent % 2 else size


def _real_power(base: Number, exponent: Number) -> Number:
    if base < 0:
        raise Fault(
            "wrong-value", "a negative number has no power with an exponent that is not whole"
        )
    if base == 0 and exponent < 0:
        raise Fault("division-by-zero", "a negative power of zero divides by zero")
    exact, height = rational(base, "`**`"), rational(exponent, "`**`")
    if exact in (0, 1) or height == 0:
        return 1 if height == 0 else int(exact)
    if abs(height) * abs(magnitude(exact) + 1) > limits.REAL_EXPONENT * 2:
        raise too_large()
    return transcendental("power", exact, height)


def _exact_root(base: Number, exponent: Fraction) -> Number | None:
    """``base ** (p/q)`` if the q-th root of `base` is rational."""
    if isinstance(base, Real) or base < 0 or exponent.denominator > limits.BITS:
        return None
    root = Fraction(base)
    above = integer_root(root.numerator, exponent.denominator)
    below = integer_root(root.denominator, exponent.denominator)
    if above is None or below is None:
        return None
    return power(Fraction(above, below), exponent.numerator)


def integer_root(value: int, degree: int) -> int | None:
    """The `degree`-th root of a natural number if it is whole, by bisection."""
    low, high = 0, 1 << (value.bit_length() // degree + 1)
    while low < high:
        middle = (low + high) // 2
        if middle**degree < value:
            low = middle + 1
        else:
            high = middle
    return low if low**degree == value else None


def square_root(value: object) -> Number:
    """``sqrt(value)``: exact if `value` is the square of a rational number."""
    exact = number(value, "`sqrt`")
    if exact < 0:
        raise Fault("wrong-value", f"`sqrt` of the negative number {brief(exact)}")
    if isinstance(exact, Real):
        return transcendental("sqrt", exact.fraction)
    root = _exact_root(exact, Fraction(1, 2))
    return transcendental("sqrt", Fraction(exact)) if root is None else root


def exponential(value: object) -> Number:
    """``exp(value)``."""
    exact = rational(value, "`exp`")
    return transcendental("exp", small(exact)) if exact else 1


def small(exponent: Fraction) -> Fraction:
    """`exponent`, if e to that power, or to its negative, is not out of all bounds."""
    if abs(exponent) > limits.REAL_EXPONENT * 3:
        raise too_large()
    return exponent


def logarithm(value: object) -> Number:
    """The natural logarithm."""
    exact = rational(value, "`log`")
    if exact <= 0:
        raise Fault("wrong-value", f"`log` of {brief(exact)}, which is not positive")
    return transcendental("log", exact) if exact != 1 else 0


def floor(value: object) -> int:
    """The largest integer up to `value`."""
    return _settled(value, "`floor`").__floor__()


def ceil(value: object) -> int:
    """The smallest integer from `value`."""
    return _settled(value, "`ceil`").__ceil__()


def rounded(value: object, places: object = 0) -> Number:
    """`value` to so many decimal places, halves away from zero: the rule of school books."""
    digits = integer(places, "the places of `round`")
    if abs(digits) > limits.ROUND_PLACES:
        raise Fault("wrong-value", f"`round` keeps at most {limits.ROUND_PLACES} places")
    scale = Fraction(10) ** digits
    exact = _settled(value, "`round`")
    size = (abs(exact) * scale + Fraction(1, 2)).__floor__() / scale
    return bounded(size if exact >= 0 else -size)


def _settled(value: object, purpose: str) -> Fraction:
    """The number to round: a real that agrees with a whole number in 40 digits is that number."""
    exact = number(value, purpose)
    if isinstance(exact, Real):
        nearest = Fraction(round(exact.fraction))
        return nearest if exact == nearest else exact.fraction
    return Fraction(exact)
