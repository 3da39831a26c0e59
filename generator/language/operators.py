"""What the operators of an expression mean, on values of any layout (see `columns`).

Sums, products and quotients of vectors go entry by entry, and a number goes with each entry. A
comparison with a vector holds if it holds for all entries: ``x == 0`` says that `x` is the zero
vector, ``x > 0`` that every entry is positive, and ``x != 0`` is ``not (x == 0)``.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable
from functools import partial, reduce
from typing import Any

import numpy as np

from generator.language import arithmetic, limits
from generator.language.arithmetic import kind
from generator.language.columns import (
    Operation,
    apply,
    dividing,
    entries,
    exact_quotient,
    guarded,
    rowwise,
    small_power,
    vector_too_long,
)
from generator.language.faults import Fault
from generator.model.value import Formula

_SUM = Operation(arithmetic.add, guarded(np.add, operator.add))
_DIFFERENCE = Operation(arithmetic.subtract, guarded(np.subtract, operator.add))
_PRODUCT = Operation(arithmetic.multiply, guarded(np.multiply, operator.mul))
_QUOTIENT = Operation(arithmetic.divide, dividing(exact_quotient))
_FLOOR = Operation(arithmetic.floor_divide, dividing(np.floor_divide))
_REMAINDER = Operation(arithmetic.remainder, dividing(np.remainder))
_POWER = Operation(arithmetic.power, small_power)

add: Callable[[object, object], object] = partial(apply, _SUM)
subtract: Callable[[object, object], object] = partial(apply, _DIFFERENCE)
multiply: Callable[[object, object], object] = partial(apply, _PRODUCT)
divide: Callable[[object, object], object] = partial(apply, _QUOTIENT)


def negate(value: object) -> object:
    """``-value``."""
    return subtract(0, value)


def affirm(value: object) -> object:
    """``+value``: the value, which must be a number."""
    return add(0, value)


# --- truth -------------------------------------------------------------------------------------


def truth(value: object, purpose: str) -> Any:
    """`value`, a truth value or a column of them; raises Fault if it is anything else."""
    if isinstance(value, bool) or (isinstance(value, np.ndarray) and value.dtype == bool):
        return value
    if isinstance(value, np.ndarray):
        value = next((entry for entry in value.tolist() if not isinstance(entry, bool)), True)
    raise Fault(
        "wrong-type",
        f"{purpose} must be true or false, not {kind(value)}",
        "compare it: `n > 0`" if kind(value) == "a number" else "",
    )


def deny(value: object) -> object:
    """``not value``."""
    verdict = truth(value, "what `not` denies")
    return ~verdict if isinstance(verdict, np.ndarray) else not verdict


def both(a: Any, b: Any) -> Any:
    """``a and b`` of truth values that are both known."""
    if isinstance(a, np.ndarray) and isinstance(b, np.ndarray):
        return a & b
    if isinstance(a, np.ndarray):
        a, b = b, a
    return b if a else False


def either(a: Any, b: Any) -> Any:
    """``a or b`` of truth values that are both known."""
    return deny(both(deny(a), deny(b)))


# --- comparisons -------------------------------------------------------------------------------


def _same(a: object, b: object) -> bool:
    if isinstance(a, Formula) or isinstance(b, Formula):
        raise Fault("wrong-type", "a formula can be shown, not compared")
    return bool(a == b)


def _ordered(sign: str, holds: Callable[[Any, Any], bool]) -> Callable[[object, object], bool]:
    def exact(a: object, b: object) -> bool:
        return bool(holds(arithmetic.number(a, f"`{sign}`"), arithmetic.number(b, f"`{sign}`")))

    return exact


_EQUAL = Operation(_same, np.equal)
_ORDER = {
    "<": Operation(_ordered("<", operator.lt), np.less),
    "<=": Operation(_ordered("<=", operator.le), np.less_equal),
    ">": Operation(_ordered(">", operator.gt), np.greater),
    ">=": Operation(_ordered(">=", operator.ge), np.greater_equal),
}


def compare(sign: str, left: object, right: object) -> Any:
    """``left sign right``: a truth value or a column of them."""
    match sign:
        case "==":
            return equal(left, right, spread=True)
        case "!=":
            return deny(equal(left, right, spread=True))
        case "in":
            return contains(right, left)
        case "not in":
            return deny(contains(right, left))
        case _:
            return _all(apply(_ORDER[sign], left, right))


def equal(left: object, right: object, *, spread: bool = False) -> Any:
    """Whether two values are the same; with `spread`, a number equals a vector of such numbers."""
    if isinstance(left, tuple) and isinstance(right, tuple):
        if len(left) != len(right):
            return False
        pairs = (equal(a, b, spread=spread) for a, b in zip(left, right, strict=True))
        return reduce(both, pairs, True)
    if isinstance(left, tuple) or isinstance(right, tuple):
        return _all(apply(_EQUAL, left, right)) if spread else False
    return apply(_EQUAL, left, right)


def contains(vector: object, value: object) -> Any:
    """``value in vector``."""
    if not isinstance(vector, tuple):
        raise Fault("wrong-type", f"`in` looks into a vector, not into {kind(vector)}")
    return reduce(either, (equal(value, entry) for entry in vector), False)


def _all(verdict: object) -> Any:
    return reduce(both, map(_all, verdict), True) if isinstance(verdict, tuple) else verdict


# --- vectors -----------------------------------------------------------------------------------


def entry(vector: object, index: object) -> object:
    """``vector[index]``; the first entry has index 0."""
    if not isinstance(vector, tuple):
        raise Fault("wrong-type", f"only a vector has entries, and this is {kind(vector)}")
    if isinstance(index, np.ndarray):
        return rowwise(entry, vector, index)
    position = arithmetic.integer(index, "an index")
    if not 0 <= position < len(vector):
        last = f"the first entry is `[0]`, the last `[{len(vector) - 1}]`" if vector else ""
        raise Fault(
            "wrong-index",
            f"there is no entry {arithmetic.brief(position)} in a vector of {len(vector)}",
            last,
        )
    return vector[position]


def dot(a: object, b: object) -> object:
    """The sum of the products of the entries of two vectors."""
    if not isinstance(a, tuple) or not isinstance(b, tuple):
        raise Fault("wrong-type", f"a dot product needs two vectors, not {kind(a)} and {kind(b)}")
    if len(a) != len(b):
        raise Fault(
            "different-lengths", f"vectors of {len(a)} and {len(b)} entries have no dot product"
        )
    return total(map(multiply, a, b))


def total(values: Iterable[object]) -> object:
    """The sum of values of any layout."""
    start: object = 0
    return reduce(add, values, start)


def matrix_product(a: object, b: object) -> object:
    """``a @ b``: of two vectors, of a matrix and a vector, of two matrices."""
    columns = transpose(b) if _is_matrix(b) else (b,)
    lines = a if _is_matrix(a) and isinstance(a, tuple) else (a,)
    if len(lines) * len(columns) > limits.ENTRIES:
        raise vector_too_long()
    product = tuple(tuple(dot(line, column) for column in columns) for line in lines)
    rows = product if _is_matrix(b) else tuple(row[0] for row in product)
    return rows if _is_matrix(a) else rows[0]


def transpose(matrix: object) -> tuple[tuple[object, ...], ...]:
    """The rows of a matrix as its columns."""
    if not isinstance(matrix, tuple) or not all(isinstance(row, tuple) for row in matrix):
        raise Fault("wrong-type", f"a matrix is a vector of rows, and this is {kind(matrix)}")
    if len({len(row) for row in matrix}) > 1:
        raise Fault("different-lengths", "the rows of a matrix are equally long")
    return tuple(zip(*matrix, strict=True))


def _is_matrix(value: object) -> bool:
    return isinstance(value, tuple) and any(isinstance(row, tuple) for row in value)


def steps(sign: str, right: object, result: object) -> int:
    """The steps of an operator beside those of its result (see `limits.STEPS`).

    An entry of a product of matrices is a sum; one of a power may be a root, which is sought.
    """
    if sign == "@":
        return entries(result) * entries(right)
    return 50 * entries(result) if sign == "**" else 0


UNARY: dict[str, Callable[[object], object]] = {"-": negate, "+": affirm, "not": deny}

BINARY: dict[str, Callable[[object, object], object]] = {
    "+": add,
    "-": subtract,
    "*": multiply,
    "/": divide,
    "//": partial(apply, _FLOOR),
    "%": partial(apply, _REMAINDER),
    "**": partial(apply, _POWER),
    "@": matrix_product,
}
