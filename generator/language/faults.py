"""Trouble that does not yet know its place.

Arithmetic does not know which text it is evaluating. It raises a `Fault`; whoever knows the text
turns it into the `InputError` that points there.
"""

from __future__ import annotations

from generator.diagnostics import InputError, at
from generator.model.source import Source


class Fault(Exception):  # noqa: N818 - it is never the end: an InputError is made of it
    """What is wrong (`code`, `message`) and how to mend it (`help`); see `Diagnostic`.

    `offset` and `length` are the place within the text, where that is known.
    """

    def __init__(
        self,
        code: str,
        message: str,
        help: str = "",  # noqa: A002 - the word that a diagnostic prints
        *,
        offset: int | None = None,
        length: int = 1,
    ) -> None:
        super().__init__(message)
        self.code, self.message, self.help = code, message, help
        self.offset, self.length = offset, length


def located(fault: Fault, source: Source, *, offset: int = 0, length: int = 1) -> InputError:
    """The error that shows `fault` in `source`, at its own place or, if it has none, at this."""
    if fault.offset is not None:
        offset, length = fault.offset, fault.length
    return InputError(
        [at(source, fault.code, fault.message, help=fault.help, offset=offset, length=length)]
    )
