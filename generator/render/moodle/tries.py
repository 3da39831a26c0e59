"""Practice: what each further try costs, and the hints between two tries."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import zip_longest

from markupsafe import escape

from generator.model.solution import NumericalKey
from generator.render.moodle.draft import Draft, grade
from generator.render.moodle.gaps import Part
from generator.render.moodle.xml import Rich

_USUAL = 2
_THIRD = "0.3333333"
"""Moodle's usual penalty for practice: each further try costs a third."""


def penalty(told: Sequence[Rich]) -> str:
    """A third of the mark for each further try, or less where there are more tries than three."""
    return _THIRD if len(told) <= _USUAL else grade(Fraction(1, len(told) + 1))


def hints(draft: Draft) -> tuple[Rich, ...]:
    """After each wrong try the next hint of every part; at last wrong numbers, and what is wrong.

    Where the bank has no hints, the first is to look again. Of wrong options none is named but the
    one that the student chose, by its own feedback: naming the others would leave only the right
    one.
    """
    pitfalls = [
        pitfall
        for part in draft.parts
        if isinstance(part.key, NumericalKey)
        for pitfall in _pitfalls(draft, part)
    ]
    rounds = [
        [
            {"label": draft.label(part), "text": draft.page.line(hint)}
            for part, hint in zip(draft.parts, given, strict=True)
            if hint
        ]
        for given in zip_longest(*(part.answer.hints for part in draft.parts), fillvalue=())
    ]
    told = [draft.render("hint.html.j2", hints=given, pitfalls=()) for given in rounds or [[]]]
    if pitfalls:
        told.append(draft.render("hint.html.j2", hints=(), pitfalls=pitfalls))
    return tuple(told)


def _pitfalls(draft: Draft, part: Part) -> list[dict[str, str]]:
    label, page = escape(draft.label(part)), draft.page
    return [
        {
            "label": label,
            "result": page.inlines(note.result),
            "because": page.line(note.because),
        }
        for note in part.answer.mistakes
        if note.because
    ]
