"""Derive an assignment again, from its manifest and its copy of the bank, and compare.

What is compared is bytes: every file that the manifest lists against the digest recorded there
and against the one that a fresh derivation gives. So a changed key, a lost page and a new release
that would answer differently all show.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import generator
from generator import output, pipeline
from generator.bank.yaml import decode
from generator.diagnostics import Diagnostic, InputError
from generator.lookup import read_manifest
from generator.model.dataclass import dataclass
from generator.model.request import Request
from generator.model.source import SourceFile
from generator.output import MANIFEST
from generator.pipeline.allocation import ALLOCATION, NOBODY, read_allocation
from generator.pipeline.assignment import Assignment
from generator.pipeline.events import Event
from generator.pipeline.jobs import Jobs
from generator.pipeline.records import BANK_COPY, FORMAT, other_copy
from generator.pipeline.seating import Seating, from_records
from generator.render.pdf import ThemeFile


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a verification found: how many files were compared, and what differs."""

    files: int
    variants: int
    findings: tuple[Diagnostic, ...]


def verify(
    folder: Path,
    report: Callable[[Event], None] = lambda _: None,
    *,
    jobs: Jobs = Jobs(),  # noqa: B008 - frozen
    theme: ThemeFile | None = None,
) -> Report:
    """Compare the assignment in `folder` with a fresh derivation of it.

    `report` hears of every step; `theme` is the one that it was made with, if any. Raises
    InputError where the folder holds no assignment that can be derived again.
    """
    manifest = _manifest(folder)
    request = _request(manifest)
    if manifest["theme"] != (theme.digest if theme else ""):
        raise InputError([_other_theme(folder, manifest)])
    assignment = _prepared(folder, manifest, request, theme)
    seating = _seating(folder, manifest)
    with output.weighing() as staging:
        pipeline.make(assignment, request, staging, report, jobs=jobs, seating=seating)
    derived = dict(sorted(staging.digests.items()))
    findings = [
        finding
        for name, digest in derived.items()
        for finding in _compare(folder, name, digest, manifest)
    ]
    findings += _unexpected(folder, manifest, derived)
    made = len(manifest["forms"]) * len(manifest["problems"])
    made += sum(problem["moodle"] for problem in manifest["problems"])
    return Report(files=len(derived), variants=made, findings=tuple(findings))


def _prepared(
    folder: Path, manifest: dict[str, Any], request: Request, theme: ThemeFile | None
) -> Assignment:
    """The assignment of the banks that were used, from their copies."""
    bank = manifest["bank"]

    def load(name: str) -> SourceFile:
        return _copy(folder, other_copy(name), bank["others"].get(name, name))

    file = _copy(folder, BANK_COPY, bank["file"])
    for name in (BANK_COPY, *map(other_copy, bank["others"])):
        if _digest(folder, name) != manifest["files"].get(name):
            raise InputError([_differs(folder, name, "is not the bank that was used")])
    return pipeline.prepare(file, id=bank["id"], seed=request.seed, load=load, theme=theme)


def _seating(folder: Path, manifest: dict[str, Any]) -> Seating:
    """Who got which form, by the manifest and the allocation beside it."""
    allocation = NOBODY
    if ALLOCATION in manifest["files"]:
        try:
            allocation = read_allocation((folder / ALLOCATION).read_bytes(), ALLOCATION)
        except OSError:
            raise InputError([_differs(folder, ALLOCATION, "cannot be read")]) from None
    return from_records(manifest["forms"], allocation)


def _other_theme(folder: Path, manifest: dict[str, Any]) -> Diagnostic:
    made = "with another theme" if manifest["theme"] else "without a theme"
    cure = "name the same by --theme" if manifest["theme"] else "leave out --theme"
    return Diagnostic(code="other-theme", message=f"{folder} was made {made}", help=cure)


def _copy(folder: Path, name: str, original: str) -> SourceFile:
    """The copy of a bank, under the name that it had."""
    try:
        content = (folder / name).read_bytes()
    except OSError:
        raise InputError([_differs(folder, name, "cannot be read")]) from None
    return decode(original, content)


def _request(manifest: dict[str, Any]) -> Request:
    asked = manifest["request"]
    return Request(
        seed=manifest["seed"],
        forms=asked["forms"],
        variants=asked["variants"],
        products=tuple(asked["products"]),
        duplex=asked["duplex"],
        split=asked["split"],
        stack=asked["stack"],
    )


def _compare(
    folder: Path, name: str, derived: str, manifest: dict[str, Any]
) -> Iterator[Diagnostic]:
    recorded = manifest["files"].get(name)
    try:
        found = _digest(folder, name)
    except InputError as error:
        yield from error.diagnostics
        return
    if found is None:
        yield _differs(folder, name, "is missing")
    elif recorded is not None and found != recorded:
        yield _differs(folder, name, "was changed after it was made")
    elif found != derived:
        by = f"gen-quiz {manifest['gen-quiz']} made it, this is {generator.__version__}"
        yield _differs(folder, name, f"is not what its seed and bank give ({by})")


def _digest(folder: Path, name: str) -> str | None:
    """A file's SHA-256, None if there is none; raises InputError if it cannot be read."""
    path = folder / name
    try:
        return output.file_digest(path) if path.is_file() else None
    except OSError:
        raise InputError([_differs(folder, name, "cannot be read")]) from None


def _unexpected(
    folder: Path, manifest: dict[str, Any], digests: dict[str, str]
) -> Iterator[Diagnostic]:
    for name in manifest["files"]:
        if name not in digests:
            yield _differs(folder, name, "is in the manifest, but does not follow from it")


def _differs(folder: Path, name: str, what: str) -> Diagnostic:
    return Diagnostic(
        code="not-as-derived",
        message=f"{folder / name} {what}",
        help="do not use it; make the assignment again with its seed",
    )


def _manifest(folder: Path) -> dict[str, Any]:
    content = read_manifest(folder)
    try:
        if content["format"] != FORMAT:
            raise ValueError(f"format {content['format']}, this gen-quiz reads {FORMAT}")
        _ = content["problems"], content["files"], content["bank"]["others"], content["theme"]
        _ = _request(content), from_records(content["forms"], NOBODY)
    except (ValueError, KeyError, TypeError) as error:
        message = f"{folder / MANIFEST} is not the manifest of an assignment: {error}"
        cure = "name the folder that a run of gen-quiz made, such as out/assignment4"
        raise InputError([Diagnostic(code="no-assignment", message=message, help=cure)]) from error
    return content
