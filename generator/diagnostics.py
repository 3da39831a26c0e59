"""What is wrong, where, and how to mend it.

Every complaint about a user's input is a `Diagnostic`. Stages collect them and raise one
`InputError` with all they found, so that a single run reports everything at once.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable
from typing import Literal, TypeVar

from generator.model.dataclass import dataclass
from generator.model.source import Branch, Source, SourceFile

_WIDEST = 200
"""Characters of a line that are shown; of a longer one, those around the finding."""

Item = TypeVar("Item")
Made = TypeVar("Made")


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnostic:
    """One finding. `code` is short and stable (``unknown-name``); `help` says what to do.

    `line` and `column` are 1-based; without a `file` the finding concerns the whole run.
    `length` is how many characters to underline.
    """

    code: str
    message: str
    help: str = ""
    file: SourceFile | None = None
    line: int = 0
    column: int = 0
    length: int = 1
    severity: Literal["error", "warning"] = "error"

    @property
    def place(self) -> tuple[str, int, int]:
        """Sort key: file, line, column."""
        return (self.file.name if self.file else "", self.line, self.column)


class InputError(Exception):
    """The user's input is wrong; the run ends with exit code 1 and these findings."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics = tuple(sorted(dict.fromkeys(diagnostics), key=_order))
        super().__init__("\n".join(f"{d.code}: {d.message}" for d in self.diagnostics))

    def __reduce__(self) -> tuple[type[InputError], tuple[tuple[Diagnostic, ...]]]:
        return (InputError, (self.diagnostics,))


def _order(diagnostic: Diagnostic) -> tuple[tuple[str, int, int], str, str]:
    return (diagnostic.place, diagnostic.code, diagnostic.message)


def each(make: Callable[[Item], Made], items: Iterable[Item]) -> tuple[Made, ...]:
    """What `make` gives for every item. Raises InputError with all that is wrong in any of them."""
    made: list[Made] = []
    findings: list[Diagnostic] = []
    for item in items:
        try:
            made.append(make(item))
        except InputError as error:
            findings += error.diagnostics
    if findings:
        raise InputError(findings)
    return tuple(made)


def at(
    where: Source | Branch,
    code: str,
    message: str,
    *,
    help: str = "",  # noqa: A002 - the word that a diagnostic prints
    offset: int = 0,
    length: int | None = None,
    severity: Literal["error", "warning"] = "error",
) -> Diagnostic:
    """A diagnostic that points into a bank: at `offset` of a `Source`, or at a `Branch`'s begin."""
    if isinstance(where, Branch):
        line, column, span = where.line, where.column, 1
    else:
        place = where.position(offset)
        line, column = place.line, place.column
        span = len(where.text[offset:].split("\n")[0])
    return Diagnostic(
        code=code,
        message=message,
        help=help,
        file=where.file,
        line=line,
        column=column,
        length=max(1, span if length is None else length),
        severity=severity,
    )


def in_file(
    file: SourceFile,
    index: int,
    code: str,
    message: str,
    help: str = "",  # noqa: A002 - the word that a diagnostic prints
    *,
    length: int = 1,
    severity: Literal["error", "warning"] = "error",
) -> Diagnostic:
    """A diagnostic that points at the character at `index` of a file, where no `Source` is."""
    place = file.position(index)
    return Diagnostic(
        code=code,
        message=message,
        help=help,
        file=file,
        line=place.line,
        column=place.column,
        length=length,
        severity=severity,
    )


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word that is spelt most like `word`; empty if none is near."""
    near = difflib.get_close_matches(word, sorted(known), n=1, cutoff=0.6)
    return near[0] if near else ""


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """``did you mean `filters`?`` for the known word nearest to `word`; empty if none is near."""
    near = nearest(word, known)
    return f"did you mean `{near}`?" if near else ""


def _visible(line: str) -> str:
    """A line as it may be printed: a bank's control characters are not for the terminal."""
    line = line.rstrip("\r").replace("\t", " ")
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in line)


def _excerpt(line: str, index: int) -> tuple[str, int]:
    """What is shown of a line around the character at `index`, and where that stands then."""
    begin = max(0, index - _WIDEST // 2) if len(line) > _WIDEST else 0
    end = begin + _WIDEST
    before, after = "…" if begin else "", "…" if end < len(line) else ""
    return f"{before}{line[begin:end]}{after}", index - begin + len(before)


def show(diagnostic: Diagnostic) -> str:
    """The diagnostic as a good compiler prints it, without a final newline."""
    head = f"{diagnostic.severity}[{diagnostic.code}]: {diagnostic.message}"
    if diagnostic.file is None:
        return head + (f"\nhelp: {diagnostic.help}" if diagnostic.help else "")
    lines = [f"{diagnostic.file.name}:{diagnostic.line}:{diagnostic.column}: {head}"]
    line = _visible(diagnostic.file.line(diagnostic.line))
    text, index = _excerpt(line, diagnostic.column - 1)
    if text.strip():
        number = str(diagnostic.line)
        margin = " " * len(number)
        length = max(1, min(diagnostic.length, len(text) - index))
        lines += [
            f"{margin} |",
            f"{number} | {text}",
            f"{margin} | {' ' * index}{'^' * length}",
        ]
    if diagnostic.help:
        lines.append(f"help: {diagnostic.help}")
    return "\n".join(lines)
