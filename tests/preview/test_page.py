"""The page in a real browser: what an author sees and does."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.commands import ROOT
from tests.preview.banks import BANK, BROKEN

Look = Callable[..., Any]
VIEWS = ("page", "glance", "student", "key", "moodle", "statistics", "source")


def question(page: Any, text: str) -> str:
    """The question's text, once this is in it."""
    page.wait_for_selector(f"#question:has-text({text!r})")
    return str(page.inner_text("#question"))


def shows(page: Any, index: int) -> None:
    """Wait until this variant is shown, with its key."""
    page.wait_for_selector(f"#answers .values dd:nth-of-type(1):text-is('{index}')")
    assert page.input_value("#index") == str(index)


def view(page: Any, name: str, text: str = "") -> str:
    """A view's text, once it is there and this is in it."""
    page.click(f"#tab-{name}")
    page.wait_for_selector(f"#view-{name}:not([hidden]):not([aria-busy]):has-text({text!r})")
    return str(page.inner_text(f"#view-{name}"))


def test_problems_are_listed_with_their_variants(look: Look, bank: Path) -> None:
    page = look(bank)
    question(page, "Adding up")
    problems = page.locator("[data-problem]")
    problems.last.wait_for()  # what is not laid out yet has its blanks as they stand in the source
    listed = problems.all_inner_texts()
    assert [re.sub(r" · .*", "", text).split("\n") for text in listed] == [
        ["Adding up", "sums", "24 variants"],
        ["Squaring", "squares", "30 variants"],
    ]


def test_buttons_arrows_and_the_field_go_to_a_variant(look: Look, bank: Path) -> None:
    page = look(bank)
    shows(page, 0)
    assert page.is_disabled("#previous")
    page.click("#next")
    shows(page, 1)
    page.locator("body").press("ArrowRight")
    shows(page, 2)
    page.locator("body").press("ArrowLeft")
    shows(page, 1)
    page.fill("#index", "23")
    page.press("#index", "Enter")
    shows(page, 23)
    assert page.is_disabled("#next")
    page.fill("#index", "4")
    page.press("#index", "Enter")
    shows(page, 4)
    page.fill("#index", "1,000")
    page.press("#index", "Enter")
    shows(page, 23)


def test_arrows_in_a_field_stay_in_the_field(look: Look, bank: Path) -> None:
    page = look(bank)
    question(page, "Adding up")
    page.press("#question input[type=text]", "ArrowRight")
    assert page.input_value("#index") == "0"


def test_surprises_are_the_variants_as_they_are_dealt(look: Look, bank: Path) -> None:
    page = look(bank)
    question(page, "Adding up")
    found = set()
    for _ in range(6):
        with page.expect_response(re.compile("variant")):
            page.click("#surprise")
        found.add(page.input_value("#index"))
    assert len(found) == 6


def test_a_reload_shows_the_same_again(look: Look, bank: Path) -> None:
    page = look(bank)
    question(page, "Adding up")
    page.click("[data-problem=squares]")
    page.fill("#index", "5")
    page.press("#index", "Enter")
    view(page, "moodle", "Squaring")
    page.reload()
    page.wait_for_selector("#view-moodle:has-text('Squaring')")
    assert page.input_value("#index") == "5"


def test_twelve_variants_at_a_glance_lead_to_each(look: Look, bank: Path) -> None:
    page = look(bank)
    question(page, "Adding up")
    view(page, "glance", "Draws 1 to 12 of 24")
    tiles = page.locator("#view-glance [data-index]")
    assert tiles.count() == 12
    index = tiles.nth(7).get_attribute("data-index")
    tiles.nth(7).click()
    page.wait_for_selector("#view-page:not([hidden])")
    assert page.input_value("#index") == index
    view(page, "glance")
    page.click("text=Twelve more")
    page.wait_for_selector("#view-glance:has-text('Draws 13 to 24 of 24')")


def test_every_view_shows_its_own(look: Look, bank: Path) -> None:
    page = look(bank)
    question(page, "Adding up")
    page.wait_for_selector("#answers:has-text('This is the product.')")
    for part in ("Key 7", "Derived in two ways", "index", "10"):
        assert part in re.sub(r"\s+", " ", page.inner_text("#answers"))
    moodle = view(page, "moodle", "Gap 1")
    assert "This is the product." in moodle
    assert "Different keys" in view(page, "statistics", "Different keys")
    assert "numerical: a + b" in view(page, "source", "title: Sums")
    for name in ("student", "key"):
        view(page, name, "Open the PDF by itself")
        address = page.get_attribute(f"#view-{name} a", "href")
        answer = page.request.get(page.url.split("#")[0] + address)
        assert answer.body().startswith(b"%PDF")


def test_a_save_is_shown_and_keeps_the_variant_and_what_was_typed(look: Look, bank: Path) -> None:
    page = look(bank)
    question(page, "Adding up")
    page.click("#next")
    shows(page, 1)
    page.fill("#question input[type=text]", "22")
    bank.write_text(BANK.replace("Take $a", "Now take $a"), "utf-8")
    question(page, "Now take")
    shows(page, 1)
    assert page.input_value("#question input[type=text]") == "22"


def test_a_broken_bank_shows_its_findings_and_the_last_version(look: Look, bank: Path) -> None:
    page = look(bank)
    question(page, "Adding up")
    bank.write_text(BROKEN, "utf-8")
    page.wait_for_selector("#findings .error")
    assert "`c`" in page.inner_text("#findings")
    assert "Adding up" in page.inner_text("#question")
    assert page.is_visible("#stale")
    page.click("#findings a[data-line]")
    line = page.locator("#view-source li.found")
    assert "numerical: a + c" in line.inner_text()
    assert line.locator("mark").inner_text() == "c"
    assert page.evaluate("document.activeElement.id") == line.get_attribute("id")
    bank.write_text(BANK, "utf-8")
    page.wait_for_selector("#findings:has-text('Nothing to mend.')")
    assert not page.is_visible("#stale")


@pytest.mark.parametrize("text", [BROKEN, "title: [", "\x00", "", "title: Sums\nproblems: []\n"])
def test_a_bank_that_was_never_right_is_shown_once_it_is(look: Look, bank: Path, text: str) -> None:
    bank.write_text(text, "utf-8")
    page = look(bank)
    page.wait_for_selector("#findings .error")
    bank.write_text(BANK, "utf-8")
    page.wait_for_selector("#findings:has-text('Nothing to mend.')")
    view(page, "page")
    question(page, "Adding up")


def test_a_bank_that_is_gone_for_a_moment_comes_back(look: Look, bank: Path) -> None:
    """Many editors write another file and rename it."""
    page = look(bank)
    question(page, "Adding up")
    bank.unlink()
    page.wait_for_selector("#findings:has-text('cannot be read')")
    other = bank.with_name("new.yaml")
    other.write_text(BANK.replace("Take", "Again take"), "utf-8")
    other.replace(bank)
    question(page, "Again take")


# --- responses ---------------------------------------------------------------------------------


def test_right_answers_are_marked_as_right(look: Look, bank: Path) -> None:
    page = look(bank)
    question(page, "Adding up")
    page.fill("#question input[type=text]", "7")
    page.press("#question input[type=text]", "Enter")
    page.wait_for_selector("#question .mark.right:has-text('2 of 2 points')")
    assert page.inner_text("#outcome") == "(a) right"


def test_a_wrong_answer_is_told_its_mistake(look: Look, bank: Path) -> None:
    page = look(bank)
    question(page, "Adding up")
    page.fill("#question input[type=text]", "10")
    page.click("text=Mark my answers")
    page.wait_for_selector("#question .mark.partly:has-text('1 of 2 points')")
    assert "This is the product." in page.inner_text("#question .mark")
    page.fill("#question input[type=text]", "twelve")
    page.click("text=Mark my answers")
    page.wait_for_selector("#question .mark.unreadable")
    page.click("text=Clear")
    assert page.locator("#question .mark").count() == 0
    page.click("text=Mark my answers")
    page.wait_for_selector("#outcome:has-text('Nothing is filled in.')")


# --- for everyone, and harmless ----------------------------------------------------------------


def axe() -> str:
    """The script of axe-core, which .ci/run installs."""
    path = ROOT / "node_modules" / "axe-core" / "axe.min.js"
    if not path.is_file():
        pytest.skip("the npm package axe-core is not installed (npm install --no-save axe-core)")
    return path.read_text("utf-8")


@pytest.mark.parametrize(("scheme", "width"), [("light", 1440), ("dark", 1440), ("light", 360)])
def test_every_view_is_accessible(look: Look, scheme: str, width: int) -> None:
    script = axe()
    options = {"color_scheme": scheme, "viewport": {"width": width, "height": 900}}
    # The policy of the page lets no other script run; the test's own is let in past it.
    page = look(ROOT / "banks/examples/every-part.yaml", bypass_csp=True, **options)
    page.wait_for_selector("#question .problem")
    page.add_script_tag(content=script)
    listed = page.locator("[data-problem]").all()
    for problem in listed if (scheme, width) == ("light", 1440) else listed[:1]:
        problem.click()
        for name in VIEWS:
            view(page, name)
            page.wait_for_function("!document.querySelector('[aria-busy]')")
            found = page.evaluate("axe.run(document, {iframes: false})")
            problems = [
                (name, one["id"], one["nodes"][0]["html"][:200], one["nodes"][0]["failureSummary"])
                for one in found["violations"]
            ]
            assert problems == []
            wide = page.evaluate("document.documentElement.scrollWidth")
            assert wide <= width, f"{name} is wider than the window"


def test_nothing_comes_from_elsewhere(look: Look, bank: Path) -> None:
    page = look(bank)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.reload()
    question(page, "Adding up")
    for name in VIEWS:
        view(page, name)
    known = (page.url.split("#")[0], "data:", "chrome:", "chrome-extension:")  # its PDF viewer
    assert [url for url in asked if not url.startswith(known)] == []


def test_what_a_bank_says_is_text_and_runs_nothing(look: Look, bank: Path) -> None:
    attack = "<img src=x onerror=alert(1)><script>alert(2)</script>"
    bank.write_text(
        BANK.replace("Adding up", f"'{attack}'").replace("title: Sums", f"title: '{attack}'"),
        "utf-8",
    )
    page = look(bank)
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: dialogs.append(dialog.message))
    question(page, "<img src=x")
    for name in VIEWS:
        view(page, name)
    bank.write_text(BANK.replace("numerical: a + b", f"numerical: a + '{attack}'"), "utf-8")
    page.wait_for_selector("#findings .error")
    assert page.locator("body [onerror], body script").count() == 0
    assert dialogs == []


def test_tabs_are_reached_by_arrows(look: Look, bank: Path) -> None:
    page = look(bank)
    question(page, "Adding up")
    page.focus("#tab-page")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.id") == "tab-glance"
    assert page.get_attribute("#tab-glance", "aria-selected") == "true"
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    assert page.evaluate("document.activeElement.id") == "tab-source"
