"""What keeps combinations out: the constraints of a bank, and the filters of the solver."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Protocol

import numpy as np

from generator.diagnostics import Diagnostic, InputError, each
from generator.language.columns import TOO_MANY, spend, whole
from generator.language.expression import Expression, compile_expression
from generator.language.faults import Fault, located
from generator.language.numbers import plain
from generator.language.operators import truth
from generator.model.bank import Problem
from generator.model.dataclass import dataclass
from generator.model.source import Source
from generator.model.variant import Column, Filter
from generator.variants.tables import Table, first_failure

_FILTERED = 5_000
"""Values of an effort that a combination counts as which a filter of the solver looks at."""


class Rule(Protocol):
    """Admits some combinations of the parameters and definitions in `names`."""

    @property
    def names(self) -> frozenset[str]:
        """What it mentions."""

    @property
    def place(self) -> Source:
        """Where it stands in the bank."""

    @property
    def reason(self) -> str:
        """Why a combination is kept out, in the words of a message."""

    @property
    def is_late(self) -> bool:
        """Whether it may only see combinations that every other rule admits."""

    def admits(self, table: Table) -> Column:
        """The mask of the rows that it admits."""


@dataclass(frozen=True, slots=True)
class Constraint:
    """A condition that an author wrote."""

    expression: Expression
    is_late: bool = False

    @property
    def names(self) -> frozenset[str]:
        """What it mentions."""
        return self.expression.names

    @property
    def place(self) -> Source:
        """Where it stands."""
        return self.expression.source

    @property
    def reason(self) -> str:
        """The condition itself."""
        return f"`{' '.join(self.place.text.split())}` does not hold"

    def admits(self, table: Table) -> Column:
        """Where it holds.

        Raises InputError, which names the first combination in which it has no value.
        """
        different, which = table.distinct(table.frame.needed(self.names))
        verdicts = [np.broadcast_to(self._settled(p), p.size) for p in different.pieces()]
        mask: Column = np.concatenate(verdicts)[which]
        return mask

    def _settled(self, table: Table) -> Any:
        try:
            return self._verdict(table)
        except InputError as error:
            raise InputError(self._explained(table, error)) from error

    def _verdict(self, table: Table) -> Any:
        value = self.expression.evaluate(table.values(self.names))
        try:
            return truth(value, "a constraint")
        except Fault as fault:
            raise located(fault, self.place, offset=0, length=len(self.place.text)) from fault

    def _explained(self, table: Table, error: InputError) -> list[Diagnostic]:
        def fails(count: int) -> bool:
            try:
                self._verdict(table.kept(slice(0, count)))
            except InputError:
                return True
            return False

        if not table.numbers or error.diagnostics[0].code == TOO_MANY:
            return list(error.diagnostics)
        row = table.row(first_failure(table.size, fails))
        names = [name for name in row if name in table.frame.needed(self.names)]
        values = table.frame.values(row, names)
        combination = ", ".join(f"{name} = {plain(values[name])}" for name in names)
        return [
            replace(d, help=f"{d.help}; here {combination}" if d.help else f"here {combination}")
            for d in error.diagnostics
        ]


@dataclass(frozen=True, slots=True)
class Sieve:
    """A filter of the solver's. It may be slow, so it sees each combination once."""

    filter: Filter
    is_late: bool = True

    @property
    def names(self) -> frozenset[str]:
        """What it mentions."""
        return self.filter.names

    @property
    def place(self) -> Source:
        """Where its cause stands."""
        return self.filter.place

    @property
    def reason(self) -> str:
        """Why it keeps a combination out."""
        return self.filter.reason

    def admits(self, table: Table) -> Column:
        """What the filter says of each row."""
        different, which = table.distinct(table.frame.needed(self.names))
        try:
            spend(_FILTERED * different.size)
        except Fault as fault:
            raise located(fault, self.place, length=len(self.place.text)) from fault
        values = different.values(self.names)
        columns = {name: whole(values[name], different.size) for name in sorted(self.names)}
        mask = np.asarray(self.filter.admits(columns), dtype=bool)
        if mask.shape != (different.size,):
            raise ValueError(f"a filter gave {mask.shape} truth values for {different.size} rows")
        admitted: Column = mask[which]
        return admitted


def rules(problem: Problem, filters: Sequence[Filter]) -> tuple[Rule, ...]:
    """The constraints in the order of the bank, then the filters.

    Raises InputError with all findings where a constraint is no expression.
    """
    constraints = each(lambda source: Constraint(compile_expression(source)), problem.constraints)
    return (*constraints, *map(Sieve, filters))
