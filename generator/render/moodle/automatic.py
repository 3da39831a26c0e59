"""The question of a variant that marks itself: every part that Moodle can mark, in one question."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import zip_longest
from typing import Any

from generator.model.solution import ExpressionKey, NumericalKey
from generator.render.moodle.draft import NOTHING, Draft, GapView, PartView, Task, grade
from generator.render.moodle.gaps import Choice, Gap, Numerical, Part, Pick, Typed, Verdict
from generator.render.moodle.grades import weights
from generator.render.moodle.parts import listing
from generator.render.moodle.questions import Native, cloze, match, native
from generator.render.moodle.xml import Rich

_USUAL = 2
_THIRD = "0.3333333"
"""Moodle's usual penalty for practice: each further try costs a third."""


def automatic(task: Task) -> str:
    """The question as XML; empty if Moodle can mark no part of the variant."""
    parts = [part for part in task.parts if part.gaps]
    if not parts:
        return ""
    gaps = tuple(gap for part in parts for gap in part.gaps)
    if match.suits(gaps):
        return _match(Draft(task, parts), gaps)
    kind = native(gaps)
    if kind is None:
        return _cloze(Draft(task, parts, guard=cloze.shield), gaps)
    return _native(Draft(task, parts), kind, gaps[0])


def _native(draft: Draft, kind: Native, gap: Gap) -> str:
    """A question of the type that Moodle has for its only gap."""
    part = draft.parts[0]
    view = _view(part, gap, draft)
    if isinstance(gap, Numerical) and gap.unit:  # the box stands below: say what to type there
        note = draft.page.words(draft.style.phrase("in_unit", unit=gap.unit))
        view = replace(view, unit=NOTHING, note=note)
    hints = _hints(draft) if kind.tries else ()
    switches: dict[str, Any] = dict(kind.switches(gap))
    return draft.xml(
        kind.template,
        text=draft.text([PartView(ask=draft.ask(part), gaps=(view,))]),
        grade=grade(gap.points),
        penalty=_penalty(hints) if kind.tries else "1",
        hints=hints,
        answers=kind.answers(gap, draft.page, draft.style),
        **switches,
    )


def _match(draft: Draft, picks: Sequence[Any]) -> str:
    """A matching part alone."""
    (part,) = draft.parts
    hints = _hints(draft)
    return draft.xml(
        "match.xml.j2",
        text=draft.text([PartView(ask=draft.ask(part))]),
        grade=grade(part.question.points),
        penalty=_penalty(hints),
        hints=hints,
        stems=match.stems(tuple(picks), draft.page),
    )


def _cloze(draft: Draft, gaps: tuple[Gap, ...]) -> str:
    """All gaps in one text. Moodle: "its mark is the sum of its weights"."""
    shares = weights([gap.points for gap in gaps])
    in_points = all(share == gap.points for share, gap in zip(shares, gaps, strict=True))
    codes = iter(
        [cloze.code(gap, share, draft.style) for gap, share in zip(gaps, shares, strict=True)]
    )
    views = [
        PartView(
            ask=draft.ask(part, points=in_points),
            listing=tuple(draft.page.blocks(text, label) for label, text in listing(part)),
            gaps=tuple(replace(_view(part, gap, draft), code=next(codes)) for gap in part.gaps),
        )
        for part in draft.parts
    ]
    hints = _hints(draft)
    return draft.xml(
        "cloze.xml.j2",
        text=draft.text(views),
        grade=str(sum(shares)),
        penalty=_penalty(hints),
        hints=hints,
    )


# --- what stands around a gap ------------------------------------------------------------------


def _view(part: Part, gap: Gap, draft: Draft) -> GapView:
    return _VIEWS[type(gap)](part, gap, draft)


def _numerical(_: Part, gap: Numerical, draft: Draft) -> GapView:
    return GapView(unit=draft.page.words(gap.unit))


def _typed(_: Part, __: Typed, ___: Draft) -> GapView:
    return GapView()


def _pick(_: Part, gap: Pick, draft: Draft) -> GapView:
    return GapView(stem=draft.page.line(gap.stem))


def _choice(part: Part, gap: Choice, draft: Draft) -> GapView:
    return GapView(standing=True, lead=draft.style.phrase(_invitation(part, gap)))


def _invitation(part: Part, gap: Choice) -> str:
    if gap.reason:
        return "choose_reason"
    if isinstance(part.key, ExpressionKey):
        return "choose_formula"
    return "choose_several" if gap.multiple else "choose_one"


def _verdict(_: Part, __: Verdict, ___: Draft) -> GapView:
    return GapView(standing=True)


_VIEWS: dict[type, Callable[[Part, Any, Draft], GapView]] = {
    Numerical: _numerical,
    Typed: _typed,
    Choice: _choice,
    Pick: _pick,
    Verdict: _verdict,
}

# --- practice ----------------------------------------------------------------------------------


def _penalty(hints: Sequence[Rich]) -> str:
    """A third of the mark for each further try, or less where there are more tries than three."""
    return _THIRD if len(hints) <= _USUAL else grade(Fraction(1, len(hints) + 1))


def _hints(draft: Draft) -> tuple[Rich, ...]:
    """After each wrong try the next hint of every part; at last wrong numbers, and what is wrong.

    Where the bank has no hints, the first is to look again. Of wrong options none is named but the
    one that the student chose, by its own feedback: naming the others would leave only the right
    one.
    """
    pitfalls = [
        {
            "label": draft.label(part),
            "result": draft.page.inlines(note.result),
            "because": draft.page.line(note.because),
        }
        for part in draft.parts
        if isinstance(part.key, NumericalKey)
        for note in part.answer.mistakes
        if note.because
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
