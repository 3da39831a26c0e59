"""What a run tells of itself while it works: for a progress bar, or for a program that waits."""

from __future__ import annotations

from generator.diagnostics import Diagnostic
from generator.model.dataclass import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Started:
    """The run knows what there is to do: so many forms and questions, and those still missing."""

    items: int
    missing: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemsDone:
    """A chunk is finished; `what` it has so many of is forms or questions."""

    what: str
    chunk: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FileDone:
    """A file that is joined from all chunks is written."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Remarked:
    """Everything is made, but something of it is not as it was asked for."""

    finding: Diagnostic


Event = Started | ItemsDone | FileDone | Remarked

NAMES: dict[type, str] = {Started: "started", ItemsDone: "chunk", FileDone: "file"}
"""What each is called where programs read it; a remark is told as a finding."""
