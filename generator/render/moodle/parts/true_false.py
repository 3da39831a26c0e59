"""True or false, and where the bank wants it, why.

Moodle's core cannot mark a verdict by itself and its explanation by hand in one question. So a
part with an explanation becomes three things. In the variant's cloze question: the verdict, and
the choice of its reason among the real one and the wrong ones that the bank knows. In a question
of its own, beside: the explanation in the student's words, for a person to mark.

The verdict gets about a third of the points, in whole points where the part has them: half of the
students guess it.
"""

from __future__ import annotations

from fractions import Fraction

from generator.model.document import (
    Block,
    Blocks,
    Display,
    Inline,
    LineBreak,
    Math,
    Paragraph,
    Text,
)
from generator.model.solution import TrueFalseKey
from generator.render.moodle.gaps import Choice, Gap, Option, Part, Verdict
from generator.render.moodle.parts.shuffle import shuffled

_LONGEST_REASON = 300
"""Characters of a justification that may still stand among one-line options."""


def gaps(part: Part, key: TrueFalseKey) -> tuple[Gap, ...]:
    """The verdict; with an explanation, and wrong ones to tell it from, its reason too.

    A mistake's `worth` is its share of the reason's points: the verdict is marked on its own.
    """
    points = part.question.points
    reason = _reason(part.answer.steps)
    if not (key.explain and reason and part.answer.mistakes):
        return (Verdict(points=points, value=key.value),)
    verdict = _verdict_points(points)
    right = Option(content=reason, share=Fraction(1))
    wrong = [
        Option(content=(Paragraph(content=note.result),), share=note.worth, because=note.because)
        for note in part.answer.mistakes
    ]
    return (
        Verdict(points=verdict, value=key.value),
        Choice(points=points - verdict, options=shuffled(part, [right, *wrong]), reason=True),
    )


def _verdict_points(points: Fraction) -> Fraction:
    if points.denominator == 1 and points > 1:
        return Fraction(max(1, round(points / 3)))
    return points / 3


def _reason(steps: Blocks) -> Blocks:
    """The justification on one line, as much of it as an option can bear.

    A display is left out where the sentence before it is complete without it, and so are lists,
    tables and figures: all of the justification stands in the worked solution.
    """
    line: list[Inline] = []
    length = 0
    for block in steps:
        content = _on_a_line(block, complete=_is_complete(line))
        length += sum(_width(item) for item in content)
        if line and length > _LONGEST_REASON:
            break
        if line and content:
            line.append(Text(text=" "))
        line += content
    return (Paragraph(content=tuple(line)),) if line else ()


def _on_a_line(block: Block, *, complete: bool) -> tuple[Inline, ...]:
    if isinstance(block, Paragraph):
        items = block.content
        return tuple(Text(text=" ") if isinstance(item, LineBreak) else item for item in items)
    if isinstance(block, Display) and not complete:
        return (Math(latex=block.latex),)
    return ()


def _is_complete(line: list[Inline]) -> bool:
    last = line[-1] if line else None
    return isinstance(last, Text) and last.text.rstrip().endswith(".")


def _width(item: Inline) -> int:
    """Roughly how many characters a piece takes; half of a formula's source is commands."""
    if isinstance(item, Text):
        return len(item.text)
    return len(item.latex) // 2 if isinstance(item, Math) else 10
