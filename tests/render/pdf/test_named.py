"""Sheets with a printed name in place of the boxes to write it into."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from generator.diagnostics import InputError
from generator.model.form import StudentSheet
from generator.model.student import Student
from generator.render.pdf import render_student
from tests.render.pdf.named import ADA, LONG, NAMES, UNBROKEN, key, sheet
from tests.render.pdf.reading import Word, reader, text, words
from tests.render.pdf.samples import HEADING, form, student_sheet, style

TOP_LINE = 85.0
"""Everything above is the running header of a page but the first."""


def page_words(content: bytes, page: int) -> list[Word]:
    return [word for word in words(content) if word.page == page]


def below_the_boxes(content: bytes) -> float:
    """Where the instructions begin."""
    return next(word.top for word in page_words(content, 1) if word.text == "Answer")


def test_name_and_id_are_printed_on_every_page() -> None:
    content = sheet(ADA)
    pages = len(reader(content).pages)
    assert text(content).count("Ada Lovelace") == pages
    assert [word.text for word in words(content)].count("1815") == pages


def test_a_short_name_moves_nothing_on_the_sheet() -> None:
    """So a marker finds everything where it is on a sheet without a name."""
    known = sheet(Student(id="7", name="Bo"))
    blank = render_student([student_sheet()], style())
    assert below_the_boxes(known) == below_the_boxes(blank)
    assert len(reader(known).pages) == len(reader(blank).pages)


@pytest.mark.parametrize("name", [LONG, UNBROKEN], ids=["many words", "one word"])
def test_a_name_of_200_letters_stays_in_its_box(name: str) -> None:
    """It takes several lines, left of the box for the id and above the instructions."""
    content = sheet(Student(id="x" * 60, name=name))
    found = page_words(content, 1)
    box_left = next(word.left for word in found if word.text == "Student")
    label = next(word for word in found if word.text == "Name")
    begin = below_the_boxes(content)
    inside = [word for word in found if label.bottom - 2 < word.top < begin - 5]
    left = [word for word in inside if word.left < box_left - 1]
    right = [word for word in inside if word.left >= box_left - 1]
    assert "".join(word.text for word in left) == name.replace(" ", "").replace("ﬀ", "ff")
    assert "".join(word.text for word in right) == "x" * 60
    assert max(word.right for word in left) < box_left - 6
    assert max(word.bottom for word in inside) < begin


def test_a_name_that_no_running_header_has_room_for_is_cut_short() -> None:
    header = [word for word in page_words(sheet(Student(id="7", name=LONG)), 2) if word.top < 60]
    shown = " ".join(word.text for word in header if word.left < 470)
    assert shown.startswith("Name Wolfeschlegelsteinhausenbergerdorff Adolph")
    assert shown.split("…")[1].startswith(" Student ID 7")
    for before, after in pairwise(header):
        assert before.right <= after.left + 0.5 or abs(before.top - after.top) > 5


def test_a_key_sheet_names_the_student() -> None:
    lines = text(key(ADA)).splitlines()
    assert "Ada Lovelace · 1815" in lines
    assert "Assignment 4 · Ada Lovelace · Form 1" in lines


def test_bookmarks_name_the_students_as_lists_do() -> None:
    sheets = [replace(student_sheet(n), student=ADA) for n in (1, 2)]
    outline = reader(render_student(sheets, style())).outline
    assert [entry.title for entry in outline] == [  # type: ignore[union-attr]
        "Lovelace, Ada · Form 1 · K7F3-Q001",
        "Lovelace, Ada · Form 2 · K7F3-Q002",
    ]


@pytest.mark.parametrize("name", NAMES[:7])
def test_latin_greek_and_cyrillic_need_no_other_font(name: str) -> None:
    assert name in text(sheet(Student(id="7", name=name)))


def test_a_name_that_no_font_can_show_is_told() -> None:
    with pytest.raises(InputError) as caught:
        sheet(Student(id="7", name="山田 太郎"))
    (found,) = caught.value.diagnostics
    assert found.message.startswith("no font of the sheet has '山' (U+5C71")


def test_a_sheet_of_a_form_is_its_students() -> None:
    named = replace(form(), student=ADA)
    assert StudentSheet.of(HEADING, named).student == ADA
    assert (named.name, named.file_name, form().file_name) == ("form-001", "1815", "form-001")


def test_a_student_needs_an_id_and_a_name() -> None:
    for id_, name in (("", "Ada"), ("7", "")):
        with pytest.raises(ValueError, match="an id and a name"):
            Student(id=id_, name=name)
