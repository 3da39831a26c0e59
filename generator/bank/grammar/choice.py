"""The options of a choice part: written out, drawn from a pool, or made of its mistakes."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from generator.bank.grammar.leaves import (
    EXPRESSION,
    SHARE,
    TEMPLATE,
    TRUTH,
    count,
    refuse_twins,
)
from generator.bank.grammar.numerical import DECIMALS
from generator.bank.grammar.report import Report, Unreadable
from generator.bank.grammar.shape import ListOf
from generator.bank.grammar.struct import Marked, Struct, items_of, key_of, optional, required
from generator.bank.limits import MAX_OPTIONS, MAX_POOL
from generator.model.part import ChoiceSpec, OptionSpec
from generator.model.source import Branch, Source

Fields = Mapping[str, Any]

# --- written out ------------------------------------------------------------------------------


def _make_option(branch: Branch, fields: Fields, report: Report) -> OptionSpec:
    wrong = Source(file=branch.file, line=branch.line, column=branch.column, text="false")
    right = fields["right"] or wrong
    if fields["worth"] and _is_sure(right, "true"):
        message = "a right option earns all points, so it has no `worth`"
        report.refuse(key_of(branch, "worth"), "conflicting-fields", message, "delete it")
    return OptionSpec(
        text=fields["text"], right=right, because=fields["because"], worth=fields["worth"]
    )


def _is_sure(right: Source, truth: str) -> bool:
    return right.text.lower() == truth


_OPTION = Struct(
    "option",
    "An option of a choice part.",
    {
        "text": required(TEMPLATE, "the option's text"),
        "right": optional(EXPRESSION, "whether it is right, a condition (false if left out)"),
        "because": optional(TEMPLATE, "why it is right or wrong: the feedback for choosing it"),
        "worth": optional(
            SHARE,
            "the share of the points that it still earns where it is wrong (0 if left out)",
            Fraction(0),
        ),
    },
    _make_option,
)
_OPTIONS = ListOf(_OPTION, "list of options", least=2, most=MAX_OPTIONS)
_POOL = ListOf(_OPTION, "pool of options", least=2, most=MAX_POOL)
_MULTIPLE = {"multiple": optional(TRUTH, "whether several options may be right", False)}
_NONE = {
    "none": optional(
        TRUTH, 'whether "None of these" is an option too, right where no other is', False
    )
}


def _make_written_out(branch: Branch, fields: Fields, report: Report) -> ChoiceSpec:
    return _make_written("options", branch, fields, report)


def _make_pool(branch: Branch, fields: Fields, report: Report) -> ChoiceSpec:
    spec = _make_written("pool", branch, fields, report)
    shown, there = fields["count"] - fields["none"], len(items_of(branch, "pool"))
    if shown >= there:
        message = f"{shown} of {there} options are no choice among them"
        cure = "add to the `pool`, draw fewer, or show all of them: `options`"
        report.refuse(key_of(branch, "count"), "wrong-value", message, cure)
    return spec


def _make_written(name: str, branch: Branch, fields: Fields, report: Report) -> ChoiceSpec:
    options, multiple, none = fields[name], fields["multiple"], fields["none"]
    if not options:
        raise Unreadable  # each has its own finding
    refuse_twins((option.text for option in options), "option", report)
    sure = [option.right for option in options if _is_sure(option.right, "true")]
    pooled = name == "pool"
    if len(sure) > 1 and not multiple and not pooled:
        message = "a second right option: only one can be chosen"
        report.refuse(sure[1], "wrong-value", message, "write `multiple: true` to allow several")
    complete = len(options) == len(items_of(branch, name))
    if complete and not none and all(_is_sure(option.right, "false") for option in options):
        message = "no option is right"
        report.refuse(branch, "wrong-value", message, "give the right one `right: true`")
    if none and multiple:
        message = "several may be right, and whoever ticks none of them says so already"
        report.refuse(key_of(branch, "none"), "conflicting-fields", message, "delete `none`")
        none = False
    return ChoiceSpec(
        options=options, multiple=multiple, count=fields.get("count"), pool=pooled, none=none
    )


_WRITTEN_OUT = Struct(
    "choice of written options",
    "Options written out.",
    {"options": required(_OPTIONS, "the options"), **_MULTIPLE, **_NONE},
    _make_written_out,
)
_DRAWN = Struct(
    "choice from a pool",
    "Options drawn from a pool, others for each variant.",
    {
        "pool": required(_POOL, "the options that are drawn from"),
        "count": required(count(2, MAX_OPTIONS), "how many options are shown"),
        **_MULTIPLE,
        **_NONE,
    },
    _make_pool,
)

# --- made of mistakes -------------------------------------------------------------------------

_MADE_OF_MISTAKES = Struct(
    "choice made of mistakes",
    "The right answer among options made of the part's mistakes.",
    {
        "answer": required(EXPRESSION, "the right answer, an expression"),
        "count": optional(count(2, MAX_OPTIONS), "how many options are shown (all if left out)"),
        "decimals": optional(DECIMALS, "to how many decimal places the options are rounded"),
        **_NONE,
    },
    lambda _, fields, __: ChoiceSpec(**fields),
)
CHOICE: Marked[ChoiceSpec] = Marked(
    "choice",
    {"options": _WRITTEN_OUT, "pool": _DRAWN, "answer": _MADE_OF_MISTAKES},
    cure="such as {answer: model.output_width, count: 4} or {options: […]}",
)


def check_choice(branch: Branch, fields: Fields, report: Report) -> None:
    """Report a choice part whose mistakes and options do not go together."""
    choice: ChoiceSpec = fields["choice"]
    mistakes = len(items_of(branch, "mistakes"))
    if choice.answer is None:
        if mistakes:
            message = "these options are written out, so no options are made of mistakes"
            cure = "say at each option why it is wrong: `because: …`"
            report.refuse(key_of(branch, "mistakes"), "conflicting-fields", message, cure)
    elif not fields["model_mistakes"] and (made := mistakes + 1 + choice.none) < _least(choice):
        message = f"only {made} of {_least(choice)} options can be made here"
        cure = "options are the answer and the mistakes: add `mistakes`"
        report.refuse(choice.answer, "too-few-options", message, cure)


def _least(choice: ChoiceSpec) -> int:
    return choice.count or 2
