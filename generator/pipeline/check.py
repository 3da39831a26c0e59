"""Everything that can be known of a bank without making it: findings, capacity, a sample solved."""

from __future__ import annotations

from dataclasses import dataclass

from generator.bank.read import no_other_bank
from generator.bank.sections import Load
from generator.diagnostics import Diagnostic
from generator.model.source import SourceFile
from generator.pipeline.assignment import Dealer, prepare
from generator.pipeline.statistics import PartStatistics, Sample
from generator.variants.build import Rejection
from generator.variants.deal import held

_SEED = 0
"""Any seed deals the same variants in some order; a check wants the same findings every time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemReport:
    """What a problem has to give.

    `variants` is exact. `held` tells for how many forms, and for how many questions in Moodle, the
    shares of its strata hold, whatever the seed; None if it has no strata. `rejections` says what
    each constraint keeps out; `parts` is the statistics of the `solved` variants that were looked
    at.
    """

    problem: str
    title: str
    variants: int
    solved: int
    held: tuple[int, int] | None
    rejections: tuple[Rejection, ...]
    parts: tuple[PartStatistics, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a check found in a bank without errors."""

    bank: str
    title: str
    warnings: tuple[Diagnostic, ...]
    problems: tuple[ProblemReport, ...]


def check(
    file: SourceFile,
    *,
    id: str,  # noqa: A002 - a bank has an id
    samples: int,
    load: Load = no_other_bank,
) -> Report:
    """Read a bank, number its variants, and solve and compose `samples` of each problem.

    `load` gives the other banks that it names. Raises InputError with every error found.
    """
    assignment = prepare(file, id=id, seed=_SEED, load=load)
    looked = [_looked_at(dealer, samples) for dealer in assignment.dealers]
    found = [finding for _, findings in looked for finding in findings]
    return Report(
        bank=file.name,
        title=assignment.bank.title,
        warnings=tuple(sorted((*assignment.warnings, *found), key=lambda warning: warning.place)),
        problems=tuple(report for report, _ in looked),
    )


def _looked_at(dealer: Dealer, samples: int) -> tuple[ProblemReport, tuple[Diagnostic, ...]]:
    variants = [dealer.draw(k) for k in range(min(samples, dealer.space.size))]
    solutions = [dealer.solver.solve(variant) for variant in variants]
    documents = [
        dealer.compose(variant, solution)
        for variant, solution in zip(variants, solutions, strict=True)
    ]
    sample = Sample(dealer.problem, tuple(solutions), tuple(documents))
    report = ProblemReport(
        problem=dealer.problem.identity,
        title=dealer.problem.title.text,
        variants=dealer.space.size,
        solved=len(documents),
        held=held(dealer.space.strata) if dealer.problem.strata else None,
        rejections=dealer.space.rejections,
        parts=sample.parts(),
    )
    return report, sample.findings()
