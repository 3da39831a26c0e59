r"""Units of measurement as students type them: ``m/s^2``, ``m s^-2``, ``m·s⁻²``, in LaTeX.

Two spellings are one unit where the same symbols have the same exponents. Nothing is converted:
``cm`` is not ``m``.
"""

from __future__ import annotations

import re

from generator.marking.formulas.tokens import plain_signs

_DROPPED = re.compile(r"\\(?:mathrm|text|operatorname|left|right|[,;:!])|[{}$()]")
_SIGNS = {r"\cdot": "*", r"\times": "*", r"\circ": "°", r"\Omega": "Ω", r"\mu": "µ", "~": " "}
_PIECE = re.compile(
    r"(?P<sign>[*/ ]*)(?P<name>[^\d\s*/^+-]+)(?:\^?\(?(?P<exponent>[+-]?\d{1,2})\)?)?"
)


def same_unit(one: str, other: str) -> bool:
    """Whether two spellings mean the same unit."""
    return _spelt(one) == _spelt(other) or _exponents(one) == _exponents(other) != {}


def _spelt(unit: str) -> str:
    return re.sub(r"[\s*]", "", _plain(unit))


def _plain(unit: str) -> str:
    text = plain_signs(unit)
    for sign, meant in _SIGNS.items():
        text = text.replace(sign, meant)
    return _DROPPED.sub("", text).strip().rstrip(".")


def _exponents(unit: str) -> dict[str, int]:
    """The exponent of each symbol; empty for what is not a product of symbols."""
    text, place, below = _plain(unit), 0, False
    found: dict[str, int] = {}
    while place < len(text):
        match = _PIECE.match(text, place)
        if match is None:
            return {}
        below = "/" in match["sign"]
        exponent = int(match["exponent"] or 1) * (-1 if below else 1)
        found[match["name"]] = found.get(match["name"], 0) + exponent
        place = match.end()
    return {name: exponent for name, exponent in found.items() if exponent}
