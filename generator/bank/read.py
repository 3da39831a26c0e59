"""The text of a bank -> its meaning, or everything that is wrong with it.

YAML becomes a tree of texts with places (`yaml`), the tree is read by the grammar (`schema`), each
problem is checked as a whole (`checks`). Nothing is read from disk and nothing is evaluated but
bounds that are constant.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, fields

from generator.bank.advice import advise
from generator.bank.checks import check_ids, check_instructions
from generator.bank.grammar.report import Report, Unreadable
from generator.bank.limits import MAX_FINDINGS
from generator.bank.schema import BANK
from generator.bank.yaml import compose
from generator.diagnostics import Diagnostic, InputError
from generator.model.bank import Bank
from generator.model.source import SourceFile


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A sound bank, and what is allowed in it but hardly meant."""

    bank: Bank
    warnings: tuple[Diagnostic, ...]


def read_bank(file: SourceFile, *, id: str) -> Reading:  # noqa: A002 - a bank has an id
    """The bank in `file`.

    Raises InputError with all findings: YAML that cannot be understood first, by itself; then
    whatever is wrong with fields, names and problems, together.
    """
    tree, findings = compose(file)
    report = Report(findings)
    try:
        head = BANK.read(tree, report)
    except Unreadable:
        raise _refusal(report.findings) from None
    report.findings.extend(check_ids(head.problems))
    if head.instructions is not None and not report.findings:
        report.findings.extend(check_instructions(head.instructions))
    if report.findings:
        raise _refusal(report.findings)
    digest = hashlib.sha256(file.text.encode()).hexdigest()
    values = {entry.name: getattr(head, entry.name) for entry in fields(head)}
    bank = Bank(id=id, file=file, digest=digest, **values)
    return Reading(bank=bank, warnings=advise(bank))


def _refusal(findings: list[Diagnostic]) -> InputError:
    """The error with the findings, or the first of very many."""
    error = InputError(findings)
    total = len(error.diagnostics)
    if total <= MAX_FINDINGS:
        return error
    message = f"this bank has {total:,} errors; the first {MAX_FINDINGS} follow"
    many = Diagnostic(code="too-many-errors", message=message)
    return InputError([many, *error.diagnostics[:MAX_FINDINGS]])
