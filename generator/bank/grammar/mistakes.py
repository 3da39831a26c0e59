"""Mistakes, wrong justifications, and rubrics."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from generator.bank.grammar.leaves import EXPRESSION, SHARE, TEMPLATE, TRUTH, number_above
from generator.bank.grammar.report import Report
from generator.bank.grammar.shape import ListOf
from generator.bank.grammar.struct import Struct, optional, required
from generator.bank.grammar.text import PATTERN
from generator.bank.limits import MAX_POINTS
from generator.model.part import MistakeSpec, RubricLine
from generator.model.source import Branch

Fields = Mapping[str, Any]

POINTS = number_above(0, MAX_POINTS, "positive number of points")


def _made_of(mark: str) -> Callable[[Branch, Fields, Report], MistakeSpec]:
    """Makes a mistake whose wrong result is the field `mark`."""

    def make(_: Branch, fields: Fields, __: Report) -> MistakeSpec:
        return MistakeSpec(
            result=fields[mark],
            because=fields["because"],
            worth=fields["worth"],
            when=fields["when"],
        )

    return make


_OF_MISTAKES = {
    "because": required(TEMPLATE, "why it is wrong: the feedback that a student gets"),
    "worth": optional(
        SHARE, "the share of the points that it still earns (0 if left out)", Fraction(0)
    ),
    "when": optional(EXPRESSION, "a condition: for which variants the mistake makes sense"),
}
_MISTAKE = Struct(
    "mistake",
    "A wrong result that students reach, and why it is wrong.",
    {"result": required(EXPRESSION, "the wrong result, an expression"), **_OF_MISTAKES},
    _made_of("result"),
    name="mistake",
    instead={"reason": "result", "text": "result"},
)
_WRONG_REASON = Struct(
    "wrong justification",
    "A justification that students give, and why it is wrong.",
    {"reason": required(TEMPLATE, "the wrong justification, a text"), **_OF_MISTAKES},
    _made_of("reason"),
    name="reason",
    instead={"result": "reason", "text": "reason"},
)
_WRONG_TEXT = Struct(
    "wrong text",
    "A text that students give, and why it is wrong.",
    {
        "text": required(PATTERN, "the wrong text; `*` stands for anything"),
        **_OF_MISTAKES,
    },
    _made_of("text"),
    name="text",
    instead={"result": "text", "reason": "text"},
)
_RUBRIC_LINE = Struct(
    "line of a rubric",
    "What earns points when a part is marked by hand.",
    {
        "points": required(POINTS, "how many points it earns"),
        "text": required(TEMPLATE, "what earns them"),
    },
    lambda _, fields, __: RubricLine(points=fields["points"], text=fields["text"]),
)

MISTAKES = {
    "mistakes": optional(
        ListOf(_MISTAKE, "list of mistakes"), "the mistakes that students make", ()
    ),
    "model_mistakes": optional(
        TRUTH, "whether the mistakes that the model knows are taken in (true if left out)", True
    ),
}
"""The fields of a part whose answer is computed."""

REASONS = {
    "mistakes": optional(
        ListOf(_WRONG_REASON, "list of wrong justifications"),
        "justifications that students give, and why they are wrong",
        (),
    ),
}
"""The fields of a part or claim whose answer is a truth value."""

WRONG_TEXTS = {
    "mistakes": optional(
        ListOf(_WRONG_TEXT, "list of wrong texts"),
        "texts that students give, and why they are wrong",
        (),
    ),
}
"""The fields of a part that is answered with a short text."""

RUBRIC = {
    "rubric": optional(
        ListOf(_RUBRIC_LINE, "rubric", least=1), "what earns points when marked by hand", ()
    ),
}
