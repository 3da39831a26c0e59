"""Right responses earn everything, mistakes what the bank says: read off the file alone."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.model.document import Display, NumericalResponse, TrueFalseResponse
from generator.model.solution import NumericalKey, TrueFalseKey
from tests.render.moodle import marker, nasty, page, samples, sound
from tests.render.moodle.harness import import_sections, question
from tests.render.moodle.importer import FRACTIONS, Question

QUICK = settings(max_examples=40, deadline=None, derandomize=True)

shares = st.fractions(min_value=0, max_value=1, max_denominator=40)
numbers = st.fractions(min_value=-(10**6), max_value=10**6, max_denominator=1000)


def exactly(value: int | str | Fraction, tolerance: str = "0") -> NumericalKey:
    return NumericalKey(value=Fraction(value), tolerance=Fraction(tolerance))


def mark(found: Question, *responses: marker.Response) -> float:
    return marker.mark(found, responses)


def test_every_questions_own_right_response_earns_everything() -> None:
    bank = import_sections(*samples.sections(), nasty.nasty_section())
    marked = [found for found in bank.questions if found.type != "essay"]
    assert len(marked) == 11
    for found in marked:
        assert marker.mark(found, marker.right_responses(found)) == pytest.approx(1), found.name


# --- several parts -----------------------------------------------------------------------------


def test_a_gap_earns_its_points_share_of_the_whole() -> None:
    cnn = question(samples.cnn())
    assert mark(cnn, "520", "24") == 1
    assert mark(cnn, "520", "1") == pytest.approx(2 / 3)
    assert mark(cnn, "1", "24") == pytest.approx(1 / 3)


def test_a_known_wrong_number_earns_what_the_bank_says_and_is_explained() -> None:
    cnn = question(samples.cnn())
    assert mark(cnn, "500", "1") == pytest.approx(2 / 3 * 1 / 3, abs=1e-6)
    told = "Each filter also has one bias weight: 5 × 5 + 1 and not 5<sup>2</sup>."
    assert marker.feedback(cnn, 0, "500") == told
    assert marker.feedback(cnn, 0, "520") == ""


def test_a_known_wrong_formula_earns_what_the_bank_says_and_is_explained() -> None:
    backprop = question(samples.backprop())
    options = {page.formulas(answer.text)[0]: answer.text for answer in backprop.gaps[1].answers}
    wrong = options[r"\displaystyle 2(y-z)h_i"]
    assert mark(backprop, "0", wrong, "") == pytest.approx(2 / 6 * 1 / 2)
    assert marker.feedback(backprop, 1, wrong) == "The inner derivative is negative."


def test_the_order_of_formulas_is_the_variants_and_says_nothing() -> None:
    """Over many variants, the key stands in every place."""
    wrong = [samples.mistake(f"$x^{n}$") for n in (3, 4, 5)]
    places = set()
    for index in range(40):
        found = question(samples.expression(*wrong, index=index))
        places.add([answer.fraction for answer in found.answers].index(1))
    assert places == {0, 1, 2, 3}


def test_a_justified_verdict_is_marked_apart_from_its_reason() -> None:
    lstm = question(samples.lstm())
    right, reason, *second = marker.right_responses(lstm)
    assert mark(lstm, "True", reason, *second) == pytest.approx(5 / 6)
    assert mark(lstm, right, "", *second) == pytest.approx(4 / 6)
    wrong = next(a.text for a in lstm.gaps[1].answers if a.fraction == pytest.approx(0.25))
    assert mark(lstm, right, wrong, *second) == pytest.approx((6 - 2 * 3 / 4) / 6)
    assert marker.feedback(lstm, 0, "True") == "The statement is false."


@QUICK
@given(st.lists(st.fractions(min_value="1/8", max_value=9, max_denominator=8), min_size=2))
def test_points_of_any_size_keep_their_proportions(points: list[Fraction]) -> None:
    parts = [
        samples.part(
            chr(ord("a") + number),
            "?",
            NumericalResponse(),
            exactly(number),
            points=value,
        )
        for number, value in enumerate(points[:9])
    ]
    found = question(samples.document("points", 1, (), *parts))
    total = sum(points[:9])
    for number, value in enumerate(points[:9]):
        responses = ["-1"] * len(parts)
        responses[number] = str(number)
        assert marker.mark(found, responses) == pytest.approx(float(value / total))


# --- numbers -----------------------------------------------------------------------------------


def test_a_tolerance_is_absolute_and_includes_its_ends() -> None:
    found = question(samples.numerical(exactly("0.5", "0.01")))
    assert [mark(found, r) for r in ("0.49", "0.51", "0.5", "0.489", "0.511")] == [1, 1, 1, 0, 0]


def test_a_whole_number_must_be_exact() -> None:
    found = question(samples.numerical(exactly(520)))
    assert [mark(found, r) for r in ("520", "520.0", "520.1", "519")] == [1, 1, 0, 0]


def test_of_a_wrong_number_that_never_ends_four_digits_are_recognized() -> None:
    note = samples.mistake("a third", "No third.", value=Fraction(1, 3))
    found = question(samples.numerical(exactly("1"), note))
    assert marker.feedback(found, 0, "0.3333") == "No third."
    assert marker.feedback(found, 0, "0.33") != "No third."


@pytest.mark.parametrize("alone", [True, False])
@pytest.mark.parametrize(
    ("value", "typed"),
    [("1/3", "0.333333333333333"), ("1.23456789012345", "1.23456789012345"), ("1e19", "1e19")],
)
def test_a_number_of_more_digits_than_moodle_keeps_is_right_with_all_of_them(
    value: str, typed: str, alone: bool
) -> None:
    response = NumericalResponse()
    one = samples.part("a", "?", response, exactly(value))
    two = samples.part("b", "?", response, exactly(4))
    found = question(samples.document("long", 1, (), *([one] if alone else [one, two])))
    assert mark(found, typed, *([] if alone else ["4"])) == 1


def test_a_rounded_key_is_right_as_it_is_shown_and_more_exactly() -> None:
    found = question(samples.numerical(exactly("0.667", "0.0005")))
    assert [mark(found, r) for r in ("0.667", "0.66667", "0.66", "0.668")] == [1, 1, 0, 0]


def test_a_mistake_next_to_the_key_cannot_take_a_right_response_away() -> None:
    near = samples.mistake("near", "Nearly.", value=Fraction("0.505"))
    found = question(samples.numerical(exactly("0.5", "0.01"), near))
    assert mark(found, "0.505") == 1


def test_a_mistake_and_a_key_that_are_near_do_not_overlap() -> None:
    near = samples.mistake("near", "Nearly.", value=Fraction("0.515"))
    found = question(samples.numerical(exactly("0.5", "0.01"), near))
    assert [*sound.faults(found)] == []
    assert [mark(found, r) for r in ("0.51", "0.511")] == [1, 0]
    assert marker.feedback(found, 0, "0.511") == "Nearly."


def test_of_two_mistakes_the_nearer_one_is_named() -> None:
    one = samples.mistake("one", "One.", value=Fraction("1.000"))
    two = samples.mistake("two", "Two.", value=Fraction("1.004"))
    found = question(samples.numerical(exactly("3", "0.01"), one, two))
    assert marker.feedback(found, 0, "1.0039") == "Two."
    assert marker.feedback(found, 0, "1.0001") == "One."


def test_any_other_number_is_sent_to_the_worked_solution() -> None:
    found = question(samples.numerical(exactly(7)))
    assert marker.feedback(found, 0, "8") == "Compare your steps with the worked solution."


def test_a_unit_is_named_and_not_asked_for() -> None:
    key = NumericalKey(value=Fraction(3), tolerance=Fraction(0), unit="m/s²")
    shown = page.shown(question(samples.numerical(key)).text.html)
    assert "Give a number in m/s², without the unit." in shown


@QUICK
@given(numbers, st.fractions(min_value=0, max_value=1, max_denominator=100))
def test_any_number_is_right_within_its_tolerance_and_wrong_beyond(
    value: Any, tolerance: Fraction
) -> None:
    found = question(samples.numerical(NumericalKey(value=value, tolerance=tolerance)))
    assert mark(found, repr(float(value))) == 1
    if tolerance:
        assert mark(found, repr(float(value + tolerance * Fraction(10**9 - 1, 10**9)))) == 1
        assert mark(found, repr(float(value + tolerance * Fraction(101, 100)))) == 0


@QUICK
@given(numbers, numbers, shares)
def test_a_mistake_alone_earns_the_nearest_fraction_that_moodle_has_and_never_more(
    value: Any, wrong: Fraction, worth: Fraction
) -> None:
    note = samples.mistake("wrong", "Wrong.", value=wrong, worth=worth)
    if abs(value - wrong) < Fraction(1, 10):
        return
    earned = mark(question(samples.numerical(exactly(value), note)), repr(float(wrong)))
    best = max(f for f in FRACTIONS if f <= float(worth) * 100 + 1e-5)
    assert earned == pytest.approx(best / 100)


@QUICK
@given(shares)
def test_a_mistake_in_a_gap_earns_what_the_bank_says(worth: Fraction) -> None:
    note = samples.mistake("wrong", "Wrong.", value=5, worth=worth)
    response = NumericalResponse()
    one = samples.part("a", "?", response, exactly(3), mistakes=(note,))
    two = samples.part("b", "?", response, exactly(4))
    found = question(samples.document("gap", 1, (), one, two))
    assert mark(found, "5", "4") == pytest.approx(float(1 + worth) / 2, abs=1e-6)


# --- choices -----------------------------------------------------------------------------------


def test_a_wrong_option_earns_what_the_bank_says_and_is_explained() -> None:
    found = question(samples.choice((False, True), worths=(Fraction(1, 2), 0)))
    assert mark(found, "option 0") == 0.5
    assert mark(found, "option 1") == 1
    assert marker.feedback(found, 0, "option 0") == "wrong 0"


@QUICK
@given(st.lists(st.booleans(), min_size=2, max_size=14), st.booleans())
def test_choosing_everything_earns_nothing_and_the_right_ones_everything(
    rights: list[bool], in_cloze: bool
) -> None:
    if not any(rights):
        rights = [*rights, True]
    document = samples.choice(tuple(rights), multiple=True)
    if in_cloze:
        (one,), (answered,) = document.question.parts, document.answer.parts
        more = samples.part("b", "?", NumericalResponse(), exactly(4))
        document = samples.document("both", 1, (), (one, answered), more)
    found = question(document)
    rest = ["4"] if in_cloze else ([] if len(found.gaps) < 2 else ["4"])
    whole = 0.5 if in_cloze else 1.0
    right = [f"option {number}" for number, value in enumerate(rights) if value]
    everything = [f"option {number}" for number in range(len(rights))]
    assert mark(found, right, *rest) == pytest.approx(1, abs=1e-4)
    assert mark(found, right[:1], *rest) == pytest.approx(
        1 - whole * (1 - 1 / len(right)), abs=1e-4
    )
    if not all(rights):
        assert mark(found, everything, *rest) == pytest.approx(1 - whole, abs=1e-4)


def test_a_wrong_option_that_costs_nothing_costs_nothing() -> None:
    """Moodle's own fine for a wrong choice must not step in."""
    document = samples.choice((True, True, False), multiple=True, worths=(0, 0, 1))
    more = samples.part("b", "?", NumericalResponse(), exactly(4))
    both = samples.document(
        "both", 1, (), (document.question.parts[0], document.answer.parts[0]), more
    )
    options = ["option 0", "option 1", "option 2"]
    assert mark(question(both), options, "4") == pytest.approx(1)
    assert mark(question(document), options) == pytest.approx(1)


# --- true or false -----------------------------------------------------------------------------


@pytest.mark.parametrize("value", [True, False])
def test_a_verdict_is_right_or_wrong_and_a_wrong_one_is_corrected(value: Any) -> None:
    found = question(samples.true_false(value=value))
    right, wrong = ("true", "false") if value else ("false", "true")
    assert (mark(found, right), mark(found, wrong)) == (1, 0)
    assert marker.feedback(found, 0, wrong) == f"The statement is {right}."


@pytest.mark.parametrize(
    ("steps", "reason"),
    [
        (("Take $x = 1$.", r"\[h = 2\]", "So $h > x$."), r"Take \(x = 1\). So \(h > x\)."),
        (
            ("The equations give", r"\[h = 2\]", "so $h > 1$."),
            r"The equations give \(h = 2\) so \(h > 1\).",
        ),
        (("One. " * 50, "Two. " * 50), "One. " * 50),
        ((r"\[h = 2\]",), r"\(\displaystyle h = 2\)"),
    ],
)
def test_a_justification_becomes_an_option_of_one_line(steps: tuple[str, ...], reason: str) -> None:
    """A display between complete sentences is left to the worked solution."""
    blocks = tuple(
        Display(latex=step[2:-2]) if step.startswith(r"\[") else samples.line(step)
        for step in steps
    )
    wrong = samples.mistake("Another reason.", "No.")
    response = TrueFalseResponse(lines=3)
    key = TrueFalseKey(value=True, explain=True)
    claim = samples.part("a", "Is it?", response, key, steps=blocks, mistakes=(wrong,))
    found = question(samples.document("claim", 1, (), claim))
    (right,) = (answer.text for answer in found.gaps[1].answers if answer.fraction == 1)
    assert page.shown(right).strip() == reason.strip()
