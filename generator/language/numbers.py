"""How values are written for people: `latex` in a formula, `plain` on one line of text.

An integer is written as it is, a fraction as a decimal where that ends within six places, else as a
fraction; an irrational number by its first six significant digits. Whoever wants other digits
rounds: `decimal` gives a fixed number of places, halves rounded away from zero as in school
books (0.125 is 0.13, -2.5 is -3), never by binary floats.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from generator.language.arithmetic import kind, rational
from generator.language.faults import Fault
from generator.language.reals import Real, magnitude, significant
from generator.model.value import Formula, Record

PLACES = 6
"""Decimal places up to which a fraction is written as a decimal."""

REAL_DIGITS = 6
"""Significant digits by which an irrational number is written."""


def latex(value: object) -> str:
    r"""`value` as LaTeX for the middle of a formula: ``\frac{1}{3}``, ``(1, -2, 3)``.

    A matrix (a vector of equally long rows) is set as one; a word stays as it is.
    """
    for types, write in _LATEX:
        if isinstance(value, types):
            return write(value)
    return plain(value)


def plain(value: object) -> str:
    """`value` on one line of plain text: ``1/3``, ``(1, -2, 3)``, ``true``.

    Raises Fault for what has no text, such as a model.
    """
    for types, write in _PLAIN:
        if isinstance(value, types):
            return write(value)
    raise Fault("wrong-type", f"{kind(value)} cannot be written", "write one of its members")


def decimal(value: object, places: int | None = None) -> str:
    """A number with exactly so many decimal places: ``0.50``; without `places`, all that it has.

    Halves are rounded away from zero. Without `places` the decimal must end.
    """
    exact = rational(value, "a decimal")
    count = _places(exact) if places is None else places
    scaled = abs(exact) * Fraction(10) ** count
    digits = str(int(scaled + Fraction(1, 2))).rjust(count + 1, "0")
    sign = "-" if exact < 0 and digits.strip("0") else ""
    return f"{sign}{digits[:-count]}.{digits[-count:]}" if count > 0 else sign + digits


def is_matrix(value: object) -> bool:
    """Whether `value` is a vector of equally long, not empty, rows."""
    if not isinstance(value, tuple) or not value:
        return False
    return all(isinstance(row, tuple) and row and len(row) == len(value[0]) for row in value)


def matrix(rows: object) -> str:
    """A vector of rows as a LaTeX matrix in parentheses."""
    assert isinstance(rows, tuple)  # noqa: S101 - asked by `is_matrix`
    lines = r" \\ ".join(" & ".join(map(latex, row)) for row in rows)
    return rf"\begin{{pmatrix}} {lines} \end{{pmatrix}}"


def _ends(value: Fraction) -> bool:
    """Whether the decimal ends within the places that are written."""
    return not 10**PLACES % value.denominator


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


def _scientific(value: Fraction) -> tuple[str, int]:
    """The leading digits of `value`, and the power of ten to multiply by (0: none is needed)."""
    if not value:
        return "0", 0
    value = significant(value, REAL_DIGITS)
    exponent = magnitude(value)
    if -PLACES < exponent < REAL_DIGITS:
        return decimal(value), 0
    return decimal(value / Fraction(10) ** exponent), exponent


def _fraction(value: Fraction) -> str:
    if _ends(value):
        return decimal(value)
    sign = "-" if value < 0 else ""
    return rf"{sign}\frac{{{abs(value.numerator)}}}{{{value.denominator}}}"


def _vector(write: Callable[[object], str]) -> Callable[[tuple[object, ...]], str]:
    return lambda value: f"({', '.join(map(write, value))})"


def _scaled(between: str, after: str) -> Callable[[Real], str]:
    def write(value: Real) -> str:
        mantissa, exponent = _scientific(value.fraction)
        return f"{mantissa}{between}{exponent}{after}" if exponent else mantissa

    return write


_LATEX: tuple[tuple[type, Callable[[Any], str]], ...] = (
    (Formula, lambda value: value.latex),
    (Fraction, _fraction),
    (Real, _scaled(r" \times 10^{", "}")),
    (tuple, lambda value: matrix(value) if is_matrix(value) else _vector(latex)(value)),
)
"""How LaTeX differs from plain text."""

_PLAIN: tuple[tuple[type, Callable[[Any], str]], ...] = (
    (bool, lambda value: "true" if value else "false"),
    (int, str),
    (str, str),
    (Fraction, lambda value: decimal(value) if _ends(value) else str(value)),
    (Real, _scaled("e", "")),
    (Formula, lambda value: value.text),
    (tuple, _vector(plain)),
    (Record, lambda value: ", ".join(f"{k}: {plain(v)}" for k, v in value.entries)),
)
