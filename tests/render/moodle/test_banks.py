"""Real banks, through the whole pipeline and the importer: fifty variants of each problem.

Marks are read off the imported file alone; what they should be, off the bank's own documents.
"""

from __future__ import annotations

import re
from functools import cache

import pytest

from generator.model.document import Document, Paragraph, PartAnswer
from generator.model.solution import ChoiceKey, EssayKey, ExpressionKey, TrueFalseKey
from generator.pipeline.practice import sections
from generator.render.moodle import Export
from tests.render.moodle.attempts import phrases, same, words
from tests.render.moodle.importer import Question, import_file
from tests.render.moodle.sitting import Asked, parts, seen, sit
from tests.render.moodle.sound import faults
from tests.shipped import BANKS, shipped

VARIANTS = {
    "assignment4": 50,
    "examples/every-part": 50,
    "examples/calculus": 3,
    "examples/linear-algebra": 8,
    "examples/physics": 8,
    "examples/probability": 8,
    "examples/exam": 2,
}
"""How many variants of each problem are tried; all of them where there are fewer."""
PROBLEMS = [
    *((bank, number) for bank in ("assignment4", "examples/every-part") for number in range(3)),
    *(("examples/calculus", number) for number in range(5)),
    *(("examples/linear-algebra", number) for number in range(3)),
    *((f"examples/{name}", number) for name in ("physics", "probability") for number in range(2)),
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


@cache
def marked(bank: str, number: int) -> tuple[tuple[Document, Question, list[Asked]], ...]:
    """The variants, each with the question that marks itself and what that asks."""
    return tuple(
        (document, question, parts(document))
        for document in documents(bank, number)
        for question in imported(bank, number)
        if question.type != "essay"
        and f"{question.idnumber}-".startswith(f"{document.problem}-{document.index}-")
    )


def test_all_problems_of_all_banks_are_tried() -> None:
    assert sorted(VARIANTS) == BANKS
    tried = {bank: sum(name == bank for name, _ in PROBLEMS) for bank, _ in PROBLEMS}
    assert tried == {bank: len(shipped(bank).dealers) for bank in VARIANTS}


@pytest.mark.parametrize(("bank", "number"), PROBLEMS)
def test_every_variant_becomes_one_question_that_marks_itself(bank: str, number: int) -> None:
    found = [document.index for document, *_ in marked(bank, number)]
    assert found == [document.index for document in documents(bank, number)]


@pytest.mark.parametrize(("bank", "number"), PROBLEMS)
def test_every_response_earns_what_the_bank_says_and_is_explained(bank: str, number: int) -> None:
    """The key, which earns everything; then whatever else may be given to a part, one by one."""
    for _, question, asked in marked(bank, number):
        keys = {id(part.attempts[0]) for part in asked}
        for found in sit(question, asked):
            said = (question.name, found.attempt)
            assert found.earned == pytest.approx(found.expected, abs=1e-6), said
            assert found.earned == pytest.approx(1) or id(found.attempt) not in keys, said
            for (_, because), told in zip(found.attempt.told, found.told, strict=True):
                assert told, said
                assert all(phrase in told for phrase in phrases(because)), said


@pytest.mark.parametrize(("bank", "number"), PROBLEMS)
def test_every_question_is_sound_by_itself(bank: str, number: int) -> None:
    """In the words of `sound`: from its tries to numbers that nobody could tell apart."""
    for question in imported(bank, number):
        assert [*faults(question)] == [], question.name


@pytest.mark.parametrize(("bank", "number"), PROBLEMS)
def test_ticking_everything_earns_nothing_unless_the_bank_forgives(bank: str, number: int) -> None:
    """Of the parts where several options may be chosen."""
    for document, question, asked in marked(bank, number):
        for part, answer in zip(asked, answers(document, asked), strict=True):
            if isinstance(answer.key, ChoiceKey) and answer.key.multiple:
                gap = part.gaps.start
                (found,) = [question.gaps[gap]] if question.gaps else [question]
                earned = sum(one.fraction for one in found.answers)
                forgiven = any(option.worth for option in answer.key.options)
                assert earned == pytest.approx(0, abs=1e-6) or forgiven, question.name


@pytest.mark.parametrize(("bank", "number"), PROBLEMS)
def test_the_gaps_of_a_part_stand_below_its_letter(bank: str, number: int) -> None:
    for document, question, asked in marked(bank, number):
        if not question.gaps or len(document.question.parts) == 1:
            continue
        _, *pieces = re.split(r"<strong>\(([a-z]+)\)</strong>", question.text.html)
        found = {
            label: [int(gap) - 1 for gap in re.findall(r"\{#([0-9]+)\}", text)]
            for label, text in zip(pieces[::2], pieces[1::2], strict=True)
        }
        assert found == {part.label: [*part.gaps] for part in asked}, question.name


@pytest.mark.parametrize(("bank", "number"), PROBLEMS)
def test_the_general_feedback_holds_the_worked_solution(bank: str, number: int) -> None:
    for document, question, asked in marked(bank, number):
        shown = seen(question.solution.html)
        for answer in answers(document, asked):
            assert words(answer.steps) in shown, question.name
        assert same(document.code) in shown


@pytest.mark.parametrize(("bank", "number"), PROBLEMS)
def test_a_question_is_found_by_its_name_number_and_tags(bank: str, number: int) -> None:
    """All of them differ, and say which variant of which problem of which bank they are."""
    whole = shipped(bank)
    problem = whole.dealers[number].problem
    questions = imported(bank, number)
    assert len({question.name for question in questions}) == len(questions)
    assert len({question.idnumber for question in questions}) == len(questions)
    for document, question, _ in marked(bank, number):
        assert question.name.startswith(document.name)
        assert document.name.endswith(f" · #{document.index}")
        wanted = {whole.bank.id, problem.identity, *problem.tags, problem.difficulty} - {""}
        assert wanted == set(question.tags)


@pytest.mark.parametrize(("bank", "number"), PROBLEMS)
def test_what_a_person_marks_comes_with_all_that_a_marker_needs(bank: str, number: int) -> None:
    """Its points; for each part the worked solution, the rubric and the mistakes to look for."""
    essays = {one.idnumber: one for one in imported(bank, number) if one.type == "essay"}
    for document in documents(bank, number):
        pairs = zip(document.question.parts, document.answer.parts, strict=True)
        left = [(part, answer) for part, answer in pairs if by_hand(answer)]
        head = f"{document.problem}-{document.index}-written-"
        found = [essay for name, essay in essays.items() if f"{name}-".startswith(head)]
        assert len(found) == bool(left)
        for essay in found:
            assert essay.mark == float(sum(part.points for part, _ in left))
            assert essay.marking is not None
            shown = seen(essay.marking.html)
            for part, answer in left:
                assert len(document.question.parts) == 1 or f"({part.label})" in shown
                told = [answer.steps, *(note.because for note in answer.mistakes)]
                told += [(Paragraph(content=line.text),) for line in answer.rubric]
                assert all(words(text) in shown for text in told), essay.name


def by_hand(answer: PartAnswer) -> bool:
    """Whether a part is for a person to mark: an essay, a justification, a derivation."""
    match answer.key:
        case EssayKey():
            return True
        case ExpressionKey():
            return not answer.mistakes
        case TrueFalseKey(explain=explain):
            return explain
        case _:
            return False


def answers(document: Document, asked: list[Asked]) -> list[PartAnswer]:
    """The answers of these parts."""
    labels = {part.label for part in asked}
    return [answer for answer in document.answer.parts if answer.label in labels]
