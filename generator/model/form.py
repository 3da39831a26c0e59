"""What one student gets, what is printed of it, and what is written to disk."""

from __future__ import annotations

from collections.abc import Iterable

from generator.model.dataclass import dataclass
from generator.model.document import Blocks, Document, Question
from generator.model.student import Student


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """What stands at the head of every sheet of an assignment."""

    title: str
    course: str = ""
    author: str = ""
    date: str = ""
    language: str = "en"
    instructions: Blocks = ()


def form_name(number: int) -> str:
    """What the form with this number is called in files and records: ``form-001``."""
    return f"form-{number:03d}"


@dataclass(frozen=True, slots=True, kw_only=True)
class FormSection:
    """A heading above the problem at place `start` (from 0) of a form, and what it instructs."""

    title: str
    start: int
    instructions: Blocks = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """The ordered variants that one student gets; `number` counts from 1, `code` is printed.

    `sections` divide them, in order. `student` is whose form it is; None where the student writes
    a name into the sheet's box.
    """

    number: int
    code: str
    documents: tuple[Document, ...]
    sections: tuple[FormSection, ...] = ()
    student: Student | None = None

    @property
    def name(self) -> str:
        """What records call this form."""
        return form_name(self.number)

    @property
    def file_name(self) -> str:
        """What this form's files are called, without their ending: by its student if it has one."""
        return self.student.id if self.student else self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class StudentSheet:
    """All that the student's renderer is handed: no key can reach a sheet that is made of this."""

    heading: Heading
    number: int
    code: str
    questions: tuple[Question, ...]
    sections: tuple[FormSection, ...] = ()
    student: Student | None = None

    @classmethod
    def of(cls, heading: Heading, form: Form) -> StudentSheet:
        """The student's half of a form."""
        questions = tuple(document.question for document in form.documents)
        return cls(
            heading=heading,
            number=form.number,
            code=form.code,
            questions=questions,
            sections=form.sections,
            student=form.student,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class KeySheet:
    """A form with its answers, for the marker."""

    heading: Heading
    form: Form


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A line of the attendance list: who gets which form, and where; known without its variants."""

    number: int
    code: str
    student: Student | None = None
    seat: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Artifact:
    """A file to be written below the assignment's folder.

    `name` is relative, with forward slashes; `chunks` are its bytes in order, read once, so that a
    large file need never be whole in memory.
    """

    name: str
    media_type: str
    chunks: Iterable[bytes]
