"""The pieces of the page, from what is known of a bank: fragments of HTML, and PDF files.

Every function takes a `Reading` and runs on the workbench. Raises LookupError for a problem or a
variant that there is not, InputError for what cannot be solved or shown.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from markupsafe import Markup

import generator
from generator.diagnostics import Diagnostic
from generator.language import numbers
from generator.marking import Mark, mark
from generator.model.document import PartQuestion
from generator.model.form import KeySheet, StudentSheet
from generator.model.source import SourceFile
from generator.pipeline.assignment import Assignment
from generator.pipeline.report import problem_html
from generator.preview import moodle
from generator.preview.responses import Fields, response_text
from generator.preview.session import Reading
from generator.preview.source import address, listings
from generator.render.html import Style, answer_html, question_html
from generator.render.html.rich import Rich
from generator.render.pdf import render_key, render_student
from generator.render.templates import Filter, environment
from generator.resources import TEMPLATES

GLANCE = 12
"""Variants that are shown at a glance."""
_NUMBER = 1
"""The page holds one problem at a time, so the names of its fields begin with ``problem-1``."""


def index(path: str, token: str) -> str:
    """The page itself, still empty."""
    return _render("index.html.j2", path=path, token=token, version=generator.__version__)


def overview(reading: Reading) -> dict[str, Any]:
    """What the left side shows, the problems with their sizes, and the bank's text."""
    findings = reading.all_findings()
    dealers = reading.assignment.dealers if reading.assignment else ()
    return {
        "number": reading.number,
        "fresh": reading.fresh,
        "title": reading.assignment.bank.title if reading.assignment else "",
        "problems": [
            {"id": dealer.problem.identity, "size": dealer.space.size} for dealer in dealers
        ],
        "list": _render(
            "problems.html.j2",
            problems=[
                {
                    "id": dealer.problem.identity,
                    "title": dealer.problem.title.text,
                    "size": dealer.space.size,
                    "looked": reading.looked.get(dealer.problem.identity),
                    "findings": _of_problem(reading, dealer.problem.identity, findings),
                }
                for dealer in dealers
            ],
            fresh=reading.fresh,
        ),
        "findings": findings_html(findings, reading.files),
        "counts": {
            severity: sum(one.severity == severity for one in findings)
            for severity in ("error", "warning")
        },
        "source": _render("source.html.j2", files=listings(reading.files, findings)),
    }


def findings_html(findings: Iterable[Diagnostic], files: Iterable[SourceFile]) -> str:
    """Findings as a list; each that has a place leads to its line."""
    known = tuple(files)
    return _render(
        "findings.html.j2", findings=[(finding, address(finding, known)) for finding in findings]
    )


def _of_problem(reading: Reading, problem: str, findings: Iterable[Diagnostic]) -> int:
    """How many findings stand between the begin of this problem and that of the next."""
    if not reading.fresh or reading.assignment is None:
        return 0
    place = reading.dealer(problem).problem.id
    begins = [
        dealer.problem.id.line
        for dealer in reading.assignment.dealers
        if dealer.problem.id.file.name == place.file.name and dealer.problem.id.line > place.line
    ]
    end = min(begins, default=1 << 60)
    return sum(
        finding.file is not None
        and finding.file.name == place.file.name
        and place.line <= finding.line < end
        for finding in findings
    )


# --- a variant ---------------------------------------------------------------------------------


def variant(reading: Reading, problem: str, index: int) -> dict[str, Any]:
    """A variant as students see it, and all that its marker knows."""
    document, styles = reading.document(problem, index), _assignment(reading).styles
    return {
        "name": document.name,
        "question": question_html(document.question, styles.html, number=_NUMBER),
        "answers": _render(
            "answers.html.j2",
            values=_values(reading, problem, index),
            code=document.code,
            index=index,
            parts=[
                (
                    answer.label,
                    answer_html(
                        answer, styles.html, name=f"answer-{answer.label}", level=4, opened=True
                    ),
                )
                for answer in document.answer.parts
            ],
        ),
    }


def draw(reading: Reading, problem: str, k: int) -> dict[str, Any]:
    """The index of the k-th variant dealt; after the last comes the first again."""
    dealer = reading.dealer(problem)
    return {"index": dealer.draw(k % dealer.space.size).index}


def glance(reading: Reading, problem: str, first: int) -> str:
    """Twelve variants as they are dealt: what differs between them, and their keys."""
    dealer = reading.dealer(problem)
    size = dealer.space.size
    indices = [dealer.draw(k).index for k in range(first, min(first + GLANCE, size))]
    documents = [reading.document(problem, index) for index in indices]
    values = [dict(_values(reading, problem, index)) for index in indices]
    differing = [
        name for name in (values[0] if values else ()) if len({one[name] for one in values}) > 1
    ]
    return _render(
        "glance.html.j2",
        first=first,
        size=size,
        count=GLANCE,
        tiles=[
            {
                "document": document,
                "values": [(name, one[name]) for name in differing],
                "keys": [(part.label, part.plain) for part in document.answer.parts],
            }
            for document, one in zip(documents, values, strict=True)
        ],
    )


def _values(reading: Reading, problem: str, index: int) -> list[tuple[str, str]]:
    variant = reading.dealer(problem).variant(index)
    return [(name, numbers.plain(value)) for name, value in variant.values]


def moodle_html(reading: Reading, problem: str, index: int) -> str:
    """The questions that Moodle gets of a variant."""
    bank = _assignment(reading)
    return _render(
        "moodle.html.j2",
        questions=moodle.questions(bank, reading.document(problem, index)),
        language=bank.bank.language,
    )


def statistics(reading: Reading, problem: str) -> str:
    """What the sample of a problem says, once it is solved."""
    title = reading.dealer(problem).problem.title.text
    looked = reading.looked.get(problem)
    shown = Markup(problem_html(looked.report)) if looked and looked.report else ""  # noqa: S704 - a template that escapes
    return _render("statistics.html.j2", title=title, looked=looked, shown=shown)


# --- marking -----------------------------------------------------------------------------------


def marked(reading: Reading, problem: str, index: int, fields: Fields) -> dict[str, str]:
    """What a filled-in question earns, by the letters of the parts that are not left empty."""
    document, styles = reading.document(problem, index), _assignment(reading).styles
    found: dict[str, str] = {}
    for part, answer in zip(document.question.parts, document.answer.parts, strict=True):
        text = response_text(part, fields, f"problem-{_NUMBER}{part.label}")
        if text.strip():
            given = mark(part, answer, text, styles.words)
            found[part.label] = _mark_html(part, given, text, styles.html)
    return found


def _mark_html(part: PartQuestion, given: Mark, text: str, style: Style) -> str:
    rich = Rich(f"mark-{part.label}", style)
    note = given.mistake
    return _render(
        "mark.html.j2",
        mark=given,
        text=text,
        earned=f"{numbers.plain(given.share * part.points)} of {style.points(part.points)}",
        because=rich.blocks(note.because) if note else "",
        rubric=[(style.points(row.points), rich.inlines(row.text)) for row in given.rubric],
    )


# --- sheets ------------------------------------------------------------------------------------


def student_pdf(reading: Reading, problem: str, index: int) -> bytes:
    """The printed sheet with this variant alone."""
    bank = _assignment(reading)
    return reading.sheet(
        "student",
        problem,
        index,
        lambda form: render_student([StudentSheet.of(bank.heading, form)], bank.styles.sheet),
    )


def key_pdf(reading: Reading, problem: str, index: int) -> bytes:
    """The same for the marker."""
    bank = _assignment(reading)
    return reading.sheet(
        "key",
        problem,
        index,
        lambda form: render_key([KeySheet(heading=bank.heading, form=form)], bank.styles.sheet),
    )


# --- templates ---------------------------------------------------------------------------------


def _assignment(reading: Reading) -> Assignment:
    """The bank that is shown; LookupError while there is none."""
    if reading.assignment is None:
        raise LookupError("the bank has not been without errors yet")
    return reading.assignment


def _render(name: str, /, **context: object) -> str:
    return environment(TEMPLATES / "preview", _FILTERS).get_template(name).render(**context)


_FILTERS: tuple[tuple[str, Filter], ...] = (("count", "{:,}".format),)
