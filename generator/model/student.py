"""A student of a roster."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Student:
    """Whom a form is for. `id` is what the university knows a student by; it names the files.

    `listed` is the name as lists sort and show it (``Lovelace, Ada``); by default the name itself.
    """

    id: str
    name: str
    email: str = ""
    listed: str = ""

    def __post_init__(self) -> None:
        if not self.id or not self.name:
            raise ValueError("a student has an id and a name")
        if not self.listed:
            object.__setattr__(self, "listed", self.name)
