"""A number, typed: the key within its tolerance, and the numbers that mistakes lead to."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from generator.model.solution import NumericalKey
from generator.render.moodle.gaps import Gap, Number, Numerical, Part
from generator.render.moodle.grades import decimal, decimals

_TYPED = 6
"""A number with at most so many decimals is expected to be typed in full."""

_SIGNIFICANT = 4
"""Of a number that never ends, so many digits are enough."""


def gaps(part: Part, key: NumericalKey) -> tuple[Gap, ...]:
    """One box, whatever the number.

    Moodle: "Several answers with fractions and feedback are matched in order": the key comes
    first, so a mistake near it can never take a right response away.
    """
    mistakes = [(note.value, note) for note in part.answer.mistakes if note.value is not None]
    wrong = [value for value, _ in mistakes]
    ours = not key.tolerance and key.decimals is None
    exactness = _leeway(key, key.value)
    numbers = [
        Number(
            value=key.value,
            tolerance=_apart(exactness, key.value, wrong) if ours else exactness,
            share=Fraction(1),
        )
    ]
    for value, note in mistakes:
        others = [key.value, *(other for other in wrong if other != value)]
        tolerance = _apart(_leeway(key, value), value, others)
        numbers.append(
            Number(value=value, tolerance=tolerance, share=note.worth, because=note.because)
        )
    return (
        Numerical(
            points=part.question.points,
            numbers=tuple(numbers),
            unit=key.unit,
            rounded=ours and _never_ends(key.value),
        ),
    )


def _leeway(key: NumericalKey, value: Fraction) -> Fraction:
    """The bank's tolerance; never so strict that the number as students can type it would miss.

    Nobody can type 1/3 (Moodle: "Silently corrupted: `1/2` to 1") or all its digits.
    """
    if key.decimals is not None:
        return max(key.tolerance, abs(value - round(value, key.decimals)))
    return key.tolerance or _rounding(value)


def _rounding(value: Fraction) -> Fraction:
    """Half a unit of the last digit that must be typed; 0 where all of them must be."""
    if not _never_ends(value):
        return Fraction(0)
    leading = Decimal(decimal(value)).adjusted()
    return Fraction(1, 2) * Fraction(10) ** (leading - _SIGNIFICANT + 1)


def _never_ends(value: Fraction) -> bool:
    places = decimals(value)
    return places is None or places > _TYPED


def _apart(tolerance: Fraction, value: Fraction, others: list[Fraction]) -> Fraction:
    """The tolerance, or less where another number is so near that both would claim a response."""
    nearest = min((abs(value - other) for other in others), default=None)
    if nearest is None or 2 * tolerance < nearest:
        return tolerance
    return nearest * Fraction(49, 100)
