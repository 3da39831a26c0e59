"""A student sits down before an imported question: reads, chooses by what is to be seen, is marked.

What may be given comes from the bank (`attempts`); which option that is, and what it earns, from
the imported file alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from generator.model.document import Document
from tests.render.moodle import marker, page
from tests.render.moodle.attempts import REAL_REASON, Attempt, Said, attempts, same
from tests.render.moodle.importer import FRACTIONS, Question

LISTED = [Fraction(str(one)) / 100 for one in FRACTIONS]


@dataclass(frozen=True)
class Asked:
    """A part that the question marks: its points, where its gaps are, what may be given to it."""

    label: str
    points: Fraction
    gaps: range
    attempts: tuple[Attempt, ...]


@dataclass(frozen=True)
class Outcome:
    """An attempt at one part, all others right: what it should earn and what Moodle gives.

    `told` has for each explanation of the bank what the student is told at that place.
    """

    attempt: Attempt
    expected: float
    earned: float
    told: tuple[str, ...]


def parts(document: Document) -> list[Asked]:
    """The parts of a variant that are marked without a person."""
    found: list[Asked] = []
    first = 0
    for part, answer in zip(document.question.parts, document.answer.parts, strict=True):
        every = attempts(part, answer)
        if every:
            gaps = range(first, first + len(every[0].said))
            found.append(Asked(part.label, part.points, gaps, every))
            first = gaps.stop
    return found


def sit(question: Question, asked: Sequence[Asked]) -> Iterator[Outcome]:
    """Every attempt at every part, the keys first."""
    right = [given for part in asked for given in _given(question, part, part.attempts[0])]
    whole = sum(part.points for part in asked)
    for part in asked:
        for attempt in part.attempts:
            responses = [*right]
            responses[part.gaps.start : part.gaps.stop] = _given(question, part, attempt)
            share = _share(question, attempt)
            yield Outcome(
                attempt=attempt,
                expected=float(1 - part.points / whole * (1 - share)),
                earned=marker.mark(question, responses),
                told=tuple(
                    seen(marker.feedback(question, gap, responses[gap]))
                    for gap in (part.gaps[place] for place, _ in attempt.told)
                ),
            )


def _share(question: Question, attempt: Attempt) -> Fraction:
    """What an attempt earns of its part's points; Moodle's own types know some fractions only."""
    native = not question.gaps and not question.stems
    shares = map(_nearest, attempt.shares) if native else attempt.shares
    return min(max(sum(shares, Fraction(0)), Fraction(0)), Fraction(1))


def _nearest(share: Fraction) -> Fraction:
    """The fraction of Moodle's own list that is not above."""
    slack = Fraction(1, 10**6)
    if share >= 0:
        return max(one for one in LISTED if one <= share + slack)
    return -min(one for one in LISTED if one >= -share - slack)


def _given(question: Question, part: Asked, attempt: Attempt) -> list[marker.Response]:
    return [
        _found(question, part, gap, said) for gap, said in zip(part.gaps, attempt.said, strict=True)
    ]


def _found(question: Question, part: Asked, gap: int, said: Said) -> marker.Response:
    """The response to a gap: an option is known by what is seen of it, and only one is that."""
    offered = _offered(question, gap)
    if offered is None:
        assert isinstance(said, str)
        return said
    options = {seen(option): option for option in offered}
    assert question.stems or len(options) == len(offered), f"options that look alike: {offered}"
    if not isinstance(said, str):
        return tuple(_option(question, options, one) for one in said)
    if said == REAL_REASON:
        place = gap - part.gaps.start
        (said,) = options.keys() - {attempt.said[place] for attempt in part.attempts}
    return _option(question, options, said)


def _offered(question: Question, gap: int) -> list[str] | None:
    """What there is to choose from; None where something is typed."""
    if question.gaps:
        found = question.gaps[gap]
        return None if marker.KINDS.get(found.type) else [one.text for one in found.answers]
    if question.stems:
        return [answer for _, answer in question.stems]
    typed = question.type in ("numerical", "shortanswer")
    return None if typed else [one.text for one in question.answers]


def _option(question: Question, options: dict[str, str], said: str) -> str:
    """The option that says this, or has the letter under which it is listed above."""
    if question.type == "truefalse":
        said = said.lower()
    if said in options:
        return options[said]
    (letter,) = (letter for letter in options if f"{letter}.{said}" in seen(question.text.html))
    return options[letter]


@cache
def seen(html: str) -> str:
    """What is to be read of some HTML."""
    return same(page.shown(html))
