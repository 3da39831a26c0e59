"""Lists over all forms: attendance, and the keys to mark by."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from generator.diagnostics import InputError
from generator.model.document import Answer, Math, PartAnswer, Question, Text
from generator.model.form import Form, Place
from generator.model.solution import EssayKey, MatchingKey, NumericalKey, OrderingKey
from generator.model.student import Student
from generator.render.pdf import render_attendance
from generator.render.pdf.table import GUTTER
from tests.render.pdf.named import ADA, attendance, marking, marking_table, places
from tests.render.pdf.reading import outline, reader, text, words
from tests.render.pdf.samples import HEADING, form, style


def lines(content: bytes) -> list[str]:
    return text(content).splitlines()


def listed(order: str, *names: str) -> list[str]:
    """The names in the order in which the attendance list shows them."""
    students = [
        Place(number=n, code="K", student=Student(id=str(n), name=name) if name else None)
        for n, name in enumerate(names, start=1)
    ]
    shown = text(render_attendance(students, HEADING, style(), order=order))  # type: ignore[arg-type]
    found = [(shown.index(f" {name} "), name) for name in names if name]
    return [name for _, name in sorted(found)]


# --- attendance --------------------------------------------------------------------------------


def test_a_line_has_form_code_name_id_and_seat() -> None:
    place = Place(number=7, code="K7F3-Q007", student=ADA, seat="3B")
    shown = lines(render_attendance([place], HEADING, style()))
    assert "Assignment 4: attendance" in shown
    assert "1 student" in shown
    assert "Form Code Name Student ID Seat Signature" in shown
    assert "7 K7F3-Q007 Lovelace, Ada 1815 3B" in shown


def test_names_are_sorted_without_case_and_accents() -> None:
    assert listed("name", "zeta", "Öz", "alpha", "Ångström") == [
        "alpha",
        "Ångström",
        "Öz",
        "zeta",
    ]


def test_the_list_may_be_sorted_by_form() -> None:
    assert listed("form", "zeta", "alpha") == ["zeta", "alpha"]


def test_forms_without_a_student_are_last_and_have_room_for_a_name() -> None:
    shown = lines(render_attendance(places(12), HEADING, style()))
    assert shown.index("10 K7F3-Q010 2C") > shown.index("1 K7F3-Q001 Софья Ковалевская 10001 1B")


def test_the_header_stands_on_every_page_and_is_read_out_once() -> None:
    content = attendance(60)
    count = len(reader(content).pages)
    assert count > 2
    assert lines(content).count("Form Code Name Student ID Seat Signature") == count
    elements = [element.strip() for element in outline(content)]
    assert elements.count("TH") == 6
    assert elements.count("TR") == 61


def test_without_a_roster_forms_are_counted_not_students() -> None:
    unnamed = [replace(place, student=None) for place in places(3)]
    assert "3 forms" in lines(render_attendance(unnamed, HEADING, style()))


def test_a_list_of_nobody_is_a_page() -> None:
    assert "0 students" in lines(render_attendance([], HEADING, style()))


def test_a_name_on_a_list_that_no_font_can_show_is_told() -> None:
    place = Place(number=1, code="K", student=Student(id="7", name="山田"))
    with pytest.raises(InputError, match="no font of the sheet has"):
        render_attendance([place], HEADING, style())


# --- the marking table -------------------------------------------------------------------------


def keyed(*answers: PartAnswer, number: int = 1) -> Form:
    """A form of one problem with these answers."""
    first = form(number).documents[1]
    part = first.question.parts[0]
    question = Question(
        title="Q", stem=(), parts=tuple(replace(part, label=one.label) for one in answers)
    )
    document = replace(first, question=question, answer=Answer(parts=answers))
    return Form(number=number, code=f"C{number}", documents=(document,))


def answer(label: str, key: object, shown: str = "") -> PartAnswer:
    return PartAnswer(
        label=label,
        key=key,  # type: ignore[arg-type]
        shown=(Text(text=shown),),
        plain=shown,
        steps=(),
        mistakes=(),
    )


def test_keys_that_differ_have_a_column_and_those_that_do_not_are_told_once() -> None:
    shown = lines(marking(2))
    assert shown[shown.index("Form Code Name 2 (a)") :][:4] == [
        "Form Code Name 2 (a)",
        "2 points",
        "2 (b)",
        "1 point",
    ]
    assert "1 K7F3-Q001 Софья Ковалевская 520 24 pixels" in shown
    shared = next(line for line in shown if line.startswith("The same on all forms:"))
    assert shared.startswith("The same on all forms: 1 (a) 7 1 (b) −2(y − z)h_i 1 (c) ")
    assert shared.endswith(" 2 (c) A 3 (a) False")


def test_columns_are_as_wide_as_what_stands_in_them() -> None:
    """No gulf between a form's name and its keys, over which the eye would lose the line."""
    found = {word.text: word for word in words(marking(2))}
    assert found["Code"].left - found["Form"].right == pytest.approx(GUTTER, abs=2)
    assert found["520"].left - found["Ковалевская"].right == pytest.approx(GUTTER, abs=2)


def test_a_single_form_has_all_its_keys_in_the_table() -> None:
    shown = text(marking_table([form(1)]))
    assert "The same" not in shown
    for head in ("1 (a)", "2 (c)", "3 (a)"):
        assert head in shown


def test_choices_are_letters_and_essays_are_left_to_the_rubric() -> None:
    answers = (
        answer("a", MatchingKey(lefts=("p", "q"), rights=("r", "s"), matches=(1, 0)), "long words"),
        answer("b", OrderingKey(items=("x", "y", "z"), places=(1, 2, 0)), "long words"),
        answer("c", EssayKey(lines=3), "see the rubric"),
    )
    shown = lines(marking_table([keyed(*answers)]))
    assert "1 C1 B, A C, A, B Rubric" in shown


def test_a_table_that_is_too_wide_is_turned_and_then_divided() -> None:
    def wide(parts: int) -> list[Form]:
        key = NumericalKey(value=Fraction(1), tolerance=Fraction(0))
        return [
            keyed(
                *(
                    replace(answer(chr(97 + i), key), shown=(Math(latex=f"{n}{'x' * 12}_{i}"),))
                    for i in range(parts)
                ),
                number=n,
            )
            for n in (1, 2, 3)
        ]

    upright = reader(marking_table(wide(3))).pages[0].mediabox
    turned = reader(marking_table(wide(8))).pages[0].mediabox
    assert (upright.width, turned.width) == (pytest.approx(595.28), pytest.approx(841.89))
    divided = lines(marking_table(wide(20)))
    assert len([line for line in divided if line.startswith("2 C2 ")]) == 3


def test_every_page_of_the_marking_table_says_that_it_is_a_key() -> None:
    content = marking(60)
    pages = len(reader(content).pages)
    assert pages > 1
    assert text(content).count("Answer keys: not to be handed out") == 2 * pages


def test_lists_are_the_same_bytes_every_time() -> None:
    assert attendance(12) == attendance(12)
    assert marking(4) == marking(4)
