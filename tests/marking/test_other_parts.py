"""Verdicts, options, pairs, orders, short texts, essays."""

from __future__ import annotations

from fractions import Fraction
from typing import get_args

import pytest

from generator.marking import Mark, mark
from generator.marking.marker import _MARKERS
from generator.model.solution import (
    ChoiceKey,
    EssayKey,
    Key,
    MatchingKey,
    Option,
    OrderingKey,
    TextKey,
    TrueFalseKey,
)
from tests.marking.parts import QUESTION, RUBRIC, answer, marked, note, reason


@pytest.mark.parametrize(
    "response", ["true", "True.", "T", "t", "yes", "Y", "wahr", "vrai", "right", "1", "✓", "(true)"]
)
def test_a_verdict_is_understood_in_several_words(response: str) -> None:
    assert marked(TrueFalseKey(value=True, explain=False), response).verdict == "right"
    assert marked(TrueFalseKey(value=False, explain=False), response).verdict == "wrong"


@pytest.mark.parametrize("response", ["false", "F", "no", "falsch", "faux", "wrong", "0", "✗"])
def test_so_is_its_opposite(response: str) -> None:
    assert marked(TrueFalseKey(value=False, explain=False), response).verdict == "right"


def test_the_words_of_the_sheet_are_understood() -> None:
    key, words = (
        answer(TrueFalseKey(value=True, explain=False)),
        {"true": "Sant", "false": "Falskt"},
    )
    assert mark(QUESTION, key, "sant", words).verdict == "right"
    found = mark(QUESTION, key, "perhaps", words)
    assert found.message == "The verdict is missing: begin with Sant or Falskt."


def test_a_right_verdict_with_a_justification_is_for_a_person() -> None:
    key = TrueFalseKey(value=True, explain=True)
    found = marked(key, "True, because the sigmoid is positive.")
    assert (found.verdict, found.share, found.rubric) == ("by hand", Fraction(0), RUBRIC)
    assert marked(key, "False, because ...").message == "The verdict is not right."
    assert marked(key, "true.").verdict == "unreadable"


@pytest.mark.parametrize("response", ["²", "1²", "٣", "[\\", "@"])
def test_what_only_looks_like_a_number_or_a_letter_names_no_option(response: str) -> None:
    """Python's `isdigit` holds for a superscript, which `int` does not read."""
    key = ChoiceKey(options=tuple(Option(text=str(n), right=n == 0) for n in range(30)))
    assert marked(key, response).verdict == "unreadable"


# --- options -----------------------------------------------------------------------------------

ONE = ChoiceKey(
    options=(
        Option(text="1", right=False, worth=Fraction(1, 4)),
        Option(text="2", right=True),
        Option(text="3", right=False),
    )
)
SEVERAL = ChoiceKey(
    options=tuple(Option(text=str(n), right=n in (0, 2)) for n in range(4)), multiple=True
)


@pytest.mark.parametrize("response", ["B", "b", "(b)", "b)", "B.", "option B", "2", "Answer: B"])
def test_an_option_is_named_by_its_letter_or_number(response: str) -> None:
    assert marked(ONE, response).verdict == "right"


def test_a_wrong_option_earns_what_it_is_worth_and_says_why() -> None:
    found = marked(ONE, "A", note("too small", "1/4", option=0))
    assert (found.verdict, found.share, reason(found)) == ("partly", Fraction(1, 4), "too small")
    assert found.message == "That is not the right option."


@pytest.mark.parametrize(
    ("response", "share", "message"),
    [
        ("A, C", "1", "That is right."),
        ("ca", "1", "That is right."),
        ("1 and 3", "1", "That is right."),
        ("A", "1/2", "1 right one is missing."),
        ("A, B", "0", "1 of the chosen options is wrong and 1 right one is missing."),
        ("A, B, C", "1/2", "1 of the chosen options is wrong."),
        ("ABCD", "0", "2 of the chosen options are wrong."),
        ("B, D", "0", "2 of the chosen options are wrong and 2 right ones are missing."),
    ],
)
def test_several_options_earn_the_shares_of_the_key(
    response: str, share: str, message: str
) -> None:
    found = marked(SEVERAL, response)
    assert (found.share, found.message) == (Fraction(share), message)


@pytest.mark.parametrize(
    ("response", "message"),
    [
        ("A, B", "One option is asked for, and these are several."),
        ("E", "`E` is none of A to C: write its letter."),
        ("4", "`4` is none of A to C: write its letter."),
        ("the second", "`the` is none of A to C: write its letter."),
        ("?", "`?` is none of A to C: write its letter."),
        ("()", "No letter is named: write one of A to C."),
    ],
)
def test_what_names_no_option_is_told(response: str, message: str) -> None:
    assert message_of(marked(ONE, response)) == message


def message_of(found: Mark) -> str:
    assert (found.verdict, found.share) == ("unreadable", Fraction(0))
    return found.message


# --- pairs and orders --------------------------------------------------------------------------

MATCHING = MatchingKey(lefts=("a", "b", "c"), rights=("x", "y", "z", "w"), matches=(1, 0, 3))
ORDERING = OrderingKey(items=("x", "y", "z"), places=(1, 0, 2))


@pytest.mark.parametrize(
    ("response", "share"),
    [
        ("B A D", "1"),
        ("bad", "1"),
        ("1B 2A 3D", "1"),
        ("1-B, 2-A, 3-D", "1"),
        ("3:D; 1:B; 2:A", "1"),
        ("1=B 2=C 3=D", "2/3"),
        ("A B C", "0"),
        ("1B", "1/3"),
    ],
)
def test_every_right_pair_earns_its_share(response: str, share: str) -> None:
    assert marked(MATCHING, response).share == Fraction(share)


@pytest.mark.parametrize(
    ("response", "share"),
    [
        ("2 1 3", "1"),
        ("2, 1, 3", "1"),
        ("B A C", "1"),
        ("A2 B1 C3", "1"),
        ("B: 1, A: 2, C: 3", "1"),
        ("1: B, 2: A, 3: C", "1"),
        ("1B 2C 3A", "1/3"),
        ("1 2 3", "1/3"),
    ],
)
def test_every_item_in_its_place_earns_its_share(response: str, share: str) -> None:
    assert marked(ORDERING, response).share == Fraction(share)


@pytest.mark.parametrize(
    ("response", "message"),
    [
        ("B A", "There are 3 left sides, and 2 letters: write 3 letters, or 1A 2B and so on."),
        ("1B 1A 3C", "A left side is answered twice."),
        ("4B", "There are only 3 of them: count them from 1 to 3."),
        ("B A Q", "`Q` is none of A to D: write its letter."),
    ],
)
def test_pairs_that_cannot_be_read_are_asked_back(response: str, message: str) -> None:
    assert message_of(marked(MATCHING, response)) == message


def test_an_order_gives_each_item_a_place_of_its_own() -> None:
    for response in ("1 1 2", "A B", "A A B"):
        assert message_of(marked(ORDERING, response)) == (
            "Each of 3 items has a place of its own: write the letters in order, or 1B 2A and so "
            "on."
        )


# --- texts and essays --------------------------------------------------------------------------


def test_a_text_fits_a_pattern_of_the_key_or_of_a_mistake() -> None:
    key = TextKey(answers=("back*propagation", "backprop"))
    wrong = note("the other way", "1/4", text="forward*")
    assert marked(key, " Back  propagation ", wrong).verdict == "right"
    assert reason(marked(key, "forward pass", wrong)) == "the other way"
    assert marked(key, "descent", wrong).verdict == "wrong"


def test_capital_letters_are_told_where_they_count() -> None:
    key = TextKey(answers=("ReLU",), case=True)
    assert marked(key, "ReLU").verdict == "right"
    assert marked(key, "relu").message == "That is not right: capital letters count here."


def test_an_essay_is_for_a_person() -> None:
    found = marked(EssayKey(lines=3), "Because.")
    assert (found.verdict, found.rubric) == ("by hand", RUBRIC)
    assert found.message == "An essay is marked by a person, with the rubric."


def test_a_mark_is_a_share() -> None:
    with pytest.raises(ValueError, match="a share lies between 0 and 1"):
        Mark(verdict="right", share=Fraction(2), message="")


def test_every_type_of_key_has_a_marker() -> None:
    """A new type of part that nobody can mark is found here, not by a student."""
    assert {*_MARKERS, EssayKey} == {*get_args(Key)}
