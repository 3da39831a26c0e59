"""Which parameters belong together, and how many variants each such group has.

A constraint ties all parameters that it mentions, also through definitions; a bound or a length
that names a parameter ties the two. A `Group` is a connected set of parameters. Those that a
constraint mentions, or that another domain depends on, are enumerated in its table; the others,
its `leaves`, are only counted: a row stands for as many variants as its leaves have values.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import reduce
from typing import Any

import numpy as np

from generator.language.columns import INT64
from generator.language.operators import multiply
from generator.model.dataclass import dataclass
from generator.model.value import Value
from generator.variants.tables import Frame, Numbers, Table, ends


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A connected set of parameters. `ends[r]` is how many variants rows ``0..r`` stand for."""

    table: Table
    leaves: tuple[str, ...]
    ends: Numbers

    @classmethod
    def of(cls, table: Table, leaves: tuple[str, ...]) -> Group:
        """The group of an enumerated table and of the parameters that are only counted."""
        one: object = 1
        counts: Any = reduce(multiply, (table.sizes(leaf) for leaf in leaves), one)
        if not isinstance(counts, np.ndarray):
            counts = np.full(table.size, counts, dtype=np.int64 if counts <= INT64 else object)
        return cls(table=table, leaves=leaves, ends=ends(counts))

    @property
    def names(self) -> tuple[str, ...]:
        """Its parameters."""
        return (*self.table.numbers, *self.leaves)

    @property
    def size(self) -> int:
        """How many variants it has."""
        return int(self.ends[-1]) if len(self.ends) else 0

    def numbers(self, index: Any) -> dict[str, Any]:
        """The numbers of the parameters' values: of one variant, or of a column of variants."""
        row, rest = self._located(index)
        numbers: dict[str, Any] = {name: col[row] for name, col in self.table.numbers.items()}
        if isinstance(index, np.ndarray):
            numbers = {name: number.astype(np.int64) for name, number in numbers.items()}
        else:
            numbers = {name: int(number) for name, number in numbers.items()}
        for leaf in reversed(self.leaves):
            sizes = self._sizes(leaf, numbers)
            numbers[leaf] = rest % sizes
            rest = rest // sizes
        return numbers

    def find(self, values: Mapping[str, Value]) -> int | None:
        """The index, in the group, of these values; None if a constraint keeps them out."""
        row = self.table.find(values)
        if row is None:
            return None
        rest = 0
        numbers = self.table.row(row)
        frame = self.table.frame
        for leaf in self.leaves:
            axis = frame.axes[leaf]
            env = frame.values(numbers, axis.names)
            number = axis.position(values[leaf], env)
            if number is None:
                return None
            rest = rest * int(axis.sizes(env)) + number
        return self._start(row) + rest

    def _sizes(self, leaf: str, numbers: Mapping[str, Any]) -> Any:
        """How many values a leaf has, as exact as the numbers that it divides."""
        frame = self.table.frame
        axis = frame.axes[leaf]
        sizes = axis.sizes(frame.values(numbers, axis.names))
        return sizes.astype(self.ends.dtype) if isinstance(sizes, np.ndarray) else sizes

    def _located(self, index: Any) -> tuple[Any, Any]:
        """The row that stands for a variant, and its number among the variants of the row."""
        row = np.searchsorted(self.ends, index, side="right")
        if not isinstance(index, np.ndarray):
            return int(row), index - self._start(int(row))
        starts = np.concatenate([np.zeros(1, dtype=self.ends.dtype), self.ends])[row]
        return row, index - starts

    def _start(self, row: int) -> int:
        return int(self.ends[row - 1]) if row else 0


def connected(frame: Frame, ties: Iterable[frozenset[str]]) -> tuple[tuple[str, ...], ...]:
    """The parameters in connected sets, in the order of the bank; `ties` name parameters."""
    root = {name: name for name in frame.axes}

    def find(name: str) -> str:
        while root[name] != name:
            name = root[name]
        return name

    domains = (frame.needed(axis.names) | {name} for name, axis in frame.axes.items())
    for tie in (*ties, *domains):
        first, *others = sorted({find(name) for name in tie}) or [""]
        for other in others:
            root[other] = first
    sets: dict[str, list[str]] = {}
    for name in frame.axes:
        sets.setdefault(find(name), []).append(name)
    return tuple(map(tuple, sets.values()))
