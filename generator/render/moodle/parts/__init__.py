"""How each type of part is marked in Moodle: one file each, and the table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from generator.model.document import Blocks, Document, Paragraph
from generator.model.solution import (
    ChoiceKey,
    EssayKey,
    ExpressionKey,
    MatchingKey,
    NumericalKey,
    OrderingKey,
    TextKey,
    TrueFalseKey,
)
from generator.render.moodle.gaps import Gap, Part
from generator.render.moodle.parts import (
    choice,
    expression,
    matching,
    numerical,
    ordering,
    text,
    true_false,
)

GAPS: dict[type, Callable[..., tuple[Gap, ...]]] = {
    NumericalKey: numerical.gaps,
    ExpressionKey: expression.gaps,
    TextKey: text.gaps,
    ChoiceKey: choice.gaps,
    MatchingKey: matching.gaps,
    OrderingKey: ordering.gaps,
    TrueFalseKey: true_false.gaps,
    EssayKey: lambda _, __: (),
}


def parts_of(document: Document) -> tuple[Part, ...]:
    """The parts of a document, each with its answer and its gaps."""
    return tuple(
        _with_gaps(Part(code=document.code, question=question, answer=answer))
        for question, answer in zip(document.question.parts, document.answer.parts, strict=True)
    )


def _with_gaps(part: Part) -> Part:
    return replace(part, gaps=GAPS[type(part.key)](part, part.key))


def by_hand(part: Part) -> bool:
    """Whether a person has something to mark: a text, a justification, a formula to derive."""
    if isinstance(part.key, TrueFalseKey) and part.key.explain:
        return True
    return not part.gaps


def listing(part: Part) -> tuple[tuple[str, Blocks], ...]:
    """What stands between a part's question and its gaps: texts with their letters."""
    return matching.listing(part) if isinstance(part.key, MatchingKey) else ()


def shown_key(part: Part) -> Blocks:
    """The key, as a worked solution begins with it; nothing for an essay."""
    if isinstance(part.key, ChoiceKey):
        return choice.right_options(part, part.key)
    if isinstance(part.key, MatchingKey):
        return matching.pairs(part, part.key)
    if isinstance(part.key, OrderingKey):
        return ordering.in_order(part, part.key)
    if isinstance(part.key, EssayKey):
        return ()
    return (Paragraph(content=part.answer.shown),)
