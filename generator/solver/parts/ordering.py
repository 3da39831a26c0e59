"""A part that is answered by putting items in order.

The right order is the author's, or that of an expression for each item, whose values are proved
like any answer; a variant in which two values tie is none. The items are never shown in their
right order.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import combinations, count
from typing import Any

import numpy as np
from numpy.typing import NDArray

from generator.diagnostics import InputError, at
from generator.language import numbers
from generator.language.arithmetic import kind
from generator.language.expression import Expression, compile_expression
from generator.language.reals import Real
from generator.model.dataclass import dataclass
from generator.model.part import OrderingSpec, Part
from generator.model.solution import Evidence, OrderingKey, PartSolution
from generator.model.source import Source
from generator.model.variant import Column, Filter
from generator.solver.case import Case
from generator.solver.context import Context
from generator.solver.contract import Derivation
from generator.solver.parts.common import Rows, part_solution
from generator.solver.parts.shuffle import order
from generator.solver.parts.texts import told_apart


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderingPart:
    """An ordering part; `ranks` are empty where the author's order is the right one."""

    part: Part
    context: Context
    texts: tuple[Source, ...]
    ranks: tuple[Expression, ...]

    @property
    def filters(self) -> tuple[Filter, ...]:
        """Only variants in which no two items tie."""
        if not self.ranks:
            return ()
        return (
            Filter(
                names=self.context.needed(*self.ranks),
                admits=self._admits,
                reason="two of the items tie",
                place=self.ranks[0].source,
            ),
        )

    def solve(self, case: Case) -> tuple[PartSolution]:
        """The items as they are shown. Raises InputError where two read the same, or tie."""
        told_apart(self.texts, case, "item")
        ranked = [case.answer(rank) for rank in self.ranks]
        right = self._right([answer.value for answer in ranked])
        shown = self._shown(right, case)
        key = OrderingKey(
            items=tuple(self.texts[position] for position in shown),
            places=tuple(right.index(position) for position in shown),
        )
        evidence = _evidence([ranked[position] for position in right]) if ranked else None
        ascending = " < ".join(
            numbers.latex(ranked[position].value) for position in right if ranked
        )
        steps = (f"${ascending}$.",) if ascending else ()
        return (part_solution(self.part, key, steps=steps, evidence=evidence),)

    def _right(self, values: Sequence[object]) -> list[int]:
        """The positions of the items in their right order."""
        if not values:
            return [*range(len(self.texts))]
        exact = self._numbers(values)
        for (one, value), (other, equal) in combinations(zip(self.ranks, exact, strict=True), 2):
            if value == equal:
                message = f"`{other.source.text}` ties with `{one.source.text}` here"
                cure = "keep such variants out by a constraint"
                raise InputError([at(other.source, "tied-items", message, help=cure)])
        return sorted(range(len(exact)), key=exact.__getitem__)

    def _numbers(self, values: Sequence[object]) -> list[Any]:
        for rank, value in zip(self.ranks, values, strict=True):
            if isinstance(value, bool) or not isinstance(value, int | Fraction | Real):
                message = f"an item is ranked by a number, not by {kind(value)}"
                raise InputError([at(rank.source, "wrong-type", message)])
        return list(values)

    def _admits(self, columns: Mapping[str, Column]) -> NDArray[np.bool_]:
        """All rows at once, unless a model takes part."""
        if any("model" in rank.names for rank in self.ranks):
            return Rows(self.context, self._untied).admits(columns)
        mask = np.ones(len(next(iter(columns.values()), (None,))), dtype=bool)
        values = (np.asarray(rank.evaluate(columns)) for rank in self.ranks)
        for one, other in combinations(values, 2):
            mask &= np.asarray(one != other, dtype=bool)
        return mask

    def _untied(self, case: Case) -> bool:
        exact = self._numbers([case.outcomes(rank)[0] for rank in self.ranks])
        return all(one != other for one, other in combinations(exact, 2))

    def _shown(self, right: list[int], case: Case) -> tuple[int, ...]:
        orders = (order(self.texts, case, f"items {attempt}") for attempt in count())
        return next(found for found in orders if [*found] != right)


def compile_ordering(part: Part, context: Context) -> OrderingPart:
    """Compile an ordering part. Raises InputError for what is no expression."""
    assert isinstance(part.spec, OrderingSpec)  # noqa: S101 - by the table
    items = part.spec.items
    return OrderingPart(
        part=part,
        context=context,
        texts=tuple(item.text for item in items),
        ranks=tuple(compile_expression(item.by) for item in items if item.by is not None),
    )


def _evidence(ranked: Sequence[Derivation]) -> Evidence:
    """That of the first; the values themselves, least first."""
    first = ranked[0].evidence
    result = " < ".join(answer.evidence.result for answer in ranked)
    return Evidence(first=first.first, second=first.second, result=result)
