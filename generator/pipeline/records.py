"""What a run leaves behind for people and programs: the manifest, the variants' log, the key table.

From the manifest and the copy of the bank beside it, everything else can be derived again.
"""

from __future__ import annotations

import csv
import io
import json
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import Any

import generator
from generator.language import numbers
from generator.model.bank import Bank
from generator.model.document import Document, PartAnswer
from generator.model.form import Artifact, Form, form_name
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
from generator.pipeline.assignment import Assignment

FORMAT = 1
"""The layout of manifest.json and variants.jsonl; raised when an old reader would misread it."""

BANK_COPY = "bank.yaml"
VARIANTS = "variants.jsonl"

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

_CHUNK = 1 << 16
_IN_MEMORY = 8 << 20


class VariantLog:
    """Collects a line for each variant made: in memory or, when it is long, in a temporary file."""

    def __init__(self) -> None:
        self._lines = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - read later, then closed

    def note(
        self, variant: Variant, document: Document, *, forms: Iterable[str], moodle: bool
    ) -> None:
        """Record a variant, the forms that bear it, and whether Moodle gets it."""
        line = {
            "problem": variant.problem,
            "index": variant.index,
            "code": variant.code,
            "parameters": {name: exact(value) for name, value in variant.values},
            "forms": list(forms),
            "moodle": moodle,
            "parts": [_part(answer) for answer in document.answer.parts],
        }
        self._lines.write(_json(line).encode() + b"\n")

    def note_forms(self, assignment: Assignment, request: Request, forms: Iterable[Form]) -> None:
        """Record the variants that are on paper; Moodle may show some of them too."""
        for form in forms:
            variants = assignment.form_variants(form.number)
            for dealer, variant, document in zip(
                assignment.dealers, variants, form.documents, strict=True
            ):
                first = dealer.space.size - assignment.practice_count(dealer, request)
                self.note(variant, document, forms=[form.name], moodle=form.number > first)

    def artifact(self) -> Artifact:
        """All lines noted so far, as ``variants.jsonl``."""
        return Artifact(name=VARIANTS, media_type="application/jsonl", chunks=self._read())

    def _read(self) -> Iterator[bytes]:
        self._lines.seek(0)
        while chunk := self._lines.read(_CHUNK):
            yield chunk
        self._lines.close()


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


def key_table(forms: Iterable[Form]) -> Artifact:
    """``key.csv``: form, code, problem, part, key; with a byte order mark, which Excel asks for."""
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\r\n")  # RFC 4180
    writer.writerow(["form", "code", "problem", "part", "key"])
    for form in forms:
        for document in form.documents:
            for answer in document.answer.parts:
                row = [form.name, form.code, document.problem, answer.label, answer.plain]
                writer.writerow([_inert(cell) for cell in row])
    content = table.getvalue().encode("utf-8-sig")
    return Artifact(name="key.csv", media_type="text/csv", chunks=(content,))


def _inert(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula; numbers stay numbers."""
    if cell[:1] not in ("=", "+", "-", "@", "\t", "\r"):
        return cell
    try:
        Fraction(cell)
    except ValueError:
        return f"'{cell}"
    return cell


def bank_copy(bank: Bank) -> Artifact:
    """The bank as it was read, so that the folder alone suffices to derive everything again."""
    content = bank.file.text.encode()
    return Artifact(name=BANK_COPY, media_type="application/yaml", chunks=(content,))


def manifest(assignment: Assignment, request: Request, digests: Mapping[str, str]) -> Artifact:
    """``manifest.json``: what was asked for, what it was made from, and each file's SHA-256."""
    bank = assignment.bank
    content = {
        "format": FORMAT,
        "gen-quiz": generator.__version__,
        "bank": {"id": bank.id, "file": bank.file.name, "title": bank.title, "sha256": bank.digest},
        "seed": assignment.seed,
        "request": {
            "forms": request.forms,
            "variants": request.variants,
            "products": [*request.products],
        },
        "forms": [
            {
                "form": form_name(number),
                "code": assignment.form_code(number),
                "variants": [
                    {"problem": variant.problem, "index": variant.index, "code": variant.code}
                    for variant in assignment.form_variants(number)
                ],
            }
            for number in range(1, request.forms + 1)
        ],
        "problems": [
            {
                "id": dealer.problem.identity,
                "variants": dealer.space.size,
                "moodle": assignment.practice_count(dealer, request),
            }
            for dealer in assignment.dealers
        ],
        "files": dict(digests),
    }
    text = json.dumps(content, ensure_ascii=False, indent=1) + "\n"
    return Artifact(name="manifest.json", media_type="application/json", chunks=(text.encode(),))


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(", ", ": "))
