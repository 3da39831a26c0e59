"""What each piece of a response earns, where a response has several and each is marked alone.

Paper and Moodle mark alike: the shares are those of the key.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from generator.document.keys import Words
from generator.model.document import Inlines, RubricNote, Text
from generator.model.part import option_letter
from generator.model.solution import ChoiceKey, MatchingKey, OrderingKey, PartSolution


def credit(part: PartSolution, words: Words) -> tuple[RubricNote, ...]:
    """A line for each kind of piece, a fine with negative points; none where all or nothing."""
    found = _CREDIT.get(type(part.key))
    if found is None:
        return ()
    return tuple(
        RubricNote(points=share * part.points, text=_words(text))
        for share, text in found(part.key, words)
    )


_Shares = list[tuple[Fraction, str]]


def _choice(key: ChoiceKey, words: Words) -> _Shares:
    if not key.multiple:
        return []
    shares = [(key.share(option), option) for option in key.options]
    right = next(share for share, option in shares if option.right)
    fines = {share for share, option in shares if not option.right}
    if len(fines) == 1:
        return [(right, words["credit_option"]), (fines.pop(), words["credit_wrong_option"])]
    named = (
        (share, words["credit_one_option"].format(letter=option_letter(number)))
        for number, (share, option) in enumerate(shares)
        if not option.right
    )
    return [(right, words["credit_option"]), *named]


_CREDIT: dict[type, Callable[..., _Shares]] = {
    ChoiceKey: _choice,
    MatchingKey: lambda key, words: [(Fraction(1, len(key.lefts)), words["credit_pair"])],
    OrderingKey: lambda key, words: [(Fraction(1, len(key.items)), words["credit_place"])],
}


def _words(text: str) -> Inlines:
    return (Text(text=text),)
