"""A folder on this machine: replaced all at once, or not at all.

Everything is made in a work folder beside the target, ``.NAME.unfinished``, whose ``files`` take
the target's place when they are whole: whoever looks at the target sees the old output or the new
one, never a mixture, also after a full disk or a killed process. What gen-quiz did not make is
never deleted. One run at a time works on a target; a lock that dies with its process tells.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path

from generator.diagnostics import Diagnostic, InputError
from generator.output.scratch import stretch
from generator.output.store import MANIFEST, digested, file_digest, listed

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl


class Folder:
    """The folder `target`, and the work folder beside it."""

    def __init__(self, target: Path) -> None:
        self._target = target
        self._work = target.parent / f".{target.name}.unfinished"
        self._files, self._notes = self._work / "files", self._work / "notes"
        self._replaced = self._work / "replaced"
        self._lock: int | None = None
        self.shown = str(target)

    def begin(self) -> None:
        """Make the work folder and lock it."""
        self._target.parent.mkdir(parents=True, exist_ok=True)
        _refuse_foreign_files(self._target, self.old_files())
        self._work.mkdir(exist_ok=True)
        lock = os.open(self._work / "lock", os.O_RDWR | os.O_CREAT, 0o666)
        if not _locked(lock):
            os.close(lock)
            raise InputError([_busy(self._target)])
        self._lock = lock
        self._mend()
        self._files.mkdir(exist_ok=True)
        self._notes.mkdir(exist_ok=True)

    def _mend(self) -> None:
        """Put back an old output that a killed run had just moved away."""
        if self._replaced.exists() and not self._target.exists():
            self._replaced.rename(self._target)

    def old_files(self) -> list[str]:
        """What the manifest of the old output lists."""
        try:
            return listed((self._target / MANIFEST).read_bytes())
        except OSError:
            return []

    def old_file(self, name: str) -> bytes | None:
        """A file of the folder that stands there."""
        path = self._target / name
        return path.read_bytes() if path.is_file() else None

    def write(self, name: str, chunks: Iterable[bytes]) -> str:
        """Write a file into the work folder."""
        path = self._files / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            return digested(chunks, file.write)

    def holds(self, name: str, digest: str) -> bool:
        """Whether a file of the work folder is whole."""
        try:
            return file_digest(self._files / name) == digest
        except OSError:
            return False

    def note(self, name: str, content: bytes) -> None:
        """Write a note under another name first: it appears whole."""
        new = self._notes / f"{name}.new"
        new.write_bytes(content)
        new.replace(self._notes / name)

    def notes(self) -> list[str]:
        """The names of all notes, sorted."""
        return sorted(path.name for path in self._notes.iterdir() if path.suffix != ".new")

    def recall(self, name: str, start: int = 0, stop: int | None = None) -> bytes:
        """A note, or a stretch of one."""
        return stretch(self._notes / name, start, stop)

    def clear(self) -> None:
        """Empty the work folder."""
        for folder in (self._files, self._notes):
            shutil.rmtree(folder)
            folder.mkdir()

    def publish(self, names: Iterable[str]) -> None:
        """Put the files in the place of the target, by renaming only, once they are on the disk."""
        self._drop_all_but(set(names))
        if hasattr(os, "sync"):
            os.sync()  # one call for thousands of files; without it a power cut could empty them
        if self._target.exists():
            _remove(self._replaced)
            self._target.rename(self._replaced)
        try:
            self._files.rename(self._target)
        except OSError:
            self._mend()
            raise

    def _drop_all_but(self, names: set[str]) -> None:
        """A run that was taken up may find files that a killed process had begun."""
        for name in _names(self._files):
            if name not in names:
                (self._files / name).unlink()

    def end(self) -> None:
        """Unlock; remove the work folder unless it holds what another run can take up."""
        if self._lock is None:
            return
        unfinished = (
            self._files.exists()
            and self._notes.exists()
            and any(path.name.startswith("chunk-") for path in self._notes.iterdir())
        )
        os.close(self._lock)
        if not unfinished:
            shutil.rmtree(self._work, ignore_errors=True)


def _locked(lock: int) -> bool:
    """Lock a file for this process alone, as long as it lives; False if another has it."""
    try:
        if sys.platform == "win32":
            msvcrt.locking(lock, msvcrt.LK_NBLCK, 1)
        else:
            # Of the two kinds of locks, the one that worker processes do not inherit.
            fcntl.lockf(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _busy(target: Path) -> Diagnostic:
    return Diagnostic(
        code="busy",
        message=f"another run is writing {target} at this moment",
        help="wait until it ends, or write elsewhere with --out",
    )


def _remove(folder: Path) -> None:
    if folder.exists():
        shutil.rmtree(folder)


def _refuse_foreign_files(target: Path, recorded: list[str]) -> None:
    if not target.exists():
        return
    if not target.is_dir():
        message = f"{target} is a file, where a folder is to be made"
        cure = "move it away, or write elsewhere with --out"
        raise InputError([Diagnostic(code="foreign-files", message=message, help=cure)])
    ours = {*recorded, MANIFEST}
    foreign = [name for name in _names(target) if name not in ours]
    if foreign:
        named = ", ".join(foreign[:3]) + (", …" if len(foreign) > 3 else "")
        raise InputError(
            [
                Diagnostic(
                    code="foreign-files",
                    message=f"{target} holds files that gen-quiz did not make: {named}",
                    help="move them away, or write elsewhere with --out",
                )
            ]
        )


def _names(folder: Path) -> list[str]:
    return sorted(
        path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir()
    )
