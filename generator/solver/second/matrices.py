"""The functions of matrices in the second arithmetic, by other algorithms than the language's.

The language expands a determinant without division, here it is the product of pivots; it inverts
by elimination, here by cofactors; it counts pivots column by column, here rows that are no
combination of those before them.
"""

from __future__ import annotations

from typing import Any

from generator.solver.second.numbers import (
    Number,
    Pair,
    add,
    compare,
    divide,
    multiply,
    negate,
    number,
)

ZERO: Number = Pair(0)
ONE: Number = Pair(1)


def determinant(matrix: Any) -> Number:
    """The product of the pivots of an elimination, with a sign for each exchange of rows."""
    rows = [list(map(number, row)) for row in matrix]
    product = ONE
    for place in range(len(rows)):
        found = next((r for r in range(place, len(rows)) if compare(rows[r][place], ZERO)), None)
        if found is None:
            return ZERO
        if found != place:
            rows[place], rows[found] = rows[found], rows[place]
            product = negate(product)
        pivot = rows[place]
        product = multiply(product, pivot[place])
        for row in rows[place + 1 :]:
            row[:] = _cleared(row, pivot, place)
    return product


def inverse(matrix: Any) -> tuple[tuple[Number, ...], ...]:
    """The cofactors by the determinant, in columns for rows."""
    whole, size = determinant(matrix), range(len(matrix))
    return tuple(
        tuple(divide(_cofactor(matrix, row, column), whole) for row in size) for column in size
    )


def _cofactor(matrix: Any, row: int, column: int) -> Number:
    lines = [line for place, line in enumerate(matrix) if place != row]
    value = determinant([line[:column] + line[column + 1 :] for line in lines])
    return negate(value) if (row + column) % 2 else value


def rank(matrix: Any) -> int:
    """How many rows are no combination of those before them."""
    basis: list[tuple[int, list[Number]]] = []
    for line in matrix:
        row = list(map(number, line))
        for place, known in basis:
            row = _cleared(row, known, place)
        lead = next((place for place, entry in enumerate(row) if compare(entry, ZERO)), None)
        if lead is not None:
            basis.append((lead, row))
    return len(basis)


def _cleared(row: list[Number], by: list[Number], place: int) -> list[Number]:
    """`row` minus the multiple of `by` that leaves 0 at this place."""
    factor = negate(divide(row[place], by[place]))
    return [add(entry, multiply(factor, other)) for entry, other in zip(row, by, strict=True)]


def diagonal(entries: Any) -> tuple[tuple[object, ...], ...]:
    """The matrix with these entries on its diagonal."""
    size = range(len(entries))
    return tuple(tuple(entries[i] if i == j else ZERO for j in size) for i in size)


def cross(a: Any, b: Any) -> tuple[Number, ...]:
    """The cofactors of the first row of a matrix whose other rows are the two vectors."""
    return tuple(_cofactor(((ONE,) * 3, tuple(a), tuple(b)), 0, column) for column in range(3))
