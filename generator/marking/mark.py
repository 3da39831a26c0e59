"""What a marker gives back for a response."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Literal

from generator.language.faults import Fault
from generator.model.dataclass import dataclass
from generator.model.document import MistakeNote, RubricNote

Verdict = Literal["right", "partly", "wrong", "unreadable", "by hand"]
"""``unreadable``: nothing was marked, the message says how to write it; ``by hand``: a person marks
it, or what is left of it."""

Words = Mapping[str, object]
"""The fixed words of the sheet's language."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """What a response earns, as a share of the part's points from 0 to 1, and why.

    `message` says it in one or two sentences. `mistake` is the known mistake that the response
    shows. Where a person must mark, `share` is what is sure already and `rubric` says what for.
    """

    verdict: Verdict
    share: Fraction
    message: str
    mistake: MistakeNote | None = None
    rubric: tuple[RubricNote, ...] = ()

    def __post_init__(self) -> None:
        if not 0 <= self.share <= 1:
            raise ValueError("a share lies between 0 and 1")


def right(message: str = "That is right.") -> Mark:
    """All points."""
    return Mark(verdict="right", share=Fraction(1), message=message)


def wrong(message: str = "That is not right.") -> Mark:
    """No points, and no known mistake."""
    return Mark(verdict="wrong", share=Fraction(0), message=message)


def partly(share: Fraction, message: str, mistake: MistakeNote | None = None) -> Mark:
    """A share of the points, from none to all of them."""
    verdict: Verdict = "partly" if share else "wrong"
    return Mark(
        verdict="right" if share == 1 else verdict, share=share, message=message, mistake=mistake
    )


def mistaken(note: MistakeNote) -> Mark:
    """A known mistake, with what it still earns."""
    return partly(note.worth, "That is not right; it is a known mistake.", note)


def unreadable(message: str, cure: str = "") -> Mark:
    """Nothing is marked; the message says how to write the response."""
    text = f"{message}: {cure}" if cure else message
    sentence = f"{text[:1].upper()}{text[1:]}"
    return Mark(verdict="unreadable", share=Fraction(0), message=_ended(sentence))


def refused(fault: Fault) -> Mark:
    """The same, from what was wrong."""
    return unreadable(fault.message, fault.help)


def by_hand(message: str, rubric: tuple[RubricNote, ...], share: Fraction = Fraction(0)) -> Mark:
    """A person marks what is left."""
    return Mark(verdict="by hand", share=share, message=message, rubric=rubric)


def _ended(text: str) -> str:
    return text if text.endswith((".", "?", "!")) else f"{text}."
