"""MathJax, as Moodle loads it, in a browser: every formula of every kind of question is set."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from generator.pipeline.practice import sections
from generator.render.moodle import Export
from tests.commands import ROOT
from tests.render.moodle import formulas, preview, samples
from tests.render.moodle.harness import export
from tests.render.moodle.importer import import_file
from tests.render.moodle.test_words_and_dropdowns import matching, text
from tests.shipped import shipped

MATHJAX = ROOT / "node_modules" / "mathjax" / "es5" / "tex-chtml.js"
BANKS = [
    "assignment4",
    *(f"examples/{name}" for name in ("every-part", "calculus", "linear-algebra")),
    *(f"examples/{name}" for name in ("physics", "probability")),
]
WIDTHS = {"desk": 1100, "phone": 390}

# An unknown macro is an error here; in Moodle it would be shown in red.
SETTING = r"""window.MathJax = {
  startup: {typeset: false}, tex: {packages: {"[-]": ["noundefined"]}}
}"""
WAITING = r"""() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  let found = 0
  while (walker.nextNode())
    if (!walker.currentNode.parentElement.closest(".tex2jax_ignore"))
      found += (walker.currentNode.data.match(/\\[(\[]/g) || []).length
  return found
}"""
CUT = """() => [...document.querySelectorAll("span[style*=overflow]")].filter(span =>
  span.querySelector("mjx-math")?.getBoundingClientRect().width > span.clientWidth + 2
).map(span => span.textContent)"""
SET = """async () => {
  await MathJax.startup.promise
  await MathJax.typesetPromise()
  return [...MathJax.startup.document.math].length
}"""
ERRORS = """() => [...document.querySelectorAll("mjx-merror, merror")]
  .map(error => error.getAttribute("data-mjx-error") || error.textContent)"""


def made() -> Iterator[tuple[str, bytes]]:
    """A question of each type, a variant of each problem of a bank, one with typed formulas."""
    alone = [text("softmax"), matching("plain", "words", "only")]
    more = [samples.section(one.problem, one.problem, one) for one in alone]
    yield "samples", export(*samples.sections(), *more)
    for bank in BANKS:
        whole = shipped(bank)
        found = Export(whole.heading, sections(whole), whole.styles.moodle)
        pieces = found.file(
            (number, 0, found.questions(number, [dealer.document(dealer.draw(0))]))
            for number, dealer in enumerate(whole.dealers)
        )
        yield whole.bank.id, b"".join(pieces)
    yield "stack", formulas.file(*formulas.PROBLEMS[0], 1)


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """What a teacher finds in Moodle, as pages on the disk."""
    if not MATHJAX.is_file():
        pytest.skip("the npm package mathjax is not installed (npm install --no-save mathjax)")
    folder = tmp_path_factory.mktemp("pages")
    for name, data in made():
        (folder / f"{name}.xml").write_bytes(data)
        preview.main(str(folder / f"{name}.xml"), str(folder / f"{name}.html"), str(MATHJAX))
    return {path.stem: path for path in sorted(folder.glob("*.html"))}


@pytest.mark.parametrize("width", WIDTHS)
def test_every_formula_is_typeset_and_nothing_is_wider_than_the_screen(
    browser: Any, pages: dict[str, Path], width: str
) -> None:
    for name, path in pages.items():
        page = browser.new_page(viewport={"width": WIDTHS[width], "height": 900})
        page.set_default_timeout(120_000)
        page.add_init_script(SETTING)
        page.goto(path.as_uri())
        waiting = page.evaluate(WAITING)
        assert waiting > 0, name
        assert page.evaluate(SET) == waiting, name
        assert page.evaluate(ERRORS) == [], name
        assert page.evaluate(WAITING) == 0, name
        page.screenshot(path=path.with_suffix(f".{width}.png"), full_page=True)
        reach = page.evaluate("document.documentElement.scrollWidth")
        assert reach <= WIDTHS[width], name
        assert width == "phone" or page.evaluate(CUT) == [], name
        page.close()


def test_every_type_of_question_is_among_them(pages: dict[str, Path]) -> None:
    found = {
        question.type
        for path in pages.values()
        for question in import_file(path.with_suffix(".xml").read_bytes()).questions
    }
    assert found == {
        *("cloze", "essay", "matching", "multichoice", "numerical", "shortanswer", "truefalse"),
        "stack",
    }
