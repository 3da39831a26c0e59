"""A user may restyle and reword the export; a slip of the pen is reported, not traced back."""

from __future__ import annotations

import pickle
import shutil
from pathlib import Path

import pytest

from generator.diagnostics import InputError
from generator.render.moodle import load_style, render
from generator.render.moodle.style import FOLDER
from tests.render.moodle import page, samples
from tests.render.moodle.importer import import_file


def test_other_words_are_shown_instead() -> None:
    style = load_style(samples.WORDS.replace("What is the reason?", "Warum, {du} & ich?"))
    pieces = render(samples.HEADING, [samples.section("l", "L", samples.lstm())], style)
    shown = page.shown(import_file(b"".join(pieces)).questions[0].text.html)
    assert shown.count("Warum, {du} & ich?") == 2


def test_another_template_is_filled_in_instead(tmp_path: Path) -> None:
    folder = shutil.copytree(FOLDER, tmp_path / "moodle")
    (folder / "solution.html.j2").write_text("<p>{{ code }}</p>", "utf-8")
    style = load_style(samples.WORDS, folder)
    pieces = render(samples.HEADING, [samples.section("c", "C", samples.cnn())], style)
    solution = import_file(b"".join(pieces)).questions[0].solution
    assert solution.html == "<p>CNN-0731</p>"


@pytest.mark.parametrize(
    ("template", "message"),
    [
        ("<p>{{ colour }}</p>", " cannot be filled in: 'colour' is undefined"),
        ("<p>{{ 1 + code }}</p>", " cannot be filled in: unsupported operand"),
        ("<p>{{ code</p>", " line 1 cannot be filled in: "),
    ],
)
def test_a_broken_template_is_an_input_error(tmp_path: Path, template: str, message: str) -> None:
    folder = shutil.copytree(FOLDER, tmp_path / "moodle")
    (folder / "solution.html.j2").write_text(template, "utf-8")
    style = load_style(samples.WORDS, folder)
    with pytest.raises(InputError) as refused:
        list(render(samples.HEADING, [samples.section("c", "C", samples.cnn())], style))
    (finding,) = refused.value.diagnostics
    assert finding.code == "moodle-template"
    assert finding.message.startswith(f"the template solution.html.j2{message}")


def test_a_missing_word_is_an_input_error() -> None:
    style = load_style(samples.WORDS.replace("  points_one:", "  point_one:"))
    with pytest.raises(InputError) as refused:
        list(render(samples.HEADING, [samples.section("c", "C", samples.cnn())], style))
    (finding,) = refused.value.diagnostics
    assert finding.message == "the words file lacks `moodle: points_one`"


@pytest.mark.parametrize("words", ["sheet: {}", "moodle: no", "", "- a"])
def test_a_words_file_without_a_section_for_moodle_is_an_input_error(words: str) -> None:
    with pytest.raises(InputError) as refused:
        load_style(words)
    (finding,) = refused.value.diagnostics
    assert finding.message == "the words file has no `moodle` section"


def test_a_words_file_that_is_not_yaml_is_an_input_error() -> None:
    with pytest.raises(InputError, match="the words file is not YAML"):
        load_style("moodle: [")


def test_a_style_can_be_handed_to_another_process() -> None:
    style = pickle.loads(pickle.dumps(samples.STYLE))  # noqa: S301 - our own bytes
    section = samples.section("c", "C", samples.cnn())
    pieces = render(samples.HEADING, [section], style)
    assert list(pieces) == list(render(samples.HEADING, [section], samples.STYLE))
