"""What the page is made of: responses, listings, Moodle's questions, styles."""

from __future__ import annotations

import re
from functools import cache

import pytest

from generator.diagnostics import Diagnostic
from generator.marking import mark
from generator.model.document import Document, PartAnswer, PartQuestion
from generator.model.solution import (
    ChoiceKey,
    EssayKey,
    MatchingKey,
    NumericalKey,
    OrderingKey,
    TrueFalseKey,
)
from generator.model.source import SourceFile
from generator.pipeline.assignment import Assignment
from generator.preview import moodle
from generator.preview.responses import response_text
from generator.preview.source import address, listings
from generator.render.html.scope import scoped_css
from tests.shipped import shipped

PARTS = 17
"""So many has the bank, which is not read before a test asks for it."""


def assignment() -> Assignment:
    return shipped("examples/every-part")


@cache
def documents() -> list[Document]:
    return [dealer.document(dealer.draw(0)) for dealer in assignment().dealers]


def parts() -> list[tuple[PartQuestion, PartAnswer]]:
    return [
        pair
        for document in documents()
        for pair in zip(document.question.parts, document.answer.parts, strict=True)
    ]


def filled(answer: PartAnswer) -> dict[str, list[str]]:
    """The key as a student fills it into the fields of the page."""
    key = answer.key
    if isinstance(key, ChoiceKey):
        letters = [chr(65 + i) for i, option in enumerate(key.options) if option.right]
        return {"part": letters}
    if isinstance(key, TrueFalseKey):
        return {"part": ["1" if key.value else "2"], "part-reason": ["Because it is so."]}
    if isinstance(key, MatchingKey):
        return {f"part-{i}": [chr(65 + right)] for i, right in enumerate(key.matches, start=1)}
    if isinstance(key, OrderingKey):
        return {f"part-{chr(65 + i)}": [str(place + 1)] for i, place in enumerate(key.places)}
    if isinstance(key, NumericalKey):
        return {"part": [str(key.value)]}
    return {"part": [answer.plain.split(";")[0]]}


def test_every_part_has_its_place() -> None:
    assert len(parts()) == PARTS


@pytest.mark.parametrize("place", range(PARTS))
def test_a_key_that_is_filled_in_is_right(place: int) -> None:
    part, answer = parts()[place]
    text = response_text(part, filled(answer), "part")
    verdict = mark(part, answer, text, assignment().styles.words).verdict
    by_hand = isinstance(answer.key, EssayKey) or (
        isinstance(answer.key, TrueFalseKey) and answer.key.explain
    )
    assert verdict == ("by hand" if by_hand else "right"), text


@pytest.mark.parametrize("place", range(PARTS))
def test_a_part_that_is_left_empty_has_no_response(place: int) -> None:
    part, _ = parts()[place]
    assert response_text(part, {}, "part") == ""


def test_every_question_of_moodle_is_shown_with_its_answers() -> None:
    for document in documents():
        found = moodle.questions(assignment(), document)
        assert found
        for question in found:
            shown = [question.text, *(text for _, text in question.texts)]
            shown += [r.text + r.feedback for group in question.replies for r in group.replies]
            assert not any(re.search(r"\\\(|\\\[|@@PLUGINFILE@@|\{\d+:[A-Z]", one) for one in shown)
            if question.kind != "essay":
                grades = [r.grade for group in question.replies for r in group.replies]
                assert "100" in grades or "" in grades or question.kind == "ordering"


def test_the_numbers_of_gaps_are_those_of_the_text() -> None:
    for document in documents():
        for question in moodle.questions(assignment(), document):
            if question.kind == "cloze":
                gaps = re.findall(r">Gap (\d+)<", question.text)
                assert gaps == [str(i + 1) for i in range(len(question.replies))]


FILE = SourceFile(name="a.yaml", text="one: 1\ntwo: twoo\n")


def finding(line: int, column: int, length: int) -> Diagnostic:
    return Diagnostic(code="x", message="wrong", file=FILE, line=line, column=column, length=length)


def test_a_finding_underlines_its_characters() -> None:
    (listing,) = listings([FILE], [finding(2, 6, 4)])
    assert [line.pieces for line in listing.lines] == [
        (("one: 1", False),),
        (("two: ", False), ("twoo", True)),
        (),
    ]
    assert [len(line.findings) for line in listing.lines] == [0, 1, 0]


def test_a_finding_behind_the_end_of_a_line_underlines_its_last_character() -> None:
    (listing,) = listings([FILE], [finding(1, 40, 3)])
    assert listing.lines[0].pieces == (("one: ", False), ("1", True))


def test_a_finding_leads_to_its_line() -> None:
    other = SourceFile(name="b.yaml", text="")
    assert address(finding(2, 1, 1), [other, FILE]) == "line-1-2"
    assert address(Diagnostic(code="x", message="no place"), [FILE]) == ""


def test_styles_of_a_question_touch_nothing_else() -> None:
    css = scoped_css(assignment().styles.html, ".paper")
    assert css.startswith(".paper {\n")
    assert not re.search(r"(?m)^\s*(:root|html|body) \{|@page|@media print", css)
    assert css.count("{") == css.count("}")
