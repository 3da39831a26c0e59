"""Folders and files that may not be looked at: who has no rights is told so, and the cure."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.commands import gen_quiz


@pytest.fixture
def locked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that cannot be listed, nor anything in it read; rights mean nothing to root."""
    folder = tmp_path / "locked"
    folder.mkdir()
    listed, read = Path.iterdir, Path.read_bytes

    def iterdir(path: Path) -> Iterator[Path]:
        if path == folder:
            raise PermissionError(13, "Permission denied", str(path))
        return listed(path)

    def read_bytes(path: Path) -> bytes:
        if path.parent == folder:
            raise PermissionError(13, "Permission denied", str(path))
        return read(path)

    monkeypatch.setattr(Path, "iterdir", iterdir)
    monkeypatch.setattr(Path, "read_bytes", read_bytes)
    return folder


def test_a_bank_in_a_locked_folder(locked: Path) -> None:
    run = gen_quiz("check", locked / "quiz.yaml", cwd=locked.parent)
    assert run.returncode == 1
    assert f"{locked / 'quiz.yaml'} cannot be read: Permission denied" in run.stderr
    assert "mend its rights or those of its folder" in run.stderr


def test_a_roster_in_a_locked_folder(locked: Path, tmp_path: Path) -> None:
    bank = tmp_path / "quiz.yaml"
    assert gen_quiz("new", bank, cwd=tmp_path).returncode == 0
    run = gen_quiz(bank, "--seed", "1", "--roster", locked / "students.csv", cwd=tmp_path)
    assert run.returncode == 1
    assert f"{locked / 'students.csv'} cannot be read: Permission denied" in run.stderr


def test_a_key_that_is_looked_up_in_a_locked_folder(locked: Path) -> None:
    run = gen_quiz("key", "7KQ4-M2X1", "--out", locked, cwd=locked.parent)
    assert run.returncode == 1
    assert f"{locked} cannot be looked into: Permission denied" in run.stderr


def test_an_assignment_that_is_verified_in_a_locked_folder(locked: Path) -> None:
    run = gen_quiz("verify", locked, cwd=locked.parent)
    assert run.returncode == 1
    assert f"{locked / 'manifest.json'} cannot be read: Permission denied" in run.stderr
    assert "help: mend its rights or those of its folder" in run.stderr
