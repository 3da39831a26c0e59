"""Problems that share their parameters: ``shares: NAME`` takes over those of another problem.

Linked problems, the one that is named and those that name it, have the same parameters,
definitions and constraints, and so the same variants with the same numbers. They are drawn
together, by the id of the one that is named: on each form all of them have the same values.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from generator.diagnostics import Diagnostic, at, did_you_mean
from generator.model.bank import Definition, Parameter, Problem
from generator.model.domain import ChoiceDomain
from generator.model.source import Source


def link(problems: Sequence[Problem]) -> tuple[tuple[Problem, ...], tuple[Diagnostic, ...]]:
    """The problems with all that they share, and what is wrong with their links.

    A problem whose link is wrong is left as it is written, without parameters.
    """
    named = {problem.identity: problem for problem in reversed(problems)}
    findings: list[Diagnostic] = []
    followers: dict[str, list[Problem]] = {}
    for problem in problems:
        if problem.shares is None:
            continue
        wrong = [*_wrong(problem, problem.shares, named)]
        findings += wrong
        if not wrong:
            followers.setdefault(problem.key, []).append(problem)
    linked: dict[int, Problem] = {}
    for key, others in followers.items():
        group = (named[key], *others)
        findings += _defined_twice(group)
        linked.update(zip(map(id, group), _merged(group), strict=True))
    return tuple(linked.get(id(problem), problem) for problem in problems), tuple(findings)


def _merged(group: Sequence[Problem]) -> Iterator[Problem]:
    """Each problem of a group with what all have, and with the others as its partners."""
    first, *_ = group
    whole = [
        replace(
            problem,
            parameters=first.parameters,
            definitions=_definitions(group),
            constraints=tuple(text for one in group for text in one.constraints),
            strata=first.strata,
        )
        for problem in group
    ]
    for problem in whole:
        yield replace(problem, partners=tuple(one for one in whole if one is not problem))


def _definitions(group: Sequence[Problem]) -> tuple[Definition, ...]:
    """All definitions, the first of those with the same name."""
    every = [definition for problem in group for definition in problem.definitions]
    return tuple({entry.name.text: entry for entry in reversed(every)}.values())[::-1]


def _wrong(problem: Problem, shares: Source, named: Mapping[str, Problem]) -> Iterator[Diagnostic]:
    """What is wrong with the link of a problem."""
    other = named.get(shares.text)
    if other is None:
        message = f"there is no problem `{shares.text}` in this bank"
        cure = did_you_mean(shares.text, named.keys() - {problem.identity})
        yield at(shares, "unknown-problem", message, help=cure)
    elif other is problem:
        yield at(shares, "wrong-reference", "a problem cannot share its own parameters")
    elif other.shares is not None:
        message = f"`{shares.text}` has no parameters of its own, it shares those of another"
        cure = f"write `shares: {other.shares.text}`"
        yield at(shares, "wrong-reference", message, help=cure)
    else:
        yield from _claims(other, shares)
    cure = f"put it into `{shares.text}`, where both can use it"
    for name, what in _own(problem):
        message = f"a problem that shares the parameters of another has no {what} of its own"
        yield at(name, "conflicting-fields", message, help=cure)


def _own(problem: Problem) -> Iterator[tuple[Source, str]]:
    if problem.parameters:
        yield problem.parameters[0].name, "parameters"
    if problem.strata:
        yield problem.strata[0].when, "strata"


def _claims(other: Problem, shares: Source) -> Iterator[Diagnostic]:
    """Claims are a problem's own, so no other can share their choice."""
    for parameter in other.parameters:
        if _chooses_claims(parameter):
            name = parameter.name.text
            message = f"`{name}` of `{other.identity}` chooses claims, which cannot be shared"
            yield at(
                shares, "wrong-reference", message, help="give this problem its own parameters"
            )


def _chooses_claims(parameter: Parameter) -> bool:
    return isinstance(parameter.domain, ChoiceDomain) and parameter.domain.pool == "claims"


def _defined_twice(group: Sequence[Problem]) -> Iterator[Diagnostic]:
    """All definitions of linked problems are those of each of them."""
    first: dict[str, Source] = {}
    for problem in group:
        for definition in problem.definitions:
            known = first.setdefault(definition.name.text, definition.name)
            if known is not definition.name:
                yield at(
                    definition.name,
                    "duplicate-name",
                    f"`{known.text}` is a definition in line {known.line} already, and linked "
                    "problems share their definitions",
                    help="choose another name, or delete one of the two",
                )
