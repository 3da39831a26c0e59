r"""Patterns of short texts: what a typed answer may look like.

A pattern is a text in which ``*`` stands for any characters, or none; ``\*`` is a star. Nothing
else has a meaning, as in Moodle's short answers, and a pattern is matched in time proportional to
the product of both lengths at worst. White space at the ends does not count, and any other is as
good as one blank.
"""

from __future__ import annotations

import re
from unicodedata import normalize

ANY = "*"
ESCAPED = r"\*"
_BEYOND = "\N{REPLACEMENT CHARACTER}"
"""What no pattern and no response has: a stand-in for "anything" that only a ``*`` takes in."""


def literal(text: str) -> str:
    """The pattern that only this text fits."""
    return text.replace(ANY, ESCAPED)


def pieces(pattern: str) -> tuple[str, ...]:
    r"""The texts between its stars; a single one where it has none. A written ``\*`` is a star."""
    return tuple(piece.replace(ESCAPED, ANY) for piece in re.split(r"(?<!\\)\*", _tidy(pattern)))


def is_open(pattern: str) -> bool:
    """Whether it has a ``*`` that stands for anything."""
    return len(pieces(pattern)) > 1


def shown(pattern: str) -> str:
    """The pattern for people: ``…`` where anything may stand."""
    return "…".join(pieces(pattern))


def fits(text: str, pattern: str, *, case: bool) -> bool:
    """Whether a response fits; `case` tells capital letters from small ones."""
    text = _tidy(text).replace(_BEYOND, "?")
    return _fits(_folded(text, case), [_folded(piece, case) for piece in pieces(pattern)])


def covers(wide: str, narrow: str, *, case: bool) -> bool:
    """Whether whatever fits `narrow` fits `wide` too."""
    text = _BEYOND.join(pieces(narrow))
    return _fits(_folded(text, case), [_folded(piece, case) for piece in pieces(wide)])


def _fits(text: str, found: list[str]) -> bool:
    """Whether the text has these pieces in this order, the first and the last at its ends.

    Between the ends the first place that a piece has is as good as any.
    """
    first, *others = found
    if not others:
        return text == first
    *between, last = others
    if not text.startswith(first):
        return False
    place = len(first)
    for piece in between:
        place = text.find(piece, place)
        if place < 0:
            return False
        place += len(piece)
    return len(text) - len(last) >= place and text.endswith(last)


def _tidy(text: str) -> str:
    return " ".join(normalize("NFC", text).split())


def _folded(text: str, case: bool) -> str:
    return text if case else text.casefold()
