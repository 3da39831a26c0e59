"""A bank's text line by line, with each finding below the line that it is about."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from generator.diagnostics import Diagnostic
from generator.model.dataclass import dataclass
from generator.model.source import SourceFile


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of a bank: its pieces, each with whether a finding underlines it, and the findings."""

    number: int
    pieces: tuple[tuple[str, bool], ...]
    findings: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A file of a bank; `number` counts the files, and begins the addresses of its lines."""

    number: int
    name: str
    lines: tuple[Line, ...]


def listings(files: Iterable[SourceFile], findings: Iterable[Diagnostic]) -> tuple[Listing, ...]:
    """Every file with its findings."""
    found = tuple(findings)
    return tuple(
        Listing(
            number=number,
            name=file.name,
            lines=tuple(_lines(file, [one for one in found if of(one, file)])),
        )
        for number, file in enumerate(files)
    )


def of(finding: Diagnostic, file: SourceFile) -> bool:
    """Whether a finding is about this file."""
    return finding.file is not None and finding.file.name == file.name


def address(finding: Diagnostic, files: Iterable[SourceFile]) -> str:
    """The id of the line that a finding is about; empty if it is about no line."""
    for number, file in enumerate(files):
        if of(finding, file) and finding.line:
            return f"line-{number}-{finding.line}"
    return ""


def _lines(file: SourceFile, findings: list[Diagnostic]) -> Iterable[Line]:
    by_line: dict[int, list[Diagnostic]] = {}
    for finding in findings:
        by_line.setdefault(finding.line, []).append(finding)
    for number, text in enumerate(file.text.split("\n"), start=1):
        here = by_line.get(number, [])
        yield Line(number=number, pieces=_pieces(text.rstrip("\r"), here), findings=tuple(here))


def _pieces(text: str, findings: list[Diagnostic]) -> tuple[tuple[str, bool], ...]:
    """The line, cut where underlining begins and ends."""
    marked = bytearray(len(text))
    for finding in findings:
        begin = min(finding.column - 1, max(0, len(text) - 1))
        for place in range(begin, min(begin + finding.length, len(text))):
            marked[place] = 1
    cuts = [i for i in range(1, len(text)) if marked[i] != marked[i - 1]]
    edges = [0, *cuts, len(text)]
    return tuple(
        (text[begin:end], bool(marked[begin])) for begin, end in pairwise(edges) if begin < end
    )
