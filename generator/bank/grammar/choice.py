"""The options of a choice part: written out, or made of its mistakes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from generator.bank.grammar.leaves import EXPRESSION, TEMPLATE, TRUTH, count
from generator.bank.grammar.report import Report, Unreadable
from generator.bank.grammar.shape import ListOf
from generator.bank.grammar.struct import Marked, Struct, items_of, key_of, optional, required
from generator.model.bank import ChoiceSpec, OptionSpec
from generator.model.source import Branch, Source

MAX_OPTIONS = 12

Fields = Mapping[str, Any]


def _make_option(branch: Branch, fields: Fields, _: Report) -> OptionSpec:
    wrong = Source(file=branch.file, line=branch.line, column=branch.column, text="false")
    right = fields["right"] or wrong
    return OptionSpec(text=fields["text"], right=right, because=fields["because"])


_OPTION = Struct(
    "option",
    "An option of a choice part.",
    {
        "text": required(TEMPLATE, "the option's text"),
        "right": optional(EXPRESSION, "whether it is right, a condition (false if left out)"),
        "because": optional(TEMPLATE, "why it is right or wrong: the feedback for choosing it"),
    },
    _make_option,
)


def _make_written_out(branch: Branch, fields: Fields, report: Report) -> ChoiceSpec:
    options, multiple = fields["options"], fields["multiple"]
    if not options:
        raise Unreadable  # each has its own finding
    _refuse_same_texts(options, report)
    sure = [option.right for option in options if option.right.text.lower() == "true"]
    if len(sure) > 1 and not multiple:
        message = "a second right option: only one can be chosen"
        report.refuse(sure[1], "wrong-value", message, "write `multiple: true` to allow several")
    complete = len(options) == len(items_of(branch, "options"))
    if complete and all(option.right.text.lower() == "false" for option in options):
        message = "no option is right"
        report.refuse(branch, "wrong-value", message, "give the right one `right: true`")
    return ChoiceSpec(options=options, multiple=multiple)


def _refuse_same_texts(options: tuple[OptionSpec, ...], report: Report) -> None:
    seen: set[str] = set()
    for option in options:
        text = option.text.text.strip()
        if text in seen:
            report.refuse(
                option.text, "duplicate-value", "an option with this text is there already"
            )
        seen.add(text)


_WRITTEN_OUT = Struct(
    "choice of written options",
    "Options written out.",
    {
        "options": required(ListOf(_OPTION, "list of options", least=2), "the options"),
        "multiple": optional(TRUTH, "whether several options may be right", False),
    },
    _make_written_out,
)
_MADE_OF_MISTAKES = Struct(
    "choice made of mistakes",
    "The right answer among options made of the part's mistakes.",
    {
        "answer": required(EXPRESSION, "the right answer, an expression"),
        "count": optional(count(2, MAX_OPTIONS), "how many options are shown (all if left out)"),
    },
    lambda _, fields, __: ChoiceSpec(answer=fields["answer"], count=fields["count"]),
)
CHOICE: Marked[ChoiceSpec] = Marked(
    "choice",
    {"options": _WRITTEN_OUT, "answer": _MADE_OF_MISTAKES},
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
    elif not fields["model_mistakes"] and mistakes + 1 < (choice.count or 2):
        message = f"only {mistakes + 1} of {choice.count or 2} options can be made here"
        cure = "options are the answer and the mistakes: add `mistakes`"
        report.refuse(choice.answer, "too-few-options", message, cure)
