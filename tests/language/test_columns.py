"""A column of variants gives what each of its variants gives alone."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.diagnostics import InputError
from generator.language.columns import pack
from generator.language.expression import Expression, compile_expression
from generator.model.value import Record
from tests.language import code, source, value

SMALL = st.integers(-3, 3)
LARGE = st.sampled_from([2**62, -(2**63), 10**30])
NUMBERS = st.one_of(SMALL, SMALL, st.fractions(-2, 2, max_denominator=4), LARGE, st.booleans())


def _infix(left: st.SearchStrategy[str], *signs: str) -> st.SearchStrategy[str]:
    return st.tuples(left, st.sampled_from(signs), left).map(lambda p: f"({' '.join(p)})")


def _call(names: str, argument: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    functions = st.sampled_from(names.split())
    return st.tuples(functions, argument).map(lambda p: f"{p[0]}({p[1]})")


def _either(kind: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.tuples(kind, TRUTHS, kind).map(lambda p: f"({p[0]} if {p[1]} else {p[2]})")


QUANTITIES: st.SearchStrategy[str] = st.deferred(
    lambda: st.one_of(
        st.sampled_from(["a", "b", "t", "r.n", "v[0]", "0", "1", "2", "1/2"]),
        _infix(QUANTITIES, "+", "-", "*", "/", "//", "%", "**"),
        _infix(VECTORS, "@"),
        _either(QUANTITIES),
        _call("abs floor round relu sign -", QUANTITIES),
        _call("sum max min len prod", VECTORS),
        st.tuples(VECTORS, QUANTITIES).map(lambda p: f"{p[0]}[{p[1]}]"),
    )
)
TRUTHS: st.SearchStrategy[str] = st.deferred(
    lambda: st.one_of(
        st.sampled_from(["t", "true", 'w == "x"']),
        _infix(QUANTITIES, "==", "!=", "<", "<=", ">", ">="),
        _infix(VECTORS, "==", "!="),
        st.tuples(*[QUANTITIES] * 3).map(lambda p: f"({p[0]} < {p[1]} <= {p[2]})"),
        st.tuples(QUANTITIES, VECTORS).map(lambda p: f"({p[0]} in {p[1]})"),
        _infix(TRUTHS, "and", "or"),
        TRUTHS.map(lambda truth: f"(not {truth})"),
    )
)
VECTORS: st.SearchStrategy[str] = st.deferred(
    lambda: st.one_of(
        st.sampled_from(["v", "v", "[a, b]", "[]"]),
        st.lists(QUANTITIES, max_size=3).map(lambda parts: f"[{', '.join(parts)}]"),
        st.tuples(QUANTITIES, VECTORS).map(lambda p: f"({p[0]} * {p[1]})"),
        _infix(VECTORS, "+"),
        _either(VECTORS),
        _call("sort reverse abs", VECTORS),
    )
)
EXPRESSIONS = st.one_of(QUANTITIES, TRUTHS, VECTORS, st.just("w"), _infix(QUANTITIES, "and", "@"))

ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "a": SMALL,
            "b": NUMBERS,
            "t": st.booleans(),
            "w": st.sampled_from(["x", "y"]),
            "v": st.lists(SMALL, min_size=1, max_size=3).map(tuple),
            "r": NUMBERS.map(lambda n: Record(entries=(("n", n),))),
        }
    ),
    min_size=1,
    max_size=4,
)


@settings(max_examples=80, deadline=None, derandomize=True)
@given(EXPRESSIONS, ROWS)
def test_a_column_agrees_with_its_single_values(text: str, rows: list[dict[str, object]]) -> None:
    """Also in what has no value: a column is refused exactly if one of its rows is."""
    expression = compile_expression(source(text))
    columns = {name: pack([row[name] for row in rows]) for name in rows[0]}
    singles = [_outcome(expression, row) for row in rows]

    together = _outcome(expression, columns)

    if any(isinstance(single, InputError) for single in singles):
        assert isinstance(together, InputError)
    elif isinstance(together, np.ndarray):
        assert [_typed(entry) for entry in together.tolist()] == [_typed(s) for s in singles]
    else:
        assert all(_typed(together) == _typed(single) for single in singles)


def _outcome(expression: Expression, env: Mapping[str, object]) -> object:
    try:
        return expression.evaluate(env)
    except InputError as error:
        return error


def _typed(entry: object) -> object:
    if isinstance(entry, tuple):
        return tuple(map(_typed, entry))
    return (type(entry), entry)


def test_what_is_not_needed_in_a_row_is_not_evaluated_there() -> None:
    a, b = np.array([4, 4, 4]), np.array([0, 1, 8])

    assert value("b != 0 and a / b > 1", a=a, b=b).tolist() == [False, True, False]  # type: ignore[attr-defined]
    assert value("a / b if b > 0 else -1", a=a, b=b).tolist() == [-1, 4, Fraction(1, 2)]  # type: ignore[attr-defined]
    assert value("0 < b < a / b", a=a, b=b).tolist() == [False, True, False]  # type: ignore[attr-defined]


def test_each_condition_narrows_the_rows_that_the_one_before_left() -> None:
    a, b, c = np.array([0, 1, 2, 3, 4]), np.array([5, 0, 3, 4, 1]), np.array([9, 9, 0, 2, 8])

    chained = value("a != 0 and b != 0 and c != 0 and b * c / (a * b * c) < 1/3", a=a, b=b, c=c)
    compared = value("0 < a < 4 < 4 / b + 3 * a", a=a, b=b + 1 - a // 4, c=c)

    assert chained.tolist() == [False, False, False, False, True]  # type: ignore[attr-defined]
    assert compared.tolist() == [False, True, True, True, False]  # type: ignore[attr-defined]


def test_truth_values_count_as_numbers() -> None:
    t, n = np.array([True, False]), np.array([3, 3])

    found = {text: value(text, t=t, n=n) for text in ["t + t", "t * n", "-t", "n - t", "max(t, 0)"]}

    assert {text: column.tolist() for text, column in found.items()} == {  # type: ignore[attr-defined]
        "t + t": [2, 0],
        "t * n": [3, 0],
        "-t": [-1, 0],
        "n - t": [2, 3],
        "max(t, 0)": [1, 0],
    }


def test_vectors_may_come_to_differ_in_length_within_an_expression() -> None:
    t, n = np.array([True, False, True]), np.array([1, 2, 3])

    for text, expected in {
        "sum([n, n, n] if t else [n])": [3, 2, 9],
        "([n, 7] if t else []) == []": [False, True, False],
        "len(range(n)) + sum(range(n))": [1, 3, 6],
        "([n] if t else n) * 2": [(2,), 4, (6,)],
        "(n if t else [n]) * 2": [2, (4,), 6],
    }.items():
        assert value(text, t=t, n=n).tolist() == expected  # type: ignore[attr-defined]


def test_a_division_by_zero_in_any_row_is_refused() -> None:
    assert code(value, "1 / b", b=np.array([1, 0])) == "division-by-zero"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("n * n", [10**36, 4]),
        ("n + n - n", [10**18, -2]),
        ("n**3", [10**54, -8]),
        ("n * 10 // 10", [10**18, -2]),
        ("abs(-n * 9223372036854775807)", [10**18 * (2**63 - 1), 2 * (2**63 - 1)]),
    ],
)
def test_numbers_beyond_64_bits_stay_exact(text: str, expected: list[int]) -> None:
    assert value(text, n=np.array([10**18, -2])).tolist() == expected  # type: ignore[attr-defined]


def test_the_most_negative_number_is_negated_exactly() -> None:
    n = np.array([-(2**63), 1])

    assert value("-n", n=n).tolist() == [2**63, -1]  # type: ignore[attr-defined]
    assert value("abs(n)", n=n).tolist() == [2**63, 1]  # type: ignore[attr-defined]
    assert value("n // -1", n=n).tolist() == [2**63, -1]  # type: ignore[attr-defined]


def test_exact_quotients_are_integers_and_others_fractions() -> None:
    n = np.array([1, 2, 4])

    assert value("4 / n", n=n).dtype == np.int64  # type: ignore[attr-defined]
    assert value("2 / n", n=n).tolist() == [2, 1, Fraction(1, 2)]  # type: ignore[attr-defined]


def test_a_result_that_no_column_decides_is_still_a_column() -> None:
    result = value("true or n > 2", n=np.array([1, 2, 3]))

    assert isinstance(result, np.ndarray)
    assert result.tolist() == [True, True, True]


def test_vectors_of_different_lengths_share_a_column() -> None:
    x = pack([(1, 2), (3,), (4, 5, 6)])

    assert value("sum(x) + len(x)", x=x).tolist() == [5, 4, 18]  # type: ignore[attr-defined]
    assert value("x + 1", x=x).tolist() == [(2, 3), (4,), (5, 6, 7)]  # type: ignore[attr-defined]


def test_vectors_may_come_as_columns_of_their_entries() -> None:
    x = (np.array([1, 2]), np.array([3, 4]))

    assert value("sum(x) * n", x=x, n=np.array([1, 10])).tolist() == [4, 60]  # type: ignore[attr-defined]


def test_no_rows_give_no_values() -> None:
    assert value("1 / n", n=np.array([], dtype=np.int64)).tolist() == []  # type: ignore[attr-defined]
