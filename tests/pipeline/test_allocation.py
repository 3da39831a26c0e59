"""A student's form, once given, never changes."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.diagnostics import InputError
from generator.pipeline.allocation import (
    NOBODY,
    Allocation,
    allocation_record,
    read_allocation,
)

STUDENTS = st.lists(st.sampled_from([f"s{i}" for i in range(12)]), unique=True)
QUICK = settings(max_examples=150, deadline=None, derandomize=True)


def recorded(allocation: Allocation) -> bytes:
    return b"".join(allocation_record(allocation).chunks)


def complaints(text: str) -> list[str]:
    with pytest.raises(InputError) as caught:
        read_allocation(text.encode(), "allocation.csv")
    return [f"{found.line}: {found.message}" for found in caught.value.diagnostics]


@QUICK
@given(st.lists(STUDENTS, max_size=8))
def test_no_sequence_of_adds_removals_and_sorts_changes_a_form(rosters: list[list[str]]) -> None:
    """Each run reads what the one before recorded, and a roster in any order."""
    allocation = NOBODY
    given_out: dict[str, int] = {}
    for roster in rosters:
        allocation = read_allocation(recorded(allocation), "allocation.csv").extended(roster)
        for student in roster:
            form = allocation.forms[student]
            assert given_out.setdefault(student, form) == form
    assert len(set(given_out.values())) == len(given_out)
    assert allocation.forms == given_out
    assert sorted(given_out.values()) == list(range(1, allocation.highest + 1))


def test_newcomers_get_the_numbers_after_the_highest_ever_given() -> None:
    first = NOBODY.extended(["ada", "bo", "cy"])
    assert first.forms == {"ada": 1, "bo": 2, "cy": 3}
    assert first.extended(["di", "bo"]).forms == {"ada": 1, "bo": 2, "cy": 3, "di": 4}
    assert (NOBODY.highest, first.highest) == (0, 3)


def test_the_record_is_a_table_that_a_spreadsheet_opens() -> None:
    assert recorded(NOBODY.extended(["ada", "Zoë"])).decode() == (
        "\ufeffstudent,form\r\nada,1\r\nZoë,2\r\n"
    )


def test_a_record_that_a_spreadsheet_saved_again_is_understood() -> None:
    table = 'student;form\n"bo";2;\nada;1\n\n'.encode("utf-16")
    assert read_allocation(table, "allocation.csv") == NOBODY.extended(["ada", "bo"])


def test_a_damaged_record_is_told_with_its_lines() -> None:
    table = "student,form\nada,1\nada,2\nbo,1\ncy,x\n,4\ndi\ned,0\nflo,10000001\n"
    assert complaints(table) == [
        "3: student ada has form 1 already",
        "4: form 1 is student ada's already",
        "5: 'x' is no number of a form",
        "6: no student is named here",
        "7: '' is no number of a form",
        "8: '0' is no number of a form",
        "9: '10000001' is no number of a form",
    ]


@pytest.mark.parametrize("text", ["", "form,student\n1,ada\n"])
def test_a_file_that_is_no_record_is_told(text: str) -> None:
    assert complaints(text) == ["1: the first line of allocation.csv is not `student,form`"]


def test_two_students_cannot_share_a_form() -> None:
    with pytest.raises(ValueError, match="a form of their own"):
        Allocation(forms={"ada": 1, "bo": 1})
