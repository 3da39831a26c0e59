"""Left sides, each with a dropdown of the right ones.

Moodle: "Dropdowns … do not typeset math", "answers up to 255 characters". Right sides that are more
than short plain words are listed above with their letters, and the dropdowns offer these.
"""

from __future__ import annotations

from generator.model.document import Blocks, List, MatchingResponse, Paragraph, Text
from generator.model.part import option_letter
from generator.model.solution import MatchingKey
from generator.render.moodle.gaps import Gap, Part, Pick

_LONGEST = 255


def gaps(part: Part, key: MatchingKey) -> tuple[Gap, ...]:
    """A dropdown for each left side, all with the same right ones."""
    response = _response(part)
    words = _words(response)
    letters = tuple(option_letter(place) for place in range(len(response.rights)))
    points = part.question.points / len(key.matches)
    return tuple(
        Pick(points=points, stem=left, choices=words or letters, right=place, free=bool(words))
        for left, place in zip(response.lefts, key.matches, strict=True)
    )


def listing(part: Part) -> tuple[tuple[str, Blocks], ...]:
    """The right sides with their letters, where the dropdowns cannot show them."""
    response = _response(part)
    if _words(response):
        return ()
    return tuple((f"{option_letter(n)}.", right) for n, right in enumerate(response.rights))


def pairs(part: Part, key: MatchingKey) -> Blocks:
    """Each left side with its right one."""
    response = _response(part)
    return (
        List(
            items=tuple(
                _joined(left, response.rights[place])
                for left, place in zip(response.lefts, key.matches, strict=True)
            )
        ),
    )


def _joined(left: Blocks, right: Blocks) -> Blocks:
    """Both on a line, if that is all there is of them."""
    match left, right:
        case (Paragraph(content=one),), (Paragraph(content=other),):
            return (Paragraph(content=(*one, Text(text=" – "), *other)),)
        case _:
            return (*left, *right)


def _words(response: MatchingResponse) -> tuple[str, ...]:
    """The right sides as plain words; none if one of them is more."""
    words: list[str] = []
    for right in response.rights:
        match right:
            case (Paragraph(content=(Text(text=text),)),) if len(text) <= _LONGEST:
                words.append(text)
            case _:
                return ()
    return tuple(words)


def _response(part: Part) -> MatchingResponse:
    response = part.question.response
    if not isinstance(response, MatchingResponse):
        raise TypeError("a part whose key is a matching is answered by matching")
    return response
