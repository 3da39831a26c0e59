"""Where a site limits uploads, the questions come in several files that need not each other."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import pytest

from generator.diagnostics import InputError
from generator.model.document import Document
from generator.render.moodle import Export, Found
from tests.render.moodle import samples
from tests.render.moodle.harness import export
from tests.render.moodle.importer import import_file

LIMIT = 20_000
END = b"</question>\n"
SECTIONS = (
    samples.section("lstm-claims", "LSTM", *(samples.lstm(index) for index in range(7))),
    samples.section("cnn-layer", "CNN", *(samples.cnn(index) for index in range(7))),
)


def files(limit: int = LIMIT) -> list[bytes]:
    made = Export(samples.HEADING, SECTIONS, samples.STYLE)
    return [b"".join(pieces) for pieces in made.files(found(made), limit)]


def found(made: Export) -> Iterator[Found]:
    for number, section in enumerate(SECTIONS):
        yield number, 0, made.questions(number, section.documents)


def test_each_file_can_be_imported_on_its_own_into_the_same_categories() -> None:
    whole = import_file(export(*SECTIONS))
    banks = [import_file(content) for content in files()]
    assert len(banks) == 3
    assert [question for bank in banks for question in bank.questions] == whole.questions
    for bank in banks:
        asked = {question.category for question in bank.questions}
        assert bank.categories.keys() - {"Assignment 4"} == asked
        assert bank.categories.items() <= whole.categories.items()


def test_no_file_is_larger_than_the_limit_and_none_could_hold_the_next_question() -> None:
    made = files()
    assert all(len(content) <= LIMIT for content in made)
    for content, following in itertools.pairwise(made):
        _, category, question, _ = following.split(END, 3)
        assert len(content) + len(category + END + question + END) > LIMIT


def test_a_limit_that_nothing_reaches_leaves_the_one_file() -> None:
    assert files(10**9) == [export(*SECTIONS)]


def test_a_question_that_no_file_can_hold_is_an_error() -> None:
    with pytest.raises(InputError) as refused:
        files(1000)
    (finding,) = refused.value.diagnostics
    assert finding.code == "question-too-large"
    assert finding.message.startswith("one question alone makes a Moodle file of ")
    assert finding.help == "split into larger files than of 1,000 bytes"


def test_files_are_filled_as_they_are_read() -> None:
    asked = []

    def documents() -> Iterator[Document]:
        for index in range(500):
            asked.append(index)
            yield samples.cnn(index)

    made = Export(samples.HEADING, [samples.section("cnn-layer", "CNN")], samples.STYLE)
    questions = (
        (0, index, made.questions(0, [document])) for index, document in enumerate(documents())
    )
    first = b"".join(next(made.files(questions, 50_000)))
    assert len(import_file(first).questions) > 3
    assert len(asked) <= 101, "one turn of a section at a time, and a look at the next"
