"""An output under construction: the files so far, and notes of the chunks that are finished.

A chunk is noted when all its files are written; its note lists them with their digests and carries
whatever else it gave for files that are joined from many chunks. So a run that was killed at any
moment can be taken up: what has a note is finished, everything else is made again. Notes are bound
to what was asked for; those of another request are no use and are refused.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from generator.diagnostics import Diagnostic, InputError
from generator.model.form import Artifact
from generator.output.folder import Folder
from generator.output.remote import Remote
from generator.output.scratch import Scratch
from generator.output.store import Store, Unfinished, cannot_write, digested

Binding = Mapping[str, Any]
"""What a run is bound to, as JSON: two runs with equal bindings make the same bytes."""

_JOB = "job.json"
_CHUNK = "chunk-"
_HEAD = 8
"""Bytes of the length of a note's head."""


class Staging:
    """Artifacts and notes on their way into a store. `digests` maps file names to SHA-256."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._parts: dict[str, dict[str, tuple[int, int]]] = {}
        self.digests: dict[str, str] = {}

    def write(self, artifact: Artifact) -> None:
        """Write one artifact. Raises InputError where the store refuses."""
        with explained(self._store):
            self.digests[artifact.name] = self._store.write(artifact.name, artifact.chunks)

    def keep(self, chunk: str, files: Iterable[Artifact], parts: Mapping[str, bytes]) -> None:
        """Write the files of a finished chunk, and a note of it that carries its parts."""
        before = len(self.digests)
        for file in files:
            self.write(file)
        written = dict(list(self.digests.items())[before:])
        head, places = _head(written, parts)
        with explained(self._store):
            self._store.note(_CHUNK + chunk, head + b"".join(parts.values()))
        self._parts[chunk] = places

    def kept(self, chunk: str) -> bool:
        """Whether this chunk is finished."""
        return chunk in self._parts

    def part(self, chunk: str, name: str) -> bytes:
        """A part of a finished chunk; empty where it gave none of this name."""
        start, stop = self._parts[chunk].get(name, (0, 0))
        with explained(self._store):
            return self._store.recall(_CHUNK + chunk, start, stop) if stop > start else b""

    # --- taking up what another run has begun ---

    def bind(self, binding: Binding, *, resume: bool) -> None:
        """Begin anew, or with `resume` take up what a run with this very binding has noted.

        Raises InputError where the unfinished run is bound to something else.
        """
        with explained(self._store):
            notes = self._store.notes()
            if resume and _JOB in notes:
                self._refuse_others(binding, self._store.recall(_JOB))
                for note in notes:
                    if note.startswith(_CHUNK):
                        self._take_up(note)
                return
            self._store.clear()
            self._store.note(_JOB, json.dumps(binding, sort_keys=True).encode())

    def _refuse_others(self, binding: Binding, noted: bytes) -> None:
        other = json.loads(noted)
        wanted = json.loads(json.dumps(binding))
        different = [name for name in wanted if other.get(name) != wanted[name]]
        if different:
            listed = "; ".join(
                f"its {name} is {other.get(name)}, not {wanted[name]}" for name in different
            )
            finding = Diagnostic(
                code="other-run",
                message=f"the unfinished run in {self._store.shown} is another one: {listed}",
                help="repeat its command with --resume, or begin anew without --resume",
            )
            raise InputError([finding])

    def _take_up(self, note: str) -> None:
        """Believe a note whose files and parts are whole; a crash of the machine may tear them."""
        content = self._store.recall(note)
        length = int.from_bytes(content[:_HEAD], "big")
        try:
            head = json.loads(content[_HEAD : _HEAD + length])
        except ValueError:
            return
        body = content[_HEAD + length :]
        whole = digested([body]) == head["parts_sha256"]
        files: dict[str, str] = head["files"]
        if whole and all(self._store.holds(name, digest) for name, digest in files.items()):
            self._parts[note.removeprefix(_CHUNK)] = _places(head["parts"], _HEAD + length)
            self.digests |= files


def _head(
    files: Mapping[str, str], parts: Mapping[str, bytes]
) -> tuple[bytes, dict[str, tuple[int, int]]]:
    """What stands before the parts in a note, and where they then are."""
    sizes = {name: len(part) for name, part in parts.items()}
    body = digested(parts.values())
    head = json.dumps({"files": files, "parts": sizes, "parts_sha256": body}).encode()
    return len(head).to_bytes(_HEAD, "big") + head, _places(sizes, _HEAD + len(head))


def _places(sizes: Mapping[str, int], start: int) -> dict[str, tuple[int, int]]:
    places = {}
    for name, size in sizes.items():
        places[name] = (start, start + size)
        start += size
    return places


def earlier(target: Path | str, name: str) -> bytes | None:
    """A file of the output that stands at `target`, a folder or a URL; None if there is none."""
    store = _store(target)
    with explained(store):
        return store.old_file(name)


@contextlib.contextmanager
def replacing(
    target: Path | str, binding: Binding | None = None, *, resume: bool = False
) -> Iterator[Staging]:
    """Fill a staging area, which replaces `target` when the block ends without an error.

    `target` is a folder or a URL of an fsspec file system. If the block fails, `target` is as it
    was; if it is interrupted, what is finished stays beside it, for a run with `resume`. Raises
    InputError where `target` cannot be written or holds files that are not ours.
    """
    store = _store(target)
    with explained(store):
        store.begin()
    try:
        staging = Staging(store)
        staging.bind(binding or {}, resume=resume)
        with _forgotten_if_it_fails(store):
            yield staging
            with explained(store):
                store.publish(staging.digests)
    finally:
        store.end()


@contextlib.contextmanager
def _forgotten_if_it_fails(store: Store) -> Iterator[None]:
    """What fails would fail again; what is interrupted may be taken up."""
    try:
        yield
    except Unfinished:
        raise
    except Exception:
        with contextlib.suppress(OSError):
            store.clear()
        raise


@contextlib.contextmanager
def weighing() -> Iterator[Staging]:
    """A staging area that takes files only to tell their digests; nothing is left of it."""
    store = Scratch()
    try:
        yield Staging(store)
    finally:
        store.end()


def _store(target: Path | str) -> Store:
    if isinstance(target, str) and "://" in target:
        return Remote(target)
    return Folder(Path(target))


@contextlib.contextmanager
def explained(store: Store) -> Iterator[None]:
    """A store's refusal, as a diagnostic that says what to do."""
    try:
        yield
    except OSError as error:
        raise cannot_write(store.shown, error) from error
