"""What is said of a problem whose variants cannot be numbered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.diagnostics import InputError
from generator.language.expression import compile_expression
from generator.model.bank import Problem
from generator.model.domain import ChoiceDomain, Domain
from generator.model.variant import Column, Filter
from generator.variants import findings, tables
from generator.variants.space import VariantSpace
from tests.variants import (
    chosen,
    conv,
    listed,
    matrices,
    pool_of,
    problem,
    source,
    steps,
    subsets,
    vectors,
    without,
)


def found(one: Problem, *filters: Filter) -> list[tuple[str, str, str, str]]:
    """The findings: text at which they point, code, message, help."""
    with pytest.raises(InputError) as caught:
        VariantSpace(one, filters)
    return [
        (f.file.text if f.file else "", f.code, f.message, f.help) for f in caught.value.diagnostics
    ]


SMALL = st.integers(-1, 6)
TEN = {name: steps(1, 10) for name in "abc"}


def test_a_constraint_that_nothing_satisfies() -> None:
    assert found(problem({**TEN}, "a < 20", "a > 10")) == [
        (
            "a > 10",
            "no-variant",
            "no combination satisfies this constraint",
            "loosen it or widen the domains",
        )
    ]


def test_a_constraint_that_contradicts_those_before_it() -> None:
    assert found(problem({**TEN}, "a > 8", "a + b < c")) == [
        (
            "a + b < c",
            "no-variant",
            "no variant is left: this constraint rejects all of the 200 combinations that those "
            "before it leave",
            "it contradicts `a > 8`; alone it admits 120",
        )
    ]


def test_a_constraint_that_has_a_value_only_after_those_before_it() -> None:
    ((_, _, message, mend),) = found(problem({**TEN}, "a > 9", "b != 1", "a / (b - 1) > 100"))

    assert message.endswith("all of the 9 combinations that those before it leave")
    assert mend == "it contradicts `b != 1`"


def test_the_smallest_set_that_contradicts_a_constraint_is_named() -> None:
    ((_, _, _, mend),) = found(
        problem({**TEN}, "a + b > 2", "a < 5", "c > 1", "b < 5", "a + b >= 9")
    )

    assert mend == "it contradicts `a < 5` and `b < 5`; alone it admits 72"


def test_of_many_constraints_an_irreducible_set_is_named() -> None:
    idle = [f"a + b > {k}" for k in range(-6, 0)]
    ((_, _, _, mend),) = found(problem({**TEN}, "a < 5", *idle, "b < 5", "a + b >= 9"))

    assert mend == "it contradicts `a < 5` and `b < 5`; alone it admits 72"


@settings(max_examples=60, deadline=None, derandomize=True)
@given(
    st.lists(
        st.tuples(st.sampled_from(["a", "b", "a + b", "a - b"]), st.sampled_from("<>"), SMALL),
        min_size=2,
        max_size=5,
    )
)
def test_the_constraints_named_admit_nothing_and_all_but_one_of_them_something(
    conditions: list[tuple[str, str, int]],
) -> None:
    texts = list(dict.fromkeys(f"{left} {sign} {right}" for left, sign, right in conditions))
    domains: dict[str, Domain] = {"a": steps(0, 4), "b": steps(0, 4)}

    def satisfied(some: Sequence[str]) -> bool:
        return any(
            all(compile_expression(source(t)).evaluate({"a": a, "b": b}) for t in some)
            for a in range(5)
            for b in range(5)
        )

    if satisfied(texts):
        assert VariantSpace(problem(domains, *texts)).size
        return
    for place, _, _, mend in found(problem(domains, *texts)):
        named = [place, *(text for text in texts if f"`{text}`" in mend)]
        assert not satisfied(named)
        assert all(satisfied([t for t in named if t != left_out]) for left_out in named)


def test_a_constraint_of_constants() -> None:
    assert found(problem({**TEN}, "1 > 2"))[0][:2] == ("1 > 2", "no-variant")


def test_findings_of_independent_groups_come_together() -> None:
    codes = [entry[:2] for entry in found(problem({**TEN}, "a > 10", "b > 10"))]

    assert codes == [("a > 10", "no-variant"), ("b > 10", "no-variant")]


def test_a_filter_that_leaves_nothing_gives_its_reason() -> None:
    def admits(columns: Mapping[str, Column]) -> Column:
        return np.zeros(len(columns["a"]), dtype=bool)

    sieve = Filter(
        names=frozenset("a"), admits=admits, reason="part (b) has one option", place=source("part")
    )

    assert found(problem({**TEN}), sieve) == [
        ("part", "no-variant", "no variant is left: part (b) has one option", "")
    ]


def test_a_constraint_that_is_no_condition_names_the_combination() -> None:
    assert found(problem({**TEN}, "a + b")) == [
        (
            "a + b",
            "wrong-type",
            "a constraint must be true or false, not a number",
            "compare it: `n > 0`; here a = 1, b = 1",
        )
    ]


def test_a_constraint_that_divides_by_zero_names_the_combination() -> None:
    assert found(problem({**TEN}, "a / (b - 4) < 1")) == [
        (
            "a / (b - 4) < 1",
            "division-by-zero",
            "`/` divides by zero",
            "a constraint, or `b != 0 and ...`, can keep such variants out; here a = 1, b = 4",
        )
    ]


def test_a_definition_without_a_value_is_shown_where_it_stands() -> None:
    ((text, code, _, mend),) = found(problem({**TEN}, "q > 1", let={"q": "a / (b - 2)"}))

    assert (text, code) == ("a / (b - 2)", "division-by-zero")
    assert mend.endswith("; here a = 1, b = 2")


def test_unknown_names_in_constraints_bounds_and_what_they_need() -> None:
    one = problem(
        {"kernel": steps(1, "kernal"), "x": vectors("lenght", steps(0, 1))},
        "kernl > 2",
        "d > 1",
        let={"d": "strid * 2", "unused": "whatever"},
    )

    assert sorted(entry[2:] for entry in found(one)) == [
        ("`kernal` is not a parameter or a definition of this problem", "did you mean `kernel`?"),
        ("`kernl` is not a parameter or a definition of this problem", "did you mean `kernel`?"),
        ("`lenght` is not a parameter or a definition of this problem", ""),
        ("`strid` is not a parameter or a definition of this problem", ""),
    ]


def test_the_model_is_not_there_when_variants_are_numbered() -> None:
    assert found(problem({**TEN}, "model.output_width > a")) == [
        (
            "model.output_width > a",
            "model-in-constraint",
            "variants are numbered before the model is built, so nothing here can ask it",
            "use parameters and definitions; write the model's formula under `let`",
        )
    ]


def test_a_bound_that_names_a_later_parameter() -> None:
    one = problem({"a": steps(1, "twice"), "b": steps("b", 3)}, let={"twice": "2 * b"})

    assert [entry[2] for entry in found(one)] == [
        "the domain of `a` depends on `b`, which does not stand above it",
        "the domain of `b` depends on `b`, which does not stand above it",
    ]


WRONG_DOMAINS: list[tuple[Domain, str, str]] = [
    (listed(), "empty-domain", "`x` has no values"),
    (listed(1, 2, 1), "duplicate-value", "`x` lists the same value at places 1 and 3"),
    (listed((1, 2), (1, 2)), "duplicate-value", "`x` lists the same value at places 1 and 2"),
    (steps(3, 1), "empty-domain", "`x` has no values: its minimum is above its maximum"),
    (steps(1, 3, 0), "wrong-step", "the step of `x` is 0, which never reaches its maximum"),
    (steps(1, 3, -1), "wrong-step", "the step of `x` is -1, which never reaches its maximum"),
    (steps('"a"', 3), "wrong-type", "a bound must be a whole number or a fraction, not a word"),
    (
        steps("sqrt(2)", 3),
        "wrong-type",
        "a bound must be a whole number or a fraction, not an irrational number",
    ),
    (vectors(-1, steps(0, 1)), "wrong-length", "a vector has 0 to 1,000 entries, not -1"),
    (vectors(10**6, steps(0, 1)), "wrong-length", "a vector has 0 to 1,000 entries, not 1000000"),
    (
        vectors("1/2", steps(0, 1)),
        "wrong-type",
        "the length of a vector needs a whole number, not 1/2",
    ),
    (
        vectors(999, steps(1, 99)),
        "too-many-variants",
        "there are so many such vectors that their number has more than 1,234 digits",
    ),
    (vectors(2, steps(0, "n")), "dependent-entries", "the entries of `x` depend on `n`"),
    (vectors(2, steps(1, 0)), "empty-domain", "the entries of `x` have no values"),
    (chosen(3, 1, 2), "wrong-count", "`x` chooses 3 of 2 values"),
    (chosen(2, 1, 1), "duplicate-value", "`x` lists the same value at places 1 and 2"),
    (chosen(0), "wrong-count", "`x` chooses 0 of 0 claims"),
    (subsets(3, 1, 2), "wrong-count", "`x` chooses 3 of 2 values"),
    (pool_of("n"), "wrong-type", "a list of values is needed here, not a number"),
    (
        pool_of("[n, sqrt(2)]"),
        "wrong-type",
        "a value of a parameter is exact, and this list has an irrational number",
    ),
    (pool_of("range(n, 1)"), "empty-domain", "`x` has no values: the list of its values is empty"),
    (
        without(steps(1, 2), "[1, 2]"),
        "empty-domain",
        "`x` has no values: `except` leaves out all that there are",
    ),
    (
        ChoiceDomain(count=3, pool=source("range(n)")),
        "empty-domain",
        "`x` has no values: there are fewer to choose from than it chooses",
    ),
    (
        matrices("n", 2, steps(0, 1), "upper"),
        "wrong-length",
        "an upper triangular matrix is square, and this one is 1 by 2",
    ),
    (
        matrices(100, "n + 10", steps(0, 1)),
        "wrong-length",
        "a matrix has 1 to 1,000 entries, not 100 times 11",
    ),
    (matrices(2, 0, steps(0, 1)), "wrong-length", "a matrix has 1 to 1,000 entries, not 2 times 0"),
    (
        matrices("n / 2", 2, steps(0, 1)),
        "wrong-type",
        "the size of a matrix needs a whole number, not 1/2",
    ),
    (
        matrices(30, 30, steps(1, 99)),
        "too-many-variants",
        "there are so many such matrices that their number has more than 1,234 digits",
    ),
    (matrices(2, 2, steps(0, "n")), "dependent-entries", "the entries of `x` depend on `n`"),
]


@pytest.mark.parametrize(("domain", "code", "message"), WRONG_DOMAINS)
def test_a_domain_that_makes_no_sense(domain: Domain, code: str, message: str) -> None:
    ((_, *rest),) = found(problem({"n": steps(1, 2), "x": domain}))

    assert rest[:2] == [code, message]


def test_true_is_not_the_same_value_as_one() -> None:
    assert VariantSpace(problem({"x": listed(True, 1, 0, False)})).size == 4


def test_more_variants_than_can_be_printed() -> None:
    one = problem({f"x{n}": vectors(1000, steps(0, 1)) for n in range(5)})

    assert found(one)[0][1:3] == ("too-many-variants", "`p` has more than 2**4096 variants")


def test_a_group_too_large_to_enumerate_is_named() -> None:
    one = problem({name: steps(1, 220) for name in "abcd"}, "a + b < c", "a < b")

    assert found(one) == [
        (
            "a + b < c",
            "group-too-large",
            "`a`, `b` and `c` are tied together by `a + b < c` and `a < b`, and have 5,299,800 "
            "combinations; 4,000,000 can be enumerated",
            "narrow their domains, or let fewer parameters meet in a constraint",
        )
    ]


def test_a_chain_of_dependent_domains_can_be_too_large_too() -> None:
    one = problem({"a": steps(1, 3000), "b": steps(1, "a * 10"), "c": steps("b", 9)})

    ((_, code, message, _),) = found(one)
    assert code == "group-too-large"
    assert message.startswith("`a` and `b` are tied together, and have 45,015,000 combinations")


def test_constraints_are_applied_before_a_group_is_found_too_large(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A first constraint may make the group small enough for the parameters that follow."""
    monkeypatch.setattr(tables, "ROWS", 1000)
    monkeypatch.setattr(findings, "ROWS", 1000)
    one = problem({name: steps(1, 30) for name in "abc"}, "a == b", "b == c")

    assert VariantSpace(one).size == 30


def test_the_convolution_of_the_assignment_is_fine() -> None:
    assert VariantSpace(conv()).size == 135
    assert Fraction(VariantSpace(conv("true")).size) == 3 * 5 * 3 * 2 * 4


# --- warnings ------------------------------------------------------------------------------------


def advised(one: Problem, *filters: Filter) -> list[tuple[str, str, str]]:
    """The warnings: text at which they point, code, message."""
    advice = VariantSpace(one, filters).advice
    assert {finding.severity for finding in advice} <= {"warning"}
    return [(f.file.text if f.file else "", f.code, f.message) for f in advice]


def test_a_constraint_that_keeps_nothing_out() -> None:
    assert advised(problem({**TEN}, "a + b > 1", "a < b")) == [
        (
            "a + b > 1",
            "idle-constraint",
            "this constraint keeps nothing out: every combination satisfies it",
        )
    ]


def test_a_constraint_that_others_imply_is_no_idle_one() -> None:
    """It says what its author relies on, and would keep something out alone."""
    assert advised(problem({**TEN}, "a < 5", "a < 7")) == []


def test_a_constraint_that_leaves_hardly_anything() -> None:
    ones: dict[str, Domain] = {name: TEN[name] for name in "ab"}

    assert advised(problem(ones, "a < 9", "a + b == 17")) == [
        (
            "a + b == 17",
            "few-variants",
            "only 2 variants are left: this constraint rejects 78 of 80 combinations (97.5 %)",
        )
    ]


def test_few_variants_of_small_domains_are_no_fault_of_a_constraint() -> None:
    assert advised(problem({"a": steps(1, 4)}, "a > 2")) == []


def test_a_filter_that_leaves_hardly_anything_says_why() -> None:
    sieve = Filter(
        names=frozenset("a"),
        admits=lambda columns: columns["a"] == 3,
        reason="part (b) has one option",
        place=source("part"),
    )

    assert advised(problem({"a": steps(1, 10)}), sieve) == [
        (
            "part",
            "few-variants",
            "only 1 variant is left: part (b) has one option, in 9 of 10 combinations (90.0 %)",
        )
    ]


def test_the_convolution_of_the_assignment_is_not_advised() -> None:
    assert advised(conv()) == []
