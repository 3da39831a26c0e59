"""How each of Moodle's question types is written: one file each, and the table.

A single gap becomes the question type made for it, which gives the teacher most: combined
feedback, hints and a grade of its own. Several become a `cloze` question. What only a person can
mark becomes an `essay`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from generator.model.dataclass import dataclass
from generator.render.moodle.gaps import Choice, Gap, Numerical, Typed, Verdict
from generator.render.moodle.questions import multichoice, numerical, shortanswer, truefalse
from generator.render.moodle.questions.answer import Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Native:
    """One of Moodle's question types for a single gap: its template and its answers.

    `switches` are what its template asks of the gap. `tries` tells whether a second try makes
    sense: not where only one other answer is left.
    """

    template: str
    answers: Callable[..., tuple[Answer, ...]]
    switches: Callable[[Any], dict[str, bool]] = lambda _: {}
    suits: Callable[[Any], bool] = lambda _: True
    tries: bool = True


NATIVE: dict[type, Native] = {
    Numerical: Native(template="numerical.xml.j2", answers=numerical.answers),
    Typed: Native(
        template="shortanswer.xml.j2",
        answers=shortanswer.answers,
        switches=lambda gap: {"case": gap.case},
    ),
    Choice: Native(
        template="multichoice.xml.j2",
        answers=multichoice.answers,
        switches=lambda gap: {"multiple": gap.multiple, "ordered": gap.ordered},
        suits=multichoice.adds_up,
    ),
    Verdict: Native(template="truefalse.xml.j2", answers=truefalse.answers, tries=False),
}


def native(gaps: tuple[Gap, ...]) -> Native | None:
    """The question type made for these gaps; None if they need a cloze question."""
    if len(gaps) != 1:
        return None
    found = NATIVE.get(type(gaps[0]))
    return found if found is not None and found.suits(gaps[0]) else None
