"""Warnings about a sound bank: what is allowed, but hardly meant."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from generator.bank.checks import FIGURE
from generator.bank.uses import Role, Use, uses, words
from generator.diagnostics import Diagnostic, at
from generator.language.definitions import Definitions
from generator.model.bank import Bank, Problem
from generator.model.domain import ChoiceDomain
from generator.model.part import ClaimsSpec
from generator.model.source import Source


def advise(bank: Bank) -> tuple[Diagnostic, ...]:
    """The warnings about a bank that has no errors, in the order of its lines."""
    found = {
        finding for problem in bank.problems for check in _CHECKS for finding in check(problem)
    }
    return tuple(sorted(found, key=lambda finding: (finding.place, finding.message)))


def _warn(where: Source, code: str, message: str, cure: str, *, offset: int = 0) -> Diagnostic:
    length = 1 if offset else None
    return at(where, code, message, help=cure, offset=offset, length=length, severity="warning")


# --- names ------------------------------------------------------------------------------------


def _unused(problem: Problem) -> Iterator[Diagnostic]:
    """Parameters and definitions that change nothing, neither here nor in a linked problem."""
    used = set().union(*map(_used, (problem, *problem.partners)))
    for parameter in problem.parameters:
        if parameter.name.text not in used:
            yield _warn(
                parameter.name,
                "unused-name",
                f"nothing uses the parameter `{parameter.name.text}`: variants that differ in it "
                "alone are the same to a student",
                "use it, or delete it",
            )
    for definition in problem.definitions:
        if definition.name.text not in used:
            message = f"nothing uses the definition `{definition.name.text}`"
            yield _warn(definition.name, "unused-name", message, "use it, or delete it")


def _used(problem: Problem) -> set[str]:
    """The names that something else than their own domain uses."""
    used = {name for use in uses(problem) for name in use.names if name != use.owner}
    used.update(name for use in uses(problem) for name in _called(use))
    used.update(
        part.spec.chosen.text for part in problem.parts if isinstance(part.spec, ClaimsSpec)
    )
    return used | _in_model(problem)


def _hidden(problem: Problem) -> Iterator[Diagnostic]:
    """Parameters that an answer depends on, and no student gets to know."""
    shown = [use for use in uses(problem) if use.role is Role.SHOWN]
    if any(FIGURE.search(use.source.text) for use in shown):
        return  # a drawing shows whatever the model is made of
    definitions = Definitions.of(problem)
    in_model = definitions.roots(_in_model(problem))
    visible = definitions.roots({name for use in shown for name in use.text.names})
    if "model" in visible:
        visible |= in_model
    decide = (Role.ANSWER, Role.WORDS, Role.CONDITION)
    deciding = [use for use in uses(problem) if use.role in decide]
    decisive = definitions.roots(
        {name for use in deciding for name in use.text.names | _called(use)}
    )
    if "model" in decisive or problem.claims:
        decisive |= in_model
    for parameter in problem.parameters:
        name = parameter.name.text
        if name in decisive - visible and not _chooses_claims(problem, name):
            yield _warn(
                parameter.name,
                "hidden-parameter",
                f"answers depend on `{name}`, but no text shows it to the student",
                f"write `{{{{ {name} }}}}` in the stem",
            )


def _chooses_claims(problem: Problem, name: str) -> bool:
    return any(
        parameter.name.text == name
        and isinstance(parameter.domain, ChoiceDomain)
        and parameter.domain.pool == "claims"
        for parameter in problem.parameters
    )


def _in_model(problem: Problem) -> set[str]:
    """The parameters and definitions that the model's fields mention."""
    if problem.model is None:
        return set()
    parameters = {parameter.name.text for parameter in problem.parameters}
    definitions = {definition.name.text for definition in problem.definitions}
    return (parameters | definitions) & {*words(problem.model.fields)}


def _called(use: Use) -> frozenset[str]:
    """The functions that it calls: in a claim's condition, a parameter may be one."""
    return getattr(use.text, "functions", frozenset())


def _unplaced(problem: Problem) -> Iterator[Diagnostic]:
    """Plots that no text shows."""
    placed = {name for use in uses(problem) for name in FIGURE.findall(use.source.text)}
    for plot in problem.plots:
        if plot.name.text not in placed:
            yield _warn(
                plot.name,
                "unused-plot",
                f"no text shows the plot `{plot.name.text}`",
                f"place it: `![](figure:{plot.name.text})`",
            )


# --- claims, rubrics, texts -------------------------------------------------------------------


def _unasked_claims(problem: Problem) -> Iterator[Diagnostic]:
    asked = any(isinstance(part.spec, ClaimsSpec) for part in problem.parts)
    if problem.claims and not asked:
        yield _warn(
            problem.claims[0].text,
            "unused-claims",
            "no part asks for the claims of this problem",
            "add the part `- {claims: chosen}` and the parameter `chosen: {choose: 2, of: claims}`",
        )


def _rubrics(problem: Problem) -> Iterator[Diagnostic]:
    for part in problem.parts:
        total = sum(line.points for line in part.rubric)
        if part.rubric and total != part.points:
            yield _warn(
                part.rubric[0].text,
                "rubric-points",
                f"the lines of this rubric add up to {total}, and the part is worth {part.points}",
                "change either",
            )


_NOT_MATH = re.compile(r"\\.|`[^`\n]*`|\$\$|\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)


def _dollars(problem: Problem) -> Iterator[Diagnostic]:
    """A paragraph with an odd number of dollar signs has one that opens or closes nothing."""
    for use in uses(problem):
        if use.role not in (Role.SHOWN, Role.TOLD):
            continue
        text = _NOT_MATH.sub(lambda match: " " * len(match.group()), use.source.text)
        for paragraph in re.finditer(r"(?:[^\n]|\n(?!\s*\n))+", text):
            if paragraph.group().count("$") % 2:
                last = paragraph.start() + paragraph.group().rindex("$")
                yield _warn(
                    use.source,
                    "odd-dollar",
                    "an odd number of dollar signs: a formula is not closed in this paragraph",
                    r"write `\$` for a dollar sign that is no formula's",
                    offset=last,
                )


_CHECKS: tuple[Callable[[Problem], Iterator[Diagnostic]], ...] = (
    _unused,
    _hidden,
    _unplaced,
    _unasked_claims,
    _rubrics,
    _dollars,
)
