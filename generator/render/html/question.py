"""A problem as a fragment of HTML: its stem and its parts, each with room for a response.

The same fragment serves a page of one form and a preview; it brings no ids but those that begin
with its name.
"""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from generator.model.document import Answer, PartAnswer, PartQuestion, Question
from generator.render.html.answer import answer_html
from generator.render.html.response import response_html
from generator.render.html.rich import Rich
from generator.render.html.style import Style


def question_html(
    question: Question,
    style: Style,
    *,
    number: int = 1,
    answer: Answer | None = None,
    opened: bool = False,
) -> Markup:
    """The fragment of a problem, the `number`-th of its page; with its answers folded away, if any.

    `opened` unfolds them.
    """
    name = f"problem-{number}"
    answers = answer.parts if answer else (None,) * len(question.parts)
    parts = [
        _part(part, answered, style, f"{name}{part.label}", opened=opened)
        for part, answered in zip(question.parts, answers, strict=True)
    ]
    return style.markup(
        "question.html.j2",
        name=name,
        number=number,
        title=question.title,
        points=style.points(question.points),
        stem=Rich(name, style).blocks(question.stem),
        parts=parts,
    )


def _part(
    part: PartQuestion, answered: PartAnswer | None, style: Style, name: str, *, opened: bool
) -> dict[str, Any]:
    rich = Rich(name, style)
    return {
        "name": name,
        "label": part.label,
        "points": style.points(part.points),
        "ask": rich.blocks(part.ask),
        "response": response_html(part.response, style, rich, name),
        "answer": answer_html(answered, style, name=name, opened=opened) if answered else "",
    }
