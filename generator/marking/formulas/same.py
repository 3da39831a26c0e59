"""Whether two formulas are the same, wherever the question gives them a meaning.

First their canonical forms are compared: where these are equal, so are the formulas. Else they are
evaluated at points, exactly. One point at which they differ proves that they are different; if they
agree at all points, they are held to be the same. Two different rational functions whose difference
has degree d agree at one free point with a probability of at most d / 2**20 (Schwartz and Zippel),
so for degree 100 at all of the four or more with less than 10**-16.

What differs at free points can still be the same by the question's own equations (``s(a_i)`` for
``h_i``); that is found at points that satisfy them.
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

FREE, CONSISTENT, MOST = 4, 8, 8
"""Points of each kind: at least so many, and for each component of a gradient one, up to `MOST`."""

FEWEST = 2
"""Points at which both formulas must have a value."""

AGREEING = Fraction(1, 10**30)
"""How near two irrational numbers of 50 digits are if they are the same, relative to 1 or to the
larger of the two."""


class Response:
    """A response that is compared with one formula after another; `key` seeds the points.

    Raises Exhausted when it takes too long to evaluate.
    """

    def __init__(self, term: Term, glossary: Glossary, vocabulary: Vocabulary, key: str) -> None:
        self.term, self._glossary, self._key = term, glossary, key
        self._vocabulary, self._steps = vocabulary, limits.STEPS
        self._form = canonical(term)
        self._points: dict[tuple[bool, frozenset[str]], list[_Place]] = {}

    def is_same(self, other: Term) -> bool:
        """Whether the response and another formula are the same.

        Raises Fault where there are too few points at which both have a value.
        """
        if isinstance(other, Vector) or isinstance(self.term, Vector):
            return self._is_same_vector(other)
        if self._form is not None and self._form == canonical(other):
            return True
        if self._agrees(other, consistent=False):
            return True
        defined = any(table.value is not None for table in self._glossary.tables)
        return defined and self._agrees(other, consistent=True)

    def _is_same_vector(self, other: Term) -> bool:
        if not isinstance(other, Vector) or not isinstance(self.term, Vector):
            return False
        pairs = zip(self.term.items, other.items, strict=False)
        return len(self.term.items) == len(other.items) and all(
            Response(one, self._glossary, self._vocabulary, self._key).is_same(item)
            for one, item in pairs
        )

    def _agrees(self, other: Term, *, consistent: bool) -> bool:
        found = 0
        for place in self._places(other, consistent=consistent):
            if place.value is None:
                continue
            try:
                value, _ = place.point.evaluate(other, place.letters, limits.UNBOUNDED)
            except Fault:
                continue
            if not agree(value, place.value):
                return False
            found += 1
        if found < FEWEST:
            raise Fault("no-value", "this formula has no value that could be compared")
        return True

    def _places(self, other: Term, *, consistent: bool) -> list[_Place]:
        """The points, with the response's values at them, which are computed once."""
        padded = frozenset(
            one.name for one in walk(other) if isinstance(one, Symbol) and one.padded
        )
        if (consistent, padded) not in self._points:
            places = self._drawn(consistent, padded)
            self._points[consistent, padded] = [self._valued(place) for place in places]
        return self._points[consistent, padded]

    def _valued(self, place: _Place) -> _Place:
        try:
            value, self._steps = place.point.evaluate(self.term, place.letters, self._steps)
        except Fault:
            return place
        return _Place(place.point, place.letters, value)

    def _drawn(self, consistent: bool, padded: frozenset[str]) -> Iterator[_Place]:
        components = list(self._components())
        for number in range(max(CONSISTENT if consistent else FREE, len(components))):
            point = Point(
                f"{self._key}\0{number}",
                self._glossary,
                consistent=consistent,
                signed=number % 2 == 0,
                padded=padded,
            )
            letters = {
                letter: point.whole(letter, size)
                for letter, size in self._vocabulary.letters.items()
            }
            yield _Place(point, MappingProxyType(letters | components[number % len(components)]))

    def _components(self) -> Iterator[dict[str, int]]:
        """Values of the letters that stay open: all, or some that lie far apart."""
        names = [name for name, _ in self._glossary.free]
        every = list(product(*(range(1, size + 1) for _, size in self._glossary.free)))
        step = max(1, -(-(len(every) - 1) // (MOST - 1)))
        for at in dict.fromkeys([*every[::step], every[-1]]):
            yield dict(zip(names, at, strict=True))


class _Place:
    """A point with the values of its letters, and the response's value there if it has one."""

    __slots__ = ("letters", "point", "value")

    def __init__(
        self, point: Point, letters: Mapping[str, Value], value: Value | None = None
    ) -> None:
        self.point, self.letters, self.value = point, letters, value


def agree(one: Value, other: Value) -> bool:
    """Whether two numbers are the same; irrational ones in 30 digits."""
    if not isinstance(one, Real) and not isinstance(other, Real):
        return one == other
    left, right = rational(one, "a value"), rational(other, "a value")
    return abs(left - right) <= AGREEING * max(Fraction(1), abs(left), abs(right))
