"""Results that are asked for with so many decimal places or significant figures."""

from __future__ import annotations

from fractions import Fraction

from generator.language import digits, numbers
from generator.language.arithmetic import rational


def rounding(value: object, rounded: object, decimals: int | None) -> tuple[str, ...]:
    """The step from a value to the rounded one; none where nothing is rounded."""
    if decimals is None or value == rounded:
        return ()
    return (f"Rounded to {_places(decimals)}: ${numbers.decimal(rounded, decimals)}$.",)


def rounding_to_figures(value: object, rounded: object, figures: int) -> tuple[str, ...]:
    """The same to significant figures."""
    if value == rounded:
        return ()
    count = f"{figures} significant figure{'' if figures == 1 else 's'}"
    return (f"Rounded to {count}: ${numbers.figures(rounded, figures).latex}$.",)


def to_figures(value: object, figures: int) -> Fraction:
    """A number rounded to significant figures, halves away from zero."""
    return digits.significant(rational(value, "significant figures"), figures)


def half_a_unit(value: int | Fraction, figures: int) -> Fraction:
    """Half a unit of the last significant figure; 0 of 0, which has none."""
    if not value:
        return Fraction(0)
    last = digits.magnitude(Fraction(value)) - figures + 1
    return Fraction(10) ** last / 2


def _places(count: int) -> str:
    return f"{count} decimal place{'' if count == 1 else 's'}" if count else "a whole number"
