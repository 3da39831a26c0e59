"""What a run leaves behind for people and programs: the manifest, the variants' log, the key table.

From the manifest and the copy of the bank beside it, everything else can be derived again.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import Any

import generator
from generator.language import numbers
from generator.model.bank import Bank
from generator.model.document import Document, PartAnswer
from generator.model.form import Artifact, Form
from generator.model.request import Request
from generator.model.solution import (
    ChoiceKey,
    EssayKey,
    ExpressionKey,
    MatchingKey,
    NumericalKey,
    OrderingKey,
    TextKey,
    TrueFalseKey,
)
from generator.model.value import Record
from generator.model.variant import Variant
from generator.output import MANIFEST
from generator.pipeline.assignment import Assignment
from generator.pipeline.seating import Seat, as_record

FORMAT = 1
"""The layout of manifest.json and variants.jsonl; raised when an old reader would misread it."""

BANK_COPY = "bank.yaml"

PART_TYPES = {
    NumericalKey: "numerical",
    ExpressionKey: "expression",
    TextKey: "text",
    TrueFalseKey: "true_false",
    ChoiceKey: "choice",
    MatchingKey: "matching",
    OrderingKey: "ordering",
    EssayKey: "essay",
}

KEY_TABLE = "key.csv"
FORMS = "forms"
"""The part of a chunk that goes into the manifest."""

ATTENDANCE, MARKING = "attendance.pdf", "marking.pdf"


def line(variant: Variant, document: Document, *, forms: Iterable[str], moodle: bool) -> bytes:
    """A line of ``variants.jsonl``: a variant, the forms that bear it, whether Moodle gets it."""
    entry = {
        "problem": variant.problem,
        "index": variant.index,
        "code": variant.code,
        "parameters": {name: exact(value) for name, value in variant.values},
        "forms": list(forms),
        "moodle": moodle,
        "parts": [_part(answer) for answer in document.answer.parts],
    }
    return _json(entry).encode() + b"\n"


def exact(value: object) -> Any:
    """A parameter's value for JSON: numbers as exact strings, vectors as lists, records as maps."""
    if isinstance(value, Record):
        return {name: exact(member) for name, member in value.entries}
    if isinstance(value, tuple):
        return [exact(item) for item in value]
    return value if isinstance(value, bool) else str(value)


def _part(answer: PartAnswer) -> dict[str, str]:
    key = answer.key
    entry = {"part": answer.label, "type": PART_TYPES[type(key)], "key": answer.plain}
    if isinstance(key, NumericalKey):
        entry["key"] = numbers.plain(key.value)
        entry["tolerance"] = numbers.plain(key.tolerance)
        entry["latex"] = numbers.latex(key.value)
    if isinstance(key, ExpressionKey):
        entry["latex"] = key.latex
    if answer.evidence is not None:
        proof = answer.evidence
        entry["evidence"] = f"{proof.first}; {proof.second}: {proof.result}"
    return entry


KEY_HEADER = "form,code,problem,part,key\r\n".encode("utf-8-sig")
"""The head of ``key.csv``; with a byte order mark, which Excel asks for."""


def key_rows(form: Form) -> bytes:
    """The lines of ``key.csv`` (RFC 4180) for one form."""
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\r\n")
    for document in form.documents:
        for answer in document.answer.parts:
            row = [form.name, form.code, document.problem, answer.label, answer.plain]
            writer.writerow([_inert(cell) for cell in row])
    return table.getvalue().encode()


def _inert(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula; numbers stay numbers."""
    if cell[:1] not in ("=", "+", "-", "@", "\t", "\r"):
        return cell
    try:
        Fraction(cell)
    except ValueError:
        return f"'{cell}"
    return cell


def bank_copies(bank: Bank) -> Iterator[Artifact]:
    """The banks as they were read, so that the folder alone suffices to derive everything again."""
    files = ((BANK_COPY, bank.file), *((other_copy(name), file) for name, file in bank.others))
    for name, file in files:
        content = file.text.encode()
        yield Artifact(name=name, media_type="application/yaml", chunks=(content,))


def other_copy(name: str) -> str:
    """Where the bank that another one calls by this name is copied to."""
    return f"sources/{name}"


def form_entry(form: Form, seat: Seat, variants: Iterable[Variant]) -> bytes:
    """A form as the manifest lists it, on a line of its own."""
    entry = {
        "form": form.name,
        "code": form.code,
        **as_record(seat),
        "variants": [
            {"problem": variant.problem, "index": variant.index, "code": variant.code}
            for variant in variants
        ],
    }
    return _json(entry).encode() + b"\n"


def manifest(
    assignment: Assignment, request: Request, forms: Iterable[bytes], digests: Mapping[str, str]
) -> Artifact:
    """``manifest.json``: what was asked for, what it was made from, and each file's SHA-256.

    `forms` are lines made by `form_entry`, in any pieces of whole lines.
    """
    return Artifact(
        name=MANIFEST,
        media_type="application/json",
        chunks=_manifest(_head(assignment, request), forms, dict(sorted(digests.items()))),
    )


def _head(assignment: Assignment, request: Request) -> Mapping[str, object]:
    bank = assignment.bank
    return {
        "format": FORMAT,
        "gen-quiz": generator.__version__,
        "bank": {
            "id": bank.id,
            "file": bank.file.name,
            "title": bank.title,
            "sha256": bank.digest,
            "others": {name: file.name for name, file in bank.others},
        },
        "seed": assignment.seed,
        "theme": assignment.theme.digest if assignment.theme else "",
        "request": {
            "forms": request.forms,
            "variants": request.variants,
            "products": [*request.products],
            "duplex": request.duplex,
            "split": request.split,
            "stack": request.stack,
        },
        "problems": [
            {
                "id": dealer.problem.identity,
                "variants": dealer.space.size,
                "moodle": assignment.practice_count(dealer, request),
            }
            for dealer in assignment.dealers
        ],
    }


def _manifest(
    head: Mapping[str, object], forms: Iterable[bytes], files: Mapping[str, str]
) -> Iterator[bytes]:
    """JSON, an entry a line, that is never whole in memory."""
    yield b"{\n"
    for name, value in head.items():
        yield f' "{name}": {_json(value)},\n'.encode()
    yield b' "forms": ['
    yield from _entries(line.decode() for piece in forms for line in piece.splitlines())
    yield b'],\n "files": {'
    yield from _entries(f"{_json(name)}: {_json(digest)}" for name, digest in files.items())
    yield b"}\n}\n"


def _entries(entries: Iterable[str]) -> Iterator[bytes]:
    before = "\n  "
    for entry in entries:
        yield f"{before}{entry}".encode()
        before = ",\n  "


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(", ", ": "))
