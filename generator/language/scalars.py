"""The functions of numbers, on single values; see `functions` for their table.

A result is exact where an exact one exists, else it is a `Real`.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction

from generator.language import arithmetic, limits
from generator.language.arithmetic import Number, brief, integer, number, rational
from generator.language.faults import Fault
from generator.language.reals import transcendental


def absolute(value: object) -> object:
    """The absolute value."""
    return abs(number(value, "`abs`"))


def sign(value: object) -> int:
    """-1, 0 or 1."""
    exact = number(value, "`sign`")
    return int(exact > 0) - int(exact < 0)


def smaller(a: object, b: object) -> Number:
    """The smaller of two numbers."""
    return min(number(a, "`min`"), number(b, "`min`"))


def larger(a: object, b: object) -> Number:
    """The larger of two numbers."""
    return max(number(a, "`max`"), number(b, "`max`"))


def gcd(a: object, b: object) -> int:
    """The greatest common divisor."""
    return math.gcd(integer(a, "`gcd`"), integer(b, "`gcd`"))


def lcm(a: object, b: object) -> Number:
    """The least common multiple."""
    return arithmetic.bounded(math.lcm(integer(a, "`lcm`"), integer(b, "`lcm`")))


def factorial(value: object) -> int:
    """``1 * 2 * ... * value``."""
    count = integer(value, "`factorial`")
    if not 0 <= count <= limits.FACTORIAL:
        raise Fault(
            "wrong-value",
            f"`factorial` takes 0 to {limits.FACTORIAL}, not {brief(count)}",
        )
    return math.factorial(count)


def binomial(n: object, k: object) -> int:
    """How many ways there are to choose `k` of `n`; none if k > n."""
    total, chosen = integer(n, "`binomial`"), integer(k, "`binomial`")
    if not 0 <= total <= limits.BINOMIAL:
        raise Fault(
            "wrong-value",
            f"`binomial` chooses from 0 to {limits.BINOMIAL}, not from {brief(total)}",
        )
    return math.comb(total, chosen) if 0 <= chosen <= total else 0


def is_whole(value: object) -> bool:
    """Whether the number is an integer."""
    exact = number(value, "`whole`")
    return isinstance(exact, int)


def is_even(value: object) -> bool:
    """Whether 2 divides the integer."""
    return integer(value, "`even`") % 2 == 0


def is_odd(value: object) -> bool:
    """Whether 2 does not divide the integer."""
    return integer(value, "`odd`") % 2 == 1


# --- irrational results ------------------------------------------------------------------------


def log(value: object, base: object = None) -> Number:
    """The logarithm, natural or to a base; exact where it is a whole number."""
    above = arithmetic.logarithm(value)
    if base is None:
        return above
    exact, step = number(value, "`log`"), number(base, "`log`")
    below = arithmetic.logarithm(step)
    if below == 0:
        raise Fault("wrong-value", "the base of a logarithm is not 1")
    nearest = round(rational(above, "`log`") / rational(below, "`log`"))
    if abs(nearest) <= limits.BITS and arithmetic.power(step, nearest) == exact:
        return nearest
    return arithmetic.divide(above, below)


def circular(name: str, at_zero: int) -> Callable[[object], Number]:
    """The sine, cosine or tangent, with its value at 0, where it is rational."""

    def function(value: object) -> Number:
        exact = rational(value, f"`{name}`")
        return transcendental(name, exact) if exact else at_zero

    return function


def tanh(value: object) -> Number:
    """The hyperbolic tangent."""
    exact = rational(value, "`tanh`")
    return transcendental("tanh", arithmetic.small(exact)) if exact else 0


def sigmoid(value: object) -> Number:
    """The logistic function ``1 / (1 + exp(-value))``."""
    exact = rational(value, "`sigmoid`")
    return transcendental("sigmoid", arithmetic.small(exact)) if exact else Fraction(1, 2)


def softplus(value: object) -> Number:
    """``log(1 + exp(value))``."""
    return transcendental("softplus", arithmetic.small(rational(value, "`softplus`")))


def relu(value: object) -> Number:
    """The positive part."""
    return max(number(value, "`relu`"), 0)
