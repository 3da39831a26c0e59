"""How each type of key is answered on paper, and how it is shown to a marker.

One row of `RESPONSES` for the student's side, one of `SHOWN` for the marker's: the first must not
look at the key's value, only at its type, so that a sheet never depends on what is right.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from generator.document.markup import plain
from generator.language import numbers, patterns
from generator.model.document import (
    Blocks,
    ChoiceResponse,
    EssayResponse,
    ExpressionResponse,
    Inlines,
    MatchingResponse,
    Math,
    NumericalResponse,
    OrderingResponse,
    Response,
    Text,
    TextResponse,
    TrueFalseResponse,
)
from generator.model.part import option_letter
from generator.model.solution import (
    ChoiceKey,
    EssayKey,
    ExpressionKey,
    Key,
    MatchingKey,
    NumericalKey,
    OrderingKey,
    PartSolution,
    TextKey,
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


def response(part: PartSolution, read: ReadBlocks, words: Words) -> Response:
    """The space that a student gets for this part's response."""
    return _RESPONSES[type(part.key)](part, part.key, read, words)


def _choice_response(
    part: PartSolution, key: ChoiceKey, read: ReadBlocks, words: Words
) -> Response:
    return ChoiceResponse(
        options=tuple(
            read(words["none_of_these"] if option.none else option.text) for option in key.options
        ),
        multiple=key.multiple,
        ordered=any(option.none for option in key.options),
        lines=_lines(part, 0),
    )


def _matching_response(
    part: PartSolution, key: MatchingKey, read: ReadBlocks, _: Words
) -> Response:
    return MatchingResponse(
        lefts=tuple(map(read, key.lefts)),
        rights=tuple(map(read, key.rights)),
        lines=_lines(part, 0),
    )


def _ordering_response(
    part: PartSolution, key: OrderingKey, read: ReadBlocks, _: Words
) -> Response:
    return OrderingResponse(items=tuple(map(read, key.items)), lines=_lines(part, 0))


def _true_false_response(
    part: PartSolution, key: TrueFalseKey, _: ReadBlocks, __: Words
) -> Response:
    lines = _lines(part, _JUSTIFICATION_LINES if key.explain else 0)
    return TrueFalseResponse(lines=lines, explain=key.explain)


def _lines(part: PartSolution, default: int) -> int:
    return default if part.lines is None else part.lines


_RESPONSES: dict[type, Callable[..., Response]] = {
    NumericalKey: lambda part, key, *_: NumericalResponse(unit=key.unit, lines=_lines(part, 0)),
    ExpressionKey: lambda part, *_: ExpressionResponse(lines=_lines(part, _DERIVATION_LINES)),
    TextKey: lambda part, *_: TextResponse(lines=_lines(part, 1)),
    TrueFalseKey: _true_false_response,
    ChoiceKey: _choice_response,
    MatchingKey: _matching_response,
    OrderingKey: _ordering_response,
    EssayKey: lambda part, key, *_: EssayResponse(lines=_lines(part, key.lines)),
}


# --- the marker's side -------------------------------------------------------------------------


def shown(key: Key, read: ReadLine, words: Words) -> tuple[Inlines, str]:
    """The key as people read it, and the same as one line of plain text."""
    return _SHOWN[type(key)](key, read, words)


def _numerical(key: NumericalKey, _: ReadLine, __: Words) -> tuple[Inlines, str]:
    unit = f" {key.unit}" if key.unit else ""
    if key.figures is not None:
        value = numbers.figures(key.value, key.figures)
    else:
        value = numbers.asked(key.value, key.decimals, rounded=key.rounded)
    content: Inlines = (Math(latex=value.latex),)
    if unit:
        content += (Text(text=f"\u00a0{key.unit}"),)
    if key.tolerance:
        content += (
            Text(text=" ("),
            Math(latex=rf"\pm {numbers.latex(key.tolerance)}"),
            Text(text=")"),
        )
    return content, value.text + unit


def _true_false(key: TrueFalseKey, _: ReadLine, words: Words) -> tuple[Inlines, str]:
    verdict = words["true"] if key.value else words["false"]
    return (Text(text=verdict),), verdict


def _choice(key: ChoiceKey, read: ReadLine, words: Words) -> tuple[Inlines, str]:
    content: Inlines = ()
    for number, option in enumerate(key.options):
        if option.right:
            if content:
                content += (Text(text="; "),)
            text = words["none_of_these"] if option.none else option.text
            content += (Text(text=f"{option_letter(number)}: "), *read(text))
    return content, plain(content)


def _text(key: TextKey, _: ReadLine, words: Words) -> tuple[Inlines, str]:
    first, *others = (words["quoted"].format(text=patterns.shown(answer)) for answer in key.answers)
    notes = [f"{words['also']} {', '.join(others)}"] if others else []
    notes += [words["exact_case"]] if key.case else []
    return (Text(text="; ".join([first, *notes])),), patterns.shown(key.answers[0])


def _matching(key: MatchingKey, _: ReadLine, __: Words) -> tuple[Inlines, str]:
    return _in_boxes([option_letter(place) for place in key.matches])


def _ordering(key: OrderingKey, _: ReadLine, __: Words) -> tuple[Inlines, str]:
    return _in_boxes([option_letter(number) for number in key.order])


def _in_boxes(letters: Sequence[str]) -> tuple[Inlines, str]:
    """What stands in each box, counted from 1."""
    text = ", ".join(f"{number}: {letter}" for number, letter in enumerate(letters, 1))
    return (Text(text=text),), text


_SHOWN: dict[type, Callable[..., tuple[Inlines, str]]] = {
    NumericalKey: _numerical,
    ExpressionKey: lambda key, _, __: ((Math(latex=key.latex),), key.text),
    TextKey: _text,
    TrueFalseKey: _true_false,
    ChoiceKey: _choice,
    MatchingKey: _matching,
    OrderingKey: _ordering,
    EssayKey: lambda _, __, words: ((Text(text=words["see_rubric"]),), words["see_rubric"]),
}
