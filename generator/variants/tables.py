"""Combinations of the parameters that constraints tie together, enumerated once.

A `Table` has one row for each combination that is left, in lexicographic order of the numbers of
the values. It keeps the numbers, not the values: a byte or two each, where values may be vectors.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from generator.language.columns import INT64, extent, pack
from generator.language.definitions import Definitions
from generator.model.dataclass import dataclass
from generator.model.value import Value
from generator.variants.axes import Axis

ROWS = 4_000_000
"""Combinations that one table may hold at a time: some tens of megabytes, and about a second."""

_DENSE = 1 << 16
"""Combinations that are looked up in an array however few of them there are."""

_PIECE = 1 << 16
"""Rows of a piece: half a megabyte for each number of a row, so that it stays in the cache."""

Numbers = NDArray[Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What gives numbers their meaning: the axes in the order of the bank, the definitions."""

    axes: Mapping[str, Axis]
    definitions: Definitions

    def needed(self, names: Iterable[str]) -> frozenset[str]:
        """The parameters whose values give `names` theirs: also those that axes depend on."""
        found = self.definitions.roots(names) & self.axes.keys()
        while True:
            more = (self.definitions.roots(self.axes[name].names) for name in found)
            wider = found.union(*more) & self.axes.keys()
            if wider == found:
                return frozenset(found)
            found = wider

    def values(self, numbers: Mapping[str, Any], names: Iterable[str]) -> dict[str, object]:
        """The values of `names`, parameters and definitions, and of all that they need.

        `numbers` are those of the parameters' values: integers, or equally long columns.
        """
        asked = frozenset(names)
        needed = self.needed(asked)
        env: dict[str, object] = {}
        for name, one in self.axes.items():
            if name in needed:
                env[name] = one.at(numbers[name], self.context(env, one))
        return self.definitions.extend(env, asked)

    def context(self, env: Mapping[str, object], one: Axis) -> Mapping[str, object]:
        """`env` with the definitions that the axis names."""
        return self.definitions.extend(env, one.names) if one.names else env


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """`numbers` has a column for each parameter enumerated so far, in the order of the bank."""

    frame: Frame
    numbers: Mapping[str, Numbers] = field(default_factory=dict)
    size: int = 1

    def values(self, names: Iterable[str]) -> dict[str, object]:
        """The values of `names` in each row, and of all that they need."""
        asked = frozenset(names)
        needed = self.frame.needed(asked)
        wide = {name: self.numbers[name].astype(np.int64) for name in needed}
        return self.frame.values(wide, asked)

    def sizes(self, name: str) -> Any:
        """How many values the parameter `name` has in each row (an integer: in all rows)."""
        one = self.frame.axes[name]
        return one.sizes(self.values(one.names)) if self.size else 0

    def crossed(self, name: str) -> Table:
        """Each row once for each value of the parameter `name`; `width` of it must be bearable."""
        sizes = self.sizes(name)
        if isinstance(sizes, np.ndarray):
            ends = np.cumsum(sizes.astype(np.int64))
            total = int(ends[-1]) if len(ends) else 0
            fresh = np.arange(total) - np.repeat(ends - sizes, sizes)
        else:
            total = self.size * sizes
            fresh = np.tile(np.arange(sizes), self.size)
        numbers = {key: np.repeat(column, sizes) for key, column in self.numbers.items()}
        numbers[name] = fresh.astype(np.min_scalar_type(int(fresh.max()))) if total else fresh
        return replace(self, numbers=numbers, size=total)

    def width(self, name: str) -> int:
        """How many rows `crossed` would have."""
        sizes = self.sizes(name)
        return sum(sizes.tolist()) if isinstance(sizes, np.ndarray) else self.size * int(sizes)

    def kept(self, mask: Any) -> Table:
        """The rows that `mask` admits."""
        numbers = {name: column[mask] for name, column in self.numbers.items()}
        size = len(next(iter(numbers.values()))) if numbers else int(np.all(mask))
        return replace(self, numbers=numbers, size=size)

    def distinct(self, names: Iterable[str]) -> tuple[Table, Any]:
        """The different combinations of some parameters, and for each row which one it has."""
        chosen = frozenset(names)
        columns = [column for name, column in self.numbers.items() if name in chosen]
        if len(columns) == len(self.numbers):
            return self, slice(None)
        radices = [int(column.max(initial=0)) + 1 for column in columns]
        if prod(radices) > max(self.size, _DENSE):
            return self._sorted(columns)
        key = np.zeros(self.size, dtype=np.int64)
        for column, radix in zip(columns, radices, strict=True):
            key = key * radix + column
        some_row = np.full(prod(radices), -1)
        some_row[key] = np.arange(self.size)
        present = some_row >= 0
        return self.kept(some_row[present]), (np.cumsum(present) - 1)[key]

    def _sorted(self, columns: Sequence[Numbers]) -> tuple[Table, Any]:
        """`distinct` where the combinations that might be are far more than those that are."""
        which = first = np.zeros(self.size, dtype=np.int64)
        for column in columns:
            radix = int(column.max(initial=0)) + 1
            _, first, which = np.unique(
                which * radix + column, return_index=True, return_inverse=True
            )
        return self.kept(first), which

    def pieces(self) -> Iterator[Table]:
        """The table in pieces of consecutive rows, small enough for the values of their vectors."""
        if self.size <= _PIECE:
            yield self
        else:
            for start in range(0, self.size, _PIECE):
                yield self.kept(slice(start, start + _PIECE))

    def row(self, index: int) -> dict[str, int]:
        """The numbers in one row."""
        return {name: int(column[index]) for name, column in self.numbers.items()}

    def find(self, values: Mapping[str, Value]) -> int | None:
        """The row with these values, by halving the rows once for each parameter."""
        low, high = 0, self.size
        env: dict[str, object] = {}
        for name, column in self.numbers.items():
            one = self.frame.axes[name]
            number = one.position(values[name], self.frame.context(env, one))
            if number is None:
                return None
            part = column[low:high]
            low, high = (
                low + int(np.searchsorted(part, number, side="left")),
                low + int(np.searchsorted(part, number, side="right")),
            )
            env[name] = values[name]
        return low if low < high else None


def ends(counts: Numbers) -> Numbers:
    """The running totals of a column of counts: int64 if they fit, else exact integers."""
    if counts.dtype == np.int64 and extent(counts) * len(counts) <= INT64:
        total: Numbers = np.cumsum(counts)
        return total
    running, sums = 0, []
    for count in counts.tolist():
        running += count
        sums.append(running)
    return pack(sums)


def first_failure(size: int, fails: Callable[[int], bool]) -> int:
    """The first row at which `fails(rows before and including it)` becomes true, by bisection."""
    low, high = 1, size
    while low < high:
        middle = (low + high) // 2
        if fails(middle):
            high = middle
        else:
            low = middle + 1
    return low - 1
