"""``gen-quiz key CODE``: the key of the sheet that bears this code."""

from __future__ import annotations

import argparse
from pathlib import Path


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("code", metavar="CODE", help="as printed on the sheet, or a variant's")
    parser.add_argument(
        "--out",
        type=Path,
        default=Path("out"),
        metavar="DIR",
        help="where assignments were written (default: out)",
    )


def run(options: argparse.Namespace) -> int:
    """Print the sheet's key, a line for each part."""
    from generator.lookup import find

    for found in find(options.code, options.out):
        print(f"{found.what} ({found.folder.as_posix()})")
        width = max((len(line.problem) for line in found.lines), default=0)
        for line in found.lines:
            tolerance = "" if line.tolerance == "0" else f"  ± {line.tolerance}"
            print(f"{line.problem:<{width}}  ({line.part})  {line.key}{tolerance}")
    return 0
