"""Moodle's ``numerical``: a box for a number."""

from __future__ import annotations

from generator.render.moodle.gaps import Numerical
from generator.render.moodle.grades import decimal, fraction
from generator.render.moodle.questions.answer import Answer
from generator.render.moodle.rich import Page
from generator.render.moodle.style import Style
from generator.render.moodle.xml import Rich

_ANY = "*"


def answers(gap: Numerical, page: Page, style: Style) -> tuple[Answer, ...]:
    """The key, the numbers of mistakes, and any other number.

    Moodle: "tolerance is absolute"; "Several answers with fractions and feedback are matched in
    order".
    """
    known = [
        Answer(
            content=Rich(html=decimal(number.value)),
            fraction=fraction(number.share),
            told=page.compact(number.because),
            tolerance=decimal(number.tolerance),
        )
        for number in gap.numbers
    ]
    told = page.rich(page.words(style.phrase("other_number")))
    return (*known, Answer(content=Rich(html=_ANY), fraction="0", told=told, tolerance="0"))
