"""docs/expressions.md says what there is: no function undocumented, none that does not exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator.language import limits
from generator.language.functions import CONSTANTS, FUNCTIONS, Function
from generator.language.writers import WRITERS
from tests.language import rendered, value

PAGE = (Path(__file__).parents[2] / "docs" / "expressions.md").read_text("utf-8")


def table(head: str) -> list[tuple[str, str]]:
    """The rows of the table with this head: the code of the first cell, the second cell."""
    body = PAGE.split(f"| {head} |\n|---|---|\n")[1].split("\n\n")[0]
    rows = re.findall(r"^\| `(.*)` \| (.*) \|$", body, re.MULTILINE)
    return [(code.replace(r"\|", "|"), text) for code, text in rows]


@pytest.mark.parametrize(
    ("head", "known"), [("function | gives", FUNCTIONS), ("writer | writes", WRITERS)]
)
def test_the_page_lists_exactly_what_can_be_called(head: str, known: dict[str, Function]) -> None:
    assert table(head) == [(one.usage, one.summary) for one in known.values()]


@pytest.mark.parametrize("name", [*FUNCTIONS, *WRITERS])
def test_a_usage_is_written_with_the_arguments_that_are_taken(name: str) -> None:
    """``round(x[, places])`` takes one or two, ``min(a, b, ...)`` one or more."""
    one = {**FUNCTIONS, **WRITERS}[name]
    assert name in one.usage
    optional = one.usage.count("[") + one.usage.count("...")
    assert bool(optional) == (one.least != one.most) or name == "join"


def test_the_constants_are_named() -> None:
    assert [f"| `{name}` | the only constant |" in PAGE for name in CONSTANTS] == [True]


@pytest.mark.parametrize(
    "text",
    ["0.1 + 0.2 == 0.3", "2**-1 == 1/2", "8**(1/3) == 2", "sqrt(2)**2 == 2", "sqrt(9/4) == 3/2"],
)
def test_what_the_page_says_holds(text: str) -> None:
    assert f"`{text.split(' == ', maxsplit=1)[0]}" in PAGE
    assert value(text) is True


def test_the_page_tells_braces_apart_as_the_program_does() -> None:
    assert r"`\frac{{{ a }}}{{{ b }}}` is `\frac{3}{4}`" in PAGE
    assert rendered(r"\frac{{{ a }}}{{{ b }}}", a=3, b=4) == r"\frac{3}{4}"
    assert "`x_{{{ i + 1 }}}` is `x_{3}`" in PAGE
    assert rendered("x_{{{ i + 1 }}}", i=2) == "x_{3}"


def test_the_page_states_the_bounds() -> None:
    for bound in (limits.EXPRESSION_LENGTH, limits.NODES, limits.DEPTH, limits.ENTRIES):
        assert f"{bound:,}" in PAGE.split("## Bounds")[1]
