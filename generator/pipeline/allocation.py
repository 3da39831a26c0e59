"""Which student gets which form: decided once, recorded, and honoured by every later run.

A student keeps the form though others join, leave or change places in the roster: newcomers get
the numbers after the highest ever given, and the number of one who left stays reserved. The record
is a small CSV file, `allocation.csv`, beside the manifest: one line for each student ever seen.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from generator.diagnostics import Diagnostic, InputError
from generator.model.dataclass import dataclass
from generator.model.form import Artifact
from generator.pipeline.spreadsheet import Row, Spreadsheet, read_spreadsheet

ALLOCATION = "allocation.csv"
_HEADER = ("student", "form")
_HIGHEST = 10_000_000
"""Numbers beyond this are slips of the hand, and no run makes so many forms."""
_CURE = "restore the file as gen-quiz wrote it; it says who has which form"


@dataclass(frozen=True, slots=True, kw_only=True)
class Allocation:
    """The form number (from 1) of every student ever seen, by id, in the order of the numbers."""

    forms: Mapping[str, int]

    def __post_init__(self) -> None:
        if (
            len(set(self.forms.values())) != len(self.forms)
            or min(self.forms.values(), default=1) < 1
        ):
            raise ValueError("each student has a form of their own, counted from 1")

    def extended(self, students: Iterable[str]) -> Allocation:
        """With a form for each of these ids; who has one keeps it, whoever else is named or not."""
        forms = dict(self.forms)
        free = max(forms.values(), default=0) + 1
        for student in students:
            if student not in forms:
                forms[student] = free
                free += 1
        return Allocation(forms=forms)

    @property
    def highest(self) -> int:
        """The highest number given, 0 for none: so many variants must a problem have."""
        return max(self.forms.values(), default=0)


NOBODY = Allocation(forms={})
"""Where no run has been yet."""


def read_allocation(content: bytes, name: str) -> Allocation:
    """The record of an earlier run. Raises InputError where it is damaged."""
    table = read_spreadsheet(content, name)
    if not table.rows or table.rows[0].cells[:2] != _HEADER:
        line = table.rows[0].line if table.rows else 1
        message = f"the first line of {name} is not `{','.join(_HEADER)}`"
        raise InputError([table.at(line, "allocation", message, cure=_CURE)])
    findings: list[Diagnostic] = []
    forms: dict[str, int] = {}
    taken: dict[int, str] = {}
    for row in table.rows[1:]:
        trouble = _entry(row, forms, taken)
        if trouble:
            findings.append(_finding(table, row, trouble))
    if findings:
        raise InputError(findings)
    return Allocation(forms=dict(sorted(forms.items(), key=lambda entry: entry[1])))


def _entry(row: Row, forms: dict[str, int], taken: dict[int, str]) -> str:
    """Take in a row, or say why not."""
    student, number = (*row.cells, "", "")[:2]
    if not student:
        return "no student is named here"
    if not (number.isascii() and number.isdigit() and 0 < int(number) <= _HIGHEST):
        return f"{number!r} is no number of a form"
    if student in forms:
        return f"student {student} has form {forms[student]} already"
    if int(number) in taken:
        return f"form {number} is student {taken[int(number)]}'s already"
    forms[student] = int(number)
    taken[int(number)] = student
    return ""


def _finding(table: Spreadsheet, row: Row, message: str) -> Diagnostic:
    return table.at(row.line, "allocation", message, cure=_CURE, cell=row.cells[0])


def allocation_record(allocation: Allocation) -> Artifact:
    """``allocation.csv``, in the order of the forms; its byte order mark is for Excel.

    An id needs no quotes: a roster's ids have no separator in them.
    """
    lines = [
        ",".join(_HEADER),
        *(f"{student},{form}" for student, form in allocation.forms.items()),
    ]
    content = "".join(line + "\r\n" for line in lines).encode("utf-8-sig")
    return Artifact(name=ALLOCATION, media_type="text/csv", chunks=(content,))
