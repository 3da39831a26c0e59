"""The tables of docs/marking.md say what is so."""

from __future__ import annotations

import re

import pytest

from generator.language.faults import Fault
from generator.marking.numerals import readings
from tests.commands import ROOT
from tests.marking.parts import on_gradient

PAGE = (ROOT / "docs" / "marking.md").read_text("utf-8")


def rows(section: str) -> list[tuple[list[str], str]]:
    """The rows of the first table of a section: what is typed, and the second column."""
    body = PAGE.partition(f"## {section}\n")[2].partition("\n## ")[0]
    found = re.findall(r"^\| (`.+`) \| (.+) \|$", body, re.MULTILINE)
    return [(re.findall(r"`([^`]+)`", typed), second) for typed, second in found]


@pytest.mark.parametrize(("typed", "verdict"), rows("Formulas"), ids=lambda cell: str(cell)[:30])
def test_formulas_are_marked_as_the_page_says(typed: list[str], verdict: str) -> None:
    assert [on_gradient(one).verdict for one in typed] == [verdict]


@pytest.mark.parametrize(("typed", "value"), rows("Numbers"), ids=lambda cell: str(cell)[:30])
def test_numbers_are_read_as_the_page_says(typed: list[str], value: str) -> None:
    for one in typed:
        if value == "unreadable":
            with pytest.raises(Fault):
                readings(one)
        else:
            assert [str(found.value) for found in readings(one)] == [value]


def test_both_tables_are_found() -> None:
    assert (len(rows("Formulas")), len(rows("Numbers"))) == (9, 5)
