"""The functions of vectors; see `functions` for their table.

Entries may be columns, so that sums and products of vectors are those of columns; `rising`,
`argument`, `window` and `counting` alone work on single values, and are applied row by row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial, reduce
from typing import Any

from generator.language import limits, operators
from generator.language.arithmetic import brief, integer, kind, number
from generator.language.columns import Operation, apply, vector_too_long
from generator.language.faults import Fault


def vector(value: object, purpose: str) -> tuple[object, ...]:
    """`value` as a vector; raises Fault, which says that `purpose` needs one."""
    if isinstance(value, tuple):
        return value
    raise Fault("wrong-type", f"{purpose} needs a vector, not {kind(value)}")


def flat(value: object) -> Iterator[object]:
    """All entries of a vector, a matrix, ...; a number is its own only entry."""
    if isinstance(value, tuple):
        for part in value:
            yield from flat(part)
    else:
        yield value


def total(value: object) -> object:
    """The sum of all entries."""
    return operators.total(flat(vector(value, "`sum`")))


def product(value: object) -> object:
    """The product of all entries."""
    one: object = 1
    return reduce(operators.multiply, flat(vector(value, "`prod`")), one)


def mean(value: object) -> object:
    """The sum of all entries by their number."""
    entries = tuple(flat(vector(value, "`mean`")))
    if not entries:
        raise Fault("division-by-zero", "an empty vector has no mean")
    return operators.divide(total(entries), len(entries))


def length(value: object) -> int:
    """How many entries a vector has, or rows a matrix."""
    return len(vector(value, "`len`"))


def extreme(name: str, operation: Operation) -> Callable[..., object]:
    """The smallest or the largest, by `operation`, of numbers and of entries of vectors."""

    def function(*values: object) -> object:
        entries = tuple(flat(values))
        if not entries:
            raise Fault("wrong-value", f"an empty vector has no {name}")
        return reduce(partial(apply, operation), entries)

    return function


def every(value: object) -> Any:
    """Whether all entries are true."""
    entries = (operators.truth(v, "each entry of `all`") for v in flat(vector(value, "`all`")))
    return reduce(operators.both, entries, True)


def some(value: object) -> Any:
    """Whether an entry is true."""
    entries = (operators.truth(v, "each entry of `any`") for v in flat(vector(value, "`any`")))
    return reduce(operators.either, entries, False)


def count(values: object, wanted: object) -> object:
    """How many entries are the wanted value."""
    found = (operators.equal(value, wanted) for value in vector(values, "`count`"))
    return operators.total(found)


def rising(value: object) -> tuple[object, ...]:
    """The entries in rising order."""
    entries: list[Any] = [number(entry, "`sort`") for entry in vector(value, "`sort`")]
    return tuple(sorted(entries))


def backwards(value: object) -> tuple[object, ...]:
    """The entries from the last to the first."""
    return vector(value, "`reverse`")[::-1]


def argument(name: str, better: Callable[[Any, Any], bool]) -> Callable[[object], int]:
    """The index of the first entry than which no other is `better`."""

    def function(value: object) -> int:
        entries = [number(v, f"`{name}`") for v in vector(value, f"`{name}`")]
        if not entries:
            raise Fault("wrong-value", f"an empty vector has no `{name}`")
        best = 0
        for index, entry in enumerate(entries):
            best = index if better(entry, entries[best]) else best
        return best

    return function


def window(value: object, start: object, stop: object) -> tuple[object, ...]:
    """The entries with indices from `start` to before `stop`."""
    entries = vector(value, "`slice`")
    first, last = integer(start, "`slice`"), integer(stop, "`slice`")
    if not 0 <= first <= last <= len(entries):
        raise Fault(
            "wrong-index",
            f"there is no slice from {brief(first)} to {brief(last)} of a vector of {len(entries)}",
            "`slice(x, 0, 3)` is `[x[0], x[1], x[2]]`",
        )
    return entries[first:last]


def counting(*bounds: object) -> tuple[object, ...]:
    """``0, 1, ...`` to before `stop`, or from `start`."""
    start, stop = (0, *bounds) if len(bounds) == 1 else bounds
    first, last = integer(start, "`range`"), integer(stop, "`range`")
    if last - first > limits.ENTRIES:
        raise vector_too_long()
    return tuple(range(first, last))
