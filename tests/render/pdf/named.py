"""Students of many names, and what is made for them: sheets, lists."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from generator.model.form import Form, Place
from generator.model.student import Student
from generator.render.pdf import (
    make_row,
    render_attendance,
    render_key,
    render_marking_table,
    render_student,
)
from tests.render.pdf.samples import HEADING, form, key_sheet, student_sheet, style

LONG = ("Wolfeschlegelsteinhausenbergerdorff Adolph Blaine Charles David Earl Frederick " * 3)[:200]
UNBROKEN = "Donaudampf" * 20
NAMES = (
    "Ada Lovelace",
    "Софья Ковалевская",
    "Υπατία",
    "Łukasz Żółw",
    "Nguyễn Văn An",
    "Carl Friedrich Gauß",
    "Sofía Núñez Ñandú",
    LONG,
    UNBROKEN,
)
ADA = Student(id="1815", name="Ada Lovelace", listed="Lovelace, Ada")


def student(number: int) -> Student:
    """One of many: the names repeat, the ids do not."""
    return Student(id=str(10_000 + number), name=NAMES[number % len(NAMES)])


def sheet(whose: Student) -> bytes:
    """A student sheet with a printed name."""
    return render_student([replace(student_sheet(), student=whose)], style())


def key(whose: Student) -> bytes:
    """The key sheet of a student."""
    made = key_sheet()
    return render_key([replace(made, form=replace(made.form, student=whose))], style())


def places(count: int) -> list[Place]:
    """Every tenth form is nobody's yet."""
    return [
        Place(
            number=n,
            code=f"K7F3-Q{n:03d}",
            student=None if n % 10 == 0 else student(n),
            seat=f"{n // 8 + 1}{'ABCDEFGH'[n % 8]}",
        )
        for n in range(1, count + 1)
    ]


def attendance(count: int = 60) -> bytes:
    """An attendance list of several pages."""
    return render_attendance(places(count), HEADING, style())


def marking(count: int = 60) -> bytes:
    """A marking table of several pages, every other form with a student."""
    forms = [replace(form(n), student=student(n) if n % 2 else None) for n in range(1, count + 1)]
    return marking_table(forms)


def marking_table(forms: Iterable[Form]) -> bytes:
    """The marking table of these forms."""
    rows = [make_row(form, HEADING, style()) for form in forms]
    return render_marking_table(rows, HEADING, style())
