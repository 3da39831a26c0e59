"""The order in which a seed deals a problem's variants: a keyed permutation of ``range(N)``.

A Feistel network permutes the pairs ``(l, r)`` of ``Z_a x Z_b``: each round adds a keyed hash of
one half to the other, which can be undone. With ``a = ceil(sqrt(N))`` and ``b = ceil(N / a)`` there
are at least N pairs and fewer than ``N + a``; a number that lands at N or above is permuted again
until it lands below ("cycle walking"), which restricts the permutation to ``range(N)``. Both are
methods of J. Black and P. Rogaway, "Ciphers with Arbitrary Finite Domains", CT-RSA 2002.

Nothing is needed but the key, so N may have a thousand digits, and the k-th draw needs none of
those before it. The key is made of the seed and the problem's id alone. A column of draws goes
through the rounds together; where the halves are small, their hashes are kept, since they recur.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b
from math import isqrt
from typing import Any

import numpy as np

from generator.model.variant import Column

ROUNDS = 16
"""Four rounds already hide the order of large domains (Luby and Rackoff, 1988); NIST's FF1 takes
ten. Tiny domains need more to mix: after 16 rounds each of the 24 orders of 4 variants has its
share within 0.01 %, and all 720 orders of 6 are, together, within 0.6 % of theirs (total
variation, counted exactly)."""

_KEPT = 1 << 14
"""Halves below this have their hashes kept: up to 2 MB, for a space of up to 268 million."""

_SPARE = 16
"""Bytes of hash beyond the length of the modulus: its remainder is even but for 2**-128."""


class Permutation:
    """The permutation of ``range(size)`` that belongs to a seed and a problem.

    Called with k it gives the index of the k-th variant dealt, `column` those of many;
    `inverse` leads back. All raise IndexError outside ``range(size)``.
    """

    __slots__ = ("_a", "_b", "_key", "_known", "size")

    def __init__(self, seed: int, problem_id: str, size: int) -> None:
        if size < 1:
            raise ValueError(f"there is no permutation of {size} variants")
        self.size = size
        self._a = isqrt(size - 1) + 1
        self._b = -(-size // self._a)
        self._key = _key(seed, problem_id)
        self._known: dict[int, Column] = {}

    def __call__(self, k: int) -> int:
        """The index dealt at place `k`."""
        value: int = self._forth(self._checked(k))
        while value >= self.size:
            value = self._forth(value)
        return value

    def column(self, places: Sequence[int]) -> list[int]:
        """The indices dealt at these places, in their order."""
        if self._a > _KEPT or not places:
            return list(map(self, places))
        self._checked(min(places)), self._checked(max(places))
        values = self._forth(np.array(places, dtype=np.int64))
        while len(beyond := np.flatnonzero(values >= self.size)):
            values[beyond] = self._forth(values[beyond])
        found: list[int] = values.tolist()
        return found

    def inverse(self, index: int) -> int:
        """The place at which `index` is dealt."""
        value = self._back(self._checked(index))
        while value >= self.size:
            value = self._back(value)
        return value

    def _checked(self, number: int) -> int:
        if not 0 <= number < self.size:
            raise IndexError("a permutation's argument is at least 0 and less than its size")
        return number

    def _forth(self, value: Any) -> Any:
        """Of a number, or of each number of a column."""
        left, right = divmod(value, self._b)
        for number in range(0, ROUNDS, 2):
            left = (left + self._hash(number, right, self._a)) % self._a
            right = (right + self._hash(number + 1, left, self._b)) % self._b
        return left * self._b + right

    def _back(self, value: int) -> int:
        left, right = divmod(value, self._b)
        for number in range(ROUNDS - 2, -1, -2):
            right = (right - self._hash(number + 1, left, self._b)) % self._b
            left = (left - self._hash(number, right, self._a)) % self._a
        return left * self._b + right

    def _hash(self, number: int, half: Any, modulus: int) -> Any:
        """An even number below `modulus`, keyed by the round and by one half (or each of many)."""
        if not isinstance(half, np.ndarray):
            return self._hashed(number, half, modulus)
        known = self._known.get(number)
        if known is None:  # a half is below `_a`, as `_b` is no larger
            known = self._known[number] = np.full(self._a, -1)
        for one in {*half[known[half] < 0].tolist()}:
            known[one] = self._hashed(number, one, modulus)
        return known[half]

    def _hashed(self, number: int, half: int, modulus: int) -> int:
        length = (modulus.bit_length() + 7) // 8 + _SPARE
        text = number.to_bytes(1, "big") + _bytes(half)
        digest = b"".join(
            blake2b(text + block.to_bytes(4, "big"), key=self._key).digest()
            for block in range(-(-length // blake2b.MAX_DIGEST_SIZE))
        )
        return int.from_bytes(digest[:length], "big") % modulus


def keyed_number(seed: int, problem_id: str) -> int:
    """A number of 64 bits that belongs to a seed and a problem, for small choices."""
    digest = blake2b(b"turn", key=_key(seed, problem_id), digest_size=8).digest()
    return int.from_bytes(digest, "big")


def _key(seed: int, problem_id: str) -> bytes:
    """64 bytes that differ between seeds and between problems."""
    name = problem_id.encode()
    text = len(name).to_bytes(8, "big") + name + _bytes(seed)
    return blake2b(text, person=b"gen-quiz deal").digest()


def _bytes(number: int) -> bytes:
    """Any integer in two's complement; different integers give different bytes."""
    return number.to_bytes(number.bit_length() // 8 + 1, "big", signed=True)
