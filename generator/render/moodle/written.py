"""The question of a variant that a person marks: explanations, essays, derivations in one essay."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from generator.model.document import (
    EssayResponse,
    ExpressionResponse,
    MistakeNote,
    PartQuestion,
    TrueFalseResponse,
)
from generator.model.solution import ExpressionKey, TrueFalseKey
from generator.render.moodle.draft import Draft, PartView, Task, grade
from generator.render.moodle.gaps import Part
from generator.render.moodle.parts import by_hand
from generator.render.moodle.xml import Rich

_FEWEST, _MOST, _STEP = 5, 40, 5
"""The heights that Moodle offers for an essay's box, in lines."""


def written(task: Task) -> str:
    """The question as XML; empty if there is nothing for a person to mark."""
    parts = [part for part in task.parts if by_hand(part)]
    if not parts:
        return ""
    draft = Draft(task, parts)
    return draft.xml(
        "essay.xml.j2",
        suffix=draft.style.phrase("written_suffix"),
        text=draft.text([_view(draft, part) for part in task.parts]),
        grade=grade(sum((part.question.points for part in parts), Fraction(0))),
        penalty="0",
        hints=(),
        marking=_marking(draft),
        response=_response(draft),
        lines=_lines(parts),
        attachments=int(any(isinstance(part.key, ExpressionKey) for part in parts)),
    )


def _view(draft: Draft, part: Part) -> PartView:
    """A part to answer; or one that is marked elsewhere, shown because others may refer to it."""
    if part not in draft.parts:
        return PartView(ask=draft.ask(part), note=draft.style.phrase("elsewhere"))
    explained = isinstance(part.key, TrueFalseKey)
    return PartView(
        ask=draft.ask(part, points=True),
        note=draft.style.phrase("justify") if explained else "",
    )


def _response(draft: Draft) -> Rich:
    """What the box begins with: the letters of the parts, a verdict to complete."""
    openings = [
        {"label": draft.label(part), "verdict": isinstance(part.key, TrueFalseKey)}
        for part in draft.parts
    ]
    if len(openings) == 1 and not openings[0]["verdict"]:
        return Rich(html="")
    return draft.render("response.html.j2", openings=openings)


def _lines(parts: list[Part]) -> int:
    wanted = sum(_space(part.question) for part in parts)
    return min(_MOST, max(_FEWEST, -(-wanted // _STEP) * _STEP))


def _space(question: PartQuestion) -> int:
    response = question.response
    if isinstance(response, TrueFalseResponse | ExpressionResponse | EssayResponse):
        return response.lines
    return 1


# --- what the marker sees ----------------------------------------------------------------------


def _marking(draft: Draft) -> Rich:
    parts = [
        {
            "key": draft.key(part),
            "points": draft.points(part.question.points),
            "steps": draft.page.blocks(part.answer.steps),
            "rubric": [
                (draft.points(line.points), draft.page.inlines(line.text))
                for line in part.answer.rubric
            ],
            "mistakes": [_mistake(draft, note) for note in part.answer.mistakes],
            "follows": _follows(draft, part),
        }
        for part in draft.parts
    ]
    return draft.render(
        "marking.html.j2", parts=parts, code=draft.document.code, variant=draft.variant
    )


def _follows(draft: Draft, part: Part) -> str:
    letters = ", ".join(f"({follow.label})" for follow in part.answer.follows)
    return draft.style.phrase("follows", parts=letters) if letters else ""


def _mistake(draft: Draft, note: MistakeNote) -> dict[str, Any]:
    return {
        "result": draft.page.inlines(note.result),
        "because": draft.page.line(note.because),
        "worth": _worth(draft, note) if note.worth else "",
    }


def _worth(draft: Draft, note: MistakeNote) -> str:
    return draft.style.phrase("still_worth", share=f"{float(note.worth):.0%}")
