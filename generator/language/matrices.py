"""The functions of matrices; see `functions` for their table.

A matrix is a vector of equally long rows. `determinant`, `trace`, `diagonal`, `norm` and `cross`
are sums and products, and so take columns of variants as they come; `inverse`, `rank` and
`identity` decide as they go, and are applied row by row. All are exact on exact entries.
"""

from __future__ import annotations

from typing import Any

from generator.language import limits
from generator.language.arithmetic import (
    divide,
    integer,
    kind,
    multiply,
    number,
    square_root,
    subtract,
)
from generator.language.columns import Operation, apply
from generator.language.faults import Fault
from generator.language.operators import add, dot, matrix_product, negate
from generator.language.operators import multiply as times
from generator.language.operators import subtract as minus
from generator.language.vectors import vector

Matrix = tuple[tuple[Any, ...], ...]


def _matrix(value: object, purpose: str) -> Matrix:
    """`value` as a matrix of a bounded size; raises Fault, which says that `purpose` needs one."""
    if not isinstance(value, tuple) or not value or not all(isinstance(r, tuple) for r in value):
        raise Fault("wrong-type", f"{purpose} needs a matrix, not {kind(value)}")
    if len({len(row) for row in value}) > 1:
        raise Fault("different-lengths", "the rows of a matrix are equally long")
    if max(len(value), len(value[0])) > limits.ORDER:
        raise _too_large(purpose)
    return value


def _square(value: object, purpose: str) -> Matrix:
    matrix = _matrix(value, purpose)
    if len(matrix) != len(matrix[0]):
        shape = f"{len(matrix)} by {len(matrix[0])}"
        raise Fault("different-lengths", f"{purpose} needs a square matrix, and this is {shape}")
    return matrix


def _too_large(purpose: str) -> Fault:
    most = limits.ORDER
    return Fault("vector-too-long", f"{purpose} takes matrices of at most {most} rows and columns")


# --- on any layout -----------------------------------------------------------------------------


def determinant(value: object) -> object:
    """Without division, so that it goes through columns.

    With ``mu(X)`` the part of `X` above its diagonal and, on the diagonal, minus the sum of the
    diagonal entries of `X` further down, ``X := mu(X) A`` is repeated ``n - 1`` times from
    ``X = A``; the first entry is then ``(-1)**(n-1) det A``. (R. S. Bird, "A simple division-free
    algorithm for computing determinants", Information Processing Letters 111, 2011.)
    """
    matrix = _square(value, "`det`")
    power: Any = matrix
    for _ in range(len(matrix) - 1):
        power = matrix_product(_upper_part(power), matrix)
    first: object = power[0][0]
    return first if len(matrix) % 2 else negate(first)


def _upper_part(matrix: Matrix) -> Matrix:
    below: object = 0
    rows: list[tuple[object, ...]] = []
    for place in reversed(range(len(matrix))):
        rows.insert(0, ((0,) * place + (negate(below),) + matrix[place][place + 1 :]))
        below = add(below, matrix[place][place])
    return tuple(rows)


def trace(value: object) -> object:
    """The sum of the diagonal."""
    total: object = 0
    for place, row in enumerate(_square(value, "`trace`")):
        total = add(total, row[place])
    return total


def diagonal(value: object) -> Matrix:
    """The square matrix with these entries on its diagonal, and 0 elsewhere."""
    entries = vector(value, "`diag`")
    if len(entries) > limits.ORDER:
        raise _too_large("`diag`")
    size = range(len(entries))
    return tuple(tuple(entries[row] if row == column else 0 for column in size) for row in size)


_ROOT = Operation(square_root)


def norm(value: object) -> object:
    """The Euclidean length of a vector."""
    entries = vector(value, "`norm`")
    return apply(_ROOT, dot(entries, entries))


def cross(first: object, second: object) -> tuple[object, ...]:
    """The vector product of two vectors of three entries."""
    a, b = vector(first, "`cross`"), vector(second, "`cross`")
    if (len(a), len(b)) != (3, 3):
        message = f"`cross` takes two vectors of 3 entries, not of {len(a)} and {len(b)}"
        raise Fault("different-lengths", message)
    return tuple(minus(times(a[i], b[j]), times(a[j], b[i])) for i, j in ((1, 2), (2, 0), (0, 1)))


# --- row by row --------------------------------------------------------------------------------


def identity(size: object) -> Matrix:
    """The identity matrix."""
    count = integer(size, "`identity`")
    if not 1 <= count <= limits.ORDER:
        raise Fault("wrong-value", f"`identity` has 1 to {limits.ORDER} rows")
    return diagonal((1,) * count)


def rank(value: object) -> int:
    """How many rows are linearly independent: those left by elimination."""
    _, pivots = _reduced(_matrix(value, "`rank`"))
    return len(pivots)


def inverse(value: object) -> Matrix:
    """What elimination makes of the identity on its way from the matrix to the identity."""
    matrix = _square(value, "`inverse`")
    size = len(matrix)
    wide = tuple(row + unit for row, unit in zip(matrix, identity(size), strict=True))
    rows, pivots = _reduced(wide)
    if pivots != list(range(size)):
        raise Fault(
            "division-by-zero",
            "this matrix has no inverse: its determinant is 0",
            "a constraint such as `det(A) != 0` keeps such variants out",
        )
    return tuple(tuple(row[size:]) for row in rows)


def _reduced(matrix: Matrix) -> tuple[list[list[Any]], list[int]]:
    """The reduced row echelon form, and the columns of its pivots."""
    rows = [[number(entry, "a matrix") for entry in row] for row in matrix]
    pivots: list[int] = []
    for column in range(len(rows[0])):
        done = len(pivots)
        found = next((r for r in range(done, len(rows)) if rows[r][column] != 0), None)
        if found is None:
            continue
        rows[done], rows[found] = rows[found], rows[done]
        lead = rows[done][column]
        rows[done] = [divide(entry, lead) for entry in rows[done]]
        for other, row in enumerate(rows):
            if other != done and row[column] != 0:
                factor = row[column]
                pairs = zip(row, rows[done], strict=True)
                rows[other] = [subtract(entry, multiply(factor, own)) for entry, own in pairs]
        pivots.append(column)
    return rows, pivots
