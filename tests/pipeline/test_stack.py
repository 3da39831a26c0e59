"""``--stack`` from the command line to the manifest and back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.commands import contents, gen_quiz
from tests.render.moodle.importer import import_file

BANK = """\
title: Slopes
problems:
  - id: slopes
    title: Slopes
    parameters:
      window: {values: [1, 2]}
    model:
      network:
        input: {symbol: x, size: 5}
        layers:
          - conv1d: {name: hidden, weights: v, kernel: 2, activation: tanh, function: s, output: h}
          - max_pool: {window: window, output: p}
          - dense: {weights: w, units: 1, output: z}
        loss: squared
    stem: A network.
    parts:
      - ask: Derive ${{ model.partial.hidden }}$.
        expression: model.gradient.hidden
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Runs of a bank with a formula that STACK can mark in one of two variants."""
    folder = tmp_path_factory.mktemp("stack")
    (folder / "slopes.yaml").write_text(BANK, "utf-8")
    return folder


ASKED = ("slopes.yaml", "--seed", "1", "--only", "moodle", "--forms", "0", "--variants", "2")


def test_formulas_are_typed_the_manifest_says_so_and_it_is_verified(folder: Path) -> None:
    assert gen_quiz(*ASKED, "--stack", "--out", "typed", cwd=folder).returncode == 0
    made = folder / "typed" / "slopes"
    manifest = json.loads((made / "manifest.json").read_text("utf-8"))
    assert manifest["request"]["stack"] is True
    questions = import_file((made / "moodle.xml").read_bytes()).questions
    assert sorted(question.type for question in questions) == ["multichoice", "stack"]
    assert gen_quiz("verify", str(made), cwd=folder).returncode == 0


def test_what_stack_cannot_mark_is_told_with_its_place_and_the_reason(folder: Path) -> None:
    run = gen_quiz(*ASKED, "--stack", "--out", "told", cwd=folder)
    assert run.stderr == (
        "slopes.yaml:17:14: warning[not-in-stack]: STACK cannot mark the formula of part (a) in 1 "
        "of 2 questions: Maxima has no word for the place of the largest entry\n"
        "   |\n"
        "17 |       - ask: Derive ${{ model.partial.hidden }}$.\n"
        "   |              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n"
        "help: it is asked as without --stack: chosen among mistakes, or marked by hand\n"
    )


def test_to_a_program_it_is_told_as_a_finding(folder: Path) -> None:
    run = gen_quiz(*ASKED, "--stack", "--json", "--out", "json", cwd=folder)
    told = [json.loads(line) for line in run.stdout.splitlines()]
    (warning,) = [one for one in told if one["event"] == "warning"]
    assert (warning["code"], warning["line"]) == ("not-in-stack", 17)


def test_without_it_nothing_is_typed_and_nothing_told(folder: Path) -> None:
    run = gen_quiz(*ASKED, "--out", "chosen", cwd=folder)
    assert run.stderr == ""
    found = contents(folder / "chosen" / "slopes")
    assert b'type="stack"' not in found["moodle.xml"]
    assert json.loads(found["manifest.json"])["request"]["stack"] is False
