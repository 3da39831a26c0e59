"""A formula: right in any form that means the same, and a known mistake in any form of its own."""

from __future__ import annotations

from collections.abc import Callable

from generator.language.faults import Fault
from generator.marking.formulas.check import checked
from generator.marking.formulas.names import Vocabulary
from generator.marking.formulas.points import Exhausted
from generator.marking.formulas.reader import read
from generator.marking.formulas.same import Response
from generator.marking.mark import Mark, by_hand, mistaken, refused, right, unreadable, wrong
from generator.marking.numerals import side_by_side
from generator.model.document import Code, Inlines, Math, MistakeNote, PartAnswer, Text
from generator.model.formula import Glossary, Term, Vector
from generator.model.solution import ExpressionKey


def mark_expression(answer: PartAnswer, response: str) -> Mark:
    """Compare a typed formula with the key, then with the mistakes in their order."""
    key = answer.key
    assert isinstance(key, ExpressionKey)  # noqa: S101 - by the table
    meant = _key_term(key)
    if meant is None:
        return by_hand("This formula is marked by a person.", answer.rubric)
    vocabulary = Vocabulary.of(key.glossary, meant)
    typed = side_by_side(response) if isinstance(meant, Vector) else response
    try:
        term = checked(read(typed, vocabulary), vocabulary)
        seed = f"{key.text}\0{response}"
        found = Response(term, key.glossary or Glossary(), vocabulary, seed)
        return _compared(found, meant, _mistakes(answer, vocabulary))
    except Fault as fault:
        return refused(fault)
    except Exhausted:
        return unreadable("this formula takes too long to compare", "write it in a simpler form")


def _compared(found: Response, key: Term, mistakes: list[tuple[MistakeNote, Term]]) -> Mark:
    """What is written like a mistake is that mistake, even if another has the same values."""
    if found.is_same(key):
        return right()
    for note, term in mistakes:
        if _is(found.is_same, term):
            return mistaken(note)
    if _is(found.follows, key):
        return right("That is right, by the equations of the question.")
    for note, term in mistakes:
        if _is(found.follows, term):
            return mistaken(note)
    return wrong()


def _key_term(key: ExpressionKey) -> Term | None:
    """What the key means: as the model says, or as its own text reads."""
    return key.term if key.term is not None else _read_own(key.text, Vocabulary(open=True))


def _mistakes(answer: PartAnswer, vocabulary: Vocabulary) -> list[tuple[MistakeNote, Term]]:
    """The mistakes whose formula has a meaning, given or read from what is shown."""
    found = list[tuple[MistakeNote, Term]]()
    for note in answer.mistakes:
        term = note.term
        if term is None:
            term = _read_own(_shown(note.result), vocabulary)
        if term is not None:
            found.append((note, term))
    return found


def _read_own(text: str, vocabulary: Vocabulary) -> Term | None:
    """A formula of the document; None where it is words, or several equations."""
    try:
        return checked(read(text, vocabulary), vocabulary)
    except Fault:
        return None


def _shown(content: Inlines) -> str:
    """A line that is shown, as text that can be read."""
    return "".join(
        item.latex if isinstance(item, Math) else item.text
        for item in content
        if isinstance(item, Math | Text | Code)
    )


def _is(compare: Callable[[Term], bool], term: Term) -> bool:
    """Whether a comparison holds; with a mistake that has no value it does not."""
    try:
        return compare(term)
    except Fault:
        return False
