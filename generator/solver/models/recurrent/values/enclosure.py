"""Where a number lies: intervals that surely contain it, as narrow as a comparison needs them.

The ends are computed by mpmath in integer arithmetic of fixed precision, rounded outwards, so they
are the same on every machine.
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from typing import Any

from mpmath.ctx_iv import MPIntervalContext  # type: ignore[import-untyped]  # it ships no types
from mpmath.libmp import to_rational  # type: ignore[import-untyped]  # it ships no types

from generator.solver.models.recurrent.structure.activations import ACTIVATIONS
from generator.solver.models.recurrent.values.polynomial import Atom, Polynomial

PRECISIONS = (60, 240, 960)
"""Bits with which a sign is sought, one after the other; equal numbers have equal normal forms."""

_CONTEXT = MPIntervalContext()
"""A context of our own: the precision of mpmath's shared one belongs to nobody."""


@lru_cache(maxsize=10_000)
def enclose(number: Polynomial, bits: int) -> Any:
    """An interval that surely contains this number, computed with so many bits."""
    total = _CONTEXT.mpf(0)
    for monomial, value in number.summands:
        _CONTEXT.prec = bits
        summand = _CONTEXT.mpf(value.numerator) / value.denominator
        for inner, power in monomial:
            enclosed = _enclose_atom(inner, bits)
            _CONTEXT.prec = bits
            summand *= enclosed**power
        total += summand
    return total


def _enclose_atom(inner: Atom, bits: int) -> Any:
    enclosed = [enclose(argument, bits) for argument in inner.arguments]
    _CONTEXT.prec = bits
    if inner.kind == "apply":
        compute = ACTIVATIONS[inner.head].enclose
        if compute is None:
            raise ValueError(f"{inner.head} has a definition that gives a polynomial")
        return compute(_CONTEXT, enclosed[0])
    if inner.kind == "abs":
        return abs(enclosed[0])
    ends = [(interval.a, interval.b) for interval in enclosed]
    pick = min if inner.kind == "min" else max
    return _CONTEXT.mpf([pick(low for low, _ in ends), pick(high for _, high in ends)])


def nearby(number: Polynomial) -> Fraction:
    """A rational number so near to this one that nobody who reads it rounded sees a difference."""
    low, _ = enclose(number, PRECISIONS[-1])._mpi_  # the ends of an interval, in mpmath's own form
    return Fraction(*to_rational(low))


def sign(number: Polynomial) -> int | None:
    """-1, 0 or 1; None if it is unknown, or too near 0 to tell."""
    if number.constant is not None:
        return (number.constant > 0) - (number.constant < 0)
    if not number.numeric:
        return None
    for bits in PRECISIONS:
        interval = enclose(number, bits)
        if interval.a > 0:
            return 1
        if interval.b < 0:
            return -1
    return None
