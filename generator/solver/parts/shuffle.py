"""Orders that depend on the problem's id, the variant and the texts themselves, and on nothing
else: not on which of them is right, nor on what stands in other parts.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b

from generator.model.solution import Wording
from generator.model.source import Source
from generator.solver.case import Case


def order(texts: Sequence[Wording], case: Case, salt: str = "") -> tuple[int, ...]:
    """The positions of the texts, by the digest of each, keyed by the variant and `salt`."""
    key = blake2b(f"{case.context.problem.identity}\0{case.index}\0{salt}".encode()).digest()

    def digest(position: int) -> bytes:
        return blake2b(_text(texts[position]).encode(), key=key, digest_size=16).digest()

    return tuple(sorted(range(len(texts)), key=digest))


def turn(case: Case, salt: str, count: int) -> int:
    """A number from 0 to `count - 1`, each in as many variants as any other."""
    text = f"{case.context.problem.identity}\0{case.index}\0{salt}"
    return int.from_bytes(blake2b(text.encode(), digest_size=16).digest()) % count


def _text(wording: Wording) -> str:
    return wording.text if isinstance(wording, Source) else wording
