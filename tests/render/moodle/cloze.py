"""A model of Moodle's cloze parser: how it finds gaps, answers and feedback in a question's text.

It works as Moodle's regular expressions do: the leftmost ``{weight:TYPE:`` that can be read up to
an unescaped ``}`` is a gap; an answer ends before the first ``~``, ``#`` or ``}`` that no backslash
and no ampersand precedes; feedback before the first ``~`` or ``}`` that no backslash precedes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.entities import name2codepoint

from tests.render.moodle import page

_TYPES = (
    "NUMERICAL|NM|MULTICHOICE_VS|MULTICHOICE_HS|MULTICHOICE_V|MULTICHOICE_H|MULTICHOICE_S"
    "|MULTICHOICE|MCVS|MCHS|MCV|MCH|MCS|MC|SHORTANSWER_C|SHORTANSWER|SAC|SA|MWC|MW"
    "|MULTIRESPONSE_HS|MULTIRESPONSE_H|MULTIRESPONSE_S|MULTIRESPONSE|MRHS|MRH|MRS|MR"
)
_ALTERNATIVE = (
    r"(?:=|%-?[0-9]+(?:[.,][0-9]*)?%)?"
    r".+?(?<!\\)(?<!&)(?<!&amp;)(?=[~#}]|\Z)"
    r"(?:#.*?(?<!\\)(?=[~}]|\Z))?"
)
_GAP = re.compile(rf"\{{([0-9]*):({_TYPES}):({_ALTERNATIVE}(?:~{_ALTERNATIVE})*)\}}", re.DOTALL)
_ANSWER = re.compile(
    r"~?(=|%(-?[0-9]+(?:[.,][0-9]*)?)%)?"
    r"(.+?(?<!\\)(?<!&)(?<!&amp;)(?=[~#}]|\Z))"
    r"(?:#(.*?(?<!\\)(?=[~}]|\Z)))?",
    re.DOTALL,
)
_NUMBER = r"-?(?:[0-9]+[.,]?[0-9]*|[.,][0-9]+)(?:[eE][-+]?[0-9]+)?"


@dataclass(frozen=True)
class Answer:
    """An answer of a gap."""

    text: str
    fraction: float
    feedback: str
    tolerance: float | None = None


@dataclass(frozen=True)
class Gap:
    """A gap: its type as written, its weight, its answers in order."""

    type: str
    weight: int
    answers: tuple[Answer, ...]

    @property
    def multiple(self) -> bool:
        return self.type.startswith("MULTIRESPONSE")


def extract(text: str) -> tuple[str, tuple[Gap, ...]]:
    """The text with ``{#1}``, ``{#2}`` in place of its gaps, and these."""
    gaps: list[Gap] = []
    while found := _GAP.search(text):
        gaps.append(_gap(found))
        text = text[: found.start()] + f"{{#{len(gaps)}}}" + text[found.end() :]
    return text, tuple(gaps)


def _gap(found: re.Match[str]) -> Gap:
    kind = found.group(2)
    answers: list[Answer] = []
    exact = False
    for match in _answers(found.group(3)):
        grade, percent, text, told = match.groups()
        exact |= bool(percent) and percent != "0"
        feedback = _decoded(told or "")
        if grade == "=":
            fraction = 1.0
        else:
            fraction = 0.01 * float(percent.replace(",", ".")) if percent else 0.0
        number = re.fullmatch(rf"({_NUMBER})(?::({_NUMBER}))?", text)
        if kind == "NUMERICAL" and number:
            tolerance = float(number.group(2) or 0)
            answers.append(Answer(number.group(1), fraction, feedback, tolerance))
        else:
            answers.append(Answer(_decoded(text), fraction, feedback))
    if kind.startswith("MULTIRESPONSE"):
        answers = list(_shared(answers, exact))
    return Gap(kind, int(found.group(1) or 1), tuple(answers))


def _answers(text: str) -> Iterator[re.Match[str]]:
    while match := _ANSWER.match(text):
        yield match
        text = text[match.end() :]


def _shared(answers: list[Answer], exact: bool) -> Iterator[Answer]:
    """Several right options share 100 %; without percentages a wrong one costs as much as a
    right one earns."""
    total = sum(answer.fraction for answer in answers if answer.fraction > 0)
    for answer in answers:
        fraction = answer.fraction
        if fraction > 0:
            fraction /= total
        elif not exact:
            fraction = -1 / total
        yield Answer(answer.text, fraction, answer.feedback)


def _decoded(text: str) -> str:
    """Entities are decoded once; then `\\}` is a brace and `\\#` a hash."""

    def entity(match: re.Match[str]) -> str:
        name = match.group(1)
        if name.startswith(("#x", "#X")):
            return chr(int(name[2:], 16))
        if name.startswith("#"):
            return chr(int(name[1:]))
        return chr(name2codepoint[name]) if name in name2codepoint else match.group()

    text = re.sub(r"&(#[0-9]+|#[xX][0-9A-Fa-f]+|[A-Za-z][A-Za-z0-9]*);", entity, text)
    return text.replace(r"\}", "}").replace(r"\#", "#")


def problems(gap: Gap) -> Iterator[tuple[str, object]]:
    """The rules that a gap breaks, each with what breaks it."""
    best = max(answer.fraction for answer in gap.answers)
    if best != 1 and not (gap.multiple and best > 0):
        yield "Every subquestion needs a 100 % answer", gap
    if gap.weight < 1:
        yield "whole weights", gap
    if gap.type.startswith("MULTI"):
        yield from _choice_problems(gap)
    if gap.type == "NUMERICAL":
        for answer in gap.answers:
            if not re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", answer.text) or answer.tolerance is None:
                yield "NUMERICAL: … spaces and fractions are refused", answer
            if r"\(" in answer.feedback or "<img" in answer.feedback:
                yield "a pop-up typesets no math and shows no picture", answer


def _choice_problems(gap: Gap) -> Iterator[tuple[str, object]]:
    if len([answer for answer in gap.answers if answer.text.strip()]) < 2:
        yield "a choice in a gap has two answers that are not empty", gap
    for answer in gap.answers:
        if gap.type in ("MULTICHOICE", "MULTICHOICE_S"):
            if r"\(" in answer.text:
                yield "Dropdowns … do not typeset math", answer
            if "<" in answer.text:
                yield "a dropdown shows plain text", answer
        if "<img" in answer.text + answer.feedback:
            yield "No images in options", answer
        for html in (answer.text, answer.feedback):
            if found := page.problems(html):
                yield "HTML that is valid", found
