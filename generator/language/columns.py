"""From single values to vectors and to columns of many variants.

Three layouts go through an evaluation:

- a single value, which is the same in every variant;
- a column: a 1-D array of bool, int64, or object, with one value for each variant;
- a vector: a tuple of any of these. Vectors that differ between variants are held entry by entry,
  as a tuple of columns (`unpack`), so that arithmetic on them is arithmetic on columns.

`apply` lifts an `Operation` on single values to all three. Where every number is a small integer,
NumPy computes; its result is used only if no entry can have overflowed. Everything else is
computed value by value in exact Python arithmetic, so both ways agree.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from itertools import repeat
from typing import Any

import numpy as np

from generator.language import limits
from generator.language.faults import Fault, located
from generator.model.dataclass import dataclass
from generator.model.source import Source
from generator.model.value import Record
from generator.model.variant import Column

INT64 = 2**63 - 1
TOO_MANY = "too-many-combinations"
"""The code of the finding that an `effort` is used up."""


class Ragged(Exception):  # noqa: N818 - the evaluation goes on, one variant at a time
    """Vectors of one column differ in length, so that they cannot be held entry by entry."""


@dataclass(frozen=True, slots=True)
class Operation:
    """`exact` on single values; `fast`, on int64 columns and small integers, gives a column.

    `fast` gives None where it cannot vouch for the result: an overflow, a division by zero.
    """

    exact: Callable[..., object]
    fast: Callable[..., Column | None] | None = None


def apply(operation: Operation, *arguments: object) -> object:
    """The operation on values of any layout; a vector meets a vector entry by entry."""
    if any(isinstance(argument, tuple) for argument in arguments):
        return _entrywise(operation, arguments)
    if not any(isinstance(argument, np.ndarray) for argument in arguments):
        return operation.exact(*arguments)
    if operation.fast is not None:
        small = [_small(argument) for argument in arguments]
        if all(argument is not None for argument in small):
            spend(height(arguments) or 0)
            result = operation.fast(*small)
            if result is not None:
                return result
    return rowwise(operation.exact, *arguments)


def _entrywise(operation: Operation, arguments: Sequence[object]) -> tuple[object, ...]:
    lengths = {len(argument) for argument in arguments if isinstance(argument, tuple)}
    if len(lengths) > 1:
        shown = " and ".join(str(length) for length in sorted(lengths))
        raise Fault("different-lengths", f"vectors of {shown} entries do not go together")
    (length,) = lengths
    spread = [a if isinstance(a, tuple) else repeat(a, length) for a in arguments]
    return tuple(apply(operation, *entries) for entries in zip(*spread, strict=True))


def rowwise(function: Callable[..., object], *arguments: object) -> object:
    """`function` of the single values in each row; the arguments may be of any layout."""
    size = height(arguments)
    if size is None:
        return function(*arguments)
    spend(limits.ONE_BY_ONE * size)
    table = [rows(argument, size) for argument in arguments]
    return unpack(pack([function(*row) for row in zip(*table, strict=True)]))


# --- effort ------------------------------------------------------------------------------------


_LEFT: ContextVar[list[int] | None] = ContextVar("effort left", default=None)


@contextmanager
def effort(place: Source) -> Iterator[None]:
    """Within this, columns may be computed as far as `limits.EFFORT` reaches, and no further.

    An inner one shares what is left of the outer. It is counted, never timed: what is refused on
    one machine is refused on every other. Raises InputError, at `place` unless at an expression.
    """
    token = _LEFT.set(_LEFT.get() or [limits.EFFORT])
    try:
        yield
    except Fault as fault:
        raise located(fault, place, length=len(place.text)) from fault
    finally:
        _LEFT.reset(token)


def spend(values: int) -> None:
    """Count values of columns; raises Fault where they are more than an `effort` has left."""
    left = _LEFT.get()
    if left is not None:
        left[0] -= values
        if left[0] < 0:
            raise Fault(
                TOO_MANY,
                "this takes too long for all combinations of the parameters",
                "narrow their domains, or let fewer parameters meet in a constraint",
            )


# --- layouts -----------------------------------------------------------------------------------


def height(value: object) -> int | None:
    """How many rows the columns in `value` have; None if there are none."""
    if isinstance(value, np.ndarray):
        return len(value)
    if isinstance(value, tuple):
        return next((size for size in map(height, value) if size is not None), None)
    return None


def rows(value: object, size: int) -> Sequence[object]:
    """The value in each of `size` rows, as plain Python values."""
    if isinstance(value, np.ndarray):
        plain: list[object] = value.tolist()
        return plain
    if isinstance(value, tuple) and height(value) is not None:
        return list(zip(*(rows(entry, size) for entry in value), strict=True))
    return [value] * size


def pack(values: Iterable[object]) -> Column:
    """A column of these values: bool or int64 if it can be, else object."""
    plain = list(values)
    types = set(map(type, plain))
    if types == {bool}:
        return np.array(plain, dtype=bool)
    if types == {int}:
        try:
            return np.array(plain, dtype=np.int64)
        except OverflowError:
            pass
    return np.fromiter(plain, dtype=object, count=len(plain))


def unpack(column: object) -> object:
    """A column of vectors as a vector of columns; anything else as it is."""
    if not isinstance(column, np.ndarray) or column.dtype != object:
        return column
    plain = column.tolist()
    lengths = {len(value) if isinstance(value, tuple) else None for value in plain}
    if lengths <= {None}:
        return column
    if len(lengths) > 1:
        raise Ragged
    return tuple(unpack(pack(entries)) for entries in zip(*plain, strict=True))


def whole(value: object, size: int) -> Column:
    """The value as one column with `size` rows: the result of an evaluation."""
    return value if isinstance(value, np.ndarray) else pack(rows(value, size))


def select(value: object, mask: Any) -> object:
    """The rows of `value` that `mask` admits (or a list of rows names)."""
    if isinstance(value, np.ndarray):
        return value[mask]
    if isinstance(value, tuple) and height(value) is not None:
        return tuple(select(entry, mask) for entry in value)
    return value


def merge(mask: Column, yes: object, no: object) -> object:
    """`yes` in the rows that `mask` admits, `no` in the others; each has only its own rows."""
    if isinstance(yes, tuple) and isinstance(no, tuple) and len(yes) == len(no):
        return tuple(merge(mask, one, other) for one, other in zip(yes, no, strict=True))
    merged = np.empty(len(mask), dtype=object)
    count = int(mask.sum())
    for part, value, size in ((mask, yes, count), (~mask, no, len(mask) - count)):
        merged[part] = np.fromiter(rows(value, size), dtype=object, count=size)
    return unpack(pack(merged.tolist()))


def shape(value: object) -> object:
    """What decides whether values fit into one vector of columns: the lengths of its vectors."""
    if isinstance(value, tuple):
        return tuple(map(shape, value))
    if isinstance(value, Record):
        return tuple((name, shape(member)) for name, member in value.entries)
    return None


def check_entries(vector: tuple[object, ...]) -> tuple[object, ...]:
    """`vector`, if it has neither too many entries in all nor vectors nested too deep."""
    if entries(vector) > limits.ENTRIES:
        raise vector_too_long()
    if _levels(vector) > limits.NESTING:
        raise Fault("vector-too-deep", f"vectors are nested at most {limits.NESTING} levels deep")
    return vector


def vector_too_long() -> Fault:
    """The Fault of a vector past the bound."""
    return Fault("vector-too-long", f"a vector has at most {limits.ENTRIES:,} entries in all")


def entries(value: object) -> int:
    """How many entries a vector has, those of the vectors in it too; one for a single value.

    Counting ends above the number that a vector may have.
    """
    if not isinstance(value, tuple):
        return 1
    count = len(value)
    for entry in value:
        count += entries(entry) if isinstance(entry, tuple) else 0
        if count > limits.ENTRIES:
            break
    return count


def _levels(value: object) -> int:
    if not isinstance(value, tuple):
        return 0
    return 1 + max((_levels(entry) for entry in value), default=0)


# --- small integers ----------------------------------------------------------------------------


def _small(value: object) -> Any:
    """The value for `Operation.fast`: an int64 column or an integer as small; None if it is not."""
    if isinstance(value, np.ndarray):
        if value.dtype == bool:
            return value.astype(np.int64)
        return value if value.dtype == np.int64 else None
    if isinstance(value, int) and abs(value) <= INT64:
        return int(value)
    return None


def extent(value: Any) -> int:
    """The largest absolute value of an int64 column or an integer."""
    if isinstance(value, np.ndarray):
        return max(-int(value.min()), int(value.max()), 0) if len(value) else 0
    return abs(int(value))


def guarded(compute: Callable[..., Any], bound: Callable[..., int]) -> Callable[..., Column | None]:
    """`compute`, if `bound` of the arguments' extents still fits an int64."""

    def fast(*arguments: Any) -> Column | None:
        if bound(*map(extent, arguments)) > INT64:
            return None
        result: Column = compute(*arguments)
        return result

    return fast


def dividing(compute: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Column | None]:
    """`compute`, if the second argument is nowhere zero and no quotient can overflow."""

    def fast(above: Any, below: Any) -> Column | None:
        if max(extent(above), extent(below)) > INT64 or np.any(np.equal(below, 0)):
            return None
        result: Column | None = compute(above, below)
        return result

    return fast


def exact_quotient(above: Any, below: Any) -> Column | None:
    """``above / below`` where that is an integer in every row."""
    if np.any(np.remainder(above, below)):
        return None
    quotient: Column = np.floor_divide(above, below)
    return quotient


def small_power(base: Any, exponent: Any) -> Column | None:
    """``base ** exponent`` where that fits an int64 in every row."""
    longest = extent(exponent)
    if np.any(np.less(exponent, 0)) or longest > 63 or extent(base) ** longest > INT64:
        return None
    power: Column = np.power(base, exponent)
    return power
