"""The order in which a seed deals a problem's variants, with the shares that its strata ask for.

Draws are taken from both ends: paper takes 0, 1, 2, …, practice takes N-1, N-2, …. Both ends follow
a schedule, which says from which stratum each draw comes; a stratum deals its own variants by its
own permutation, from the front for paper, from the back for practice. So every variant is dealt
once, and any draw is found without those before it.

Once a stratum cannot give both ends their share any longer, another phase begins in which the
others share by their own proportions, and so on. `held` says how long the first phase is: up to
there the shares hold. Strata without a share come when all others are used up.

A problem without strata has one, and its k-th draw is the permuted k.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import lcm
from typing import Protocol

from generator.model.dataclass import dataclass
from generator.variants.permutation import Permutation, keyed_number
from generator.variants.schedule import Schedule


class Part(Protocol):
    """What a `Stratum` is to a deal."""

    @property
    def share(self) -> Fraction:
        """Which share of the draws it is to have."""

    @property
    def size(self) -> int:
        """How many variants it has."""

    def index(self, number: int) -> int:
        """The index of its variant with this number."""

    def column(self, numbers: Sequence[int]) -> Sequence[int]:
        """The indices of its variants with these numbers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Phase:
    """Draws by one schedule: `lengths` at the front and at the back.

    `members` are the strata that share; `used` says how many variants of each of these were dealt
    before, at either end.
    """

    schedule: Schedule
    members: tuple[int, ...]
    lengths: tuple[int, int]
    used: tuple[tuple[int, ...], tuple[int, ...]]


class Deal:
    """Called with k it gives the index of the k-th variant dealt, for 0 <= k < `size`.

    `column` gives those of many, computed together.
    """

    __slots__ = ("_front", "_parts", "_permutations", "_phases", "_turn", "size")

    def __init__(self, seed: int, key: str, parts: Sequence[Part]) -> None:
        self.size = sum(part.size for part in parts)
        self._parts = tuple(parts)
        keys = [key] if len(parts) == 1 else [f"{key}/{number}" for number in range(len(parts))]
        self._permutations = tuple(
            Permutation(seed, own, part.size) for own, part in zip(keys, parts, strict=True)
        )
        self._turn = keyed_number(seed, key)
        self._phases = self._planned()
        self._front = sum(phase.lengths[0] for phase in self._phases)

    @property
    def held(self) -> tuple[int, int]:
        """For how many draws the shares hold: from the front, and from the back."""
        return self._phases[0].lengths

    def __call__(self, k: int) -> int:
        """The index dealt at place `k`; raises IndexError if there is no such place."""
        number, at = self._draw(k)
        return self._parts[number].index(self._permutations[number](at))

    def column(self, places: Sequence[int]) -> list[int]:
        """The indices dealt at these places, in their order."""
        found = dict.fromkeys(places, 0)
        draws: dict[int, dict[int, int]] = {}
        for k in found:
            number, at = self._draw(k)
            draws.setdefault(number, {})[k] = at
        for number, own in draws.items():
            numbers = self._permutations[number].column([*own.values()])
            found.update(zip(own, self._parts[number].column(numbers), strict=True))
        return [found[k] for k in places]

    def _draw(self, k: int) -> tuple[int, int]:
        """The stratum that the draw at place `k` comes from, and which of its draws that is."""
        if not 0 <= k < self.size:
            raise IndexError(f"there are {self.size} draws, numbered from 0")
        end, place = (0, k) if k < self._front else (1, self.size - 1 - k)
        for phase in self._phases:
            if place < phase.lengths[end]:
                member = phase.schedule[place]
                number = phase.members[member]
                draw = phase.used[end][member] + phase.schedule.count(member, place)
                return number, draw if end == 0 else self._parts[number].size - 1 - draw
            place -= phase.lengths[end]
        raise AssertionError("the phases take in all draws")

    def _planned(self) -> tuple[_Phase, ...]:
        used = ([0] * len(self._parts), [0] * len(self._parts))
        phases: list[_Phase] = []
        while members := self._sharing(used):
            schedule = Schedule(_weights([self._parts[m] for m in members]), self._turn)
            left = [self._left(used, member) for member in members]
            front, back = lengths = _lengths(schedule, left)
            before = (tuple(used[0][m] for m in members), tuple(used[1][m] for m in members))
            phase = _Phase(schedule=schedule, members=members, lengths=lengths, used=before)
            phases.append(phase)
            for place, member in enumerate(members):
                used[0][member] += schedule.count(place, front)
                used[1][member] += schedule.count(place, back)
        return tuple(phases)

    def _left(self, used: tuple[list[int], list[int]], number: int) -> int:
        return self._parts[number].size - used[0][number] - used[1][number]

    def _sharing(self, used: tuple[list[int], list[int]]) -> tuple[int, ...]:
        """The strata that have variants left: those with a share, after them those without."""
        some = tuple(n for n in range(len(self._parts)) if self._left(used, n))
        return tuple(number for number in some if self._parts[number].share) or some


def held(parts: Sequence[Part]) -> tuple[int, int]:
    """For how many draws the shares hold whatever the seed: from the front, and from the back."""
    sharing = [part for part in parts if part.share] or parts
    weights, sizes = _weights(sharing), [part.size for part in sharing]
    turns = range(Schedule(weights).turns)
    found = [_lengths(Schedule(weights, turn), sizes) for turn in turns]
    return min(front for front, _ in found), min(back for _, back in found)


def _lengths(schedule: Schedule, left: Sequence[int]) -> tuple[int, int]:
    """How long both ends can follow a schedule whose members have so many variants left."""
    back = schedule.longest([count // 2 for count in left])
    given = [schedule.count(place, back) for place in range(len(left))]
    return schedule.longest([a - b for a, b in zip(left, given, strict=True)]), back


def _weights(parts: Sequence[Part]) -> list[int]:
    """Whole numbers in proportion to the shares; parts without shares have equal ones."""
    shares = [part.share or Fraction(1) for part in parts]
    return [int(share * lcm(*(other.denominator for other in shares))) for share in shares]
