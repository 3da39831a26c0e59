"""An endless sequence of strata in which each has its share everywhere.

Among the first n places each stratum of share w has more than ``n w - 1`` and fewer than
``n w + 1``: the quota method of apportionment (M. Balinski and H. P. Young, "The quota method of
apportionment", American Mathematical Monthly 82, 1975) gives the next place to the stratum with
the largest ``w / (c + 1)``, c being its places so far, among those that would not exceed their
quota rounded up. With shares of a common denominator D the sequence repeats after D places, so
that any place, and the count before it, are found at once.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache
from math import gcd

LONGEST = 1_000
"""The largest period: a common denominator of shares."""


class Schedule:
    """The sequence for these weights, all positive.

    It may begin at several places of its period without breaking its promise; `turn`, any number,
    picks one of them, so that the first place is not the same for everybody.
    """

    __slots__ = ("_places", "_weights", "_word", "turns")

    def __init__(self, weights: Sequence[int], turn: int = 0) -> None:
        divisor = gcd(*weights)
        self._weights = tuple(weight // divisor for weight in weights)
        word, starts = _quota(self._weights), _starts(self._weights)
        self.turns = len(starts)
        """How many turns there are that differ."""
        start = starts[turn % len(starts)]
        self._word = word[start:] + word[:start]
        self._places = tuple(
            [place for place, chosen in enumerate(self._word) if chosen == member]
            for member in range(len(weights))
        )

    def __getitem__(self, place: int) -> int:
        """The member at this place, counted from 0."""
        return self._word[place % len(self._word)]

    def count(self, member: int, length: int) -> int:
        """How many of the first `length` places are the member's."""
        rounds, rest = divmod(length, len(self._word))
        return rounds * self._weights[member] + bisect_left(self._places[member], rest)

    def longest(self, most: Sequence[int]) -> int:
        """How many places can be filled until a member would have more than its `most`."""
        return min(
            limit // weight * len(self._word) + places[limit % weight]
            for limit, weight, places in zip(most, self._weights, self._places, strict=True)
        )


@lru_cache(maxsize=100)
def _quota(weights: tuple[int, ...]) -> tuple[int, ...]:
    period = sum(weights)
    counts = [0] * len(weights)
    word: list[int] = []
    for length in range(1, period + 1):
        below = [m for m, weight in enumerate(weights) if counts[m] * period < length * weight]
        chosen = max(below, key=lambda m: Fraction(weights[m], counts[m] + 1))
        counts[chosen] += 1
        word.append(chosen)
    return tuple(word)


@lru_cache(maxsize=100)
def _starts(weights: tuple[int, ...]) -> tuple[int, ...]:
    """Where the sequence may begin: everywhere later, counts are off by less than one."""
    word = _quota(weights)
    period = len(word)
    off = [0] * len(weights)
    trail: list[tuple[int, ...]] = []
    for chosen in word:
        trail.append(tuple(off))
        off = [entry - weight for entry, weight in zip(off, weights, strict=True)]
        off[chosen] += period
    columns = list(zip(*trail, strict=True))
    least, most = list(map(min, columns)), list(map(max, columns))
    return tuple(
        place
        for place, here in enumerate(trail)
        if all(
            high - own < period and own - low < period
            for own, low, high in zip(here, least, most, strict=True)
        )
    )
