"""Numbers and words as a careful author sets them: nothing trivial, nothing ungrammatical."""

from __future__ import annotations

from collections.abc import Iterable

from generator.solver.models.conv.window import AXES

SIDES = {"width": "a row", "height": "a column", "depth": "a line through the depth"}
"""What a window slides along."""


def times(*factors: int | str) -> str:
    r"""``20 \times 5``: the product in LaTeX, without factors of 1."""
    kept = [str(factor) for factor in factors if factor not in (1, "")]
    return r" \times ".join(kept) or "1"


def by(extents: Iterable[int]) -> str:
    r"""``5 \times 5``: extents in LaTeX, each of them."""
    return r" \times ".join(map(str, extents))


def several(count: int, noun: str) -> str:
    """``1 filter``, ``20 filters``."""
    return f"{count} {noun if count == 1 else plural(noun)}"


def plural(noun: str) -> str:
    """The plural of the nouns that are used here: ``biases``, ``entries``, ``filters``."""
    if noun.endswith("s"):
        return f"{noun}es"
    return f"{noun[:-1]}ies" if noun.endswith("ry") else f"{noun}s"


def listed(words: Iterable[str]) -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last


def axes(count: int) -> tuple[str, ...]:
    """The names of so many axes: ``("height", "width")``."""
    return AXES[-count:]


def sum_of(terms: Iterable[str]) -> str:
    """``a + b``; a lone term as it is."""
    return " + ".join(terms)
