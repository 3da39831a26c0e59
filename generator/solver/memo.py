"""What was made of something, remembered by identity or by value, and no more than so much."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")

_KEPT = 4096


class Memo(Generic[K, V]):
    """Remembers a bounded number of results. Equal objects are taken for different ones.

    It serves values that are shared between variants and costly to hash, such as derivations.
    """

    def __init__(self) -> None:
        self._results: dict[int, tuple[K, V]] = {}

    def clear(self) -> None:
        """Forget everything."""
        self._results.clear()

    def of(self, key: K, make: Callable[[K], V]) -> V:
        """What `make` makes of `key`, which must always be the same."""
        known = self._results.get(id(key))
        if known is not None:  # the key is kept alive with the result, so its id is still its own
            return known[1]
        if len(self._results) >= _KEPT:
            self._results.clear()
        result = make(key)
        self._results[id(key)] = (key, result)
        return result


class Table(Generic[V]):
    """Remembers a bounded number of results. Equal keys stand for one another.

    A key whose numbers could be equal and yet mean another thing (1 and true) names their types.
    """

    def __init__(self) -> None:
        self._results: dict[Hashable, V] = {}

    def clear(self) -> None:
        """Forget everything."""
        self._results.clear()

    def get(self, key: Hashable) -> V | None:
        """What was made of `key`, unless it was forgotten."""
        return self._results.get(key)

    def keep(self, key: Hashable, result: V) -> V:
        """Remember the result, which it returns."""
        if len(self._results) >= _KEPT:
            self._results.clear()
        self._results[key] = result
        return result
