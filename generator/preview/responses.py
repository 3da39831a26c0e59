"""A filled-in question as the texts that a student would have typed, part by part.

What the page's fields are called is said by the template of a response (`templates/html`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from generator.model.document import (
    ChoiceResponse,
    EssayResponse,
    ExpressionResponse,
    MatchingResponse,
    NumericalResponse,
    OrderingResponse,
    PartQuestion,
    Response,
    TextResponse,
    TrueFalseResponse,
)
from generator.model.part import option_letter

Fields = Mapping[str, Sequence[str]]
"""What was filled in, by the names of the fields."""


def response_text(part: PartQuestion, fields: Fields, name: str) -> str:
    """The response to a part whose fields' names begin with `name`; empty where nothing is."""
    return _READERS[type(part.response)](part.response, fields, name)


def _first(fields: Fields, name: str) -> str:
    return next(iter(fields.get(name, ())), "")


def _typed(_: Response, fields: Fields, name: str) -> str:
    return _first(fields, name)


def _verdict(_: Response, fields: Fields, name: str) -> str:
    verdict = {"1": "true", "2": "false"}.get(_first(fields, name), "")
    return f"{verdict} {_first(fields, f'{name}-reason')}".strip()


def _letters(_: Response, fields: Fields, name: str) -> str:
    return ", ".join(fields.get(name, ()))


def _pairs(response: Response, fields: Fields, name: str) -> str:
    assert isinstance(response, MatchingResponse)  # noqa: S101 - by the table
    chosen = [
        (number, _first(fields, f"{name}-{number}")) for number in range(1, len(response.lefts) + 1)
    ]
    return " ".join(f"{number}{letter}" for number, letter in chosen if letter)


def _places(response: Response, fields: Fields, name: str) -> str:
    assert isinstance(response, OrderingResponse)  # noqa: S101 - by the table
    letters = [option_letter(place) for place in range(len(response.items))]
    chosen = [(letter, _first(fields, f"{name}-{letter}")) for letter in letters]
    return " ".join(f"{letter}{place}" for letter, place in chosen if place)


_READERS: dict[type[Response], Callable[[Response, Fields, str], str]] = {
    NumericalResponse: _typed,
    ExpressionResponse: _typed,
    TextResponse: _typed,
    EssayResponse: _typed,
    TrueFalseResponse: _verdict,
    ChoiceResponse: _letters,
    MatchingResponse: _pairs,
    OrderingResponse: _places,
}
