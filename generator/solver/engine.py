"""Values to keys: a problem is compiled once, and each of its variants is solved and proved.

`Solver` finds at construction what is wrong without regard to a variant, and keeps what variants
share. `solve` derives every key in two independent ways; where they differ, or a claim can be
neither proved nor refuted, it raises an `InputError` that names the bank's line, the variant and
both results, and there is no solution.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from generator.diagnostics import InputError, each
from generator.model.bank import Problem
from generator.model.solution import Solution
from generator.model.variant import Filter, Variant
from generator.solver.batch import Batch
from generator.solver.case import Case, located
from generator.solver.context import Context
from generator.solver.parts import PARTS
from generator.solver.parts.claims import truth_filters
from generator.solver.plots import Drawings, check


class Solver:
    """Solves the variants of a problem.

    Raises InputError with all that is wrong in its model, parts and expressions.
    """

    def __init__(self, problem: Problem) -> None:
        self._context = Context(problem)
        if findings := check(problem.plots):
            raise InputError(findings)
        self._parts = each(lambda part: PARTS[type(part.spec)](part, self._context), problem.parts)
        self.filters: tuple[Filter, ...] = (
            *(found for part in self._parts for found in part.filters),
            *truth_filters(self._context),
        )
        """What keeps variants out that have no sound options, or not so many true claims."""

    def solve(self, variant: Variant) -> Solution:
        """The keys of a variant with their proofs, worked solutions and mistakes.

        Raises InputError where a key is not proved, or where the variant makes no sense.
        """
        values = dict(variant.values)
        with located(values, variant.index):
            env = self._context.definitions.extend(values)
            return self._solution(Case(self._context, env, variant.index), values)

    def solve_all(self, variants: Sequence[Variant]) -> Iterator[Solution]:
        """What `solve` gives for each of these variants, in their order, worked out in columns.

        Raises, when it comes to the first that cannot be solved, what `solve` raises.
        """
        batch = Batch(self._context, variants)
        for row, variant in enumerate(variants):
            values = dict(variant.values)
            with located(values, variant.index):
                env = batch.env(row)
                case = Case(self._context, env, variant.index, batch=batch, row=row)
                solution = self._solution(case, values)
            yield solution

    def _solution(self, case: Case, values: Mapping[str, object]) -> Solution:
        parts = tuple([found for part in self._parts for found in part.solve(case)])
        figures = Drawings(self._context.problem.plots, case, values)
        return Solution(names=tuple(case.env.items()), parts=parts, figures=figures)
