"""Pages for self-study: valid, whole in one file, readable by everyone."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from generator.diagnostics import InputError
from generator.model.document import Math, Paragraph, Text
from generator.model.form import FormSection
from generator.render.html import (
    answer_html,
    load_style,
    question_html,
    render_html,
    stylesheet,
)
from generator.render.html.style import FOLDER
from tests.render.html.reading import Page
from tests.render.html.samples import STYLE, WORDS, cnn, everything, others, page_of


@cache
def made() -> str:
    return render_html(everything(), STYLE).decode("utf-8")


def test_a_page_is_well_formed_and_no_id_stands_twice() -> None:
    assert Page(made()).problems == []


def test_every_reference_leads_somewhere() -> None:
    page = Page(made())
    ids = set(page.values("id"))
    links = [link for link in page.values("href") if not link.startswith("data:")]
    assert {link.removeprefix("#") for link in links} <= ids
    labelled = [one for value in page.values("aria-labelledby") for one in value.split()]
    assert set(labelled) <= ids


def test_a_page_needs_nothing_but_itself_and_runs_no_script() -> None:
    page = Page(made())
    assert {"script", "link", "img", "iframe", "form"} & set(page.tags) == set()
    addresses = re.findall(r'(?:src|href|url)\s*[=(]\s*"?([^")\s]{1,40})', made())
    assert {address[:15] for address in addresses if address[0] != "#"} == {"data:font/woff;"}
    assert [name for _, name, _ in page.attributes if name.startswith("on")] == []


def test_every_answer_is_folded_away() -> None:
    page = Page(made())
    parts = sum(len(document.question.parts) for document in everything().form.documents)
    assert page.values("class").count("answer") == parts
    assert page.values("open") == []


def test_hints_come_one_by_one_before_the_answer() -> None:
    html = str(question_html(others().question, STYLE, answer=others().answer))
    page = Page(html)
    assert page.values("class").count("hint") == 6
    assert re.findall("A hint|Hint [0-9](?=<)", html) == [
        "A hint",
        "Hint 1",
        "Hint 2",
        "Hint 1",
        "Hint 2",
        "Hint 3",
    ]


def test_a_problem_alone_shows_nothing_of_its_answer() -> None:
    html = str(question_html(cnn().question, STYLE))
    assert "520" not in html
    assert "details" not in Page(html).tags


def test_an_answer_stands_alone_too() -> None:
    part = cnn().answer.parts[0]
    page = Page(str(answer_html(part, STYLE, name="x", opened=True)))
    assert page.problems == []
    assert page.values("open") == [""]
    assert "520" in page.text


def test_figures_are_in_the_page_with_their_text() -> None:
    assert "<title>Six inputs" in made()
    assert made().count("<svg") == made().count("<title>") - 1


def test_names_and_titles_are_escaped() -> None:
    assert 'Ada &lt;b&gt;"' in made()
    assert "<b>" not in made()


def test_the_page_says_its_language_and_form() -> None:
    assert made().startswith('<!doctype html>\n<html lang="en">')
    assert "<title>Assignment 4 · Form 3</title>" in made()


def test_sections_stand_above_their_problems_and_no_level_is_left_out() -> None:
    sheet = everything()
    sections = (
        FormSection(title="Part one", start=0),
        FormSection(title="Part two", start=2, instructions=sheet.heading.instructions),
    )
    divided = replace(sheet, form=replace(sheet.form, sections=sections))
    page = Page(render_html(divided, STYLE).decode())
    assert page.problems == []
    levels = [int(tag[1]) for tag in page.tags if re.fullmatch("h[1-6]", tag)]
    assert levels[:4] == [1, 2, 3, 4]
    assert levels.count(2) == 2
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_a_formula_stays_on_the_line_of_what_it_touches() -> None:
    """To a browser it is a box, beside which a line may end."""
    content = (Text(text="see ("), Math(latex="x"), Text(text="), or "), Math(latex="y"))
    question = replace(cnn().question, stem=(Paragraph(content=content),), parts=())
    html = str(question_html(question, STYLE))
    assert "see (\u2060<math><mi>x</mi></math>\u2060), or <math><mi>y</mi></math></p>" in html


def test_a_numbered_formula_has_its_number_beside_it() -> None:
    from generator.model.document import Display  # noqa: PLC0415 - for this test alone

    question = replace(cnn().question, stem=(Display(latex=r"x = 1 \tag{7}"),), parts=())
    html = str(question_html(question, STYLE))
    assert '</math><span class="number">(7)</span></div>' in html


@pytest.mark.parametrize(
    ("latex", "shown"),
    [
        (r"\llap{x}", '<svg role="img" aria-label="x" viewBox="'),
        (r"\undefined{x}", "<code>\\undefined{x}</code>"),
    ],
)
def test_a_formula_that_is_no_mathml_is_drawn_or_shown_as_written(latex: str, shown: str) -> None:
    question = replace(cnn().question, stem=(Paragraph(content=(Math(latex=latex),)),), parts=())
    assert shown in str(question_html(question, STYLE))


def test_what_is_wider_than_a_phone_can_be_reached_by_the_keyboard() -> None:
    wide = Math(latex=" + ".join(f"x_{{{i}}}" for i in range(30)))
    question = replace(cnn().question, stem=(Paragraph(content=(wide,)),), parts=())
    assert '<span class="scroll" tabindex="0"><math>' in str(question_html(question, STYLE))


def test_the_fonts_have_the_letters_of_the_page_and_lay_formulas_out() -> None:
    css = str(stylesheet("<p>Ω</p>", STYLE))
    assert css.count("@font-face") == 3
    assert '"Sheet Math"; font-weight' not in css
    assert stylesheet("<math><mi>x</mi></math>", STYLE).count("@font-face") == 4


def test_the_same_form_is_the_same_bytes() -> None:
    again = load_style(WORDS, "en")
    assert render_html(everything(), again) == made().encode()


def test_a_page_is_light_enough_for_a_phone() -> None:
    assert len(render_html(page_of(cnn()), STYLE)) < 150_000


# --- a user's own templates ---------------------------------------------------------------------


def test_another_template_is_filled_in_instead(tmp_path: Path) -> None:
    folder = shutil.copytree(FOLDER, tmp_path / "html")
    (folder / "answer.html.j2").write_text("<p>ask {{ words.show_answer }}</p>", "utf-8")
    style = load_style(WORDS, "en", folder)
    html = str(question_html(cnn().question, style, answer=cnn().answer))
    assert "<p>ask The answer</p>" in html


def test_a_slip_in_a_template_is_told(tmp_path: Path) -> None:
    folder = shutil.copytree(FOLDER, tmp_path / "html")
    (folder / "page.html.j2").write_text("{{ nobody }}", "utf-8")
    with pytest.raises(InputError) as caught:
        render_html(page_of(cnn()), load_style(WORDS, "en", folder))
    (found,) = caught.value.diagnostics
    assert (found.code, found.message) == (
        "html-template",
        "the template page.html.j2 cannot be filled in: 'nobody' is undefined",
    )


def test_words_without_those_of_pages_are_told() -> None:
    with pytest.raises(InputError) as caught:
        load_style("sheet: {a: b}", "en")
    assert caught.value.diagnostics[0].message == "the words file has no `html` section"
