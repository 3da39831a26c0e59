"""Warnings about constraints: what is allowed, but hardly meant."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from generator.diagnostics import Diagnostic, at
from generator.language.numbers import decimal
from generator.model.source import Source
from generator.variants.rejections import Rejection

FEW = 25
"""Variants that an assignment takes if nothing is said: five forms, and twenty for Moodle."""

_MOST = Fraction(9, 10)


def advice(size: int, rejections: Sequence[Rejection]) -> tuple[Diagnostic, ...]:
    """Warnings about constraints that reject nothing, and about one that rejects nearly all."""
    found = [_idle(one.place) for one in rejections if _is_idle(one)]
    worst = max(rejections, key=lambda one: Fraction(one.rejected, one.seen), default=None)
    if worst is not None and size < FEW and Fraction(worst.rejected, worst.seen) >= _MOST:
        found.append(_nearly_nothing(size, worst))
    return tuple(found)


def _is_idle(one: Rejection) -> bool:
    return one.is_constraint and one.rejected == 0 and not one.alone


def _idle(place: Source) -> Diagnostic:
    return at(
        place,
        "idle-constraint",
        "this constraint keeps nothing out: every combination satisfies it",
        help="delete it, or widen the domains",
        severity="warning",
    )


def _nearly_nothing(size: int, worst: Rejection) -> Diagnostic:
    percent = decimal(Fraction(100 * worst.rejected, worst.seen), 1)
    which = "this constraint rejects" if worst.is_constraint else f"{worst.reason}, in"
    return at(
        worst.place,
        "few-variants",
        f"only {size} variant{'' if size == 1 else 's'} {'is' if size == 1 else 'are'} left: "
        f"{which} {worst.rejected:,} of {worst.seen:,} combinations ({percent} %)",
        help="loosen it or widen the domains; a form and a question in Moodle take one each",
        severity="warning",
    )
