"""How a result is shown to a student: a word as it is, anything else as a formula."""

from __future__ import annotations

from fractions import Fraction

from generator.language import numbers
from generator.language.reals import Real
from generator.model.value import Formula

SHOWN = (bool, int, Fraction, Real, str, tuple, Formula)


def is_shown(value: object) -> bool:
    """Whether `shown` can show it: not a part of the model, not a record."""
    return isinstance(value, SHOWN)


def shown(value: object) -> str:
    """The markup of a result."""
    if isinstance(value, bool | str):
        return numbers.plain(value)
    return f"${numbers.latex(value)}$"
