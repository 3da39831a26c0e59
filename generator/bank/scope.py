"""Names: what each text of a problem may use, and which members its values have.

A domain may use the parameters above it, a definition or a constraint all parameters and
definitions, everything else the model too; the conditions of claims have names of their own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from generator.bank.uses import Role, Use, uses
from generator.diagnostics import Diagnostic, at, did_you_mean
from generator.language.names import check_names
from generator.model.bank import Problem
from generator.model.domain import Domain, ExceptDomain, ValuesDomain
from generator.model.source import Source
from generator.model.value import Record


def check_scope(problem: Problem) -> Iterator[Diagnostic]:
    """Names that stand for nothing, for two things, or for something that is not there yet."""
    yield from _defined_twice(problem)
    yield from _variables(problem)
    parameters = [parameter.name.text for parameter in problem.parameters]
    names = {*parameters, *(definition.name.text for definition in problem.definitions), "model"}
    for use in uses(problem):
        if use.role is Role.CONDITION:
            continue
        for finding in check_names(use.text, {*names, use.variable} - {""}):
            cure = finding.help or (_IN_BOUND if use.role is Role.BOUND else "")
            if use.variable and finding.code == "unknown-name":
                cure = f"the curves are functions of `{use.variable}`; `variable: …` names another"
            yield replace(finding, help=cure)
        for path, offset, _ in use.places():
            if trouble := _out_of_scope(problem, parameters, use, path[0]):
                message, cure = trouble
                yield at(
                    use.source,
                    "out-of-scope",
                    message,
                    help=cure,
                    offset=offset,
                    length=len(path[0]),
                )


def _defined_twice(problem: Problem) -> Iterator[Diagnostic]:
    parameters = {parameter.name.text: parameter.name for parameter in problem.parameters}
    for definition in problem.definitions:
        if known := parameters.get(definition.name.text):
            yield at(
                definition.name,
                "duplicate-name",
                f"`{known.text}` is the parameter of line {known.line} already",
                help="choose another name",
            )


def _variables(problem: Problem) -> Iterator[Diagnostic]:
    """The variable of a plot is no name that has a value already."""
    taken = {parameter.name.text: parameter.name for parameter in problem.parameters}
    taken |= {definition.name.text: definition.name for definition in problem.definitions}
    for plot in problem.plots:
        if known := taken.get(plot.spec.letter):
            yield at(
                plot.spec.variable or plot.name,
                "duplicate-name",
                f"the curves of this plot are functions of `{known.text}`, and that is the name of "
                f"line {known.line} already",
                help="write another one: `variable: t`",
            )


_IN_BOUND = "name a parameter that stands above; a word needs quotes in an expression: `\"'word'\"`"

_BEFORE_MODEL = {
    Role.BOUND: "a domain",
    Role.DEFINITION: "a definition",
    Role.CONSTRAINT: "a constraint",
}


def _out_of_scope(
    problem: Problem, parameters: list[str], use: Use, name: str
) -> tuple[str, str] | None:
    """Why a name that exists cannot be used here, and what to do."""
    if name == "model":
        if problem.model is None:
            return "this problem has no model", "add one, such as `model: {conv: {…}}`"
        if use.role in _BEFORE_MODEL:
            why = f"a model is made of the parameters, so {_BEFORE_MODEL[use.role]} cannot use it"
            return why, "write the formula with parameters"
    if use.role is Role.BOUND:
        if any(name == definition.name.text for definition in problem.definitions):
            why = f"`{name}` is a definition, and a domain can depend on parameters alone"
            return why, "write the formula here"
        why = f"the domain of `{use.owner}` can depend on earlier parameters alone, not on"
        if name == use.owner:
            return f"{why} itself", "write a fixed number, or another parameter"
        if name in parameters[parameters.index(use.owner) :]:
            cure = f"move `{name}` above `{use.owner}`"
            return f"{why} `{name}`, which stands below it", cure
    return None


def check_members(problem: Problem) -> Iterator[Diagnostic]:
    """``names.in`` asks for a member that all records of the domain have."""
    parameters = {parameter.name.text: parameter for parameter in problem.parameters}
    for use in uses(problem):
        for path, offset, length in use.places():
            parameter = parameters.get(path[0])
            if parameter is None or len(path) < 2 or use.role is Role.CONDITION:
                continue
            known = _record_members(parameter.domain)
            if known is not None and path[1] not in known:
                message = f"`{path[0]}` has no member `{path[1]}`"
                cure = did_you_mean(path[1], known) or _listed(path[0], known)
                yield at(
                    use.source, "unknown-member", message, help=cure, offset=offset, length=length
                )


def _record_members(domain: Domain) -> tuple[str, ...] | None:
    """The members of a domain's values; None where an expression decides what they are."""
    if isinstance(domain, ExceptDomain):
        return _record_members(domain.domain)
    if not isinstance(domain, ValuesDomain):
        return ()
    if isinstance(domain.values, Source):
        return None
    first = domain.values[0]
    return tuple(first.members()) if isinstance(first, Record) else ()


def _listed(name: str, members: tuple[str, ...]) -> str:
    if not members:
        return f"its values are no records: write `{name}` alone"
    return "its members are " + ", ".join(f"`{name}.{member}`" for member in members)
