"""Short texts, matching and ordering in Moodle: which question type, and what is earned."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.language import patterns
from generator.model.document import (
    Blocks,
    ChoiceResponse,
    Document,
    MatchingResponse,
    NumericalResponse,
    OrderingResponse,
    TextResponse,
)
from generator.model.solution import (
    ChoiceKey,
    MatchingKey,
    NumericalKey,
    Option,
    OrderingKey,
    TextKey,
)
from tests.render.moodle import marker, page, samples
from tests.render.moodle.harness import question
from tests.render.moodle.marker import mark

QUICK = settings(max_examples=30, deadline=None, derandomize=True)
NUMBER = samples.part(
    "b", "?", NumericalResponse(), NumericalKey(value=Fraction(4), tolerance=Fraction(0))
)


def text(*answers: str, case: bool = False, **mistakes: Fraction) -> Document:
    """A text part alone; `mistakes` are wrong texts, with what they are worth."""
    notes = tuple(
        samples.mistake(wrong, f"Not {wrong}.", worth=worth, text=wrong)
        for wrong, worth in mistakes.items()
    )
    key = TextKey(answers=answers, case=case)
    return samples.document(
        "text", 1, (), samples.part("a", "?", TextResponse(), key, mistakes=notes)
    )


def lines(*markup: str) -> tuple[Blocks, ...]:
    return tuple((samples.line(one),) for one in markup)


def matching(*rights: str, matches: tuple[int, ...] = (0, 1)) -> Document:
    response = MatchingResponse(lefts=lines("left 1", "left $2$"), rights=lines(*rights))
    key = MatchingKey(lefts=("l", "m"), rights=rights, matches=matches)
    return samples.document("matching", 1, (), samples.part("a", "?", response, key, points=2))


def both(document: Document) -> Document:
    """The same part beside a number, in a cloze question."""
    (asked,), (answered,) = document.question.parts, document.answer.parts
    return samples.document("both", 1, (), (asked, answered), NUMBER)


# --- short texts -------------------------------------------------------------------------------


def test_a_text_alone_is_a_short_answer() -> None:
    found = question(text("median", "50*percentile", mean=Fraction(1, 2), mode=Fraction(0)))
    assert (found.type, found.case) == ("shortanswer", False)
    responses = ("Median", "50th percentile", "mean", "mode", "medians")
    assert [mark(found, [response]) for response in responses] == [1, 1, 0.5, 0, 0]
    assert page.shown(marker.feedback(found, 0, "mean")) == "Not mean."
    assert marker.feedback(found, 0, "range") == "Compare your answer with the worked solution."


@pytest.mark.parametrize("alone", [True, False])
def test_capitals_count_where_they_are_told_to(alone: bool) -> None:
    document = text("mm", case=True)
    found = question(document if alone else both(document))
    rest = [] if alone else ["4"]
    earned = [mark(found, [response, *rest]) for response in ("mm", "Mm")]
    assert earned == [1, 0] if alone else [1, 0.5]


@QUICK
@given(
    st.text(alphabet="ab {}#~=%&<>*\\'\"1:é", min_size=1, max_size=12).filter(
        lambda text: text.strip() and "\\*" not in text and not text.endswith("\\")
    )
)
def test_any_text_is_recognized_alone_and_in_a_gap(word: str) -> None:
    word = " ".join(word.split())
    document = text(patterns.literal(word))
    assert mark(question(document), [word]) == 1
    found = question(both(document))
    assert mark(found, [word, "4"]) == 1
    assert mark(found, [word + "x", "4"]) == 0.5


# --- matching ----------------------------------------------------------------------------------


def test_a_matching_alone_is_moodles_own_with_distractors() -> None:
    found = question(matching("one", "two", "three", matches=(2, 0)))
    assert found.type == "matching"
    assert [answer for _, answer in found.stems] == ["three", "one", "two"]
    assert [bool(stem) for stem, _ in found.stems] == [True, True, False]
    assert mark(found, ["three", "one"]) == 1
    assert mark(found, ["three", "two"]) == 0.5
    assert mark(found, ["two", "two"]) == 0


def test_two_right_sides_are_too_few_for_moodles_own() -> None:
    found = question(matching("one", "two"))
    assert [gap.type for gap in found.gaps] == ["MULTICHOICE", "MULTICHOICE"]
    assert [gap.weight for gap in found.gaps] == [1, 1]


def test_formulas_are_listed_with_letters_that_the_dropdowns_offer() -> None:
    found = question(matching("$x^2$", "two", "three", matches=(1, 0)))
    assert [[answer.text for answer in gap.answers] for gap in found.gaps] == [["A", "B", "C"]] * 2
    assert marker.right_responses(found) == ["B", "A"]
    assert r"\(x^2\)" in page.shown(found.text.html)
    assert mark(found, ["B", "C"]) == 0.5


def test_a_worked_solution_pairs_what_belongs_together() -> None:
    solution = page.line(question(matching("one", "two", "three", matches=(2, 0))).solution.html)
    assert solution.startswith(r"Key: left 1 – threeleft \(2\) – one")


# --- ordering ----------------------------------------------------------------------------------


def ordering(*places: int) -> Document:
    items = lines(*(f"item {place}" for place in places))
    key = OrderingKey(items=tuple(map(str, places)), places=places)
    response = OrderingResponse(items=items)
    return samples.document("ordering", 1, (), samples.part("a", "?", response, key, points=3))


def test_an_ordering_has_a_dropdown_of_places_in_order_for_each_item() -> None:
    found = question(ordering(2, 0, 1))
    assert found.type == "cloze"
    assert [[answer.text for answer in gap.answers] for gap in found.gaps] == [["1", "2", "3"]] * 3
    assert marker.right_responses(found) == ["3", "1", "2"]
    assert mark(found, ["3", "2", "1"]) == pytest.approx(1 / 3)


@QUICK
@given(st.permutations(range(5)).filter(lambda places: places != [*range(5)]))
def test_any_order_earns_everything_by_its_own_key(places: list[int]) -> None:
    found = question(ordering(*places))
    assert mark(found, marker.right_responses(found)) == 1


# --- none of these, hints ----------------------------------------------------------------------


@pytest.mark.parametrize("alone", [True, False])
def test_none_of_these_stays_the_last(alone: bool) -> None:
    options = (Option(text="a", right=False), Option(text="", right=True, none=True))
    response = ChoiceResponse(options=lines("a", "None of these"), multiple=False, ordered=True)
    asked = samples.part("a", "?", response, ChoiceKey(options=options))
    document = samples.document("none", 1, (), asked)
    found = question(document if alone else both(document))
    if alone:
        assert not found.shuffled
    else:
        assert found.gaps[0].type == "MULTICHOICE_V"


@pytest.mark.parametrize(("hints", "penalty"), [(1, 1 / 3), (2, 1 / 3), (4, 1 / 5)])
def test_each_further_try_costs_less_where_there_are_many(hints: int, penalty: float) -> None:
    document = text("median")
    (part,) = document.answer.parts
    told = replace(part, hints=lines(*(f"Hint {n}." for n in range(hints))))
    found = question(replace(document, answer=replace(document.answer, parts=(told,))))
    assert [page.line(hint.html) for hint in found.hints] == [f"Hint {n}." for n in range(hints)]
    assert found.penalty == pytest.approx(penalty)
