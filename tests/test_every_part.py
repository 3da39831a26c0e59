"""The bank that shows every type of part, on paper and in Moodle, marked by its own keys."""

from __future__ import annotations

import re
from functools import cache

import pytest

from generator.bank.grammar.parts import PART
from generator.bank.schema import json_schema
from generator.model.document import Document
from generator.model.form import Form, Heading, KeySheet, StudentSheet
from generator.pipeline.assignment import Assignment
from generator.pipeline.style import Styles
from generator.render.moodle import Section, render
from generator.render.pdf.key import key_form
from generator.render.pdf.student import student_form
from tests.commands import ROOT
from tests.render.moodle import marker, page
from tests.render.moodle.importer import Question, import_file
from tests.shipped import SEED, shipped

BANK = ROOT / "banks" / "examples" / "every-part.yaml"
HEADING = Heading(title="Every part")
SAMPLE = 6


def assignment() -> Assignment:
    return shipped("examples/every-part")


@cache
def documents(number: int) -> tuple[Document, ...]:
    dealer = assignment().dealers[number]
    return tuple(dealer.document(dealer.draw(k)) for k in range(SAMPLE))


@cache
def questions(number: int) -> tuple[Question, ...]:
    """What a teacher finds in Moodle of the problem at this place."""
    dealer = assignment().dealers[number]
    section = Section(
        problem=dealer.problem.identity,
        title=dealer.problem.title.text,
        bank="every-part",
        capacity=dealer.space.size,
        seed=SEED,
        documents=documents(number),
    )
    data = b"".join(render(HEADING, [section], Styles.shipped("en").moodle))
    return tuple(import_file(data).questions)


def test_it_has_every_type_of_part() -> None:
    text = BANK.read_text("utf-8")
    missing = {kind for kind in PART.kinds if not re.search(rf"\b{kind}:", text)}
    assert missing == set()


def test_it_has_every_field_of_a_part() -> None:
    part = json_schema()["$defs"]["part"]
    fields = {name for kind in part["oneOf"] for name in kind["properties"]}
    text = BANK.read_text("utf-8")
    assert {name for name in fields if not re.search(rf"\b{name}:", text)} <= {"model_mistakes"}


@pytest.mark.parametrize("number", range(3))
def test_each_questions_own_key_earns_everything(number: int) -> None:
    for question in questions(number):
        if question.type != "essay":
            right = marker.right_responses(question)
            assert marker.mark(question, right) == pytest.approx(1, abs=1e-4)


def test_a_pair_and_an_item_in_its_place_earn_their_share() -> None:
    """All of the problem's gaps are right but one dropdown, and then another."""
    question = questions(0)[0]
    right = marker.right_responses(question)
    total = sum(gap.weight for gap in question.gaps)
    dropdowns = [n for n, gap in enumerate(question.gaps) if gap.type == "MULTICHOICE"]
    assert len(dropdowns) == 3 + 3 + 4 + 4
    for number in dropdowns:
        gap = question.gaps[number]
        wrong = next(answer.text for answer in gap.answers if answer.fraction == 0)
        responses = [*right[:number], wrong, *right[number + 1 :]]
        assert marker.mark(question, responses) == pytest.approx(1 - gap.weight / total)


def test_the_weights_of_gaps_are_in_the_proportions_of_the_points() -> None:
    question, document = questions(0)[0], documents(0)[0]
    total = sum(gap.weight for gap in question.gaps)
    marked = [part for part in document.question.parts if part.label != "m"]
    points = sum(part.points for part in marked)
    assert question.gaps[0].weight / total == pytest.approx(float(marked[0].points / points))


def test_a_wrong_text_gets_the_feedback_of_its_mistake_and_what_it_is_worth() -> None:
    question = questions(0)[0]
    typed = [n for n, gap in enumerate(question.gaps) if gap.type == "SHORTANSWER"]
    right = marker.right_responses(question)
    responses = ["average" if n in typed else response for n, response in enumerate(right)]
    assert marker.feedback(question, typed[0], "average") == (
        "Average is said of the mean, the median and others."
    )
    total = sum(gap.weight for gap in question.gaps)
    lost = question.gaps[typed[0]].weight * 3 / 4
    assert marker.mark(question, responses) == pytest.approx(1 - lost / total)


def test_capitals_count_where_the_bank_says_so() -> None:
    gaps = questions(0)[0].gaps
    assert [gap.type for gap in gaps if gap.type.startswith("SHORT")] == [
        "SHORTANSWER",
        "SHORTANSWER_C",
    ]


def test_none_of_these_is_the_last_option_and_is_not_shuffled() -> None:
    for question in questions(0):
        standing = [gap for gap in question.gaps if gap.type == "MULTICHOICE_V"]
        for gap in standing:
            assert gap.answers[-1].text == "None of these"


def test_hints_come_part_by_part_and_cost_the_usual_third() -> None:
    question = questions(0)[0]
    first, second, *_ = (page.line(hint.html) for hint in question.hints)
    assert first.startswith("(a) All five days count")
    assert "(b) The mean is what each day would have if all were alike." in first
    assert second == "(b) Divide what you found in (a) by the number of days."
    assert question.penalty == pytest.approx(1 / 3 if len(question.hints) < 3 else 1 / 4)


def test_whoever_marks_an_essay_is_told_what_it_goes_on_with() -> None:
    essay = questions(0)[-1]
    assert essay.marking is not None
    assert "marked with the student's own result of (b)" in page.shown(essay.marking.html)


def test_right_sides_with_formulas_are_listed_with_letters() -> None:
    shown = page.shown(questions(0)[0].text.html)
    assert re.search(r"A\.\s*\\\(.*?B\.\s*\\\(", shown, re.DOTALL)


# --- on paper ----------------------------------------------------------------------------------


@cache
def form(k: int) -> Form:
    chosen = tuple(documents(number)[k] for number in range(3))
    return Form(number=k + 1, code="ABCD", documents=chosen)


def test_the_space_is_the_same_for_every_student() -> None:
    """What is printed beside the texts depends on the problem alone."""
    responses = {
        tuple(
            (part.label, type(part.response), part.response.lines)
            for document in form(k).documents
            for part in document.question.parts
        )
        for k in range(SAMPLE)
    }
    assert len(responses) == 1


@pytest.mark.parametrize("k", range(2))
def test_both_sheets_are_painted(k: int) -> None:
    style = Styles.shipped("en").sheet
    assert student_form(StudentSheet.of(HEADING, form(k)), style).pages
    assert key_form(KeySheet(heading=HEADING, form=form(k)), style).pages


def test_a_student_sheet_is_made_of_nothing_that_the_key_decides() -> None:
    """No hint, no credit, no follow-through, no answer is in what the student's half holds."""
    for document in documents(0):
        written = repr(document.question)
        for part in document.answer.parts:
            assert not any(repr(hint) in written for hint in part.hints)
            assert not any(repr(note) in written for note in part.credit)
        assert "FollowThrough" not in written
