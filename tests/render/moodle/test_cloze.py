"""Text in gaps comes back letter by letter, whatever it is."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.model.document import Document, Math, NumericalResponse, Paragraph
from generator.model.solution import NumericalKey
from generator.render.hypertext import clean
from generator.render.moodle.questions.cloze import shield
from tests.render.moodle import cloze, nasty, page, samples
from tests.render.moodle.harness import question

QUICK = settings(max_examples=150, deadline=None, derandomize=True)

nasty_letters = st.text(
    st.one_of(st.sampled_from("\\}{#~%=&;<>()[]$@'\" 1:"), st.characters()), min_size=1, max_size=30
)


def _visible(text: str) -> str:
    """As it is in XML, where a carriage return is a line feed."""
    return clean(text).replace("\r\n", "\n").replace("\r", "\n")


@QUICK
@given(nasty_letters, nasty_letters)
@example("{#1}", "\\")
@example("{1:SA:=x}", "&#126;")
@example("=", "%50%")
@example("a\\}", "\\#")
def test_options_and_feedback_come_back_letter_by_letter(one: str, two: str) -> None:
    """One gap of a choice among two texts, and a number whose mistake is explained by them."""
    if not one.strip() or one == two:
        return
    document = samples.choice((True, False), contents=(samples.text(one), samples.text(two + ".")))
    told = samples.mistake("", (samples.text(one), samples.text(two)), value=3)
    key = NumericalKey(value=Fraction(2), tolerance=Fraction(0))
    number = samples.part("b", "?", NumericalResponse(), key, mistakes=(told,))
    halves = (document.question.parts[0], document.answer.parts[0])
    found = question(samples.document("gaps", 1, (samples.text(one + two),), halves, number))
    first, second = found.gaps[0].answers
    assert page.shown(first.text).strip() == _visible(one).strip()
    assert page.shown(second.text).strip() == _visible(two + ".").strip()
    assert page.shown(found.gaps[1].answers[1].feedback) == _visible(f"{one}\n{two}")
    assert _visible(one + two).strip() in page.shown(found.text.html)


@pytest.mark.parametrize(
    "latex",
    [
        nasty.LATEX,
        r"\frac{1}{2}",
        r"\left\{ x \mid x < 0 \right\}",
        r"\begin{cases} 1 & x<0 \\ 2 & x \ge 0 \end{cases}",
        r"f'(x) \# \& \% \_ \$ ~ y",
        r"\text{if } x > 0 \text{ then } \}",
    ],
)
def test_formulas_in_gaps_reach_mathjax_unchanged(latex: str) -> None:
    shown = Paragraph(content=(Math(latex=latex), *samples.inlines(" or so")))
    document = samples.choice((True, False), contents=(shown, samples.text("other")))
    found = question(_with_second_part(document))
    assert page.formulas(found.gaps[0].answers[0].text) == [latex]


def _with_second_part(document: Document) -> Document:
    key = NumericalKey(value=Fraction(2), tolerance=Fraction(0))
    second = samples.part("b", "?", NumericalResponse(), key)
    halves = (document.question.parts[0], document.answer.parts[0])
    return samples.document("formulas", 1, (), halves, second)


def test_braces_in_the_text_around_are_not_taken_for_gaps() -> None:
    text = "{#1} {12:SA:=x} {:NM:=1} {x} { #2}"
    shielded = shield(text)
    assert shielded == "&#123;#1} &#123;12:SA:=x} &#123;:NM:=1} {x} { #2}"
    assert cloze.extract(shielded) == (shielded, ())
    assert page.shown(shielded) == text


def test_the_model_reads_a_gap_as_moodle_documents_it() -> None:
    text = "a {2:NUMERICAL:=23.8:0.1#good~%50%23.8:2#fair} b {:MC:x~=y\\}#no \\#1}"
    shown, (number, choice) = cloze.extract(text)
    assert shown == "a {#1} b {#2}"
    assert number.weight == 2
    assert number.answers == (
        cloze.Answer("23.8", 1.0, "good", 0.1),
        cloze.Answer("23.8", 0.5, "fair", 2.0),
    )
    assert choice.weight == 1
    assert choice.answers == (cloze.Answer("x", 0.0, ""), cloze.Answer("y}", 1.0, "no #1"))
