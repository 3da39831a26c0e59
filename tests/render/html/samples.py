"""Documents for pages: every type of part and block, hand-made."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from generator.model.document import (
    Answer,
    ChoiceResponse,
    Document,
    MatchingResponse,
    OrderingResponse,
    PartAnswer,
    PartQuestion,
    Question,
    Response,
    RubricNote,
    TextResponse,
)
from generator.model.form import Form, Heading, KeySheet
from generator.model.solution import (
    ChoiceKey,
    Key,
    MatchingKey,
    Option,
    OrderingKey,
    TextKey,
)
from generator.model.student import Student
from generator.render.html import Style, load_style
from generator.resources import TEMPLATES
from tests.render.moodle import nasty
from tests.render.moodle.samples import HEADING, cnn, inlines, line, network
from tests.render.pdf.samples import form as assignment

WORDS = (TEMPLATES / "words" / "en.yaml").read_text("utf-8")
STYLE: Style = load_style(WORDS, "en")

_NETWORK = (line("A picture:"), *nasty.every_block()[2:3])
_OTHERS: tuple[tuple[Response, Key, str], ...] = (
    (TextResponse(), TextKey(answers=("gradient",)), "gradient"),
    (
        MatchingResponse(
            lefts=((line("$\\tanh$"),), (line("sigmoid"),)),
            rights=((line("$(-1, 1)$"),), (line("$(0, 1)$"),), _NETWORK),
        ),
        MatchingKey(lefts=("a", "b"), rights=("c", "d", "e"), matches=(0, 1)),
        "1 A, 2 B",
    ),
    (
        OrderingResponse(items=((line("loss"),), (line("forward pass"),), (line("step"),))),
        OrderingKey(items=("a", "b", "c"), places=(1, 0, 2)),
        "B, A, C",
    ),
    (
        ChoiceResponse(options=((line("one line, $x$"),), _NETWORK), multiple=True),
        ChoiceKey(options=(Option(text="a", right=True), Option(text="b", right=False))),
        "A",
    ),
)


def others() -> Document:
    """A problem of the types that the others lack, with hints and partial credit."""
    labels = "abcd"
    questions = tuple(
        PartQuestion(label=label, ask=(line("Which?"),), points=Fraction(i, 2), response=response)
        for i, (label, (response, _, _)) in enumerate(zip(labels, _OTHERS, strict=True), start=1)
    )
    answers = tuple(
        PartAnswer(
            label=label,
            key=key,
            shown=inlines(shown),
            plain=shown,
            steps=(),
            mistakes=(),
            hints=tuple((line(f"Hint {n} for $x$"),) for n in range(number)),
            credit=(RubricNote(points=Fraction(-1, 2), text=inlines("a fine")),),
        )
        for number, (label, (_, key, shown)) in enumerate(zip(labels, _OTHERS, strict=True))
    )
    question = Question(title="Others", stem=nasty.every_block(), parts=questions)
    return replace(cnn(), problem="others", question=question, answer=Answer(parts=answers))


def page_of(*documents: Document, heading: Heading = HEADING, name: str = "") -> KeySheet:
    """A form of these problems, of a student if a name is given."""
    student = Student(id="1815", name=name) if name else None
    form = Form(number=3, code="K7F3-Q003", documents=documents, student=student)
    return KeySheet(heading=heading, form=form)


def everything() -> KeySheet:
    """Every type of part, with nasty text wherever text can be; then Assignment 4."""
    return page_of(nasty.everything(), others(), *assignment().documents, name='Ada <b>"')


__all__ = ["HEADING", "STYLE", "WORDS", "cnn", "everything", "network", "others", "page_of"]
