"""Definitions: values that follow from the parameters."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from generator.diagnostics import InputError
from generator.language.definitions import Definitions, definitions
from generator.model.bank import Definition, Problem
from tests.language import source


def problem(**let: str) -> Problem:
    return Problem(
        id=source("p"),
        title=source("P"),
        parameters=(),
        definitions=tuple(
            Definition(name=source(name), expression=source(text)) for name, text in let.items()
        ),
        constraints=(),
        model=None,
        stem=source(""),
        parts=(),
    )


def test_definitions_follow_from_parameters_and_each_other_in_any_order() -> None:
    found = definitions(problem(width="hidden + 1", hidden="n / 2"), {"n": 3})

    assert found == (("width", Fraction(5, 2)), ("hidden", Fraction(3, 2)))


def test_definitions_of_columns_are_columns() -> None:
    ((_, column),) = definitions(problem(twice="2 * n"), {"n": np.array([1, 2])})

    assert isinstance(column, np.ndarray)
    assert column.tolist() == [2, 4]


def test_only_what_is_wanted_is_evaluated() -> None:
    compiled = Definitions.of(problem(good="n + 1", bad="1 / 0", better="good + 1"))

    assert compiled.extend({"n": 1}, {"better"}) == {"n": 1, "good": 2, "better": 3}


def test_roots_are_the_parameters_that_a_name_comes_down_to() -> None:
    compiled = Definitions.of(problem(c="b + m", b="a * 2", a="n", other="k"))

    assert compiled.roots({"c", "z"}) == {"n", "m", "z"}


def test_a_circle_of_definitions_is_shown() -> None:
    with pytest.raises(InputError) as caught:
        definitions(problem(a="n", b="c + a", c="d", d="b"), {"n": 1})

    (finding,) = caught.value.diagnostics
    assert finding.code == "circular-definition"
    assert finding.message == "this definition needs its own value: `b` -> `c` -> `d` -> `b`"


def test_a_definition_of_itself_is_a_circle() -> None:
    with pytest.raises(InputError) as caught:
        definitions(problem(a="a + 1"), {})

    assert caught.value.diagnostics[0].message == (
        "this definition needs its own value: `a` -> `a`"
    )
