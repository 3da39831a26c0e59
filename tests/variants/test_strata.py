"""Strata have their shares of the draws, from either end, and no variant is dealt twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from generator.diagnostics import InputError
from generator.model.bank import Problem
from generator.model.domain import Domain
from generator.variants.deal import Deal, held
from generator.variants.permutation import Permutation
from generator.variants.schedule import Schedule
from generator.variants.space import VariantSpace
from tests.variants import conv, listed, problem, steps, vectors


def padded() -> Problem:
    """The convolution of Assignment 4, a third of whose draws are padded."""
    return replace(conv(), strata=problem({}, strata={"padding > 0": "1/3"}).strata)


@dataclass(frozen=True)
class Numbers:
    """A stratum of the numbers from `first` on."""

    share: Fraction
    size: int
    first: int = 0

    def index(self, number: int) -> int:
        assert 0 <= number < self.size
        return self.first + number

    def column(self, numbers: Sequence[int]) -> list[int]:
        return list(map(self.index, numbers))


def parts(*pairs: tuple[Fraction, int]) -> list[Numbers]:
    found: list[Numbers] = []
    for share, size in pairs:
        found.append(Numbers(share, size, sum(part.size for part in found)))
    return found


# --- the schedule --------------------------------------------------------------------------------


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.lists(st.integers(1, 12), min_size=1, max_size=5), st.integers(0, 1000))
def test_after_any_number_of_places_each_share_is_off_by_less_than_one(
    weights: list[int], turn: int
) -> None:
    schedule, total = Schedule(weights, turn), sum(weights)
    counts = Counter[int]()
    for length in range(2 * total + 1):
        for member, weight in enumerate(weights):
            assert counts[member] == schedule.count(member, length)
            assert abs(counts[member] - Fraction(length * weight, total)) < 1
        counts[schedule[length]] += 1


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.lists(st.tuples(st.integers(1, 9), st.integers(0, 40)), min_size=1, max_size=4))
def test_a_schedule_is_followed_as_long_as_there_is_enough(pairs: list[tuple[int, int]]) -> None:
    schedule = Schedule([weight for weight, _ in pairs])
    longest = schedule.longest([most for _, most in pairs])

    assert all(schedule.count(m, longest) <= most for m, (_, most) in enumerate(pairs))
    assert any(schedule.count(m, longest + 1) > most for m, (_, most) in enumerate(pairs))


def test_where_a_schedule_begins_depends_on_the_turn() -> None:
    assert {tuple(Schedule([1, 2], turn)[k] for k in range(3)) for turn in range(9)} == {
        (0, 1, 1),
        (1, 0, 1),
        (1, 1, 0),
    }


# --- the deal ------------------------------------------------------------------------------------

SHARES = st.lists(
    st.tuples(st.fractions(0, 1, max_denominator=6), st.integers(1, 40)), min_size=1, max_size=4
)


@settings(max_examples=50, deadline=None, derandomize=True)
@given(SHARES, st.integers(0, 99))
def test_every_variant_is_dealt_once(pairs: list[tuple[Fraction, int]], seed: int) -> None:
    deal = Deal(seed, "p", parts(*pairs))

    assert sorted(deal(k) for k in range(deal.size)) == list(range(deal.size))
    for k in (-1, deal.size):
        with pytest.raises(IndexError):
            deal(k)
        with pytest.raises(IndexError):
            deal.column([0, k])


@settings(max_examples=50, deadline=None, derandomize=True)
@given(SHARES, st.integers(0, 99), st.data())
def test_a_column_of_draws_is_dealt_as_each_of_them(
    pairs: list[tuple[Fraction, int]], seed: int, data: st.DataObject
) -> None:
    deal = Deal(seed, "p", parts(*pairs))
    places = data.draw(st.lists(st.integers(0, deal.size - 1), max_size=10))

    assert deal.column(places) == [*map(deal, places)]


@settings(max_examples=50, deadline=None, derandomize=True)
@given(SHARES, st.integers(0, 99))
def test_the_shares_hold_from_both_ends_as_long_as_is_said(
    pairs: list[tuple[Fraction, int]], seed: int
) -> None:
    total = sum((share for share, _ in pairs), Fraction(0))
    assume(total > 0)
    strata = parts(*((share / total, size) for share, size in pairs))
    deal = Deal(seed, "p", strata)
    front, back = deal.held

    for draws in (range(front), range(deal.size - 1, deal.size - 1 - back, -1)):
        counts = Counter[int]()
        for drawn, k in enumerate(draws, start=1):
            index = deal(k)
            counts[next(n for n, p in enumerate(strata) if 0 <= index - p.first < p.size)] += 1
            for number, part in enumerate(strata):
                assert abs(counts[number] - drawn * part.share) < 1
    assert back <= front


@settings(max_examples=30, deadline=None, derandomize=True)
@given(SHARES)
def test_what_holds_whatever_the_seed_is_the_least_that_holds_for_one(
    pairs: list[tuple[Fraction, int]],
) -> None:
    strata = parts(*pairs)
    found = [Deal(seed, "p", strata).held for seed in range(40)]
    front, back = held(strata)

    assert all(front <= one and back <= other for one, other in found)
    if sum(share.denominator for share, _ in pairs) < 9:
        assert (front, back) == tuple(map(min, zip(*found, strict=True)))


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.integers(1, 60), st.integers(0, 99))
def test_without_strata_a_draw_is_the_permuted_number(size: int, seed: int) -> None:
    deal, order = Deal(seed, "cnn", parts((Fraction(1), size))), Permutation(seed, "cnn", size)

    assert [deal(k) for k in range(size)] == [order(k) for k in range(size)]


def test_one_end_may_go_on_where_the_other_could_not() -> None:
    """Seven of a stratum with half of the draws: the front gets four of them, the back three."""
    deal = Deal(3, "p", parts((Fraction(1, 2), 7), (Fraction(1, 2), 90)))
    front, back = deal.held

    assert sum(deal(k) < 7 for k in range(front)) == 4
    assert sum(deal(deal.size - 1 - k) < 7 for k in range(back)) == 3


def test_strata_without_a_share_come_last() -> None:
    deal = Deal(3, "p", parts((Fraction(1), 10), (Fraction(0), 4)))

    assert [k for k in range(14) if deal(k) >= 10] == [5, 6, 7, 8]


def test_problems_do_not_all_begin_with_the_same_stratum() -> None:
    halves = parts((Fraction(1, 2), 50), (Fraction(1, 2), 50))
    first = Counter(Deal(7, f"p{number}", halves)(0) < 50 for number in range(200))

    assert 70 < first[True] < 130


def test_a_space_may_have_a_thousand_digits() -> None:
    huge = parts((Fraction(1, 3), 10**1000), (Fraction(2, 3), 7**900))
    deal = Deal(1, "p", huge)

    assert [deal(k) < 10**1000 for k in range(3)].count(True) == 1
    assert deal(deal.size // 2) != deal(deal.size // 2 + 1)


# --- the strata of a problem ---------------------------------------------------------------------


def test_a_third_of_the_draws_is_padded() -> None:
    space = VariantSpace(padded())
    deal = Deal(42, "cnn-layer", space.strata)

    drawn = [dict(space.values(deal(k))) for k in range(space.size)]
    front, back = deal.held
    assert space.size == 135
    assert [part.size for part in space.strata] == [90, 45]
    assert (front, back) == (35, 33)
    assert len({tuple(values.items()) for values in drawn}) == 135
    padding = [values["padding"] != 0 for values in drawn]
    assert sum(padding[:front]) in (11, 12)
    assert sum(padding[135 - back :]) == 11


def test_strata_part_the_variants_by_the_first_condition_that_they_meet() -> None:
    one = problem(
        {
            "n": steps(1, 3),
            "x": vectors("n", steps(0, 1)),
            "free": listed("a", "b", "c"),
            "m": steps(0, 4),
        },
        "m != n",
        strata={"m > 2 and doubled > 2": "1/2", "n == 3": "1/4"},
        let={"doubled": "2 * n"},
    )
    space = VariantSpace(one)

    def label(index: int) -> int:
        values = dict(space.values(index))
        if values["m"] > 2 and values["n"] > 1:  # type: ignore[operator]  # numbers
            return 0
        return 1 if values["n"] == 3 else 2

    for number, part in enumerate(space.strata):
        indices = [part.index(k) for k in range(part.size)]
        assert indices == [k for k in range(space.size) if label(k) == number]
        assert part.column(range(part.size)) == indices
    assert [part.share for part in space.strata] == [Fraction(1, 2), Fraction(1, 4), Fraction(1, 4)]


def test_a_problem_without_strata_is_one_stratum() -> None:
    (whole,) = VariantSpace(conv()).strata

    assert (whole.share, whole.size) == (Fraction(1), 135)
    assert whole.place is None
    assert [whole.index(k) for k in range(135)] == list(range(135))


def test_columns_of_strata_are_exact_beyond_64_bits() -> None:
    digits: dict[str, Domain] = {f"x{n}": steps(0, 9) for n in range(25)}
    space = VariantSpace(problem(digits, strata={"x0 == 3 and x1 < 9": "1/2"}))
    deal = Deal(1, "p", space.strata)
    places = [0, 1, 2, deal.size - 1, deal.size // 2]

    assert space.size == 10**25
    assert deal.column(places) == [*map(deal, places)]
    for part in space.strata:
        numbers = [0, 7, part.size // 3, part.size - 1]
        assert part.column(numbers) == [*map(part.index, numbers)]


def complaint(one: Problem) -> list[tuple[str, str, str]]:
    with pytest.raises(InputError) as caught:
        VariantSpace(one)
    return [(f.file.text if f.file else "", f.code, f.message) for f in caught.value.diagnostics]


def test_a_stratum_without_variants_is_refused() -> None:
    one = problem({"n": steps(1, 9)}, strata={"n > 5": "1/3", "n > 8": "1/3", "n > 9": "1/6"})

    assert complaint(one) == [
        ("n > 8", "empty-stratum", "no variant is in this stratum, after those above it"),
        ("n > 9", "empty-stratum", "no variant is in this stratum, after those above it"),
    ]


def test_a_rest_without_variants_has_no_share() -> None:
    one = problem({"n": steps(1, 9)}, strata={"n > 5": "1/3", "n <= 5": "1/3"})

    assert complaint(one) == [
        (
            "n <= 5",
            "empty-stratum",
            "the strata take in all variants, so nothing is left for the other 1/3",
        )
    ]


def test_shares_need_a_common_denominator() -> None:
    one = problem({"n": steps(1, 9)}, strata={"n > 5": "1/997", "n > 3": "1/991"})

    assert complaint(one) == [
        ("n > 5", "uneven-shares", "the shares have no common denominator up to 1,000")
    ]


def test_names_in_conditions_are_checked() -> None:
    one = problem({"n": steps(1, 9)}, strata={"m > 5": "1/3", "model.width > n": "1/3"})

    assert [code for _, code, _ in complaint(one)] == ["model-in-constraint", "unknown-name"]


def test_a_condition_is_true_or_false() -> None:
    assert complaint(problem({"n": steps(1, 9)}, strata={"n": "1/3"}))[0][1] == "wrong-type"
