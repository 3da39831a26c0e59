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

from generator.language import digits
from generator.language.arithmetic import kind, rational
from generator.language.faults import Fault
from generator.language.reals import Real
from generator.model.value import Formula, Record

PLACES = 6
"""Decimal places up to which a fraction is written as a decimal."""


_PLAIN_EXPONENT = 6
"""Powers of ten from which a number of so many figures is written with its exponent."""


def latex(value: object) -> str:
    r"""`value` as LaTeX for the middle of a formula: ``\frac{1}{3}``, ``(1, -2, 3)``.

    A matrix (a vector of equally long rows) is set as one; a word stays as it is.
    """
    if _is_whole(value):
        return str(value)
    for types, write in _LATEX:
        if isinstance(value, types):
            return write(value)
    return plain(value)


def plain(value: object) -> str:
    """`value` on one line of plain text: ``1/3``, ``(1, -2, 3)``, ``true``.

    Raises Fault for what has no text, such as a model.
    """
    if _is_whole(value):
        return str(value)
    for types, write in _PLAIN:
        if isinstance(value, types):
            return write(value)
    raise Fault("wrong-type", f"{kind(value)} cannot be written", "write one of its members")


def decimal(value: object, places: int | None = None) -> str:
    """A number with exactly so many decimal places: ``0.50``; without `places`, all that it has.

    Halves are rounded away from zero. Without `places` the decimal must end.
    """
    return digits.decimal(rational(value, "a decimal"), places)


def asked(value: Fraction, places: int | None, *, rounded: bool) -> Formula:
    r"""A result of which so many decimal places are asked for; None: the exact one.

    A whole number that nothing was rounded to needs none (``116``, not ``116.000``). A fraction
    that never ends is also told in the decimals that a student gives: ``\frac{448}{3} \approx
    149.333``.
    """
    if places is not None and (rounded or value.denominator > 1):
        text = decimal(value, places)
        return Formula(latex=text, text=text)
    if _ends(value):
        return Formula(latex=_fraction(value), text=plain(value))
    return Formula(latex=rf"{_fraction(value)} \approx {_real(Real(value))}", text=plain(value))


def figures(value: object, count: int) -> Formula:
    """A number with exactly so many significant figures: ``0.0500``, ``1200``, ``6.02e23``."""
    exact = digits.significant(rational(value, "significant figures"), count)
    exponent = digits.magnitude(exact) if exact else 0
    if -_PLAIN_EXPONENT < exponent < _PLAIN_EXPONENT:
        text = digits.decimal(exact, max(0, count - 1 - exponent))
        return Formula(latex=text, text=text)
    first = digits.decimal(exact / Fraction(10) ** exponent, count - 1)
    return Formula(latex=rf"{first} \times 10^{{{exponent}}}", text=f"{first}e{exponent}")


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


def _is_whole(value: object) -> bool:
    """Whether this is a whole number, as most values are."""
    kind = type(value)  # no bool, which is an int by inheritance
    return kind is int or (kind is Fraction and value.denominator == 1)  # type: ignore[attr-defined]  # mypy does not narrow by `is`


def _ends(value: Fraction) -> bool:
    """Whether the decimal ends within the places that are written."""
    return not 10**PLACES % value.denominator


def _fraction(value: Fraction) -> str:
    if _ends(value):
        return digits.decimal(value)
    sign = "-" if value < 0 else ""
    return rf"{sign}\frac{{{abs(value.numerator)}}}{{{value.denominator}}}"


def _real(value: Real) -> str:
    first, exponent = digits.scientific(value.fraction)
    return rf"{first} \times 10^{{{exponent}}}" if exponent else first


def _vector(write: Callable[[object], str]) -> Callable[[tuple[object, ...]], str]:
    return lambda value: f"({', '.join(map(write, value))})"


_LATEX: tuple[tuple[type, Callable[[Any], str]], ...] = (
    (Formula, lambda value: value.latex),
    (Fraction, _fraction),
    (Real, _real),
    (tuple, lambda value: matrix(value) if is_matrix(value) else _vector(latex)(value)),
)
"""How LaTeX differs from plain text."""

_PLAIN: tuple[tuple[type, Callable[[Any], str]], ...] = (
    (bool, lambda value: "true" if value else "false"),
    (int, str),
    (str, str),
    (Fraction, lambda value: digits.decimal(value) if _ends(value) else str(value)),
    (Real, str),
    (Formula, lambda value: value.text),
    (tuple, _vector(plain)),
    (Record, lambda value: ", ".join(f"{k}: {plain(v)}" for k, v in value.entries)),
)
