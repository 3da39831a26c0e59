"""A word or a few, typed: the texts that are right, and those that mistakes lead to."""

from __future__ import annotations

from fractions import Fraction

from generator.model.solution import TextKey
from generator.render.moodle.gaps import Gap, Part, Typed, Wording


def gaps(part: Part, key: TextKey) -> tuple[Gap, ...]:
    r"""One box. Moodle: "shortanswer: `*` is a wildcard, write `\*`", as in the bank.

    The key's texts come first, so a mistake can never take a right response away.
    """
    right = [Wording(pattern=answer, share=Fraction(1)) for answer in key.answers]
    wrong = [
        Wording(pattern=note.text, share=note.worth, because=note.because)
        for note in part.answer.mistakes
        if note.text is not None
    ]
    return (Typed(points=part.question.points, wordings=(*right, *wrong), case=key.case),)
