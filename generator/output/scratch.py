"""A store that keeps only what it must: files are digested and dropped, notes are temporary."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from pathlib import Path

from generator.output.store import digested


class Scratch:
    """For comparing an output with a fresh derivation, which nobody wants to keep."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="gen-quiz-")
        self._notes = Path(self._folder.name)
        self.shown = "the folder for temporary files"

    def begin(self) -> None:
        """Nothing stands in the way."""

    def old_files(self) -> list[str]:
        """There never was an output here."""
        return []

    def old_file(self, name: str) -> bytes | None:
        """There is none."""
        return None

    def write(self, name: str, chunks: Iterable[bytes]) -> str:
        """The file's SHA-256."""
        return digested(chunks)

    def holds(self, name: str, digest: str) -> bool:
        """No file is kept."""
        return False

    def note(self, name: str, content: bytes) -> None:
        """Write a note."""
        (self._notes / name).write_bytes(content)

    def notes(self) -> list[str]:
        """The names of all notes."""
        return [path.name for path in self._notes.iterdir()]

    def recall(self, name: str, start: int = 0, stop: int | None = None) -> bytes:
        """A note, or a stretch of one."""
        return stretch(self._notes / name, start, stop)

    def clear(self) -> None:
        """Nothing of another run is here."""

    def publish(self, names: Iterable[str]) -> None:
        """There is nothing to publish."""

    def end(self) -> None:
        """Remove the notes."""
        self._folder.cleanup()


def stretch(path: Path, start: int, stop: int | None) -> bytes:
    """Some bytes of a file, up to its end by default."""
    with path.open("rb") as file:
        file.seek(start)
        return file.read() if stop is None else file.read(stop - start)
