"""How each type of key is answered on paper, and how it is shown to a marker.

One row of `RESPONSES` for the student's side, one of `SHOWN` for the marker's: the first must not
look at the key's value, only at its type, so that a sheet never depends on what is right.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from generator.document.markup import plain
from generator.language import numbers
from generator.model.document import (
    Blocks,
    ChoiceResponse,
    EssayResponse,
    ExpressionResponse,
    Inlines,
    Math,
    NumericalResponse,
    Response,
    Text,
    TrueFalseResponse,
)
from generator.model.solution import (
    ChoiceKey,
    EssayKey,
    ExpressionKey,
    Key,
    NumericalKey,
    PartSolution,
    TrueFalseKey,
    Wording,
)

ReadBlocks = Callable[[Wording], Blocks]
"""Fills in and parses a wording."""

ReadLine = Callable[[Wording], Inlines]
"""The same for a wording that fits one line."""

Words = Mapping[str, str]
"""The fixed words of the sheet's language."""

_DERIVATION_LINES = 5
_JUSTIFICATION_LINES = 4


# --- the student's side ------------------------------------------------------------------------


def response(part: PartSolution, read: ReadBlocks) -> Response:
    """The space that a student gets for this part's response."""
    return _RESPONSES[type(part.key)](part, part.key, read)


def _choice_response(_: PartSolution, key: ChoiceKey, read: ReadBlocks) -> Response:
    options = tuple(read(option.text) for option in key.options)
    return ChoiceResponse(options=options, multiple=key.multiple)


def _true_false_response(part: PartSolution, key: TrueFalseKey, _: ReadBlocks) -> Response:
    lines = _lines(part, _JUSTIFICATION_LINES) if key.explain else 0
    return TrueFalseResponse(lines=lines)


def _lines(part: PartSolution, default: int) -> int:
    return default if part.lines is None else part.lines


_RESPONSES: dict[type, Callable[..., Response]] = {
    NumericalKey: lambda part, key, _: NumericalResponse(unit=key.unit),
    ExpressionKey: lambda part, _, __: ExpressionResponse(lines=_lines(part, _DERIVATION_LINES)),
    TrueFalseKey: _true_false_response,
    ChoiceKey: _choice_response,
    EssayKey: lambda part, key, _: EssayResponse(lines=_lines(part, key.lines)),
}


# --- the marker's side -------------------------------------------------------------------------


def shown(key: Key, read: ReadLine, words: Words) -> tuple[Inlines, str]:
    """The key as people read it, and the same as one line of plain text."""
    return _SHOWN[type(key)](key, read, words)


def _numerical(key: NumericalKey, _: ReadLine, __: Words) -> tuple[Inlines, str]:
    unit = f" {key.unit}" if key.unit else ""
    value = numbers.latex(key.value)
    text = numbers.plain(key.value)
    if key.decimals is not None:
        value = text = numbers.decimal(key.value, key.decimals)
    content: Inlines = (Math(latex=value),)
    if unit:
        content += (Text(text=f"\u00a0{key.unit}"),)
    if key.tolerance:
        content += (
            Text(text=" ("),
            Math(latex=rf"\pm {numbers.latex(key.tolerance)}"),
            Text(text=")"),
        )
    return content, text + unit


def _true_false(key: TrueFalseKey, _: ReadLine, words: Words) -> tuple[Inlines, str]:
    verdict = words["true"] if key.value else words["false"]
    return (Text(text=verdict),), verdict


def _choice(key: ChoiceKey, read: ReadLine, _: Words) -> tuple[Inlines, str]:
    content: Inlines = ()
    for number, option in enumerate(key.options):
        if option.right:
            if content:
                content += (Text(text="; "),)
            content += (Text(text=f"{option_letter(number)}: "), *read(option.text))
    return content, plain(content)


def option_letter(number: int) -> str:
    """The capital letter that marks an option on paper: A, B, …, Z, AA, …"""
    return part_label(number).upper()


def part_label(number: int) -> str:
    """The letter of a part: a, b, …, z, aa, ab, …"""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("a") + rest) + letters
    return letters


_SHOWN: dict[type, Callable[..., tuple[Inlines, str]]] = {
    NumericalKey: _numerical,
    ExpressionKey: lambda key, _, __: ((Math(latex=key.latex),), key.text),
    TrueFalseKey: _true_false,
    ChoiceKey: _choice,
    EssayKey: lambda _, __, words: ((Text(text=words["see_rubric"]),), words["see_rubric"]),
}
