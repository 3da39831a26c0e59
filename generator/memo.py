"""What was made of something, remembered by identity or by value, and no more than so much."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")

_KEPT = 4096


class Memo(Generic[K, V]):
    """Remembers `size` results. Equal objects are taken for different ones.

    It serves values that are shared between variants and costly to hash, such as derivations. When
    there are more it begins anew: what is often asked for is soon there again.
    """

    def __init__(self, size: int = _KEPT) -> None:
        self._size = size
        self._results: dict[Hashable, tuple[K, V]] = {}

    def clear(self) -> None:
        """Forget everything."""
        self._results.clear()

    def of(self, key: K, make: Callable[..., V], *words: Hashable) -> V:
        """What `make` makes of `key` and of a few words; it must always be the same."""
        place = (id(key), *words) if words else id(key)
        known = self._results.get(place)
        if known is not None:  # the key is kept alive with the result, so its id is still its own
            return known[1]
        if len(self._results) >= self._size:
            self._results.clear()
        result = make(key, *words)
        self._results[place] = (key, result)
        return result


class ByIdentity(Generic[V]):
    """A function of an object, and perhaps of a few words, that remembers `size` results."""

    def __init__(self, size: int, make: Callable[..., V]) -> None:
        self._make = make
        self._memo: Memo[object, V] = Memo(size)

    def __call__(self, key: object, *words: Hashable) -> V:
        """What the function gives."""
        return self._memo.of(key, self._make, *words)


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
