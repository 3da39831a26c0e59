"""What goes with a number that answers a part: tolerance, decimal places, unit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from generator.bank.grammar.leaves import LINE, NOT_NEGATIVE, SHARE, count
from generator.bank.grammar.report import Report
from generator.bank.grammar.shape import Either, Leaf
from generator.bank.grammar.struct import Struct, optional
from generator.bank.limits import MAX_DECIMALS, MAX_FIGURES
from generator.model.part import NumericalSpec, Tolerance
from generator.model.source import Branch, Source

DECIMALS = count(0, MAX_DECIMALS)


def _measured(branch: Branch, fields: Mapping[str, Any], report: Report) -> Tolerance:
    """A tolerance that depends on the key."""
    relative, figures = fields["relative"], fields["figures"]
    if (relative is None) == (figures is None):
        message = "a tolerance is either a share of the key or its significant figures"
        raise report.unreadable(
            branch, "wrong-value", message, "write `{relative: 0.01}` or `{figures: 3}`"
        )
    if figures is not None:
        return Tolerance(figures=figures)
    return Tolerance(amount=relative, relative=True)


_MEASURED = Struct(
    "tolerance",
    "How far off a number may be, measured by the key.",
    {
        "relative": optional(SHARE, "the share of the key, such as 0.01 or 1%"),
        "figures": optional(
            count(1, MAX_FIGURES), "the significant figures in which a response must agree"
        ),
    },
    _measured,
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
        Either(_ABSOLUTE, _MEASURED, "tolerance"),
        "how far off a response may be: a number, {relative: 0.01} or {figures: 3}",
        Tolerance(),
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
