"""The text of a bank -> its meaning, or everything that is wrong with it.

YAML becomes a tree of texts with places (`yaml`), the tree is read by the grammar (`schema`), each
problem is checked as a whole (`checks`), and sections get their problems (`sections`). Nothing is
read from disk here and nothing is evaluated but bounds that are constant.
"""

from __future__ import annotations

import hashlib
from dataclasses import fields

from generator.bank.advice import advise
from generator.bank.checks import check_ids, check_instructions
from generator.bank.grammar.report import Report, Unreadable
from generator.bank.limits import MAX_FINDINGS
from generator.bank.schema import BANK, BankFields
from generator.bank.sections import Load, Plan, plan
from generator.bank.yaml import compose
from generator.diagnostics import Diagnostic, InputError
from generator.model.bank import Bank, Problem
from generator.model.dataclass import dataclass
from generator.model.source import SourceFile


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A sound bank, and what is allowed in it but hardly meant."""

    bank: Bank
    warnings: tuple[Diagnostic, ...]


def no_other_bank(name: str) -> SourceFile:
    """For a bank that must be whole by itself."""
    message = f"the bank {name} cannot be read from here"
    cure = "copy its problems into this file"
    raise InputError([Diagnostic(code="unreadable-bank", message=message, help=cure)])


def read_bank(
    file: SourceFile,
    *,
    id: str,  # noqa: A002 - a bank has an id
    load: Load = no_other_bank,
) -> Reading:
    """The bank in `file`; `load` gives the other files that its sections name.

    Raises InputError with all findings: YAML that cannot be understood first, by itself; then
    whatever is wrong with fields, names and problems, together.
    """
    head, report = _read(file)
    found = Plan(problems=head.problems)
    if head.sections and not report.findings:
        found = plan(head.sections, head.problems, load, _problems, report)
    if report.findings:
        raise _refusal(report.findings)
    bank = Bank(
        id=id,
        file=file,
        digest=_digest(file, found.others),
        problems=found.problems,
        sections=found.sections,
        others=found.others,
        **{name: getattr(head, name) for name in _HEAD},
    )
    return Reading(bank=bank, warnings=(*found.warnings, *advise(bank)))


_HEAD = tuple(
    entry.name for entry in fields(BankFields) if entry.name not in ("problems", "sections")
)


def _read(file: SourceFile) -> tuple[BankFields, Report]:
    """A bank's fields, with what is wrong in them. Raises InputError where nothing can be read."""
    tree, findings = compose(file)
    report = Report(findings)
    try:
        head = BANK.read(tree, report)
    except Unreadable:
        raise _refusal(report.findings) from None
    report.findings.extend(check_ids(head.problems))
    for instructions in (head.instructions, *(entry.instructions for entry in head.sections)):
        if instructions is not None and not report.findings:
            report.findings.extend(check_instructions(instructions))
    return head, report


def _problems(file: SourceFile) -> tuple[Problem, ...]:
    """The problems of another bank, whatever sections it has itself."""
    head, report = _read(file)
    if report.findings:
        raise _refusal(report.findings)
    return head.problems


def _digest(file: SourceFile, others: tuple[tuple[str, SourceFile], ...]) -> str:
    """SHA-256 of the bank's text; with other files, of the names and digests of all."""
    digest = hashlib.sha256(file.text.encode()).hexdigest()
    if not others:
        return digest
    lines = [digest, *(f"{name} {_digest(other, ())}" for name, other in others)]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _refusal(findings: list[Diagnostic]) -> InputError:
    """The error with the findings, or the first of very many."""
    error = InputError(findings)
    total = len(error.diagnostics)
    if total <= MAX_FINDINGS:
        return error
    message = f"this bank has {total:,} errors; the first {MAX_FINDINGS} follow"
    many = Diagnostic(code="too-many-errors", message=message)
    return InputError([many, *error.diagnostics[:MAX_FINDINGS]])
