"""A domain without some of its values; what is left is numbered without gaps."""

from __future__ import annotations

from itertools import zip_longest
from typing import Any

import numpy as np

from generator.language.columns import pack
from generator.language.expression import Expression
from generator.model.dataclass import dataclass
from generator.model.value import Value
from generator.variants.axes import Axis, Env, by_combination


@dataclass(frozen=True, slots=True, kw_only=True)
class ExceptAxis:
    """`ExceptDomain`: the axis `inner` without the values that `excluded` gives.

    An excluded vector stands for itself and for its entries: ``except: pair`` leaves out both.
    """

    inner: Axis
    excluded: tuple[Expression, ...]

    @property
    def bounds(self) -> tuple[Expression, ...]:
        """Those of the inner axis, and what is excluded."""
        return (*self.inner.bounds, *self.excluded)

    @property
    def names(self) -> frozenset[str]:
        """What all of them mention."""
        return self.inner.names.union(*(expression.names for expression in self.excluded))

    def sizes(self, env: Env) -> Any:
        """How many values are left."""
        holes = by_combination(env, self.names, self._holes)
        if isinstance(holes, tuple):
            return self.inner.sizes(env) - len(holes)
        sizes = np.broadcast_to(self.inner.sizes(env), len(holes)).tolist()
        return pack(size - len(mine) for size, mine in zip(sizes, holes, strict=True))

    def at(self, index: Any, env: Env) -> object:
        """The value with this number among those left: each hole before it counts one more."""
        holes = by_combination(env, self.names, self._holes)
        if isinstance(holes, tuple):
            for hole in holes:
                index = index + (index >= hole)
            return self.inner.at(index, env)
        for column in zip_longest(*holes, fillvalue=None):
            there = np.array([hole is not None for hole in column])
            at = pack(0 if hole is None else hole for hole in column)
            index = index + (there & (index >= at))
        return self.inner.at(index, env)

    def position(self, value: Value, env: Env) -> int | None:
        """The number of the value without the holes before it."""
        place = self.inner.position(value, env)
        holes = self._holes(env)
        if place is None or place in holes:
            return None
        return place - sum(hole < place for hole in holes)

    def _holes(self, env: Env) -> tuple[int, ...]:
        """The numbers, on the inner axis, of what is left out, rising."""
        values = (expression.evaluate(env) for expression in self.excluded)
        asked = [one for value in values for one in (value, *_entries(value))]
        places = (self.inner.position(value, env) for value in asked)  # type: ignore[arg-type]  # any value has a place or none
        return tuple(sorted({place for place in places if place is not None}))


def _entries(value: object) -> tuple[object, ...]:
    return value if isinstance(value, tuple) else ()
