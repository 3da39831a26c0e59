"""Parts to be marked, with nothing but what marking looks at."""

from __future__ import annotations

from fractions import Fraction
from functools import cache

from generator.marking import Mark, mark
from generator.model.document import (
    EssayResponse,
    Math,
    MistakeNote,
    Paragraph,
    PartAnswer,
    PartQuestion,
    RubricNote,
    Text,
)
from generator.model.solution import ExpressionKey, Key, NumericalKey
from generator.model.value import Formula
from generator.solver.models.network import derivations
from generator.solver.models.network.terms import Tensor
from tests.solver.network.networks import instance

QUESTION = PartQuestion(label="a", ask=(), points=Fraction(2), response=EssayResponse(lines=1))
RUBRIC = (RubricNote(points=Fraction(2), text=(Text(text="all of it"),)),)


def answer(key: Key, *mistakes: MistakeNote) -> PartAnswer:
    return PartAnswer(
        label="a", key=key, shown=(), plain="", steps=(), mistakes=mistakes, rubric=RUBRIC
    )


def marked(key: Key, response: str, *mistakes: MistakeNote) -> Mark:
    return mark(QUESTION, answer(key, *mistakes), response)


def number(value: object, tolerance: object = 0, **fields: object) -> NumericalKey:
    return NumericalKey(
        value=Fraction(str(value)),
        tolerance=Fraction(str(tolerance)),
        **fields,  # type: ignore[arg-type]  # whatever a test is about
    )


def note(because: str, worth: object = 0, **fields: object) -> MistakeNote:
    return MistakeNote(
        result=(),
        because=(Paragraph(content=(Text(text=because),)),),
        worth=Fraction(str(worth)),
        **fields,  # type: ignore[arg-type]  # whatever a test is about
    )


def reason(found: Mark) -> str:
    """The explanation of the mistake that was recognized; empty if none was."""
    if found.mistake is None:
        return ""
    (block,) = found.mistake.because
    assert isinstance(block, Paragraph)
    return "".join(
        item.text if isinstance(item, Text) else item.latex
        for item in block.content
        if isinstance(item, Text | Math)
    )


# --- gradients ---------------------------------------------------------------------------------


def expression_key(value: object) -> ExpressionKey:
    assert isinstance(value, Formula)
    return ExpressionKey(
        latex=value.latex, text=value.text, term=value.term, glossary=value.glossary
    )


@cache
def gradient(layer: int = 1) -> PartAnswer:
    """The answer to a question for the gradient by a layer's weights."""
    derived = derivations.gradient(instance().view, Tensor(kind="weights", layer=layer))
    notes = [
        note(
            mistake.because,
            mistake.worth,
            term=mistake.result.term if isinstance(mistake.result, Formula) else None,
        )
        for mistake in derived.mistakes
    ]
    return answer(expression_key(derived.value), *notes)


def on_gradient(response: str, layer: int = 1) -> Mark:
    """The mark of a response to that question: the key is
    ``-2*(y - z)*sum(i=1..4, w_i*h_i*(1 - h_i)*x_{i+j-1})``, of the second layer
    ``-2*(y - z)*h_i``."""
    return mark(QUESTION, gradient(layer), response)
