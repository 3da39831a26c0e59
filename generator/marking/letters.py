"""Letters and numbers that stand for options, sides and items: ``B``, ``(a)``, ``A, C``, ``AC``."""

from __future__ import annotations

import re

from generator.language.faults import Fault
from generator.model.part import option_letter

_FILLING = frozenset(
    {"and", "or", "option", "options", "answer", "answers", "und", "et", "y", "is"}
)
_PIECE = re.compile(r"[A-Za-z]+|[0-9]+|[^\sA-Za-z0-9]")
_BETWEEN = frozenset(",;.:()[]{}&+-–—>=→'\"*/")


def places(text: str, count: int) -> tuple[int, ...]:
    """The places, from 0, that a response names among `count` lettered ones, in its order.

    Numbers from 1 stand for the same places. Raises Fault for anything else.
    """
    found: list[int] = []
    for piece in _PIECE.findall(text):
        if piece in _BETWEEN or piece.casefold() in _FILLING:
            continue
        found += _named(piece, count)
    if not found:
        raise Fault("letters", "no letter is named", f"write one of {listed(count)}")
    return tuple(found)


def _named(piece: str, count: int) -> list[int]:
    """One letter or number; several small letters run together are one each."""
    if not (piece.isascii() and piece.isalnum()):
        found = [-1]
    elif piece.isdigit():
        place = int(piece) - 1 if len(piece) < 4 else -1
        found = [place]
    else:
        found = [_place(piece)] if _place(piece) < count else [_place(one) for one in piece]
    if not all(0 <= place < count for place in found):
        raise Fault("letters", f"`{piece[:20]}` is none of {listed(count)}", "write its letter")
    return found


def _place(letters: str) -> int:
    """A, B, …, Z, AA, … as 0, 1, …"""
    place = 0
    for letter in letters.upper()[:4]:
        place = place * 26 + ord(letter) - ord("A") + 1
    return place - 1


def listed(count: int) -> str:
    """``A to E``."""
    return f"{option_letter(0)} to {option_letter(count - 1)}"
