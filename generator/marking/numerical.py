"""A number: right within the key's tolerance, and a known mistake within what was typed of it."""

from __future__ import annotations

from fractions import Fraction

from generator.language import numbers
from generator.language.faults import Fault
from generator.marking.mark import Mark, mistaken, refused, right, unreadable, wrong
from generator.marking.numerals import Numeral, readings
from generator.marking.units import same_unit
from generator.model.document import MistakeNote, PartAnswer
from generator.model.solution import NumericalKey

_FEWEST_DECIMALS = Fraction(1, 20)
"""A response of one decimal or more is taken for rounded when it is compared with a mistake."""


def mark_numerical(answer: PartAnswer, response: str) -> Mark:
    """Compare a typed number with the key, then with the mistakes."""
    key = answer.key
    assert isinstance(key, NumericalKey)  # noqa: S101 - by the table
    try:
        found = readings(response)
    except Fault as fault:
        return refused(fault)
    numerals = [one for one in (_in_unit(reading, key.unit) for reading in found) if one]
    if not numerals:
        return _other_unit(found[0], key)
    if any(abs(numeral.value - key.value) <= key.tolerance for numeral in numerals):
        return right()
    notes = [note for numeral in numerals if (note := _mistake(numeral, answer)) is not None]
    return mistaken(notes[0]) if notes else _not_right(numerals[0], key)


def _not_right(numeral: Numeral, key: NumericalKey) -> Mark:
    if abs(numeral.value - key.value) <= numeral.rounding:
        return wrong(f"That is rounded too far{_wanted(key)}.")
    return wrong()


def _in_unit(numeral: Numeral, unit: str) -> Numeral | None:
    """The number in the key's unit; None for another unit.

    Percent are read as a share of 1 unless they are the unit that is asked for.
    """
    if numeral.unit == "%" and same_unit(unit, "%"):
        return Numeral(value=numeral.value * 100, rounding=numeral.rounding * 100)
    if numeral.unit in ("", "%") or same_unit(numeral.unit, unit):
        return numeral
    return None


def _other_unit(numeral: Numeral, key: NumericalKey) -> Mark:
    """A unit that is not asked for is told; it is never converted."""
    if not key.unit:
        return unreadable(f"`{numeral.unit}` is not read", "write the number alone")
    return wrong(f"The answer is asked for in {key.unit}, not in {numeral.unit}.")


def _mistake(numeral: Numeral, answer: PartAnswer) -> MistakeNote | None:
    """The mistake whose number is nearest, if it rounds to what was typed."""
    key = answer.key
    assert isinstance(key, NumericalKey)  # noqa: S101 - asked by the caller
    rounding = numeral.rounding if numeral.rounding <= _FEWEST_DECIMALS else Fraction(0)
    reach = max(key.tolerance, rounding)
    near = [
        (abs(note.value - numeral.value), place, note)
        for place, note in enumerate(answer.mistakes)
        if note.value is not None and abs(note.value - numeral.value) <= reach
    ]
    return min(near, key=lambda entry: entry[:2])[2] if near else None


def _wanted(key: NumericalKey) -> str:
    """How exact the key is wanted."""
    if key.decimals is not None:
        return f": {key.decimals} decimals are asked for"
    if key.figures is not None:
        return f": {key.figures} significant figures are asked for"
    if key.tolerance:
        return f": it may be off by {numbers.plain(key.tolerance)} at most"
    return ": the exact number is asked for"
