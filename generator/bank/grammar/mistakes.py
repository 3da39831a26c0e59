"""Mistakes, wrong justifications, and rubrics."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from generator.bank.grammar.leaves import EXPRESSION, SHARE, TEMPLATE, TRUTH, number_above
from generator.bank.grammar.report import Report
from generator.bank.grammar.shape import ListOf
from generator.bank.grammar.struct import Struct, optional, required
from generator.model.bank import MistakeSpec, RubricLine
from generator.model.source import Branch

MAX_POINTS = 1000

Fields = Mapping[str, Any]

POINTS = number_above(0, MAX_POINTS, "positive number of points")


def _make_mistake(_: Branch, fields: Fields, __: Report) -> MistakeSpec:
    return MistakeSpec(
        result=fields["result"],
        because=fields["because"],
        worth=fields["worth"],
        when=fields["when"],
    )


def _make_wrong_reason(_: Branch, fields: Fields, __: Report) -> MistakeSpec:
    return MistakeSpec(
        result=fields["reason"],
        because=fields["because"],
        worth=fields["worth"],
        when=fields["when"],
    )


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
    _make_mistake,
    name="mistake",
    instead={"reason": "result"},
)
_WRONG_REASON = Struct(
    "wrong justification",
    "A justification that students give, and why it is wrong.",
    {"reason": required(TEMPLATE, "the wrong justification, a text"), **_OF_MISTAKES},
    _make_wrong_reason,
    name="reason",
    instead={"result": "reason"},
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

RUBRIC = {
    "rubric": optional(
        ListOf(_RUBRIC_LINE, "rubric", least=1), "what earns points when marked by hand", ()
    ),
}
