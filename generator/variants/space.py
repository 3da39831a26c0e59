"""All variants of a problem, numbered ``0 .. N-1``.

The parameters fall into groups (see `groups`); the variants are the combinations of one choice in
each group, so N is the product of the groups' sizes, and an index is a number in mixed radix with
the groups as its digits. Building a space enumerates each group once, in NumPy columns; after
that, any index gives its values on its own, without those before it.

The numbering depends on the problem's parameters, definitions, constraints and filters alone, and
on what the conditions of its strata mention.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from math import prod
from typing import Any

import numpy as np

from generator.diagnostics import Diagnostic, InputError
from generator.language.columns import INT64, effort, rows, whole
from generator.model.bank import Problem
from generator.model.value import Value
from generator.model.variant import Column, Filter
from generator.variants.advice import advice
from generator.variants.build import build, frame
from generator.variants.findings import check_names, check_size
from generator.variants.rejections import Rejection, rejection
from generator.variants.rules import Rule, rules
from generator.variants.strata import conditions, strata


class VariantSpace:
    """The variants of `problem` that its constraints, and the solver's `filters`, admit.

    Raises InputError where a domain or a constraint makes no sense, where a group is too large to
    enumerate, and where no variant is left.
    """

    def __init__(self, problem: Problem, filters: Sequence[Filter] = ()) -> None:
        self._problem, self._frame = problem, frame(problem)
        self._rules = rules(problem, filters)
        told = conditions(problem)
        check_names(problem, self._frame, (*self._rules, *told))
        parted = self._frame.needed(name for condition in told for name in condition.names)
        with effort(problem.id):
            self._groups, self._kept = build(problem, self._frame, self._rules, parted)
            self.size = check_size(problem, prod(group.size for group in self._groups))
            """N, how many variants there are: at least one."""
            self.strata = strata(problem, self._groups, told, parted)
            """The parts of the space that have shares of the draws; without any, the whole."""

    def values(self, index: int) -> tuple[tuple[str, Value], ...]:
        """The parameters of the variant with this index, in the order of the bank.

        Raises IndexError unless ``0 <= index < size``.
        """
        if not 0 <= index < self.size:
            raise IndexError(f"there are {self.size} variants, and no variant {index}")
        values = self._frame.values(self._numbers(index), self._frame.axes)
        return tuple((name, values[name]) for name in self._frame.axes)  # type: ignore[misc]  # single

    def columns(self, indices: Sequence[int] | Column) -> dict[str, Column]:
        """The parameters of many variants: a column for each, in the order of the bank.

        Raises IndexError unless all indices are within ``0 .. size - 1``.
        """
        exact = self.size > INT64
        index = np.array([int(i) for i in indices], dtype=object if exact else np.int64)
        if len(index) and not 0 <= int(index.min()) <= int(index.max()) < self.size:
            raise IndexError(f"there are {self.size} variants, numbered from 0")
        values = self._frame.values(self._numbers(index), self._frame.axes)
        return {name: whole(values[name], len(index)) for name in self._frame.axes}

    def rows(self, indices: Sequence[int]) -> Iterator[tuple[tuple[str, Value], ...]]:
        """What `values` gives for each of these indices, computed in columns: together."""
        columns = self.columns(indices)
        plain: Any = [rows(column, len(indices)) for column in columns.values()]
        found = zip(*plain, strict=True) if plain else [()] * len(indices)
        return (tuple(zip(columns, row, strict=True)) for row in found)

    def find(self, values: Mapping[str, Value]) -> int | None:
        """The index of the variant with these parameters; None if there is no such variant."""
        if values.keys() != self._frame.axes.keys():
            return None
        index = 0
        for group in self._groups:
            digit = group.find(values)
            if digit is None:
                return None
            index = index * group.size + digit
        return index

    @cached_property
    def combinations(self) -> int | None:
        """How many variants there would be without constraints; None if that has no answer."""
        return self._counted(())

    @cached_property
    def rejections(self) -> tuple[Rejection, ...]:
        """What each constraint and filter keeps out, in the order in which they were applied.

        To ask what a constraint keeps out as the last one, the variants are counted without it.
        """
        constraints = [rule for rule in self._rules if not rule.is_late]
        with effort(self._problem.id):
            admitted = self._counted(constraints)
            return tuple(
                self._as_last(rule, found, constraints, admitted)
                for rule, found in zip(self._rules, self._applied, strict=True)
            )

    @cached_property
    def advice(self) -> tuple[Diagnostic, ...]:
        """Warnings: constraints that keep nothing out, and one that leaves very few variants."""
        return advice(self.size, self._applied)

    @cached_property
    def _applied(self) -> tuple[Rejection, ...]:
        """What each rule kept out when it was applied, and what it would keep out alone."""
        with effort(self._problem.id):
            return tuple(rejection(self._frame, rule, self._kept) for rule in self._rules)

    def _as_last(
        self, rule: Rule, found: Rejection, constraints: Sequence[Rule], admitted: int | None
    ) -> Rejection:
        """The same, with what the rule would keep out after all others."""
        if rule.is_late:
            return replace(found, others=found.seen, last=found.rejected)
        others = self._counted([other for other in constraints if other is not rule])
        if others is None or admitted is None:
            return found
        return replace(found, others=others, last=others - admitted)

    def _counted(self, rules: Sequence[Rule]) -> int | None:
        """How many variants these rules alone admit; None where they have none"""
        try:
            with effort(self._problem.id):
                groups, _ = build(self._problem, self._frame, rules)
        except InputError:
            return None
        return prod(group.size for group in groups)

    def _numbers(self, index: Any) -> dict[str, Any]:
        """The numbers of the parameters' values: the digits of `index`, and their digits."""
        numbers: dict[str, Any] = {}
        for group in reversed(self._groups):
            numbers |= group.numbers(index % group.size)
            index = index // group.size
        return numbers
