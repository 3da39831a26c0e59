"""Text that an author wrote, and the place in the bank where it stands.

Expressions and templates are checked long after the YAML was read; a `Source` carries enough to
point at the very character that is wrong, however late that is found.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFile:
    """A bank as read: its name as the user typed it, and its whole text."""

    name: str
    text: str = field(repr=False)

    def line(self, number: int) -> str:
        """The line with this 1-based number, without its end; empty beyond the last."""
        lines = self.text.split("\n")
        return lines[number - 1] if 0 < number <= len(lines) else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """A place in a file: 1-based line and column."""

    line: int
    column: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A scalar of a bank: its text after YAML's unquoting, and where it begins.

    `line` and `column` are those of the first character of `text`. `indent` is the number of
    spaces before each further line of a literal block (``|``); None where further lines cannot
    be located (folded and quoted scalars), whose positions then fall on the first line.
    `quoted` tells a quoted or block scalar from a plain one (``"no"`` from ``no``).
    """

    file: SourceFile = field(repr=False, compare=False)
    line: int = field(compare=False)
    column: int = field(compare=False)
    text: str
    indent: int | None = field(default=None, compare=False)
    quoted: bool = field(default=False, compare=False)

    def position(self, offset: int = 0) -> Position:
        """Where the character at `offset` of `text` stands in the file."""
        before = self.text[:offset]
        rows = before.count("\n")
        if rows == 0:
            return Position(line=self.line, column=self.column + len(before))
        if self.indent is None:
            return Position(line=self.line, column=self.column)
        return Position(
            line=self.line + rows, column=self.indent + len(before.rpartition("\n")[2]) + 1
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """A mapping or a list of a bank, for the parts of it that only a model can read.

    `entries` are (key, value) pairs; in a list every key is None.
    """

    file: SourceFile = field(repr=False, compare=False)
    line: int = field(compare=False)
    column: int = field(compare=False)
    entries: tuple[tuple[Source | None, Tree], ...]

    @property
    def is_list(self) -> bool:
        """Whether this is a list (an empty branch is an empty mapping)."""
        return bool(self.entries) and self.entries[0][0] is None

    @property
    def items(self) -> tuple[Tree, ...]:
        """The values, in order."""
        return tuple(value for _, value in self.entries)

    @property
    def fields(self) -> Mapping[str, Tree]:
        """The entries by the text of their key; empty for a list."""
        return {key.text: value for key, value in self.entries if key is not None}


Tree = Source | Branch
"""A YAML value with positions: every scalar a `Source`, every collection a `Branch`."""
