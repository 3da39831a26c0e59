"""Plain lines and displays are read without the parser: nothing else may come of it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.document import markup
from generator.document.plain import plain_blocks
from generator.model.document import Display, Math, Paragraph, Text

PIECES = st.sampled_from(
    [
        *("$", "$", "$", "$$", "x", "12", "²", "a b", " ", "  ", "=", ".", ",", "(", ")", "{", "}"),
        *("\\", "\\frac{1}{2}", "\\$", "*", "_", "^", "`", "~~~", "&", "&amp;", "!", "[", "]", "|"),
        *("-", "+", "1. ", "2) ", "#", ">", "<b>", "\n", "\n\n", "\n$$\n", "$$\n", "\n$$\n\n"),
        *("$$\na", "b\n$$", "\r", "\t", "\0", "\u00a0", "\u2028", "é"),
    ]
)


@settings(max_examples=500, deadline=None, derandomize=True)
@given(st.lists(PIECES, max_size=12).map("".join))
def test_plain_blocks_are_what_the_parser_would_give(text: str) -> None:
    assert plain_blocks(text) in (None, markup._bones(text))


def test_words_and_formulas_are_a_plain_line() -> None:
    content = (
        Math(latex=r"20 \times a_1"),
        Text(text=" and 5 more, so "),
        Math(latex="n!"),
        Text(text="."),
    )
    assert plain_blocks(r"$20 \times a_1$ and 5 more, so $n!$.") == (Paragraph(content=content),)


def test_a_display_stands_between_plain_lines() -> None:
    assert plain_blocks("Insert:\n\n$$\n a &= 1, \\\\\n b &= 2\n$$\n\nDone.\n") == (
        Paragraph(content=(Text(text="Insert:"),)),
        Display(latex="a &= 1, \\\\\n b &= 2"),
        Paragraph(content=(Text(text="Done."),)),
    )


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            " a",
            "a\nb",
            "$$a$$",
            r"\$5",
            "$a",
            "a *b*",
            "- a",
            "1. a",
            "~~~",
            "&amp;",
            "![a](b)",
        ),
        *("from 5$ to 6$", "$5 and $6", "$x$5", "a 5$x$ b"),
    ],
)
def test_what_may_be_anything_else_is_left_to_the_parser(text: str) -> None:
    assert plain_blocks(text) is None
