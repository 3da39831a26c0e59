"""``gen-quiz --seed 42``: sheets, keys and the Moodle file of one or more banks."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from generator.cli.progress import Progress

if TYPE_CHECKING:
    from generator.pipeline import Assignment, Request


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    add = parser.add_argument
    add(
        "banks",
        nargs="*",
        type=Path,
        metavar="BANK",
        help="YAML banks; without one: banks/assignment4.yaml",
    )
    add("--seed", type=int, required=True, help="the same seed gives the same bytes")
    add("--forms", type=_count, default=5, metavar="N", help="students' sheets (default: 5)")
    add(
        "--variants",
        type=_count,
        metavar="N",
        help="Moodle questions of each problem (default: 20, or as many as there are)",
    )
    add(
        "--only",
        type=_products,
        metavar="WHAT",
        help="make only some of pdf,key,moodle (separated by commas)",
    )
    add(
        "--out", type=Path, default=Path("out"), metavar="DIR", help="where to write (default: out)"
    )
    add("--quiet", action="store_true", help="say nothing unless something is wrong")


def run(options: argparse.Namespace) -> int:
    """Make every bank's assignment; each is written whole or not at all."""
    from generator.cli import files

    paths = options.banks or [files.default_bank()]
    _refuse_equal_names(paths)
    for path in paths:
        _make(path, options)
    return 0


def _make(path: Path, options: argparse.Namespace) -> None:
    from generator import pipeline
    from generator.cli import files
    from generator.diagnostics import show

    request = pipeline.Request(
        seed=options.seed,
        forms=options.forms,
        variants=options.variants,
        products=options.only or pipeline.PRODUCTS,
    )
    file, name = files.read(path), files.identity(path)
    assignment = pipeline.prepare(file, id=name, seed=options.seed)
    for warning in (*assignment.warnings, *assignment.check_capacity(request)):
        print(show(warning), file=sys.stderr)
    folder = options.out / name
    with Progress(pipeline.expected_files(request), quiet=options.quiet) as progress:
        pipeline.write(assignment, request, folder, progress.step)
    if not options.quiet:
        _tell(assignment, request, folder)


def _tell(assignment: Assignment, request: Request, folder: Path) -> None:
    """What was made, and of how much."""
    made = {"pdf": "student sheets", "key": "key sheets", "moodle": "Moodle questions"}
    what = ", ".join(made[product] for product in request.products)
    print(f"{folder}: {request.forms} forms ({what})")
    for dealer in assignment.dealers:
        practice = assignment.practice_count(dealer, request)
        moodle = f", {practice} for Moodle" if practice else ""
        print(
            f"  {dealer.problem.identity}: {dealer.space.size:,} variants, "
            f"{request.forms} on paper{moodle}"
        )


def _count(text: str) -> int:
    try:
        number = int(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number") from None
    if number < 0:
        raise argparse.ArgumentTypeError(f"{number} is negative")
    return number


def _products(text: str) -> tuple[str, ...]:
    from generator.model.request import PRODUCTS

    asked = [word.strip() for word in text.split(",") if word.strip()]
    unknown = [word for word in asked if word not in PRODUCTS]
    if unknown or not asked:
        raise argparse.ArgumentTypeError(f"{text!r}: it takes some of {','.join(PRODUCTS)}")
    return tuple(product for product in PRODUCTS if product in asked)


def _refuse_equal_names(paths: list[Path]) -> None:
    """Two banks of one name would overwrite each other's output."""
    from generator.cli import files
    from generator.diagnostics import Diagnostic, InputError

    seen: dict[str, Path] = {}
    for path in paths:
        name = files.identity(path)
        if name in seen:
            message = f"{seen[name]} and {path} would both be written to {name}/"
            cure = "rename one of them, or run twice with different --out"
            raise InputError([Diagnostic(code="same-name", message=message, help=cure)])
        seen[name] = path
