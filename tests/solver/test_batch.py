"""Variants that are solved together get what each of them gets alone, errors included."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from generator.diagnostics import InputError, show
from generator.language import operators
from generator.language.expression import compile_expression
from generator.model.solution import Solution
from generator.model.variant import Variant
from generator.solver.engine import Solver
from generator.solver.second import agree, agreement, columns, evaluate
from generator.variants.space import VariantSpace
from tests.shipped import shipped
from tests.solver.problems import problem
from tests.solver.test_conv_shared import told
from tests.solver.trees import source

KINDS = """
- id: p
  title: T
  parameters:
    n: {min: -3, max: 3}
    q: {values: [1/2, 2, -3/4]}
    v: {values: [[1, 2], [3, -4, 5]]}
    word: {values: [same, 50%]}
    some: {values: [{size: 2, name: two}, {size: 3, name: three}]}
    odd: {values: [true, false]}
  let:
    long: "n * q + sum(v)"
    wide: some.size + 5
  model: {conv: {input: [1, wide, wide], filters: 4, kernel: 3}}
  stem: S
  parts:
    - ask: A
      numerical: long + 10**12 * n / 7
      tolerance: 0.01
      mistakes:
        - {result: 1 / n, when: n != 0, because: No.}
        - {result: long - 1, when: odd, because: No.}
        - {result: n * model.output_width + 50, because: No.}
    - ask: B
      numerical: n**2 + wide * long
      decimals: 2
      mistakes: [{result: q, because: No.}, {result: n**2, because: No.}]
    - ask: C
      true_false: n > q or not odd
      mistakes: [{reason: R, because: No., when: n > 1}]
    - ask: D
      choice: {answer: v * n}
      mistakes: [{result: v, because: No.}, {result: v + 1, because: No.}]
    - ask: E
      choice:
        options:
          - {text: small, right: n < 0}
          - {text: none, right: n == 0}
          - {text: large, right: n > 0, because: Look.}
    - {ask: F, numerical: sqrt(n + 5), decimals: 3}
    - {ask: G, numerical: 2 * model.parameters + n}
    - {ask: H, numerical: 3 * some.size}
"""


def variants(text: str) -> tuple[Solver, list[Variant]]:
    """A solver for the problem, and all its variants."""
    one = problem(text)
    solver = Solver(one)
    space = VariantSpace(one, solver.filters)
    found = [
        Variant(problem="p", index=index, code="AAAA", values=space.values(index))
        for index in range(space.size)
    ]
    return solver, found


def alone(solver: Solver, some: Sequence[Variant]) -> list[Solution]:
    return [solver.solve(variant) for variant in some]


def told_exactly(solution: Solution) -> str:
    """All that is said of a variant, in which 1 and true differ."""
    return repr(told(solution))


def test_together_as_alone_whatever_kinds_of_values_there_are() -> None:
    solver, found = variants(KINDS)
    some = found[::7]

    together = [told_exactly(one) for one in solver.solve_all(some)]

    assert len(some) > 30
    assert together == [told_exactly(one) for one in alone(solver, some)]


@pytest.mark.parametrize("bank", ["calculus", "linear-algebra", "physics", "probability"])
def test_together_as_alone_in_the_examples(bank: str) -> None:
    for dealer in shipped(f"examples/{bank}").dealers:
        drawn = [variant for _, variant in dealer.practice(0, 5)]

        together = [one.parts for one in dealer.solver.solve_all(drawn)]

        assert together == [one.parts for one in alone(dealer.solver, drawn)]


def test_nothing_to_solve_gives_nothing() -> None:
    solver, _ = variants(KINDS)

    assert [*solver.solve_all([])] == []


DIVIDED = """
- id: p
  title: T
  parameters:
    n: {min: 0, max: 4}
    m: {min: 1, max: 2}
  let: {share: LET}
  stem: S
  parts:
    - {ask: A, numerical: n + m + share}
    - {ask: B, numerical: "PART", mistakes: [{result: "WRONG", because: No.}]}
"""


@pytest.mark.parametrize(
    ("let", "part", "wrong"),
    [
        ("12 / (n - 2)", "n", "n + 1"),
        ("m", "12 / (n - 2)", "n + 1"),
        ("m", "n", "12 / (n - 2)"),
        ("m", "m if n == 2 and m > n else n", "[1, 2] if n == 3 else 9"),
        ("m", "12 / (n + 3)", "n"),
    ],
)
def test_the_first_variant_that_fails_says_what_it_says_alone(
    let: str, part: str, wrong: str
) -> None:
    text = DIVIDED.replace("LET", let).replace("PART", part).replace("WRONG", wrong)
    solver, found = variants(text)

    assert told_until_it_fails(solver.solve_all(found)) == told_until_it_fails(
        solver.solve(variant) for variant in found
    )
    assert told_until_it_fails(solver.solve_all(found))[-1].startswith("bank.yaml")


def told_until_it_fails(solutions: Iterable[Solution]) -> list[str]:
    """What is said of the solutions, and of what ends them."""
    said = []
    try:
        for solution in solutions:
            said.append(repr(solution.parts))
    except InputError as error:
        said += map(show, error.diagnostics)
    return said


def test_a_mistake_counts_only_where_it_can_be_made() -> None:
    solver, found = variants(
        DIVIDED.replace("LET", "m")
        .replace("PART", "n")
        .replace('"WRONG"', "12 / (n - 2), when: n != 2")
    )

    said = [one.parts[1].mistakes for one in solver.solve_all(found)]

    values = [[mistake.value for mistake in mistakes] for mistakes in said]
    assert values[::2] == [[-6], [-12], [], [12], [6]]


# --- the second arithmetic --------------------------------------------------------------------

SUM = """
- id: p
  title: T
  parameters: {a: {min: 1, max: 9}, b: {min: 1, max: 9}}
  stem: S
  parts: [{ask: A, numerical: a + b}]
"""


def test_a_fault_in_the_first_arithmetic_is_found_in_columns_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    solver, found = variants(SUM)
    right = operators.BINARY["+"]
    monkeypatch.setitem(operators.BINARY, "+", lambda a, b: right(a, right(b, 1)))

    said = told_until_it_fails(solver.solve_all(found))

    assert "`a + b` is not proved: exact arithmetic gives 3, but a second arithmetic" in said[0]
    assert said == told_until_it_fails(map(solver.solve, found))


def test_a_fault_in_the_columns_of_the_second_arithmetic_costs_time_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What columns do not confirm is asked of each variant by itself."""
    solver, found = variants(SUM)
    expected = told_until_it_fails(map(solver.solve, found))
    monkeypatch.setattr(columns, "_add", columns._multiply)

    assert told_until_it_fails(solver.solve_all(found)) == expected


TEXTS = """
a + b | a - b | a * b | a / b | a // b | a % b | a**3 | (a + b)**-2 | -a | +b | 2**10 | 1/3 + a
a < b | a <= b | a > b | a >= b | a == b | a != b | 0 < a <= 3 | not a < b | a < b and b < 2
a > b or t | t | true and t | a**(6/2) | (a/b - b/a) * (a*a - b//3) % 5
"""
NUMBERS = st.one_of(
    st.integers(-9, 9), st.integers(2**62, 2**70), st.fractions(-3, 3, max_denominator=9)
)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(
    st.sampled_from([text.strip() for text in TEXTS.replace("\n", "|").split("|") if text.strip()]),
    st.lists(st.tuples(NUMBERS, NUMBERS.filter(bool), st.booleans()), min_size=1, max_size=4),
)
def test_columns_of_pairs_confirm_what_single_pairs_do_and_nothing_else(
    text: str, some: list[tuple[int | Fraction, int | Fraction, bool]]
) -> None:
    tree = compile_expression(source(text)).tree
    names = {
        name: list(values) for name, values in zip("abt", zip(*some, strict=True), strict=True)
    }
    rows = [dict(zip("abt", row, strict=True)) for row in some]
    found = [compile_expression(source(text)).evaluate(row) for row in rows if row["a"]]
    if len(found) < len(rows):  # 1 / 0 in some rows
        return
    wrong = [not value if isinstance(value, bool) else value + 1 for value in found]  # type: ignore[operator]

    assert all(agree(value, evaluate(tree, row)) for value, row in zip(found, rows, strict=True))
    assert agreement(tree, names, found) == [True] * len(rows)
    assert agreement(tree, names, wrong) == [False] * len(rows)
    assert agreement(tree, names, [found[0], *wrong[1:]]) == [True] + [False] * (len(rows) - 1)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("1 / n", [1, 0]),
        ("n % (n - 1)", [3, 1]),
        ("n**m", [2, 2]),
        ("n**(1/2)", [4, 9]),
        ("2**100000", [1, 1]),
        ("sqrt(n)", [4, 9]),
        ("pi", [4, 9]),
        ("n + 1", ["one", "two"]),
        ("n + 1", [True, 2]),
        ("n + 1", [True, False]),
        ("n", [(1, 2), (3, 4)]),
        ("n and true", [1, 2]),
        ("n @ n", [1, 2]),
        ("n in [n, 1]", [1, 2]),
    ],
)
def test_of_anything_else_nothing_is_said(text: str, values: list[object]) -> None:
    tree = compile_expression(source(text)).tree

    assert agreement(tree, {"n": values, "m": [1, 2]}, [1, 1]) is None
    assert agreement(tree, {"n": values, "m": [1, 2]}, [True, True]) is None
