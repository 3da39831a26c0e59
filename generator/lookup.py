"""From a code in a student's hand to the key of that very sheet.

It reads what a run has left behind, and needs nothing of what made it: the answer comes at once.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from generator.diagnostics import Diagnostic, InputError, did_you_mean
from generator.model.dataclass import dataclass
from generator.output import MANIFEST, VARIANTS
from generator.variants.codes import normalize


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyLine:
    """The key of one part: problem, letter, key, and tolerance if there is one."""

    problem: str
    part: str
    key: str
    tolerance: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a code stands for, and its keys in the order of the sheet."""

    folder: Path
    what: str
    lines: tuple[KeyLine, ...]


def find(code: str, out: Path) -> tuple[Found, ...]:
    """What bears this code among the assignments below `out`: a form, a variant, both.

    `code` is as typed: lower case, blanks and left-out dashes are forgiven. More than one sheet is
    found where the same assignment was made twice, or where two codes happen to be equal.
    Raises InputError for a mistyped code, one that nothing bears, or a damaged output.
    """
    wanted = normalize(code)
    found: list[Found] = []
    known: list[str] = []
    for folder in _assignments(out):
        manifest = read_manifest(folder)
        try:
            found += _in_assignment(folder, manifest, wanted)
            known += [form["code"] for form in manifest["forms"]]
        except (KeyError, TypeError) as error:
            raise InputError([_unreadable(folder / MANIFEST, error)]) from error
    if not found:
        raise InputError([_unknown(wanted, out, known)])
    return tuple(found)


def _in_assignment(folder: Path, manifest: dict[str, Any], wanted: str) -> Iterator[Found]:
    title = manifest["bank"]["title"]
    for form in manifest["forms"]:
        if form["code"] == wanted:
            codes = [variant["code"] for variant in form["variants"]]
            lines = tuple(_keys(folder, codes))
            what = f"{form['form']} of {title}{_student(form)}"
            yield Found(folder=folder, what=what, lines=lines)
    lines = tuple(_keys(folder, [wanted]))
    if lines:
        what = f"a variant of {lines[0].problem} of {title}"
        yield Found(folder=folder, what=what, lines=lines)


def _student(form: dict[str, Any]) -> str:
    """Whose form it is, as far as it is anybody's."""
    student = form.get("student")
    return f", {student['name']} ({student['id']})" if student else ""


def _assignments(out: Path) -> list[Path]:
    try:
        candidates = [out, *sorted(out.iterdir())] if out.is_dir() else []
        return [folder for folder in candidates if (folder / MANIFEST).is_file()]
    except OSError as error:
        message = f"{error.filename} cannot be looked into: {error.strerror or error}"
        cure = "mend its rights, or say with --out where the assignment was written"
        raise InputError([Diagnostic(code="no-assignment", message=message, help=cure)]) from error


def _unknown(code: str, out: Path, known: list[str]) -> Diagnostic:
    if not known:
        message = f"there is no assignment below {out} to look up {code} in"
        cure = "say with --out where the assignment was written"
        return Diagnostic(code="no-assignment", message=message, help=cure)
    near = did_you_mean(code, known)
    return Diagnostic(
        code="unknown-code",
        message=f"no sheet below {out} bears the code {code}",
        help=near or "say with --out where the sheet's assignment was written",
    )


def _keys(folder: Path, codes: list[str]) -> Iterator[KeyLine]:
    """The key lines of these variants, in the order of `codes`."""
    found: dict[str, list[KeyLine]] = {}
    for record in _records(folder / VARIANTS):
        if record["code"] in codes:
            found[record["code"]] = [
                KeyLine(
                    problem=record["problem"],
                    part=part["part"],
                    key=part["key"],
                    tolerance=part.get("tolerance", "0"),
                )
                for part in record["parts"]
            ]
    for code in codes:
        yield from found.get(code, ())


def _records(path: Path) -> Iterator[dict[str, Any]]:
    try:
        with path.open(encoding="utf-8") as lines:
            for line in lines:
                yield json.loads(line)
    except (OSError, ValueError) as error:
        raise InputError([_unreadable(path, error)]) from error


def read_manifest(folder: Path) -> dict[str, Any]:
    """What a run noted down about itself. Raises InputError where there is none to be read."""
    path = folder / MANIFEST
    try:
        content = json.loads(path.read_bytes())
    except (FileNotFoundError, NotADirectoryError) as error:
        message = f"there is no assignment in {folder}"
        cure = "name the folder that a run of gen-quiz made, such as out/assignment4"
        raise InputError([Diagnostic(code="no-assignment", message=message, help=cure)]) from error
    except (OSError, ValueError) as error:
        raise InputError([_unreadable(path, error)]) from error
    if not isinstance(content, dict):
        raise InputError([_unreadable(path, ValueError("it is no JSON object"))])
    return content


def _unreadable(path: Path, error: Exception) -> Diagnostic:
    if isinstance(error, PermissionError):
        reason, cure = error.strerror, "mend its rights or those of its folder"
    else:
        reason = str(error)
        cure = "it was changed or damaged since it was made; make the assignment again by its seed"
    message = f"{path} cannot be read: {reason}"
    return Diagnostic(code="unreadable-record", message=message, help=cure)
