"""Findings gathered while reading: one run reports everything at once."""

from __future__ import annotations

from collections.abc import Iterable

from generator.diagnostics import Diagnostic, InputError, at
from generator.model.source import Branch, Source


class Unreadable(Exception):  # noqa: N818 - its finding is already reported; it only unwinds
    """Nothing can be made of this value. What is wrong has been reported; read on elsewhere."""


class Report:
    """What has been found so far."""

    def __init__(self, findings: Iterable[Diagnostic] = ()) -> None:
        self.findings = [*findings]

    def refuse(
        self,
        where: Source | Branch,
        code: str,
        message: str,
        help: str = "",  # noqa: A002 - the word that a diagnostic prints
        *,
        offset: int = 0,
        length: int | None = None,
    ) -> None:
        """Note an error, and go on."""
        self.findings.append(at(where, code, message, help=help, offset=offset, length=length))

    def unreadable(
        self,
        where: Source | Branch,
        code: str,
        message: str,
        help: str = "",  # noqa: A002 - the word that a diagnostic prints
    ) -> Unreadable:
        """Note an error that leaves nothing to go on with; the caller raises what is returned."""
        self.refuse(where, code, message, help)
        return Unreadable()

    def take(self, error: InputError) -> None:
        """Note what another layer found."""
        self.findings.extend(error.diagnostics)
