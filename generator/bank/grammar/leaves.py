"""The single values of a bank: texts, templates, expressions, names, numbers, truth values.

The types follow YAML 1.2, and where an older reader of YAML would see another type than the
author does (``no`` is false, ``012`` is ten), the value is refused with the way to write it so
that all agree. Expressions and templates are compiled here once, so that every error of syntax is
reported together with all else; they stay `Source` in the bank.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from fractions import Fraction

from generator.bank.grammar.numbers import exact, share, why_not
from generator.bank.grammar.report import Report, Unreadable
from generator.bank.grammar.shape import Leaf, Schema, a, described, listed
from generator.bank.limits import MAX_ID, MAX_NAME
from generator.diagnostics import InputError, did_you_mean
from generator.language.expression import compile_expression
from generator.language.names import RESERVED
from generator.language.template import compile_template
from generator.model.source import Source

TRUE, FALSE = ("true", "True", "TRUE"), ("false", "False", "FALSE")
_OLD_TRUTHS = {"yes": "true", "on": "true", "no": "false", "off": "false"}
"""Truth values of YAML 1.1 only. It has ``y`` and ``n`` too, but no reader of note follows it
there, and a label ``y`` or a size ``n`` is daily bread: these are names and texts."""

QUOTE_LIST = "put a text that begins with `[` in quotes"
_TEXT: Schema = {"type": ["string", "number"]}
_EXPRESSION: Schema = {"type": ["string", "number", "boolean"]}


def is_old_truth(source: Source) -> bool:
    """Whether this is ``yes``, ``no``, ``on`` or ``off`` without quotes."""
    return not source.quoted and source.text.lower() in _OLD_TRUTHS


# --- texts ------------------------------------------------------------------------------------


def _text(source: Source, report: Report) -> Source:
    if is_old_truth(source) or (not source.quoted and source.text in TRUE + FALSE):
        raise report.unreadable(
            source,
            "yaml-boolean",
            f"`{source.text}` without quotes is a truth value in YAML, and a text is expected here",
            f'write "{source.text}" in quotes',
        )
    if not source.text.strip():
        raise report.unreadable(source, "wrong-value", "this text is empty")
    return source


def _line(source: Source, report: Report) -> Source:
    text = _text(source, report).text
    begin, end = len(text) - len(text.lstrip()), len(text.rstrip())
    line = source.cut(begin, end)
    if (newline := line.text.find("\n")) >= 0:
        report.refuse(
            line,
            "wrong-value",
            "this text must stay on one line",
            "shorten it; to wrap it in the bank alone, begin it with `>`",
            offset=newline + 1,
        )
        raise Unreadable
    return line


def _template(source: Source, report: Report) -> Source:
    return _compiled(compile_template, _text(source, report), report)


def _title(source: Source, report: Report) -> Source:
    """A line that all variants share."""
    line = _line_template(source, report)
    for offset in (line.text.find("{{"), line.text.find("{%")):
        if offset >= 0:
            message = "a title is the same for all variants, so it has no templates"
            cure = "show the values in the stem, or in `name` for teachers"
            report.refuse(line, "wrong-value", message, cure, offset=offset, length=2)
    return line


def _line_template(source: Source, report: Report) -> Source:
    return _compiled(compile_template, _line(source, report), report)


def _compiled(compiled: Callable[[Source], object], source: Source, report: Report) -> Source:
    try:
        compiled(source)
    except InputError as error:
        report.take(error)
    return source


TITLE = Leaf("text on one line", _title, _TEXT, cure=QUOTE_LIST)
LINE = Leaf("text on one line", lambda s, r: _line(s, r).text, _TEXT, cure=QUOTE_LIST)
TEMPLATE = Leaf(
    "text",
    _template,
    _TEXT | {"description": "Markdown with LaTeX between dollar signs and {{ templates }}."},
    name="template",
    cure=QUOTE_LIST,
)
LINE_TEMPLATE = Leaf("text on one line", _line_template, _TEXT, cure=QUOTE_LIST)


def refuse_twins(texts: Iterable[Source], noun: str, report: Report) -> None:
    """Report each text that reads as one before it; `noun` says what they are."""
    seen: set[str] = set()
    for text in texts:
        words = " ".join(text.text.split())
        if words in seen:
            message = f"{a(noun)} with this text is there already"
            report.refuse(text, "duplicate-value", message)
        seen.add(words)


# --- expressions ------------------------------------------------------------------------------


def _expression(source: Source, report: Report) -> Source:
    if is_old_truth(source):
        truth = _OLD_TRUTHS[source.text.lower()]
        message = f"`{source.text}` has no meaning in an expression"
        report.refuse(source, "yaml-boolean", message, f"write `{truth}`")
        return source
    if not source.text.strip():
        raise report.unreadable(source, "wrong-value", "this expression is empty")
    if not source.quoted and (trap := why_not(source.text)):
        report.refuse(source, "yaml-number", *trap)
        return source
    return _compiled(compile_expression, source, report)


EXPRESSION = Leaf(
    "expression",
    _expression,
    _EXPRESSION | {"description": "An expression over parameters, such as (n - 1) / 2."},
    name="expression",
    cure='put a vector in quotes: "[1, 2, 3]"',
)


# --- names ------------------------------------------------------------------------------------

_NAME = "[A-Za-z_][A-Za-z0-9_]*"
_ID = "[a-z][a-z0-9-]*"
_LANGUAGE = "[a-z]{2,3}(-[A-Za-z0-9]{2,8})*"


def _name(source: Source, report: Report) -> Source:
    """The name of a parameter, a definition or a record's member."""
    text = source.text
    if is_old_truth(source):
        report.refuse(
            source,
            "yaml-boolean",
            f"`{text}` without quotes is a truth value for some readers of YAML, not a name",
            "choose another name",
        )
    if not re.fullmatch(_NAME, text):
        better = re.sub(r"\W+", "_", text, flags=re.ASCII).strip("_")
        cure = f"such as `{better}`" if re.fullmatch(_NAME, better) else "such as `n_1`"
        message = (
            f"`{text}` is no name: a name has letters from a to z, digits and `_`, a letter first"
        )
        report.refuse(source, "wrong-name", message, cure)
    if len(text) > MAX_NAME:
        report.refuse(source, "wrong-name", f"a name has at most {MAX_NAME} characters")
    return source


def _new_name(source: Source, report: Report) -> Source:
    """The name of a parameter or a definition."""
    if _name(source, report).text in RESERVED:
        message = f"`{source.text}` already means something else in expressions"
        report.refuse(source, "reserved-name", message, "choose another name")
    return source


def _id(source: Source, report: Report) -> Source:
    text = source.text
    if is_old_truth(source) or not re.fullmatch(_ID, text) or len(text) > MAX_ID:
        better = re.sub("[^a-z0-9]+", "-", text.lower()).strip("-")[:MAX_ID]
        report.refuse(
            source,
            "wrong-name",
            "an id has small letters, digits and `-`, a letter first, and at most "
            f"{MAX_ID} characters",
            f"such as `{better}`"
            if re.fullmatch(_ID, better) and better != text
            else "such as `cnn-layer`",
        )
    return source


def _language(source: Source, report: Report) -> str:
    if is_old_truth(source):  # Norwegian
        message = f"`{source.text}` without quotes is a truth value for some readers of YAML"
        raise report.unreadable(source, "yaml-boolean", message, f'write "{source.text}" in quotes')
    if not re.fullmatch(_LANGUAGE, source.text):
        message = f"`{source.text}` is no language tag"
        raise report.unreadable(source, "wrong-value", message, "such as `en`, `de` or `pt-BR`")
    return source.text


MEMBER = Leaf("name", _name, {"type": "string", "pattern": f"^{_NAME}$"})
NAME = Leaf("name", _new_name, {"type": "string", "pattern": f"^{_NAME}$"})
ID = Leaf("id", _id, {"type": "string", "pattern": f"^{_ID}$", "maxLength": MAX_ID})
LANGUAGE = Leaf("language tag", _language, {"type": "string", "pattern": f"^{_LANGUAGE}$"})


# --- truth values and choices -----------------------------------------------------------------


def _truth(source: Source, report: Report) -> bool:
    if source.text in TRUE + FALSE and not source.quoted:
        return source.text in TRUE
    message = f"expected `true` or `false`, not {described(source)}"
    meant = _OLD_TRUTHS.get(source.text.lower(), source.text.lower())
    cure = f"write `{meant}`{' without quotes' if source.quoted else ''}"
    known = meant in ("true", "false")
    raise report.unreadable(source, "yaml-boolean", message, cure if known else "")


TRUTH = Leaf("truth value", _truth, {"type": "boolean"}, cure="write `true` or `false`")


def one_of(*words: str, also: str = "") -> Leaf[str]:
    """One of these words; `also` names what else may stand there."""
    noun = listed(words, "or") + (f" or {also}" if also else "")

    def parse(source: Source, report: Report) -> str:
        if source.text not in words:
            cure = did_you_mean(source.text, words)
            message = f"expected {noun}, not {described(source)}"
            raise report.unreadable(source, "wrong-value", message, cure)
        return source.text

    return Leaf(noun, parse, {"enum": list(words)})


# --- numbers ----------------------------------------------------------------------------------


def _number(
    noun: str, admits: Callable[[Fraction], bool], spell: Callable[[str], Fraction | None] = exact
) -> Callable[[Source, Report], Fraction]:
    def parse(source: Source, report: Report) -> Fraction:
        if trap := why_not(source.text):
            raise report.unreadable(source, "yaml-number", *trap)
        number = None if source.quoted else spell(source.text)
        if number is None or not admits(number):
            quotes = "write it without quotes" if source.quoted and spell(source.text) else ""
            message = f"expected {a(noun)}, not {described(source)}"
            raise report.unreadable(source, "wrong-value", message, quotes)
        return number

    return parse


def count(least: int, most: int) -> Leaf[int]:
    """A whole number from `least` to `most`."""
    noun = f"whole number from {least} to {most}"
    parse = _number(noun, lambda n: n.denominator == 1 and least <= n <= most)
    return Leaf(
        noun,
        lambda source, report: int(parse(source, report)),
        {"type": "integer", "minimum": least, "maximum": most},
    )


_WRITTEN_FRACTION: Schema = {"type": "string", "pattern": "^[-+]?[0-9]+/[0-9]+$"}
_WRITTEN_SHARE: Schema = {"type": "string", "pattern": "^[0-9.]+(/[0-9]+| ?%)$"}


def number_above(bound: int, most: int, noun: str) -> Leaf[Fraction]:
    """An exact number greater than `bound`, and at most `most`."""
    number: Schema = {"type": "number", "exclusiveMinimum": bound, "maximum": most}
    parse = _number(noun, lambda n: bound < n <= most)
    return Leaf(noun, parse, {"anyOf": [number, _WRITTEN_FRACTION]})


NOT_NEGATIVE = Leaf(
    "number that is not negative",
    _number("number that is not negative", lambda n: n >= 0),
    {"anyOf": [{"type": "number", "minimum": 0}, _WRITTEN_FRACTION]},
)
SHARE = Leaf(
    "share from 0 to 1, such as 1/2, 0.5 or 50%",
    _number("share from 0 to 1, such as 1/2, 0.5 or 50%", lambda n: 0 <= n <= 1, share),
    {"anyOf": [{"type": "number", "minimum": 0, "maximum": 1}, _WRITTEN_SHARE]},
)
