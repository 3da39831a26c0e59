"""``--split`` from the command line to the manifest and back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.commands import ASSIGNMENT, gen_quiz
from tests.render.moodle.importer import import_file


def test_a_split_run_is_listed_and_verified(tmp_path: Path) -> None:
    bank = str(ASSIGNMENT.parent / "examples" / "linear-algebra.yaml")
    asked = (bank, "--seed", "1", "--only", "moodle", "--forms", "0", "--variants", "12")
    assert gen_quiz(*asked, "--out", "whole", cwd=tmp_path).returncode == 0
    assert gen_quiz(*asked, "--out", "parts", "--split", "50kB", cwd=tmp_path).returncode == 0
    folder = tmp_path / "parts" / "linear-algebra"
    files = sorted(folder.glob("moodle*.xml"))
    assert [path.name for path in files] == [f"moodle-{n:03}.xml" for n in range(1, len(files) + 1)]
    assert len(files) > 1
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    assert manifest["request"]["split"] == 50_000
    assert {path.name for path in files} < manifest["files"].keys()
    whole = import_file((tmp_path / "whole" / "linear-algebra" / "moodle.xml").read_bytes())
    parts = [import_file(path.read_bytes()) for path in files]
    assert [question for part in parts for question in part.questions] == whole.questions
    assert gen_quiz("verify", str(folder), cwd=tmp_path).returncode == 0


@pytest.mark.parametrize("size", ["20", "0MB", "MB", "-1MB", "20 apples"])
def test_what_is_no_size_is_a_usage_error(size: str, tmp_path: Path) -> None:
    run = gen_quiz("--seed", "1", f"--split={size}", cwd=tmp_path)
    assert run.returncode == 2
    assert run.stderr.endswith(f"{size!r} is not a size such as 500kB or 20MB\n")
