"""Text that an author wrote, and the place in the bank where it stands.

Expressions and templates are checked long after the YAML was read; a `Source` carries enough to
point at the very character that is wrong, however late that is found.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from generator.model.dataclass import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """A place in a file: 1-based line and column."""

    line: int
    column: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFile:
    """A bank as read: its name as the user typed it, and its whole text."""

    name: str
    text: str = field(repr=False)

    def line(self, number: int) -> str:
        """The line with this 1-based number, without its end; empty beyond the last."""
        lines = self.text.split("\n")
        return lines[number - 1] if 0 < number <= len(lines) else ""

    def position(self, index: int) -> Position:
        """Where the character at `index` of the text stands."""
        line = self.text.count("\n", 0, index) + 1
        return Position(line=line, column=index - self.text.rfind("\n", 0, index))


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A scalar of a bank: its text after YAML's unquoting, and where it begins.

    `line` and `column` are those of the first character of `text`. `jumps` are the places where
    the text and the file part ways (a further line of a block, a folded line break, an escape):
    from each offset named on, until the next, the characters stand in the file side by side from
    the position given. `quoted` tells a quoted or block scalar from a plain one (``"no"`` from
    ``no``).
    """

    file: SourceFile = field(repr=False, compare=False)
    line: int = field(compare=False)
    column: int = field(compare=False)
    text: str
    jumps: tuple[tuple[int, Position], ...] = field(default=(), repr=False, compare=False)
    quoted: bool = field(default=False, compare=False)

    def position(self, offset: int = 0) -> Position:
        """Where the character at `offset` of `text` stands in the file."""
        start, place = 0, Position(line=self.line, column=self.column)
        for jump in self.jumps:
            if jump[0] > offset:
                break
            start, place = jump
        return Position(line=place.line, column=place.column + offset - start)

    def cut(self, begin: int, end: int) -> Source:
        """The characters `begin` to `end` as a `Source` of their own, with their positions."""
        place = self.position(begin)
        return Source(
            file=self.file,
            line=place.line,
            column=place.column,
            text=self.text[begin:end],
            jumps=tuple((at - begin, to) for at, to in self.jumps if begin < at < end),
            quoted=self.quoted,
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
