"""Real banks, through the whole pipeline and the importer: fifty variants of each problem.

Marks are read off the imported file alone; what they should be, off the solved documents.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import cache

import pytest

from generator import pipeline
from generator.model.document import Document, MistakeNote, PartAnswer
from generator.model.solution import (
    ChoiceKey,
    EssayKey,
    ExpressionKey,
    MatchingKey,
    NumericalKey,
    OrderingKey,
    TextKey,
    TrueFalseKey,
)
from generator.model.source import SourceFile
from generator.pipeline.practice import sections
from generator.render.moodle import Export
from tests.commands import ROOT
from tests.render.moodle import marker
from tests.render.moodle.importer import FRACTIONS, Question, import_file

VARIANTS = 50
PROBLEMS = [("assignment4", n) for n in range(3)] + [("examples/every-part", n) for n in range(3)]


@cache
def assignment(bank: str) -> pipeline.Assignment:
    path = ROOT / "banks" / f"{bank}.yaml"
    return pipeline.prepare(
        SourceFile(name=path.name, text=path.read_text("utf-8")), id=path.stem, seed=11
    )


@cache
def documents(bank: str, number: int) -> tuple[Document, ...]:
    dealer = assignment(bank).dealers[number]
    count = min(VARIANTS, dealer.space.size)
    return tuple(dealer.document(variant) for _, variant in dealer.practice(0, count))


@cache
def imported(bank: str, number: int) -> tuple[Question, ...]:
    whole = assignment(bank)
    made = Export(whole.heading, sections(whole), whole.styles.moodle)
    found = made.questions(number, documents(bank, number))
    return tuple(import_file(b"".join(made.file([(number, 0, found)]))).questions)


def marked(bank: str, number: int) -> Iterator[tuple[Document, Question]]:
    """The variants, each with the question that marks itself."""
    questions = {question.idnumber: question for question in imported(bank, number)}
    for document in documents(bank, number):
        head = f"{document.problem}-{document.index}"
        found = [name for name in questions if name == head or name.startswith(f"{head}-")]
        for name in found:
            if questions[name].type != "essay":
                yield document, questions[name]


def test_all_problems_of_the_banks_are_tried() -> None:
    tried = {bank: sum(name == bank for name, _ in PROBLEMS) for bank, _ in PROBLEMS}
    assert tried == {bank: len(assignment(bank).dealers) for bank in tried}


@pytest.mark.parametrize(("bank", "number"), PROBLEMS)
def test_every_variant_becomes_a_question_that_its_own_key_answers(bank: str, number: int) -> None:
    found = list(marked(bank, number))
    assert [document.index for document, _ in found] == [
        document.index for document in documents(bank, number)
    ]
    for _, question in found:
        right = marker.right_responses(question)
        assert marker.mark(question, right) == pytest.approx(1), question.name


@pytest.mark.parametrize(("bank", "number"), PROBLEMS)
def test_a_mistake_earns_what_the_bank_says_and_is_explained(bank: str, number: int) -> None:
    tried = 0
    for document, question in marked(bank, number):
        for answer, gaps in placed(document, question):
            for note in answer.mistakes:
                response = wrong(answer, note, question, gaps[-1])
                if response is None:
                    continue
                tried += 1
                check(question, gaps[-1], response, note)
    assert tried or not any(
        note.value is not None or note.text is not None
        for document in documents(bank, number)
        for answer in document.answer.parts
        for note in answer.mistakes
    )


def check(question: Question, gap: int, response: str, note: MistakeNote) -> None:
    """A wrong response to one gap, all others right."""
    responses = [*marker.right_responses(question)]
    responses[gap] = response
    total = sum(one.weight for one in question.gaps) or 1
    weight = question.gaps[gap].weight if question.gaps else 1
    share = note.worth if question.gaps else nearest(note.worth)
    expected = 1 - weight / total * (1 - float(share))
    assert marker.mark(question, responses) == pytest.approx(expected, abs=1e-6), question.name
    assert bool(note.because) <= bool(marker.feedback(question, gap, response))


def nearest(share: Fraction) -> Fraction:
    """The fraction of Moodle's own list that is not above."""
    return max(Fraction(str(one)) / 100 for one in FRACTIONS if one / 100 <= share + 10**-7)


def wrong(answer: PartAnswer, note: MistakeNote, question: Question, gap: int) -> str | None:
    """What a student types who makes this mistake; None where options are chosen."""
    if isinstance(answer.key, NumericalKey) and note.value is not None:
        return f"{float(note.value):.15g}" if abs(note.value) < 10**14 else str(int(note.value))
    if isinstance(answer.key, TextKey) and note.text is not None and "*" not in note.text:
        return note.text
    return None


def placed(document: Document, question: Question) -> Iterator[tuple[PartAnswer, range]]:
    """The parts that the question marks, each with the places of its gaps."""
    first = 0
    for answer in document.answer.parts:
        count = GAPS[type(answer.key)](answer, question, first)
        if count:
            yield answer, range(first, first + count)
        first += count
    assert first == (len(question.gaps) or len(question.stems) or 1)


def _verdict(answer: PartAnswer, question: Question, first: int) -> int:
    """A verdict, and behind it the choice of its reason where one is asked."""
    behind = question.gaps[first + 1 : first + 2]
    asked = bool(answer.mistakes) and bool(behind) and behind[0].type == "MULTICHOICE_VS"
    return 2 if isinstance(answer.key, TrueFalseKey) and answer.key.explain and asked else 1


GAPS = {
    NumericalKey: lambda *_: 1,
    TextKey: lambda *_: 1,
    ChoiceKey: lambda *_: 1,
    ExpressionKey: lambda answer, *_: int(bool(answer.mistakes)),
    MatchingKey: lambda answer, *_: len(answer.key.matches),
    OrderingKey: lambda answer, *_: len(answer.key.places),
    TrueFalseKey: _verdict,
    EssayKey: lambda *_: 0,
}
