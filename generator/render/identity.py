"""What was made of texts, found again by their identity.

Texts that all variants of a problem share are the same objects in all of them, and hashing a text
takes longer than writing it down.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

T = TypeVar("T")


class ByIdentity(Generic[T]):
    """A function of a text, and perhaps of a few words, that remembers `size` results.

    When there are more it begins anew: what is often asked for is soon there again.
    """

    def __init__(self, size: int, make: Callable[..., T]) -> None:
        self._size, self._make = size, make
        self._kept: dict[tuple[Hashable, ...], tuple[object, T]] = {}

    def __call__(self, text: object, *words: Hashable) -> T:
        """What the function gives."""
        key = (id(text), *words)
        found = self._kept.get(key)
        if found is None:
            if len(self._kept) >= self._size:
                self._kept.clear()
            found = self._kept[key] = (text, self._make(text, *words))  # what is kept keeps its id
        return found[1]
