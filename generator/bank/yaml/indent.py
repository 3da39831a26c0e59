"""Lines that do not stand where YAML needs them: too deep, not deep enough, or of another kind."""

from __future__ import annotations

import re

from generator.bank.yaml.clue import Clue, line_at
from generator.bank.yaml.outline import indentation, outline
from generator.diagnostics import Diagnostic


def no_field(clue: Clue, begin: int) -> Diagnostic:
    """A line of text where a field or an item must stand."""
    line = line_at(clue.file, begin)
    word = line.strip()
    index = begin + indentation(line)
    block = outline(clue.file.text[:begin]).block
    if block is not None and not re.fullmatch(r"[\w-]+", word):
        return clue.say(
            "yaml-indent",
            f"this line is indented less than the text that begins after line {block}, and ends it",
            "indent it as far as the first line of that text",
            index=index,
            length=len(word),
        )
    return clue.say(
        "yaml-indent",
        "this line is neither a field (`name: value`) nor an item (`- value`)",
        "indent it further if it goes on with the text above; or a colon is missing",
        index=index,
        length=len(word),
    )


def misplaced(clue: Clue, word: str) -> Diagnostic:
    """A field or an item in a column, or of a kind, that does not fit what is above."""
    indent = indentation(clue.line)
    levels = outline(clue.file.text[: clue.line_begin]).levels
    column, name = min(levels, key=lambda level: abs(level[0] - indent), default=(0, ""))
    index = clue.line_begin + indent
    if column == indent:
        wanted = "an item that begins with `- `" if name == "-" else "a field `name: value`"
        message = f"{wanted} is expected in this column, as above"
        deeper = min((level for level in levels if level[0] > indent), default=None)
        cure = _aligned(*deeper) if deeper else "indent it less"
    else:
        message = f"`{word}` is indented by {_spaces(indent)}, as nothing above is"
        cure = _aligned(column, name) if levels else "do not indent it"
    return clue.say("yaml-indent", message, cure, index=index, length=len(word))


def _aligned(column: int, name: str) -> str:
    return f"indent it by {_spaces(column)}, as `{name}` above"


def _spaces(count: int) -> str:
    return "1 space" if count == 1 else f"{count} spaces"
