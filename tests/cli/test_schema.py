"""``gen-quiz schema`` prints what editors need to complete and check banks."""

from __future__ import annotations

import json
from pathlib import Path

from generator.bank.schema import json_schema
from tests.commands import gen_quiz, gen_quiz_process


def test_it_prints_the_schema_of_banks(tmp_path: Path) -> None:
    run = gen_quiz("schema", cwd=tmp_path)
    assert (run.returncode, run.stderr) == (0, "")
    assert json.loads(run.stdout) == json_schema()


def test_it_prints_the_same_bytes_every_time(tmp_path: Path) -> None:
    runs = [
        gen_quiz_process("schema", cwd=tmp_path, PYTHONHASHSEED=seed).stdout for seed in ("1", "2")
    ]
    assert runs[0] == runs[1]


def test_its_help_tells_what_an_editor_needs(tmp_path: Path) -> None:
    run = gen_quiz("schema", "--help", cwd=tmp_path)
    assert "  gen-quiz schema > bank.schema.json\n" in run.stdout
    assert "  # yaml-language-server: $schema=bank.schema.json\n" in run.stdout
