"""Banks from the disk, by the names that users type."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from generator.bank.yaml import decode
from generator.diagnostics import Diagnostic, InputError
from generator.reading import SUFFIXES, beside, identity, nearest, read, unreadable
from generator.resources import BANKS

if TYPE_CHECKING:
    from generator.pipeline.roster import Roster
    from generator.render.pdf import ThemeFile

__all__ = [
    "SUFFIXES",
    "banks_below",
    "below",
    "beside",
    "default_bank",
    "identity",
    "read",
    "roster",
    "theme",
    "write",
]

DEFAULT_BANK = "assignment4.yaml"


def default_bank() -> Path:
    """``banks/assignment4.yaml`` of this folder, or else the one that gen-quiz ships."""
    local = Path("banks") / DEFAULT_BANK
    return local if local.is_file() else BANKS / DEFAULT_BANK


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


def banks_below(path: Path) -> list[Path]:
    """The bank itself, or all banks in a folder and below, sorted."""
    if not path.is_dir():
        return [path]
    found = sorted(file for file in path.rglob("*") if file.suffix in SUFFIXES)
    if not found:
        raise InputError([unreadable(path, "holds no bank", "banks end in .yaml")])
    return found


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
        raise InputError([Diagnostic(code=code, message=message, help=nearest(path))]) from error


def below(out: str, name: str) -> Path | str:
    """Where an assignment of this name goes: a folder in `out`, which may be a URL."""
    return f"{out.rstrip('/')}/{name}" if "://" in out else Path(out) / name
