"""Parts: one question with one response, of the kind that its distinguishing field tells."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from generator.bank.grammar.choice import CHOICE, check_choice
from generator.bank.grammar.leaves import EXPRESSION, NAME, TEMPLATE, TRUTH, count
from generator.bank.grammar.matching import MATCHING
from generator.bank.grammar.mistakes import MISTAKES, POINTS, REASONS, RUBRIC, WRONG_TEXTS
from generator.bank.grammar.numerical import NUMERICAL, make_numerical
from generator.bank.grammar.ordering import ORDERING
from generator.bank.grammar.report import Report
from generator.bank.grammar.shape import Leaf, OneOrMore, Shape
from generator.bank.grammar.struct import Field, Marked, Struct, key_of, optional, required
from generator.bank.grammar.text import TEXT, check_text
from generator.bank.limits import MAX_HINTS, MAX_LINES
from generator.model.part import (
    ClaimsSpec,
    EssaySpec,
    ExpressionSpec,
    Part,
    PartSpec,
    TrueFalseSpec,
)
from generator.model.source import Branch, Source

Fields = Mapping[str, Any]

_LINES = count(1, MAX_LINES)
_ASK = {"ask": required(TEMPLATE, "the question, in Markdown with LaTeX and {{ templates }}")}
_MARKED = {
    "points": optional(POINTS, "how many points the part is worth (1 if left out)", Fraction(1)),
    **RUBRIC,
}
_SPACE = {"lines": optional(_LINES, "the space on paper to write in, in lines")}
_SOLUTION = {
    "solution": optional(
        OneOrMore(TEMPLATE, "worked solution"),
        "the author's worked solution, a text or a list of steps, shown instead of the model's",
        (),
    ),
}
_COMMON = {**_MARKED, **_SOLUTION, **_SPACE}
_HINTS = {
    "hints": optional(
        OneOrMore(TEMPLATE, "list of hints", most=MAX_HINTS),
        "what helps after a wrong try, one or a list",
        (),
    ),
}


def _letter(source: Source, report: Report) -> Source:
    if not re.fullmatch("[a-z]{1,2}", source.text):
        message = f"`{source.text}` is not the letter of a part"
        report.refuse(source, "wrong-value", message, "parts are called a, b, c, … on the sheet")
    return source


_LETTER = Leaf("letter of a part", _letter, {"type": "string", "pattern": "^[a-z]{1,2}$"})
_FOLLOWS = {
    "follows": optional(
        OneOrMore(_LETTER, "list of letters"),
        "the letter of an earlier part whose result this one goes on with, one or a list",
        (),
    ),
}


def _kind(
    mark: str,
    shape: Shape[Any],
    about: str,
    *,
    own: Mapping[str, Field],
    spec: Callable[[Fields], PartSpec],
    check: Callable[[Branch, Fields, Report], None] = lambda *_: None,
) -> Struct[Part]:
    """A kind of part, told by its field `mark`; `spec` makes what only this kind has."""

    def make(branch: Branch, fields: Fields, report: Report) -> Part:
        check(branch, fields, report)
        shared = {name: fields[name] for name in _SHARED if name in fields}
        return Part(place=key_of(branch, mark), spec=spec(fields), ask=fields.get("ask"), **shared)

    noun = f"{mark.replace('_', '/')} part"
    ask = {name: known for name, known in own.items() if name == "ask"}
    instead = _INSTEAD if ask else _INSTEAD_OF_ASKING
    instead = {name: cure for name, cure in instead.items() if name != mark}
    return Struct(noun, about, {**ask, mark: required(shape, about), **own}, make, instead=instead)


_INSTEAD = {
    "text": "ask",
    "question": "ask",
    "type": "the kind of a part is told by its field, such as `numerical: …` or `essay: {}`",
    "answer": "the answer stands in the field of its kind, such as `numerical: …`",
    "hints": "hints are for parts that Moodle marks by itself, where there is a second try",
    "follows": "only what is marked by hand can go on with a student's own result",
}
_INSTEAD_OF_ASKING = _INSTEAD | dict.fromkeys(
    ("ask", "text", "question"), "each claim that is chosen is a question of its own"
)
_SHARED = (
    "points",
    "mistakes",
    "model_mistakes",
    "solution",
    "rubric",
    "lines",
    "hints",
    "follows",
)
"""The fields of `Part` itself; a kind that lacks one leaves it at its default."""


# --- essay ------------------------------------------------------------------------------------

_ESSAY = Struct(
    "essay",
    "A free answer.",
    {"lines": optional(_LINES, "the space on paper, in lines (6 if left out)", 6)},
    lambda _, fields, __: EssaySpec(lines=fields["lines"]),
    cure="write `{}`, or `{lines: 8}` for the space on paper",
    instead={"rubric": "the rubric stands beside `essay`, not in it"},
)


def _check_space(branch: Branch, fields: Fields, report: Report) -> None:
    essay = branch.fields["essay"]
    if fields["lines"] and isinstance(essay, Branch) and "lines" in essay.fields:
        message = "the space for this essay is said twice"
        report.refuse(key_of(branch, "lines"), "conflicting-fields", message, "delete one of them")


# --- the table --------------------------------------------------------------------------------


def _explain(default: bool) -> dict[str, Field]:
    about = f"whether a justification is asked for ({str(default).lower()} if left out)"
    return {"explain": optional(TRUTH, about, default)}


PART: Marked[Part] = Marked(
    "part",
    {
        "numerical": _kind(
            "numerical",
            EXPRESSION,
            "the number that answers it, an expression such as model.parameters",
            own={**_ASK, **NUMERICAL, **MISTAKES, **_COMMON, **_HINTS, **_FOLLOWS},
            spec=make_numerical,
        ),
        "expression": _kind(
            "expression",
            EXPRESSION,
            "the formula that answers it, such as model.gradient.w",
            own={**_ASK, **MISTAKES, **_COMMON, **_HINTS, **_FOLLOWS},
            spec=lambda fields: ExpressionSpec(answer=fields["expression"]),
        ),
        "text": _kind(
            "text",
            TEXT,
            "the word or words that answer it: a text, or {answers: […]}",
            own={**_ASK, **WRONG_TEXTS, **_COMMON, **_HINTS},
            spec=lambda fields: fields["text"],
            check=check_text,
        ),
        "choice": _kind(
            "choice",
            CHOICE,
            "the options: {answer: …, count: 4}, made of the mistakes, or {options: […]}",
            own={**_ASK, **MISTAKES, **_COMMON, **_HINTS},
            spec=lambda fields: fields["choice"],
            check=check_choice,
        ),
        "matching": _kind(
            "matching",
            MATCHING,
            "what belongs together: {pairs: [{left: …, right: …}, …]}",
            own={**_ASK, **_COMMON, **_HINTS},
            spec=lambda fields: fields["matching"],
        ),
        "ordering": _kind(
            "ordering",
            ORDERING,
            "items in their right order, or each with what it is ranked by",
            own={**_ASK, **_COMMON, **_HINTS},
            spec=lambda fields: fields["ordering"],
        ),
        "true_false": _kind(
            "true_false",
            EXPRESSION,
            "whether the statement is true, a condition",
            own={**_ASK, **_explain(False), **REASONS, **_COMMON, **_HINTS, **_FOLLOWS},
            spec=lambda fields: TrueFalseSpec(
                answer=fields["true_false"], explain=fields["explain"]
            ),
        ),
        "claims": _kind(
            "claims",
            NAME,
            "the parameter that chooses claims: one true/false part for each",
            own={**_explain(True), **_MARKED, **_SPACE},
            spec=lambda fields: ClaimsSpec(chosen=fields["claims"], explain=fields["explain"]),
        ),
        "essay": _kind(
            "essay",
            _ESSAY,
            "a free answer, marked by hand with the rubric: {lines: 8}",
            own={**_ASK, **_COMMON, **_FOLLOWS},
            spec=lambda fields: fields["essay"],
            check=_check_space,
        ),
    },
    name="part",
    cure="its kind is told by this field, such as `numerical: model.parameters`",
    mistaken={"text": "ask"},
)
