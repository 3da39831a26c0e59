"""Where lines of Chinese and Japanese may end: between any two characters, but for some signs.

There are no blanks between words; instead no line begins with a closing sign or ends with an
opening one ("Requirements for Chinese Text Layout", W3C, 3.1.3).
"""

from __future__ import annotations

import unicodedata
from itertools import pairwise

_NOT_FIRST = frozenset(
    "、。，．：；！？…‥・％‰°′″’”）〕］｝〉》」』】〗〙〛,.:;!?%)]}»›ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ"
)
_NOT_LAST = frozenset("‘“（〔［｛〈《「『【〖〘〚￥＄([{«‹")


def is_wide(character: str) -> bool:
    """Whether a character is as wide as it is high: an ideograph, kana, or a sign made for them."""
    return character >= "\u1100" and unicodedata.east_asian_width(character) in ("W", "F")


def pieces(word: str) -> tuple[str, ...]:
    """A stretch without blanks, divided wherever a line may end beside a wide character."""
    if word.isascii() or not any(map(is_wide, word)):
        return (word,)
    found = [word[0]]
    for before, after in pairwise(word):
        if _may_part(before, after):
            found.append(after)
        else:
            found[-1] += after
    return tuple(found)


def _may_part(before: str, after: str) -> bool:
    if not (is_wide(before) or is_wide(after)):
        return False
    return after not in _NOT_FIRST and before not in _NOT_LAST and not unicodedata.combining(after)
