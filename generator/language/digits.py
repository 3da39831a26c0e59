"""Decimal digits of exact numbers, by integer arithmetic alone.

Halves are rounded away from zero, as in school books: 0.125 is 0.13, -2.5 is -3.
"""

from __future__ import annotations

from fractions import Fraction

SHOWN = 6
"""Significant digits by which an irrational number is written."""


def decimal(value: Fraction, places: int | None = None) -> str:
    """`value` with exactly so many decimal places; without `places`, with all that it has.

    Raises ValueError if it should have all and has no end.
    """
    if value.denominator == 1 and not places:
        return str(value.numerator)
    count = _places(value) if places is None else places
    digits = str(_rounded(abs(value), count)).rjust(count + 1, "0")
    sign = "-" if value < 0 and digits.strip("0") else ""
    return f"{sign}{digits[:-count]}.{digits[-count:]}" if count > 0 else sign + digits


def significant(value: Fraction, digits: int) -> Fraction:
    """`value` rounded to so many significant digits."""
    if not value:
        return value
    places = digits - 1 - magnitude(value)
    rounded = _rounded(abs(value), places)
    size = Fraction(rounded, 10**places) if places > 0 else Fraction(rounded * 10**-places)
    return size if value > 0 else -size


def magnitude(value: Fraction) -> int:
    """The exponent of the leading digit: 2 for 345, -1 for 0.25; `value` is not zero."""
    above, below = abs(value.numerator), value.denominator
    exponent = (above.bit_length() - below.bit_length()) * 30103 // 100000  # log10(2), nearly
    while _reaches(above, below, exponent + 1):
        exponent += 1
    while not _reaches(above, below, exponent):
        exponent -= 1
    return exponent


def scientific(value: Fraction) -> tuple[str, int]:
    """The first digits of `value`, and the power of ten to multiply by: 0 where none is needed."""
    if not value:
        return "0", 0
    value = significant(value, SHOWN)
    exponent = magnitude(value)
    if -SHOWN < exponent < SHOWN:
        return decimal(value), 0
    return decimal(value / Fraction(10) ** exponent), exponent


def _places(value: Fraction) -> int:
    """How many decimal places it takes to write `value`."""
    count, rest = 0, value.denominator
    while rest > 1:
        divisor = 10 if rest % 10 == 0 else 5 if rest % 5 == 0 else 2
        if rest % divisor:
            raise ValueError(f"the decimal of {value} does not end")
        rest //= divisor
        count += 1
    return count


def _rounded(value: Fraction, places: int) -> int:
    """``value * 10**places``, not negative, to the nearest integer."""
    above, below = value.numerator, value.denominator
    if places > 0:
        above *= 10**places
    else:
        below *= 10**-places
    return (2 * above + below) // (2 * below)


def _reaches(above: int, below: int, exponent: int) -> bool:
    """Whether ``above / below >= 10**exponent``."""
    power: int = 10 ** abs(exponent)
    return above >= below * power if exponent >= 0 else above * power >= below
