"""How each type of part is marked in Moodle: one file each, and the table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from generator.model.document import Blocks, Document, Paragraph, PartAnswer, PartQuestion
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
from generator.render.moodle.gaps import Choice, Formula, Gap, Numerical, Part, Verdict
from generator.render.moodle.parts import (
    choice,
    expression,
    formula,
    matching,
    numerical,
    ordering,
    text,
    true_false,
)
from generator.render.moodle.stack.maxima import Unsaid

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
    pairs = zip(document.question.parts, document.answer.parts, strict=True)
    return tuple([_part(document.code, question, answer) for question, answer in pairs])


def _part(code: str, question: PartQuestion, answer: PartAnswer) -> Part:
    asked = Part(code=code, question=question, answer=answer)
    gaps = GAPS[type(answer.key)](asked, answer.key)
    return Part(code=code, question=question, answer=answer, gaps=gaps)


Left = tuple[str, str]
"""The letter of a part that STACK does not mark, and why."""


def typed_parts(document: Document) -> tuple[tuple[Part, ...], tuple[Left, ...]]:
    """The parts with boxes for formulas, as far as STACK can mark them; and what it cannot.

    No box is left where none of the formulas can be said, or another part stands beside them that
    STACK has no input for: a variant is one question.
    """
    usual = parts_of(document)
    typed, left = list[Part](), list[Left]()
    for part in usual:
        try:
            typed.append(_typed(part))
        except Unsaid as reason:
            typed.append(part)
            left.append((part.label, str(reason)))
    formulas = [part for part in typed if any(isinstance(gap, Formula) for gap in part.gaps)]
    strangers = [part for part in typed if not all(map(_has_input, part.gaps))]
    if formulas and strangers:
        why = f"part ({strangers[0].label}) beside it has no counterpart in STACK"
        return usual, (*left, *((part.label, why) for part in formulas))
    return tuple(typed) if formulas else usual, tuple(left)


def _typed(part: Part) -> Part:
    if not isinstance(part.key, ExpressionKey):
        return part
    return replace(part, gaps=formula.gaps(part, part.key))


def _has_input(gap: Gap) -> bool:
    """Whether a STACK question can have this gap."""
    if isinstance(gap, Choice):
        return not gap.multiple
    return isinstance(gap, Numerical | Formula | Verdict)


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
