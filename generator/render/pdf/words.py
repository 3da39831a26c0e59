"""The fixed words of sheets and lists, one file for each language: `templates/words/*.yaml`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

from generator.diagnostics import Diagnostic, InputError, did_you_mean
from generator.model.dataclass import dataclass
from generator.model.source import SourceFile
from generator.render.pdf.own_file import Layers, read
from generator.render.pdf.theme import named


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """Words that depend on a number: for exactly one, and for any other."""

    one: str
    other: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The fixed words of sheets, by what they name."""

    name: str
    student_id: str
    form: str
    page: str
    problem: str
    points: str
    marks: str
    total: str
    total_points: str
    point_count: Counted
    answer: str
    justification: str
    key_banner: str
    key_title: str
    key: str
    solution: str
    mistakes: str
    mistake_result: str
    mistake_justification: str
    mistake_reason: str
    mistake_worth: str
    rubric: str
    credit: str
    hints: str
    follow_through: str
    follow_formula: str
    follow_source: str
    follow_result: str
    evidence: str
    attendance_title: str
    marking_title: str
    marking_banner: str
    same_key: str
    form_number: str
    code: str
    seat: str
    signature: str
    student_count: Counted
    form_count: Counted
    true: str
    false: str


_BLANKS = {
    "form": ("number",),
    "page": ("page", "pages"),
    "total_points": ("points",),
    "point_count": ("points",),
    "student_count": ("count",),
    "form_count": ("count",),
    "key_title": ("title",),
    "attendance_title": ("title",),
    "marking_title": ("title",),
    "follow_formula": ("results", "formula"),
    "follow_source": ("symbol", "label"),
    "follow_result": ("label",),
    "evidence": ("first", "second", "result"),
}
"""What is filled into each word, between braces; all others are shown as they are."""


def read_words(file: SourceFile) -> tuple[Words, Layers]:
    """The words in this file. Raises InputError with all that is wrong in it."""
    layers = Layers.of(file)
    content = layers.content
    sheet = content.get("sheet")
    if not isinstance(sheet, dict):
        raise InputError([layers.finding(("sheet",), "the words of sheets are missing")])
    verdicts = {name: content.get(name) for name in ("true", "false")}
    words = read(Words, layers, {**sheet, **verdicts}, ("sheet",))
    findings = list(_wrong_blanks(layers, words))
    if findings:
        raise InputError(findings)
    return words, layers


def texts(words: Words) -> Iterator[tuple[str, str]]:
    """Every text with the name of its word."""
    for field in fields(words):
        word = getattr(words, field.name)
        if isinstance(word, Counted):
            yield field.name, word.one
            yield field.name, word.other
        else:
            yield field.name, word


def _wrong_blanks(layers: Layers, words: Words) -> Iterator[Diagnostic]:
    for name, text in texts(words):
        known = _BLANKS.get(name)
        for blank in named(text) if known else ():
            if blank not in (known or ()):
                message = f"`sheet.{name}` names {{{blank}}}, which is not known"
                shown = ", ".join(f"{{{one}}}" for one in known or ())
                cure = did_you_mean(blank, known or ()) or f"it may name {shown}"
                yield layers.finding(("sheet", name), message, cure)
