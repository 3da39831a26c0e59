"""The answer to a part, folded away: hints first, each by itself, then the key with all its steps.

What a reader wants who works alone: the key, the worked solution, what went wrong where the result
is another, and what earns points. How the key was proved stands below it, small.
"""

from __future__ import annotations

from markupsafe import Markup

from generator.model.document import MistakeNote, PartAnswer, RubricNote
from generator.render.html.rich import Rich
from generator.render.html.style import Style


def answer_html(
    answer: PartAnswer, style: Style, *, name: str, level: int = 4, opened: bool = False
) -> Markup:
    """The fragment of an answer.

    `name` begins its ids and is unique in the page; `level` is that of its headings.
    """
    rich = Rich(f"{name}-answer", style)
    return style.markup(
        "answer.html.j2",
        opened=opened,
        level=level,
        key=rich.inlines(answer.shown),
        hints=[rich.blocks(hint) for hint in answer.hints],
        steps=rich.blocks(answer.steps),
        mistakes=[_mistake(note, rich) for note in answer.mistakes],
        earned=[_earned(note, style, rich) for note in (*answer.rubric, *answer.credit)],
        evidence=_evidence(answer, style),
        sheet=style.sheet,
    )


def _mistake(note: MistakeNote, rich: Rich) -> tuple[Markup, Markup]:
    return rich.inlines(note.result), rich.blocks(note.because)


def _earned(note: RubricNote, style: Style, rich: Rich) -> tuple[str, Markup]:
    return style.points(note.points).replace("-", "−"), rich.inlines(note.text)


def _evidence(answer: PartAnswer, style: Style) -> str:
    proof = answer.evidence
    if proof is None:
        return ""
    words = str(style.sheet["evidence"])
    return words.format(first=proof.first, second=proof.second, result=proof.result)
