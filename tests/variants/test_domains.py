"""The values of one parameter are numbered: each number has its value, each value its number."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from generator.language.columns import whole
from generator.model.bank import Domain
from generator.model.value import Value
from generator.variants.domains import axis
from tests.variants import chosen, listed, problem, source, steps, vectors

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
