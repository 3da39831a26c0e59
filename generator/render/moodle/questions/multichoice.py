"""Moodle's ``multichoice``: one option to choose, or several."""

from __future__ import annotations

from generator.render.moodle.gaps import Choice
from generator.render.moodle.grades import allowed, fraction
from generator.render.moodle.questions.answer import Answer
from generator.render.moodle.rich import Page
from generator.render.moodle.style import Style


def answers(gap: Choice, page: Page, _: Style) -> tuple[Answer, ...]:
    """The options. Moodle: "at least two non-empty answers"."""
    return tuple(
        Answer(
            content=page.compact(item.content),
            fraction=fraction(item.share),
            told=page.compact(item.because),
        )
        for item in gap.options
    )


def adds_up(gap: Choice) -> bool:
    """Whether Moodle's list of fractions has the share of each right option.

    Moodle: "a missing 100 % or a wrong sum is accepted silently". Eleven right options of one
    eleventh each can only be told by a cloze question, whose percentages are free.
    """
    return all(allowed(item.share) for item in gap.options if item.share > 0 and gap.multiple)
