"""Texts that differ in their numbers alone are parsed once: nothing else may come of it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.document import markup
from generator.document.markup import blocks
from generator.document.skeleton import (
    depends_on_numbers,
    with_figures,
    with_numbers,
    without_numbers,
)
from generator.model.document import Blocks, FigureBlock
from generator.model.figure import Figure

PIECES = st.sampled_from(
    [
        *("1", "12", "007", "-3", "0.25", "1,000", "x_1", "x_{12}", "3.", "4)", "5. ", "&#65;"),
        *("$", "$$", "*", "**", "`", "```", "_", "|", "\n", "\n\n", "- ", " ", "a", "b c", "\\"),
        *(
            "|-|-|",
            "(",
            ")",
            "[",
            "]",
            "!",
            "{",
            "}",
            "^",
            "&frac12;",
            "\n1. ",
            "\n| 1 | 2 |\n",
            "![](figure:net1)",
        ),
    ]
)


FIGURES = {"net1": Figure(width=1, height=1, shapes=(), alt="Net 1")}


def parsed(text: str) -> Blocks:
    """The blocks of a text that is parsed with its numbers."""

    def figure(name: str) -> FigureBlock:
        return FigureBlock(figure=FIGURES[name])

    return with_figures(markup._bones(text), figure)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.lists(PIECES, max_size=14).map("".join), st.integers(0, 10**6))
def test_a_text_with_other_numbers_is_parsed_as_if_it_were_the_first(text: str, other: int) -> None:
    for variant in (text, text.replace("12", str(other))):
        assert blocks(variant, FIGURES) == parsed(variant)


def test_a_second_text_with_other_numbers_is_not_parsed_again() -> None:
    blocks("The sum of $1 + 2$ is *3*, and so on.")
    before = markup._shared_bones.cache_info()
    blocks("The sum of $40 + 2$ is *42*, and so on.")
    after = markup._shared_bones.cache_info()
    assert (after.hits - before.hits, after.misses - before.misses) == (1, 0)


@pytest.mark.parametrize("text", ["3. apples", "&#65; 1", "(2) pears", "a\n\n- 7) b"])
def test_where_markup_looks_at_numbers_each_text_is_parsed(text: str) -> None:
    skeleton, _ = without_numbers(text)
    assert depends_on_numbers(text)
    assert depends_on_numbers(skeleton)
    assert markup._shared_bones(skeleton) is None


def test_a_skeleton_has_a_stand_in_for_each_number() -> None:
    assert without_numbers("From 12 to 0.5") == ("From 0 to 0.0", ["12", "0", "5"])
    assert without_numbers("no number") == ("no number", [])


def test_numbers_that_do_not_fit_are_refused() -> None:
    bones = markup._bones("0 and 0")
    assert with_numbers(bones, ("1",), no_figure) is None
    assert with_numbers(bones, ("1", "2", "3"), no_figure) is None
    assert with_numbers(bones, ("1", "2"), no_figure) == blocks("1 and 2")


def no_figure(name: str) -> FigureBlock:
    raise LookupError(name)
