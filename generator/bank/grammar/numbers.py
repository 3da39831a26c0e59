"""Numbers as a bank writes them: exact, in decimal, and nothing that YAML readers disagree on.

A number is ``12``, ``-0.25`` or ``1/3``; a share may also be ``50%``. YAML 1.1 and 1.2 read many
other forms differently (``012`` is ten or twelve, ``1:30`` is ninety or a text, ``1e3`` is a text
or a thousand). `why_not` names these, with the way to write what was meant.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction

from generator.bank.limits import MAX_DIGITS
from generator.language.numbers import plain

_NUMBER = re.compile(r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)")
_FRACTION = re.compile(r"([-+]?[0-9]+)/([0-9]+)")
_PERCENT = re.compile(r"(.+?) ?%")


def exact(text: str) -> Fraction | None:
    """The number that a text spells; None if it spells none, or one that needs mending."""
    if why_not(text):
        return None
    if _NUMBER.fullmatch(text):
        return Fraction(text)
    if fraction := _FRACTION.fullmatch(text):
        return Fraction(int(fraction[1]), int(fraction[2]))
    return None


def share(text: str) -> Fraction | None:
    """The same, also of ``50%``."""
    if percent := _PERCENT.fullmatch(text):
        number = exact(percent[1])
        return None if number is None else number / 100
    return exact(text)


def why_not(text: str) -> tuple[str, str] | None:
    """What is wrong with a number and how to write it; None for numbers, and for other texts."""
    for pattern, explain in _TRAPS:
        if match := pattern.fullmatch(text):
            return explain(match)
    return None


# --- forms that need mending ------------------------------------------------------------------

Explanation = tuple[str, str]


def _octal(match: re.Match[str]) -> Explanation:
    digits = match[2].lstrip("0") or "0"
    message = f"`{match[0]}` begins with 0, which makes it octal for some readers of YAML"
    return message, f"write `{match[1]}{digits}`"


def _based(match: re.Match[str]) -> Explanation:
    bases = {"x": 16, "o": 8, "b": 2}
    try:
        value = f"write `{int(match[2], bases[match[1].lower()])}`"
    except ValueError:
        value = ""
    return f"`{match[0]}` is not a decimal number", value


def _grouped(match: re.Match[str]) -> Explanation:
    plain = re.sub(r"[_,' ]", "", match[0])
    return f"`{match[0]}` has a separator between its digits", f"write `{plain}`"


def _exponent(match: re.Match[str]) -> Explanation:
    message = f"`{match[0]}` is a number for some readers of YAML and a text for others"
    power = int(match[2][:4])
    if abs(power) > MAX_DIGITS // 2:
        return message, "write it out"
    return message, f"write `{plain(Fraction(match[1]) * Fraction(10) ** power)}`"


def _sexagesimal(match: re.Match[str]) -> Explanation:
    message = f"`{match[0]}` is a number in base 60 for some readers of YAML, a text for others"
    return message, ""


def _infinite(match: re.Match[str]) -> Explanation:
    return f"`{match[0]}` is not a number that can be computed with", ""


def _comma(match: re.Match[str]) -> Explanation:
    return f"`{match[0]}` has a decimal comma", f"write `{match[0].replace(',', '.')}`"


def _minus(match: re.Match[str]) -> Explanation:
    message = f"`{match[0]}` begins with a typographic minus (U+{ord(match[1]):04X})"
    return message, f"write `-{match[2]}`, with the sign on the keyboard"


def _by_zero(match: re.Match[str]) -> Explanation:
    return f"`{match[0]}` divides by zero", ""


def _long(_: re.Match[str]) -> Explanation:
    return f"this number has more than {MAX_DIGITS} digits", ""


_TRAPS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Explanation]], ...] = (
    (re.compile(rf"[-+]?[0-9./]{{{MAX_DIGITS + 1},}}"), _long),
    (re.compile(r"([-+]?)(0[0-9]+)"), _octal),
    (re.compile(r"[-+]?0([xob])([0-9a-f]+)", re.IGNORECASE), _based),
    (
        re.compile(r"[-+]?[0-9]{1,3}(?:[_,'][0-9]{3})+(?:\.[0-9]+)?|[-+]?[0-9]+(?:_[0-9]+)+"),
        _grouped,
    ),
    (re.compile(r"([-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+))e([-+]?[0-9]+)", re.IGNORECASE), _exponent),
    (re.compile(r"[-+]?[0-9]+(?::[0-5]?[0-9])+(?:\.[0-9]*)?"), _sexagesimal),
    (re.compile(r"[-+]?\.(?:inf|nan)", re.IGNORECASE), _infinite),
    (re.compile(r"[-+]?[0-9]+,[0-9]+"), _comma),
    (re.compile(r"([−–])([0-9./]+)"), _minus),
    (re.compile(r"[-+]?[0-9]+/0+"), _by_zero),
)
