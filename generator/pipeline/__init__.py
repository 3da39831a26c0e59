"""The whole story: bank -> variants -> forms -> artifacts.

`prepare` reads a bank and numbers the variants of its problems; an `Assignment` deals, solves and
composes the ones that are asked for; `artifacts` renders them, `write` puts them on disk with a
manifest. Each step only asks the one before it, so any form can be made without the others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from generator import output
from generator.model.form import Artifact, KeySheet, StudentSheet
from generator.model.request import PRODUCTS, Request
from generator.pipeline import records
from generator.pipeline.assignment import Assignment, prepare
from generator.pipeline.practice import sections
from generator.render import moodle, pdf

__all__ = ["PRODUCTS", "Assignment", "Request", "artifacts", "expected_files", "prepare", "write"]

_PDF = "application/pdf"


def artifacts(assignment: Assignment, request: Request) -> Iterator[Artifact]:
    """Everything that a run makes but its manifest, in the order in which it is written.

    Raises InputError where a variant cannot be solved or shown; then nothing must be kept.
    """
    heading, styles = assignment.heading, assignment.styles
    log = records.VariantLog()
    forms = [assignment.form(number) for number in range(1, request.forms + 1)]
    log.note_forms(assignment, request, forms)
    if "pdf" in request.products and forms:
        sheets = [StudentSheet.of(heading, form) for form in forms]
        for form, sheet in zip(forms, sheets, strict=True):
            yield _pdf(f"student/{form.name}.pdf", pdf.render_student([sheet], styles.sheet))
        yield _pdf("student.pdf", pdf.render_student(sheets, styles.sheet))
    if "key" in request.products and forms:
        keys = [KeySheet(heading=heading, form=form) for form in forms]
        for key in keys:
            yield _pdf(f"key/{key.form.name}.pdf", pdf.render_key([key], styles.sheet))
        yield _pdf("key.pdf", pdf.render_key(keys, styles.sheet))
        yield records.key_table(forms)
    if "moodle" in request.products:
        questions = moodle.render(heading, sections(assignment, request, log), styles.moodle)
        yield Artifact(name="moodle.xml", media_type="application/xml", chunks=questions)
    yield log.artifact()
    yield records.bank_copy(assignment.bank)


def expected_files(request: Request) -> int:
    """How many artifacts a run makes, for its progress."""
    sheets = sum(product in request.products for product in ("pdf", "key"))
    merged = sheets + ("key" in request.products) if request.forms else 0
    return sheets * request.forms + merged + ("moodle" in request.products) + 2


def write(
    assignment: Assignment,
    request: Request,
    folder: Path,
    report: Callable[[str], None] = lambda _: None,
) -> None:
    """Make everything and put it into `folder`, all or nothing; `report` hears each file's name."""
    with output.replacing(folder) as staging:
        for artifact in artifacts(assignment, request):
            staging.write(artifact)
            report(artifact.name)
        staging.write(records.manifest(assignment, request, staging.digests))


def _pdf(name: str, content: bytes) -> Artifact:
    return Artifact(name=name, media_type=_PDF, chunks=(content,))
