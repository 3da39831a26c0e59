"""How much may be computed to number the variants of a stranger's problem."""

from __future__ import annotations

import pytest

from generator.diagnostics import InputError, show
from generator.language import limits
from generator.model.bank import Problem
from generator.model.domain import Domain
from generator.model.variant import Filter
from generator.variants.space import VariantSpace
from tests.variants import problem, source, steps

SQUARE: dict[str, Domain] = {"a": steps(1, 100), "b": steps(1, 100)}
SLOW = problem(SQUARE, "a / 3 > 1 / b")
FAST = problem(SQUARE, "a * 3 > b")


def complaint(one: Problem, *filters: Filter) -> str:
    """The first finding, as it is shown."""
    with pytest.raises(InputError) as caught:
        VariantSpace(one, filters)
    return show(caught.value.diagnostics[0])


@pytest.fixture(autouse=True)
def a_small_effort(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "EFFORT", 1_000_000)


def test_exact_fractions_of_too_many_combinations_are_refused() -> None:
    assert complaint(SLOW) == (
        "bank.yaml:1:1: error[too-many-combinations]: "
        "this takes too long for all combinations of the parameters\n"
        "  |\n"
        "1 | a / 3 > 1 / b\n"
        "  | ^^^^^\n"
        "help: narrow their domains, or let fewer parameters meet in a constraint"
    )


def test_a_root_counts_more_than_a_fraction(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "EFFORT", 5_000_000)
    assert VariantSpace(SLOW).size == 9_995
    assert "1 | sqrt(a) < b" in complaint(problem(SQUARE, "sqrt(a) < b"))


def test_whole_numbers_of_as_many_are_not() -> None:
    assert VariantSpace(FAST).size == 8_350


def test_a_filter_of_the_solver_counts_for_each_combination() -> None:
    place = source("mistakes")
    slow = Filter(
        names=frozenset("a"),
        place=place,
        reason="too few options",
        admits=lambda columns: columns["a"] > 0,
    )
    assert "1 | mistakes" in complaint(FAST, slow, slow, slow)


def test_the_statistics_of_a_check_leave_out_what_takes_too_long(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(limits, "EFFORT", 2_200_000)
    space = VariantSpace(problem(SQUARE, "a / 3 > 1 / 2"))
    monkeypatch.setattr(limits, "EFFORT", 1_000)
    assert [found.last for found in space.rejections] == [None]
