"""What one field of a problem cannot tell alone: strata, claims, what follows what, models, ids.

`check_problem` runs while a problem is read, on what could be read of it: names are checked in any
case, the rest (`_CHECKS`) only where all fields are sound, so that no error is reported as two.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from fractions import Fraction

from generator.bank.scope import check_members, check_scope
from generator.bank.uses import Role, Use, uses
from generator.diagnostics import Diagnostic, InputError, at, did_you_mean
from generator.language.definitions import Definitions
from generator.language.expression import compile_expression
from generator.language.template import compile_template
from generator.model.bank import Parameter, Problem
from generator.model.domain import ChoiceDomain
from generator.model.part import ClaimsSpec, ExpressionSpec, NumericalSpec
from generator.model.source import Source

FIGURE = re.compile(r"!\[[^\]\n]*\]\(\s*figure:([^\s)]*)")
"""A plot or a drawing of the model, placed in a text: ``![](figure:network)``."""


def check_problem(problem: Problem, *, sound: bool) -> Iterator[Diagnostic]:
    """All findings in a problem; `sound` tells that nothing was wrong with its fields."""
    yield from check_scope(problem)
    if sound:
        for check in _CHECKS:
            yield from check(problem)


def check_ids(problems: Iterable[Problem]) -> Iterator[Diagnostic]:
    """A problem's draw depends on its id, so each has its own."""
    first: dict[str, Source] = {}
    for problem in problems:
        known = first.setdefault(problem.identity, problem.id)
        if known is not problem.id:
            yield at(
                problem.id,
                "duplicate-id",
                f"`{problem.identity}` is the id of the problem in line {known.line} already",
                help="choose another; an id keys the draw of a problem's variants",
            )


def check_instructions(instructions: Source) -> Iterator[Diagnostic]:
    """They stand above all problems, so they can show no parameter."""
    for path, offset, length in Use(compile_template(instructions), Role.SHOWN).places():
        yield at(
            instructions,
            "out-of-scope",
            f"instructions belong to no problem, so there is no `{path[0]}` to show",
            help="write it out",
            offset=offset,
            length=length,
        )


# --- definitions ------------------------------------------------------------------------------


def _circles(problem: Problem) -> Iterator[Diagnostic]:
    try:
        Definitions.of(problem)
    except InputError as error:
        yield from error.diagnostics


# --- strata -----------------------------------------------------------------------------------


def _shares(problem: Problem) -> Iterator[Diagnostic]:
    """The shares of the strata leave none over, and each condition stands there once."""
    total = Fraction(0)
    seen: dict[str, Source] = {}
    for stratum in problem.strata:
        first = seen.setdefault(stratum.when.text, stratum.when)
        if first is not stratum.when:
            message = f"line {first.line} has this condition already, so nothing is left for it"
            yield at(stratum.when, "duplicate-stratum", message, help="delete one of the two")
        total += stratum.share
        if total > 1:
            yield at(
                stratum.when,
                "too-large-shares",
                f"with this stratum the shares add up to {total}, which is more than 1",
                help="what they leave to 1 is the share of all other variants",
            )
            return


# --- claims -----------------------------------------------------------------------------------


def _choosers(problem: Problem) -> dict[str, Parameter]:
    """The parameters that choose claims."""
    return {
        parameter.name.text: parameter
        for parameter in problem.parameters
        if isinstance(parameter.domain, ChoiceDomain) and parameter.domain.pool == "claims"
    }


def _chosen_claims(problem: Problem) -> Iterator[Diagnostic]:
    for parameter in _choosers(problem).values():
        domain = parameter.domain
        assert isinstance(domain, ChoiceDomain)  # noqa: S101 - that is what a chooser is
        if domain.count > len(problem.claims):
            there = len(problem.claims)
            yield at(
                parameter.name,
                "too-few-claims",
                f"`{parameter.name.text}` chooses {domain.count} claims, and this problem has "
                f"{there or 'none'}",
                help="add to `claims`, or choose fewer" if there else "add `claims`",
            )


def _claims_parts(problem: Problem) -> Iterator[Diagnostic]:
    choosers = _choosers(problem)
    asked: dict[str, Source] = {}
    for part in problem.parts:
        if not isinstance(part.spec, ClaimsSpec):
            continue
        chosen = part.spec.chosen
        first = asked.setdefault(chosen.text, chosen)
        if chosen.text not in choosers:
            yield at(
                chosen,
                "unknown-name",
                f"`{chosen.text}` is not a parameter that chooses claims",
                help=did_you_mean(chosen.text, choosers)
                or f"add the parameter `{chosen.text}: {{choose: 2, of: claims}}`",
            )
        elif first is not chosen:
            yield at(
                chosen,
                "duplicate-claims",
                f"the claims that `{chosen.text}` chooses are asked in line {first.line} already",
                help="add another parameter that chooses claims, or delete this part",
            )


def _claims(problem: Problem) -> Iterator[Diagnostic]:
    seen: dict[str, Source] = {}
    for claim in problem.claims:
        first = seen.setdefault(" ".join(claim.text.text.split()), claim.text)
        if first is not claim.text:
            message = f"this claim stands in line {first.line} already"
            yield at(claim.text, "duplicate-claims", message, help="delete one of the two")
    if problem.claims and problem.model is None:
        yield at(
            problem.claims[0].text,
            "no-model",
            "claims are decided by a model, and this problem has none",
            help="add one, such as `model: {recurrent: {…}}`",
        )


# --- parts that follow others -----------------------------------------------------------------


def _follows(problem: Problem) -> Iterator[Diagnostic]:
    """A part goes on with the result of an earlier one."""
    letters = problem.letters
    owners = {letter: number for number, own in enumerate(letters) for letter in own}
    for number, part in enumerate(problem.parts):
        for followed in part.follows:
            if trouble := _unfollowable(problem, owners, number, followed.text):
                message, cure = trouble
                yield at(followed, "wrong-reference", message, help=cure)


def _unfollowable(
    problem: Problem, owners: Mapping[str, int], number: int, letter: str
) -> tuple[str, str] | None:
    """Why the part at `number` cannot follow the one with this letter, and what to do."""
    own = problem.letters[number][0]
    if letter not in owners:
        return f"this problem has no part ({letter})", f"its parts are (a) to ({[*owners][-1]})"
    if owners[letter] >= number:
        which = "itself" if owners[letter] == number else f"({letter}), which stands below it"
        return f"part ({own}) cannot follow {which}", "name an earlier part"
    spec = problem.parts[owners[letter]].spec
    if not isinstance(spec, NumericalSpec | ExpressionSpec):
        why = f"part ({letter}) has no number and no formula to go on with"
        return why, "name a numerical or an expression part"
    return None


# --- what needs a model -----------------------------------------------------------------------


def _formulas(problem: Problem) -> Iterator[Diagnostic]:
    for part in problem.parts:
        if not isinstance(part.spec, ExpressionSpec) or problem.model is not None:
            continue
        if "model" not in compile_expression(part.spec.answer).names:
            yield at(
                part.place,
                "no-model",
                "a formula is derived by a model, and this problem has none",
                help="add one, such as `model: {network: {…}}`",
            )


def _figures(problem: Problem) -> Iterator[Diagnostic]:
    """Without a model there are no figures but the plots."""
    if problem.model is not None:
        return
    plots = {plot.name.text for plot in problem.plots}
    for use in uses(problem):
        for match in FIGURE.finditer(use.source.text):
            name = match.group(1)
            if use.role in (Role.SHOWN, Role.TOLD) and name not in plots:
                code, message, cure = (
                    _NO_FIGURES
                    if not plots
                    else (
                        "unknown-figure",
                        f"this problem has no plot named `{name}`",
                        did_you_mean(name, plots) or f"it has {', '.join(sorted(plots))}",
                    )
                )
                length = len(match.group())
                yield at(use.source, code, message, help=cure, offset=match.start(), length=length)


_NO_FIGURES = (
    "no-model",
    "a figure is a plot or drawn from a model, and this problem has neither",
    "add `plots: {…}`, or a model, such as `model: {network: {…}}`",
)


_CHECKS: tuple[Callable[[Problem], Iterator[Diagnostic]], ...] = (
    check_members,
    _circles,
    _shares,
    _chosen_claims,
    _claims_parts,
    _claims,
    _follows,
    _formulas,
    _figures,
)
