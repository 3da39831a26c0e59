"""Moodle's ``truefalse``."""

from __future__ import annotations

from generator.render.moodle.gaps import Verdict
from generator.render.moodle.questions.answer import Answer
from generator.render.moodle.rich import Page
from generator.render.moodle.style import Style
from generator.render.moodle.xml import Rich


def answers(gap: Verdict, page: Page, style: Style) -> tuple[Answer, ...]:
    """Moodle: "exactly `true` and `false`, lower case, both present"."""
    told = page.rich(page.words(style.phrase("is_true" if gap.value else "is_false")))
    return tuple(
        Answer(
            content=Rich(html="true" if value else "false"),
            fraction="100" if value == gap.value else "0",
            told=Rich(html="") if value == gap.value else told,
        )
        for value in (True, False)
    )
