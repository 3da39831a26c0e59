"""The values of one parameter are numbered: each number has its value, each value its number."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations, permutations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.language.columns import whole
from generator.model.domain import ChoiceDomain, Domain, ShuffleDomain
from generator.model.value import Value
from generator.variants.axes import ListAxis, identity
from generator.variants.domains import axis
from generator.variants.pools import SelectionAxis
from tests.variants import (
    chosen,
    listed,
    matrices,
    pool_of,
    problem,
    shuffled,
    source,
    steps,
    subsets,
    vectors,
    without,
)


def shuffles(count: int) -> list[Value]:
    return list(permutations(range(1, count + 1)))


DOMAINS: list[tuple[Domain, list[Value]]] = [
    (listed(28, "same", Fraction(1, 2)), [28, "same", Fraction(1, 2)]),
    (listed(True, False), [True, False]),
    (steps(3, 8, 2), [3, 5, 7]),
    (steps(-1, 0, Fraction(1, 2)), [-1, Fraction(-1, 2), 0]),
    (steps("1/3", 2), [Fraction(1, 3), Fraction(4, 3)]),
    (vectors(2, steps(0, 1)), [(0, 0), (0, 1), (1, 0), (1, 1)]),
    (vectors(0, steps(0, 1)), [()]),
    (
        vectors(1, vectors(2, listed("a", "b"))),
        [(("a", "a"),), (("a", "b"),), (("b", "a"),), (("b", "b"),)],
    ),
    (
        chosen(2, "x", "y", "z"),
        [("x", "y"), ("x", "z"), ("y", "x"), ("y", "z"), ("z", "x"), ("z", "y")],
    ),
    (chosen(1), [(0,), (1,), (2,), (3,)]),
    (vectors(1, chosen(2, 7, 8)), [((7, 8),), ((8, 7),)]),
    (subsets(2, "x", "y", "z"), [("x", "y"), ("x", "z"), ("y", "z")]),
    (subsets(3, 1, 2, 3), [(1, 2, 3)]),
    (subsets(2), list(combinations(range(4), 2))),
    (shuffled("x", "y"), [("x", "y"), ("y", "x")]),
    (shuffled(*range(4)), list(permutations(range(4)))),
    (pool_of("[3, 5, 3, 1/2]"), [3, 5, Fraction(1, 2)]),
    (pool_of("[1, true, 1]"), [1, True]),
    (matrices(1, 2, steps(0, 1)), [((0, 0),), ((0, 1),), ((1, 0),), ((1, 1),)]),
    (
        matrices(2, 2, steps(1, 2), "symmetric"),
        [((a, b), (b, c)) for a, b, c in product((1, 2), repeat=3)],
    ),
    (
        matrices(2, 2, steps(1, 2), "upper"),
        [((a, b), (0, c)) for a, b, c in product((1, 2), repeat=3)],
    ),
    (
        matrices(2, 2, steps(1, 2), "lower"),
        [((a, 0), (b, c)) for a, b, c in product((1, 2), repeat=3)],
    ),
    (
        matrices(2, 2, steps(1, 2), "diagonal"),
        [((a, 0), (0, b)) for a, b in product((1, 2), repeat=2)],
    ),
    (without(steps(-2, 2), "0", "1/2"), [-2, -1, 1, 2]),
    (without(steps(1, 9), "[2, 3, 5, 7]", "[9, 40]"), [1, 4, 6, 8]),
    (without(vectors(2, steps(0, 1)), "[0, 0]"), [(0, 1), (1, 0), (1, 1)]),
    (vectors(1, without(steps(-1, 1), "0")), [(-1,), (1,)]),
    (without(shuffled(1, 2, 3), "[1, 2, 3]"), [*shuffles(3)][1:]),
]


@pytest.mark.parametrize(("domain", "values"), DOMAINS)
def test_values_come_in_order_and_lead_back(domain: Domain, values: list[Value]) -> None:
    one = axis(problem({}, claims=4), source("x"), domain)
    indices = np.arange(len(values))

    assert one.sizes({}) == len(values)
    assert [one.at(index, {}) for index in range(len(values))] == values
    assert whole(one.at(indices, {}), len(values)).tolist() == values
    assert whole(one.at(indices.astype(object), {}), len(values)).tolist() == values
    assert [one.position(value, {}) for value in values] == list(range(len(values)))


@pytest.mark.parametrize(("domain", "values"), DOMAINS)
def test_other_values_have_no_number(domain: Domain, values: list[Value]) -> None:
    one = axis(problem({}, claims=4), source("x"), domain)

    strange: list[Value] = ["q", -99, Fraction(1, 7), (5,), (5, 5, 5), ("x", "x"), (0, 9), ((),)]
    assert [one.position(value, {}) for value in strange] == [None] * len(strange)


def test_a_dependent_axis_is_asked_with_the_values_it_depends_on() -> None:
    one = axis(problem({}), source("x"), vectors("n + 1", steps(0, 2)))
    lengths = np.array([0, 2, 0, 1])

    assert one.names == {"n"}
    assert one.sizes({"n": 1}) == 9
    assert one.sizes({"n": lengths}).tolist() == [3, 27, 3, 9]
    assert one.at(5, {"n": 1}) == (1, 2)
    found = one.at(np.array([2, 5, 0, 5]), {"n": lengths})
    assert whole(found, 4).tolist() == [(2,), (0, 1, 2), (0,), (1, 2)]
    assert one.position((1, 2), {"n": 1}) == 5
    assert one.position((1, 2), {"n": 2}) is None


LENGTHS = np.array([1, 3, 1, 2])
"""Values of a parameter `n` in four rows."""

DEPENDENT: list[tuple[Domain, list[list[Value]]]] = [
    (pool_of("[n, 2*n, n**2]"), [[1, 2], [3, 6, 9], [1, 2], [2, 4]]),
    (
        ChoiceDomain(count=2, pool=source("range(n)"), ordered=False),
        [[], [(0, 1), (0, 2), (1, 2)], [], [(0, 1)]],
    ),
    (
        ShuffleDomain(pool=source("range(n)")),
        [[(0,)], list(permutations(range(3))), [(0,)], [(0, 1), (1, 0)]],
    ),
    (without(steps(1, "n + 1"), "n", "3"), [[2], [1, 2, 4], [2], [1]]),
    (without(listed(1, "a", 3), "n"), [["a", 3], [1, "a"], ["a", 3], [1, "a", 3]]),
    (
        matrices(1, "n", listed("x", "y")),
        [[(row,) for row in product("xy", repeat=n)] for n in (1, 3, 1, 2)],
    ),
]


@pytest.mark.parametrize(("domain", "values"), DEPENDENT)
def test_a_dependent_axis_is_the_same_for_columns_and_single_values(
    domain: Domain, values: list[list[Value]]
) -> None:
    one = axis(problem({}), source("x"), domain)
    sizes = list(map(len, values))

    assert one.sizes({"n": LENGTHS}).tolist() == sizes
    for n, pool in zip(LENGTHS.tolist(), values, strict=True):
        assert one.sizes({"n": n}) == len(pool)
        assert [one.at(k, {"n": n}) for k in range(len(pool))] == pool
        assert [one.position(value, {"n": n}) for value in pool] == list(range(len(pool)))
    rows = np.repeat(np.arange(len(sizes)), sizes)
    numbers = np.concatenate([np.arange(size) for size in sizes])
    found = one.at(numbers, {"n": LENGTHS[rows]})
    assert whole(found, len(rows)).tolist() == [value for pool in values for value in pool]


def test_a_free_matrix_is_counted_and_never_enumerated() -> None:
    one = axis(problem({}), source("A"), matrices(3, 3, steps(-2, 2)))

    assert one.sizes({}) == 5**9 == 1_953_125
    assert one.at(1_000_000, {}) == ((0, 0, 2), (-2, -2, -2), (-2, -2, -2))
    assert one.position(((0, 0, 2), (-2, -2, -2), (-2, -2, -2)), {}) == 1_000_000
    large = axis(problem({}), source("A"), matrices(10, 10, steps(0, 9)))
    assert large.sizes({}) == 10**100
    assert large.position(large.at(10**99 + 7, {}), {}) == 10**99 + 7  # type: ignore[arg-type]  # a matrix


@settings(max_examples=80, deadline=None, derandomize=True)
@given(st.integers(0, 8), st.integers(0, 8), st.booleans(), st.data())
def test_selections_lead_back(members: int, count: int, ordered: bool, data: st.DataObject) -> None:
    count = min(members, count)
    pool = ListAxis(
        values=tuple(range(members)),
        column=np.arange(members),
        positions={identity(k): k for k in range(members)},
    )
    one = SelectionAxis(pool=pool, count=count, ordered=ordered)
    every = (permutations if ordered else combinations)(range(members), count)
    index = data.draw(st.integers(0, one.sizes({}) - 1))

    value = one.at(index, {})

    assert value == list(every)[index]
    assert one.position(value, {}) == index
