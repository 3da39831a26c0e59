"""A place behind a URL, such as ``s3://bucket/quizzes``: whatever fsspec knows.

Such a store renames nothing and replaces file by file, so the manifest tells: it is taken away
before the first file is written and written last of all, and lists what is complete. Files of the
old output that the new one lacks are deleted then, and nothing else.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from generator.diagnostics import Diagnostic, InputError
from generator.output.store import MANIFEST, digested, listed

_OLD = "old-files.json"


class Remote:
    """The place at `url`. Raises InputError where no file system is known for it."""

    def __init__(self, url: str) -> None:
        self.shown = url
        self._system, self._root = _file_system(url)
        self._notes = f"{self._root}/.unfinished"
        self._old: list[str] = []

    def begin(self) -> None:
        """Remember what the old output consists of, also if a run before this one was not ended."""
        self._system.makedirs(self._root, exist_ok=True)
        self._system.invalidate_cache()
        self._old = self.old_files()
        if self._system.exists(f"{self._notes}/{_OLD}"):
            self._old += json.loads(self.recall(_OLD))

    def old_files(self) -> list[str]:
        """What the manifest of the old output lists."""
        path = f"{self._root}/{MANIFEST}"
        return listed(self._system.cat_file(path)) if self._system.exists(path) else []

    def old_file(self, name: str) -> bytes | None:
        """A file in its final place."""
        path = f"{self._root}/{name}"
        return bytes(self._system.cat_file(path)) if self._system.exists(path) else None

    def write(self, name: str, chunks: Iterable[bytes]) -> str:
        """Write a file in its final place."""
        self._take_away_the_manifest()
        path = f"{self._root}/{name}"
        self._system.makedirs(path.rpartition("/")[0], exist_ok=True)
        with self._system.open(path, "wb") as file:
            return digested(chunks, file.write)

    def _take_away_the_manifest(self) -> None:
        path = f"{self._root}/{MANIFEST}"
        if self._old and self._system.exists(path):
            self.note(_OLD, json.dumps(self._old).encode())
            self._system.rm_file(path)

    def holds(self, name: str, digest: str) -> bool:
        """Whether a file is whole."""
        path = f"{self._root}/{name}"
        return self._system.exists(path) and digested([self._system.cat_file(path)]) == digest

    def note(self, name: str, content: bytes) -> None:
        """Write a note; an object store shows an object only when it is whole."""
        self._system.makedirs(self._notes, exist_ok=True)
        self._system.pipe_file(f"{self._notes}/{name}", content)

    def notes(self) -> list[str]:
        """The names of all notes, sorted."""
        if not self._system.exists(self._notes):
            return []
        self._system.invalidate_cache()
        found = self._system.ls(self._notes, detail=False)
        return sorted(path.rstrip("/").rpartition("/")[2] for path in found)

    def recall(self, name: str, start: int = 0, stop: int | None = None) -> bytes:
        """A note, or a stretch of one."""
        return bytes(self._system.cat_file(f"{self._notes}/{name}", start=start, end=stop))

    def clear(self) -> None:
        """Forget the notes; half-written files stay until a run writes or deletes them."""
        for name in self.notes():
            if name != _OLD:
                self._system.rm_file(f"{self._notes}/{name}")

    def publish(self, names: Iterable[str]) -> None:
        """Delete what is left of the old output, and the notes."""
        kept = set(names)
        for name in self._old:
            path = f"{self._root}/{name}"
            if name not in kept and self._system.exists(path):
                self._system.rm_file(path)
        if self._system.exists(self._notes):
            self._system.rm(self._notes, recursive=True)

    def end(self) -> None:
        """Nothing is held."""


def _file_system(url: str) -> tuple[Any, str]:
    try:
        from fsspec.core import url_to_fs  # noqa: PLC0415 - an extra, and for URLs alone

        system, root = url_to_fs(url)
    except ImportError as error:
        cure = "pip install 'gen-quiz[remote]' and what fsspec asks for, such as s3fs"
        message = f"{url} needs a package that is not installed: {error}"
        raise InputError([Diagnostic(code="remote", message=message, help=cure)]) from error
    except (ValueError, OSError) as error:
        cure = "write to a folder, or to a URL that fsspec knows, such as s3://bucket/quizzes"
        message = f"{url} cannot be opened: {error}"
        raise InputError([Diagnostic(code="remote", message=message, help=cure)]) from error
    return system, str(root).rstrip("/")
