"""Marks a response as Moodle does, from what was imported alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial

from tests.render.moodle import cloze
from tests.render.moodle.importer import Answer, Question

Response = str | Sequence[str]
"""A number or the text of an option as a student gives it; several for a multiple choice."""

_PRECISION = 1e-14
"""PHP's, as Moodle sets it: numbers are kept with fourteen digits."""


def mark(question: Question, responses: Sequence[Response]) -> float:
    """The share of the mark that a response earns: one response, or one for each gap."""
    if question.gaps:
        total = sum(gap.weight for gap in question.gaps)
        earned = sum(
            gap.weight * _fraction(gap.answers, response, KINDS.get(gap.type, ""), gap.multiple)
            for gap, response in zip(question.gaps, responses, strict=True)
        )
        return earned / total
    if question.stems:
        answers = [answer for stem, answer in question.stems if stem]
        right = sum(map(str.__eq__, answers, map(str, responses)))
        return right / len(answers)
    (response,) = responses
    return _fraction(question.answers, response, kind(question), not question.single)


def feedback(question: Question, gap: int, response: Response) -> str:
    """What the student is told about the response to a gap, counted from 0."""
    answers = question.gaps[gap].answers if question.gaps else question.answers
    how = KINDS.get(question.gaps[gap].type, "") if question.gaps else kind(question)
    texts = [response] if isinstance(response, str) else response
    return " ".join(found.feedback for text in texts if (found := _match(answers, text, how)))


KINDS = {"NUMERICAL": "number", "SHORTANSWER": "text", "SHORTANSWER_C": "Text"}
"""How the answers of a gap are compared: as numbers, as patterns (with capitals told apart)."""


def kind(question: Question) -> str:
    """How the answers of a question without gaps are compared."""
    if question.type == "shortanswer":
        return "Text" if question.case else "text"
    return "number" if question.type == "numerical" else ""


def right_responses(question: Question) -> list[Response]:
    """A right response to each gap, read off the answers with full credit."""
    if question.gaps:
        return [_right(gap.answers, gap.multiple) for gap in question.gaps]
    if question.stems:
        return [answer for stem, answer in question.stems if stem]
    return [_right(question.answers, not question.single)]


def _right(answers: Sequence[Answer | cloze.Answer], multiple: bool) -> Response:
    if multiple:
        return [answer.text for answer in answers if answer.fraction > 0]
    return next(answer.text for answer in answers if answer.fraction == 1).replace(r"\*", "*")


def _fraction(
    answers: Sequence[Answer | cloze.Answer], response: Response, kind: str, multiple: bool
) -> float:
    if multiple:
        found = [_match(answers, text, kind) for text in response]
        return min(1.0, max(0.0, sum(answer.fraction for answer in found if answer)))
    assert isinstance(response, str)
    answer = _match(answers, response, kind)
    return answer.fraction if answer else 0.0


def _match(
    answers: Sequence[Answer | cloze.Answer], response: str, kind: str
) -> Answer | cloze.Answer | None:
    """The first answer that fits: "matched in order"."""
    for answer in answers:
        if COMPARED[kind](answer, response):
            return answer
    return None


def _reads(answer: Answer | cloze.Answer, response: str, *, case: bool) -> bool:
    r"""As qtype_shortanswer compares: ``*`` is any text, ``\*`` a star, the rest is literal."""
    pieces = re.split(r"(?<!\\)\*+", answer.text)
    stars = [re.escape(piece.replace(r"\*", "*")) for piece in pieces]
    flags = re.DOTALL if case else re.DOTALL | re.IGNORECASE
    return bool(re.fullmatch(".*".join(stars), response.strip(), flags))


def _fits(answer: Answer | cloze.Answer, response: str) -> bool:
    """As qtype_numerical compares: within the tolerance, widened by a floating-point precision."""
    if answer.text == "*":
        return True
    low, high = interval(answer)
    return low <= float(response) <= high


def interval(answer: Answer | cloze.Answer) -> tuple[float, float]:
    """The numbers that an answer takes in, its ends among them."""
    value, tolerance = kept(answer.text), kept(str(answer.tolerance or 0))
    reach = tolerance + _PRECISION * max(tolerance, abs(value), _PRECISION)
    return value - reach, value + reach


def kept(text: str) -> float:
    """A number as the database has it: a whole one as it is, any other with fourteen digits."""
    whole = re.fullmatch(r"-?[0-9]{1,18}", text)
    return float(text) if whole else float(f"{float(text):.14g}")


COMPARED: dict[str, Callable[[Answer | cloze.Answer, str], bool]] = {
    "": lambda answer, response: answer.text == response,
    "number": _fits,
    "text": partial(_reads, case=False),
    "Text": partial(_reads, case=True),
}
