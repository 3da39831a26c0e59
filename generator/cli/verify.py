"""``gen-quiz verify out/assignment4``: derive everything again and compare."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from generator.cli.options import add_jobs, add_theme
from generator.cli.progress import progress


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("folders", nargs="+", type=Path, metavar="DIR", help="made by gen-quiz")
    add_theme(parser)
    add_jobs(parser)


def run(options: argparse.Namespace) -> int:
    """Compare every assignment; 1 if any differs."""
    from generator.cli import files
    from generator.diagnostics import show
    from generator.pipeline.jobs import Jobs
    from generator.pipeline.verify import verify

    wrong = False
    own = files.theme(options.theme)
    for folder in options.folders:
        with progress(quiet=False, as_json=False) as step:
            report = verify(folder, step, jobs=Jobs(count=options.jobs), theme=own)
        for finding in report.findings:
            print(show(finding), file=sys.stderr)
        if report.findings:
            wrong = True
            count = len(report.findings)
            print(f"{folder}: {count} of {report.files} files not as derived", file=sys.stderr)
        else:
            print(f"{folder}: all {report.files} files and {report.variants} variants as derived")
    return 1 if wrong else 0
