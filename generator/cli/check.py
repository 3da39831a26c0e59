"""``gen-quiz check banks/``: every finding of every bank, and what its variants are like."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    add = parser.add_argument
    add("paths", nargs="+", type=Path, metavar="BANK", help="banks, or folders")
    add(
        "--samples",
        type=_count,
        default=20,
        metavar="N",
        help="variants of each problem to solve and compose (default: 20)",
    )
    add("--json", action="store_true", help="print everything as one JSON object")
    add("--report", type=Path, metavar="FILE.html", help="write a page with histograms as well")


def run(options: argparse.Namespace) -> int:
    """Check every bank; 1 if any has an error."""
    from generator.cli import files
    from generator.diagnostics import Diagnostic, InputError, show
    from generator.pipeline.check import Report, check
    from generator.pipeline.report import as_json, as_page, as_text

    reports: list[Report] = []
    errors: list[Diagnostic] = []
    for root in options.paths:
        for path in files.banks_below(root):
            try:
                report = check(
                    files.read(path),
                    id=files.identity(path),
                    samples=options.samples,
                    load=files.beside(path),
                )
            except InputError as error:
                errors += error.diagnostics
                for finding in () if options.json else error.diagnostics:
                    print(show(finding), file=sys.stderr)
                continue
            reports.append(report)
            if not options.json:
                for finding in report.warnings:
                    print(show(finding), file=sys.stderr)
                print(as_text(report))
    if options.json:
        print(as_json(reports, errors))
    if options.report:
        files.write(options.report, as_page(reports, errors))
    return 1 if errors else 0


def _count(text: str) -> int:
    if not text.isascii() or not text.isdigit():
        raise argparse.ArgumentTypeError(f"{text!r} is no number of variants")
    return int(text)
