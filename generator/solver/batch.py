"""Variants that are solved together: what their expressions give, in columns.

A column says what each of its variants finds by itself, and nothing else. Where it cannot (an
expression asks the model, or has no value in some variant), it says nothing, and every variant is
asked by itself: so what is wrong is found in the first variant that it is wrong in, in the same
words.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from generator.diagnostics import InputError
from generator.language.columns import pack, rows, select
from generator.language.expression import Expression
from generator.model.variant import Variant
from generator.solver.context import Context
from generator.solver.second import agreement


class Batch:
    """Variants of one problem. What is asked of one of them is found for all, when it is asked."""

    def __init__(self, context: Context, variants: Sequence[Variant]) -> None:
        self._definitions = context.definitions
        self._drawn = [dict(variant.values) for variant in variants]
        self._columns: dict[str, object] = {}
        self._rows: dict[str, Sequence[object]] = {}
        self._values: dict[tuple[str, str], Sequence[object] | None] = {}
        self._agreed: dict[str, Sequence[bool] | None] = {}
        if variants:
            self._extend()

    def env(self, row: int) -> dict[str, object]:
        """The parameters and definitions of a variant.

        Raises InputError where a definition has no value.
        """
        if self._rows:
            return {name: values[row] for name, values in self._rows.items()}
        return self._definitions.extend(self._drawn[row])

    def values(
        self, expression: Expression, given: Expression | None = None
    ) -> Sequence[object] | None:
        """The value of an expression in each variant; None where columns cannot tell.

        With a condition `given`, only the variants in which it holds have a value.
        """
        key = (expression.source.text, "" if given is None else given.source.text)
        if key not in self._values:
            self._values[key] = self._evaluated(expression, given)
        return self._values[key]

    def agreed(self, expression: Expression) -> Sequence[bool] | None:
        """In which variants the second arithmetic finds the same value; None as in `values`."""
        key = expression.source.text
        if key not in self._agreed:
            found = self.values(expression)
            told = None if found is None else agreement(expression.tree, self._rows, found)
            self._agreed[key] = told
        return self._agreed[key]

    def _extend(self) -> None:
        drawn = {name: pack([row[name] for row in self._drawn]) for name in self._drawn[0]}
        try:
            self._columns = self._definitions.extend(drawn)
        except InputError:  # some variant has no value for one of them
            return
        size = len(self._drawn)
        self._rows = {name: rows(column, size) for name, column in self._columns.items()}

    def _evaluated(
        self, expression: Expression, given: Expression | None
    ) -> Sequence[object] | None:
        if not self._rows or "model" in expression.names:
            return None
        if given is None:
            return self._column(expression, self._columns, len(self._drawn))
        holds = self.values(given)
        if holds is None or {*map(type, holds)} != {bool}:
            return None
        mask = np.array(holds, dtype=bool)
        chosen = {name: select(column, mask) for name, column in self._columns.items()}
        some = self._column(expression, chosen, int(mask.sum()))
        if some is None:
            return None
        spread = np.empty(len(mask), dtype=object)
        spread[mask] = np.fromiter(some, dtype=object, count=len(some))
        found: list[object] = spread.tolist()
        return found

    @staticmethod
    def _column(
        expression: Expression, columns: dict[str, Any], size: int
    ) -> Sequence[object] | None:
        if not size:
            return ()
        try:
            return rows(expression.evaluate(columns), size)
        except InputError:
            return None
