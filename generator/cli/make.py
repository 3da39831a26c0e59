"""``gen-quiz --seed 42``: sheets, keys and the Moodle file of one or more banks."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from generator.cli.progress import progress, tell, tell_finding

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
    add("--duplex", action="store_true", help="begin each form of a merged PDF on an odd page")
    add(
        "--out",
        default="out",
        metavar="DIR",
        help="where to write: a folder (default: out), or a URL such as s3://bucket/quizzes",
    )
    add("--resume", action="store_true", help="go on where an interrupted run has stopped")
    workers(parser)
    add("--dask", default="", metavar="ADDRESS", help="let the cluster of this scheduler work")
    add("--quiet", action="store_true", help="say nothing unless something is wrong")
    add("--json", action="store_true", help="tell each step as a JSON object on a line")


def workers(parser: argparse.ArgumentParser) -> None:
    """Declare how many processes work."""
    parser.add_argument(
        "--jobs",
        type=_workers,
        metavar="N",
        help="processes to share the work (default: one for each usable core)",
    )


def run(options: argparse.Namespace) -> int:
    """Make every bank's assignment; each is written whole or not at all."""
    from generator.cli import files
    from generator.diagnostics import InputError

    paths = options.banks or [files.default_bank()]
    try:
        _refuse_equal_names(paths)
        for path in paths:
            _make(path, options)
    except InputError as error:
        if options.json:
            for finding in error.diagnostics:
                tell_finding(finding)
        raise
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
        duplex=options.duplex,
    )
    file, name = files.read(path), files.identity(path)
    assignment = pipeline.prepare(file, id=name, seed=options.seed, load=files.beside(path))
    for warning in (*assignment.warnings, *assignment.check_capacity(request)):
        if options.json:
            tell_finding(warning)
        else:
            print(show(warning), file=sys.stderr)
    target = files.below(options.out, name)
    with progress(quiet=options.quiet, as_json=options.json) as report:
        pipeline.write(
            assignment,
            request,
            target,
            report,
            jobs=pipeline.Jobs(count=options.jobs, dask=options.dask),
            resume=options.resume,
        )
    if options.json:
        tell("finished", target=str(target), forms=request.forms)
    elif not options.quiet:
        _tell(assignment, request, target)


def _tell(assignment: Assignment, request: Request, target: Path | str) -> None:
    """What was made, and of how much."""
    made = {"pdf": "student sheets", "key": "key sheets", "moodle": "Moodle questions"}
    what = ", ".join(made[product] for product in request.products)
    print(f"{target}: {request.forms} forms ({what})")
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


def _workers(text: str) -> int:
    number = _count(text)
    if number == 0:
        raise argparse.ArgumentTypeError("at least one process must work")
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
