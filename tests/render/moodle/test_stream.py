"""A file of any length is written in constant memory."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from generator.model.document import Document
from generator.render.moodle import render
from tests.render.moodle import samples
from tests.render.moodle.importer import import_file


def test_documents_are_asked_for_only_as_the_file_is_read() -> None:
    asked = []

    def documents() -> Iterator[Document]:
        for index in range(1000):
            asked.append(index)
            yield samples.cnn(index)

    pieces = render(
        samples.HEADING, [samples.section("cnn-layer", "CNN", documents=documents())], samples.STYLE
    )
    _, _, *questions = islice(pieces, 102)
    assert b"".join(questions).count(b"</question>") == 100
    assert len(asked) <= 200, "one turn of a section at a time, and a look at the next"


def test_every_piece_is_whole_characters() -> None:
    for piece in render(samples.HEADING, samples.sections(), samples.STYLE):
        piece.decode("utf-8")


def test_both_categories_of_a_problem_fill_up_in_turns() -> None:
    documents = [samples.lstm(index) for index in range(120)]
    pieces = render(
        samples.HEADING, [samples.section("lstm-claims", "LSTM", *documents)], samples.STYLE
    )
    bank = import_file(b"".join(pieces))
    marked = [question.idnumber for question in bank.of("Assignment 4 > LSTM")]
    written = [question.idnumber for question in bank.of("Assignment 4 > LSTM (written)")]
    assert marked == [f"lstm-claims-{index}" for index in range(120)]
    assert written == [f"lstm-claims-{index}-written" for index in range(120)]


def test_a_section_without_documents_leaves_no_trace() -> None:
    pieces = render(samples.HEADING, [samples.section("none", "None")], samples.STYLE)
    assert list(import_file(b"".join(pieces)).categories) == ["Assignment 4"]
