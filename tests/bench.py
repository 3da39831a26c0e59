"""Time whole commands, as a user waits for them: ``make bench``.

Every row is a process of its own in a fresh folder, run `REPEATS` times; the table shows the
fastest run (the one least disturbed), its CPU seconds and its peak memory, and what one more
form or question costs. Speed is judged here, side by side in one run, never in a test.
"""

from __future__ import annotations

import os
import platform
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
REPEATS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What one process took: seconds waited, seconds of CPU, megabytes at its peak."""

    wall: float
    cpu: float
    memory: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A command to time; `units` things are made by it."""

    name: str
    arguments: Sequence[str]
    units: int = 0


ROWS = (
    Row(name="--help", arguments=["--help"]),
    Row(name="the main job", arguments=["--seed", "42"]),
    *(
        Row(
            name=f"{n} forms, student and key",
            arguments=["--seed", "42", "--forms", str(n), "--only", "pdf,key"],
            units=n,
        )
        for n in (1, 10, 100)
    ),
    *(
        Row(
            name=f"{3 * n} Moodle variants",
            arguments=["--seed", "42", "--forms", "0", "--variants", str(n), "--only", "moodle"],
            units=3 * n,
        )
        for n in (10, 100, 1000)
    ),
)


def run(arguments: Sequence[str]) -> Run:
    """Run gen-quiz once. Raises RuntimeError where it fails."""
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        command = [sys.executable, "-m", "generator", *arguments]
        environment = os.environ | {"PYTHONPATH": str(ROOT)}
        process = os.posix_spawn(
            "/usr/bin/env",
            ["env", "-C", folder, *command],
            environment,
            file_actions=[(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)],
        )
        _, status, usage = os.wait4(process, 0)
        wall = time.perf_counter() - start
    if status:
        raise RuntimeError(f"gen-quiz {' '.join(arguments)} failed with {status}")
    scale = 1024 if sys.platform == "darwin" else 1
    return Run(
        wall=wall, cpu=usage.ru_utime + usage.ru_stime, memory=usage.ru_maxrss / scale / 1024
    )


def main() -> None:
    """Print the table."""
    print(f"{platform.python_implementation()} {platform.python_version()}, {os.cpu_count()} cores")
    print(f"{'command':<28}{'wall s':>9}{'CPU s':>9}{'peak MB':>9}{'CPU ms each':>13}")
    before: tuple[Row, Run] | None = None
    for row in ROWS:
        best = min((run(row.arguments) for _ in range(REPEATS)), key=lambda one: one.wall)
        more = ""
        if before and before[0].units and row.units > before[0].units:
            cost = (best.cpu - before[1].cpu) / (row.units - before[0].units)
            more = f"{1000 * cost:.1f}"
        print(f"{row.name:<28}{best.wall:>9.2f}{best.cpu:>9.2f}{best.memory:>9.0f}{more:>13}")
        before = (row, best)


if __name__ == "__main__":
    main()
