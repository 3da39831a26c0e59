"""Making one chunk: forms or questions solved, composed and rendered, wherever that is.

What a chunk gives is plain bytes: finished files, and parts of the files that are joined from all
chunks (see `joined`). It depends on the job and the chunk alone. A process prepares a job once,
on its first chunk, and keeps it; one that is forked from a process that has it need not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

import generator
from generator.diagnostics import Diagnostic, InputError
from generator.model.dataclass import dataclass
from generator.model.form import Artifact, Form, KeySheet, StudentSheet
from generator.model.request import Request
from generator.model.source import SourceFile
from generator.output import VARIANTS
from generator.pipeline import records, remarks
from generator.pipeline.assignment import Assignment, Dealt, prepare
from generator.pipeline.plan import Chunk, FormChunk, QuestionChunk
from generator.pipeline.practice import sections
from generator.pipeline.seating import Seat
from generator.render import html, moodle, pdf
from generator.render.pdf import ThemeFile

PDF = "application/pdf"


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """All that a process must know to make any chunk: it is sent there, and is all that is."""

    file: SourceFile
    id: str
    request: Request
    others: tuple[tuple[str, SourceFile], ...] = ()
    theme: ThemeFile | None = None
    version: str = generator.__version__

    @classmethod
    def of(cls, assignment: Assignment, request: Request) -> Job:
        """The job of making this assignment."""
        bank = assignment.bank
        return cls(
            file=bank.file,
            id=bank.id,
            request=request,
            others=bank.others,
            theme=assignment.theme,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What a chunk gives: files, and parts by their names."""

    files: tuple[Artifact, ...]
    parts: Mapping[str, bytes]


class Maker:
    """Makes the chunks of one job."""

    def __init__(self, assignment: Assignment, request: Request) -> None:
        self._assignment, self._request = assignment, request
        self._exported: moodle.Export | None = None

    @property
    def export(self) -> moodle.Export:
        """The Moodle file, whose questions are made in chunks."""
        if self._exported is None:
            assignment = self._assignment
            self._exported = moodle.Export(
                assignment.heading,
                sections(assignment),
                assignment.styles.moodle,
                stack=self._request.stack,
            )
        return self._exported

    def rehearse(self, chunk: Chunk) -> None:
        """Make the first form or question of a chunk, and so load what all take: SymPy, fonts."""
        if isinstance(chunk, FormChunk):
            self._sheets(self._assignment.form(chunk.seats[0].number))
        else:
            dealer = self._assignment.dealers[chunk.problem]
            for _, variant in dealer.practice(chunk.first, chunk.first + 1):
                dealer.document(variant)

    def ready(self) -> None:
        """Load what chunks are joined with, which takes a while, too."""
        if {"pdf", "key"} & {*self._request.products}:
            _ = pdf.key_file
        if "moodle" in self._request.products:
            _ = self.export

    def make(self, chunk: Chunk) -> Made:
        """Make a chunk. Raises InputError where a variant cannot be solved or shown."""
        return self._forms(chunk) if isinstance(chunk, FormChunk) else self._questions(chunk)

    def _forms(self, chunk: FormChunk) -> Made:
        files: list[Artifact] = []
        parts: dict[str, list[bytes]] = {}
        for seat in chunk.seats:
            dealt = self._assignment.dealt(seat.number)
            form = replace(self._assignment.composed(seat.number, dealt), student=seat.student)
            for product, (artifact, part) in self._sheets(form).items():
                files.append(artifact)
                parts.setdefault(product, []).append(part)
            files += self._pages(form)
            for name, part in self._records(form, seat, dealt).items():
                parts.setdefault(name, []).append(part)
        joined = {name: b"".join(pieces) for name, pieces in parts.items()}
        return Made(files=tuple(files), parts=joined)

    def _sheets(self, form: Form) -> dict[str, tuple[Artifact, bytes]]:
        """The sheets of a form, painted once: each as a file and as a part of the merged one."""
        heading, style = self._assignment.heading, self._assignment.styles.sheet
        found = {}
        if "pdf" in self._request.products:
            student = pdf.paint_student(StudentSheet.of(heading, form), style)
            content = b"".join(pdf.student_file([student], heading, style))
            name = f"student/{form.file_name}.pdf"
            found["pdf"] = (_pdf(name, content), pdf.pack(student))
        if "key" in self._request.products:
            key = pdf.paint_key(KeySheet(heading=heading, form=form), style)
            content = b"".join(pdf.key_file([key], heading, style))
            found["key"] = (_pdf(f"key/{form.file_name}.pdf", content), pdf.pack(key))
        return found

    def _pages(self, form: Form) -> Iterator[Artifact]:
        """The form as a page for self-study."""
        if "html" in self._request.products:
            sheet = KeySheet(heading=self._assignment.heading, form=form)
            content = html.render_html(sheet, self._assignment.styles.html)
            name = f"html/{form.file_name}.html"
            yield Artifact(name=name, media_type="text/html", chunks=(content,))

    def _records(self, form: Form, seat: Seat, dealt: Dealt) -> dict[str, bytes]:
        assignment, request = self._assignment, self._request
        lines = []
        for (dealer, variant), document in zip(dealt, form.documents, strict=True):
            first = dealer.space.size - assignment.practice_count(dealer, request)
            shown = form.number > first
            lines.append(records.line(variant, document, forms=[form.name], moodle=shown))
        parts = {
            VARIANTS: b"".join(lines),
            records.KEY_TABLE: records.key_rows(form),
            records.FORMS: records.form_entry(form, seat, [variant for _, variant in dealt]),
        }
        if "key" in request.products:
            row = pdf.make_row(form, assignment.heading, assignment.styles.sheet)
            parts[records.MARKING] = pdf.pack_row(row)
        return parts

    def _questions(self, chunk: QuestionChunk) -> Made:
        dealer = self._assignment.dealers[chunk.problem]
        draws = [*dealer.practice(chunk.first, chunk.stop)]
        documents = [*dealer.documents([variant for _, variant in draws])]
        lines = [
            records.line(variant, document, forms=(), moodle=True)
            for (k, variant), document in zip(draws, documents, strict=True)
            if k not in chunk.printed
        ]
        questions, left = self.export.make(chunk.problem, documents)
        parts = {
            VARIANTS: b"".join(lines),
            remarks.LEFT: remarks.packed(left),
            **questions._asdict(),
        }
        return Made(files=(), parts=parts)


def _pdf(name: str, content: bytes) -> Artifact:
    return Artifact(name=name, media_type=PDF, chunks=(content,))


# --- what a process keeps ----------------------------------------------------------------------

_KEPT = 2
_makers: dict[Job, Maker] = {}


def adopt(job: Job, maker: Maker) -> None:
    """Keep what is prepared for this job, in this process and those that are forked from it."""
    while len(_makers) >= _KEPT:
        del _makers[next(iter(_makers))]
    _makers[job] = maker


def make(job: Job, chunk: Chunk) -> Made:
    """Make a chunk in this process. Raises InputError where a variant cannot be solved or shown."""
    if job not in _makers:
        _refuse_another_version(job)
        assignment = prepare(
            job.file,
            id=job.id,
            seed=job.request.seed,
            load=dict(job.others).__getitem__,
            theme=job.theme,
        )
        adopt(job, Maker(assignment, job.request))
    return _makers[job].make(chunk)


def _refuse_another_version(job: Job) -> None:
    if job.version != generator.__version__:
        message = f"a worker has gen-quiz {generator.__version__}, this is {job.version}"
        cure = "install the same version on every machine of the cluster"
        raise InputError([Diagnostic(code="other-version", message=message, help=cure)])
