"""What goes with a number that answers a part: tolerance, decimal places, unit."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from generator.bank.grammar.leaves import LINE, NOT_NEGATIVE, SHARE, count
from generator.bank.grammar.report import Report
from generator.bank.grammar.shape import Either, Leaf
from generator.bank.grammar.struct import Struct, optional, required
from generator.model.bank import NumericalSpec, Tolerance
from generator.model.source import Source

MAX_DECIMALS = 12
"""Decimal places of a numerical key: NumPy's check of a closed form is no finer."""

DECIMALS = count(0, MAX_DECIMALS)

_RELATIVE = Struct(
    "relative tolerance",
    "How far off a number may be, as a share of the key.",
    {"relative": required(SHARE, "the share of the key, such as 0.01 or 1%")},
    lambda _, fields, __: Tolerance(amount=fields["relative"], relative=True),
)


def _absolute(source: Source, report: Report) -> Tolerance:
    if source.text.endswith("%"):
        message = "a tolerance in percent is relative to the key"
        cure = f"write `{{relative: {source.text}}}`"
        raise report.unreadable(source, "wrong-type", message, cure)
    return Tolerance(amount=NOT_NEGATIVE.parse(source, report))


_ABSOLUTE = Leaf(NOT_NEGATIVE.noun, _absolute, NOT_NEGATIVE.json)
NUMERICAL = {
    "tolerance": optional(
        Either(_ABSOLUTE, _RELATIVE, "tolerance"),
        "how far off a response may be: a number, or {relative: 0.01}",
        Tolerance(amount=Fraction(0)),
    ),
    "decimals": optional(DECIMALS, "to how many decimal places the key is rounded"),
    "unit": optional(LINE, "the unit, shown behind the answer", ""),
}


def make_numerical(fields: Mapping[str, Any]) -> NumericalSpec:
    """The key and what goes with it."""
    return NumericalSpec(
        answer=fields["numerical"],
        tolerance=fields["tolerance"],
        decimals=fields["decimals"],
        unit=fields["unit"],
    )
