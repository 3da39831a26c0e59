"""Everything that can be known of a bank without making it: findings, capacity, a sample solved."""

from __future__ import annotations

from dataclasses import dataclass

from generator.diagnostics import Diagnostic
from generator.model.source import SourceFile
from generator.pipeline.assignment import Dealer, prepare

_SEED = 0
"""Any seed deals the same variants in some order; a check wants the same findings every time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Capacity:
    """What a problem has to give: its number of variants; `solved` of them were, as a sample."""

    problem: str
    variants: int
    solved: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a check found in a bank without errors."""

    warnings: tuple[Diagnostic, ...]
    capacities: tuple[Capacity, ...]


def check(file: SourceFile, *, id: str, samples: int) -> Report:  # noqa: A002 - a bank has an id
    """Read a bank, number its variants, and solve and compose `samples` of each problem.

    Raises InputError with every error found.
    """
    assignment = prepare(file, id=id, seed=_SEED)
    return Report(
        warnings=assignment.warnings,
        capacities=tuple(_capacity(dealer, samples) for dealer in assignment.dealers),
    )


def _capacity(dealer: Dealer, samples: int) -> Capacity:
    count = min(samples, dealer.space.size)
    for k in range(count):
        dealer.document(dealer.draw(k))
    return Capacity(problem=dealer.problem.identity, variants=dealer.space.size, solved=count)
