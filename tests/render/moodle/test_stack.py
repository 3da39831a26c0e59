"""Formulas that are typed: what a teacher who has the STACK plugin finds after an import."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

import pytest

from generator.model.document import Document, Paragraph, Text
from generator.model.formula import Call, Glossary, Series, Symbol, Table, constant
from generator.model.solution import ChoiceKey, ExpressionKey, NumericalKey
from generator.render.moodle import Export
from tests.render.moodle import formulas, page, samples
from tests.render.moodle.importer import Question, import_file

VARIANTS = 2
BACKPROPAGATION = formulas.PROBLEMS[0]
INPUTS: dict[type, str] = {ExpressionKey: "algebraic", ChoiceKey: "radio"}


def questions(*documents: Document) -> list[Question]:
    """What Moodle makes of variants where formulas are typed."""
    section = samples.section(documents[0].problem, "A problem", *documents)
    export = Export(samples.HEADING, [section], samples.STYLE, stack=True)
    found = export.questions(0, documents)
    return import_file(b"".join(export.file([(0, 0, found)]))).questions


@pytest.fixture(scope="module")
def document() -> Document:
    return formulas.documents(*BACKPROPAGATION, 1)[0]


def changed(document: Document, **parts: object) -> Document:
    """The variant with other keys, by the letters of their parts."""
    answers = tuple(
        replace(answer, key=parts[answer.label]) if answer.label in parts else answer  # type: ignore[arg-type]
        for answer in document.answer.parts
    )
    return replace(document, answer=replace(document.answer, parts=answers))


def test_a_variant_with_formulas_is_one_question_with_a_box_for_each_part() -> None:
    for document, question in formulas.imported(VARIANTS):
        assert question.type == "stack"
        assert question.stack is not None
        assert [one.type for one in question.stack.inputs] == [
            INPUTS.get(type(answer.key), "numerical") for answer in document.answer.parts
        ]
        points = [part.points for part in document.question.parts]
        assert [tree.value for tree in question.stack.trees] == [float(one) for one in points]
        assert question.mark == sum(points)
        assert document.code in question.stack.note


def test_the_question_is_named_numbered_tagged_and_explained_as_without_the_plugin() -> None:
    with_stack = import_file(formulas.file(*BACKPROPAGATION, 2)).questions
    without = import_file(formulas.file(*BACKPROPAGATION, 2, stack=False)).questions
    kept = ("category", "name", "idnumber", "tags", "solution", "penalty")
    for one, other in zip(with_stack, without, strict=True):
        assert [getattr(one, name) for name in kept] == [getattr(other, name) for name in kept]
        assert [hint.html for hint in one.hints] == [hint.html for hint in other.hints]


def test_a_tree_asks_for_the_key_and_then_for_each_mistake() -> None:
    for document, question in formulas.imported(VARIANTS):
        assert question.stack is not None
        for answer, tree in zip(document.answer.parts, question.stack.trees, strict=True):
            shares = [note.worth for note in answer.mistakes]
            assert [node.score for node in tree.nodes] == [1.0, *map(float, shares)]
            assert not tree.nodes[0].feedback
            assert all(node.feedback for node in tree.nodes[1:])
            assert tree.result(lambda _: False) == (0.0, "", f"{tree.name}-{len(tree.nodes)}-F")


def test_every_key_and_every_mistake_has_a_test_that_the_teacher_can_run() -> None:
    for document, question in formulas.imported(VARIANTS):
        assert question.stack is not None
        mistakes = sum(len(answer.mistakes) for answer in document.answer.parts)
        first, *others = question.stack.tests
        assert len(others) == mistakes
        assert {score for score, _, _ in first.expected.values()} == {1.0}
        for test in others:
            wrong = [note for score, _, note in test.expected.values() if score < 1]
            assert len(wrong) == 1, test.about


def test_the_question_shows_how_its_own_symbols_are_typed(document: Document) -> None:
    (question,) = questions(document)
    shown = page.line(question.text.html)
    assert "This is how formulas are typed:" in shown
    key = document.answer.parts[1].key
    assert isinstance(key, ExpressionKey)
    assert key.glossary is not None
    name = next(table.name for table in key.glossary.tables if len(table.sizes) == 1)
    assert re.search(rf"{name}\[i\+1\] → \\\({name}_{{i\+1}}\\\)", shown)
    assert page.line(question.text.html).count("This is how") == 1


def test_functions_of_the_question_may_be_typed_and_nothing_else_new(document: Document) -> None:
    (question,) = questions(document)
    assert question.stack is not None
    key = document.answer.parts[1].key
    assert isinstance(key, ExpressionKey)
    assert key.glossary is not None
    names = ",".join(one.name for one in key.glossary.functions)
    words = [one.words for one in question.stack.inputs]
    assert words == ["", names, names, ""]


def test_a_formula_without_known_mistakes_needs_no_marker_any_more(document: Document) -> None:
    bare = tuple(replace(answer, mistakes=()) for answer in document.answer.parts)
    found = questions(replace(document, answer=replace(document.answer, parts=bare)))
    assert [question.type for question in found] == ["stack"]


def test_a_number_is_right_within_its_tolerance_its_ends_included(document: Document) -> None:
    key = NumericalKey(value=Fraction("0.15"), tolerance=Fraction("0.05"))
    (question,) = questions(changed(document, a=key))
    assert question.stack is not None
    node = question.stack.trees[0].nodes[0]
    assert node.answer == "0.15"
    assert abs(0.2 - 0.15) > 0.05, "in doubles"
    assert abs(0.2 - float(node.answer)) <= float(node.options)


def test_a_number_with_a_unit_is_typed_without_it(document: Document) -> None:
    key = NumericalKey(value=Fraction(9), tolerance=Fraction(0), unit="km")
    (question,) = questions(changed(document, a=key))
    assert "Give a number in km, without the unit." in page.shown(question.text.html)


# --- what falls back ---------------------------------------------------------------------------


def left(document: Document) -> tuple[tuple[str, str], ...]:
    section = samples.section(document.problem, "A problem", document)
    return Export(samples.HEADING, [section], samples.STYLE, stack=True).make(0, [document])[1]


def test_words_without_a_meaning_are_chosen_and_the_other_formula_typed(
    document: Document,
) -> None:
    meaningless = ExpressionKey(latex="x", text="x")
    found = changed(document, b=meaningless)
    assert left(found) == (("b", "its key is text, not a formula with a meaning"),)
    (question,) = questions(found)
    assert question.stack is not None
    types = [one.type for one in question.stack.inputs]
    assert types == ["numerical", "radio", "algebraic", "numerical"]
    (right,) = re.findall(r'\[[0-9]+,true,"(.*?)"\]', question.stack.variables)
    assert right.replace("\\\\", "\\") == r"\(\displaystyle x\)" or "displaystyle x" in right


def test_without_any_formula_that_can_be_said_a_variant_is_what_it_was(document: Document) -> None:
    place = Series(
        fold="place", letter="i", first=constant(1), last=constant(3), body=Symbol(name="x")
    )
    key = ExpressionKey(latex="p", text="p", term=place, glossary=Glossary())
    found = changed(document, b=key, c=key)
    why = "Maxima has no word for the place of the largest entry"
    assert left(found) == (("b", why), ("c", why))
    assert [question.type for question in questions(found)] == ["cloze"]


@pytest.mark.parametrize(
    ("glossary", "why"),
    [
        (Glossary(tables=(Table(name="e"),)), "`e` means something else in Maxima"),
        (
            Glossary(tables=(Table(name="x", sizes=(300,)),)),
            "the question has more than 200 numbers to compare it by",
        ),
        (
            Glossary(
                tables=(
                    Table(name="x", value=Symbol(name="y")),
                    Table(name="y", value=Symbol(name="x")),
                )
            ),
            "its equations refer to each other in a circle",
        ),
        (
            Glossary(tables=(Table(name="x", sizes=(2,), value=constant(1)),)),
            "the indices of `x` have no letters",
        ),
    ],
)
def test_equations_that_cannot_be_said_are_named(
    document: Document, glossary: Glossary, why: str
) -> None:
    key = ExpressionKey(latex="1", text="1", term=constant(1), glossary=glossary)
    assert left(changed(document, b=key)) == (("b", why),)


def test_a_mistake_that_cannot_be_said_is_not_asked_for(document: Document) -> None:
    slope = Call(function="f", arguments=(Symbol(name="x"),), derived=1)
    answers = list(document.answer.parts)
    first, *others = answers[1].mistakes
    answers[1] = replace(answers[1], mistakes=(replace(first, term=slope), *others))
    (question,) = questions(
        replace(document, answer=replace(document.answer, parts=tuple(answers)))
    )
    assert question.stack is not None
    assert len(question.stack.trees[1].nodes) == 1 + len(others)


def test_a_part_that_stack_has_no_input_for_keeps_the_variant_as_it_was() -> None:
    """A variant is one question: "add a random question" draws nothing else beside it."""
    whole = samples.backprop()
    assert [question.type for question in questions(whole)] == ["cloze"]


def test_what_stack_would_take_for_its_own_is_shown_as_it_is(document: Document) -> None:
    nasty = replace(
        document.question,
        stem=(Paragraph(content=(Text(text="a [[input:ans1]] {@x@} {#y#}"),)),),
    )
    (question,) = questions(replace(document, question=nasty))
    assert "a [[input:ans1]] {@x@} {#y#}" in page.shown(question.text.html)


# --- the command -------------------------------------------------------------------------------


def test_without_the_option_the_file_is_what_it_was() -> None:
    assert b'type="stack"' not in formulas.file(*BACKPROPAGATION, 1, stack=False)


def test_the_same_request_gives_the_same_bytes() -> None:
    assert formulas.file(*BACKPROPAGATION, 2) == formulas.file(*BACKPROPAGATION, 2)
