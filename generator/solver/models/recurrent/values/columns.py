"""Many cells at once, as NumPy arrays: row r of every array belongs to cell r.

Vectors are arrays (rows, entries), matrices (rows, d, m); the weights are real weights and
``W @ x`` is a real matrix product. What is found here is only a candidate: floating-point numbers
decide nothing that is written down.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import reduce
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from generator.solver.models.recurrent.structure import terms
from generator.solver.models.recurrent.structure.activations import ACTIVATIONS
from generator.solver.models.recurrent.structure.cell import Cell
from generator.solver.models.recurrent.structure.facts import Column
from generator.solver.models.recurrent.structure.terms import Comparison, Statement, Term

SLACK = 1e-9
"""Numbers that are nearer than this may be equal; rounding errors stay far below it."""

Mask = NDArray[np.bool_]

OPERATORS: Mapping[str, Callable[..., Any]] = MappingProxyType(
    {
        "+": np.add,
        "-": np.subtract,
        "*": np.multiply,
        "/": np.divide,
        "**": np.power,
        "neg": np.negative,
        "abs": np.abs,
        "min": lambda *operands: reduce(np.minimum, operands),
        "max": lambda *operands: reduce(np.maximum, operands),
    }
)

COMPARISONS: Mapping[str, Callable[[Any, float], Any]] = MappingProxyType(
    {
        "==": lambda difference, _: np.abs(difference) <= SLACK,
        "!=": lambda difference, slack: np.abs(difference) > -slack,
        "<=": lambda difference, _: difference <= SLACK,
        ">=": lambda difference, _: difference >= -SLACK,
        "<": lambda difference, slack: difference < slack,
        ">": lambda difference, slack: difference > -slack,
    }
)
"""Whether ``left - right`` looks as if the comparison held. Where it is within the slack of 0, the
second argument decides about those that equality breaks: positive, they look true, else false."""

NEGATED: Mapping[str, str] = MappingProxyType(
    {"==": "!=", "!=": "==", "<": ">=", "<=": ">", ">": "<=", ">=": "<"}
)


class Columns:
    """The values of a cell's names for many choices of its free names.

    `free` holds the arrays of the free names. Quantities are computed when first asked for.
    """

    def __init__(self, cell: Cell, free: Mapping[str, Column]) -> None:
        self.cell = cell
        self.values: dict[str, Column] = dict(free)
        self.rows = max(map(len, self.values.values()), default=1)
        self._sides: dict[Term, Column] = {}

    def number(self, value: Any) -> Column:
        """A number, in every entry of every row."""
        return np.array([[float(value)]])

    def name(self, name: str) -> Column:
        """The array of a name."""
        if name not in self.values:
            # An overflow gives infinities, which exact arithmetic will judge.
            with np.errstate(all="ignore"):
                self.values[name] = self.term(self.cell.terms[name])
        return self.values[name]

    def product(self, matrix: str, vector: Column) -> Column:
        """A matrix product in every row."""
        free = self.cell.matrix(matrix)
        if free is None:
            return np.zeros((1, 1))
        weights = self.values[free]
        if weights.shape[-1] == 1:
            return weights[..., 0] * vector
        product: Column = (weights * vector[:, np.newaxis, :]).sum(axis=-1)
        return product

    def apply(self, function: str, argument: Column) -> Column:
        """An activation of every entry."""
        return activate(function, argument)

    def operate(self, operator: str, operands: Sequence[Column]) -> Column:
        """An operator, entry by entry."""
        result: Column = OPERATORS[operator](*operands)
        return result

    def term(self, term: Term) -> Column:
        """The array of a term."""
        return terms.value(term, self)

    def looks(self, statement: Statement, slack: float, *, positive: bool = True) -> Mask:
        """For each row, whether the statement looks true (or false, if not `positive`).

        Where a comparison that equality breaks comes within `slack` of equality, what is asked
        for looks so, and looks otherwise with a negative slack. A comparison means every entry.
        """
        if isinstance(statement, Comparison):
            links = self._links(statement, slack, positive)
            return reduce(np.logical_and if positive else np.logical_or, links)
        if statement.operator == "not":
            return self.looks(statement.statements[0], slack, positive=not positive)
        both = (statement.operator == "and") == positive
        return reduce(
            np.logical_and if both else np.logical_or,
            (self.looks(part, slack, positive=positive) for part in statement.statements),
        )

    def _links(self, comparison: Comparison, slack: float, positive: bool) -> Iterator[Mask]:
        """For each comparison of a chain, whether it holds in every entry, or fails in some."""
        values = [self._side(term) for term in comparison.terms]
        for operator, left, right in zip(comparison.operators, values, values[1:], strict=False):
            holds = COMPARISONS[operator if positive else NEGATED[operator]]
            with np.errstate(all="ignore"):
                entries = holds(left - right, slack)
            if entries.size == len(entries):
                yield entries.reshape(-1)
            else:
                axes = tuple(range(1, entries.ndim))
                yield entries.all(axis=axes) if positive else entries.any(axis=axes)

    def _side(self, term: Term) -> Column:
        """The array of a side of a comparison, computed once: questions share many of them."""
        if term not in self._sides:
            with np.errstate(all="ignore"):
                self._sides[term] = self.term(term)
        return self._sides[term]


def activate(function: str, argument: Column) -> Column:
    """An activation of every entry of an array."""
    activation = ACTIVATIONS[function]
    if activation.columns is not None:
        return activation.columns(argument)
    if activation.definition is None:
        raise ValueError(f"{function} cannot be computed")
    column: Column = terms.value(activation.definition, _At(argument))
    return column


class _At(Columns):
    """A definition in ``a`` at an array of arguments."""

    def __init__(self, argument: Column) -> None:
        super().__init__(Cell(equations=(), kinds=()), {"a": argument})
