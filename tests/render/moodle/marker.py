"""Marks a response as Moodle does, from what was imported alone."""

from __future__ import annotations

from collections.abc import Sequence

from tests.render.moodle import cloze
from tests.render.moodle.importer import Answer, Question

Response = str | Sequence[str]
"""A number or the text of an option as a student gives it; several for a multiple choice."""

_SLACK = 1e-14
"""Moodle widens every tolerance by its floating-point precision."""


def mark(question: Question, responses: Sequence[Response]) -> float:
    """The share of the mark that a response earns: one response, or one for each gap."""
    if question.gaps:
        total = sum(gap.weight for gap in question.gaps)
        earned = sum(
            gap.weight * _fraction(gap.answers, response, gap.type == "NUMERICAL", gap.multiple)
            for gap, response in zip(question.gaps, responses, strict=True)
        )
        return earned / total
    (response,) = responses
    number = question.type == "numerical"
    return _fraction(question.answers, response, number, not question.single)


def feedback(question: Question, gap: int, response: Response) -> str:
    """What the student is told about the response to a gap, counted from 0."""
    answers = question.gaps[gap].answers if question.gaps else question.answers
    number = question.type == "numerical" or bool(
        question.gaps and question.gaps[gap].type == "NUMERICAL"
    )
    texts = [response] if isinstance(response, str) else response
    return " ".join(found.feedback for text in texts if (found := _match(answers, text, number)))


def right_responses(question: Question) -> list[Response]:
    """A right response to each gap, read off the answers with full credit."""
    if question.gaps:
        return [_right(gap.answers, gap.multiple) for gap in question.gaps]
    return [_right(question.answers, not question.single)]


def _right(answers: Sequence[Answer | cloze.Answer], multiple: bool) -> Response:
    if multiple:
        return [answer.text for answer in answers if answer.fraction > 0]
    return next(answer.text for answer in answers if answer.fraction == 1)


def _fraction(
    answers: Sequence[Answer | cloze.Answer], response: Response, number: bool, multiple: bool
) -> float:
    if multiple:
        found = [_match(answers, text, number) for text in response]
        return min(1.0, max(0.0, sum(answer.fraction for answer in found if answer)))
    assert isinstance(response, str)
    answer = _match(answers, response, number)
    return answer.fraction if answer else 0.0


def _match(
    answers: Sequence[Answer | cloze.Answer], response: str, number: bool
) -> Answer | cloze.Answer | None:
    """The first answer that fits: "matched in order"."""
    for answer in answers:
        if number and _fits(answer, response):
            return answer
        if not number and answer.text == response:
            return answer
    return None


def _fits(answer: Answer | cloze.Answer, response: str) -> bool:
    if answer.text == "*":
        return True
    value = float(answer.text)
    slack = (answer.tolerance or 0.0) + _SLACK * max(1.0, abs(value))
    return value - slack <= float(response) <= value + slack
