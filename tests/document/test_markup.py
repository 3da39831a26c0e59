"""Markup becomes blocks: what banks may write, and what stays as it was typed."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.document.markup import UnknownFigure, blocks, inlines, plain
from generator.model.document import (
    Code,
    CodeBlock,
    Display,
    Emphasis,
    FigureBlock,
    LineBreak,
    List,
    Math,
    Paragraph,
    Strong,
    Table,
    Text,
)
from generator.model.figure import Circle, Figure

NETWORK = Figure(width=10, height=10, shapes=(Circle(x=5, y=5, radius=4),), alt="A unit.")


def words(text: str) -> Paragraph:
    return Paragraph(content=(Text(text=text),))


def test_math_keeps_its_latex_to_the_letter() -> None:
    assert blocks(r"A $28 \times 28$ image, $a_1 * b_1 * c$, $\{x\}$.") == (
        Paragraph(
            content=(
                Text(text="A "),
                Math(latex=r"28 \times 28"),
                Text(text=" image, "),
                Math(latex="a_1 * b_1 * c"),
                Text(text=", "),
                Math(latex=r"\{x\}"),
                Text(text="."),
            )
        ),
    )


def test_prices_are_not_math() -> None:
    assert blocks("It costs $5 and $6.") == (words("It costs $5 and $6."),)


@pytest.mark.parametrize("end", ["5", "5.\n\nSo *be* it.", "*5*5"])
def test_a_formula_may_begin_a_text_that_ends_with_a_number(end: str) -> None:
    (first, *_) = blocks(f"$n$ is {end}")
    assert isinstance(first, Paragraph)
    assert first.content[0] == Math(latex="n")


def test_a_display_within_a_paragraph_becomes_a_block_of_its_own() -> None:
    assert blocks("Then $$a = b$$ holds.") == (
        words("Then"),
        Display(latex="a = b"),
        words("holds."),
    )


def test_a_display_may_have_several_lines() -> None:
    text = "$$\n\\begin{aligned}\na &= b \\\\\nc &= d\n\\end{aligned}\n$$"
    assert blocks(text) == (Display(latex="\\begin{aligned}\na &= b \\\\\nc &= d\n\\end{aligned}"),)


def test_emphasis_code_and_line_breaks() -> None:
    assert inlines("*a* **b** `c`\\\nd") == (
        Emphasis(content=(Text(text="a"),)),
        Text(text=" "),
        Strong(content=(Text(text="b"),)),
        Text(text=" "),
        Code(text="c"),
        LineBreak(),
        Text(text="d"),
    )


def test_lists_keep_their_numbers_and_nest() -> None:
    assert blocks("3. one\n4. two\n   - $x$") == (
        List(
            items=(
                (words("one"),),
                (
                    words("two"),
                    List(items=((Paragraph(content=(Math(latex="x"),)),),)),
                ),
            ),
            start=3,
        ),
    )


def test_tables_know_their_alignment() -> None:
    (table,) = blocks("| gate | $n$ |\n|:--|--:|\n| i | 1 |")
    assert table == Table(
        header=((Text(text="gate"),), (Math(latex="n"),)),
        rows=(((Text(text="i"),), (Text(text="1"),)),),
        alignment=("left", "right"),
    )


def test_fenced_code_is_kept_as_typed() -> None:
    assert blocks("```python\nx = 1\n  y\n```") == (
        CodeBlock(text="x = 1\n  y", language="python"),
    )


@pytest.mark.parametrize(
    "text",
    ["<b>bold</b> <script>", "[a link](https://example.org)", "# 1 of 3", "![x](picture.png)"],
)
def test_what_paper_cannot_do_stays_as_it_was_typed(text: str) -> None:
    assert blocks(text) == (words(text),)


def test_a_figure_is_placed_by_its_name() -> None:
    (before, figure, after) = blocks("See ![](figure:network) here.", {"network": NETWORK})
    assert (before, after) == (words("See"), words("here."))
    assert figure == FigureBlock(figure=NETWORK)


def test_a_figure_that_is_not_drawn_is_an_error_that_names_those_that_are() -> None:
    with pytest.raises(UnknownFigure) as error:
        blocks("![](figure:netwrok)", {"network": NETWORK})
    assert (error.value.name, error.value.known) == ("netwrok", ("network",))


def test_plain_words_of_a_line() -> None:
    assert plain(inlines("*The* `key` is $x^2$.")) == "The key is x^2."


@given(st.text(alphabet=st.sampled_from("ab $*_`\\|-#1.\n![]()<>&{}")))
@settings(max_examples=300, deadline=None, derandomize=True)
def test_any_text_becomes_blocks(text: str) -> None:
    """Nothing that can be typed makes the parser fail."""
    assert isinstance(blocks(text), tuple)
