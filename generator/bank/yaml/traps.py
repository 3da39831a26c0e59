r"""What YAML reads without complaint, but not as the author meant it.

Each trap is refused where it stands, with the way out of it: an escape such as ``"\times"`` (a
tab and ``imes``), a ``#`` that cuts a text short, a comma or braces within a text that has no
quotes.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from typing import Any

from generator.bank.yaml.characters import UNSEEN
from generator.bank.yaml.scalar import ESCAPE, content_begin
from generator.diagnostics import Diagnostic, in_file
from generator.model.source import Source, SourceFile, Tree

Event = Any
"""PyYAML's; its stubs do not know the fields."""

_ESCAPE = re.compile(ESCAPE, re.DOTALL)
_CODED = re.compile(r"\\(?:x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8})")
_WANTED = ('\\"', "\\\\", "\\/", "\\ ", "\\n", "\\\n", "\\\r\n")
_LATEX_AFTER_NEWLINE = re.compile(
    r"\\n(?:abla|e|earrow|eg|eq|ewline|exists|geq|leq|mid|ot|otin|parallel|u|warrow)(?![A-Za-z])"
)
_COMMAND = re.compile(r"\\(?:[A-Za-z]+|.|)")
_COMMENT = re.compile(r"[ \t]+(#[0-9]|#[^\s#])")
_GLUED = re.compile(r"([A-Za-z_]\w*):(\S.*)")


def scalar_traps(file: SourceFile, event: Event) -> Iterator[Diagnostic]:
    """The findings for one scalar."""
    if event.style == '"':
        return unwanted_escapes(file, event.start_mark.index, event.end_mark.index)
    if event.style is None:
        return _comment_in_text(file, event)
    return iter(())


def unwanted_escapes(file: SourceFile, begin: int, end: int) -> Iterator[Diagnostic]:
    """The findings for the escapes of a double-quoted text, from `begin` to `end` in the file."""
    for match in _ESCAPE.finditer(file.text, begin, end):
        escape = match.group()
        if _CODED.fullmatch(escape):
            number = int(escape[2:], 16)
            if number > sys.maxunicode or UNSEEN.match(chr(number)):
                yield _unseen_escape(file, match.start(), escape)
        elif escape not in _WANTED or _LATEX_AFTER_NEWLINE.match(file.text, match.start()):
            yield _unwanted_escape(file, match.start())


def impossible_escapes(file: SourceFile) -> Iterator[Diagnostic]:
    r"""The findings for numbers after ``\U`` that no character has."""
    for match in _CODED.finditer(file.text):
        if int(match.group()[2:], 16) > sys.maxunicode:
            yield _unseen_escape(file, match.start(), match.group())


def _unseen_escape(file: SourceFile, index: int, escape: str) -> Diagnostic:
    return in_file(
        file,
        index,
        "yaml-escape",
        f"in double quotes `{escape}` is a character that no text can hold",
        "delete it; write LaTeX in single quotes or as a block after `|`",
        length=len(escape),
    )


def _unwanted_escape(file: SourceFile, index: int) -> Diagnostic:
    match = _COMMAND.match(file.text, index)
    command = match.group() if match else "\\"
    return in_file(
        file,
        index,
        "yaml-escape",
        f"in double quotes `{command[:2]}` is an escape of YAML, not the begin of `{command}`",
        "write the text in single quotes or as a block after `|`, where a backslash is just that",
        length=len(command),
    )


def key_trap(file: SourceFile, key: Tree, event: Event) -> Diagnostic | None:
    """The finding for a key that is no text."""
    begin = content_begin(file, event)
    if isinstance(key, Source):
        if key.text == "<<" and not key.quoted:
            message = "`<<` merges mappings for some readers of YAML, and not here"
            return in_file(file, begin, "yaml-key", message, "write the fields out", length=2)
        if key.text or key.quoted:
            return None
        return in_file(file, begin, "yaml-key", "the name of a field is missing before this colon")
    return in_file(
        file,
        begin,
        "yaml-key",
        "the name of a field must be a text, not a list or a mapping",
        "put a text that begins with a bracket in quotes",
    )


def template_trap(file: SourceFile, index: int) -> Diagnostic:
    """The finding for a text without quotes that begins with a template, at `index`."""
    return in_file(
        file,
        index,
        "yaml-template",
        "a text that begins with `{{` needs quotes: for YAML a `{` begins a mapping",
        "write '{{ … }} …' in single quotes, or begin a block with `|` and go on in the next line",
        length=2,
    )


def tag_trap(file: SourceFile, index: int) -> Diagnostic:
    """The finding for a value that begins with ``!``, at `index`."""
    return in_file(
        file,
        index,
        "yaml-tag",
        "a value that begins with `!` is a tag for YAML, and a bank has none",
        "put a text in quotes; write a condition as `not …`",
    )


def comma_trap(file: SourceFile, key: Source, index: int) -> Diagnostic:
    """The finding for a field within braces without a colon, such as ``y)`` in ``{a: f(x, y)}``."""
    if glued := _GLUED.fullmatch(key.text):
        return in_file(
            file,
            index,
            "yaml-colon",
            f"a space is missing after the colon of `{glued[1]}:`",
            f"write `{glued[1]}: {glued[2]}`",
            length=len(key.text),
        )
    return in_file(
        file,
        index,
        "yaml-comma",
        f"`{key.text}` stands alone: within braces a comma ends a text that has no quotes",
        "put the whole text in quotes",
        length=len(key.text),
    )


def _comment_in_text(file: SourceFile, event: Event) -> Iterator[Diagnostic]:
    """A ``#`` without a space after it, behind prose: the rest of the text is lost."""
    match = _COMMENT.match(file.text, event.end_mark.index)
    if match and ((match[1] != "#" and match[1][1].isdigit()) or " " in event.value):
        yield in_file(
            file,
            match.start(1),
            "yaml-comment",
            "for YAML a comment begins here, so the text ends before it",
            "put the text in quotes; if a comment is meant, write a space after the `#`",
            length=len(file.text[match.start(1) :].split("\n", 1)[0]),
        )
