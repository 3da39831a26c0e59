"""Nothing overlaps and nothing leaves the paper, however much is asked of a sheet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from functools import cache
from itertools import pairwise

import pytest

from generator.model.student import Student
from generator.render.pdf import render_key, render_student
from tests.render.pdf.named import LONG, attendance, marking, sheet
from tests.render.pdf.reading import Word, reader, words
from tests.render.pdf.samples import key_sheet, student_sheet, style
from tests.render.pdf.stress import stress_sheet

NAMES = ("student", "student on letter", "key", "stress", "named", "attendance", "marking")


@cache
def made(name: str) -> bytes:
    """The sheets that are looked at."""
    makers: dict[str, Callable[[], bytes]] = {
        "student": lambda: render_student([student_sheet(1)], style()),
        "student on letter": lambda: render_student([student_sheet(2)], style(paper="letter")),
        "key": lambda: render_key([key_sheet(3)], style()),
        "stress": lambda: render_student([stress_sheet()], style()),
        "named": lambda: sheet(Student(id="x" * 60, name=LONG)),
        "attendance": attendance,
        "marking": marking,
    }
    return makers[name]()


@cache
def read(name: str) -> list[Word]:
    """Their words."""
    return words(made(name))


@pytest.mark.parametrize("name", NAMES)
def test_no_words_overlap(name: str) -> None:
    found = read(name)
    assert len(found) > 300
    assert list(_overlaps(found)) == []


@pytest.mark.parametrize("name", NAMES)
def test_every_word_stands_on_the_paper(name: str) -> None:
    box = reader(made(name)).pages[0].mediabox
    for word in read(name):
        assert 10 < word.left < word.right < float(box.width) - 8, word
        assert 10 < word.top < word.bottom < float(box.height) - 10, word


def test_the_stress_sheet_is_one_of_more_than_thirty_pages() -> None:
    assert len(reader(made("stress")).pages) > 30


def _overlaps(found: list[Word]) -> list[tuple[str, str]]:
    """Pairs whose boxes share more than a tenth of an em in both directions.

    Poppler's boxes are as high as the font's ascent and descent together, which neighbouring
    lines may share; letters are in the middle half.
    """
    pages: dict[int, list[Word]] = defaultdict(list)
    for word in found:
        quarter = (word.bottom - word.top) / 4
        pages[word.page].append(
            Word(
                word.page,
                word.left,
                word.top + quarter,
                word.right,
                word.bottom - quarter,
                word.text,
            )
        )
    clashes = []
    for page in pages.values():
        page.sort(key=lambda word: (word.top, word.left))
        for i, first in enumerate(page):
            for second in page[i + 1 :]:
                if second.top >= first.bottom:
                    break
                shared = min(first.right, second.right) - max(first.left, second.left)
                if shared > 1:
                    clashes.append((first.text, second.text))
    return clashes


def test_lines_of_a_paragraph_are_the_leading_apart() -> None:
    """The instructions have no formulas: their baselines are 12.2 points apart."""
    tops = sorted({round(word.top, 1) for word in read("student") if word.text in _INSTRUCTIONS})
    assert [round(after - before, 1) for before, after in pairwise(tops)] == [12.2]


_INSTRUCTIONS = {"correct", "derivation", "electronic"}
