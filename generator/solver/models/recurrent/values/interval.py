"""Intervals with open, closed or infinite ends: what is known of a number that is not known."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from math import inf
from types import MappingProxyType

from generator.model.dataclass import dataclass

End = tuple[Fraction | float, bool]
"""A number or an infinity, and whether it belongs to the interval."""


@dataclass(frozen=True, slots=True)
class Interval:
    """The numbers between two ends."""

    low: End
    high: End

    def __add__(self, other: Interval) -> Interval:
        return Interval(_plus(self.low, other.low), _plus(self.high, other.high))

    def __neg__(self) -> Interval:
        (low, low_in), (high, high_in) = self.low, self.high
        return Interval((-high, high_in), (-low, low_in))

    def __sub__(self, other: Interval) -> Interval:
        return self + -other

    def __mul__(self, other: Interval) -> Interval:
        ends = [
            _times(first, second)
            for first in (self.low, self.high)
            for second in (other.low, other.high)
        ]
        # Of equal ends the one that belongs to the interval counts.
        low = min(ends, key=lambda end: (end[0], not end[1]))
        high = max(ends, key=lambda end: (end[0], end[1]))
        return Interval(low, high)

    def __and__(self, other: Interval) -> Interval:
        """What is in both."""
        low = max(self.low, other.low, key=lambda end: (end[0], not end[1]))
        high = min(self.high, other.high, key=lambda end: (end[0], end[1]))
        return Interval(low, high)

    def sums(self) -> Interval:
        """Where the sum of one or more numbers of this interval is."""
        low = self.low if self.low[0] >= 0 else (-inf, False)
        high = self.high if self.high[0] <= 0 else (inf, False)
        return Interval(low, high)

    def __abs__(self) -> Interval:
        if self.low[0] >= 0:
            return self
        opposite = -self
        if self.high[0] <= 0:
            return opposite
        high = max(self.high, opposite.high, key=lambda end: (end[0], end[1]))
        return Interval((Fraction(0), True), high)


def _plus(first: End, second: End) -> End:
    return first[0] + second[0], first[1] and second[1]


def _times(first: End, second: End) -> End:
    if not first[0] or not second[0]:
        # 0 times anything is 0, even if the other end is not reached.
        return Fraction(0), any(not value and reached for value, reached in (first, second))
    return first[0] * second[0], first[1] and second[1]


def point(value: Fraction) -> Interval:
    """A single number."""
    return Interval((value, True), (value, True))


def _power(base: Interval, exponent: Interval) -> Interval:
    """A power whose exponent is a whole number; an even one is never negative."""
    power = int(exponent.low[0])
    factor = abs(base) if power % 2 == 0 else base
    result = point(Fraction(1))
    for _ in range(power):
        result = result * factor
    return result


def _quotient(dividend: Interval, divisor: Interval) -> Interval:
    """A quotient whose divisor is a number other than 0."""
    return dividend * point(1 / Fraction(divisor.low[0]))


def _least(*operands: Interval) -> Interval:
    low = min((operand.low for operand in operands), key=lambda end: (end[0], not end[1]))
    high = min((operand.high for operand in operands), key=lambda end: (end[0], end[1]))
    return Interval(low, high)


def _greatest(*operands: Interval) -> Interval:
    low = max((operand.low for operand in operands), key=lambda end: (end[0], not end[1]))
    high = max((operand.high for operand in operands), key=lambda end: (end[0], end[1]))
    return Interval(low, high)


OPERATORS: Mapping[str, Callable[..., Interval]] = MappingProxyType(
    {
        "+": lambda left, right: left + right,
        "-": lambda left, right: left - right,
        "*": lambda left, right: left * right,
        "/": _quotient,
        "**": _power,
        "neg": lambda operand: -operand,
        "abs": abs,
        "min": _least,
        "max": _greatest,
    }
)

ANY = Interval((-inf, False), (inf, False))

COMPARED: Mapping[str, Callable[[Fraction], Interval]] = MappingProxyType(
    {
        "==": point,
        "<": lambda value: Interval((-inf, False), (value, False)),
        "<=": lambda value: Interval((-inf, False), (value, True)),
        ">": lambda value: Interval((value, False), (inf, False)),
        ">=": lambda value: Interval((value, True), (inf, False)),
    }
)
"""The numbers for which a comparison with another number holds."""


def holds(operator: str, difference: Interval) -> bool:
    """Whether ``left - right`` compares with 0 like this throughout the interval."""
    (low, low_in), (high, high_in) = difference.low, difference.high
    below, above = high < 0 or (high == 0 and not high_in), low > 0 or (low == 0 and not low_in)
    return {
        "==": low == high == 0,
        "!=": below or above,
        "<": below,
        "<=": high <= 0,
        ">": above,
        ">=": low >= 0,
    }[operator]
