"""Bytes of a file -> its text, or a finding for every character that a bank cannot hold.

A bank is UTF-8. Beyond the bytes it refuses what an author cannot see and YAML would act upon:
control characters, the line ends of other times (which would shift every line number), and
no-break spaces where a line is indented.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from itertools import islice

from generator.bank.limits import MAX_BYTES, MAX_FINDINGS
from generator.diagnostics import Diagnostic, InputError, in_file
from generator.model.source import SourceFile

STAND_IN = "\ue000"
"""A character for private use, which no bank may hold, so that it can stand for another."""

UNSEEN = re.compile(
    f"[{STAND_IN}\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]|\r(?!\n)"
)
_NO_BREAK_INDENT = re.compile("^[ -]*(\xa0[ \xa0]*)", re.MULTILINE)
_NAMES = {
    "\x85": "a next-line character (U+0085)",
    "\u2028": "a line separator (U+2028)",
    "\u2029": "a paragraph separator (U+2029)",
    "\ufeff": "a byte order mark (U+FEFF)",
    "\r": "a carriage return without a line feed",
}
_LOST = {
    control: f"was it `\\{letter}…` of LaTeX? Then a program took the backslash for an escape"
    for control, letter in zip("\a\b\f\v\x1b", "abfve", strict=True)
}
_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def decode(name: str, content: bytes) -> SourceFile:
    """The file of this name with its text; a byte order mark at its begin is dropped.

    Raises InputError if it is too large or not UTF-8.
    """
    if len(content) > MAX_BYTES:
        raise InputError([_too_large(name, len(content))])
    if content.startswith(_UTF16_MARKS):
        raise InputError([_not_utf8(SourceFile(name=name, text=""), 0, "it is UTF-16")])
    content = content.removeprefix(codecs.BOM_UTF8)
    try:
        return SourceFile(name=name, text=content.decode("utf-8"))
    except UnicodeDecodeError as error:
        readable = SourceFile(name=name, text=content.decode("utf-8", errors="replace"))
        index = len(content[: error.start].decode("utf-8"))
        finding = _not_utf8(readable, index, _guess(content[error.start]))
        raise InputError([finding]) from None


def check_characters(file: SourceFile) -> None:
    """Raise InputError with every character that a bank cannot hold, and if it is too large."""
    size = len(file.text.encode("utf-8", errors="surrogatepass"))
    if size > MAX_BYTES:
        raise InputError([_too_large(file.name, size)])
    findings = [
        *islice(_unseen(file), MAX_FINDINGS),
        *islice(_no_break_indents(file), MAX_FINDINGS),
    ]
    if findings:
        raise InputError(findings)


def _unseen(file: SourceFile) -> Iterator[Diagnostic]:
    for match in UNSEEN.finditer(file.text):
        found = match.group()
        name = _NAMES.get(found, f"the control character U+{ord(found):04X}")
        yield in_file(
            file,
            match.start(),
            "control-character",
            f"{name} stands here, which cannot be seen",
            _LOST.get(found, "delete it"),
        )


def _no_break_indents(file: SourceFile) -> Iterator[Diagnostic]:
    for match in _NO_BREAK_INDENT.finditer(file.text):
        yield in_file(
            file,
            match.start(1),
            "no-break-space",
            "this line is indented with a no-break space (U+00A0), which is text for YAML",
            "type plain spaces instead; such a space often comes from copying a web page",
            length=match.end(1) - match.start(1),
        )


def _too_large(name: str, size: int) -> Diagnostic:
    return Diagnostic(
        code="too-large",
        message=f"{name} has {size:,} bytes; a bank may have {MAX_BYTES:,}",
        help="split it into several banks",
    )


def _not_utf8(file: SourceFile, index: int, guess: str) -> Diagnostic:
    return in_file(file, index, "encoding", f"this file is not UTF-8: {guess}", "save it as UTF-8")


def _guess(byte: int) -> str:
    try:
        letter = bytes([byte]).decode("cp1252")
    except UnicodeDecodeError:
        return f"the byte 0x{byte:02X} begins no letter here"
    return f"the byte 0x{byte:02X} here is `{letter}` in the old encoding of Windows"
