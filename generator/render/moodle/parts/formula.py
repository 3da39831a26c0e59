"""A formula, typed: for the STACK plugin, which compares it with the key and with mistakes."""

from __future__ import annotations

from generator.model.document import MistakeNote
from generator.model.formula import Glossary
from generator.model.solution import ExpressionKey
from generator.render.moodle.gaps import Formula, Gap, Part, Wrong
from generator.render.moodle.stack.equations import equations
from generator.render.moodle.stack.examples import examples
from generator.render.moodle.stack.maxima import Unsaid, is_known, maxima


def gaps(part: Part, key: ExpressionKey) -> tuple[Gap, ...]:
    """One box. Raises Unsaid where the key, or an equation of the question, cannot be said.

    A mistake that cannot be said is not recognized; its explanation stays with the marker.
    """
    if key.term is None:
        raise Unsaid("its key is text, not a formula with a meaning")
    glossary = key.glossary or Glossary()
    return (
        Formula(
            points=part.question.points,
            key=maxima(key.term),
            wrong=tuple(wrong for note in part.answer.mistakes for wrong in _wrong(note)),
            equations=equations(glossary, key.term) if key.glossary else None,
            functions=tuple(one.name for one in glossary.functions if not is_known(one.name)),
            examples=examples(glossary),
        ),
    )


def _wrong(note: MistakeNote) -> tuple[Wrong, ...]:
    """The formula that a mistake leads to, if it can be said."""
    if note.term is None:
        return ()
    try:
        return (Wrong(formula=maxima(note.term), share=note.worth, because=note.because),)
    except Unsaid:
        return ()
