"""A student of a roster."""

from __future__ import annotations

import unicodedata

from generator.model.dataclass import dataclass


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

    @property
    def order(self) -> tuple[str, str, str]:
        """Sort key of lists: the name without case and accents, the same on every machine."""
        spread = unicodedata.normalize("NFKD", self.listed.casefold().translate(_LIGATED))
        plain = "".join(letter for letter in spread if not unicodedata.combining(letter))
        return plain, self.listed, self.id


_LIGATED = str.maketrans({"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th"})
"""Letters that Unicode does not decompose, where a list in English or German has them."""
