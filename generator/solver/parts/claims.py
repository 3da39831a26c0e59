"""True/false parts for the claims that a parameter has chosen; the model decides them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from generator.diagnostics import InputError, at
from generator.model.dataclass import dataclass
from generator.model.domain import ChoiceDomain
from generator.model.part import ClaimsSpec, Part
from generator.model.solution import PartSolution, TrueFalseKey, Wording
from generator.model.variant import Column, Filter
from generator.solver.case import Case, located
from generator.solver.context import Context
from generator.solver.parts.common import part_solution, wrong_reasons


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimsPart:
    """A claims part, compiled: `chosen` names the parameter."""

    part: Part
    chosen: str
    explain: bool
    filters: tuple[Filter, ...] = ()

    def solve(self, case: Case) -> tuple[PartSolution, ...]:
        """One solution for each chosen claim, in the order in which they were chosen."""
        positions: Any = case.env[self.chosen]
        return tuple(self._claim(case, position) for position in positions)

    def _claim(self, case: Case, position: int) -> PartSolution:
        claim = case.context.claim(position)
        verdict = case.verdict(position)
        steps: tuple[Wording, ...] = verdict.steps
        if claim.because is not None:
            steps = (claim.because, *steps)
        return part_solution(
            self.part,
            TrueFalseKey(value=verdict.value, explain=self.explain),
            ask=claim.text,
            steps=steps,
            mistakes=wrong_reasons(claim.mistakes, case),
            evidence=verdict.evidence,
        )


def compile_claims(part: Part, context: Context) -> ClaimsPart:
    """Compile a claims part. Raises InputError unless it names a parameter that chooses claims."""
    assert isinstance(part.spec, ClaimsSpec)  # noqa: S101 - by the table
    chosen = part.spec.chosen
    choosing = _choosing(context)
    if chosen.text not in choosing:
        message = f"`{chosen.text}` is no parameter that chooses claims"
        cure = "give it the domain `{choose: 2, of: claims}`"
        raise InputError([at(chosen, "wrong-type", message, help=cure)])
    return ClaimsPart(part=part, chosen=chosen.text, explain=part.spec.explain)


def _choosing(context: Context) -> Mapping[str, ChoiceDomain]:
    """The parameters that choose among the claims."""
    return {
        parameter.name.text: parameter.domain
        for parameter in context.problem.parameters
        if isinstance(parameter.domain, ChoiceDomain) and parameter.domain.pool == "claims"
    }


# --- so many true ones -------------------------------------------------------------------------


def truth_filters(context: Context) -> tuple[Filter, ...]:
    """A filter for each parameter that asks for a number of true claims among the chosen."""
    places = {parameter.name.text: parameter.name for parameter in context.problem.parameters}
    return tuple(
        Filter(
            names=context.model_names | {name},
            admits=_Truths(context, name, *domain.true).admits,
            reason=f"{_interval(*domain.true)} of the chosen claims must be true",
            place=places[name],
        )
        for name, domain in _choosing(context).items()
        if domain.true is not None
    )


def _interval(low: int, high: int) -> str:
    return str(low) if low == high else f"{low} to {high}"


@dataclass(frozen=True, slots=True)
class _Truths:
    """Admits the choices with `low` to `high` true claims among them."""

    context: Context
    chosen: str
    low: int
    high: int

    def admits(self, columns: Mapping[str, Column]) -> NDArray[np.bool_]:
        """Each claim is decided once for each combination of what the model depends on."""
        choices: list[Sequence[int]] = columns[self.chosen].tolist()
        names = sorted(columns.keys() - {self.chosen})
        values = [columns[name].tolist() for name in names]
        rows = list(zip(*values, strict=True)) if names else [()] * len(choices)
        truths = {
            row: self._truths(dict(zip(names, row, strict=True))) for row in dict.fromkeys(rows)
        }
        counts = (
            sum(truths[row][position] for position in choice)
            for row, choice in zip(rows, choices, strict=True)
        )
        return np.fromiter((self.low <= n <= self.high for n in counts), bool, len(choices))

    def _truths(self, values: Mapping[str, object]) -> tuple[bool, ...]:
        with located(values):
            case = Case(self.context, values)
            claims = range(len(self.context.problem.claims))
            return tuple(map(case.is_true, claims))
