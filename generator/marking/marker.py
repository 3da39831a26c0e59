"""Marks the response to a part by the document alone: one row for each type of key."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from generator.marking import limits
from generator.marking.choice import mark_choice
from generator.marking.expression import mark_expression
from generator.marking.mark import Mark, Words, by_hand, unreadable
from generator.marking.numerical import mark_numerical
from generator.marking.pairs import mark_matching, mark_ordering
from generator.marking.short_text import mark_text
from generator.marking.true_false import mark_true_false
from generator.model.document import PartAnswer, PartQuestion
from generator.model.solution import (
    ChoiceKey,
    EssayKey,
    ExpressionKey,
    Key,
    MatchingKey,
    NumericalKey,
    OrderingKey,
    TextKey,
    TrueFalseKey,
)

ENGLISH: Words = MappingProxyType({"true": "True", "false": "False"})


def mark(part: PartQuestion, answer: PartAnswer, response: str, words: Words = ENGLISH) -> Mark:
    """What a typed response to a part earns.

    Whatever is typed, there is a mark, always the same one and after a bounded number of steps: a
    response that cannot be read, or that can mean two things, is ``unreadable`` and is told why.
    `part` and `answer` are the two halves of the same part of a document.
    """
    if part.label != answer.label:
        raise ValueError("a question is marked with its own answer")
    if isinstance(answer.key, EssayKey):
        return by_hand("An essay is marked by a person, with the rubric.", answer.rubric)
    if not response.strip():
        return unreadable("there is no response")
    if len(response) > limits.RESPONSE_LENGTH:
        return unreadable(f"a response has at most {limits.RESPONSE_LENGTH:,} characters here")
    return _MARKERS[type(answer.key)](answer, response, words)


_MARKERS: Mapping[type[Key], Callable[[PartAnswer, str, Words], Mark]] = MappingProxyType(
    {
        NumericalKey: lambda answer, response, _: mark_numerical(answer, response),
        ExpressionKey: lambda answer, response, _: mark_expression(answer, response),
        TextKey: lambda answer, response, _: mark_text(answer, response),
        TrueFalseKey: mark_true_false,
        ChoiceKey: lambda answer, response, _: mark_choice(answer, response),
        MatchingKey: lambda answer, response, _: mark_matching(answer, response),
        OrderingKey: lambda answer, response, _: mark_ordering(answer, response),
    }
)
"""Type of key -> how a response to it is marked."""
