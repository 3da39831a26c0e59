"""Whatever is typed: a mark, the same one each time, and never for long."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.marking import Mark, mark
from generator.model.solution import (
    ChoiceKey,
    Key,
    MatchingKey,
    Option,
    OrderingKey,
    TextKey,
    TrueFalseKey,
)
from tests.marking.parts import QUESTION, answer, gradient, marked, number

PIECES = (
    *("-", "+", "*", "/", "^", "_", "(", ")", "{", "}", "[", "]", "|", "=", "<", ",", ".", ".."),
    *("2", "10", "0", "1.5", "1e300", "99", "h", "h_i", "w_i", "x_{i+j-1}", "y", "z", "R", "v"),
    *("s(", "s'(", "a_i", "sum_i ", "sum(i=1..4,", r"\sum_{i=1}^{4}", "i=1..1000000", "max("),
    *(r"\frac", r"\sqrt", "sqrt", "exp(", "e^", "ln ", r"\left(", r"\right)", "σ", "·", "²", "₁"),
    *("i", "j", "k", r"\mathbf{1}\{", " ", "'", "$", "\\", r"\operatorname{", "%", "!", "½", "\0"),
)
TYPED = st.one_of(st.text(max_size=60), st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
OPTIONS = tuple(Option(text=str(n), right=n == 0) for n in range(3))
KEYS: tuple[Key, ...] = (
    number(520, unit="m"),
    number("0.5", "0.01"),
    TrueFalseKey(value=True, explain=True),
    ChoiceKey(options=OPTIONS),
    ChoiceKey(options=OPTIONS, multiple=True),
    MatchingKey(lefts=("a", "b"), rights=("x", "y"), matches=(1, 0)),
    OrderingKey(items=("x", "y"), places=(1, 0)),
    TextKey(answers=("a*b",)),
)


@settings(max_examples=80, deadline=None, derandomize=True)
@given(TYPED)
def test_any_formula_has_a_mark(response: str) -> None:
    found = mark(QUESTION, gradient(), response)
    assert isinstance(found, Mark)
    assert found.message


@settings(max_examples=80, deadline=None, derandomize=True)
@given(TYPED, st.sampled_from(KEYS))
def test_any_other_response_has_one_too(response: str, key: Key) -> None:
    found = marked(key, response)
    assert found.message
    assert found == marked(key, response)


BOMBS = (
    "(" * 1990,
    "-" * 1990 + "y",
    "h" * 2000,
    "y^" * 990 + "y",
    "9^9^9^9^9",
    "1e300^100",
    "exp(exp(exp(100)))",
    "sum(i=1..1000,sum(j=1..1000,sum(k=1..1000,y)))",
    "sum(i=1..200," * 30 + "y" + ")" * 30,
    "prod(i=1..100000,1.000001)",
    "(((y+z)^100+1)^100+1)^100",
    "*".join(["(y+z+R+1)"] * 60),
    "+".join(["exp(y)"] * 280),
    "s'(" * 35 + "y" + ")" * 35,
    "|" * 2000,
    "x_{" * 300 + "1",
    r"\frac" * 400,
    "exp " * 400 + "y",
)


@pytest.mark.parametrize("bomb", BOMBS, ids=lambda bomb: bomb[:20])
def test_a_bomb_is_refused_or_found_wrong(bomb: str) -> None:
    """After a bounded number of steps: no test here would end otherwise."""
    assert mark(QUESTION, gradient(), bomb).verdict in ("unreadable", "wrong")
    assert mark(QUESTION, answer(number(520)), bomb).verdict == "unreadable"
