"""Moodle's ``shortanswer``: a box for a word or a few."""

from __future__ import annotations

from generator.render.moodle.gaps import Typed
from generator.render.moodle.grades import fraction
from generator.render.moodle.questions.answer import Answer
from generator.render.moodle.rich import Page
from generator.render.moodle.style import Style
from generator.render.moodle.xml import Rich

_ANY = "*"


def answers(gap: Typed, page: Page, style: Style) -> tuple[Answer, ...]:
    """The key's texts, those of mistakes, and any other. Moodle: "needs a 100 % answer"."""
    known = [
        Answer(
            content=Rich(html=wording.pattern),
            fraction=fraction(wording.share),
            told=page.compact(wording.because),
        )
        for wording in gap.wordings
    ]
    told = page.rich(page.words(style.phrase("other_text")))
    return (*known, Answer(content=Rich(html=_ANY), fraction="0", told=told))
