"""A verdict in words or signs; a justification behind it is for a person to mark."""

from __future__ import annotations

import re

from generator.marking.mark import Mark, Words, by_hand, right, unreadable, wrong
from generator.model.document import PartAnswer
from generator.model.solution import TrueFalseKey

_TRUE = "true t yes y right correct 1 wahr w ja j richtig vrai v oui verdadero sí si vero waar ✓"
_FALSE = "false f no n wrong incorrect 0 falsch nein faux non falso onwaar nee ✗"

_WORD = re.compile(r"[\s(\"'*]*([^\W_]+|[✓✗])(.*)", re.DOTALL)


def mark_true_false(answer: PartAnswer, response: str, words: Words) -> Mark:
    """Compare the first word with the verdict.

    With a justification asked for, a right verdict earns nothing by itself: half of all guesses
    are right, and the rubric says what the reason is worth.
    """
    key = answer.key
    assert isinstance(key, TrueFalseKey)  # noqa: S101 - by the table
    match = _WORD.match(response)
    verdict = None if match is None else _verdict(match[1].casefold(), words)
    if match is None or verdict is None:
        shown = f"{words['true']} or {words['false']}"
        return unreadable("the verdict is missing", f"begin with {shown}")
    if verdict != key.value:
        return wrong("The verdict is not right.")
    if not key.explain:
        return right()
    if not match[2].strip(" \t\n.,:;)-–"):
        return unreadable("the verdict alone is no answer", "justify it in a sentence")
    return by_hand("The verdict is right; the justification is marked by a person.", answer.rubric)


def _verdict(word: str, words: Words) -> bool | None:
    """What a word says; the sheet's own words come first."""
    known = dict.fromkeys(_TRUE.split(), True) | dict.fromkeys(_FALSE.split(), False)
    known |= {str(words["true"]).casefold(): True, str(words["false"]).casefold(): False}
    return known.get(word)
