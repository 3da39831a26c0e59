"""Parts: one question with one response, of the kind that its distinguishing field tells."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from generator.bank.grammar.choice import CHOICE, check_choice
from generator.bank.grammar.leaves import (
    EXPRESSION,
    LINE,
    NAME,
    NOT_NEGATIVE,
    SHARE,
    TEMPLATE,
    TRUTH,
    count,
)
from generator.bank.grammar.mistakes import MISTAKES, POINTS, REASONS, RUBRIC
from generator.bank.grammar.report import Report
from generator.bank.grammar.shape import Either, Leaf, OneOrMore, Shape
from generator.bank.grammar.struct import Field, Marked, Struct, key_of, optional, required
from generator.model.bank import (
    ClaimsSpec,
    EssaySpec,
    ExpressionSpec,
    NumericalSpec,
    Part,
    PartSpec,
    Tolerance,
    TrueFalseSpec,
)
from generator.model.source import Branch, Source

MAX_LINES = 60
"""Lines of a written answer: two pages of paper."""

MAX_DECIMALS = 12
"""Decimal places of a numerical key: NumPy's check of a closed form is no finer."""

Fields = Mapping[str, Any]

_LINES = count(1, MAX_LINES)
_ASK = {"ask": required(TEMPLATE, "the question, in Markdown with LaTeX and {{ templates }}")}
_MARKED = {
    "points": optional(POINTS, "how many points the part is worth (1 if left out)", Fraction(1)),
    **RUBRIC,
}
_SPACE = {"lines": optional(_LINES, "the space on paper, in lines")}
_SOLUTION = {
    "solution": optional(
        OneOrMore(TEMPLATE, "worked solution"),
        "the author's worked solution, a text or a list of steps, shown instead of the model's",
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
    return Struct(noun, about, {**ask, mark: required(shape, about), **own}, make, instead=instead)


_INSTEAD = {
    "text": "ask",
    "question": "ask",
    "type": "the kind of a part is told by its field, such as `numerical: …` or `essay: {}`",
    "answer": "the answer stands in the field of its kind, such as `numerical: …`",
}
_INSTEAD_OF_ASKING = _INSTEAD | dict.fromkeys(
    ("ask", "text", "question"), "each claim that is chosen is a question of its own"
)
_SHARED = ("points", "mistakes", "model_mistakes", "solution", "rubric", "lines")
"""The fields of `Part` itself; a kind that lacks one leaves it at its default."""


# --- numerical --------------------------------------------------------------------------------

_RELATIVE = Struct(
    "relative tolerance",
    "How far off a number may be, as a share of the key.",
    {"relative": required(SHARE, "the share of the key, such as 0.01 or 1%")},
    lambda _, fields, __: Tolerance(amount=fields["relative"], relative=True),
)


def _absolute(source: Source, report: Report) -> Tolerance:
    if source.text.endswith("%"):
        message = "a tolerance in percent is relative to the key"
        cure = f"write `{{relative: {source.text}}}`"
        raise report.unreadable(source, "wrong-type", message, cure)
    return Tolerance(amount=NOT_NEGATIVE.parse(source, report))


_ABSOLUTE = Leaf(NOT_NEGATIVE.noun, _absolute, NOT_NEGATIVE.json)
_NUMERICAL = {
    "tolerance": optional(
        Either(_ABSOLUTE, _RELATIVE, "tolerance"),
        "how far off a response may be: a number, or {relative: 0.01}",
        Tolerance(amount=Fraction(0)),
    ),
    "decimals": optional(count(0, MAX_DECIMALS), "to how many decimal places the key is rounded"),
    "unit": optional(LINE, "the unit, shown behind the answer", ""),
}


def _numerical(fields: Fields) -> PartSpec:
    return NumericalSpec(
        answer=fields["numerical"],
        tolerance=fields["tolerance"],
        decimals=fields["decimals"],
        unit=fields["unit"],
    )


# --- essay ------------------------------------------------------------------------------------

_ESSAY = Struct(
    "essay",
    "A free answer.",
    {"lines": optional(_LINES, "the space on paper, in lines (6 if left out)", 6)},
    lambda _, fields, __: EssaySpec(lines=fields["lines"]),
    cure="write `{}`, or `{lines: 8}` for the space on paper",
)


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
            own={**_ASK, **_NUMERICAL, **MISTAKES, **_MARKED, **_SOLUTION, **_SPACE},
            spec=_numerical,
        ),
        "expression": _kind(
            "expression",
            EXPRESSION,
            "the formula that answers it, such as model.gradient.w",
            own={**_ASK, **MISTAKES, **_MARKED, **_SOLUTION, **_SPACE},
            spec=lambda fields: ExpressionSpec(answer=fields["expression"]),
        ),
        "choice": _kind(
            "choice",
            CHOICE,
            "the options: {answer: …, count: 4}, made of the mistakes, or {options: […]}",
            own={**_ASK, **MISTAKES, **_MARKED, **_SOLUTION, **_SPACE},
            spec=lambda fields: fields["choice"],
            check=check_choice,
        ),
        "true_false": _kind(
            "true_false",
            EXPRESSION,
            "whether the statement is true, a condition",
            own={**_ASK, **_explain(False), **REASONS, **_MARKED, **_SOLUTION, **_SPACE},
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
            own={**_ASK, **_MARKED, **_SOLUTION},
            spec=lambda fields: fields["essay"],
        ),
    },
    name="part",
    cure="its kind is told by this field, such as `numerical: model.parameters`",
)
