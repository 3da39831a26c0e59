"""Claims of a bank, read and decided."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from typing import TypeVar

from generator.diagnostics import Diagnostic, InputError, at
from generator.language.expression import compile_expression
from generator.language.nodes import Node
from generator.model.bank import Claim
from generator.model.source import Branch, Source
from generator.model.value import Value
from generator.solver.contract import Disagreement, Verdict
from generator.solver.models.recurrent.assertions import ClaimReader
from generator.solver.models.recurrent.decision import audit
from generator.solver.models.recurrent.decision.audit import Undecided
from generator.solver.models.recurrent.decision.decide import (
    Answer,
    Decision,
    Vacuous,
    check_conditions,
    decide,
    simplest,
    soonest,
)
from generator.solver.models.recurrent.scope import Scope
from generator.solver.models.recurrent.structure import naming
from generator.solver.models.recurrent.structure.cell import Cell
from generator.solver.models.recurrent.structure.terms import (
    Assertion,
    Dependence,
    Statement,
    statement_names,
)
from generator.solver.models.recurrent.values.polynomial import TooLargeError
from generator.solver.models.recurrent.words.justify import evidence, excluded, justify

Said = TypeVar("Said", bound=Assertion)


def too_large(place: Source | Branch) -> Diagnostic:
    """The finding for formulas that grow beyond all reason."""
    message = "the formulas of this cell become too large when they are multiplied out"
    return at(place, "too-large", message, help="use smaller powers and shorter sums")


Asked = tuple[Cell, tuple[Statement, ...], tuple[Assertion, ...]]
"""A claim as it was read: the cell that it is about, its conditions, and what it says holds."""


def truth(cell: Cell, values: Mapping[str, Value], claim: Claim) -> bool:
    """Whether a claim about the cell is true. Raises as `verdict` does."""
    with _reported(claim):
        return _is_true(_decisions(_asked(cell, values, claim), soonest))


def verdict(cell: Cell, values: Mapping[str, Value], claim: Claim) -> Verdict:
    """Whether a claim about the cell is true, and why.

    Raises InputError where it is not about the cell, or its conditions exclude each other, and
    Disagreement where neither a proof nor a counterexample is found.
    """
    with _reported(claim):
        return _verdict(_asked(cell, values, claim))


@contextmanager
def _reported(claim: Claim) -> Iterator[None]:
    """Turns what cannot be decided into an error at the claim."""
    try:
        yield
    except Vacuous as vacuous:
        message = "no cell meets this condition, so the claim says nothing"
        help_text = f"what excludes it: {excluded(vacuous.proof)}"
        raise InputError(
            [at(claim.given[0], "vacuous-claim", message, help=help_text)]
        ) from vacuous
    except TooLargeError as error:
        raise InputError([too_large(claim.holds[0])]) from error
    except Undecided as undecided:
        raise Disagreement("the claim", undecided.first, undecided.second) from undecided


@lru_cache(maxsize=2_000)
def _verdict(asked: Asked) -> Verdict:
    (cell, given, _), decisions = asked, _decisions(asked, simplest)
    return Verdict(
        value=_is_true(decisions),
        steps=justify(cell, given, decisions),
        evidence=evidence(decisions),
    )


@lru_cache(maxsize=2_000)
def _decisions(asked: Asked, answer: Answer) -> tuple[Decision, ...]:
    """One false assertion makes a claim false, whatever is undecided about the others."""
    cell, given, holds = asked
    for name, _ in cell.equations:
        if naming.PER in name:
            audit.check_derivative(cell, *name.split(naming.PER))
    check_conditions(cell, given, answer)
    decisions: list[Decision] = []
    undecided: list[Undecided] = []
    for assertion in holds:
        try:
            decisions.append(decide(cell, given, assertion, answer))
        except Undecided as trouble:
            undecided.append(trouble)
    if undecided and _is_true(decisions):
        raise undecided[0]
    return tuple(decisions)


def _is_true(decisions: Iterable[Decision]) -> bool:
    return all(decision.true for decision in decisions)


def _asked(cell: Cell, values: Mapping[str, Value], claim: Claim) -> Asked:
    """Read a claim; derivatives in it become equations of the cell."""
    scope = Scope.of(cell, values)
    given = _read(claim.given, scope, ClaimReader.conditions)
    holds = _read(claim.holds, scope, ClaimReader.assertions)
    return scope.cell or cell, given, holds


def _read(
    sources: Iterable[Source], scope: Scope, read: Callable[[ClaimReader, Node], tuple[Said, ...]]
) -> tuple[Said, ...]:
    """The statements that these texts make. Raises InputError with all findings."""
    said: list[Said] = []
    findings: list[Diagnostic] = []
    for source in sources:
        try:
            expression = compile_expression(source)
            found = read(ClaimReader(expression, scope), expression.tree)
            if not all(map(_is_about_cell, found)):
                message = "this says nothing about the cell"
                findings.append(at(source, "wrong-claim", message, help="name its quantities"))
            said += found
        except InputError as error:
            findings += error.diagnostics
    if findings:
        raise InputError(findings)
    return tuple(said)


def _is_about_cell(assertion: Assertion) -> bool:
    return isinstance(assertion, Dependence) or bool(statement_names(assertion))
