"""How a run is divided: which forms, and which index ranges of questions, are made at a time.

A chunk is a range of forms or of Moodle questions. It says all that is needed to make it, so any
process on any machine can, in any order. Chunks follow from the request alone, never from the
number of processes: a run that is taken up elsewhere finds the same ones. What they give is joined
item by item, so their size shows in no output.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.model.dataclass import dataclass
from generator.model.form import form_name
from generator.model.request import Request
from generator.pipeline.assignment import Assignment, Dealer
from generator.pipeline.seating import Seat
from generator.render import moodle

VOLUME = 500
"""Forms in one merged file; from more on, there are several: no printer or reader likes 10,000."""

_FORMS = (5, 2, 1)
_QUESTIONS = (moodle.TURN, 50, 25, 10, 5)
"""Sizes of chunks; each divides a volume and a turn, in which chunks are joined."""
_CHUNKS = 16
"""So many chunks are sought: enough to keep processes equally busy, and to lose little."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormChunk:
    """Some forms; `first` is the place of the first of them among all seats."""

    first: int
    seats: tuple[Seat, ...]

    @property
    def name(self) -> str:
        """What notes call this chunk."""
        return f"forms-{self.first}"

    def __len__(self) -> int:
        return len(self.seats)


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionChunk:
    """The variants of a problem that Moodle gets in the places from `first` to before `stop`.

    `printed` are the draws among them that are on paper, too.
    """

    problem: int
    first: int
    stop: int
    printed: tuple[int, ...] = ()

    @property
    def name(self) -> str:
        """What notes call this chunk."""
        return f"questions-{self.problem}-{self.first}"

    def __len__(self) -> int:
        return self.stop - self.first


Chunk = FormChunk | QuestionChunk


@dataclass(frozen=True, slots=True, kw_only=True)
class Volume:
    """The forms of one merged file; `suffix` tells it from the others, if there are any."""

    suffix: str
    chunks: tuple[FormChunk, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """All chunks of a run, in the order in which they are joined."""

    forms: tuple[FormChunk, ...]
    questions: tuple[QuestionChunk, ...]

    @property
    def chunks(self) -> tuple[Chunk, ...]:
        """Forms first."""
        return (*self.forms, *self.questions)

    @property
    def size(self) -> int:
        """How many forms and questions there are."""
        return sum(map(len, self.chunks))

    def volumes(self) -> Iterator[Volume]:
        """The merged files."""
        count = sum(map(len, self.forms))
        for start in range(0, count, VOLUME):
            chunks = tuple(one for one in self.forms if start <= one.first < start + VOLUME)
            first, last = chunks[0].seats[0].number, chunks[-1].seats[-1].number
            suffix = "" if count <= VOLUME else f"-{_short(first)}-{_short(last)}"
            yield Volume(suffix=suffix, chunks=chunks)


def plan(assignment: Assignment, request: Request, sitting: Sequence[Seat]) -> Plan:
    """Divide what is asked for, for the students in these seats."""
    forms = _size(_FORMS, len(sitting))
    practice = [assignment.practice_count(dealer, request) for dealer in assignment.dealers]
    questions = _size(_QUESTIONS, sum(practice))
    return Plan(
        forms=tuple(
            FormChunk(first=first, seats=tuple(sitting[first : first + forms]))
            for first in range(0, len(sitting), forms)
        ),
        questions=tuple(
            _question_chunk(assignment, problem, range(first, count)[:questions], sitting)
            for problem, count in enumerate(practice)
            for first in range(0, count, questions)
        ),
    )


def _question_chunk(
    assignment: Assignment, problem: int, places: range, sitting: Sequence[Seat]
) -> QuestionChunk:
    dealer = assignment.dealers[problem]
    draws = range(dealer.space.size - places.stop, dealer.space.size - places.start)
    printed = tuple(
        seat.number - 1
        for seat in sitting
        if seat.number - 1 in draws and _bears(assignment, seat.number, dealer)
    )
    return QuestionChunk(problem=problem, first=places.start, stop=places.stop, printed=printed)


def _bears(assignment: Assignment, number: int, dealer: Dealer) -> bool:
    """Whether the form with this number has a variant of the dealer's problem."""
    identity = dealer.problem.identity
    return any(identity in placed.problems for placed in assignment.layout(number))


def _size(sizes: Sequence[int], total: int) -> int:
    """The largest size that gives enough chunks; the smallest if none does."""
    return next((size for size in sizes if total >= size * _CHUNKS), sizes[-1])


def _short(number: int) -> str:
    """A form's number as its name has it."""
    return form_name(number).removeprefix(form_name(0).rstrip("0"))
