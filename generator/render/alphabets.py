"""Letters in the alphabets of mathematics: bold, script, fraktur and so on, as Unicode has them.

MathML Core knows no style of letters but upright and italic; all others are characters of their
own (``𝐱``, ``ℝ``). Which ones they are, Unicode's names and decompositions tell.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from itertools import chain

_STYLES = {
    "bold": "BOLD",
    "italic": "ITALIC",
    "bold-italic": "BOLD ITALIC",
    "calligraphic": "SCRIPT",
    "script": "SCRIPT",
    "bold-calligraphic": "BOLD SCRIPT",
    "fraktur": "FRAKTUR",
    "bold-fraktur": "BOLD FRAKTUR",
    "double-struck": "DOUBLE-STRUCK",
    "sans-serif": "SANS-SERIF",
    "bold-sans-serif": "SANS-SERIF BOLD",
    "monospace": "MONOSPACE",
}
_PLACES = chain(range(0x2102, 0x2140), range(0x1D400, 0x1D800))
"""Letterlike symbols, which Unicode had before, and the mathematical alphabets."""


def _letters() -> Iterator[tuple[tuple[str, str], str]]:
    yield ("ITALIC", "h"), "\u210e"  # the one that Unicode calls by another name
    for place in _PLACES:
        letter = chr(place)
        name = unicodedata.name(letter, "").replace("BLACK-LETTER", "FRAKTUR")
        name = name.removeprefix("MATHEMATICAL ")
        style = next((one for one in _LONGEST_FIRST if name.startswith(f"{one} ")), "")
        decomposed = unicodedata.decomposition(letter).split()  # <font> 03D1: one letter of all
        if style and decomposed:
            yield (style, chr(int(decomposed[-1], 16))), letter


_LONGEST_FIRST = sorted(set(_STYLES.values()), key=lambda style: (-len(style), style))
_LETTERS = dict(_letters())


def styled(text: str, variant: str) -> str:
    """The text in an alphabet by mathra's name; letters that it lacks stay as they are."""
    style = _STYLES.get(variant, "")
    return "".join(_LETTERS.get((style, letter), letter) for letter in text)
