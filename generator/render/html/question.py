"""A problem as a fragment of HTML: its stem and its parts, each with room for a response.

The same fragment serves a page of one form and a preview; it brings no ids but those that begin
with its name.
"""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from generator.model.document import Answer, PartQuestion, Question
from generator.render.html.answer import answer_html
from generator.render.html.response import response_html
from generator.render.html.rich import Rich
from generator.render.html.style import Style


def question_html(
    question: Question,
    style: Style,
    *,
    number: int = 1,
    level: int = 2,
    answer: Answer | None = None,
    opened: bool = False,
) -> Markup:
    """The fragment of a problem, the `number`-th of its page; with its answers folded away, if any.

    `level` is that of its heading, `opened` unfolds the answers.
    """
    name = f"problem-{number}"
    answers = answer.parts if answer else (None,) * len(question.parts)
    parts = [
        {
            **_asked(part, style, f"{name}{part.label}"),
            "answer": answered
            and answer_html(
                answered, style, name=f"{name}{part.label}", level=level + 2, opened=opened
            ),
        }
        for part, answered in zip(question.parts, answers, strict=True)
    ]
    return style.markup(
        "question.html.j2",
        name=name,
        level=level,
        number=number,
        title=question.title,
        points=style.points(question.points),
        stem=Rich(name, style).blocks(question.stem),
        parts=parts,
    )


def _asked(part: PartQuestion, style: Style, name: str) -> dict[str, Any]:
    rich = Rich(name, style)
    return {
        "name": name,
        "label": part.label,
        "points": style.points(part.points),
        "ask": rich.blocks(part.ask),
        "response": response_html(part.response, style, rich, name),
    }
