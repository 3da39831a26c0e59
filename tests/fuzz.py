"""Give gen-quiz what no author would write: ``make fuzz``; ``python -m tests.fuzz --count 200000``.

The cases are those of `tests.mutants`: banks, expressions, templates, responses, rosters. Each goes
through what a stranger's would. A case fails if anything but InputError comes out, if it takes too
long, or too much memory; what a column of variants gives must be what each of them gives alone.
Work is done in processes that are replaced now and then; a case that was slow is tried once more,
alone, with a fresh calibration, since other work on the machine slows this one. What fails is made
small and written to a folder; ``--again FILE`` tries it once more.
"""

from __future__ import annotations

import argparse
import contextlib
import multiprocessing
import resource
import signal
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache
from multiprocessing.connection import Connection
from pathlib import Path
from types import FrameType
from typing import Any
from zlib import crc32

import numpy as np

from generator.bank.yaml import decode
from generator.cli import files
from generator.diagnostics import InputError, show
from generator.document.markup import UnknownFigure, blocks
from generator.document.proofread import proofread
from generator.language.columns import pack
from generator.language.expression import Expression, compile_expression
from generator.language.functions import CONSTANTS
from generator.language.template import compile_template
from generator.marking import mark
from generator.model.document import Inlines, Math, PartAnswer, PartQuestion, Text
from generator.model.value import Record
from generator.pipeline.assignment import prepare
from generator.pipeline.check import check
from generator.pipeline.report import as_json, as_text
from generator.pipeline.roster import read_roster
from generator.pipeline.style import Styles
from generator.render.pdf import Proofreader
from tests.bench import calibration
from tests.mutants import KINDS, ROOT, Case, Corpus, source

SECONDS = 2.0
"""CPU time of a case on a machine whose loop takes `LOOP` nanoseconds a turn; more on others."""
LOOP = 35.0
SLOWEST = 7.0
"""No machine is taken for slower than this many times: a hiccup is no excuse."""
MEGABYTES = 500
"""Memory of the process that a case is done in, with all that the process holds besides."""
BACKSTOP = 4 << 30
"""Bytes of address space: far above `MEGABYTES`, so that the machine is safe before we look."""
BATCH = 1_000
"""Cases that a process does before it is replaced."""
MIX = ("bank", "expression", "template", "response") * 4 + ("expression",) * 2 + ("roster",) * 2
TRIALS = 300
"""Attempts to make a failure smaller."""


# --- what a case goes through ------------------------------------------------------------------


class DifferentError(AssertionError):
    """A column does not give what its rows give."""


def run(case: Case, parts: Parts) -> None:
    """What gen-quiz does with it. Raises InputError, or what is a defect."""
    _RUNNERS[case.kind](case.content, parts)


Parts = Mapping[str, tuple[PartQuestion, PartAnswer]]


# Our own templates are the same in every check, and reading them takes longer than most mutants.
Styles.shipped = cache(Styles.shipped)  # type: ignore[method-assign]


def _bank(content: bytes, _: Parts) -> None:
    report = check(decode("case.yaml", content), id="case", samples=1)
    for finding in report.warnings:
        show(finding)
    as_text(report)
    as_json([report], [])


def _expression(content: bytes, _: Parts) -> None:
    salt, text = _headed(content)
    expression = compile_expression(source(text))
    rows = [_values(expression.paths, f"{salt}/{row}") for row in range(3)]
    alone = [_outcome(expression, row) for row in rows]
    columns = {name: pack([row[name] for row in rows]) for name in expression.names}
    together = _outcome(expression, columns)
    if not expression.names or _LONG in (*alone, together):
        return
    refused = [isinstance(one, InputError) for one in alone]
    if isinstance(together, InputError) != any(refused) or not (any(refused) or together == alone):
        raise DifferentError(f"{together} of a column, {alone} of its rows, where {rows}")
    if isinstance(together, InputError):
        raise together


_LONG = "too much work"
"""A column shares the steps that each of its rows would have alone, so there they may differ."""


def _outcome(expression: Expression, env: Mapping[str, object]) -> Any:
    """The value with its type, of a column those of its rows; or how it was refused."""
    try:
        value = expression.evaluate(env)
    except InputError as error:
        return _LONG if error.diagnostics[0].code == "too-much-work" else error
    if isinstance(value, np.ndarray):
        return [(type(one), one) for one in value.tolist()]
    return type(value), value


def _template(content: bytes, _: Parts) -> None:
    salt, text = _headed(content)
    written = source(text)
    template = compile_template(written)
    env = _values(template.paths, salt)
    for render in (template.render, template.render_plain, template.render_pattern):
        shown = render(env)
    shown = template.render(env)
    with contextlib.suppress(UnknownFigure):
        for finding in proofread(blocks(shown), written, _proofreader()):
            show(finding)


def _response(content: bytes, parts: Parts) -> None:
    label, response = _headed(content)
    if label in parts:
        mark(*parts[label], response)


def _roster(content: bytes, _: Parts) -> None:
    read_roster(content, "case.csv")


_RUNNERS: Mapping[str, Callable[[bytes, Parts], None]] = {
    "bank": _bank,
    "expression": _expression,
    "template": _template,
    "response": _response,
    "roster": _roster,
}


def _headed(content: bytes) -> tuple[str, str]:
    """The first line, and the text below it."""
    head, _, text = content.decode("utf-8", "replace").partition("\n")
    return head, text


@cache
def _proofreader() -> Proofreader:
    return Proofreader(Styles.shipped("en").sheet, "en")


# --- the values of names -----------------------------------------------------------------------

_PAIR = Record(entries=(("a", 1), ("b", "x")))
_NUMBERS = (
    *(0, 1, -1, 2, 3, 7, 28, 400, 2**31, 2**62, 2**63 - 1, -(2**63), 10**30, 2**4095),
    *(Fraction(1, 3), Fraction(-7, 2), Fraction(1, 10**30), CONSTANTS["pi"]()),
)
_OTHERS = (
    *(True, False, "", "word", "a*b", "sigmoid", (), (1, 2, 3), (Fraction(1, 2), 0, -1), (1, 2)),
    *(((1, 2), (3, 4)), ((1, 0, 2), (0, 5, 0), (0, 0, 7)), ("a", "b"), tuple(range(30)), _PAIR),
    (2**63 - 1, -(2**63)),
)


def _values(paths: frozenset[tuple[str, ...]], salt: str) -> dict[str, object]:
    """A value for each name, by chance; a record for a name whose members are asked for."""
    names: dict[str, set[str]] = {}
    for path in sorted(paths):
        names.setdefault(path[0], set()).update(path[1:2])
    return {name: _value(f"{salt}/{name}", names[name]) for name in names}


def _value(key: str, members: set[str]) -> object:
    chance = crc32(key.encode())
    if members:
        entries = tuple((name, _value(f"{key}/{name}", set())) for name in sorted(members))
        return Record(entries=entries)  # type: ignore[arg-type]  # a Real is not a Value, but may come
    pool = _OTHERS if chance % 4 == 0 else _NUMBERS
    return pool[chance // 4 % len(pool)]


# --- what is responded to ----------------------------------------------------------------------


def answered() -> Parts:
    """The parts of one variant of each of our problems, by bank, problem and letter."""
    found: dict[str, tuple[PartQuestion, PartAnswer]] = {}
    for path in sorted((ROOT / "banks").glob("**/*.yaml")):
        own = prepare(files.read(path), id=path.stem, seed=42, load=files.beside(path))
        for dealer in own.dealers:
            document = dealer.document(dealer.draw(0))
            for part in zip(document.question.parts, document.answer.parts, strict=True):
                found[f"{path.stem}/{dealer.problem.identity}/{part[0].label}"] = part
    return found


def typed(answer: PartAnswer) -> list[str]:
    """What a student might type: the key in plain text and in LaTeX, and the known mistakes."""
    key = (getattr(answer.key, "text", ""), getattr(answer.key, "latex", ""), answer.plain)
    return [text for text in (*key, *(_shown(one.result) for one in answer.mistakes)) if text]


def _shown(content: Inlines) -> str:
    shown = (item for item in content if isinstance(item, Math | Text))
    return "".join(item.latex if isinstance(item, Math) else item.text for item in shown)


# --- one case, watched -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How a case went: its CPU seconds, the process's megabytes at their peak, what failed.

    `failure` is empty where nothing did; `trace` tells more, `where` makes equal failures one.
    """

    case: Case
    seconds: float = 0.0
    megabytes: float = 0.0
    refused: bool = False
    failure: str = ""
    where: str = ""
    trace: str = ""


class Late(BaseException):
    """A case that takes too long is ended here, so that its traceback tells where it was."""


def _late(_: int, __: FrameType | None) -> None:
    raise Late


def watched(case: Case, parts: Parts, bound: float) -> Outcome:
    """Do a case; it is ended after `bound` CPU seconds of this process."""
    failure = where = trace = ""
    refused = False
    used = resource.getrusage(resource.RUSAGE_SELF)
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    # Compiled code hears no alarm: there the kernel ends the process, after a while.
    last = int(used.ru_utime + used.ru_stime + 5 * bound) + 2
    resource.setrlimit(resource.RLIMIT_CPU, (last, hard))
    start = time.process_time()
    try:
        signal.setitimer(signal.ITIMER_PROF, bound, bound)
        try:
            run(case, parts)
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
    except InputError as error:
        refused = True
        for finding in error.diagnostics:
            show(finding)
    except (Exception, Late) as error:
        failure = "slow" if isinstance(error, Late) else type(error).__name__
        where, trace = _where(error), "".join(traceback.format_exception(error)[-40:])
    seconds = time.process_time() - start
    return Outcome(
        case=case,
        seconds=seconds,
        megabytes=_megabytes(),
        refused=refused,
        failure=failure,
        where=where,
        trace=trace,
    )


def _where(error: BaseException) -> str:
    """The innermost function of ours."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if "/generator/" in frame.filename] or frames
    last = ours[-1]
    return f"{Path(last.filename).name}:{last.name}"


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def bound() -> float:
    """The seconds that a case may take on this machine now."""
    return SECONDS * min(max(1.0, calibration() / LOOP), SLOWEST)


# --- processes ---------------------------------------------------------------------------------


def in_process(work: Callable[[Connection], None]) -> Iterator[Any]:
    """What `work` sends from a process of its own; the last is its exit code if it was ended."""
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe(duplex=False)

    def child() -> None:
        ours.close()
        signal.signal(signal.SIGPROF, _late)
        resource.setrlimit(resource.RLIMIT_AS, (BACKSTOP, BACKSTOP))
        work(theirs)

    process = context.Process(target=child)
    process.start()
    theirs.close()
    with contextlib.suppress(EOFError):
        while True:
            yield ours.recv()
    process.join()
    if process.exitcode:
        yield process.exitcode


def batch(cases: Sequence[Case], parts: Parts) -> Iterator[Outcome]:
    """Do cases, replacing the process where one is ended or has grown too large."""
    done = 0
    while done < len(cases):
        rest = cases[done:]

        def work(to: Connection, rest: Sequence[Case] = rest) -> None:
            limit = bound()
            for case in rest:
                found = watched(case, parts, limit)
                to.send(found)
                if found.megabytes > MEGABYTES:
                    return

        for sent in in_process(work):
            ended = isinstance(sent, int)
            yield Outcome(case=cases[done], failure=f"exit {sent}") if ended else sent
            done += 1


def alone(case: Case, parts: Parts) -> Outcome:
    """Once more in a fresh process; what is slow is judged by a fresh calibration."""

    def work(to: Connection) -> None:
        found = watched(case, parts, 10 * SECONDS)
        if found.seconds > SECONDS:
            found = watched(case, parts, bound())
        to.send(found)

    sent = next(in_process(work))
    found: Outcome = Outcome(case=case, failure=f"exit {sent}") if isinstance(sent, int) else sent
    if not found.failure and found.megabytes > MEGABYTES:
        return replace(found, failure="memory")
    return found


# --- failures made small -----------------------------------------------------------------------


def smaller(found: Outcome, parts: Parts) -> Outcome:
    """The same failure with fewer lines, then fewer characters."""
    if found.failure.startswith("exit") or found.failure == "memory":
        return found
    trials = TRIALS // 15 if found.failure == "slow" else TRIALS
    best = found
    for parted in (lambda content: content.splitlines(keepends=True), _letters):
        width = max(1, len(parted(best.case.content)) // 2)
        while width and trials > 0:
            pieces, start, before = parted(best.case.content), 0, best
            while start < len(pieces) and trials > 0:
                content = b"".join(pieces[:start] + pieces[start + width :])
                trials -= 1
                tried = alone(replace(best.case, content=content), parts)
                if (tried.failure, tried.where) == (best.failure, best.where):
                    best, pieces = tried, parted(content)
                else:
                    start += width
            width = width if best is not before and width > 1 else width // 2
    return best


def _letters(content: bytes) -> list[bytes]:
    return [content[n : n + 1] for n in range(len(content))]


# --- the run -----------------------------------------------------------------------------------


class Figures:
    """What a run comes to."""

    def __init__(self) -> None:
        self.cases: Counter[str] = Counter()
        self.failures: Counter[str] = Counter()
        self.refused: Counter[str] = Counter()
        self.suspects = 0
        self.slowest: dict[str, Outcome] = {}
        self.megabytes = 0.0

    def note(self, found: Outcome) -> None:
        kind = found.case.kind
        self.cases[kind] += 1
        self.refused[kind] += found.refused
        self.megabytes = max(self.megabytes, found.megabytes)
        if kind not in self.slowest or found.seconds > self.slowest[kind].seconds:
            self.slowest[kind] = found

    def show(self) -> None:
        for kind, count in sorted(self.cases.items()):
            slow = self.slowest[kind]
            print(
                f"{kind:<12}{count:>9,} cases, {self.refused[kind]:>9,} refused; "
                f"slowest {slow.seconds:6.2f} s (case {slow.case.number})"
            )
        print(f"peak of a process {self.megabytes:.0f} MB; {self.suspects} cases tried again alone")
        for failure, count in sorted(self.failures.items()):
            print(f"FAILED {count:>5} times: {failure}")


def _examined(found: Outcome, parts: Parts, figures: Figures, folder: Path) -> None:
    """Try a suspect once more; a new failure is made small and written."""
    if not (found.failure or found.megabytes > MEGABYTES):
        return
    figures.suspects += 1
    found = alone(found.case, parts)
    if not found.failure:
        return
    name = f"{found.case.kind} {found.failure} {found.where}".strip()
    figures.failures[name] += 1
    if figures.failures[name] > 1:
        return
    small = smaller(found, parts)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{small.case.kind}-{small.case.number}"
    path.write_bytes(small.case.content)
    path.with_suffix(".trace").write_text(small.trace, "utf-8", "backslashreplace")
    print(f"{path}: {name} ({small.seconds:.1f} s, {small.megabytes:.0f} MB)", flush=True)


def fuzz(options: argparse.Namespace) -> int:
    """Make and do the cases; 1 if any fails."""
    parts = answered()
    corpus = Corpus({label: typed(answer) for label, (_, answer) in parts.items()})
    figures, start = Figures(), time.monotonic()
    for first in range(options.first, options.first + options.count, BATCH):
        if options.minutes and time.monotonic() - start > 60 * options.minutes:
            break
        numbers = range(first, min(first + BATCH, options.first + options.count))
        kinds = (options.only or MIX[number % len(MIX)] for number in numbers)
        cases = [corpus.case(k, options.seed, n) for k, n in zip(kinds, numbers, strict=True)]
        for found in batch(cases, parts):
            figures.note(found)
            _examined(found, parts, figures, options.into)
        print(
            f"{sum(figures.cases.values()):>9,} cases, {len(figures.failures)} failures", flush=True
        )
    figures.show()
    return 1 if figures.failures else 0


def again(paths: Sequence[Path]) -> int:
    """Try failures that were written; 1 if any still fails."""
    parts, failed = answered(), 0
    for path in paths:
        case = Case(kind=path.stem.split("-")[0], number=0, content=path.read_bytes())
        found = alone(case, parts)
        failed += bool(found.failure)
        print(f"{path}: {found.failure or 'fine'} {found.where} {found.seconds:.2f} s")
        print(found.trace, end="")
    return 1 if failed else 0


def main() -> int:
    """Read the arguments."""
    parser = argparse.ArgumentParser(description="Give gen-quiz what no author would write.")
    parser.add_argument("--count", type=int, default=20_000, help="cases (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=1, help="another seed, other cases")
    parser.add_argument("--first", type=int, default=0, help="the number of the first case")
    parser.add_argument("--minutes", type=float, help="no new cases after so many minutes")
    parser.add_argument("--only", choices=KINDS, help="cases of one kind")
    parser.add_argument("--into", type=Path, default=ROOT / "out" / "fuzz", help="for failures")
    parser.add_argument("--again", type=Path, nargs="+", metavar="FILE", help="try these once more")
    options = parser.parse_args()
    print(f"calibration: {calibration():.0f} ns a turn, so {bound():.1f} s a case")
    return again(options.again) if options.again else fuzz(options)


if __name__ == "__main__":
    sys.exit(main())
