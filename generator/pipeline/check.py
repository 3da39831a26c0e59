"""Everything that can be known of a bank without making it: findings, capacity, a sample solved."""

from __future__ import annotations

from collections.abc import Sequence

from generator.bank.read import no_other_bank
from generator.bank.sections import Load
from generator.diagnostics import Diagnostic
from generator.model.dataclass import dataclass
from generator.model.document import Document
from generator.model.solution import Solution
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
    return report_of(dealer, [looked_at(dealer, k) for k in range(min(samples, dealer.space.size))])


def looked_at(dealer: Dealer, k: int) -> tuple[Solution, Document]:
    """The k-th variant dealt, solved and composed. Raises InputError where that cannot be done."""
    variant = dealer.draw(k)
    solution = dealer.solver.solve(variant)
    return solution, dealer.compose(variant, solution)


def report_of(
    dealer: Dealer, looked: Sequence[tuple[Solution, Document]]
) -> tuple[ProblemReport, tuple[Diagnostic, ...]]:
    """What these variants say about their problem, and the warnings that only a sample can give."""
    sample = Sample(
        dealer.problem,
        tuple(solution for solution, _ in looked),
        tuple(document for _, document in looked),
    )
    report = ProblemReport(
        problem=dealer.problem.identity,
        title=dealer.problem.title.text,
        variants=dealer.space.size,
        solved=len(looked),
        held=held(dealer.space.strata) if dealer.problem.strata else None,
        rejections=dealer.space.rejections,
        parts=sample.parts(),
    )
    return report, sample.findings()
