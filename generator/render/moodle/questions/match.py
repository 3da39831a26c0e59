"""Moodle's ``match``, called ``matching`` in its XML: stems, each with a dropdown of answers."""

from __future__ import annotations

from generator.model.dataclass import dataclass
from generator.render.moodle.gaps import Pick
from generator.render.moodle.rich import Page
from generator.render.moodle.xml import Rich

_FEWEST = 3
"""Moodle's form for editing such a question asks for as many answers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stem:
    """A left side (empty: a distractor) and its answer in plain text."""

    content: Rich
    answer: str


def stems(gaps: tuple[Pick, ...], page: Page) -> tuple[Stem, ...]:
    """The left sides, and the choices that belong to none of them."""
    right = {gap.right for gap in gaps}
    pairs = [Stem(content=page.compact(gap.stem), answer=gap.choices[gap.right]) for gap in gaps]
    distractors = [
        Stem(content=Rich(html=""), answer=choice)
        for place, choice in enumerate(gaps[0].choices)
        if place not in right
    ]
    return (*pairs, *distractors)


def suits(gaps: tuple[object, ...]) -> bool:
    """Whether these gaps are one matching part whose answers may be shuffled, as Moodle does."""
    picks = [gap for gap in gaps if isinstance(gap, Pick)]
    return (
        len(picks) == len(gaps)
        and all(gap.free and gap.choices == picks[0].choices for gap in picks)
        and len(picks[0].choices) >= _FEWEST
    )
