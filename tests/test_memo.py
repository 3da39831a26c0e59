"""What was made of a text is found by its identity, and never taken for another's."""

from __future__ import annotations

from generator.memo import ByIdentity


def test_a_text_is_written_once_with_the_same_words() -> None:
    asked: list[tuple[object, ...]] = []

    def write(*question: object) -> int:
        asked.append(question)
        return len(asked)

    written, text = ByIdentity(10, write), ["a text"]
    assert [written(text, "(a)"), written(text, "(b)"), written(text, "(a)")] == [1, 2, 1]
    assert asked == [(text, "(a)"), (text, "(b)")]


def test_an_equal_text_is_another_one() -> None:
    written = ByIdentity(10, id)
    one, two = ["a text"], ["a text"]
    assert (written(one), written(two)) == (id(one), id(two))


def test_a_text_that_is_gone_is_not_taken_for_the_next_one() -> None:
    written = ByIdentity(3, "".join)
    assert all(written([str(number)]) == str(number) for number in range(100))
    assert len(written._memo._results) <= 3
