"""A number, typed: the key within its tolerance, and the numbers that mistakes lead to."""

from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from generator.model.solution import NumericalKey
from generator.render.moodle.gaps import Gap, Number, Numerical, Part
from generator.render.moodle.grades import decimal, decimals

_ALL, _NOTHING = Fraction(1), Fraction(0)
_SIGNIFICANT = 4
"""Of a wrong number that never ends, so many digits are enough to recognize it."""
_KEPT, _WHOLE = 14, 2**63
"""Moodle keeps so many digits of a number, but all of a whole one below this bound."""
_NEARLY = Fraction(49, 50)
"""How much is taken of what lies between two numbers, lest both claim what is in the middle."""


def gaps(part: Part, key: NumericalKey) -> tuple[Gap, ...]:
    """One box, whatever the number.

    Moodle: "Several answers with fractions and feedback are matched in order": the key comes
    first, so a mistake near it can never take a right response away. No response fits two.
    """
    mistakes = [(note.value, note) for note in part.answer.mistakes if note.value is not None]
    values = [value for value, _ in mistakes]
    widest = max(key.tolerance, _lost(key.value))
    wrong = [
        Number(value=value, tolerance=tolerance, share=note.worth, because=note.because)
        for (value, note), tolerance in zip(mistakes, _tolerances(key, widest, values), strict=True)
    ]
    right = Number(value=key.value, tolerance=widest, share=_ALL)
    return (Numerical(points=part.question.points, numbers=(right, *wrong), unit=key.unit),)


def _tolerances(key: NumericalKey, widest: Fraction, wrong: list[Fraction]) -> list[Fraction]:
    """The tolerance of each wrong number; the key's own is `widest`."""
    if not widest and all(map(_is_kept_whole, wrong)):
        return [_NOTHING] * len(wrong)
    tolerances = [max(key.tolerance, _rounding(value)) for value in wrong]
    if not any(tolerances):
        return tolerances
    nearest = _distances([key.value, *wrong])
    return [
        tolerance
        if 2 * max(tolerance, widest) < (nearest[value] or _NOTHING)
        else _apart(tolerance, nearest[value], abs(value - key.value) - widest)
        for value, tolerance in zip(wrong, tolerances, strict=True)
    ]


def _rounding(value: Fraction) -> Fraction:
    """Half a unit of the last digit that a student would type; where all can be, what is lost."""
    if value.denominator != 1 and decimals(value) is None:
        return _unit(value, _SIGNIFICANT) / 2
    return _lost(value)


def _lost(value: Fraction) -> Fraction:
    """A unit of the last digit that Moodle keeps of a number with more digits than that.

    It compares with a slack of 1e-14 of the number: without this, the number itself would be wrong.
    """
    if _is_kept_whole(value):
        return _NOTHING
    above, below = value.as_integer_ratio()
    places = decimals(value)
    if places is not None and abs(above) * 10**places < below * 10**_KEPT:
        return _NOTHING
    unit = _unit(value, _KEPT)
    return _NOTHING if (value / unit).denominator == 1 else unit


def _is_kept_whole(value: Fraction) -> bool:
    """Whether this is a whole number of which Moodle keeps all digits."""
    above, below = value.as_integer_ratio()
    return below == 1 and -_WHOLE < above < _WHOLE


def _unit(value: Fraction, digits: int) -> Fraction:
    """What the last of so many digits of a number counts."""
    leading = Decimal(decimal(value)).adjusted()
    return Fraction(10) ** (leading - digits + 1)


def _distances(values: list[Fraction]) -> dict[Fraction, Fraction | None]:
    """How far each number is from the nearest other one; None if there is no other.

    On a common denominator they are whole, and only neighbours in order can be nearest.
    """
    scale = math.lcm(*(value.denominator for value in values))
    whole = {value.numerator * (scale // value.denominator): value for value in values}
    order = sorted(whole)
    gaps = [None, *(Fraction(right - left, scale) for left, right in pairwise(order)), None]
    return {
        whole[number]: min((gap for gap in around if gap is not None), default=None)
        for number, around in zip(order, pairwise(gaps), strict=True)
    }


def _apart(tolerance: Fraction, nearest: Fraction | None, beyond: Fraction) -> Fraction:
    """The tolerance, or less where another number is so near that both would claim a response.

    `beyond` is how far the number lies beyond the key's own tolerance.
    """
    if nearest is not None and 2 * tolerance >= nearest:
        tolerance = min(tolerance, nearest / 2 * _NEARLY)
    return min(tolerance, max(beyond, _NOTHING) * _NEARLY)
