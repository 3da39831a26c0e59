"""``gen-quiz check banks/``: every finding of every bank, and how many variants there are."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("paths", nargs="+", type=Path, metavar="BANK", help="banks, or folders")
    parser.add_argument(
        "--samples",
        type=int,
        default=20,
        metavar="N",
        help="variants of each problem to solve and compose (default: 20)",
    )


def run(options: argparse.Namespace) -> int:
    """Check every bank; 1 if any has an error."""
    from generator.cli import files
    from generator.diagnostics import InputError, show
    from generator.pipeline.check import check

    wrong = False
    for root in options.paths:
        for path in files.banks_below(root):
            try:
                report = check(files.read(path), id=files.identity(path), samples=options.samples)
            except InputError as error:
                wrong = True
                for finding in error.diagnostics:
                    print(show(finding), file=sys.stderr)
                continue
            for finding in report.warnings:
                print(show(finding), file=sys.stderr)
            print(f"{path}: no error")
            for entry in report.capacities:
                print(f"  {entry.problem}: {entry.variants:,} variants, {entry.solved} solved")
    return 1 if wrong else 0
