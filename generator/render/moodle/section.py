"""What Moodle gets of one problem: a category full of its variants."""

from __future__ import annotations

from collections.abc import Iterable

from generator.model.dataclass import dataclass
from generator.model.document import Document

TURN = 100
"""Variants whose questions to mark by hand follow those that mark themselves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A problem and, where the whole file is made at once, the documents that become questions.

    `capacity` is how many different variants the problem has, whatever the number of documents.
    `parameters` pairs the names of its parameters with what each ranges over, in words.
    """

    problem: str
    title: str
    bank: str
    capacity: int
    seed: int
    documents: Iterable[Document] = ()
    summary: str = ""
    tags: tuple[str, ...] = ()
    difficulty: str = ""
    parameters: tuple[tuple[str, str], ...] = ()
