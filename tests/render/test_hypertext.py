"""Blocks as HTML that is valid, that shows every letter, and that fits a phone."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from generator.render.hypertext import Writer, attribute, clean, words
from tests.render.moodle import nasty, page
from tests.render.moodle.samples import inlines, text

WRITER = Writer(
    math=lambda latex: f"<i>{latex}</i>",
    display=lambda latex: f"<b>{latex}</b>",
    figure=lambda figure: f"[{figure.alt}]",
)
QUICK = settings(max_examples=100, deadline=None, derandomize=True)


def test_every_block_is_valid_html() -> None:
    assert page.problems(WRITER.blocks(nasty.every_block()).replace("<i>\\left", "<i>")) == []


def test_a_lead_begins_the_first_paragraph() -> None:
    assert WRITER.blocks((text("What?"), text("Why?")), "(a)") == "<p>(a) What?</p>\n<p>Why?</p>"


def test_a_lead_stands_alone_before_anything_else() -> None:
    assert WRITER.blocks((), "(a)") == "<p>(a)</p>"
    assert WRITER.blocks(nasty.every_block()[2:3], "(a)").startswith("<p>(a)</p>\n<div")


def test_formulas_and_figures_are_written_as_they_will_be_read() -> None:
    assert WRITER.inlines(inlines("a $x$")) == "a <i>x</i>"
    html = WRITER.blocks(nasty.every_block())
    assert '<figure style="margin: 1em 0">[Six inputs' in html
    assert "<figcaption>The network.</figcaption>" in html


def test_tables_keep_their_alignment() -> None:
    html = WRITER.blocks(nasty.every_block()[5:6])
    assert '<th scope="col" style="text-align: right">weights</th>' in html
    assert '<td style="text-align: right"><i>520</i></td>' in html


@QUICK
@given(st.text())
def test_words_are_shown_letter_by_letter_and_never_taken_for_math(plain: str) -> None:
    html = words(plain + "\\(x\\) \\[y\\] $$z$$ @@PLUGINFILE@@")
    assert page.formulas(html) == []
    assert "$$" not in html
    assert "@@" not in html
    assert page.shown(html).startswith(plain)


def test_an_attribute_cannot_be_left() -> None:
    assert attribute('a"b<c>&\nd') == "a&quot;b&lt;c&gt;&amp; d"


def test_characters_that_no_xml_can_hold_are_replaced() -> None:
    assert clean("a\x00\x1b\ud800\uffff\t\n\U0001f600") == "a\ufffd\ufffd\ufffd\ufffd\t\n\U0001f600"
