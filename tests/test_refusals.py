"""What goes wrong is said, with its cure, and leaves the disk as it was."""

from __future__ import annotations

import resource
import subprocess
import sys
from pathlib import Path

import pytest

from tests.commands import ASSIGNMENT, contents, gen_quiz

BANK = """\
title: A small quiz
problems:
  - id: sum
    title: A sum
    parameters:
      a: {values: [1, 2, 3]}
      b: {values: [4, 5]}
    stem: Let $a = {{ a }}$ and $b = {{ b }}$.
    parts:
      - ask: What is $a + b$?
        points: 1
        numerical: a + b
"""


@pytest.fixture
def bank(tmp_path: Path) -> Path:
    path = tmp_path / "sums.yaml"
    path.write_text(BANK, "utf-8")
    return path


def refusal(path: Path, *arguments: str) -> str:
    """What gen-quiz complains of; nothing may be written then."""
    run = gen_quiz(path.name, "--seed", "1", *arguments, cwd=path.parent)
    assert (run.returncode, run.stdout) == (1, "")
    assert "Traceback" not in run.stderr
    assert not list(path.parent.glob("out/*"))
    return run.stderr


def test_a_small_bank_is_made(bank: Path) -> None:
    run = gen_quiz(bank.name, "--seed", "1", "--forms", "2", "--variants", "4", cwd=bank.parent)
    assert (run.returncode, run.stderr) == (0, "")


def test_an_unknown_name_is_shown_with_its_cure(bank: Path) -> None:
    bank.write_text(
        BANK.replace("{{ b }}", "{{ bb }}")
        .replace("b: {values", "bbb: {values")
        .replace("a + b\n", "a + bbb\n")
    )
    message = refusal(bank)
    assert "sums.yaml:8:41: error[unknown-name]:" in message
    assert "help: did you mean `bbb`?" in message


def test_constraints_that_leave_nothing_are_named(bank: Path) -> None:
    bank.write_text(BANK.replace("    stem:", "    constraints: [a > b]\n    stem:"))
    assert "sums.yaml:8:19: error[" in refusal(bank)


def test_more_forms_than_variants_says_how_many_there_are(bank: Path) -> None:
    assert refusal(bank, "--forms", "7") == (
        "sums.yaml:3:9: error[too-few-variants]: problem `sum` has 6 variants, "
        "but 7 forms are asked for\n"
        "  |\n"
        "3 |   - id: sum\n"
        "  |         ^^^\n"
        "help: widen its domains or loosen its constraints, or ask for --forms 6 at most\n"
    )


def test_practice_that_shows_the_exam_is_a_warning(bank: Path) -> None:
    run = gen_quiz(bank.name, "--seed", "1", "--forms", "4", "--variants", "4", cwd=bank.parent)
    assert run.returncode == 0
    assert run.stderr.startswith(
        "sums.yaml:3:9: warning[practice-shows-exam]: problem `sum` has 6 variants: "
        "2 variants will be both on paper and in Moodle\n"
    )


def test_a_missing_bank_names_those_that_are_there(bank: Path) -> None:
    run = gen_quiz("sum.yaml", "--seed", "1", cwd=bank.parent)
    assert (run.returncode, run.stderr) == (
        1,
        "error[unreadable-bank]: sum.yaml cannot be read: No such file or directory\n"
        "help: did you mean `sums.yaml`?\n",
    )


def test_a_bank_that_is_not_text_is_refused(bank: Path) -> None:
    bank.write_bytes(b"title: ok\nx: \xff\n")
    assert "sums.yaml:2:4: error[encoding]: this file is not UTF-8: " in refusal(bank)


def test_a_command_that_is_not_understood_ends_with_2(tmp_path: Path) -> None:
    for arguments in ([], ["--seed", "x"], ["--seed", "1", "--only", "paper"], ["key"]):
        assert gen_quiz(*arguments, cwd=tmp_path).returncode == 2


def test_an_unwritable_folder_is_a_finding(bank: Path) -> None:
    (bank.parent / "out").write_text("a file, not a folder")
    run = gen_quiz(bank.name, "--seed", "1", "--forms", "1", cwd=bank.parent)
    assert run.returncode == 1
    assert run.stderr.startswith("error[cannot-write]: out/sums cannot be written: ")


def test_a_disk_that_fills_up_leaves_the_old_output(bank: Path) -> None:
    """A limit on the size of files stands in for the disk: writing fails half-way."""
    assert gen_quiz(bank.name, "--seed", "1", "--forms", "1", cwd=bank.parent).returncode == 0
    before = contents(bank.parent / "out")
    run = subprocess.run(
        [sys.executable, "-m", "generator", bank.name, "--seed", "2", "--forms", "1"],
        cwd=bank.parent,
        env={"PYTHONPATH": str(ASSIGNMENT.parent.parent), "PYTHONDONTWRITEBYTECODE": "1"},
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000)),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert run.returncode == 1
    assert run.stderr.startswith("error[cannot-write]: out/sums cannot be written: ")
    assert contents(bank.parent / "out") == before


def test_a_folder_without_an_assignment_cannot_be_verified(tmp_path: Path) -> None:
    run = gen_quiz("verify", ".", cwd=tmp_path)
    assert (run.returncode, run.stdout) == (1, "")
    assert run.stderr == (
        "error[no-assignment]: there is no assignment in .\n"
        "help: name the folder that a run of gen-quiz made, such as out/assignment4\n"
    )
