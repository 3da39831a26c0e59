"""Whether two formulas are the same, wherever the question gives them a meaning.

First their canonical forms are compared: where these are equal, so are the formulas. Else they are
evaluated at points, exactly, or with 50 digits of which 30 count where a value is irrational. One
point at which they differ decides that they are different; if they agree at all points, they are
held to be the same. Two different rational functions whose difference has degree d agree at one
free point with a probability of at most d / 2**20 (Schwartz and Zippel), so for degree 100 at all
sixteen with less than 10**-64.

What differs at free points can still be the same by the question's own equations (``s(a_i)`` for
``h_i``): `Response.follows` compares at points that satisfy them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import product
from types import MappingProxyType

from generator.language.arithmetic import Number as Value
from generator.language.arithmetic import rational
from generator.language.faults import Fault
from generator.language.reals import Real
from generator.marking import limits
from generator.marking.formulas.canonical import canonical
from generator.marking.formulas.names import Vocabulary
from generator.marking.formulas.points import Point
from generator.model.formula import Glossary, Symbol, Term, Vector, walk

POINTS, DRAWN = 16, 64
"""So many points must tell, out of so many. Where a unit is shut or a window reaches into padding,
a formula and nearly everything that is wrong in it are 0, and nothing is learned; and a formula
that forgets about shut units is taken for right with a probability of 1 in 65,536 at most."""

COMPONENTS = 8
"""Components of a gradient that the points take turns with, the first and the last among them."""

SIZES = (Fraction(2), Fraction(1, 2))
"""How large draws are, in turn where others follow from them: units of a deep network saturate with
the large ones and hardly change with the small ones."""

FEWEST = 2
"""Points at which both formulas must have a value, and at which equations of the question tell."""

AGREEING, NOTHING = Fraction(1, 10**30), Fraction(1, 10**12)
"""How near two irrational numbers of 50 digits are if they are the same, relative to 1 or to the
larger of the two; and what is so small that its agreement tells nothing."""


class Response:
    """A response that is compared with one formula after another; `key` seeds the points.

    Raises Exhausted when it takes too long to evaluate, and Fault where it has no value.
    """

    def __init__(self, term: Term, glossary: Glossary, vocabulary: Vocabulary, key: str) -> None:
        self.term, self._glossary, self._key = term, glossary, key
        self._vocabulary, self._steps = vocabulary, limits.STEPS
        self._form, self._why = canonical(term), ""
        self._places: dict[tuple[bool, frozenset[str]], _Places] = {}

    def is_same(self, other: Term) -> bool:
        """Whether the response equals another formula, whatever the names in both stand for."""
        if isinstance(other, Vector) or isinstance(self.term, Vector):
            return self._is_same_vector(other)
        if self._form is not None and self._form == canonical(other):
            return True
        defined, _ = self._agreement(other, consistent=False)
        if defined is not None and defined < FEWEST:
            raise Fault("no-value", f"this formula has no value that could be compared{self._why}")
        return defined is not None

    def follows(self, other: Term) -> bool:
        """Whether the response equals another formula by the equations of the question."""
        if not any(table.value is not None for table in self._glossary.tables):
            return False
        if isinstance(other, Vector) or isinstance(self.term, Vector):
            return False
        _, telling = self._agreement(other, consistent=True)
        return telling >= FEWEST

    def _is_same_vector(self, other: Term) -> bool:
        if not isinstance(other, Vector) or not isinstance(self.term, Vector):
            return False
        if len(self.term.items) != len(other.items):
            return False
        return all(
            Response(one, self._glossary, self._vocabulary, self._key).is_same(item)
            for one, item in zip(self.term.items, other.items, strict=True)
        )

    def _agreement(self, other: Term, *, consistent: bool) -> tuple[int | None, int]:
        """At how many points both have the same value, and how many of these tell.

        None and 0 where they differ at one.
        """
        defined = telling = 0
        for place in self._points(other, consistent=consistent):
            if telling >= POINTS or (defined >= FEWEST and not place.signed):
                break
            own, value = self._own(place), _at(place, other)
            if own is None or value is None:
                continue
            if not agree(value, own):
                return None, 0
            defined += 1
            telling += abs(rational(own, "a value")) > NOTHING
        return defined, telling

    def _points(self, other: Term, *, consistent: bool) -> _Places:
        padded = frozenset(
            one.name for one in walk(other) if isinstance(one, Symbol) and one.padded
        )
        if (consistent, padded) not in self._places:
            self._places[consistent, padded] = _Places(self._drawn(consistent, padded))
        return self._places[consistent, padded]

    def _own(self, place: _Place) -> Value | None:
        """The response's value at a point, computed once; None where it has none."""
        if not place.known:
            place.known = True
            try:
                place.value, self._steps = place.point.evaluate(
                    self.term, place.letters, self._steps
                )
            except Fault as fault:
                self._why = f" ({fault.message})"
        return place.value

    def _drawn(self, consistent: bool, padded: frozenset[str]) -> Iterator[_Place]:
        """Points of both signs, then positive ones, where roots and logarithms have values."""
        components = list(self._components())
        for number in range(DRAWN + POINTS):
            signed = number < DRAWN
            point = Point(
                f"{self._key}\0{number}",
                self._glossary,
                consistent=consistent,
                signed=signed,
                size=SIZES[number % 2 if consistent else 0],
                padded=padded,
            )
            letters = {
                letter: point.whole(letter, size)
                for letter, size in self._vocabulary.letters.items()
            }
            letters |= components[number % len(components)]
            yield _Place(point, MappingProxyType(letters), signed=signed)

    def _components(self) -> Iterator[dict[str, int]]:
        """Values of the letters that stay open: all, or some that lie far apart."""
        names = [name for name, _ in self._glossary.free]
        every = list(product(*(range(1, size + 1) for _, size in self._glossary.free)))
        step = max(1, -(-(len(every) - 1) // (COMPONENTS - 1)))
        for at in dict.fromkeys([*every[::step], every[-1]]):
            yield dict(zip(names, at, strict=True))


class _Place:
    """A point with the values of its letters, and the response's value there once it is known."""

    __slots__ = ("known", "letters", "point", "signed", "value")

    def __init__(self, point: Point, letters: Mapping[str, Value], *, signed: bool) -> None:
        self.point, self.letters, self.signed = point, letters, signed
        self.known = False
        self.value: Value | None = None


def _at(place: _Place, term: Term) -> Value | None:
    """The value of a formula of the document at a point, if it has one."""
    try:
        return place.point.evaluate(term, place.letters, limits.UNBOUNDED)[0]
    except Fault:
        return None


class _Places:
    """Points that are drawn as far as they are looked at, and kept."""

    def __init__(self, drawn: Iterator[_Place]) -> None:
        self._drawn, self._kept = drawn, list[_Place]()

    def __iter__(self) -> Iterator[_Place]:
        yield from self._kept
        for place in self._drawn:
            self._kept.append(place)
            yield place


def agree(one: Value, other: Value) -> bool:
    """Whether two numbers are the same; irrational ones in 30 digits."""
    if not isinstance(one, Real) and not isinstance(other, Real):
        return one == other
    left, right = rational(one, "a value"), rational(other, "a value")
    return abs(left - right) <= AGREEING * max(Fraction(1), abs(left), abs(right))
