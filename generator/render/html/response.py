"""Where a reader notes a response: what suits its kind, as a browser knows it without a script.

Nothing is sent or marked; a note helps to commit to a response before the answer is opened.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from markupsafe import Markup

from generator.model.document import (
    Blocks,
    ChoiceResponse,
    EssayResponse,
    ExpressionResponse,
    MatchingResponse,
    NumericalResponse,
    OrderingResponse,
    Response,
    TextResponse,
    TrueFalseResponse,
)
from generator.model.part import option_letter
from generator.render.html.rich import Rich
from generator.render.html.style import Style

_FEWEST_ROWS, _MOST_ROWS = 2, 10


def response_html(response: Response, style: Style, rich: Rich, name: str) -> Markup:
    """The fragment for a response; `name` is unique in the page and begins its ids."""
    kind, values = _KINDS[type(response)](response, style, rich)
    return style.markup(
        "response.html.j2", kind=kind, name=name, sheet=style.sheet, rich=rich, **values
    )


_Values = tuple[str, dict[str, Any]]


def _rows(lines: int) -> int:
    return min(_MOST_ROWS, max(_FEWEST_ROWS, lines))


def _field(unit: str = "", *, numeric: bool = False) -> _Values:
    return "field", {"unit": unit, "numeric": numeric}


def _area(lines: int) -> _Values:
    return "area", {"rows": _rows(lines)}


def _true_false(response: TrueFalseResponse, style: Style, _: Rich) -> _Values:
    return "verdict", {
        "options": style.verdicts,
        "rows": _rows(response.lines) if response.lines else 0,
    }


def _choice(response: ChoiceResponse, _: Style, rich: Rich) -> _Values:
    return "choice", {
        "options": _lettered(response.options, rich),
        "input": "checkbox" if response.multiple else "radio",
    }


def _matching(response: MatchingResponse, _: Style, rich: Rich) -> _Values:
    return "matching", {
        "lefts": [rich.blocks(left) for left in response.lefts],
        "rights": _lettered(response.rights, rich),
    }


def _ordering(response: OrderingResponse, _: Style, rich: Rich) -> _Values:
    return "ordering", {"items": _lettered(response.items, rich)}


def _lettered(options: tuple[Blocks, ...], rich: Rich) -> list[dict[str, Any]]:
    """Options with their letters: one line each, where that is all; else blocks."""
    return [
        {
            "letter": option_letter(i),
            "line": (line := rich.line(option)),
            "blocks": rich.blocks(option) if line is None else None,
        }
        for i, option in enumerate(options)
    ]


_KINDS: dict[type[Response], Callable[[Any, Style, Rich], _Values]] = {
    NumericalResponse: lambda response, _, __: _field(response.unit, numeric=True),
    ExpressionResponse: lambda response, _, __: _area(response.lines),
    TextResponse: lambda _, __, ___: _field(),
    TrueFalseResponse: _true_false,
    ChoiceResponse: _choice,
    MatchingResponse: _matching,
    OrderingResponse: _ordering,
    EssayResponse: lambda response, _, __: _area(response.lines),
}
