"""Banks from the disk, by the names that users type: their text, and the banks that they name."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from generator.bank.yaml import decode
from generator.diagnostics import Diagnostic, InputError, did_you_mean
from generator.model.source import SourceFile

SUFFIXES = (".yaml", ".yml")


def read(path: Path) -> SourceFile:
    """A bank's text. Raises InputError where there is none, or it is not UTF-8 or too large."""
    try:
        if path.is_dir():
            raise InputError([unreadable(path, "is a folder", _banks_in(path))])
        content = path.read_bytes()
    except OSError as error:
        reason = f"cannot be read: {error.strerror or error}"
        cure = nearest(path) or _banks_in(path.parent)
        raise InputError([unreadable(path, reason, cure)]) from error
    return decode(path.as_posix(), content)


def beside(path: Path) -> Callable[[str], SourceFile]:
    """What reads the other banks that the bank at `path` names: those in its folder and below.

    A link that leads out of the folder is refused like a path that does.
    """
    folder = path.parent

    def load(name: str) -> SourceFile:
        if not (folder / name).resolve().is_relative_to(folder.resolve()):
            cure = "copy it into the folder"
            raise InputError([unreadable(folder / name, f"leads out of {folder}", cure)])
        return read(folder / name)

    return load


def identity(path: Path) -> str:
    """A bank's id: its file's name without the suffix, as a folder in out/ may be called."""
    name = re.sub(r"[^\w.-]+", "-", path.stem).strip("-.")
    return name or "bank"


def unreadable(path: Path, reason: str, cure: str) -> Diagnostic:
    """A bank that is not there, or not a bank."""
    return Diagnostic(code="unreadable-bank", message=f"{path} {reason}", help=cure)


def nearest(path: Path) -> str:
    """How to come to a file that cannot be read; empty if nothing is like it, or it is a folder."""
    folder = path.parent
    if path.is_dir():
        return ""
    if not folder.is_dir():
        return f"there is no folder {folder}"
    names = _names_in(folder)
    if names is None or path.name in names:
        return _RIGHTS
    return did_you_mean(path.name, names)


_RIGHTS = "it may not be looked at: mend its rights or those of its folder"


def _names_in(folder: Path) -> list[str] | None:
    """What a folder holds, sorted; None if it is none or may not be looked into."""
    try:
        return sorted(file.name for file in folder.iterdir())
    except OSError:
        return None


def _banks_in(folder: Path) -> str:
    names = _names_in(folder)
    if names is None:
        return _RIGHTS
    banks = [name for name in names if Path(name).suffix in SUFFIXES]
    if not banks:
        return f"there is no bank in {folder}"
    return f"{folder} holds {', '.join(banks[:5])}{', …' if len(banks) > 5 else ''}"
