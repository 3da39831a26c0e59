"""``gen-quiz --seed 42``: sheets, keys and the Moodle file of one or more banks."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from generator.cli import options as take
from generator.cli.progress import Progress, progress, tell, tell_finding

if TYPE_CHECKING:
    from generator.diagnostics import Diagnostic
    from generator.pipeline import Assignment, Request
    from generator.pipeline.events import Event
    from generator.pipeline.seating import Seating

_DEFAULT_FORMS = 5

_SERVES = {"stack": ("moodle",), "split": ("moodle",), "duplex": ("pdf", "key")}
"""What must be made for an option to do anything."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument(
        "banks",
        nargs="*",
        type=Path,
        metavar="BANK",
        help="YAML banks; without one: banks/assignment4.yaml",
    )
    parser.add_argument(
        "--seed",
        type=take.seed,
        required=True,
        help="any whole number; the same one gives the same bytes",
    )
    parser.add_argument(
        "--only",
        type=take.products,
        metavar="WHAT",
        help="make only some of pdf,key,moodle,html (separated by commas); html: a page for "
        "self-study for each form, made only when it is named",
    )
    parser.add_argument(
        "--out",
        default="out",
        metavar="DIR",
        help="where to write: a folder (default: out), or a URL such as s3://bucket/quizzes",
    )
    _forms(parser.add_argument_group("forms"))
    _moodle(parser.add_argument_group("Moodle"))
    _running(parser.add_argument_group("the run"))


def _forms(group: argparse._ArgumentGroup) -> None:
    add = group.add_argument
    add(
        "--forms",
        type=take.count,
        metavar="N",
        help="students' sheets (default: 5); with --roster, spare ones (default: none)",
    )
    add("--roster", type=Path, metavar="FILE.csv", help="one form a student, named on the sheet")
    add("--shuffle", action="store_true", help="put the roster's forms in an order of their own")
    add("--duplex", action="store_true", help="begin each form of a merged PDF on an odd page")
    take.add_theme(group)


def _moodle(group: argparse._ArgumentGroup) -> None:
    add = group.add_argument
    add(
        "--variants",
        type=take.count,
        metavar="N",
        help="questions of each problem (default: 20, or as many as there are)",
    )
    add(
        "--split",
        type=take.size,
        metavar="SIZE",
        help="files of at most this size each, such as 20MB, where a site limits uploads",
    )
    add(
        "--stack",
        action="store_true",
        help="let the STACK plugin mark formulas: students type them, instead of choosing",
    )


def _running(group: argparse._ArgumentGroup) -> None:
    add = group.add_argument
    take.add_jobs(group)
    add("--dask", default="", metavar="ADDRESS", help="let the cluster of this scheduler work")
    add("--resume", action="store_true", help="go on where an interrupted run has stopped")
    add("--quiet", action="store_true", help="say nothing unless something is wrong")
    add("--json", action="store_true", help="tell each step as a JSON object on a line")


def run(options: argparse.Namespace) -> int:
    """Make every bank's assignment; each is written whole or not at all."""
    from generator.cli import files
    from generator.diagnostics import InputError

    _refuse_idle(options)
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


def _refuse_idle(options: argparse.Namespace) -> None:
    """An option that would do nothing is a misunderstanding. Exits with what it needs."""
    if options.shuffle and options.roster is None:
        options.command.error("--shuffle is for the forms of a --roster, and there is none")
    for name, products in _SERVES.items():
        if getattr(options, name) and options.only and not {*products} & {*options.only}:
            left_out = " and ".join(products)
            options.command.error(f"--{name} does nothing where --only leaves out {left_out}")


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
