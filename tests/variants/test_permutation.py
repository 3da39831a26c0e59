"""A seed deals the variants of a problem in an order of its own, each once."""

from __future__ import annotations

import itertools
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.variants.permutation import Permutation


@pytest.mark.parametrize("size", [*range(1, 40), 64, 100, 257, 1000])
def test_every_variant_is_dealt_once(size: int) -> None:
    deal = Permutation(42, "cnn", size)

    assert sorted(map(deal, range(size))) == list(range(size))


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.integers(), st.text(max_size=20), st.integers(1, 10**60), st.data())
def test_the_inverse_leads_back(seed: int, name: str, size: int, data: st.DataObject) -> None:
    deal = Permutation(seed, name, size)
    k = data.draw(st.integers(0, size - 1))

    assert 0 <= deal(k) < size
    assert deal.inverse(deal(k)) == k
    assert deal(deal.inverse(k)) == k


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.integers(), st.integers(1, 2**40), st.data())
def test_a_column_is_dealt_as_its_places_one_by_one(
    seed: int, size: int, data: st.DataObject
) -> None:
    deal = Permutation(seed, "p", size)
    places = data.draw(st.lists(st.integers(0, size - 1), max_size=20))

    for column in (places, places[::-1]):
        assert deal.column(column) == [*map(deal, column)]


@pytest.mark.parametrize("place", [-1, 100])
def test_a_column_with_a_place_that_is_not_there_is_refused(place: int) -> None:
    with pytest.raises(IndexError):
        Permutation(1, "p", 100).column([0, place, 50])


def test_spaces_of_a_thousand_digits_are_dealt_as_well() -> None:
    size = 10**1000 + 7
    deal = Permutation(-(10**50), "vectors", size)
    draws = [deal(k) for k in range(50)]

    assert len(set(draws)) == 50
    assert [deal.inverse(index) for index in draws] == list(range(50))
    assert max(draws) > size // 2 > min(draws)


def chi_square(counts: Counter[object], cells: int) -> float:
    expected = counts.total() / cells
    return sum((count - expected) ** 2 for count in counts.values()) / expected + expected * (
        cells - len(counts)
    )


@pytest.mark.parametrize("size", [2, 3, 5, 7, 10])
@pytest.mark.parametrize("k", [0, 1])
def test_over_all_seeds_every_variant_is_as_likely_at_every_place(size: int, k: int) -> None:
    """Chi-square below the 0.1 % point of its distribution, for seeds 0 to 1,999."""
    limit = {2: 10.83, 3: 13.82, 5: 18.47, 7: 22.46, 10: 27.88}[size]
    counts: Counter[object] = Counter(Permutation(seed, "p", size)(k) for seed in range(2000))

    assert chi_square(counts, size) < limit


@pytest.mark.parametrize(("size", "limit"), [(3, 20.52), (4, 49.73)])
def test_over_all_seeds_every_order_is_as_likely(size: int, limit: float) -> None:
    """All orders of a few variants, not only the first draw: again the 0.1 % point."""
    counts: Counter[object] = Counter(
        tuple(map(Permutation(seed, "p", size), range(size))) for seed in range(2000)
    )

    assert set(counts) == set(itertools.permutations(range(size)))
    assert chi_square(counts, len(counts)) < limit


def test_draws_of_one_seed_are_spread_over_the_space() -> None:
    """Chi-square of the first 1,000 draws of a million in ten equal parts; 0.1 % point for 9."""
    deal = Permutation(7, "p", 10**6)
    counts: Counter[object] = Counter(deal(k) // 10**5 for k in range(1000))

    assert chi_square(counts, 10) < 27.88


def test_seeds_and_problems_have_orders_of_their_own() -> None:
    orders = {
        (seed, name): tuple(map(Permutation(seed, name, 1000), range(20)))
        for seed in (0, 1, -1, 2**64, -(2**64))
        for name in ("a", "b", "ab", "")
    }

    assert len(set(orders.values())) == len(orders)


def test_a_deal_never_changes() -> None:
    """A sheet printed last year must be found again: these draws are a promise."""
    deal = Permutation(42, "cnn-layer", 135)

    assert [deal(k) for k in range(8)] == PROMISED


PROMISED = [26, 98, 18, 91, 40, 110, 17, 74]


@pytest.mark.parametrize("k", [-1, 5])
def test_places_outside_the_space_are_refused(k: int) -> None:
    deal = Permutation(1, "p", 5)

    with pytest.raises(IndexError):
        deal(k)
    with pytest.raises(IndexError):
        deal.inverse(k)


def test_an_empty_space_has_no_order() -> None:
    with pytest.raises(ValueError, match="no permutation of 0 variants"):
        Permutation(1, "p", 0)
