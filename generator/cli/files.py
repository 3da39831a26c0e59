"""Banks from the disk, by the names that users type."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from generator.bank.yaml import decode
from generator.diagnostics import Diagnostic, InputError, did_you_mean
from generator.model.source import SourceFile
from generator.resources import BANKS

if TYPE_CHECKING:
    from generator.pipeline.roster import Roster
    from generator.render.pdf import ThemeFile

DEFAULT_BANK = "assignment4.yaml"
SUFFIXES = (".yaml", ".yml")


def default_bank() -> Path:
    """``banks/assignment4.yaml`` of this folder, or else the one that gen-quiz ships."""
    local = Path("banks") / DEFAULT_BANK
    return local if local.is_file() else BANKS / DEFAULT_BANK


def read(path: Path) -> SourceFile:
    """A bank's text. Raises InputError where there is none, or it is not UTF-8 or too large."""
    try:
        if path.is_dir():
            raise InputError([_wrong(path, "is a folder", _banks_in(path))])
        content = path.read_bytes()
    except OSError as error:
        reason = f"cannot be read: {error.strerror or error}"
        raise InputError([_wrong(path, reason, _nearest(path))]) from error
    return decode(path.as_posix(), content)


def write(path: Path, text: str) -> None:
    """Write a text file, whole or not at all. Raises InputError where that cannot be done."""
    whole = path.with_name(f".{path.name}.new")
    try:
        whole.write_text(text, encoding="utf-8", newline="\n")
        whole.replace(path)
    except OSError as error:
        whole.unlink(missing_ok=True)
        message = f"{path} cannot be written: {error.strerror or error}"
        cure = "choose another place" if path.parent.is_dir() else f"make {path.parent} first"
        raise InputError([Diagnostic(code="cannot-write", message=message, help=cure)]) from error


def beside(path: Path) -> Callable[[str], SourceFile]:
    """What reads the other banks that the bank at `path` names: those in its folder and below.

    A link that leads out of the folder is refused like a path that does.
    """
    folder = path.parent

    def load(name: str) -> SourceFile:
        if not (folder / name).resolve().is_relative_to(folder.resolve()):
            cure = "copy it into the folder"
            raise InputError([_wrong(folder / name, f"leads out of {folder}", cure)])
        return read(folder / name)

    return load


def banks_below(path: Path) -> list[Path]:
    """The bank itself, or all banks in a folder and below, sorted."""
    if not path.is_dir():
        return [path]
    found = sorted(file for file in path.rglob("*") if file.suffix in SUFFIXES)
    if not found:
        raise InputError([_wrong(path, "holds no bank", "banks end in .yaml")])
    return found


def identity(path: Path) -> str:
    """A bank's id: its file's name without the suffix, as a folder in out/ may be called."""
    name = re.sub(r"[^\w.-]+", "-", path.stem).strip("-.")
    return name or "bank"


def roster(path: Path) -> Roster:
    """The students in a CSV file. Raises InputError with all that is wrong in it."""
    from generator.pipeline.roster import read_roster

    return read_roster(_content(path, "unreadable-roster"), path.as_posix())


def theme(path: Path | None) -> ThemeFile | None:
    """A theme of the user's own, if one is named."""
    if path is None:
        return None
    from generator.render.pdf.theme import ThemeFile

    source = decode(path.as_posix(), _content(path, "unreadable-theme"))
    return ThemeFile(source=source, folder=path.absolute().parent)


def _content(path: Path, code: str) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        message = f"{path} cannot be read: {error.strerror or error}"
        beside = [file.name for file in path.parent.iterdir()] if path.parent.is_dir() else []
        cure = did_you_mean(path.name, beside)
        raise InputError([Diagnostic(code=code, message=message, help=cure)]) from error


def below(out: str, name: str) -> Path | str:
    """Where an assignment of this name goes: a folder in `out`, which may be a URL."""
    return f"{out.rstrip('/')}/{name}" if "://" in out else Path(out) / name


def _wrong(path: Path, reason: str, cure: str) -> Diagnostic:
    return Diagnostic(code="unreadable-bank", message=f"{path} {reason}", help=cure)


def _nearest(path: Path) -> str:
    folder = path.parent
    if not folder.is_dir():
        return f"there is no folder {folder}"
    return did_you_mean(path.name, (file.name for file in folder.iterdir())) or _banks_in(folder)


def _banks_in(folder: Path) -> str:
    banks = sorted(file.name for file in folder.iterdir() if file.suffix in SUFFIXES)
    if not banks:
        return f"there is no bank in {folder}"
    return f"{folder} holds {', '.join(banks[:5])}{', …' if len(banks) > 5 else ''}"
