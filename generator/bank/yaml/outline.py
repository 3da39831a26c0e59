"""The lines of a broken YAML file, as an author sees them: which columns the levels begin in.

A parser that has stumbled knows little of what surrounds the place. Its lines still tell: where
fields and items begin, and which lines are the text of a block. All of it serves findings alone,
so a guess is good enough.
"""

from __future__ import annotations

import re

from generator.model.dataclass import dataclass

FIELD = re.compile(r"[ ]*(?:- +)*(?P<key>[A-Za-z_][\w-]*|'[^']*'|\"[^\"]*\"):(?=\s|$)")
GLUED_FIELD = re.compile(r"[ ]*(?:- +)*(?P<key>[A-Za-z_][\w-]*):(?P<value>[^\s:/].*)")
ITEM = re.compile(r"[ ]*-(?=\s|$)")

_BLOCK_HEADER = re.compile(r".*(?::|-) +[|>][-+0-9]*\s*(?:#.*)?")
_DASH = re.compile(r"- +")


@dataclass(frozen=True, slots=True)
class Outline:
    """What stands above a line.

    `levels` are the 0-based columns in which an open list or mapping goes on, innermost first,
    each with the word that begins there (a field's name, or ``-``). `block` is the 1-based line
    of the header of a block text, if nothing but that text stands between.
    """

    levels: tuple[tuple[int, str], ...]
    block: int | None


def outline(above: str) -> Outline:
    """The outline of the lines above."""
    lines = _structure(above)
    levels: list[tuple[int, str]] = []
    for _, line in reversed(lines):
        limit = levels[-1][0] if levels else len(above)
        levels += [start for start in reversed(_starts(line)) if start[0] < limit]
    last = lines[-1] if lines else (0, "")
    block = last[0] if _BLOCK_HEADER.fullmatch(last[1]) else None
    return Outline(levels=tuple(levels), block=block)


def indentation(line: str) -> int:
    """How many spaces a line begins with."""
    return len(line) - len(line.lstrip(" "))


def _structure(text: str) -> list[tuple[int, str]]:
    """The lines with their 1-based numbers, without blank lines, comments and texts of blocks."""
    lines: list[tuple[int, str]] = []
    inside: int | None = None  # the column that a block's lines lie beyond
    for number, line in enumerate(text.split("\n"), start=1):
        bare = line.strip()
        if not bare or (inside is not None and indentation(line) > inside):
            continue
        inside = None
        if bare.startswith("#"):
            continue
        lines.append((number, line.rstrip()))
        if _BLOCK_HEADER.fullmatch(line.rstrip()):
            starts = _starts(line)
            inside = starts[-1][0] if starts else indentation(line)
    return lines


def _starts(line: str) -> list[tuple[int, str]]:
    """The columns in which items and a field begin in this line, from the left."""
    starts: list[tuple[int, str]] = []
    column = indentation(line)
    while dash := _DASH.match(line, column):
        starts.append((column, "-"))
        column = dash.end()
    if found := FIELD.match(line[column:]):
        starts.append((column, found["key"]))
    return starts
