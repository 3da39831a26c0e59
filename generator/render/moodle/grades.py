"""Numbers as Moodle reads them: decimals with a point, allowed fractions, whole weights.

Everything here is exact arithmetic on fractions; what must be rounded is rounded the same way on
every machine.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from decimal import ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction
from functools import lru_cache

_DIGITS = 15
"""Moodle compares numbers as doubles, with a slack of 1e-14: more digits would be noise."""
_LONGEST = 30
_SHARES = 1024
"""So many different shares of a part's points are remembered as Moodle writes them."""


def decimal(value: Fraction) -> str:
    """A number with a point, no exponent and no blanks; exact if at most 30 decimals can say it.

    Moodle: "Silently corrupted: `1/2` to 1, `1,5` to 15"; "a Unicode minus … crashes".
    """
    above, below = value.as_integer_ratio()
    if below == 1:
        return str(above)
    places = decimals(value)
    if places is None or places > _LONGEST:
        context = Context(prec=_DIGITS, rounding=ROUND_HALF_EVEN)
        return f"{context.divide(Decimal(above), Decimal(below)):f}"
    digits = str(abs(above) * 10**places // below).rjust(places + 1, "0")
    sign = "-" if above < 0 else ""
    return f"{sign}{digits[:-places]}.{digits[-places:]}"


def decimals(value: Fraction) -> int | None:
    """How many decimals say the number exactly; None if it never ends."""
    rest, twos, fives = value.denominator, 0, 0
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    return max(twos, fives) if rest == 1 else None


# Moodle: "Fractions allowed: 100, 90, 83.33333, 80, 75, 70, 66.66667, 60, 50, 40, 33.33333, 30, 25,
# 20, 16.66667, 14.28571, 12.5, 11.11111, 10, 5, 0 and their negatives, within 0.001. Any other
# rejects the file."
_ALLOWED = {
    Fraction(1): "100",
    Fraction(9, 10): "90",
    Fraction(5, 6): "83.33333",
    Fraction(4, 5): "80",
    Fraction(3, 4): "75",
    Fraction(7, 10): "70",
    Fraction(2, 3): "66.66667",
    Fraction(3, 5): "60",
    Fraction(1, 2): "50",
    Fraction(2, 5): "40",
    Fraction(1, 3): "33.33333",
    Fraction(3, 10): "30",
    Fraction(1, 4): "25",
    Fraction(1, 5): "20",
    Fraction(1, 6): "16.66667",
    Fraction(1, 7): "14.28571",
    Fraction(1, 8): "12.5",
    Fraction(1, 9): "11.11111",
    Fraction(1, 10): "10",
    Fraction(1, 20): "5",
    Fraction(0): "0",
}


def allowed(share: Fraction) -> bool:
    """Whether Moodle's list has exactly this share."""
    return abs(share) in _ALLOWED


@lru_cache(_SHARES)
def fraction(share: Fraction) -> str:
    """The allowed fraction, in percent, that is nearest to a share of -1 .. 1 and not above it.

    Not above: where Moodle cannot say what the bank does, nobody gets more than the bank grants.
    """
    if share >= 0:
        return _ALLOWED[max(known for known in _ALLOWED if known <= share)]
    return "-" + _ALLOWED[min(known for known in _ALLOWED if known >= -share)]


def percentage(share: Fraction) -> str:
    """A share in percent for a cloze gap, rounded down at the fifth decimal.

    Moodle: "Cloze percentages are not checked", so they can say what the bank does.
    """
    return _percentage(*share.as_integer_ratio())  # pairs are found sooner than fractions


@lru_cache(_SHARES)
def _percentage(above: int, below: int) -> str:
    return decimal(Fraction(above * 10**7 // below, 10**5))


def weights(points: Sequence[Fraction]) -> tuple[int, ...]:
    """Whole numbers in the proportions of the points; the points themselves where those are whole.

    Moodle: a cloze question's "mark is the sum of its weights", and these are "whole weights".
    """
    scale = math.lcm(*(value.denominator for value in points))
    return tuple(int(value * scale) for value in points)
