"""Student and key sheets as a reader, a printer and a marker get them."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import fields, replace
from pathlib import Path

import pytest
from pypdf import PageObject, PdfReader
from pypdf.generic import Destination

from generator.diagnostics import InputError
from generator.model.document import NumericalResponse, Paragraph, Question
from generator.model.form import Heading, StudentSheet
from generator.model.solution import NumericalKey
from generator.render.pdf import render_key, render_student
from tests.render.pdf.reading import reader, text
from tests.render.pdf.samples import (
    HEADING,
    blocks,
    form,
    key_sheet,
    line,
    part,
    student_sheet,
    style,
)

GOLDEN = Path(__file__).with_name("golden")
STYLE = style()


def sheet(*questions: Question, heading: Heading = HEADING) -> StudentSheet:
    return StudentSheet(heading=heading, number=1, code="T", questions=questions)


def test_a_student_sheet_reads_in_order(golden: Callable[[Path, str], None]) -> None:
    golden(GOLDEN / "student.txt", text(render_student([student_sheet()], STYLE)))


def test_a_key_sheet_reads_in_order(golden: Callable[[Path, str], None]) -> None:
    golden(GOLDEN / "key.txt", text(render_key([key_sheet()], STYLE)))


def test_nothing_of_an_answer_can_be_on_a_student_sheet() -> None:
    """The renderer is handed no type that could hold one, and the text shows none."""
    assert {field.name for field in fields(StudentSheet)} == {
        "heading",
        "number",
        "code",
        "questions",
        "sections",
        "student",
    }
    shown = text(render_student([student_sheet()], STYLE))
    keyed = text(render_key([key_sheet()], STYLE))
    for secret in ("520", "Still earns", "counterexample", "−1.0731", "Key"):
        assert secret in keyed
        assert secret not in shown


def test_the_same_sheet_is_the_same_bytes() -> None:
    first = render_student([student_sheet(3)], STYLE)
    render_student([student_sheet(n) for n in range(1, 7)], STYLE)
    assert render_student([student_sheet(3)], style()) == first


def test_no_hash_seed_and_no_other_form_changes_a_byte() -> None:
    program = (
        "import hashlib\n"
        "from tests.render.pdf.samples import key_sheet, student_sheet, style\n"
        "from generator.render.pdf import render_key, render_student\n"
        "student = render_student([student_sheet(2)], style())\n"
        "key = render_key([key_sheet(2)], style())\n"
        "print(hashlib.sha256(student + key).hexdigest())"
    )
    environment = {**os.environ, "PYTHONHASHSEED": "77"}
    done = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, check=True, text=True
    )
    content = render_student([student_sheet(2)], STYLE) + render_key([key_sheet(2)], STYLE)
    assert done.stdout.strip() == hashlib.sha256(content).hexdigest()


def test_a_forms_pages_are_the_same_alone_and_among_others() -> None:
    alone = reader(render_student([student_sheet(2)], STYLE))
    among = reader(render_student([student_sheet(n) for n in (1, 2, 3)], STYLE))
    start = len(alone.pages)
    for i, page in enumerate(alone.pages):
        assert _content(among.pages[start + i]) == _content(page)


def test_one_file_of_several_forms_has_a_bookmark_for_each() -> None:
    file = reader(render_student([student_sheet(n) for n in (1, 2)], STYLE))
    assert _bookmarks(file) == [("Form 1 · K7F3-Q001", 0), ("Form 2 · K7F3-Q002", 3)]


def test_a_file_of_one_form_needs_no_bookmarks() -> None:
    assert reader(render_student([student_sheet()], STYLE)).outline == []


def test_duplex_begins_every_form_on_an_odd_page() -> None:
    sheets = [student_sheet(n) for n in (1, 2, 3)]
    assert len(reader(render_student(sheets, STYLE)).pages) == 9
    file = reader(render_student(sheets, STYLE, duplex=True))
    assert [page for _, page in _bookmarks(file)] == [0, 4, 8]
    assert len(file.pages) == 11
    assert file.pages[3].extract_text() == ""


def test_pages_are_counted_within_each_form() -> None:
    shown = text(render_student([student_sheet(1), student_sheet(2)], STYLE))
    counts = [found for found in shown.splitlines() if found.startswith("Page ")]
    assert counts == ["Page 1 of 3", "Page 2 of 3", "Page 3 of 3"] * 2


def test_every_page_bears_the_code() -> None:
    file = render_student([student_sheet(5)], STYLE)
    assert text(file).count("K7F3-Q005") == len(reader(file).pages)


def test_every_page_of_a_key_says_that_it_is_one() -> None:
    file = render_key([key_sheet()], STYLE)
    assert text(file).count("Answer key: not to be handed out") == 2 * len(reader(file).pages)


@pytest.mark.parametrize(("paper", "size"), [("a4", (595.28, 841.89)), ("letter", (612, 792))])
def test_paper_is_the_themes(paper: str, size: tuple[float, float]) -> None:
    page = reader(render_student([student_sheet()], style(paper=paper))).pages[0]
    assert (float(page.mediabox.width), float(page.mediabox.height)) == size


def test_a_title_says_what_the_file_is() -> None:
    assert reader(render_student([student_sheet()], STYLE)).metadata.title == "Assignment 4"  # type: ignore[union-attr]
    keyed = reader(render_key([key_sheet()], STYLE)).metadata
    assert keyed is not None
    assert (keyed.title, keyed.author) == ("Assignment 4: answer key", "Benny Chen")
    assert keyed.creation_date is None, "a file that tells no time is the same tomorrow"


def test_the_space_for_an_answer_does_not_depend_on_the_key() -> None:
    """Forms whose keys have other lengths have the same layout, but for the digits asked about."""
    other = form()
    documents = list(other.documents)
    first, *rest = documents[1].answer.parts
    key = NumericalKey(value=10**40, tolerance=0)  # type: ignore[arg-type]
    long = replace(first, key=key, shown=line("$" + "9" * 40 + "$"), steps=blocks("long " * 400))
    documents[1] = replace(documents[1], answer=replace(documents[1].answer, parts=(long, *rest)))
    changed = StudentSheet.of(HEADING, replace(other, documents=tuple(documents)))
    assert render_student([changed], STYLE) == render_student([student_sheet()], STYLE)


@pytest.mark.parametrize(
    ("count", "rows"),
    [
        (1, ["Points 6"]),
        (2, ["Problem 1 2 Total", "Points 6 4 10"]),
        (8, ["Problem 1 2 3 4 5 6 7 8 Total", "Points 6 4 6 6 4 6 6 4 42"]),
        (
            9,
            ["Problem 1 2 3 4 5", "Points 6 4 6 6 4", "Problem 6 7 8 9 Total", "Points 6 6 4 6 48"],
        ),
    ],
)
def test_marks_are_entered_below_the_points_of_each_problem(count: int, rows: list[str]) -> None:
    sheet = student_sheet()
    questions = (sheet.questions * 3)[:count]
    shown = text(render_student([replace(sheet, questions=questions)], STYLE)).splitlines()
    assert [line for line in shown if re.match(r"(Problem|Points) \d", line)] == rows


def test_points_stand_beside_each_part_unless_the_problem_has_one() -> None:
    alone = Question(title="Q", stem=(), parts=(part("a", "Why?", 3, NumericalResponse()),))
    assert text(render_student([sheet(alone)], STYLE)).count("3 points") == 1
    both = replace(alone, parts=(*alone.parts, part("b", "How?", 1, NumericalResponse())))
    shown = text(render_student([sheet(both)], STYLE))
    assert [shown.count(points) for points in ("4 points", "3 points", "1 point\n")] == [1, 1, 1]


@pytest.mark.parametrize("letters", ["漢字", "देव", "שלום"])
def test_letters_that_no_font_has_are_reported_not_printed_as_boxes(letters: str) -> None:
    with pytest.raises(InputError) as caught:
        render_student([sheet(heading=replace(HEADING, title=f"On {letters}"))], STYLE)
    (found,) = caught.value.diagnostics
    assert found.code == "missing-glyph"
    assert f"U+{ord(letters[0]):04X}" in found.message
    assert "fallback" in found.help


def test_a_formula_that_cannot_be_set_is_reported() -> None:
    bad = Question(title="Q", stem=blocks(r"See $\foo$."), parts=())
    with pytest.raises(
        InputError, match=r"cannot be typeset: column 1: unsupported command: \\foo"
    ):
        render_student([sheet(bad)], STYLE)


def test_empty_parts_of_a_question_leave_no_trace_and_no_error() -> None:
    empty = Question(title="", stem=(Paragraph(content=()),), parts=())
    assert "Assignment 4" in text(render_student([sheet(empty)], STYLE))


def test_a_sheet_of_an_assignment_is_small() -> None:
    assert len(render_student([student_sheet()], STYLE)) < 60_000


def _content(page: PageObject) -> bytes:
    stream = page.get_contents()
    assert stream is not None
    return stream.get_data()


def _bookmarks(file: PdfReader) -> list[tuple[str | None, int | None]]:
    entries = [entry for entry in file.outline if isinstance(entry, Destination)]
    return [(entry.title, file.get_destination_page_number(entry)) for entry in entries]
