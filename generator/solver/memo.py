"""What was made of an object, remembered by the object's identity."""

from __future__ import annotations

from collections.abc import Callable
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
