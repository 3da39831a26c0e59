"""A short text: right if it fits a pattern of the key, a known mistake if it fits that one's."""

from __future__ import annotations

from generator.language.patterns import fits
from generator.marking.mark import Mark, mistaken, right, wrong
from generator.model.document import PartAnswer
from generator.model.solution import TextKey


def mark_text(answer: PartAnswer, response: str) -> Mark:
    """Compare a typed text with the answers, then with the mistakes in their order."""
    key = answer.key
    assert isinstance(key, TextKey)  # noqa: S101 - by the table
    if any(fits(response, pattern, case=key.case) for pattern in key.answers):
        return right()
    for note in answer.mistakes:
        if note.text is not None and fits(response, note.text, case=key.case):
            return mistaken(note)
    if key.case and any(fits(response, pattern, case=False) for pattern in key.answers):
        return wrong("That is not right: capital letters count here.")
    return wrong()
