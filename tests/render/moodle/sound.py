"""What must hold of a question by itself, whatever it asks: read off the imported file alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations, pairwise

from tests.render.moodle import cloze, marker, page
from tests.render.moodle.importer import Answer, Question

Answers = Sequence[Answer | cloze.Answer]
ONCE = {"truefalse", "essay"}
"""The types that give no second try: only one other answer is left, or a person marks."""


def faults(question: Question) -> Iterator[str]:
    """What is wrong with a question, in words."""
    if len(page.line(question.solution.html).split("Variant")[0]) < 2:
        yield "no worked solution"
    yield from _tries(question)
    if question.type == "essay":
        if not (question.marking and page.line(question.marking.html)):
            yield "nothing for its marker"
        return
    if abs(marker.mark(question, marker.right_responses(question)) - 1) > 1e-6:
        yield "its right response does not earn everything"
    for gap, (answers, kind, multiple) in enumerate(_gaps(question)):
        found = [*_GAPS[kind](answers)] if kind else [*_options(answers, multiple)]
        yield from (f"gap {gap + 1}: {fault}" for fault in found)


def _gaps(question: Question) -> Iterator[tuple[Answers, str, bool]]:
    for gap in question.gaps:
        yield gap.answers, marker.KINDS.get(gap.type, ""), gap.multiple
    if question.answers:
        yield question.answers, marker.kind(question), not question.single


def _tries(question: Question) -> Iterator[str]:
    """As many tries as hints and one, each for less, the last still for something."""
    if question.type in ONCE:
        if question.hints:
            yield "a hint that nobody sees"
        return
    worth = [1 - question.penalty * tries for tries in range(len(question.hints) + 1)]
    if len(worth) < 2:
        yield "no hint for a second try"
    if worth[-1] < 0.1 or any(later >= earlier for earlier, later in pairwise(worth)):
        yield f"tries are worth {worth}"


def _numbers(answers: Answers) -> Iterator[str]:
    """The key first, and no number within reach of two answers."""
    known = [answer for answer in answers if answer.text != "*"]
    if known[0].fraction != 1:
        yield "the key is not the first to be compared"
    for one, other in combinations(known, 2):
        (low, high), (lower, higher) = marker.interval(one), marker.interval(other)
        if low <= higher and lower <= high:
            yield f"{one.text} and {other.text} overlap"


def _texts(answers: Answers, kind: str) -> Iterator[str]:
    """Each pattern takes a text that fits it, or one before it that earns the same does."""
    for answer in answers:
        plain = answer.text.replace(r"\*", "\0").replace("*", " any ").replace("\0", "*").strip()
        first = next(one for one in answers if marker.COMPARED[kind](one, plain))
        if (first.fraction, first.feedback) != (answer.fraction, answer.feedback):
            yield f"{first.text!r} takes {answer.text!r}"


def _options(answers: Answers, multiple: bool) -> Iterator[str]:
    """Options that are told apart by what is seen; a fine only where several may be chosen."""
    seen = [page.line(answer.text) for answer in answers]
    if len(set(seen)) < len(seen):
        yield f"options that look alike: {seen}"
    if not multiple and min(answer.fraction for answer in answers) < 0:
        yield "a fine for a single choice"
    everything = sum(answer.fraction for answer in answers)
    if multiple and everything >= 0.5 and any(answer.fraction < 0 for answer in answers):
        yield f"ticking everything earns {everything:.0%}"


_GAPS: dict[str, Callable[[Answers], Iterator[str]]] = {
    "number": _numbers,
    "text": lambda answers: _texts(answers, "text"),
    "Text": lambda answers: _texts(answers, "Text"),
}
