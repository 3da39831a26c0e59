"""``gen-quiz check``: findings, and what a sample says of the variants."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.commands import gen_quiz, gen_quiz_process

BANK = """\
title: A small quiz
problems:
  - id: sum
    title: A sum
    parameters:
      a: {min: 1, max: 6}
      b: {min: 1, max: 6}
    constraints: [a < b]
    stem: Let $a = {{ a }}$ and $b = {{ b }}$.
    parts:
      - ask: What is $a + b$?
        numerical: a + b
        mistakes:
          - {result: b - a, because: That is the difference.}
          - {result: a * b, because: That is the product., when: a > 1}
      - ask: Is $a + b$ even?
        true_false: (a + b) % 2 == 0
"""


@pytest.fixture
def bank(tmp_path: Path) -> Path:
    path = tmp_path / "sums.yaml"
    path.write_text(BANK, "utf-8")
    return path


def test_a_table_tells_what_all_variants_are_like(bank: Path) -> None:
    run = gen_quiz_process("check", bank.name, cwd=bank.parent)
    assert (run.returncode, run.stderr) == (0, "")
    assert run.stdout == (
        "sums.yaml: no error\n"
        "  sum: 15 variants, 15 solved\n"
        "    line 8, a < b: keeps out 58 % of 36 combinations\n"
        "    part  type        keys     spread                 digits  steps  commonest mistake\n"
        "    (a)   numerical   9 of 15  3 to 11                1 to 2  1      "
        "100 %: That is the difference.\n"
        "    (b)   true/false  2 of 15  false 60 %, true 40 %  0       2\n"
    )


def test_what_a_part_needs_is_told_where_variants_lack_it(bank: Path) -> None:
    """An option that nobody explained is named by what it says."""
    bank.write_text(
        "title: A small quiz\nproblems:\n"
        "  - id: two\n    title: Two numbers\n"
        "    parameters: {a: {min: 1, max: 4}, b: {min: 5, max: 6}}\n"
        "    stem: Let $a = {{ a }}$ and $b = {{ b }}$.\n"
        "    parts:\n"
        "      - ask: What is $a b$?\n        choice: {answer: a * b, count: 3}\n"
        "        mistakes:\n"
        "          - {result: a + b, because: This is the sum.}\n"
        "          - {result: a + 4, because: This is four more.}\n"
        "          - {result: b, when: a > 1, because: This is one of them.}\n"
        "      - ask: Order them.\n"
        "        ordering: [{text: $a$, by: a}, {text: $b$, by: b}, {text: $0$, by: 0}]\n"
        "      - ask: Which is even?\n"
        "        choice:\n          multiple: true\n          options:\n"
        "            - {text: $2a$, right: true}\n"
        "            - {text: $2b + 1$}\n"
        "            - {text: $b$, right: even(b)}\n",
        "utf-8",
    )
    told = gen_quiz("check", bank.name, cwd=bank.parent).stdout
    assert [line.strip() for line in told.splitlines() if "keeps out" in line] == [
        "line 9, fewer than 3 options differ: keeps out 12 % of 8 combinations",
    ]
    assert told.splitlines()[-1].endswith("100 %: 2b + 1")


def test_json_has_it_all(bank: Path) -> None:
    run = gen_quiz("check", bank.name, "--json", cwd=bank.parent)
    content = json.loads(run.stdout)
    (report,) = content["banks"]
    (problem,) = report["problems"]
    first, second = problem["parts"]
    assert content["errors"] == []
    assert (problem["variants"], problem["solved"]) == (15, 15)
    assert problem["rejections"][0]["rejected"] == 21
    assert first["spread"] == {"least": "3", "median": "7", "most": "11"}
    assert [count for _, _, count in first["histogram"]] == [1, 1, 2, 2, 3, 2, 2, 1, 1]
    assert [(wrong["because"], wrong["applied"]) for wrong in first["wrong"]] == [
        ("That is the difference.", 15),
        ("That is the product.", 10),
    ]
    assert second["balance"] == [["false", 9], ["true", 6]]


def test_the_page_needs_nothing_but_itself(bank: Path) -> None:
    bank.write_text(BANK.replace("A small quiz", "<b>Quiz</b>"), "utf-8")
    run = gen_quiz("check", bank.name, "--report", "check.html", cwd=bank.parent)
    page = (bank.parent / "check.html").read_text("utf-8")
    assert run.returncode == 0
    assert "&lt;b&gt;Quiz&lt;/b&gt;" in page
    assert page.count('class="bar"') == 9 + 2
    for outside in ("http", "<script", "url(", "<link"):
        assert outside not in page


def test_a_page_that_cannot_be_written_is_a_finding(bank: Path) -> None:
    run = gen_quiz("check", bank.name, "--report", "no/check.html", cwd=bank.parent)
    assert run.returncode == 1
    assert run.stderr == (
        "error[cannot-write]: no/check.html cannot be written: No such file or directory\n"
        "help: make no first\n"
    )


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("(a + b) % 2 == 0", "a + b > 0", "constant-key"),
        ("numerical: a + b", "numerical: b", "answer-in-stem"),
        ("result: b - a", "result: b + a", "idle-mistake"),
        ("when: a > 1", "when: a > 9", "idle-mistake"),
    ],
)
def test_a_sample_warns(bank: Path, old: str, new: str, code: str) -> None:
    assert old in BANK
    bank.write_text(BANK.replace(old, new), "utf-8")
    run = gen_quiz("check", bank.name, cwd=bank.parent)
    assert run.returncode == 0
    assert f"warning[{code}]" in run.stderr


def test_errors_of_all_banks_are_told_at_once(bank: Path) -> None:
    (bank.parent / "other.yaml").write_text("title: Other\n", "utf-8")
    (bank.parent / "third.yaml").write_text("problems: []\n", "utf-8")
    run = gen_quiz("check", ".", cwd=bank.parent)
    assert run.returncode == 1
    assert "other.yaml:1:1: error[" in run.stderr
    assert "third.yaml:1:1: error[" in run.stderr
    assert "sums.yaml: no error" in run.stdout
    found = json.loads(gen_quiz("check", ".", "--json", cwd=bank.parent).stdout)
    assert {error["file"] for error in found["errors"]} == {"other.yaml", "third.yaml"}


def test_no_number_of_samples_is_a_usage_error(bank: Path) -> None:
    assert gen_quiz("check", bank.name, "--samples", "-1", cwd=bank.parent).returncode == 2


STRATA = "    constraints: [a < b]\n    strata: [{when: even(a + b), share: 2/3}]\n"


def test_it_tells_how_long_the_shares_of_strata_hold(bank: Path) -> None:
    """Of the 15 sums six are even, enough for nine draws: four from either end in any case."""
    bank.write_text(BANK.replace("    constraints: [a < b]\n", STRATA), "utf-8")
    run = gen_quiz("check", bank.name, "--report", "check.html", cwd=bank.parent)
    words = "its shares hold for 4 forms and for 4 questions in Moodle"
    assert run.stdout.splitlines()[1:3] == ["  sum: 15 variants, 15 solved", f"    {words}"]
    assert f"<p>Strata: {words}.</p>" in (bank.parent / "check.html").read_text("utf-8")


def test_a_run_that_asks_for_more_than_the_shares_is_warned(bank: Path) -> None:
    bank.write_text(BANK.replace("    constraints: [a < b]\n", STRATA), "utf-8")
    run = gen_quiz(
        *(bank.name, "--forms", "6", "--variants", "2", "--seed", "1", "--only", "moodle"),
        cwd=bank.parent,
    )
    assert run.returncode == 0
    assert (
        "sums.yaml:9:21: warning[shares-run-out]: the shares of `sum` hold for 5 forms and for 5 "
        "questions in Moodle only: then a stratum is used up\n"
    ) in run.stderr


def test_constraints_that_say_nothing_are_warned_of(bank: Path) -> None:
    bank.write_text(BANK.replace("[a < b]", "[a < b, a < 9]"), "utf-8")
    run = gen_quiz("check", bank.name, cwd=bank.parent)
    assert "warning[idle-constraint]: this constraint keeps nothing out" in run.stderr
