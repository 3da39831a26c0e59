"""Running gen-quiz as a user does: in this process, which costs little, or in one of its own."""

from __future__ import annotations

import contextlib
import io
import os
import subprocess
import sys
from pathlib import Path
from unittest import mock

from generator.cli import main
from generator.pipeline import jobs

ROOT = Path(__file__).resolve().parent.parent
ASSIGNMENT = ROOT / "banks" / "assignment4.yaml"

Run = subprocess.CompletedProcess[str]
"""An exit code, what was printed and what was complained of."""


def gen_quiz(*arguments: str | Path, cwd: Path) -> Run:
    """Run the command here, on one core: processes cannot be forked from one with threads."""
    told, complained = _stream(), _stream()
    given = list(map(str, arguments))
    with (
        contextlib.chdir(cwd),
        contextlib.redirect_stdout(told),
        contextlib.redirect_stderr(complained),
        mock.patch.object(jobs, "usable_cores", return_value=1),
    ):
        try:
            code = main(given)
        except SystemExit as left:  # by argparse
            code = int(left.code or 0)
    return Run(given, code, _text(told), _text(complained))


def gen_quiz_process(*arguments: str | Path, cwd: Path, **environment: str) -> Run:
    """Run the command in a process of its own, as it is installed, with all cores."""
    return subprocess.run(
        [sys.executable, "-m", "generator", *map(str, arguments)],
        cwd=cwd,
        env=os.environ | {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"} | environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, by its relative name."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def _stream() -> io.TextIOWrapper:
    """What a program prints to: no terminal, as a pipe."""
    return io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="\n", write_through=True)


def _text(stream: io.TextIOWrapper) -> str:
    stream.seek(0)
    return stream.read()
