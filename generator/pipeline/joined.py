"""The files that are joined from all chunks, read back one by one: memory stays the same.

Each is a stream: a merged PDF takes a form's painted pages, a table its lines, the Moodle file a
turn's questions, and forgets them. In which order the chunks were made does not show.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.model.form import Artifact, Place
from generator.model.request import Request
from generator.output import VARIANTS, Staging
from generator.pipeline import records
from generator.pipeline.assignment import Assignment
from generator.pipeline.chunks import PDF, Maker
from generator.pipeline.plan import Chunk, FormChunk, Plan
from generator.render import moodle, pdf


def joined(
    assignment: Assignment, request: Request, plan: Plan, maker: Maker, staging: Staging
) -> Iterator[Artifact]:
    """The files that are joined from the chunks in `staging`; the manifest is not among them."""
    if plan.forms:
        for product in ("pdf", "key"):
            if product in request.products:
                yield from _merged(product, assignment, request, plan, staging)
        yield from _marking(assignment, request, plan, staging)
        if "key" in request.products:
            yield _stream(records.KEY_TABLE, "text/csv", records.KEY_HEADER, plan.forms, staging)
    if "moodle" in request.products:
        yield from _moodle(request, plan, maker.export, staging)
    yield _stream(VARIANTS, "application/jsonl", b"", plan.chunks, staging)


def manifest(assignment: Assignment, request: Request, plan: Plan, staging: Staging) -> Artifact:
    """``manifest.json``, which lists everything else."""
    forms = (staging.part(chunk.name, records.FORMS) for chunk in plan.forms)
    return records.manifest(assignment, request, forms, staging.digests)


_NAMES = {"pdf": "student", "key": "key"}


def unjoined(assignment: Assignment, request: Request, plan: Plan) -> Iterator[Artifact]:
    """The files that take no chunks: who sits for it, and copies of the banks."""
    if "pdf" in request.products:
        yield from _attendance(assignment, plan)
    yield from records.bank_copies(assignment.bank)


def _attendance(assignment: Assignment, plan: Plan) -> Iterator[Artifact]:
    """A list for each volume of sheets: one of ten thousand names would fill the memory."""
    for volume in plan.volumes():
        places = [
            Place(number=seat.number, code=assignment.form_code(seat.number), student=seat.student)
            for chunk in volume.chunks
            for seat in chunk.seats
        ]
        name = records.ATTENDANCE.replace(".pdf", f"{volume.suffix}.pdf")
        content = pdf.render_attendance(places, assignment.heading, assignment.styles.sheet)
        yield Artifact(name=name, media_type=PDF, chunks=(content,))


def _marking(
    assignment: Assignment, request: Request, plan: Plan, staging: Staging
) -> Iterator[Artifact]:
    """The keys of all forms to mark by."""
    heading, style = assignment.heading, assignment.styles.sheet
    if "key" in request.products:
        for volume in plan.volumes():
            rows = [
                row
                for chunk in volume.chunks
                for row in pdf.unpack_rows(staging.part(chunk.name, records.MARKING))
            ]
            name = records.MARKING.replace(".pdf", f"{volume.suffix}.pdf")
            content = pdf.render_marking_table(rows, heading, style)
            yield Artifact(name=name, media_type=PDF, chunks=(content,))


def _merged(
    product: str, assignment: Assignment, request: Request, plan: Plan, staging: Staging
) -> Iterator[Artifact]:
    name = _NAMES[product]
    file = pdf.student_file if product == "pdf" else pdf.key_file
    for volume in plan.volumes():
        chunks = file(
            _fragments(product, volume.chunks, staging),
            assignment.heading,
            assignment.styles.sheet,
            duplex=request.duplex,
        )
        yield Artifact(name=f"{name}{volume.suffix}.pdf", media_type=PDF, chunks=chunks)


def _fragments(
    product: str, chunks: Iterable[FormChunk], staging: Staging
) -> Iterator[pdf.Fragment]:
    for chunk in chunks:
        yield from pdf.unpack(staging.part(chunk.name, product))


def _stream(
    name: str, media_type: str, head: bytes, chunks: Iterable[Chunk], staging: Staging
) -> Artifact:
    def pieces() -> Iterator[bytes]:
        yield head
        for chunk in chunks:
            yield staging.part(chunk.name, name)

    return Artifact(name=name, media_type=media_type, chunks=pieces())


def _moodle(
    request: Request, plan: Plan, export: moodle.Export, staging: Staging
) -> Iterator[Artifact]:
    """The Moodle file, or several where it is split; each is written before the next is begun."""
    questions = _questions(plan, staging)
    if request.split is None:
        chunks = export.file(questions)
        yield Artifact(name="moodle.xml", media_type="application/xml", chunks=chunks)
        return
    for number, chunks in enumerate(export.files(questions, request.split), start=1):
        name = f"moodle-{number:03}.xml"
        yield Artifact(name=name, media_type="application/xml", chunks=chunks)


def _questions(plan: Plan, staging: Staging) -> Iterator[moodle.Found]:
    for chunk in plan.questions:
        found = moodle.Questions(
            *(staging.part(chunk.name, kind) for kind in moodle.Questions._fields)
        )
        yield chunk.problem, chunk.first, found
