"""A run for the students of a roster: named sheets, and forms that nobody ever loses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pypdf import PdfReader

from generator import output
from tests.commands import contents, gen_quiz

BANK = """\
title: A small quiz
problems:
  - id: sum
    title: A sum
    parameters: {a: {min: 1, max: 99}}
    stem: Let $a = {{ a }}$.
    parts: [{ask: What is $2a$?, numerical: 2*a}]
"""
HEADER = "id;name;e-mail\n"
ADA, EMMY, SOFIA = "17;Ada Lovelace;\n", "18;Emmy Noether;\n", "19;Софья Ковалевская;\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "quiz.yaml").write_text(BANK, "utf-8")
    return tmp_path


def make(folder: Path, *students: str, arguments: tuple[str, ...] = ()) -> Path:
    (folder / "students.csv").write_text(HEADER + "".join(students), "utf-8")
    run = gen_quiz(
        *("quiz.yaml", "--seed", "5", "--roster", "students.csv", "--variants", "2", *arguments),
        cwd=folder,
    )
    assert (run.returncode, run.stderr) == (0, "")
    return folder / "out" / "quiz"


def text(path: Path) -> str:
    return " ".join(page.extract_text() for page in PdfReader(path).pages)


def test_each_student_has_a_sheet_and_a_key_with_the_name(folder: Path) -> None:
    out = make(folder, ADA, SOFIA)
    assert {path.name for path in (out / "student").iterdir()} == {"17.pdf", "19.pdf"}
    assert "Ada Lovelace" in text(out / "student" / "17.pdf")
    assert "Софья Ковалевская" in text(out / "student" / "19.pdf")
    assert "Софья Ковалевская" in text(out / "key" / "19.pdf")


def test_a_form_stays_when_others_join_leave_and_move(folder: Path) -> None:
    before = contents(make(folder, ADA, SOFIA) / "student")
    out = make(folder, EMMY, SOFIA, ADA)
    assert {name: contents(out / "student")[name] for name in before} == before
    out = make(folder, SOFIA)
    assert contents(out / "student") == {"19.pdf": before["19.pdf"]}
    after = contents(make(folder, ADA) / "student")
    assert after == {"17.pdf": before["17.pdf"]}


def test_a_run_without_the_roster_keeps_the_allocation(folder: Path) -> None:
    out = make(folder, SOFIA, ADA)
    kept = (out / "allocation.csv").read_bytes()
    assert gen_quiz("quiz.yaml", "--seed", "5", cwd=folder).returncode == 0
    assert (out / "allocation.csv").read_bytes() == kept


def test_spare_forms_are_nobodys_also_later(folder: Path) -> None:
    out = make(folder, ADA, arguments=("--forms", "2"))
    assert {path.name for path in (out / "student").iterdir()} == {
        "17.pdf",
        "form-002.pdf",
        "form-003.pdf",
    }
    out = make(folder, ADA, EMMY)
    forms = json.loads((out / "manifest.json").read_text("utf-8"))["forms"]
    assert [form["number"] for form in forms] == [1, 4]


def test_the_lists_name_everybody(folder: Path) -> None:
    out = make(folder, ADA, EMMY)
    for name in ("attendance.pdf", "marking.pdf"):
        shown = text(out / name)
        assert "Ada Lovelace" in shown
        assert "Emmy Noether" in shown
    codes = [
        form["code"] for form in json.loads((out / "manifest.json").read_text("utf-8"))["forms"]
    ]
    assert all(code in text(out / "attendance.pdf") for code in codes)
    told = gen_quiz("key", codes[1], cwd=folder).stdout
    assert told.startswith("form-002 of A small quiz, Emmy Noether (18) (out/quiz)\n")


def test_shuffled_forms_are_the_same_in_another_order(folder: Path) -> None:
    students = tuple(f"{number};Student {number};\n" for number in range(30, 42))
    plain = make(folder, *students)
    ids = [form["student"]["id"] for form in manifest(plain)["forms"]]
    files = contents(plain / "student")
    shuffled = make(folder, *students, arguments=("--shuffle",))
    assert contents(shuffled / "student") == files
    order = [form["student"]["id"] for form in manifest(shuffled)["forms"]]
    assert sorted(order) == ids
    assert order != ids


def manifest(out: Path) -> dict[str, list[dict[str, dict[str, str]]]]:
    found: dict[str, list[dict[str, dict[str, str]]]] = json.loads(
        (out / "manifest.json").read_text("utf-8")
    )
    return found


def test_what_a_roster_gave_can_be_verified(folder: Path) -> None:
    make(folder, ADA, SOFIA, arguments=("--forms", "1", "--duplex"))
    run = gen_quiz("verify", "out/quiz", cwd=folder)
    assert (run.returncode, run.stderr) == (0, "")


def test_a_file_that_cannot_be_read_is_a_finding_among_the_others(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = make(folder, ADA)
    (out / "student.pdf").unlink()
    digest = output.file_digest

    def failing(path: Path) -> str:
        if path.name == "key.csv":
            raise PermissionError(path)
        return digest(path)

    monkeypatch.setattr(output, "file_digest", failing)
    run = gen_quiz("verify", "out/quiz", cwd=folder)
    assert (run.returncode, run.stdout) == (1, "")
    findings = [line for line in run.stderr.splitlines() if line.startswith("error")]
    assert findings == [
        "error[not-as-derived]: out/quiz/key.csv cannot be read",
        "error[not-as-derived]: out/quiz/student.pdf is missing",
    ]


def test_a_name_that_no_font_has_is_told_before_anything_is_made(folder: Path) -> None:
    (folder / "students.csv").write_text(HEADER + ADA + "20;王小明;\n", "utf-8")
    run = gen_quiz("quiz.yaml", "--seed", "5", "--roster", "students.csv", cwd=folder)
    assert run.returncode == 1
    assert run.stderr.startswith(
        "students.csv:3:5: error[missing-glyph]: no font of the sheets has '小' (U+5C0F)"
    )
    assert not (folder / "out").exists()


def test_a_missing_roster_or_theme_is_told_with_its_neighbours(folder: Path) -> None:
    (folder / "students.csv").write_text(HEADER + ADA, "utf-8")
    run = gen_quiz("quiz.yaml", "--seed", "5", "--roster", "student.csv", cwd=folder)
    assert (run.returncode, run.stderr) == (
        1,
        "error[unreadable-roster]: student.csv cannot be read: No such file or directory\n"
        "help: did you mean `students.csv`?\n",
    )
    run = gen_quiz("quiz.yaml", "--seed", "5", "--theme", "none.yaml", cwd=folder)
    assert (run.returncode, run.stderr.splitlines()[0]) == (
        1,
        "error[unreadable-theme]: none.yaml cannot be read: No such file or directory",
    )
    (folder / "roster").mkdir()
    run = gen_quiz("quiz.yaml", "--seed", "5", "--roster", "roster", cwd=folder)
    assert run.stderr == "error[unreadable-roster]: roster cannot be read: Is a directory\n"


def test_a_theme_of_ones_own_changes_the_sheets_and_verify_asks_for_it(folder: Path) -> None:
    (folder / "theme.yaml").write_text("paper: letter\n", "utf-8")
    out = make(folder, ADA, arguments=("--theme", "theme.yaml"))
    assert float(PdfReader(out / "student.pdf").pages[0].mediabox.width) == 612
    run = gen_quiz("verify", "out/quiz", cwd=folder)
    assert run.returncode == 1
    assert run.stderr.endswith("help: name the same by --theme\n")
    assert gen_quiz("verify", "out/quiz", "--theme", "theme.yaml", cwd=folder).returncode == 0
