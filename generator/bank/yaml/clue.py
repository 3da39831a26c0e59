"""What is known of a YAML error, for the rules that explain it."""

from __future__ import annotations

from typing import Any

from generator.diagnostics import Diagnostic, in_file
from generator.model.dataclass import dataclass
from generator.model.source import SourceFile


def line_at(file: SourceFile, begin: int) -> str:
    """The rest of the line from `begin` on, without its end."""
    return file.text[begin:].split("\n", 1)[0].rstrip("\r")


@dataclass(frozen=True, slots=True)
class Clue:
    """What is known of an error: PyYAML's words and places, and the last event before it."""

    file: SourceFile
    problem: str
    index: int
    context_index: int
    last: Any

    @property
    def line_begin(self) -> int:
        """Where the line of the error begins."""
        return self.file.text.rfind("\n", 0, self.index) + 1

    @property
    def line(self) -> str:
        """The line of the error."""
        return line_at(self.file, self.line_begin)

    @property
    def before(self) -> str:
        """The line of the error, up to it."""
        return self.file.text[self.line_begin : self.index]

    @property
    def found(self) -> str:
        """The character at the error; empty at the end of the file."""
        return self.file.text[self.index : self.index + 1]

    @property
    def opening(self) -> str:
        """The character at which the surrounding value begins."""
        return self.file.text[self.context_index : self.context_index + 1]

    def say(
        self, code: str, message: str, cure: str = "", *, index: int | None = None, length: int = 1
    ) -> Diagnostic:
        """The finding at `index`, or where PyYAML noticed it."""
        where = self.index if index is None else index
        return in_file(self.file, where, code, message, cure, length=length)
