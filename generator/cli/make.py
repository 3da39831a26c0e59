"""``gen-quiz --seed 42``: sheets, keys and the Moodle file of one or more banks."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from generator.cli.progress import Progress, progress, tell, tell_finding

if TYPE_CHECKING:
    from generator.diagnostics import Diagnostic
    from generator.pipeline import Assignment, Request
    from generator.pipeline.events import Event
    from generator.pipeline.seating import Seating

_DEFAULT_FORMS = 5
_UNITS = {"k": 10**3, "m": 10**6, "g": 10**9}
"""The smaller ones of two meanings: a site that means 2^20 bytes by MB takes these files, too."""


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
    add(
        "--seed",
        type=seed,
        required=True,
        help="any whole number; the same one gives the same bytes",
    )
    add(
        "--forms",
        type=_count,
        metavar="N",
        help="students' sheets (default: 5); with --roster, spare ones (default: none)",
    )
    add("--roster", type=Path, metavar="FILE.csv", help="one form a student, named on the sheet")
    add("--shuffle", action="store_true", help="put the roster's forms in an order of their own")
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
        help="make only some of pdf,key,moodle,html (separated by commas); html: a page for "
        "self-study for each form, made only when it is named",
    )
    add("--duplex", action="store_true", help="begin each form of a merged PDF on an odd page")
    add(
        "--split",
        type=_size,
        metavar="SIZE",
        help="Moodle files of at most this size each, such as 20MB, where a site limits uploads",
    )
    add(
        "--stack",
        action="store_true",
        help="let Moodle's STACK plugin mark formulas: students type them, instead of choosing",
    )
    add(
        "--out",
        default="out",
        metavar="DIR",
        help="where to write: a folder (default: out), or a URL such as s3://bucket/quizzes",
    )
    add("--resume", action="store_true", help="go on where an interrupted run has stopped")
    theme(parser)
    workers(parser)
    add("--dask", default="", metavar="ADDRESS", help="let the cluster of this scheduler work")
    add("--quiet", action="store_true", help="say nothing unless something is wrong")
    add("--json", action="store_true", help="tell each step as a JSON object on a line")


def theme(parser: argparse.ArgumentParser) -> None:
    """Declare how sheets look."""
    parser.add_argument(
        "--theme",
        type=Path,
        metavar="FILE.yaml",
        help="a look of your own: fonts, colours, logo, paper (see docs/sheets.md)",
    )


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

    file, name = files.read(path), files.identity(path)
    target = files.below(options.out, name)
    assignment = pipeline.prepare(
        file,
        id=name,
        seed=options.seed,
        load=files.beside(path),
        theme=files.theme(options.theme),
    )
    seating, warnings = _seated(assignment, target, options)
    request = _request(options, seating)
    _warn((*assignment.warnings, *warnings, *assignment.check_capacity(request)), options)
    remarks: list[Diagnostic] = []
    with progress(quiet=options.quiet, as_json=options.json) as report:
        pipeline.write(
            assignment,
            request,
            target,
            _keeping(remarks, report),
            jobs=pipeline.Jobs(count=options.jobs, dask=options.dask),
            resume=options.resume,
            seating=seating,
        )
    _warn(remarks, options)
    if options.json:
        tell("finished", target=str(target), forms=len(seating.seats))
    elif not options.quiet:
        _tell(assignment, request, seating, target)


def _request(options: argparse.Namespace, seating: Seating) -> Request:
    from generator import pipeline

    return pipeline.Request(
        seed=options.seed,
        forms=seating.highest,
        variants=options.variants,
        products=options.only or pipeline.DEFAULT_PRODUCTS,
        duplex=options.duplex,
        split=options.split,
        stack=options.stack,
    )


def _keeping(remarks: list[Diagnostic], report: Progress) -> Progress:
    """Hears what `report` hears, and keeps remarks for when the progress bar is gone."""
    from generator.pipeline.events import Remarked

    def hear(event: Event, /) -> None:
        if isinstance(event, Remarked):
            remarks.append(event.finding)
        else:
            report(event)

    return hear


def _warn(findings: Iterable[Diagnostic], options: argparse.Namespace) -> None:
    from generator.diagnostics import show

    for finding in findings:
        if options.json:
            tell_finding(finding)
        else:
            print(show(finding), file=sys.stderr)


def _seated(
    assignment: Assignment, target: Path | str, options: argparse.Namespace
) -> tuple[Seating, tuple[Diagnostic, ...]]:
    """Who gets which form, as far as possible the one of an earlier run; and what to look at."""
    from generator import output
    from generator.cli import files
    from generator.pipeline.allocation import ALLOCATION, NOBODY, read_allocation
    from generator.pipeline.seating import seated, unnamed

    earlier = output.earlier(target, ALLOCATION)
    allocation = NOBODY if earlier is None else read_allocation(earlier, f"{target}/{ALLOCATION}")
    if options.roster is None:
        count = _DEFAULT_FORMS if options.forms is None else options.forms
        return unnamed(count, allocation), ()
    roster = files.roster(options.roster)
    assignment.check_names(roster)
    seating = seated(
        roster,
        allocation,
        spare=options.forms or 0,
        shuffle=options.shuffle,
        seed=options.seed,
    )
    return seating, roster.warnings


def _tell(assignment: Assignment, request: Request, seating: Seating, target: Path | str) -> None:
    """What was made, and of how much."""
    from generator.pipeline.layout import appearances

    made = {
        "pdf": "student sheets",
        "key": "key sheets",
        "moodle": "Moodle questions",
        "html": "pages for self-study",
    }
    what = ", ".join(made[product] for product in request.products)
    shown = _shown_on(request.products)
    count = len(seating.seats)
    forms = f"{count} form{'' if count == 1 else 's'} ({what})"
    print(f"{target}: {forms if shown else what}")
    numbers = [seat.number for seat in seating.seats]
    printed = appearances(assignment.bank, assignment.seed, numbers)
    for dealer in assignment.dealers:
        name, size = dealer.problem.identity, dealer.space.size
        practice = assignment.practice_count(dealer, request)
        drawn = f", {printed[name]} {shown}" if shown else ""
        moodle = f", {practice} for Moodle" if practice else ""
        print(f"  {name}: {size:,} variants{drawn}{moodle}")


def _shown_on(products: Iterable[str]) -> str:
    """Where forms are to be seen; empty if they are only kept for later."""
    if {"pdf", "key"} & {*products}:
        return "on paper"
    return "on pages" if "html" in products else ""


def seed(text: str) -> int:
    """A seed as typed; argparse shows what is wrong with it."""
    if not re.fullmatch("[+-]?[0-9]{1,100}", text):
        raise argparse.ArgumentTypeError(
            f"{text!r} is no seed: it takes a whole number, such as 42"
        )
    return int(text)


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


def _size(text: str) -> int:
    found = re.fullmatch(r"([0-9]+) ?([kMG]?)i?B?", text.strip(), re.IGNORECASE)
    if found is None or not found[2] or int(found[1]) == 0:
        raise argparse.ArgumentTypeError(f"{text!r} is not a size such as 500kB or 20MB")
    return int(found[1]) * _UNITS[found[2].lower()]


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
