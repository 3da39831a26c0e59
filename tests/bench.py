"""Time whole commands, as a user waits for them: ``make bench``; ``tests/bench.py --full`` for all.

Every row is a process of its own in a fresh folder, with all that it starts. The table shows what
the user waits, the CPU seconds of all processes, their peak memory together, what was written, and
what a form or question costs. Speed is judged here, side by side in one run, never in a test. The
first line says how fast the machine is: the time of one turn of the plainest loop in Python.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import platform
import resource
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WIDE = ROOT / "tests" / "banks" / "bench" / "wide.yaml"
"""Two small problems with millions of variants: forms and Moodle questions without end."""

_EVERY = 0.1
"""Seconds between two looks at the memory."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A command to time; `units` things are made by it. The quick table has the `quick` ones."""

    name: str
    arguments: Sequence[str]
    units: int = 0
    quick: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What a command took: seconds waited, seconds of CPU, megabytes at its peak and on disk."""

    wall: float
    cpu: float
    memory: float
    written: float


def _forms(count: int, *, quick: bool) -> Row:
    arguments = ["--seed", "42", "--forms", str(count), "--only", "pdf,key"]
    return Row(
        name=f"{count:,} forms, student and key", arguments=arguments, units=count, quick=quick
    )


def _small_forms(count: int, *, quick: bool) -> Row:
    """Assignment 4 has variants for 2,016 forms; how cost and memory grow beyond, these tell."""
    arguments = [str(WIDE), "--seed", "42", "--forms", str(count), "--only", "pdf,key"]
    return Row(name=f"{count:,} small forms", arguments=arguments, units=count, quick=quick)


def _questions(count: int, *, quick: bool) -> Row:
    each = str(count // 2)
    arguments = [str(WIDE), "--seed", "42", "--forms", "0", "--variants", each, "--only", "moodle"]
    return Row(name=f"{count:,} Moodle questions", arguments=arguments, units=count, quick=quick)


ROWS = (
    Row(name="--help", arguments=["--help"]),
    Row(name="the main job", arguments=["--seed", "42"]),
    _forms(1, quick=True),
    _forms(100, quick=True),
    _forms(1_000, quick=False),
    _small_forms(100, quick=True),
    _small_forms(1_000, quick=False),
    _small_forms(10_000, quick=False),
    _questions(1_000, quick=True),
    _questions(10_000, quick=False),
    _questions(100_000, quick=False),
)


def run(command: Sequence[str]) -> Run:
    """Run a command once in a fresh folder. Raises RuntimeError where it fails."""
    with tempfile.TemporaryDirectory() as folder:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        start = time.perf_counter()
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            stdout=subprocess.DEVNULL,
        )
        peak = _Peak(process.pid)
        status = process.wait()
        wall = time.perf_counter() - start
        memory = peak.ended()
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        if status:
            raise RuntimeError(f"{' '.join(command)} failed with {status}")
        written = sum(path.stat().st_size for path in Path(folder).rglob("*") if path.is_file())
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Run(wall=wall, cpu=cpu, memory=memory, written=written / 1e6)


class _Peak:
    """The most memory that a process and all below it had together, in MB.

    What processes share is counted once: Linux tells each one's proportional share (PSS). Where it
    does not, there is no figure.
    """

    def __init__(self, root: int) -> None:
        self._root, self._most = root, 0
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def ended(self) -> float:
        self._done.set()
        self._thread.join()
        return self._most / 1024

    def _watch(self) -> None:
        while not self._done.wait(_EVERY):
            self._most = max(self._most, sum(map(_share, _family(self._root))))


def _family(root: int) -> list[int]:
    """A process and all that it and its threads have started, and so on."""
    found = [root]
    for one in found:
        for children in Path(f"/proc/{one}/task").glob("*/children"):
            with contextlib.suppress(OSError):
                found += map(int, children.read_text().split())
    return found


def _share(process: int) -> int:
    """A process's proportional share of memory in kB; 0 if it has ended."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))


# --- the same by other means -------------------------------------------------------------------

BY_HAND = ROOT / "tests" / "bench_by_hand.py"
_SHEETS = 20
_BY_HAND = Row(
    name=f"{_SHEETS} forms by Jinja2 and pdflatex", arguments=[str(_SHEETS)], units=_SHEETS
)


# --- the table ---------------------------------------------------------------------------------


def calibration() -> float:
    """Nanoseconds for one turn of ``for i in range(n): s += i``, at best."""
    turns = 1_000_000

    def loop() -> float:
        start, total = time.perf_counter(), 0
        for i in range(turns):
            total += i
        return time.perf_counter() - start

    return 1e9 * min(loop() for _ in range(5)) / turns


def _show(row: Row, command: Sequence[str], repeats: int) -> None:
    best = min((run(command) for _ in range(repeats)), key=lambda one: one.wall)
    each = f"{1000 * best.cpu / row.units:.1f}" if row.units else ""
    print(
        f"{row.name:<34}{best.wall:>9.2f}{best.cpu:>9.2f}{best.memory:>9.0f}{best.written:>9.1f}"
        f"{each:>10}{calibration():>8.0f}",
        flush=True,
    )


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="Time whole commands of gen-quiz.")
    parser.add_argument("--full", action="store_true", help="the long ones too: an hour or so")
    parser.add_argument("--only", default="", help="rows whose name contains this")
    parser.add_argument("--repeats", type=int, default=1, help="of these, the fastest is shown")
    options = parser.parse_args()
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    version = platform.python_version()
    print(f"{platform.python_implementation()} {version}, {platform.machine()}, {cores} cores")
    print(
        f"{'command':<34}{'wall s':>9}{'CPU s':>9}{'peak MB':>9}{'made MB':>9}"
        f"{'ms each':>10}{'loop ns':>8}"
    )
    for row in ROWS:
        if (options.full or row.quick or options.only) and options.only in row.name:
            _show(row, [sys.executable, "-m", "generator", *row.arguments], options.repeats)
    if shutil.which("pdflatex"):
        if options.only in _BY_HAND.name:
            command = [sys.executable, str(BY_HAND), *_BY_HAND.arguments]
            _show(_BY_HAND, command, options.repeats)
    elif not options.only:
        print("pdflatex is not installed: no comparison with it")


if __name__ == "__main__":
    main()
