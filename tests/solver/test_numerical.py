"""Numerical parts: keys, tolerances, and which mistakes apply."""

from __future__ import annotations

from fractions import Fraction

import pytest

from generator.model.solution import Mistake, NumericalKey, PartSolution
from generator.model.value import Value
from tests.solver.problems import complaint, solve

PROBLEM = """
- id: p
  title: T
  parameters:
    n: {values: [3, 4, 7]}
    b: {values: [true, false]}
  stem: S
  parts:
    - ask: A
      %s
"""


def part(fields: str, **values: Value) -> PartSolution:
    text = PROBLEM % fields.strip().replace("\n", "\n      ")
    return solve(text, **{"n": 3, "b": True, **values}).parts[0]


def key(fields: str, **values: Value) -> NumericalKey:
    found = part(fields, **values).key
    assert isinstance(found, NumericalKey)
    return found


def finding(fields: str, **values: Value) -> str:
    text = PROBLEM % fields.strip().replace("\n", "\n      ")
    return complaint(text, **{"n": 3, "b": True, **values})


def wrong(fields: str, **values: Value) -> list[tuple[object, str]]:
    return [(m.value, _words(m)) for m in part(fields, **values).mistakes]


def _words(mistake: Mistake) -> str:
    return mistake.because if isinstance(mistake.because, str) else mistake.because.text


def test_a_whole_number_is_exact() -> None:
    assert key("numerical: n * 4") == NumericalKey(value=Fraction(12), tolerance=Fraction(0))


def test_a_fraction_that_ends_is_exact() -> None:
    assert key("numerical: n / 4").value == Fraction(3, 4)


def test_a_fraction_that_never_ends_needs_decimals_or_a_tolerance() -> None:
    assert finding("numerical: 1 / n") == (
        "bank.yaml:11:20: error[inexact-key]: the key is 1/3, which no decimal number hits\n"
        "   |\n"
        "11 |         numerical: 1 / n\n"
        "   |                    ^^^^^\n"
        "help: say to how many places it is asked for (`decimals: 3`), or allow a `tolerance`; "
        "in variant 0: n = 3, b = true"
    )
    assert key("numerical: 1 / n\ntolerance: 0.01").value == Fraction(1, 3)


def test_a_rounded_key_accepts_the_digits_beyond_it() -> None:
    """2/3 asked to three places: 0.667, and whoever writes 0.66667 is right."""
    rounded = key("numerical: 2 / n\ndecimals: 3")
    assert rounded == NumericalKey(
        value=Fraction(667, 1000), tolerance=Fraction(1, 2000), decimals=3, rounded=True
    )
    assert abs(Fraction(2, 3) - rounded.value) <= rounded.tolerance
    assert part("numerical: 2 / n\ndecimals: 3").steps == (
        "$\\frac{2}{3}$.",
        "Rounded to 3 decimal places: $0.667$.",
    )


def test_halves_are_rounded_away_from_zero() -> None:
    assert key("numerical: 0.125\ndecimals: 2").value == Fraction(13, 100)
    assert key("numerical: -0.125\ndecimals: 2").value == Fraction(-13, 100)


def test_a_wider_tolerance_stays() -> None:
    assert key("numerical: 2 / n\ndecimals: 3\ntolerance: 0.1").tolerance == Fraction(1, 10)


def test_a_relative_tolerance_is_made_absolute_exactly() -> None:
    assert key("numerical: -n\ntolerance: {relative: 0.1}").tolerance == Fraction(3, 10)


@pytest.mark.parametrize(
    ("answer", "figures", "value", "tolerance"),
    [
        ("sqrt(n)", 3, "1.73", "0.005"),
        ("1000 * sqrt(n)", 2, "1700", "50"),
        ("-n / 80", 2, "-0.038", "0.0005"),
        ("n", 2, "3", "0.05"),
        ("n - 3", 2, "0", "0"),
    ],
)
def test_a_number_may_be_asked_for_in_significant_figures(
    answer: str, figures: int, value: str, tolerance: str
) -> None:
    found = key(f"numerical: {answer}\ntolerance: {{figures: {figures}}}")
    assert (found.value, found.tolerance) == (Fraction(value), Fraction(tolerance))
    assert (found.figures, found.decimals) == (figures, None)


def test_mistakes_are_rounded_to_the_same_figures() -> None:
    text = (
        "numerical: sqrt(n)\ntolerance: {figures: 2}\nmistakes:\n"
        "  - {result: sqrt(n) + 0.01, because: the same to two figures}\n"
        "  - {result: 100 * sqrt(n), because: a factor of 100}\n"
    )
    assert [(m.value, m.result) for m in part(text).mistakes] == [(Fraction(170), "$170$")]


def test_whole_results_are_shown_without_decimals_unless_rounded() -> None:
    """Three places are asked for: 12 is exact, 0.5 is 0.500, and 3.0000001 is 3.000."""
    text = (
        "numerical: n * 4\ndecimals: 3\nmistakes:\n"
        "  - {result: -n, because: whole}\n"
        "  - {result: 1/2, because: exact}\n"
        "  - {result: 3.0000001, because: rounded}\n"
        "  - {result: sqrt(n), because: irrational}\n"
    )
    assert not key(text).rounded
    assert [m.result for m in part(text).mistakes] == ["$-3$", "$0.500$", "$3.000$", "$1.732$"]


def test_an_endless_result_is_shown_in_decimals_too() -> None:
    text = "numerical: 100 / n\ntolerance: 0.1\nmistakes:\n  - {result: 448 / n, because: wrong}\n"
    (mistake,) = part(text).mistakes
    assert mistake.result == r"$\frac{448}{3} \approx 149.333$"


def test_decimals_and_figures_do_not_go_together() -> None:
    assert "error[wrong-value]: a number is asked for with so many decimals or so many" in finding(
        "numerical: sqrt(n)\ndecimals: 2\ntolerance: {figures: 2}"
    )


def test_an_irrational_number_needs_decimals() -> None:
    assert "error[inexact-key]: the key is irrational: 1.73205…" in finding("numerical: sqrt(n)")
    assert key("numerical: sqrt(n)\ndecimals: 2").value == Fraction(173, 100)


def test_a_key_is_a_number() -> None:
    assert "error[wrong-type]: the key of a numerical part is a number, not a vector" in finding(
        "numerical: '[n, 1]'"
    )
    assert "not a truth value" in finding("numerical: n > 1")


def test_the_unit_goes_with_the_key() -> None:
    assert key("numerical: n\nunit: px").unit == "px"


def test_a_plain_key_is_proved_and_shown_with_its_numbers() -> None:
    solved = part("numerical: n * (n + 1)")
    assert solved.steps == ("$3 \\times (3 + 1) = 12$.",)
    assert solved.evidence is not None
    assert (solved.evidence.first, solved.evidence.second, solved.evidence.result) == (
        "exact arithmetic",
        "a second arithmetic, over pairs of integers",
        "12",
    )


def test_the_authors_own_solution_stands_for_the_steps() -> None:
    (step,) = part("numerical: n\nsolution: See **above**.").steps
    assert not isinstance(step, str)
    assert step.text == "See **above**."


# --- mistakes ----------------------------------------------------------------------------------

TWO = """
numerical: n * n
mistakes:
  - {result: 2 * n, because: doubled}
  - {result: n + n + n, because: tripled, worth: 1/2}
"""


def test_the_mistakes_of_the_bank_apply_with_what_they_are_worth() -> None:
    solved = part(TWO, n=7)
    assert [(m.result, m.value, m.worth) for m in solved.mistakes] == [
        ("$14$", Fraction(14), Fraction(0)),
        ("$21$", Fraction(21), Fraction(1, 2)),
    ]


def test_a_mistake_that_leads_to_the_key_does_not_apply() -> None:
    """3 + 3 + 3 is 3 * 3."""
    assert wrong(TWO, n=3) == [(6, "doubled")]


def test_of_two_mistakes_with_one_result_the_first_stated_speaks() -> None:
    fields = """
numerical: n * n
mistakes:
  - {result: 2 * n, because: doubled}
  - {result: n + 4, because: four more}
"""
    assert wrong(fields, n=4) == [(8, "doubled")]
    assert wrong(fields, n=7) == [(14, "doubled"), (11, "four more")]


def test_a_mistake_applies_only_where_its_condition_holds() -> None:
    fields = """
numerical: n * n
mistakes: [{result: n, because: not squared, when: b}]
"""
    assert wrong(fields, b=True) == [(3, "not squared")]
    assert wrong(fields, b=False) == []


def test_a_condition_is_true_or_false() -> None:
    fields = "numerical: n * n\nmistakes: [{result: n, because: x, when: n + 1}]"
    assert "error[wrong-type]: `when` must be true or false, not 4" in finding(fields)


def test_results_collide_where_their_tolerances_meet() -> None:
    """10 +- 1 reaches 11 +- 0.5 and 12 +- 1, but not 13 +- 0.5."""
    fields = """
numerical: 10
tolerance: 1
mistakes:
  - {result: 12, because: within reach}
  - {result: 12.5, because: apart}
  - {result: 14, because: within reach of the one before}
  - {result: 15, because: apart again}
"""
    assert wrong(fields) == [(Fraction(25, 2), "apart"), (15, "apart again")]


def test_a_mistake_is_rounded_as_the_key_is() -> None:
    fields = """
numerical: 2 / n
decimals: 2
mistakes: [{result: 1 / n, because: halved}]
"""
    (mistake,) = part(fields).mistakes
    assert (mistake.result, mistake.value) == ("$0.33$", Fraction(33, 100))


@pytest.mark.parametrize("n", [3, 4, 7])
def test_no_result_is_another(n: int) -> None:
    fields = """
numerical: n * n
mistakes: [{result: 2 * n, because: a}, {result: n + 4, because: b}, {result: 3 * n, because: c}]
"""
    results = [value for value, _ in wrong(fields, n=n)]
    assert len({*results, Fraction(n * n)}) == len(results) + 1
