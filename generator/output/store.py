"""What a place to write to must be able to do.

A store holds the files of one output and, while a run is under way, its notes: small or large
pieces of bytes that another run can read. A note is there whole or not at all; a file of a run that
is under way may be incomplete, so only what a note vouches for counts as finished.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Protocol

from generator.diagnostics import Diagnostic, InputError

MANIFEST = "manifest.json"
VARIANTS = "variants.jsonl"
"""What other programs read first: what was made, and what is in each variant."""


class Unfinished(InputError):  # noqa: N818 - named for what it says
    """The run cannot go on, through no fault of what it makes; a later one may take it up."""


class Store(Protocol):
    """A place for an output. What goes wrong in it is an OSError."""

    @property
    def shown(self) -> str:
        """The place as messages name it."""

    def begin(self) -> None:
        """Take hold of the place, alone. Raises InputError where that cannot be."""

    def old_files(self) -> list[str]:
        """The files of the output that stands there, as its manifest lists them."""

    def old_file(self, name: str) -> bytes | None:
        """A file of the output that stands there; None if there is none."""

    def write(self, name: str, chunks: Iterable[bytes]) -> str:
        """Write a file, whatever stood there; returns its SHA-256."""

    def holds(self, name: str, digest: str) -> bool:
        """Whether a file that this run or one before it wrote is whole."""

    def note(self, name: str, content: bytes) -> None:
        """Write a note."""

    def notes(self) -> list[str]:
        """The names of all notes."""

    def recall(self, name: str, start: int = 0, stop: int | None = None) -> bytes:
        """A note, or a stretch of one."""

    def clear(self) -> None:
        """Forget the notes and the files of a run that was not finished."""

    def publish(self, names: Iterable[str]) -> None:
        """Make the files of this run, which are `names`, the output."""

    def end(self) -> None:
        """Let go of the place; what is unfinished stays, unless it was cleared."""


def digested(chunks: Iterable[bytes], take: Callable[[bytes], object] | None = None) -> str:
    """The SHA-256 of what `chunks` make together; each is handed to `take` on the way."""
    digest = hashlib.sha256()
    for chunk in chunks:
        digest.update(chunk)
        if take is not None:
            take(chunk)
    return digest.hexdigest()


def file_digest(path: Path) -> str:
    """A file's SHA-256; it is read in blocks, for a merged PDF may be large. Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def cannot_write(shown: str, error: OSError) -> InputError:
    """The operating system's refusal, as a finding that says what to do."""
    return InputError(
        [
            Diagnostic(
                code="cannot-write",
                message=f"{shown} cannot be written: {error.strerror or error}",
                help="nothing was changed; free some space or mend the rights, or write "
                "elsewhere with --out",
            )
        ]
    )


def listed(manifest: bytes) -> list[str]:
    """The files that a manifest lists; none if it is not one."""
    try:
        files = json.loads(manifest)["files"]
    except (ValueError, KeyError, TypeError):
        return []
    return list(files) if isinstance(files, dict) else []
