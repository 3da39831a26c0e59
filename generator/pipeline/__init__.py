"""The whole story: bank -> variants -> forms -> artifacts.

`prepare` reads a bank and numbers the variants of its problems; an `Assignment` deals, solves and
composes the ones that are asked for. A `plan` divides them into chunks; a crew of `jobs` makes
these in any order, and what they give is `joined`. `write` puts it all where it belongs, with a
manifest. Each step only asks the one before it, so any form can be made without the others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

import generator
from generator import output
from generator.model.form import Artifact
from generator.model.request import DEFAULT_PRODUCTS, PRODUCTS, Request
from generator.pipeline import chunks
from generator.pipeline.allocation import allocation_record
from generator.pipeline.assignment import Assignment, prepare
from generator.pipeline.events import Event, FileDone, ItemsDone, Remarked, Started
from generator.pipeline.jobs import Jobs, crew, in_any_order
from generator.pipeline.joined import joined, manifest, unjoined
from generator.pipeline.plan import FormChunk, Plan, plan
from generator.pipeline.remarks import remarks
from generator.pipeline.seating import Seating, as_record, unnamed
from generator.resources import fingerprint

__all__ = [
    "DEFAULT_PRODUCTS",
    "PRODUCTS",
    "Assignment",
    "Event",
    "Jobs",
    "Request",
    "make",
    "prepare",
    "write",
]

Report = Callable[[Event], None]

_MANY = 200
"""From so many forms and questions on, the first is made before processes are forked, which then
share what it loads (SymPy, fonts) in memory. With fewer, each loads for itself what its own chunks
take, all at the same time: that is sooner done, and no core waits."""


def write(
    assignment: Assignment,
    request: Request,
    target: Path | str,
    report: Report = lambda _: None,
    *,
    jobs: Jobs = Jobs(),  # noqa: B008 - frozen
    resume: bool = False,
    seating: Seating | None = None,
) -> None:
    """Make everything and put it into `target`, a folder or a URL: all of it, or nothing.

    `seating` says who gets which form; by default nobody in particular. `report` hears of every
    step. With `resume`, what an interrupted run has finished is not made again. Raises InputError
    where a variant cannot be solved or shown, or `target` cannot be written.
    """
    seating = unnamed(request.forms) if seating is None else seating
    with output.replacing(target, _binding(assignment, request, seating), resume=resume) as staging:
        planned = make(assignment, request, staging, report, jobs=jobs, seating=seating)
        staging.write(manifest(assignment, request, planned, staging))


def make(
    assignment: Assignment,
    request: Request,
    staging: output.Staging,
    report: Report = lambda _: None,
    *,
    jobs: Jobs = Jobs(),  # noqa: B008 - frozen
    seating: Seating | None = None,
) -> Plan:
    """Make everything but the manifest. Raises InputError as `write` does."""
    seating = unnamed(request.forms) if seating is None else seating
    planned = plan(assignment, request, seating.seats)
    maker = chunks.Maker(assignment, request)
    job = chunks.Job.of(assignment, request)
    chunks.adopt(job, maker)
    missing = [chunk for chunk in planned.chunks if not staging.kept(chunk.name)]
    items = sum(map(len, missing))
    report(Started(items=planned.size, missing=items))

    def write_all(artifacts: Iterable[Artifact]) -> None:
        for artifact in artifacts:
            staging.write(artifact)
            report(FileDone(name=artifact.name, sha256=staging.digests[artifact.name]))

    def meanwhile() -> None:
        write_all(unjoined(assignment, request, planned))
        maker.ready()

    rehearse = partial(maker.rehearse, missing[0]) if items >= _MANY else None
    with crew(jobs, len(missing), rehearse) as workers:
        made_in_turn = in_any_order(workers, partial(chunks.make, job), missing, meanwhile)
        for chunk, made in made_in_turn:
            staging.keep(chunk.name, made.files, made.parts)
            what = "forms" if isinstance(chunk, FormChunk) else "questions"
            report(ItemsDone(what=what, chunk=chunk.name, count=len(chunk)))
    write_all(joined(assignment, request, planned, maker, staging))
    if seating.allocation.forms:
        staging.write(allocation_record(seating.allocation))
    for finding in remarks(assignment, planned, staging) if request.stack else ():
        report(Remarked(finding=finding))
    return planned


def _binding(assignment: Assignment, request: Request, seating: Seating) -> output.Binding:
    """What the bytes depend on, in words that a message can show."""
    return {
        "version": generator.__version__,
        "bank": assignment.bank.digest,
        "seed": request.seed,
        "number of forms": request.forms,
        "number of variants": request.variants,
        "products": list(request.products),
        "duplex": request.duplex,
        "bytes of a Moodle file": request.split,
        "formulas for STACK": request.stack,
        "roster": [as_record(seat) for seat in seating.seats],
        "theme": assignment.theme.digest if assignment.theme else "",
        "templates": fingerprint(),
    }
