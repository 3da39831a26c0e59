"""A formula. Moodle's own types cannot compare formulas, so the key is chosen among mistakes."""

from __future__ import annotations

from fractions import Fraction

from generator.model.document import Math, Paragraph
from generator.model.solution import ExpressionKey
from generator.render.moodle.gaps import Choice, Gap, Option, Part
from generator.render.moodle.parts.shuffle import shuffled


def gaps(part: Part, key: ExpressionKey) -> tuple[Gap, ...]:
    """The key among the formulas that mistakes lead to; nothing to choose from without one.

    Moodle: a choice needs "at least two non-empty answers".
    """
    if not part.answer.mistakes:
        return ()
    right = Option(
        content=(Paragraph(content=(Math(latex=key.latex),)),),
        share=Fraction(1),
    )
    wrong = [
        Option(
            content=(Paragraph(content=note.result),),
            share=note.worth,
            because=note.because,
        )
        for note in part.answer.mistakes
    ]
    return (Choice(points=part.question.points, options=shuffled(part, [right, *wrong])),)
