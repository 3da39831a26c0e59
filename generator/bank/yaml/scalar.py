r"""A YAML scalar -> a `Source` whose every character is found again in the file.

YAML changes a text on its way: it drops indentation, folds line breaks, resolves escapes. Here
the text is laid beside its raw form, and a jump is noted wherever the two part ways. The rule:
visible characters are matched one by one, in order, because YAML neither adds, drops nor swaps
one (an escape such as ``\"`` counts as one); the blanks between them follow along.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from generator.model.source import Position, Source, SourceFile

ScalarEvent = Any
"""PyYAML's; its stubs do not know the fields."""

BLANKS = " \t\r\n"
ESCAPE = r"\\(?:x..|u.{4}|U.{8}|\r\n|.)"

_VISIBLE = {
    '"': re.compile(rf"{ESCAPE}|[^{BLANKS}]", re.DOTALL),
    "'": re.compile(rf"''|[^{BLANKS}]"),
}
_VISIBLE_UNQUOTED = re.compile(rf"[^{BLANKS}]")
_PROPERTIES = re.compile(r"(?:[&!][^ \t\r\n,\[\]{}]*(?:[ \t\r\n]+|#.*\n)*)+")


def read_scalar(file: SourceFile, event: ScalarEvent) -> Source:
    """The scalar with its positions."""
    text, style = event.value, event.style or ""
    begin, end = content_begin(file, event), event.end_mark.index
    if style in ("|", ">"):
        begin = file.text.find("\n", begin, end) + 1 or end
    elif style:
        begin, end = begin + 1, end - 1
    first = place_after(file, event.start_mark, begin)
    jumps = [] if _is_verbatim(file, begin, text) else _jumps(file, event, begin, end, first)
    if jumps and jumps[0][0] == 0:
        first = jumps.pop(0)[1]
    return Source(
        file=file,
        line=first.line,
        column=first.column,
        text=text,
        jumps=tuple(jumps),
        quoted=bool(style),
    )


def content_begin(file: SourceFile, event: Any) -> int:
    """Where in the file a value begins, past its anchor and tag."""
    begin: int = event.start_mark.index
    if event.anchor is None and getattr(event, "tag", None) is None:
        return begin
    match = _PROPERTIES.match(file.text, begin, event.end_mark.index)
    return match.end() if match else begin


def _is_verbatim(file: SourceFile, begin: int, text: str) -> bool:
    """Whether the text stands in the file as it is, on one line, as nearly all do."""
    return "\n" not in text and file.text.startswith(text, begin)


def place_after(file: SourceFile, mark: Any, index: int) -> Position:
    """Where the character at `index` stands, which is `mark` or a little after it."""
    rows = file.text.count("\n", mark.index, index)
    if not rows:
        return Position(line=mark.line + 1, column=mark.column + 1 + index - mark.index)
    return Position(line=mark.line + 1 + rows, column=index - file.text.rfind("\n", 0, index))


def _jumps(
    file: SourceFile, event: ScalarEvent, begin: int, end: int, first: Position
) -> list[tuple[int, Position]]:
    """Where text and file (from `begin` to `end`) part ways; `first` is the place of `begin`."""
    text, style = event.value, event.style or ""
    jumps: list[tuple[int, Position]] = []
    offsets = (offset for offset, character in enumerate(text) if character not in BLANKS)
    last, shift, line = begin, begin, first.line
    for offset, index in zip(offsets, _visible(file.text[begin:end], style), strict=False):
        found = begin + index
        rows = file.text.count("\n", last, found)
        if rows or found - offset != shift:
            line += rows
            column = first.column + found - begin
            if line > first.line:
                column = found - file.text.rfind("\n", 0, found)
            back = _blanks_before(file.text, found, text, offset)
            jumps.append((offset - back, Position(line=line, column=column - back)))
            shift = found - offset
        last = found
    return jumps


def _visible(raw: str, style: str) -> Iterator[int]:
    """Where in the raw text each visible character stands."""
    for match in _VISIBLE.get(style, _VISIBLE_UNQUOTED).finditer(raw):
        if not (style == '"' and _resolves_to_blank(match.group())):
            yield match.start()


def _resolves_to_blank(found: str) -> bool:
    if found[0] != "\\":
        return False
    if found[1] in "xuU":
        return chr(int(found[2:], 16)) in BLANKS
    return found[1] in "ntr" + BLANKS


def _blanks_before(raw: str, index: int, text: str, offset: int) -> int:
    """How many spaces before both characters belong together: a block's line indented further."""
    back = 0
    while back < offset and text[offset - back - 1] == " " == raw[index - back - 1]:
        back += 1
    return back
