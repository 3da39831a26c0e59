"""``gen-quiz new`` gives an author a bank that works, and never takes one away."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest

from generator.bank.read import read_bank
from generator.model.source import SourceFile
from tests.commands import contents, gen_quiz, gen_quiz_process


def title(path: Path) -> str:
    return read_bank(SourceFile(name=path.name, text=path.read_text("utf-8")), id="b").bank.title


def test_the_new_bank_has_no_finding(tmp_path: Path) -> None:
    assert gen_quiz_process("new", "quiz.yaml", cwd=tmp_path).returncode == 0
    run = gen_quiz("check", "quiz.yaml", cwd=tmp_path)
    assert (run.returncode, run.stderr) == (0, "")
    assert run.stdout.startswith("quiz.yaml: no error\n  average-speed: 348 variants, 20 solved\n")


def test_it_names_the_next_commands_and_they_work(tmp_path: Path) -> None:
    run = gen_quiz("new", "my quiz.yaml", cwd=tmp_path)
    assert run.stdout == (
        "my quiz.yaml has a problem to begin with. Open it in an editor, and try\n"
        "  gen-quiz check 'my quiz.yaml'     "
        "what is wrong with it, and how many variants there are\n"
        "  gen-quiz 'my quiz.yaml' --seed 1  sheets and keys, into out/my-quiz/\n"
        "  gen-quiz schema --help            how an editor completes and checks its fields\n"
    )
    for line in run.stdout.splitlines()[1:]:
        command = line.strip().split("  ")[0]
        tried = gen_quiz(*shlex.split(command)[1:], cwd=tmp_path)
        assert (tried.returncode, tried.stderr) == (0, ""), command
    assert (tmp_path / "out" / "my-quiz" / "student.pdf").is_file()


@pytest.mark.parametrize(
    ("name", "heading"),
    [
        ("quiz", "Quiz"),
        ("linear-algebra_2.yml", "Linear algebra 2"),
        ("no.yaml", "No"),
        ('a "b" #c: d.yaml', 'A "b" #c: d'),
        ("wärme.yaml", "Wärme"),
        ("-_-.yaml", "A new bank"),
    ],
)
def test_its_title_is_made_of_the_files_name(name: str, heading: str, tmp_path: Path) -> None:
    assert gen_quiz("new", tmp_path / name, cwd=tmp_path).returncode == 0
    (path,) = tmp_path.iterdir()
    assert title(path) == heading


def test_a_name_without_suffix_gets_one(tmp_path: Path) -> None:
    gen_quiz("new", "quiz", cwd=tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["quiz.yaml"]


@pytest.mark.parametrize("name", ["mine", "mine.yaml"])
def test_a_file_that_is_there_is_left_as_it_is(name: str, tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text("title: Mine\n")
    run = gen_quiz("new", name, cwd=tmp_path)
    assert (run.returncode, run.stdout) == (1, "")
    assert run.stderr == (
        "error[unwritable-bank]: mine.yaml is there already\n"
        "help: choose another name; nothing was changed\n"
    )
    assert contents(tmp_path) == {"mine.yaml": b"title: Mine\n"}


@pytest.mark.parametrize(
    ("name", "message"),
    [
        (
            "nowhere/quiz",
            "error[unwritable-bank]: there is no folder nowhere\n"
            "help: make it first, or choose another\n",
        ),
        (
            ".",
            "error[unwritable-bank]: . is a folder\nhelp: name the bank too, such as quiz.yaml\n",
        ),
        (
            "quiz.txt",
            "error[unwritable-bank]: quiz.txt does not end in .yaml, as banks do\n"
            "help: such as quiz.yaml\n",
        ),
    ],
)
def test_where_no_bank_can_be_it_says_why(name: str, message: str, tmp_path: Path) -> None:
    run = gen_quiz("new", name, cwd=tmp_path)
    assert (run.returncode, run.stdout, run.stderr) == (1, "", message)
    assert contents(tmp_path) == {}
