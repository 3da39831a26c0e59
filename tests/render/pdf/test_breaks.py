"""What of a problem stays on one page: strips that cost much to begin a page with."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from generator.model.document import Blocks, NumericalResponse, Question, RubricNote
from generator.render.pdf import render_key
from generator.render.pdf.question import Numbered, problem
from generator.render.pdf.strips import FREE, NEVER, PARAGRAPH, TOGETHER, WITHIN, Node
from generator.render.pdf.style import Setting
from tests.render.pdf.reading import text
from tests.render.pdf.samples import blocks, convolution, key_sheet, line, part, style

STYLE = style()
SETTING = Setting.of(STYLE, "en")
LONG = "A stem that takes so many lines that it may go on where a page begins. " * 12


def cuts(stem: Blocks) -> list[int]:
    """What beginning a page costs before each strip of a problem, its parts without answers."""
    ask = part("a", "How many?", 1, NumericalResponse())
    question = Question(title="A problem", stem=stem, parts=(ask, replace(ask, label="b")))
    strips = problem(
        Numbered(number=1, question=question), SETTING, Node("Document", None), lambda *_: ()
    )
    return [strip.cut for strip in strips]


def test_a_short_stem_is_not_torn() -> None:
    heading, *stem, first, second = cuts(blocks("The activation is", "$$a = 1$$", "Now say."))
    assert (heading, stem) == (FREE, [NEVER, TOGETHER, TOGETHER])
    assert (first, second) == (WITHIN, FREE)


def test_what_leads_to_the_parts_stays_with_them() -> None:
    *_, lead, first, _ = cuts(blocks(LONG, "Decide which of these hold."))
    assert first == WITHIN > lead == PARAGRAPH


def test_what_goes_on_with_a_display_stays_with_it() -> None:
    """The page ends before the first part rather than before "where"."""
    *_, display, where, first, _ = cuts(blocks(LONG, "It is", "$$z = a$$", "where $a$ is known."))
    assert (display, where, first) == (TOGETHER, WITHIN, PARAGRAPH)
    *_, display, new, first, _ = cuts(blocks(LONG, "It is", "$$z = a.$$", "Let $a$ be known."))
    assert (display, new, first) == (TOGETHER, PARAGRAPH, WITHIN)


def test_wherever_a_page_ends_a_key_has_company_and_a_rubric_is_whole() -> None:
    """Keys of problems whose stems take 12 to 40 lines."""
    rubric = tuple(RubricNote(points=Fraction(1, 4), text=line(f"Rubric {n}.")) for n in range(4))
    sheets = []
    for count in range(12, 41):
        sheet, document = key_sheet(), convolution()
        answers = tuple(replace(one, rubric=rubric) for one in document.answer.parts)
        longer = replace(document.question, stem=blocks(*["A line of the stem."] * count))
        answered = replace(document.answer, parts=answers)
        documents = (replace(document, question=longer, answer=answered),)
        sheets.append(replace(sheet, form=replace(sheet.form, documents=documents)))
    pages = text(render_key(sheets, STYLE)).split("\f")
    assert len(pages) > 2 * len(sheets)
    for page in pages:
        assert page.count("Rubric 0.") == page.count("Rubric 3.")
        told = [said for said in page.splitlines() if not said.startswith(("Page", "Assignment"))]
        assert not [said for said in told[-2:] if said.startswith("Key ")]
