"""Who gets which form of a run: students of a roster by their allocation, or nobody in particular.

A student's number comes from the allocation that every run hands on to the next (see `allocation`);
here it becomes the order of the forms in the merged files. Spare forms, for whoever turns up
unannounced, are allocated too, so that nobody gets one of them later.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from generator.model.dataclass import dataclass
from generator.model.student import Student
from generator.pipeline.allocation import NOBODY, Allocation
from generator.pipeline.roster import Roster

_SPARE = "*"
"""Begins what the allocation calls a spare form; no student's id begins so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """Who gets the form with this number; `student` is None where nobody is named beforehand."""

    number: int
    student: Student | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Seating:
    """The forms of a run in their order, and the allocation to be recorded with it."""

    seats: tuple[Seat, ...]
    allocation: Allocation = NOBODY

    @property
    def highest(self) -> int:
        """The highest number of a form, 0 for none: every problem must have so many variants."""
        return max((seat.number for seat in self.seats), default=0)


def unnamed(count: int, allocation: Allocation = NOBODY) -> Seating:
    """The first forms, for nobody in particular; an earlier allocation is handed on."""
    seats = tuple(Seat(number=number) for number in range(1, count + 1))
    return Seating(seats=seats, allocation=allocation)


def seated(
    roster: Roster, allocation: Allocation, *, spare: int, shuffle: bool, seed: int
) -> Seating:
    """A form for each student of a roster, and `spare` ones behind them.

    They are in the roster's order, or with `shuffle` in an order that depends on the seed and the
    students' ids alone.
    """
    spares = [f"{_SPARE}{number}" for number in range(1, spare + 1)]
    allocation = allocation.extended((*roster.ids, *spares))
    students = roster.students
    if shuffle:
        students = tuple(sorted(students, key=lambda student: _shuffled(seed, student)))
    seats = [Seat(number=allocation.forms[one.id], student=one) for one in students]
    seats += [Seat(number=allocation.forms[name]) for name in spares]
    return Seating(seats=tuple(seats), allocation=allocation)


def _shuffled(seed: int, student: Student) -> bytes:
    return hashlib.sha256(f"seat {seed} {student.id}".encode()).digest()


# --- as records -------------------------------------------------------------------------------


def as_record(seat: Seat) -> Mapping[str, Any]:
    """A seat for the manifest."""
    student = seat.student
    if student is None:
        return {"number": seat.number}
    fields = {name: getattr(student, name) for name in ("id", "name", "email", "listed")}
    return {"number": seat.number, "student": fields}


def from_record(entry: Mapping[str, Any]) -> Seat:
    """The seat of a record. Raises KeyError, TypeError or ValueError where it is none."""
    student = entry.get("student")
    return Seat(number=int(entry["number"]), student=Student(**student) if student else None)


def from_records(entries: Sequence[Mapping[str, Any]], allocation: Allocation) -> Seating:
    """The seating of a run that was recorded."""
    return Seating(seats=tuple(map(from_record, entries)), allocation=allocation)
