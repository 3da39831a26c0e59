"""A number, typed: the key within its tolerance, and the numbers that mistakes lead to."""

from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from generator.model.solution import NumericalKey
from generator.render.moodle.gaps import Gap, Number, Numerical, Part
from generator.render.moodle.grades import decimal, decimals

_SIGNIFICANT = 4
"""Of a wrong number that never ends, so many digits are enough to recognize it."""


def gaps(part: Part, key: NumericalKey) -> tuple[Gap, ...]:
    """One box, whatever the number.

    Moodle: "Several answers with fractions and feedback are matched in order": the key comes
    first, so a mistake near it can never take a right response away.
    """
    mistakes = [(note.value, note) for note in part.answer.mistakes if note.value is not None]
    distance = _distances([key.value, *(value for value, _ in mistakes)])
    numbers = [Number(value=key.value, tolerance=key.tolerance, share=Fraction(1))]
    for value, note in mistakes:
        tolerance = _apart(max(key.tolerance, _rounding(value)), distance[value])
        numbers.append(
            Number(value=value, tolerance=tolerance, share=note.worth, because=note.because)
        )
    return (Numerical(points=part.question.points, numbers=tuple(numbers), unit=key.unit),)


def _rounding(value: Fraction) -> Fraction:
    """Half a unit of the last digit that a student would type; 0 where all can be typed."""
    if decimals(value) is not None:
        return Fraction(0)
    leading = Decimal(decimal(value)).adjusted()
    return Fraction(1, 2) * Fraction(10) ** (leading - _SIGNIFICANT + 1)


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


def _apart(tolerance: Fraction, nearest: Fraction | None) -> Fraction:
    """The tolerance, or less where another number is so near that both would claim a response."""
    if not tolerance or nearest is None or 2 * tolerance < nearest:
        return tolerance
    return nearest * Fraction(49, 100)
