"""A command line that is not understood: what is wrong with it, and what may be meant."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands import gen_quiz


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        (
            "chekc quiz.yaml",
            "gen-quiz: error: `chekc` is neither a command nor a bank; did you mean `check`?",
        ),
        (
            "--seed 1 --onyl html",
            "gen-quiz make: error: there is no `--onyl`; did you mean `--only`?",
        ),
        (
            "--seed 1 --form-count=3",
            "gen-quiz make: error: there is no `--form-count=3`; did you mean `--forms`?",
        ),
        ("key 7KQ4-M2X1 --zzz", "gen-quiz key: error: there is no `--zzz`"),
        (
            "key 7KQ4 M2X1",
            "gen-quiz key: error: `M2X1` is one word too many; quote what has blanks",
        ),
        (
            "--seed abc",
            "gen-quiz make: error: argument --seed: 'abc' is no seed: "
            "it takes a whole number, such as 42",
        ),
        (
            "preview --seed 1.5",
            "gen-quiz preview: error: argument --seed: '1.5' is no seed: "
            "it takes a whole number, such as 42",
        ),
        (
            "--seed 1 --only pdf,key --stack",
            "gen-quiz make: error: --stack does nothing where --only leaves out moodle",
        ),
        (
            "--seed 1 --only moodle --duplex",
            "gen-quiz make: error: --duplex does nothing where --only leaves out pdf and key",
        ),
        (
            "--seed 1 --shuffle",
            "gen-quiz make: error: --shuffle is for the forms of a --roster, and there is none",
        ),
        ("quiz.yaml", "gen-quiz make: error: the following arguments are required: --seed"),
    ],
)
def test_a_command_line_that_is_not_understood(line: str, complaint: str, tmp_path: Path) -> None:
    run = gen_quiz(*line.split(), cwd=tmp_path)
    assert (run.returncode, run.stdout) == (2, "")
    assert run.stderr.splitlines()[-1] == complaint


def test_a_bank_may_be_called_like_a_command(tmp_path: Path) -> None:
    (tmp_path / "checks").write_text("", "utf-8")
    run = gen_quiz("checks", "--seed", "1", cwd=tmp_path)
    assert run.stderr.startswith("checks:1:1: error[empty-bank]: this bank is empty\n")


def test_what_was_made_is_told_without_what_was_not(tmp_path: Path) -> None:
    """Forms are on paper only where sheets are, and one form is no "forms"."""
    bank = tmp_path / "quiz.yaml"
    bank.write_text(
        "title: A quiz\nproblems:\n  - id: sum\n    title: A sum\n"
        "    parameters: {a: {min: 1, max: 40}}\n    stem: Take {{ a }}.\n"
        "    parts: [{ask: What is its double?, numerical: 2 * a}]\n",
        "utf-8",
    )
    told = {
        only: gen_quiz("quiz.yaml", "--seed", "1", "--forms", "1", "--only", only, cwd=tmp_path)
        for only in ("pdf", "moodle", "html")
    }
    assert {only: run.stdout for only, run in told.items()} == {
        "pdf": "out/quiz: 1 form (student sheets)\n  sum: 40 variants, 1 on paper\n",
        "moodle": "out/quiz: Moodle questions\n  sum: 40 variants, 20 for Moodle\n",
        "html": "out/quiz: 1 form (pages for self-study)\n  sum: 40 variants, 1 on pages\n",
    }
