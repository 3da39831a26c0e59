"""The command line: arguments, progress, exit codes; the only place that prints.

Exit codes: 0 fine; 1 the bank or another input is wrong (findings on stderr, nothing half-written);
2 the command was not understood. Commands import what they need when they run, so that ``--help``
answers at once.
"""

from __future__ import annotations

import argparse
import atexit
import gc
import os
import re
import signal
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from generator.cli import check, key, make, new, preview, schema, verify

COMMANDS: dict[str, tuple[Callable[[argparse.ArgumentParser], None], Callable[..., int], str]] = {
    "make": (make.arguments, make.run, "make the sheets, keys and the Moodle file of a bank"),
    "check": (check.arguments, check.run, "report every finding, and how many variants there are"),
    "key": (key.arguments, key.run, "show the key of the sheet that bears a code"),
    "new": (new.arguments, new.run, "write a commented bank to begin with"),
    "preview": (
        preview.arguments,
        preview.run,
        "show a bank on a local page that follows its file",
    ),
    "schema": (schema.arguments, schema.run, "print the JSON Schema of banks, for editors"),
    "verify": (verify.arguments, verify.run, "derive an assignment again and compare"),
}
DEFAULT = "make"

FINE, WRONG_INPUT, USAGE, INTERRUPTED = 0, 1, 2, 130


_ALLOCATIONS = 100_000
"""New objects between two searches for unreachable cycles. Our values are trees, which need no such
search, and there are many: Python's default of 700 costs a seventh of the time."""


def parser() -> argparse.ArgumentParser:
    """The parser of the whole command line; ``make`` is understood when no command is named."""
    import generator

    top = argparse.ArgumentParser(
        prog="gen-quiz",
        description="Randomized problem sets from YAML banks, with proved answer keys.",
        epilog="Without a command, make is meant: gen-quiz --seed 42 [BANK]. "
        "gen-quiz COMMAND --help tells more.",
    )
    top.add_argument("--version", action="version", version=f"gen-quiz {generator.__version__}")
    commands = top.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for name, (arguments, run, summary) in COMMANDS.items():
        command = commands.add_parser(
            name, help=summary, description=f"{summary[:1].upper()}{summary[1:]}."
        )
        arguments(command)
        command.set_defaults(run=run, command=command)
    return top


def understood(arguments: Sequence[str]) -> argparse.Namespace:
    """The options of a command line. Exits with what is wrong with it, and what may be meant."""
    from generator.diagnostics import did_you_mean

    top = parser()
    first = arguments[0] if arguments else ""
    if first not in (*COMMANDS, "-h", "--help", "--version"):
        meant = did_you_mean(first, COMMANDS)
        if meant and not Path(first).suffix and not Path(first).exists():
            top.error(f"`{first}` is neither a command nor a bank; {meant}")
        arguments = [DEFAULT, *arguments]
    options, unknown = top.parse_known_args(arguments)
    if unknown and not unknown[0].startswith("-"):
        options.command.error(f"`{unknown[0]}` is one word too many; quote what has blanks")
    if unknown:
        known = re.findall("--[a-z]+", options.command.format_usage())
        meant = did_you_mean(unknown[0].partition("=")[0], known)
        options.command.error(f"there is no `{unknown[0]}`{meant and f'; {meant}'}")
    return options


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit code."""
    _take_output_as_utf8()
    gc.set_threshold(_ALLOCATIONS)
    atexit.register(gc.freeze)  # the system takes all memory back; no search for garbage before
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # for arrays of a few hundred numbers
    options = understood(sys.argv[1:] if argv is None else argv)
    from generator.diagnostics import InputError, show

    try:
        return int(options.run(options))
    except InputError as error:
        for diagnostic in error.diagnostics:
            print(show(diagnostic), file=sys.stderr)
        return WRONG_INPUT
    except KeyboardInterrupt:
        print(f"gen-quiz: interrupted; {_after(options)}", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has seen enough; leave without a complaint at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 128 + signal.SIGPIPE if hasattr(signal, "SIGPIPE") else WRONG_INPUT


def _after(options: argparse.Namespace) -> str:
    """What an interrupt leaves behind."""
    if "resume" in options:
        return "an earlier output is as it was; add --resume to go on from here"
    return "nothing was changed"


def _take_output_as_utf8() -> None:
    """Print any text whatever the locale; a console that lacks a character shows its escape."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")
