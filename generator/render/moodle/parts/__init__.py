"""How each type of part is marked in Moodle: one file each, and the table."""

from __future__ import annotations

from collections.abc import Callable

from generator.model.document import Blocks, Paragraph
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


def gaps(part: Part) -> tuple[Gap, ...]:
    """What Moodle marks of a part by itself; nothing where only a person can."""
    return GAPS[type(part.key)](part, part.key)


def by_hand(part: Part) -> bool:
    """Whether a person has something to mark: a text, a justification, a formula to derive."""
    if isinstance(part.key, TrueFalseKey) and part.key.explain:
        return True
    return not gaps(part)


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
