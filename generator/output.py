"""Artifacts to a folder, all or nothing.

Everything is written into a staging folder beside the target, which takes the target's place only
when it is whole: whoever looks at the target sees the old output or the new one, never a mixture,
also after a full disk or a killed process. What gen-quiz did not make is never deleted.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from generator.diagnostics import Diagnostic, InputError
from generator.model.form import Artifact

MANIFEST = "manifest.json"
_STAGING = ".staging-"
_RETIRED = ".retired-"


class Staging:
    """A folder that is being filled. `digests` maps each file's name to its SHA-256, in order."""

    def __init__(self, folder: Path, target: Path) -> None:
        self._folder = folder
        self._target = target
        self.digests: dict[str, str] = {}

    def write(self, artifact: Artifact) -> None:
        """Write one artifact. Raises InputError where the disk refuses."""
        with _explained(self._target):
            self._write(artifact)

    def _write(self, artifact: Artifact) -> None:
        path = self._folder / artifact.name
        path.parent.mkdir(parents=True, exist_ok=True)
        digest = hashlib.sha256()
        with path.open("xb") as file:
            for chunk in artifact.chunks:
                digest.update(chunk)
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        self.digests[artifact.name] = digest.hexdigest()


@contextlib.contextmanager
def replacing(target: Path) -> Iterator[Staging]:
    """Fill a staging folder, which replaces `target` when the block ends without an error.

    Raises InputError where `target` cannot be written or holds files that are not ours; then, and
    if the block fails, `target` is as it was.
    """
    with _explained(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        _refuse_foreign_files(target)
        staging = Path(tempfile.mkdtemp(prefix=f"{_STAGING}{target.name}-", dir=target.parent))
    try:
        yield Staging(staging, target)
        with _explained(target):
            staging.chmod(0o777 & ~_umask())
            _swap(staging, target)
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _swap(staging: Path, target: Path) -> None:
    """Put `staging` in the place of `target`, by renaming only."""
    if not target.exists():
        staging.rename(target)
        return
    retired = Path(tempfile.mkdtemp(prefix=f"{_RETIRED}{target.name}-", dir=target.parent))
    target.rename(retired / target.name)
    try:
        staging.rename(target)
    except OSError:
        (retired / target.name).rename(target)
        raise
    finally:
        shutil.rmtree(retired, ignore_errors=True)


def _refuse_foreign_files(target: Path) -> None:
    if not target.exists():
        return
    ours = set(_recorded(target)) | {MANIFEST}
    there = _files(target) if target.is_dir() else [target.name]
    foreign = [name for name in there if name not in ours]
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


def _files(folder: Path) -> list[str]:
    return sorted(
        path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir()
    )


def _recorded(target: Path) -> list[str]:
    """The names of the files that the manifest in `target` lists; none without a manifest."""
    try:
        files = json.loads((target / MANIFEST).read_text("utf-8"))["files"]
    except (OSError, ValueError, KeyError, TypeError):
        return []
    return list(files) if isinstance(files, dict) else []


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


@contextlib.contextmanager
def _explained(target: Path) -> Iterator[None]:
    """An operating system's refusal, as a diagnostic that says what to do."""
    try:
        yield
    except OSError as error:
        raise InputError(
            [
                Diagnostic(
                    code="cannot-write",
                    message=f"{target} cannot be written: {error.strerror or error}",
                    help="nothing was changed; free some space or mend the rights, or write "
                    "elsewhere with --out",
                )
            ]
        ) from error
