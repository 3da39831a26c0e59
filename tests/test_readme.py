"""What the README shows is what happens."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.cli import COMMANDS, DEFAULT
from tests.commands import ROOT, gen_quiz
from tests.shipped import shipped

FEWER = {"make": ("--forms", "2", "--variants", "3"), "check": ("--samples", "2")}
"""What is added to a command, so that it makes less of the same: of two numbers the last counts."""
README = (ROOT / "README.md").read_text("utf-8")


def fenced(language: str) -> Iterator[str]:
    for found in re.finditer(r"^```(\w*)\n(.*?)^```", README, re.MULTILINE | re.DOTALL):
        if found.group(1) == language:
            yield found.group(2)


def commands() -> list[str]:
    lines = (line for block in fenced("console") for line in block.splitlines())
    return [line.removeprefix("$ ") for line in lines if line.startswith("$ gen-quiz")]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A newcomer's folder: the checkout's banks, and nothing made yet."""
    path = tmp_path_factory.mktemp("newcomer")
    (path / "banks").symlink_to(ROOT / "banks")
    return path


@pytest.fixture
def example(folder: Path) -> Path:
    (text,) = fenced("yaml")
    path = folder / "quiz.yaml"
    path.write_text(text, "utf-8")
    return path


def test_its_commands_work_in_their_order(folder: Path) -> None:
    assert len(commands()) >= 5
    for command in commands():
        words = shlex.split(command)[1:]
        run = gen_quiz(*words, *FEWER.get(name_of(words), ()), cwd=folder)
        assert (run.returncode, run.stderr) == (0, ""), command


def name_of(words: list[str]) -> str:
    return words[0] if words[0] in COMMANDS else DEFAULT


def test_there_are_as_many_variants_as_it_asks_for() -> None:
    numbers = [
        sum(int(count) for count in re.findall(r"--(?:forms|variants) (\d+)", command))
        for command in commands()
        if "banks/assignment4.yaml" in command
    ]
    assert max(numbers) > 0
    assert all(dealer.space.size >= max(numbers) for dealer in shipped("assignment4").dealers)


def test_its_make_targets_exist() -> None:
    targets = set(re.findall(r"`?make (\w+)`?", README)) & {"quiz", "test", "check", "bench"}
    makefile = (ROOT / "Makefile").read_text("utf-8")
    assert {"quiz", "test"} <= targets
    assert all(re.search(rf"^{target}:", makefile, re.MULTILINE) for target in targets)


def test_its_bank_is_a_bank_without_a_finding(example: Path) -> None:
    run = gen_quiz("check", example.name, cwd=example.parent)
    assert (run.returncode, run.stderr) == (0, "")


def test_its_complaint_is_what_that_mistake_gets(example: Path) -> None:
    """The README's example, with `{{ stride }}` mistyped as it says."""
    (shown,) = (block for block in fenced("") if block.startswith("banks/quiz.yaml:"))
    text = example.read_text("utf-8").replace("{{ stride }}", "{{ strides }}")
    (example.parent / "broken.yaml").write_text(text, "utf-8")
    run = gen_quiz("check", "broken.yaml", cwd=example.parent)
    assert run.returncode == 1
    assert shown.replace("banks/quiz.yaml", "broken.yaml") in run.stderr


def test_the_files_and_pictures_that_it_names_are_there() -> None:
    for name in re.findall(r"`((?:docs|templates|banks)/[\w./]+)`|\]\((docs/[\w./]+)\)", README):
        assert (ROOT / next(filter(None, name))).exists(), name
