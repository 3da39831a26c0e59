"""From the ids in a bank's sections to the problems themselves, wherever they stand.

Other banks are loaded by whoever calls; here they are read with the same care as the first, and
what is wrong in them is reported at its place there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from fractions import Fraction

from generator.bank.grammar.report import Report
from generator.bank.grammar.sections import Reference, SectionSpec
from generator.diagnostics import Diagnostic, InputError, at, did_you_mean
from generator.model.bank import Problem, Section, Slot
from generator.model.dataclass import dataclass
from generator.model.part import Part
from generator.model.source import Source, SourceFile

Load = Callable[[str], SourceFile]
"""Gives the file that a bank calls by this name. Raises InputError."""

Read = Callable[[SourceFile], tuple[Problem, ...]]
"""Gives the problems of another bank. Raises InputError."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What sections come to: the problems in order of use, and the other files they are from.

    `warnings` tell of problems of this file that no section has.
    """

    problems: tuple[Problem, ...]
    sections: tuple[Section, ...] = ()
    others: tuple[tuple[str, SourceFile], ...] = ()
    warnings: tuple[Diagnostic, ...] = ()


def plan(
    specs: tuple[SectionSpec, ...],
    own: tuple[Problem, ...],
    load: Load,
    read: Read,
    report: Report,
) -> Plan:
    """Look up what the sections refer to; what cannot be found is reported and left out."""
    shelf = _Shelf(own, load, read, report)
    problems: dict[str, Problem] = {}
    first: dict[str, Source] = {}
    sections = []
    for spec in specs:
        slots = []
        for slot in spec.slots:
            found = [*_looked_up(slot.references, shelf, first, report)]
            problems.update((problem.identity, problem) for problem in found)
            if len(found) >= slot.count:
                ids = tuple(problem.identity for problem in found)
                slots.append(Slot(problems=ids, count=slot.count))
        sections.append(
            Section(
                title=spec.title,
                slots=tuple(slots),
                instructions=spec.instructions,
                shuffle=spec.shuffle,
            )
        )
    return Plan(
        problems=tuple(problems.values()),
        sections=tuple(sections),
        others=shelf.others(),
        warnings=tuple(shelf.idle()),
    )


def _looked_up(
    references: tuple[Reference, ...], shelf: _Shelf, first: dict[str, Source], report: Report
) -> Iterator[Problem]:
    for reference in references:
        name = reference.alias or reference.problem
        known = first.setdefault(name.text, name)
        if known is not name:
            report.refuse(
                name,
                "duplicate-id",
                f"`{name.text}` is the id of the problem in line {known.line} already",
                "give one of them another id by `as: …`; an id keys the draw of variants",
            )
            continue
        problem = shelf.problem(reference)
        if problem is not None and problem.partners and reference.alias is not None:
            partner = problem.partners[0].identity
            message = (
                f"`{problem.identity}` is linked with `{partner}`, and both are drawn by one id"
            )
            report.refuse(name, "conflicting-fields", message, "leave out `as`")
        elif problem is not None:
            yield _worth(replace(problem, id=name), reference, report)


class _Shelf:
    """The problems that can be referred to; each other bank is read once."""

    def __init__(self, own: tuple[Problem, ...], load: Load, read: Read, report: Report) -> None:
        self._own = {problem.identity: problem for problem in own}
        self._load, self._read, self._report = load, read, report
        self._banks: dict[str, Mapping[str, Problem] | None] = {}
        self._files: dict[str, SourceFile] = {}
        self._used: set[str] = set()

    def problem(self, reference: Reference) -> Problem | None:
        """What is referred to; None, reported, if there is no such problem."""
        bank = reference.bank
        known = self._own if bank is None else self._bank(bank)
        if known is None:
            return None
        wanted = reference.problem
        if wanted.text in known:
            if bank is None:
                self._used.add(wanted.text)
            return known[wanted.text]
        where = "this bank" if bank is None else bank.text
        cure = did_you_mean(wanted.text, known) or _ids(known)
        self._report.refuse(wanted, "unknown-problem", f"{where} has no such problem", cure)
        return None

    def others(self) -> tuple[tuple[str, SourceFile], ...]:
        """The other files read, by the names that they are called by, sorted."""
        return tuple(sorted(self._files.items()))

    def idle(self) -> Iterator[Diagnostic]:
        """A warning for each problem of this file that nothing referred to."""
        for identity, problem in self._own.items():
            if identity not in self._used:
                message = f"no section has the problem `{identity}`"
                cure = "add it to one, or delete it"
                where = problem.id
                yield at(where, "unused-problem", message, help=cure, severity="warning")

    def _bank(self, name: Source) -> Mapping[str, Problem] | None:
        if name.text not in self._banks:
            self._banks[name.text] = self._loaded(name)
        return self._banks[name.text]

    def _loaded(self, name: Source) -> Mapping[str, Problem] | None:
        try:
            file = self._load(name.text)
        except InputError as error:
            for found in error.diagnostics:
                self._report.refuse(name, found.code, found.message, found.help)
            return None
        try:
            problems = self._read(file)
        except InputError as error:
            self._report.take(error)
            return None
        self._files[name.text] = file
        return {problem.identity: problem for problem in problems}


def _ids(known: Mapping[str, Problem]) -> str:
    if not known:
        return "it has no problems of its own"
    listed = ", ".join(f"`{name}`" for name in sorted(known)[:8])
    return f"it has {listed}{', …' if len(known) > 8 else ''}"


# --- points -----------------------------------------------------------------------------------


def _worth(problem: Problem, reference: Reference, report: Report) -> Problem:
    """The problem with its parts' points scaled to the sum asked for."""
    if reference.points is None:
        return problem
    parts = zip(problem.parts, problem.letters, strict=True)
    total = sum((part.points * len(letters) for part, letters in parts), Fraction(0))
    if not total:
        message = f"`{problem.identity}` is worth no points, so they cannot be shared out"
        report.refuse(reference.problem, "wrong-value", message, "give points to its parts")
        return problem
    scale = reference.points / total
    return replace(problem, parts=tuple(_scaled(part, scale) for part in problem.parts))


def _scaled(part: Part, scale: Fraction) -> Part:
    rubric = tuple(replace(line, points=line.points * scale) for line in part.rubric)
    return replace(part, points=part.points * scale, rubric=rubric)
