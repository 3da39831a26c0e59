"""The bank that is looked at, as it was last saved.

A `Reading` is what one save gave: the bank ready to be dealt, or the findings that prevent it,
beside the last bank without errors, so that the page still has something to show. Files are told
from their size and times several times a second, which works on every file system; a file is read
once it rests, for editors write in steps. In the background a sample of each problem is solved, as
``gen-quiz check`` does.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import field, replace
from functools import partial
from pathlib import Path
from typing import Any

from generator import reading
from generator.diagnostics import Diagnostic, InputError
from generator.model.dataclass import dataclass
from generator.model.document import Document
from generator.model.form import Form
from generator.model.source import SourceFile
from generator.pipeline.assignment import Assignment, Dealer, prepare
from generator.pipeline.check import ProblemReport, looked_at, report_of
from generator.preview.workbench import Workbench
from generator.render.pdf import ThemeFile

_PAUSE = 0.05
"""Seconds between two looks at the files."""
_SAMPLE = 20
"""Variants of each problem that are solved in the background: as many as `check` takes."""
_REST = 0.4
"""Seconds after a save that belong to the page."""

_KEPT = 64
"""Variants and sheets that are kept for whoever goes back to them."""


@dataclass(frozen=True, slots=True)
class Looked:
    """What a sample of a problem's variants told; `report` is None where one failed."""

    report: ProblemReport | None
    findings: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What one save gave.

    `number` counts the savings; `assignment` is the last one without errors, `fresh` says whether
    it is of this save. `findings` are of this save, `looked` holds more by problem as they come.
    """

    number: int
    assignment: Assignment | None
    fresh: bool
    findings: tuple[Diagnostic, ...]
    files: tuple[SourceFile, ...]
    looked: Mapping[str, Looked] = field(default_factory=dict)
    documents: dict[tuple[str, int], Document] = field(default_factory=dict)
    sheets: dict[tuple[str, str, int], bytes] = field(default_factory=dict)

    def dealer(self, problem: str) -> Dealer:
        """The dealer of a problem; LookupError if there is none."""
        for dealer in self.assignment.dealers if self.assignment else ():
            if dealer.problem.identity == problem:
                return dealer
        raise LookupError(f"there is no problem {problem!r}")

    def document(self, problem: str, index: int) -> Document:
        """A variant, solved once. LookupError if there is none; InputError as the solver."""
        if (problem, index) not in self.documents:
            dealer = self.dealer(problem)
            if not 0 <= index < dealer.space.size:
                raise LookupError(f"{problem} has no variant {index}")
            _make_room(self.documents)
            self.documents[problem, index] = dealer.document(dealer.variant(index))
        return self.documents[problem, index]

    def sheet(self, kind: str, problem: str, index: int, make: Callable[[Form], bytes]) -> bytes:
        """A PDF of this kind with a variant alone, made once; raises as `document` does."""
        if (kind, problem, index) not in self.sheets:
            document = self.document(problem, index)
            form = Form(number=1, code=document.code, documents=(document,))
            _make_room(self.sheets)
            self.sheets[kind, problem, index] = make(form)
        return self.sheets[kind, problem, index]

    def all_findings(self) -> tuple[Diagnostic, ...]:
        """Those of the bank and of the samples of this save, each once, in the file's order."""
        looked = self.looked.values() if self.fresh else ()
        samples = [finding for sample in looked for finding in sample.findings]
        found = dict.fromkeys((*self.findings, *samples))
        return tuple(sorted(found, key=lambda finding: finding.place))


class Session:
    """Follows a bank. `reading` is the newest; `wait` tells when there is more to show."""

    def __init__(self, path: Path, seed: int, theme: ThemeFile | None = None) -> None:
        self.bench = Workbench()
        self._path, self._seed, self._theme = path, seed, theme
        self._news = threading.Condition()
        self._ticks = 0
        self._watched: tuple[Path, ...] = (path,)
        self._seen = _state(self._watched)
        self.reading = Reading(number=0, assignment=None, fresh=False, findings=(), files=())
        self._read()

    def follow(self) -> None:
        """Begin to watch the files, and to check what is in them."""
        for task in (self._watch, self._check):
            threading.Thread(target=task, daemon=True).start()

    def wait(self, tick: int, patience: float) -> int:
        """The number of the latest change; waits at most so many seconds for one after `tick`."""
        with self._news:
            self._news.wait_for(lambda: self._ticks > tick, patience)
            return self._ticks

    def _tell(self, reading: Reading) -> None:
        with self._news:
            self.reading = reading
            self._ticks += 1
            self._news.notify_all()

    # --- reading --------------------------------------------------------------------------------

    def _read(self) -> None:
        """Take in the files as they are now."""
        before, files = self.reading, [self._path]
        texts: list[SourceFile] = []

        def read(path: Path) -> SourceFile:
            text = reading.read(path)
            texts.append(text)
            return text

        def load(name: str) -> SourceFile:
            files.append(self._path.parent / name)
            texts.append(text := reading.beside(self._path)(name))
            return text

        made: Assignment | None
        try:
            made = self.bench.run(
                lambda: prepare(
                    read(self._path),
                    id=reading.identity(self._path),
                    seed=self._seed,
                    load=load,
                    theme=self._theme,
                )
            )
            findings, fresh = made.warnings, True
        except InputError as error:
            made, findings, fresh = before.assignment, error.diagnostics, False
        self._watched = tuple(dict.fromkeys(files))
        self._tell(
            Reading(
                number=before.number + 1,
                assignment=made,
                fresh=fresh,
                findings=findings,
                files=tuple(texts),
                looked={} if fresh else before.looked,
                documents={} if fresh else before.documents,
                sheets={} if fresh else before.sheets,
            )
        )

    def _watch(self) -> None:
        """Read again when a file has changed and rests."""
        last = self._seen
        while True:
            time.sleep(_PAUSE)
            now = _state(self._watched)
            if now != self._seen and now == last:
                self._seen = now
                self._read()
            last = now

    # --- checking -------------------------------------------------------------------------------

    def _check(self) -> None:
        """Solve a sample of each problem of the newest reading, and tell what it says."""
        tick = 0
        while True:
            time.sleep(_REST)
            current = self.reading
            if current.fresh and current.assignment is not None:
                for dealer in current.assignment.dealers:
                    if dealer.problem.identity not in current.looked:
                        self._sample(current.number, dealer)
            tick = self.wait(tick, 60)

    def _sample(self, number: int, dealer: Dealer) -> None:
        """Solve variant after variant, so that whoever looks at the page need not wait for all."""
        taken = []
        try:
            for k in range(min(_SAMPLE, dealer.space.size)):
                taken.append(self.bench.run(partial(looked_at, dealer, k)))
                if self.reading.number != number:
                    return
            looked = Looked(*self.bench.run(lambda: report_of(dealer, taken)))
        except InputError as error:
            looked = Looked(None, error.diagnostics)
        with self._news:
            if self.reading.number == number:
                known = {**self.reading.looked, dealer.problem.identity: looked}
                self._tell(replace(self.reading, looked=known))


def _make_room(kept: dict[Any, Any]) -> None:
    """Forget the oldest where there is too much."""
    while len(kept) >= _KEPT:
        del kept[next(iter(kept))]


def _state(paths: tuple[Path, ...]) -> tuple[object, ...]:
    """What changes when a file is saved; nothing where there is no file."""
    found: list[object] = []
    for path in paths:
        try:
            status = path.stat()
            found.append((path, status.st_mtime_ns, status.st_size, status.st_ino))
        except OSError:
            found.append((path, None))
    return tuple(found)
