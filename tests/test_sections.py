"""An examination put together from several banks, from the file to the sheet and back."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.commands import gen_quiz, gen_quiz_process

EXAMPLES = Path(__file__).parent.parent / "banks" / "examples"
EXAM = """\
title: Final examination
sections:
  - title: Short problems
    instructions: Each answer counts by itself.
    problems:
      - {bank: banks/linear-algebra.yaml, problem: eigen-2x2, points: 20}
  - title: Applications
    problems:
      - choose: 1
        of: [{bank: banks/physics.yaml, problem: inclined-plane, as: ramp}, own]
problems:
  - id: own
    title: A cube
    parameters: {n: {min: 1, max: 99}}
    stem: Take ${{ n }}$.
    parts: [{ask: What is its cube?, numerical: n**3}]
"""


@pytest.fixture
def exam(tmp_path: Path) -> Path:
    (tmp_path / "banks").mkdir()
    for name in ("linear-algebra", "physics"):
        shutil.copy(EXAMPLES / f"{name}.yaml", tmp_path / "banks")
    path = tmp_path / "exam.yaml"
    path.write_text(EXAM, "utf-8")
    return path


def made(exam: Path, *arguments: str) -> Path:
    run = gen_quiz(exam.name, "--seed", "3", "--forms", "2", *arguments, cwd=exam.parent)
    assert run.returncode == 0, run.stderr
    return exam.parent / "out" / "exam"


def test_sheets_have_the_sections_with_the_problems_that_are_drawn(exam: Path) -> None:
    out = made(exam, "--only", "pdf,key")
    texts = [
        " ".join(page.extract_text() for page in PdfReader(out / f"student/form-00{n}.pdf").pages)
        for n in (1, 2)
    ]
    for text in texts:
        places = [text.index(words) for words in ("Short problems", "Eigenvalues", "Applications")]
        assert places == sorted(places)
        assert "Each answer counts by itself." in text
        assert "20 points" in text
    assert sorted("A cube" in text for text in texts) == [False, True]
    assert ["A cube" in text for text in texts] == ["A crate" not in text for text in texts]


def test_what_was_made_can_be_derived_from_its_folder_alone(exam: Path) -> None:
    out = made(exam, "--variants", "2")
    shutil.rmtree(exam.parent / "banks")
    exam.unlink()
    assert gen_quiz_process("verify", out, cwd=exam.parent).returncode == 0
    copy = out / "sources" / "banks" / "physics.yaml"
    copy.write_text(copy.read_text("utf-8").replace("crate", "box"), "utf-8")
    run = gen_quiz("verify", out, cwd=exam.parent)
    assert run.returncode == 1
    assert "sources/banks/physics.yaml is not the bank that was used" in run.stderr


def test_the_manifest_and_the_log_have_each_forms_own_problems(exam: Path) -> None:
    out = made(exam, "--variants", "1")
    forms = json.loads((out / "manifest.json").read_text("utf-8"))["forms"]
    drawn = [form["variants"][1]["problem"] for form in forms]
    assert sorted(drawn) == ["own", "ramp"]
    log = [json.loads(line) for line in (out / "variants.jsonl").read_text("utf-8").splitlines()]
    on_paper = [(entry["problem"], entry["forms"]) for entry in log if entry["forms"]]
    assert on_paper == [
        ("eigen-2x2", ["form-001"]),
        (drawn[0], ["form-001"]),
        ("eigen-2x2", ["form-002"]),
        (drawn[1], ["form-002"]),
    ]


def test_a_link_out_of_the_folder_is_not_followed(exam: Path, tmp_path: Path) -> None:
    secret = tmp_path.parent / f"{tmp_path.name}-secret.yaml"
    secret.write_text("title: Secret\n", "utf-8")
    (exam.parent / "banks" / "physics.yaml").unlink()
    (exam.parent / "banks" / "physics.yaml").symlink_to(secret)
    run = gen_quiz("check", exam.name, cwd=exam.parent)
    assert run.returncode == 1
    assert "leads out of" in run.stderr
    assert "Secret" not in run.stderr


def test_pages_for_self_study_are_made_when_they_are_named(exam: Path) -> None:
    out = made(exam, "--only", "html")
    assert {path.name for path in (out / "html").iterdir()} == {"form-001.html", "form-002.html"}
    page = (out / "html" / "form-001.html").read_text("utf-8")
    words = ("Short problems", "Compute the determinant", "Applications")
    assert [*map(page.index, words)] == sorted(map(page.index, words))
    assert "<script" not in page
    assert gen_quiz("verify", out, cwd=exam.parent).returncode == 0
