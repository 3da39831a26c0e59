"""One cell evaluated exactly, with numbers in it (`Exact`) or with unknowns (`Symbolic`).

Every entry is a `Polynomial` of numbers: rational where it can be, else a rational combination of
irrational numbers such as ``tanh(1)``, which an interval encloses as closely as a comparison
needs. So a statement is found true or false for certain, or it is left open.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from fractions import Fraction

from generator.solver.models.recurrent.structure import terms
from generator.solver.models.recurrent.structure.cell import Cell
from generator.solver.models.recurrent.structure.terms import Comparison, Statement, Term
from generator.solver.models.recurrent.values import normal, polynomial
from generator.solver.models.recurrent.values.enclosure import sign
from generator.solver.models.recurrent.values.normal import OPERATORS
from generator.solver.models.recurrent.values.polynomial import Polynomial

Vector = tuple[Polynomial, ...]
"""The entries; a vector of one entry stands for any length."""

Weights = tuple[tuple[Fraction, ...], ...]
"""The rows of a matrix; a vector is a single row."""

HOLDS = {
    "==": (0,),
    "!=": (-1, 1),
    "<": (-1,),
    "<=": (-1, 0),
    ">": (1,),
    ">=": (0, 1),
}
"""The signs of ``left - right`` for which a comparison holds."""


class Exact:
    """The exact values of a cell's names for one choice of its free names."""

    def __init__(self, cell: Cell, free: Mapping[str, Weights]) -> None:
        self.cell, self.free = cell, free
        self.values: dict[str, Vector] = {}

    def number(self, value: Fraction) -> Vector:
        """A number, in every entry."""
        return (polynomial.constant(value),)

    def name(self, name: str) -> Vector:
        """The entries of a vector, or of a matrix row by row."""
        if name not in self.values:
            self.values[name] = self._compute(name)
        return self.values[name]

    def _compute(self, name: str) -> Vector:
        if name in self.free:
            return tuple(polynomial.constant(entry) for row in self.free[name] for entry in row)
        return self.term(self.cell.terms[name])

    def product(self, matrix: str, vector: Vector) -> Vector:
        """A matrix times a vector."""
        free = self.cell.matrix(matrix)
        return self.number(Fraction(0)) if free is None else _multiply(self.free[free], vector)

    def apply(self, function: str, argument: Vector) -> Vector:
        """An activation of every entry."""
        return tuple(normal.apply(function, entry) for entry in argument)

    def operate(self, operator: str, operands: Sequence[Vector]) -> Vector:
        """An operator, entry by entry."""
        size = max(map(len, operands))
        columns = (operand * size if len(operand) == 1 else operand for operand in operands)
        return tuple(OPERATORS[operator](*entries) for entries in zip(*columns, strict=True))

    def term(self, term: Term) -> Vector:
        """The entries of a term."""
        return terms.value(term, self)

    def truth(self, statement: Statement) -> bool | None:
        """Whether the statement is true; None where that cannot be told."""
        if isinstance(statement, Comparison):
            return _every(
                self.link(operator, left, right) for operator, left, right in statement.links()
            )
        found = [self.truth(part) for part in statement.statements]
        if statement.operator == "not":
            return None if found[0] is None else not found[0]
        return _every(found) if statement.operator == "and" else _some(found)

    def link(self, operator: str, left: Term, right: Term) -> bool | None:
        """Whether two terms compare like this in every entry; None where that cannot be told."""
        differences = self.operate("-", (self.term(left), self.term(right)))
        signs = [sign(difference) for difference in differences]
        return _every(None if found is None else found in HOLDS[operator] for found in signs)


class Symbolic(Exact):
    """One entry of a cell, in which only the equations of some names are put in.

    All other names stay unknown, and so does every product of a matrix.
    """

    def __init__(self, cell: Cell, expand: Collection[str]) -> None:
        super().__init__(cell, {})
        self.expand = expand

    def _compute(self, name: str) -> Vector:
        return super()._compute(name) if name in self.expand else (polynomial.name(name),)

    def product(self, matrix: str, vector: Vector) -> Vector:
        """An unknown number, but 0 where matrix or vector is 0."""
        free = self.cell.matrix(matrix)
        return self.number(Fraction(0)) if free is None else (normal.product(free, vector[0]),)

    def entry(self, term: Term) -> Polynomial:
        """The entry of a term."""
        return self.term(term)[0]


def _multiply(rows: Weights, vector: Vector) -> Vector:
    width = len(rows[0])
    entries = vector * width if len(vector) == 1 else vector
    return tuple(
        sum(
            (entry.scaled(weight) for weight, entry in zip(row, entries, strict=True)),
            polynomial.constant(0),
        )
        for row in rows
    )


def _every(found: Iterable[bool | None]) -> bool | None:
    truths = list(found)
    if False in truths:
        return False
    return None if None in truths else True


def _some(found: Sequence[bool | None]) -> bool | None:
    if True in found:
        return True
    return None if None in found else False
