"""Places in a file that no `Source` covers: findings about bytes and about YAML itself."""

from __future__ import annotations

from generator.diagnostics import Diagnostic
from generator.model.source import Position, SourceFile


def place(file: SourceFile, index: int) -> Position:
    """Where the character at `index` of the file's text stands."""
    line = file.text.count("\n", 0, index) + 1
    return Position(line=line, column=index - file.text.rfind("\n", 0, index))


def finding(
    file: SourceFile,
    index: int,
    code: str,
    message: str,
    help: str = "",  # noqa: A002 - the word that a diagnostic prints
    *,
    length: int = 1,
) -> Diagnostic:
    """An error that points at the character at `index` of the file's text."""
    where = place(file, index)
    return Diagnostic(
        code=code,
        message=message,
        help=help,
        file=file,
        line=where.line,
        column=where.column,
        length=length,
    )
