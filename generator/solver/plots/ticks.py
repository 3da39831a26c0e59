"""Numbers at an axis: round ones (1, 2 or 5 times a power of ten), or fractions of pi."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import count
from math import ceil, floor

from generator.language.digits import decimal, magnitude
from generator.language.numbers import plain
from generator.language.reals import Real, transcendental
from generator.model.dataclass import dataclass
from generator.solver.plots.labels import Caption

PI = transcendental("pi")

_LARGE, _SMALL = 5, -3
"""Powers of ten from which, and to which, numbers are written without them."""

_MOST = 16
"""Steps in an axis, at most: more numbers of one digit have no room."""

_OF_PI = tuple(Fraction(1, n) for n in (8, 4, 2, 1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """The numbers of an axis: multiples of `step` times `unit` (1 or pi).

    Of `places` (in that unit) the `named` ones are labelled. `power` of ten stands at the end of
    the axis, and is divided out of the numbers.
    """

    unit: Fraction = Fraction(1)
    step: Fraction
    places: tuple[Fraction, ...]
    named: tuple[Fraction, ...]
    power: int = 0

    def caption(self, place: Fraction) -> Caption:
        """How the number at a place is written."""
        if self.unit == 1:
            return Caption(latex=written(place, self.power))
        return Caption(latex=_with_pi(place))


def written(value: Fraction, power: int = 0) -> str:
    """A number as a decimal, or as a fraction where that does not end."""
    scaled = value / Fraction(10) ** power
    try:
        text = decimal(scaled)
    except ValueError:
        text = plain(scaled)
    return text


def _with_pi(place: Fraction) -> str:
    if place == 0:
        return "0"
    sign = "-" if place < 0 else ""
    above = abs(place.numerator)
    top = r"\pi" if above == 1 else rf"{above}\pi"
    return sign + (top if place.denominator == 1 else rf"\frac{{{top}}}{{{place.denominator}}}")


def of_pi(value: object) -> Fraction | None:
    """The simple fraction of pi that a number is; None if it is none."""
    if not isinstance(value, Real):
        return None
    ratio = value.fraction / PI.fraction
    near = ratio.limit_denominator(60)
    return near if abs(ratio - near) < Fraction(1, 10**30) else None


def scale(
    start: Fraction,
    stop: Fraction,
    *,
    unit: Fraction,
    step: Fraction | None,
    room: Callable[[Scale], Fraction],
) -> Scale:
    """The numbers from `start` to `stop` (in the unit), as dense as `room` lets them stand.

    `room` is how far apart, in the unit, the numbers of a scale must be for their labels.
    """
    if step is not None:
        found = _multiples(start, stop, step, unit)
        every = max(1, ceil(room(found) / step))
        named = tuple(p for p in found.places if (p / step) % every == 0)
        return Scale(unit=unit, step=step, places=found.places, named=named, power=found.power)
    for candidate in _steps(stop - start, unit):
        found = _multiples(start, stop, candidate, unit)
        if room(found) <= candidate:
            return found
    raise AssertionError("steps grow until one is large enough")


def _steps(span: Fraction, unit: Fraction) -> Iterator[Fraction]:
    """Steps from a part of the span on, the smaller first."""
    if unit != 1:
        yield from (step for step in _OF_PI if step * _MOST >= span)
    for power in count(0 if unit != 1 else magnitude(span) - 2):
        for digit in (1, 2, 5):
            candidate = digit * Fraction(10) ** power
            if candidate * _MOST >= span and not (unit != 1 and candidate == 1):
                yield candidate


def _multiples(start: Fraction, stop: Fraction, step: Fraction, unit: Fraction) -> Scale:
    places = tuple(step * n for n in range(ceil(start / step), floor(stop / step) + 1))
    largest = max((abs(place) for place in places), default=Fraction(0))
    power = magnitude(largest) if largest and unit == 1 else 0
    if _SMALL < power < _LARGE or magnitude(step) < power - 2:
        power = 0
    return Scale(unit=unit, step=step, places=places, named=places, power=power)
