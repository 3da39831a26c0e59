"""What a check found, for people at a terminal, for programs, and as a page with histograms."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import fields, is_dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Any

from jinja2 import Template

import generator
from generator.diagnostics import Diagnostic, show
from generator.language import numbers
from generator.model.source import Source, SourceFile
from generator.pipeline.check import ProblemReport, Report
from generator.pipeline.statistics import PartStatistics, Range
from generator.render.templates import Filter, environment
from generator.resources import TEMPLATES
from generator.variants.build import Rejection

_FEW = 40
"""Characters of an explanation that fit a line of the table."""


# --- for people -------------------------------------------------------------------------------


def as_text(report: Report) -> str:
    """The table for a terminal, without a final newline."""
    lines = [f"{report.bank}: no error"]
    for problem in report.problems:
        lines.append(f"  {problem.problem}: {problem.variants:,} variants, {problem.solved} solved")
        lines += [f"    {held_words(problem.held)}"] if problem.held else []
        lines += [f"    {rejected_words(rejection)}" for rejection in _telling(problem.rejections)]
        if problem.parts:
            lines += [f"    {line}" for line in _table([_HEAD, *map(_row, problem.parts)])]
    return "\n".join(lines)


_HEAD = ("part", "type", "keys", "spread", "digits", "steps", "commonest mistake")


def _row(part: PartStatistics) -> tuple[str, ...]:
    wrong = part.wrong[0] if part.wrong else None
    mistake = f"{percent(wrong.applied, part.solved)}: {_short(wrong.name)}" if wrong else ""
    return (
        f"({part.label})",
        part.kind.replace("_", "/"),
        f"{part.keys} of {part.solved}",
        spread(part),
        range_words(part.digits),
        range_words(part.operations),
        mistake,
    )


def _table(rows: Sequence[Sequence[str]]) -> Iterable[str]:
    """Rows with their columns under each other, the last as long as it is."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]) - 1)]
    for row in rows:
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=False)]
        yield "  ".join([*cells, row[-1]]).rstrip()


def spread(part: PartStatistics) -> str:
    """How a part's keys vary: a range of numbers, shares of options, or the commonest."""
    if part.spread is not None:
        return range_words(part.spread)
    if part.balance:
        return ", ".join(f"{label} {percent(count, part.solved)}" for label, count in part.balance)
    return ""


def range_words(span: Range) -> str:
    """``3 to 8`` for numbers that vary, ``3`` for those that do not."""
    if span.least == span.most:
        return brief(span.least)
    return f"{brief(span.least)} to {brief(span.most)}"


def brief(number: Fraction) -> str:
    """A number in few signs: four significant digits where it has more."""
    exact = numbers.plain(number)
    return exact if len(exact) <= 8 and "/" not in exact else _rounded(number)


def _rounded(number: Fraction) -> str:
    """Four significant digits, also of what is larger than a float."""
    try:
        return f"{float(number):.4g}"
    except OverflowError:
        return f"{Decimal(number.numerator) / number.denominator:.4g}"


def percent(count: int, of: int) -> str:
    """A share in whole percent; 0 and 100 only where it is none or all."""
    share = Fraction(100 * count, of)
    return f"{min(99, max(1, round(share))) if 0 < share < 100 else int(share)} %"


def rejected_words(rejection: Rejection) -> str:
    """What a constraint, or the need of a part, keeps out, in a line."""
    condition = " ".join(rejection.place.text.split())
    rule = _short(condition) if rejection.is_constraint else rejection.reason
    return (
        f"line {rejection.place.line}, {rule}: keeps out "
        f"{percent(rejection.rejected, rejection.seen)} of {rejection.seen:,} combinations"
    )


def held_words(held: tuple[int, int]) -> str:
    """For how many draws the shares of a problem's strata hold."""
    forms, questions = held
    return f"its shares hold for {forms:,} forms and for {questions:,} questions in Moodle"


def _telling(rejections: Iterable[Rejection]) -> list[Rejection]:
    """Constraints, and what a part needs where a variant lacks it."""
    return [one for one in rejections if one.rejected or (one.seen and one.is_constraint)]


def _short(text: str) -> str:
    return text if len(text) <= _FEW else f"{text[: _FEW - 1].rstrip()}…"


# --- for programs -----------------------------------------------------------------------------


def as_json(reports: Sequence[Report], errors: Sequence[Diagnostic]) -> str:
    """Everything as one JSON object; numbers that need not be whole are exact strings."""
    content = {
        "gen-quiz": generator.__version__,
        "errors": [_plain(error) for error in errors],
        "banks": [_plain(report) for report in reports],
    }
    return json.dumps(content, ensure_ascii=False, indent=1)


def _plain(value: object) -> Any:
    """A value for JSON, known by its type."""
    if isinstance(value, SourceFile):
        return value.name
    if isinstance(value, Source):
        return {"file": value.file.name, "line": value.line, "text": value.text}
    if isinstance(value, Fraction):
        return numbers.plain(value)
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if is_dataclass(value):
        return {entry.name: _plain(getattr(value, entry.name)) for entry in fields(value)}
    return value


# --- as a page --------------------------------------------------------------------------------


def as_page(reports: Sequence[Report], errors: Sequence[Diagnostic]) -> str:
    """One HTML file with a histogram of each key; it needs nothing but itself."""
    return _template("check.html.j2").render(
        reports=reports,
        errors=[show(error) for error in errors],
        version=generator.__version__,
        total=sum(problem.variants for report in reports for problem in report.problems),
    )


def problem_html(report: ProblemReport) -> str:
    """The same about one problem, as a fragment for a page that has styles of its own."""
    return _template("problem.html.j2").render(problem=report)


def bars(part: PartStatistics) -> list[tuple[str, int]]:
    """What a part's histogram shows: bins of numbers, options, or the commonest keys."""
    if part.histogram:
        return [(_bin(low, high), count) for low, high, count in part.histogram]
    return [*(part.balance or part.common)]


def _bin(low: Fraction, high: Fraction) -> str:
    return brief(low) if low == high else f"{_rounded(low)} to {_rounded(high)}"


@cache
def _template(name: str) -> Template:
    return environment(TEMPLATES / "report", tuple(_FILTERS.items())).get_template(
        name, globals={"bars": bars, "percent": percent, "spread": spread, "telling": _telling}
    )


_FILTERS: dict[str, Filter] = {
    "range": range_words,
    "show": show,
    "rejected": rejected_words,
    "held": held_words,
}
