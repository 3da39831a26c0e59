"""Real banks, through the whole pipeline and the importer: fifty variants of each problem.

Marks are read off the imported file alone; what they should be, off the bank's own documents.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pytest

from generator.model.document import Document
from generator.pipeline.practice import sections
from generator.render.moodle import Export
from tests.render.moodle.attempts import phrases
from tests.render.moodle.importer import Question, import_file
from tests.render.moodle.sitting import parts, sit
from tests.shipped import BANKS, shipped

VARIANTS = {
    "assignment4": 50,
    "examples/every-part": 50,
    "examples/linear-algebra": 8,
    "examples/physics": 8,
    "examples/probability": 8,
    "examples/exam": 2,
}
"""How many variants of each problem are tried; all of them where there are fewer."""
PROBLEMS = [
    *((bank, number) for bank in ("assignment4", "examples/every-part") for number in range(3)),
    *(("examples/linear-algebra", number) for number in range(3)),
    *(("examples/physics", 0), ("examples/probability", 0)),
    *(("examples/exam", number) for number in range(4)),
]


@cache
def documents(bank: str, number: int) -> tuple[Document, ...]:
    dealer = shipped(bank).dealers[number]
    count = min(VARIANTS[bank], dealer.space.size)
    return tuple(dealer.document(variant) for _, variant in dealer.practice(0, count))


@cache
def imported(bank: str, number: int) -> tuple[Question, ...]:
    whole = shipped(bank)
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


def test_all_problems_of_all_banks_are_tried() -> None:
    assert sorted(VARIANTS) == BANKS
    tried = {bank: sum(name == bank for name, _ in PROBLEMS) for bank, _ in PROBLEMS}
    assert tried == {bank: len(shipped(bank).dealers) for bank in VARIANTS}


@pytest.mark.parametrize(("bank", "number"), PROBLEMS)
def test_every_variant_becomes_one_question_that_marks_itself(bank: str, number: int) -> None:
    found = [document.index for document, _ in marked(bank, number)]
    assert found == [document.index for document in documents(bank, number)]


@pytest.mark.parametrize(("bank", "number"), PROBLEMS)
def test_every_response_earns_what_the_bank_says_and_is_explained(bank: str, number: int) -> None:
    """The key, which earns everything; then whatever else may be given to a part, one by one."""
    for document, question in marked(bank, number):
        asked = parts(document)
        keys = {id(part.attempts[0]) for part in asked}
        for found in sit(question, asked):
            said = (question.name, found.attempt)
            assert found.earned == pytest.approx(found.expected, abs=1e-6), said
            assert found.earned == pytest.approx(1) or id(found.attempt) not in keys, said
            for (_, because), told in zip(found.attempt.told, found.told, strict=True):
                assert told, said
                assert all(phrase in told for phrase in phrases(because)), said
