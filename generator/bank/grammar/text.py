"""The short texts that answer a part: one, or several that are as good, with ``*`` for anything."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from generator.bank.grammar.leaves import LINE_TEMPLATE, TRUTH
from generator.bank.grammar.report import Report
from generator.bank.grammar.shape import Either, Leaf, ListOf
from generator.bank.grammar.struct import Struct, optional, required
from generator.bank.limits import MAX_ANSWERS
from generator.language import patterns
from generator.model.part import TextSpec
from generator.model.source import Branch, Source

Fields = Mapping[str, Any]

_TAGS = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)


def as_written(template: Source) -> str:
    """What stands outside the tags, as far as a ``*`` is concerned: each tag is some letter."""
    return _TAGS.sub("x", template.text)


def check_pattern(template: Source, report: Report) -> Source:
    """Report a pattern that any text fits."""
    if not any(piece.strip() for piece in patterns.pieces(as_written(template))):
        message = "every text fits `*` alone"
        raise report.unreadable(template, "wrong-value", message, r"write `\*` for a star")
    return template


def _pattern(source: Source, report: Report) -> Source:
    return check_pattern(LINE_TEMPLATE.parse(source, report), report)


PATTERN = Leaf(
    LINE_TEMPLATE.noun,
    _pattern,
    LINE_TEMPLATE.json | {"description": "A text, with {{ templates }}; `*` stands for anything."},
    name="pattern",
    cure=LINE_TEMPLATE.cure,
)


def _spec(answers: tuple[Source, ...], report: Report, *, case: bool) -> TextSpec:
    if answers and patterns.is_open(as_written(answers[0])):
        message = "the first answer is the key that is shown, and this one has a `*` for anything"
        cure = r"put an answer without `*` before it; a star itself is written `\*`"
        offset = _star(answers[0])
        report.refuse(answers[0], "wrong-value", message, cure, offset=offset, length=1)
    return TextSpec(answers=answers, case=case)


def _star(template: Source) -> int:
    """Where the first star outside the tags stands."""
    blanked = _TAGS.sub(lambda tag: "x" * len(tag.group()), template.text)
    return blanked.replace(patterns.ESCAPED, "xx").find(patterns.ANY)


_SINGLE = Leaf(
    PATTERN.noun,
    lambda source, report: _spec((PATTERN.parse(source, report),), report, case=False),
    PATTERN.json,
    cure=PATTERN.cure,
)
_SEVERAL = Struct(
    "text",
    "Texts that are right, the first of them shown as the key.",
    {
        "answers": required(
            ListOf(PATTERN, "list of answers", least=1, most=MAX_ANSWERS),
            "the texts that are right; `*` stands for anything, but not in the first",
        ),
        "case": optional(TRUTH, "whether capital letters count (false if left out)", False),
    },
    lambda _, fields, report: _spec(fields["answers"], report, case=fields["case"]),
    cure="write the answer, or {answers: [median, 50th percentile*]}",
    instead={"answer": "answers", "accept": "answers", "patterns": "answers"},
)
TEXT: Either[TextSpec] = Either(_SINGLE, _SEVERAL, "text")


def check_text(_: Branch, fields: Fields, report: Report) -> None:
    """Report wrong texts that are right ones too, as far as no template leaves it open."""
    text: TextSpec = fields["text"]
    for mistake in fields["mistakes"]:
        wrong = mistake.result
        for answer in text.answers:
            fixed = not _TAGS.search(answer.text) and not _TAGS.search(wrong.text)
            if fixed and patterns.covers(answer.text, wrong.text, case=text.case):
                message = f"the answer `{answer.text}` takes this wrong text for a right one"
                report.refuse(wrong, "duplicate-value", message, "make the answer narrower")
