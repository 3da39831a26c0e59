"""What a finding looks like on a terminal."""

from __future__ import annotations

from generator.diagnostics import in_file, show
from generator.model.source import SourceFile


def shown(text: str, index: int, length: int = 1) -> list[str]:
    file = SourceFile(name="quiz.yaml", text=text)
    return show(in_file(file, index, "odd", "this is odd", length=length)).splitlines()


def test_the_line_is_shown_with_what_is_meant_underlined() -> None:
    assert shown("title: A\nodd: word\n", 14, 4) == [
        "quiz.yaml:2:6: error[odd]: this is odd",
        "  |",
        "2 | odd: word",
        "  |      ^^^^",
    ]


def test_of_a_very_long_line_only_what_is_around_the_finding_is_shown() -> None:
    text = "a" * 1000 + "word" + "b" * 1000
    head, _, line, marks = shown(text, 1000, 4)
    assert head == "quiz.yaml:1:1001: error[odd]: this is odd"
    assert line == f"1 | …{'a' * 100}word{'b' * 96}…"
    assert marks == f"  | {' ' * 101}^^^^"
    _, _, line, marks = shown(text, 0, 5000)
    assert line == f"1 | {'a' * 200}…"
    assert marks == f"  | {'^' * 201}"
    _, _, line, marks = shown(text, 2003)
    assert line == f"1 | …{'b' * 101}"
    assert marks == f"  | {' ' * 101}^"
