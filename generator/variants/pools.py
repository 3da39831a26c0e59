"""Pools that depend on other parameters, and what is taken out of a pool.

Selections are numbered in lexicographic order of the places that their members have in the pool:
ordered ones by their Lehmer code, unordered ones in the combinatorial number system.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import comb, perm
from typing import Any

import numpy as np

from generator.language.arithmetic import kind
from generator.language.columns import height, pack, rows, unpack
from generator.language.expression import Expression
from generator.language.faults import Fault
from generator.model.dataclass import dataclass
from generator.model.value import Record, Value
from generator.variants.axes import Axis, Env, by_key, identity, refused_at


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolAxis:
    """`ValuesDomain` with an expression: the different entries of the vector that it gives."""

    expression: Expression

    @property
    def bounds(self) -> tuple[Expression, ...]:
        """The expression."""
        return (self.expression,)

    @property
    def names(self) -> frozenset[str]:
        """What it mentions."""
        return self.expression.names

    def sizes(self, env: Env) -> Any:
        """How many different entries there are."""
        pools = self._pools(env)
        return len(pools) if isinstance(pools, tuple) else pack(map(len, pools))

    def at(self, index: Any, env: Env) -> object:
        """The entry there, counted from 0."""
        pools = self._pools(env)
        if isinstance(pools, tuple) and not isinstance(index, np.ndarray):
            return pools[index]
        places = index.tolist() if isinstance(index, np.ndarray) else [index] * len(pools)
        chosen = [pools] * len(places) if isinstance(pools, tuple) else pools
        return unpack(pack(pool[place] for pool, place in zip(chosen, places, strict=True)))

    def position(self, value: Value, env: Env) -> int | None:
        """Where the value stands among the different entries."""
        known = [identity(entry) for entry in self._pools(env)]
        wanted = identity(value)
        return known.index(wanted) if wanted in known else None

    def _pools(self, env: Env) -> Any:
        """The different entries, as a tuple, or a list with those in each row of columns."""
        mine = {name: env[name] for name in self.names}
        size = height(tuple(mine.values()))
        value = self.expression.evaluate(mine)
        if size is None:
            return self._different(value)
        known: dict[object, tuple[Value, ...]] = {}
        found: list[tuple[Value, ...]] = []
        for row in rows(value, size):
            key = identity(row)
            if key not in known:
                known[key] = self._different(row)
            found.append(known[key])
        return found

    def _different(self, found: object) -> tuple[Value, ...]:
        if not isinstance(found, tuple):
            message = f"a list of values is needed here, not {kind(found)}"
            raise refused_at(self.expression, Fault("wrong-type", message, "such as `[n, 2*n]`"))
        strange = next((entry for entry in found if not _is_value(entry)), None)
        if strange is not None:
            message = f"a value of a parameter is exact, and this list has {kind(strange)}"
            raise refused_at(self.expression, Fault("wrong-type", message))
        return tuple({identity(entry): entry for entry in found}.values())


def _is_value(value: object) -> bool:
    if isinstance(value, tuple):
        return all(map(_is_value, value))
    return isinstance(value, bool | int | Fraction | str | Record)


@dataclass(frozen=True, slots=True, kw_only=True)
class SelectionAxis:
    """`count` different members of a pool (None: all), in every order or in the pool's."""

    pool: Axis
    count: int | None
    ordered: bool = True

    @property
    def bounds(self) -> tuple[Expression, ...]:
        """Those of the pool."""
        return self.pool.bounds

    @property
    def names(self) -> frozenset[str]:
        """Those of the pool."""
        return self.pool.names

    def sizes(self, env: Env) -> Any:
        """``n! / (n - k)!`` for `k` of `n`, or ``n! / (n - k)! k!`` if the order does not count."""
        members = self.pool.sizes(env)
        if isinstance(members, np.ndarray):
            return pack(map(self._size, members.tolist()))
        return self._size(members)

    def at(self, index: Any, env: Env) -> object:
        """The selection with this number."""
        members = self.pool.sizes(env)
        if isinstance(members, np.ndarray):
            return by_key(members.tolist(), index, env, self._selection)
        return self._selection(members, index, env)

    def position(self, value: Value, env: Env) -> int | None:
        """The number of the selection."""
        members = self.pool.sizes(env)
        if not isinstance(value, tuple) or len(value) != self._count(members):
            return None
        picks = (self.pool.position(entry, env) for entry in value)
        known = [pick for pick in picks if pick is not None]
        if len({*known}) < len(value) or not (self.ordered or known == sorted(known)):
            return None
        return _number_of_order(known, members) if self.ordered else _rank(known, members)

    def _size(self, members: int) -> int:
        return (perm if self.ordered else comb)(members, self._count(members))

    def _count(self, members: int) -> int:
        return members if self.count is None else self.count

    def _selection(self, members: int, index: Any, env: Env) -> tuple[object, ...]:
        picks = _order if self.ordered else _subset
        return tuple(
            self.pool.at(pick, env) for pick in picks(index, members, self._count(members))
        )


# --- numbers and places ------------------------------------------------------------------------


def _order(index: Any, members: int, count: int) -> list[Any]:
    """The places of an ordered selection: its Lehmer code to the falling base ``n, n-1, ...``."""
    picks: list[Any] = []
    for place in reversed(range(count)):
        base = members - place
        picks.insert(0, index % base)
        index = index // base
        # A digit counts the members still free; it skips those that stand before it.
        picks[1:] = [later + (later >= picks[0]) for later in picks[1:]]
    return picks


def _number_of_order(picks: Sequence[int], members: int) -> int:
    index = 0
    for place, pick in enumerate(picks):
        digit = pick - sum(earlier < pick for earlier in picks[:place])
        index = index * (members - place) + digit
    return index


def _subset(index: Any, members: int, count: int) -> list[Any]:
    """The places of an unordered selection, rising; of a column each number is taken once."""
    if not isinstance(index, np.ndarray):
        return _combination(index, members, count)
    numbers, which = np.unique(index, return_inverse=True)
    found = [_combination(int(number), members, count) for number in numbers.tolist()]
    table = np.array(found, dtype=np.int64).reshape(len(numbers), count)
    return [table[which, place] for place in range(count)]


def _combination(index: int, members: int, count: int) -> list[int]:
    picks: list[int] = []
    for place in range(members):
        missing = count - len(picks)
        if not missing:
            break
        with_it = comb(members - place - 1, missing - 1)
        if index < with_it:
            picks.append(place)
        else:
            index -= with_it
    return picks


def _rank(picks: Sequence[int], members: int) -> int:
    """How many combinations stand before this one: those with a smaller first difference."""
    index, start = 0, 0
    for place, pick in enumerate(picks):
        missing = len(picks) - place
        index += sum(comb(members - other - 1, missing - 1) for other in range(start, pick))
        start = pick + 1
    return index
