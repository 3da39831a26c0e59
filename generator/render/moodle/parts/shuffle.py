"""An order that depends on nothing but the variant, and tells nothing."""

from __future__ import annotations

from hashlib import blake2b

from generator.render.moodle.gaps import Option, Part


def shuffled(part: Part, options: list[Option]) -> tuple[Option, ...]:
    """The options by a keyed hash of their position: the same in every run and on every machine.

    Moodle shuffles again for each attempt, unless the quiz forbids it; then this order is seen.
    """

    def rank(position: int) -> bytes:
        text = f"{part.label}/{position}"
        return blake2b(text.encode(), key=part.code.encode()[:64], digest_size=8).digest()

    return tuple(options[position] for position in sorted(range(len(options)), key=rank))
