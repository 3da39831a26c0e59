"""What a user sees of a run: a bar on a terminal, events for a program, silence in a pipe."""

from __future__ import annotations

import json
import sys
from contextlib import AbstractContextManager, nullcontext
from types import TracebackType
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from generator.diagnostics import Diagnostic
    from generator.pipeline.events import Event


class Progress(Protocol):
    """Hears of every step."""

    def __call__(self, event: Event, /) -> None:
        """Something is done."""


def progress(*, quiet: bool, as_json: bool) -> AbstractContextManager[Progress]:
    """How a run shows its progress, by what was asked for and whether anybody looks on."""
    if as_json:
        return nullcontext(_tell_event)
    if quiet or not sys.stderr.isatty():
        return nullcontext(_say_nothing)
    return Bar()


def _say_nothing(_: Event) -> None:
    pass


# --- for programs ------------------------------------------------------------------------------


def tell(event: str, **values: object) -> None:
    """One event for a program: a JSON object on a line of its own."""
    print(json.dumps({"event": event, **values}, ensure_ascii=False), flush=True)


def tell_finding(finding: Diagnostic) -> None:
    """A finding as an event."""
    place = (
        {}
        if finding.file is None
        else {
            "file": finding.file.name,
            "line": finding.line,
            "column": finding.column,
        }
    )
    tell(finding.severity, code=finding.code, message=finding.message, help=finding.help, **place)


def _tell_event(event: Event) -> None:
    from dataclasses import asdict

    from generator.pipeline.events import NAMES, Remarked

    if isinstance(event, Remarked):
        tell_finding(event.finding)
    else:
        tell(NAMES[type(event)], **asdict(event))


# --- for people --------------------------------------------------------------------------------


class Bar:
    """How far a run is, how fast, and how long it still takes; rich is imported for this alone."""

    def __init__(self) -> None:
        from rich import progress
        from rich.console import Console

        self._bar: Any = progress.Progress(
            progress.TextColumn("{task.description}"),
            progress.BarColumn(),
            progress.MofNCompleteColumn(),
            progress.TextColumn("{task.fields[rate]}"),
            progress.TimeRemainingColumn(),
            console=Console(stderr=True),
            transient=True,
        )
        self._task = self._bar.add_task("solving and proving", total=None, rate="")

    def __enter__(self) -> Bar:
        self._bar.start()
        return self

    def __call__(self, event: Event) -> None:
        """Move on."""
        from generator.pipeline.events import FileDone, ItemsDone, Started

        if isinstance(event, Started):
            self._bar.update(self._task, total=event.items, completed=event.items - event.missing)
        elif isinstance(event, ItemsDone):
            self._bar.update(self._task, advance=event.count, description=event.what)
            speed = self._bar.tasks[0].speed
            self._bar.update(self._task, rate=f"{speed:.1f}/s" if speed else "")
        elif isinstance(event, FileDone):
            self._bar.update(self._task, description=event.name)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._bar.stop()
