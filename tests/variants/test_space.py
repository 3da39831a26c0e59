"""A problem's variants are numbered 0 .. N-1: all of them, each once."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from math import comb

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.diagnostics import InputError
from generator.language.definitions import definitions
from generator.language.expression import compile_expression
from generator.model.bank import Problem
from generator.model.domain import (
    ChoiceDomain,
    Domain,
    ExceptDomain,
    MatrixDomain,
    Pool,
    RangeDomain,
    ShuffleDomain,
    ValuesDomain,
    VectorDomain,
)
from generator.model.source import Source
from generator.model.value import Record, Value
from generator.model.variant import Column, Filter
from generator.variants.axes import identity
from generator.variants.space import VariantSpace
from tests.variants import (
    chosen,
    conv,
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

# --- an independent enumeration ------------------------------------------------------------------


def every_value(domain: Domain, claims: int, env: Mapping[str, object]) -> Iterator[Value]:
    """The values of a domain, one after the other, in plain Python."""
    match domain:
        case ValuesDomain():
            yield from unlike(listed_values(domain.values, env))
        case RangeDomain():
            at = number(domain.minimum, env)
            while at <= number(domain.maximum, env):
                yield at.numerator if at.denominator == 1 else at
                at += domain.step
        case VectorDomain() | MatrixDomain():
            yield from every_array(domain, list(every_value(domain.item, claims, {})), env)
        case ChoiceDomain() | ShuffleDomain():
            yield from every_selection(domain, claims, env)
        case ExceptDomain():
            left_out = [compile_expression(one).evaluate(env) for one in domain.excluded]
            left_out += [entry for one in left_out if isinstance(one, tuple) for entry in one]
            for value in every_value(domain.domain, claims, env):
                if identity(value) not in map(identity, left_out):
                    yield value


def number(text: Source, env: Mapping[str, object]) -> Fraction:
    found = compile_expression(text).evaluate(env)
    assert isinstance(found, int | Fraction)
    return Fraction(found)


def every_array(
    domain: VectorDomain | MatrixDomain, items: list[Value], env: Mapping[str, object]
) -> Iterator[Value]:
    if isinstance(domain, VectorDomain):
        yield from itertools.product(items, repeat=int(number(domain.length, env)))
        return
    rows, columns = int(number(domain.rows, env)), int(number(domain.columns, env))
    lines = list(itertools.product(items, repeat=columns))
    for matrix in itertools.product(lines, repeat=rows):
        if domain.pattern == "full" or matrix == tuple(zip(*matrix, strict=True)):
            yield matrix


def every_selection(
    domain: ChoiceDomain | ShuffleDomain, claims: int, env: Mapping[str, object]
) -> Iterator[Value]:
    pool = range(claims) if domain.pool == "claims" else listed_values(domain.pool, env)
    if isinstance(domain, ShuffleDomain):
        yield from itertools.permutations(unlike(pool))
    elif domain.ordered:
        yield from itertools.permutations(unlike(pool), domain.count)
    else:
        yield from itertools.combinations(unlike(pool), domain.count)


def listed_values(pool: Pool, env: Mapping[str, object]) -> Iterable[Value]:
    if isinstance(pool, tuple):
        return pool
    found = compile_expression(pool).evaluate(env)
    assert isinstance(found, tuple)
    return found


def unlike(values: Iterable[Value]) -> list[Value]:
    """The different ones among them: a bank tells `true` from 1."""
    return list({identity(value): value for value in values}.values())


def every_variant(one: Problem) -> Iterator[dict[str, Value]]:
    """The variants of a problem by brute force."""
    partial: list[dict[str, Value]] = [{}]
    for parameter in one.parameters:
        name, longer = parameter.name.text, []
        for values in partial:
            env = available(one, values)
            pool = every_value(parameter.domain, len(one.claims), env)
            longer += [{**values, name: value} for value in pool]
        partial = longer
    for values in partial:
        env = {**values, **dict(definitions(one, values))}
        if all(compile_expression(text).evaluate(env) is True for text in one.constraints):
            yield values


def available(one: Problem, values: Mapping[str, Value]) -> dict[str, object]:
    """The values so far, and the definitions that they suffice for."""
    env: dict[str, object] = dict(values)
    for definition in one.definitions:
        expression = compile_expression(definition.expression)
        if expression.names <= env.keys():
            env[definition.name.text] = expression.evaluate(env)
    return env


# --- random problems -----------------------------------------------------------------------------

FREE = st.one_of(
    st.sets(st.integers(-2, 3), min_size=1, max_size=3).map(lambda s: listed(*sorted(s))),
    st.tuples(st.integers(-2, 1), st.integers(0, 3)).map(lambda p: steps(p[0], p[0] + p[1])),
    st.just(steps(0, 2, Fraction(1, 2))),
    st.just(listed(True, False)),
    st.tuples(st.integers(0, 2), st.integers(1, 2)).map(lambda p: vectors(p[0], steps(0, p[1]))),
    st.just(vectors(2, vectors(1, listed(1, Fraction(1, 2))))),
    st.integers(1, 3).map(lambda count: chosen(count, 5, 7, 9)),
    st.integers(1, 2).map(chosen),
    st.integers(1, 3).map(lambda count: subsets(count, 5, 7, 9)),
    st.just(subsets(2)),
    st.just(shuffled("a", 1, True)),
    st.just(matrices(1, 2, steps(0, 1))),
    st.just(matrices(2, 2, listed(0, 1), "symmetric")),
    st.just(without(steps(-2, 2), "0")),
    st.just(without(vectors(2, steps(0, 1)), "[1, 0]")),
)


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    names = "abcd"[: draw(st.integers(1, 4))]
    parameters: dict[str, Domain] = {"n": draw(st.just(steps(1, 3)) | st.just(listed(0, 2)))}
    for place, name in enumerate(names):
        earlier = draw(st.sampled_from(["n", "k", *names[:place]]))
        numeric = earlier in "nk" or isinstance(parameters[earlier], RangeDomain)
        dependent: list[Domain] = []
        if numeric:
            dependent = [
                steps(earlier, f"{earlier} + 2", 2),
                steps(0, earlier),
                pool_of(f"[{earlier}, 1, 2 * {earlier}]"),
                without(steps(0, 3), earlier, "n"),
                without(pool_of(f"[{earlier}, 1, n]"), "[k, 1]"),
                ChoiceDomain(count=2, pool=source(f"[{earlier}, 1, 2]"), ordered=False),
                ShuffleDomain(pool=source(f"[{earlier}, n]")),
            ]
        if earlier in "nk":
            dependent.append(vectors(earlier, steps(0, 1)))
            dependent.append(matrices(f"{earlier} + 1", 1, steps(0, 1)))
        parameters[name] = draw(st.one_of(FREE, *map(st.just, dependent)))
    names += "nk"
    condition = st.tuples(st.sampled_from(names), st.sampled_from(names)).flatmap(
        lambda pair: st.sampled_from(
            [
                f"{pair[0]} == {pair[1]}",
                f"{pair[0]} != {pair[1]}",
                f"not ({pair[0]} == 0 and {pair[1]} == 1)",
                f"n <= 2 or {pair[0]} == 1",
                "k + n != 3",
            ]
        )
    )
    constraints = draw(st.lists(condition, max_size=3))
    return problem(parameters, *constraints, let={"k": "3 - n"}, claims=3)


@settings(max_examples=40, deadline=None, derandomize=True)
@given(problems())
def test_the_variants_are_those_of_a_brute_force_search(one: Problem) -> None:
    expected = list(every_variant(one))
    if not expected:
        with pytest.raises(InputError) as caught:
            VariantSpace(one)
        assert {f.code for f in caught.value.diagnostics} <= {"no-variant", "empty-domain"}
        return

    space = VariantSpace(one)
    columns = space.columns(range(space.size))
    found = zip(*(column.tolist() for column in columns.values()), strict=True)

    assert space.size == len(expected)
    assert list(columns) == list(expected[0])
    assert sorted(map(repr, found)) == sorted(repr(tuple(v.values())) for v in expected)


@settings(max_examples=50, deadline=None, derandomize=True)
@given(problems(), st.data())
def test_values_columns_and_find_agree(one: Problem, data: st.DataObject) -> None:
    try:
        space = VariantSpace(one)
    except InputError:
        return
    indices = data.draw(st.lists(st.integers(0, space.size - 1), max_size=8))

    columns = space.columns(indices)

    for row, index in enumerate(indices):
        values = dict(space.values(index))
        assert {name: column.tolist()[row] for name, column in columns.items()} == values
        assert space.find(values) == index


# --- chosen cases --------------------------------------------------------------------------------


def test_constraints_tie_only_what_they_mention() -> None:
    """The filters of the convolution are free: they multiply, and are never enumerated."""
    space = VariantSpace(conv())

    assert space.size == 135
    assert space.values(0) == (
        ("image", 28),
        ("filters", 6),
        ("kernel", 3),
        ("stride", 1),
        ("padding", 0),
    )


def test_a_problem_without_parameters_has_one_variant() -> None:
    space = VariantSpace(problem({}))

    assert space.size == 1
    assert space.values(0) == ()
    assert space.columns([0, 0]) == {}
    assert space.find({}) == 0


def test_a_domain_that_depends_on_another_is_counted_without_being_enumerated() -> None:
    """Five values each for up to 40 entries: 10^28 vectors, in a table of 40 rows."""
    space = VariantSpace(problem({"n": steps(1, 40), "x": vectors("n", steps(-2, 2))}))

    assert space.size == sum(5**n for n in range(1, 41))
    for index in (0, 4, 5, 10**20, space.size - 1):
        values = dict(space.values(index))
        assert space.find(values) == index
        assert len(values["x"]) == values["n"]  # type: ignore[arg-type]  # a vector
    assert dict(space.values(space.size - 1)) == {"n": 40, "x": (2,) * 40}
    assert space.columns([5, 10**20])["x"].tolist() == [
        dict(space.values(5))["x"],
        dict(space.values(10**20))["x"],
    ]


def test_a_constraint_through_a_definition_ties_what_the_definition_mentions() -> None:
    space = VariantSpace(
        problem({"a": steps(1, 9), "b": steps(1, 9), "c": steps(1, 9)}, "s == 5", let={"s": "a+b"})
    )

    assert space.size == 4 * 9
    assert {dict(space.values(k))["a"] + dict(space.values(k))["b"] for k in range(36)} == {5}  # type: ignore[operator]


def test_earlier_constraints_protect_later_ones() -> None:
    space = VariantSpace(
        problem(
            {"a": steps(0, 3), "b": steps(0, 3)},
            "b > 0",
            "whole(a / b)",
            "q > 1",
            let={"q": "a / b"},
        )
    )

    assert [dict(space.values(k)) for k in range(space.size)] == [
        {"a": 2, "b": 1},
        {"a": 3, "b": 1},
    ]


def test_a_bound_may_be_a_definition_of_an_earlier_parameter() -> None:
    space = VariantSpace(
        problem({"n": steps(1, 3), "i": steps("half", "n")}, let={"half": "n / 2"})
    )

    assert [space.values(k) for k in range(space.size)] == [
        (("n", 1), ("i", Fraction(1, 2))),
        (("n", 2), ("i", 1)),
        (("n", 2), ("i", 2)),
        (("n", 3), ("i", Fraction(3, 2))),
        (("n", 3), ("i", Fraction(5, 2))),
    ]


def test_a_constraint_reaches_through_a_chain_of_domains() -> None:
    """It mentions `x` alone, whose length depends on `n`, whose bound depends on `m`."""
    space = VariantSpace(
        problem(
            {
                "m": steps(1, 2),
                "n": steps(1, "m"),
                "x": vectors("n", steps(0, 1)),
                "y": steps(0, 1),
            },
            "sum(x) == 1",
        )
    )

    assert space.size == (1 + 1 + 2) * 2
    assert {tuple(value for _, value in space.values(k))[:3] for k in range(8)} == {
        (1, 1, (1,)),
        (2, 1, (1,)),
        (2, 2, (0, 1)),
        (2, 2, (1, 0)),
    }


def test_rows_whose_domains_are_empty_are_no_variants() -> None:
    space = VariantSpace(problem({"n": steps(0, 3), "i": steps(2, "n"), "j": steps("n", 2)}))

    assert [space.values(k) for k in range(space.size)] == [(("n", 2), ("i", 2), ("j", 2))]


def test_records_words_and_truths_are_values_like_others() -> None:
    names = (
        Record(entries=(("in", "x"), ("n", 1))),
        Record(entries=(("in", "u"), ("n", 2))),
    )
    space = VariantSpace(
        problem(
            {"names": listed(*names), "gate": listed("tanh", "relu"), "bias": listed(True, False)},
            'names.n == 1 or gate == "relu"',
            "bias or names.n == 2",
        )
    )

    found = [tuple(value for _, value in space.values(k)) for k in range(space.size)]
    assert found == [
        (names[0], "tanh", True),
        (names[0], "relu", True),
        (names[1], "relu", True),
        (names[1], "relu", False),
    ]


def test_selections_are_ordered_and_without_repetition() -> None:
    space = VariantSpace(problem({"chosen": chosen(2)}, "not 1 in chosen", claims=4))

    assert [dict(space.values(k))["chosen"] for k in range(space.size)] == [
        (0, 2),
        (0, 3),
        (2, 0),
        (2, 3),
        (3, 0),
        (3, 2),
    ]


def test_a_large_group_is_enumerated_in_columns() -> None:
    """A million combinations of three parameters: a triple a < b < c for each three numbers."""
    space = VariantSpace(problem({name: steps(1, 100) for name in "abc"}, "a < b < c"))

    assert space.size == comb(100, 3)
    columns = space.columns(range(0, space.size, 97))
    assert bool(np.all((columns["a"] < columns["b"]) & (columns["b"] < columns["c"])))


def test_indices_out_of_range_are_refused() -> None:
    space = VariantSpace(conv())

    for index in (-1, 135):
        with pytest.raises(IndexError):
            space.values(index)
        with pytest.raises(IndexError):
            space.columns([0, index])


def test_what_is_no_variant_is_not_found() -> None:
    space = VariantSpace(conv())
    values = dict(space.values(7))

    assert space.find(values) == 7
    assert space.find({**values, "padding": 3}) is None
    assert space.find({**values, "image": 30}) is None
    assert space.find({**values, "kernel": 4}) is None
    assert space.find({**values, "kernel": "3"}) is None
    assert space.find({name: values[name] for name in list(values)[1:]}) is None
    assert space.find({**values, "more": 1}) is None


def test_filters_see_each_combination_of_their_names_once_and_after_the_constraints() -> None:
    seen: list[tuple[int, int]] = []

    def admits(columns: Mapping[str, Column]) -> Column:
        seen.extend(zip(columns["kernel"].tolist(), columns["double"].tolist(), strict=True))
        mask: Column = columns["double"] != 4
        return mask

    one = problem(
        {"kernel": steps(1, 4), "stride": steps(1, 3)},
        "kernel != stride",
        let={"double": "2 * stride"},
    )
    sieve = Filter(
        names=frozenset({"kernel", "double"}), admits=admits, reason="no", place=source("x")
    )
    space = VariantSpace(one, (sieve,))

    assert len(seen) == len(set(seen)) == 9
    assert all(2 * kernel != double for kernel, double in seen)
    assert {dict(space.values(k))["stride"] for k in range(space.size)} == {1, 3}


def test_the_numbering_does_not_depend_on_other_problems() -> None:
    """Whatever stands beside a problem in its bank, it is handed alone, with its id or another."""
    one, other = conv(), problem({"n": steps(1, 9)}, name="other")
    alone = [VariantSpace(one).values(k) for k in range(135)]
    VariantSpace(other)

    assert [VariantSpace(one).values(k) for k in range(135)] == alone


def test_what_each_constraint_keeps_out_is_counted() -> None:
    first, second = VariantSpace(conv()).rejections

    assert (first.seen, first.rejected, first.combinations, first.alone) == (72, 18, 12, 3)
    assert (second.seen, second.rejected, second.combinations, second.alone) == (54, 27, 72, 36)
    assert (first.others, first.last) == (180, 45)
    assert (second.others, second.last) == (54 * 5, 27 * 5)
    assert first.place.text == "padding <= (kernel - 1) / 2"


@settings(max_examples=20, deadline=None, derandomize=True)
@given(problems())
def test_what_each_constraint_keeps_out_as_the_last_is_counted_as_by_brute_force(
    one: Problem,
) -> None:
    try:
        space = VariantSpace(one)
    except InputError:
        return
    admitted = len(list(every_variant(one)))
    for number, found in enumerate(space.rejections):
        others = one.constraints[:number] + one.constraints[number + 1 :]
        counted = len(list(every_variant(replace(one, constraints=others))))
        assert (found.others, found.last) == (counted, counted - admitted)
    assert space.combinations == len(list(every_variant(replace(one, constraints=()))))


def test_a_constraint_that_protects_another_is_not_counted_as_the_last() -> None:
    """Without the first, the second divides by zero."""
    first, second = VariantSpace(problem({"b": steps(0, 4)}, "b > 0", "4 % b == 0")).rejections

    assert (first.others, first.last) == (None, None)
    assert (second.combinations, second.alone) == (None, None)
    assert (second.others, second.last) == (4, 1)


def test_a_filter_is_the_last() -> None:
    sieve = Filter(
        names=frozenset("b"), admits=lambda c: c["b"] > 3, reason="few", place=source("part")
    )
    (found,) = VariantSpace(problem({"b": steps(0, 4)}), (sieve,)).rejections

    assert (found.others, found.last, found.is_constraint) == (5, 4, False)
