"""Artifacts reach the disk all or nothing, and what is not ours is never deleted."""

from __future__ import annotations

import errno
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.diagnostics import InputError
from generator.model.form import Artifact
from generator.output import replacing


def artifact(name: str, *chunks: bytes) -> Artifact:
    return Artifact(name=name, media_type="text/plain", chunks=chunks)


def make(folder: Path, **files: bytes) -> None:
    """An assignment of these files, with its manifest."""
    with replacing(folder) as staging:
        for name, content in files.items():
            staging.write(artifact(name, content))
        listed = json.dumps({"files": staging.digests}).encode()
        staging.write(artifact("manifest.json", listed))


def listing(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


def test_a_folder_appears_whole_with_the_digest_of_each_file(tmp_path: Path) -> None:
    with replacing(tmp_path / "out" / "quiz") as staging:
        staging.write(artifact("student/form-001.pdf", b"one", b"two"))
        assert not (tmp_path / "out" / "quiz").exists()
    assert listing(tmp_path / "out") == ["quiz", "quiz/student", "quiz/student/form-001.pdf"]
    assert staging.digests == {"student/form-001.pdf": hashlib.sha256(b"onetwo").hexdigest()}


def test_a_new_output_replaces_the_old_one_and_its_leftovers(tmp_path: Path) -> None:
    make(tmp_path / "quiz", a=b"1", b=b"2")
    make(tmp_path / "quiz", a=b"3")
    assert listing(tmp_path) == ["quiz", "quiz/a", "quiz/manifest.json"]
    assert (tmp_path / "quiz" / "a").read_bytes() == b"3"


def test_an_error_while_making_keeps_the_old_output(tmp_path: Path) -> None:
    make(tmp_path / "quiz", a=b"1")
    with pytest.raises(RuntimeError), replacing(tmp_path / "quiz") as staging:
        staging.write(artifact("a", b"2"))
        raise RuntimeError
    assert listing(tmp_path) == ["quiz", "quiz/a", "quiz/manifest.json"]
    assert (tmp_path / "quiz" / "a").read_bytes() == b"1"


def test_a_full_disk_keeps_the_old_output_and_says_so(tmp_path: Path) -> None:
    def half() -> Iterator[bytes]:
        yield b"half of it"
        raise OSError(errno.ENOSPC, "No space left on device")

    make(tmp_path / "quiz", a=b"1")
    with pytest.raises(InputError) as error, replacing(tmp_path / "quiz") as staging:
        staging.write(Artifact(name="a", media_type="text/plain", chunks=half()))
    (finding,) = error.value.diagnostics
    assert finding.code == "cannot-write"
    assert finding.message == f"{tmp_path / 'quiz'} cannot be written: No space left on device"
    assert listing(tmp_path) == ["quiz", "quiz/a", "quiz/manifest.json"]


def test_files_that_are_not_ours_are_never_deleted(tmp_path: Path) -> None:
    make(tmp_path / "quiz", a=b"1")
    (tmp_path / "quiz" / "notes.txt").write_text("mine")
    with pytest.raises(InputError) as error:
        make(tmp_path / "quiz", a=b"2")
    (finding,) = error.value.diagnostics
    assert finding.message == (
        f"{tmp_path / 'quiz'} holds files that gen-quiz did not make: notes.txt"
    )
    assert (tmp_path / "quiz" / "notes.txt").read_text() == "mine"
    assert (tmp_path / "quiz" / "a").read_bytes() == b"1"


def test_a_file_in_the_place_of_the_folder_is_not_deleted(tmp_path: Path) -> None:
    (tmp_path / "quiz").write_text("mine")
    with pytest.raises(InputError) as error:
        make(tmp_path / "quiz", a=b"1")
    (finding,) = error.value.diagnostics
    assert finding.message == f"{tmp_path / 'quiz'} is a file, where a folder is to be made"
    assert (tmp_path / "quiz").read_text() == "mine"


def test_a_folder_that_cannot_be_made_is_a_finding(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError) as error:
        make(tmp_path / "file" / "quiz", a=b"1")
    assert [finding.code for finding in error.value.diagnostics] == ["cannot-write"]
