"""Vectors and matrices, numbered: the free entries are the digits of a number.

With `d` values for each of `n` free entries there are ``d ** n`` arrays, the last entry running
fastest; none is made before it is asked for. What is free depends on the pattern: of a symmetric
matrix the entries below the diagonal repeat those above it, of a triangular one they are 0.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any

import numpy as np

from generator.language import limits
from generator.language.arithmetic import brief, integer
from generator.language.columns import pack
from generator.language.expression import Expression
from generator.language.faults import Fault
from generator.model.dataclass import dataclass
from generator.model.domain import Pattern
from generator.model.value import Value
from generator.variants.axes import Axis, Env, by_key, checked, refused_at

Shape = tuple[int, ...]
"""The length of a vector, or the rows and columns of a matrix."""

Layout = tuple[tuple[int | None, ...], ...]
"""For each row of a matrix and each of its columns the number of the digit there; None: a 0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArrayAxis:
    """`VectorDomain` has one of `dimensions`, `MatrixDomain` two."""

    dimensions: tuple[Expression, ...]
    item: Axis
    pattern: Pattern = "full"

    @property
    def bounds(self) -> tuple[Expression, ...]:
        """The length, or the numbers of rows and columns."""
        return self.dimensions

    @property
    def names(self) -> frozenset[str]:
        """What they mention; the entries depend on nothing."""
        return frozenset().union(*(dimension.names for dimension in self.dimensions))

    def sizes(self, env: Env) -> Any:
        """``d ** n`` for `n` free entries with `d` values each."""
        shapes = self._shapes(env)
        if isinstance(shapes, tuple):
            return self._size(shapes)
        counts = {shape: self._size(shape) for shape in dict.fromkeys(shapes)}
        return pack(counts[shape] for shape in shapes)

    def at(self, index: Any, env: Env) -> object:
        """The array whose free entries are the digits of `index` to the base of the item's size."""
        shapes = self._shapes(env)
        if isinstance(shapes, tuple):
            return self._array(shapes, index)
        return by_key(shapes, index, {}, lambda shape, part, _: self._array(shape, part))

    def position(self, value: Value, env: Env) -> int | None:
        """The number whose digits the free entries are."""
        shape = self._shapes(env)
        grid = (value,) if len(shape) == 1 else value
        if not isinstance(grid, tuple):
            return None
        layout = _layout(self.pattern, shape)
        if [_length(row) for row in grid] != [len(row) for row in layout]:
            return None
        digits: dict[int, int] = {}
        for cells, row in zip(layout, grid, strict=True):
            for cell, entry in zip(cells, row, strict=True):  # type: ignore[arg-type]  # a vector
                digit = self._digit(entry, cell)
                if digit is None or (cell is not None and digits.setdefault(cell, digit) != digit):
                    return None
        index, base = 0, self.item.sizes({})
        for cell in range(len(digits)):
            index = index * base + digits[cell]
        return index

    def _digit(self, entry: Value, cell: int | None) -> int | None:
        if cell is None:
            return 0 if entry == 0 and not isinstance(entry, bool) else None
        return self.item.position(entry, {})

    def _array(self, shape: Shape, index: Any) -> tuple[object, ...]:
        layout, base = _layout(self.pattern, shape), self.item.sizes({})
        count = _free(layout)
        entries = [
            self.item.at(index // base ** (count - 1 - place) % base, {}) for place in range(count)
        ]
        rows = tuple(tuple(0 if c is None else entries[c] for c in row) for row in layout)
        return rows[0] if len(shape) == 1 else rows

    def _size(self, shape: Shape) -> int:
        base, count = self.item.sizes({}), _free(_layout(self.pattern, shape))
        if count * base.bit_length() > limits.BITS:
            raise refused_at(self.dimensions[0], _endless(shape))
        return int(base**count)

    def _shapes(self, env: Env) -> Any:
        """The shape, as a tuple, or a list with that of each row of columns."""
        what = "the length of a vector" if len(self.dimensions) == 1 else "the size of a matrix"
        sizes = [checked(one, env, lambda size: _as_size(size, what)) for one in self.dimensions]
        if not any(isinstance(size, np.ndarray) for size in sizes):
            return self._checked(tuple(sizes))
        height = next(len(size) for size in sizes if isinstance(size, np.ndarray))
        columns = (s.tolist() if isinstance(s, np.ndarray) else [s] * height for s in sizes)
        shapes = list(zip(*columns, strict=True))
        for shape in dict.fromkeys(shapes):
            self._checked(shape)
        return shapes

    def _checked(self, shape: Shape) -> Shape:
        """`shape`, if there are such arrays; raises InputError if not."""
        if len(shape) == 1:
            return shape
        rows, columns = shape
        fault = None
        if rows * columns > limits.ENTRIES or not rows or not columns:
            message = f"a matrix has 1 to {limits.ENTRIES:,} entries, not {rows} times {columns}"
            fault = Fault("wrong-length", message)
        elif self.pattern != "full" and rows != columns:
            adjective = _ADJECTIVES[self.pattern]
            message = f"{adjective} matrix is square, and this one is {rows} by {columns}"
            fault = Fault("wrong-length", message, "give one number: `matrix: 3`")
        if fault is not None:
            raise refused_at(self.dimensions[0], fault)
        return shape


# --- which entries are free --------------------------------------------------------------------

_ADJECTIVES: Mapping[Pattern, str] = MappingProxyType(
    {
        "symmetric": "a symmetric",
        "diagonal": "a diagonal",
        "upper": "an upper triangular",
        "lower": "a lower triangular",
    }
)

_FREE: Mapping[Pattern, Callable[[int, int], tuple[int, int] | None]] = MappingProxyType(
    {
        "full": lambda row, column: (row, column),
        "symmetric": lambda row, column: (min(row, column), max(row, column)),
        "diagonal": lambda row, column: (row, column) if row == column else None,
        "upper": lambda row, column: (row, column) if row <= column else None,
        "lower": lambda row, column: (row, column) if row >= column else None,
    }
)
"""For each place of a matrix the free place whose entry stands there; None: a 0."""


@lru_cache(maxsize=100)
def _layout(pattern: Pattern, shape: Shape) -> Layout:
    """A vector is laid out as a matrix of one row."""
    rows, columns = shape if len(shape) == 2 else (1, *shape)
    numbers: dict[tuple[int, int], int] = {}
    return tuple(
        tuple(
            None if free is None else numbers.setdefault(free, len(numbers))
            for free in (_FREE[pattern](row, column) for column in range(columns))
        )
        for row in range(rows)
    )


def _free(layout: Layout) -> int:
    """How many digits an array has."""
    return 1 + max((cell for row in layout for cell in row if cell is not None), default=-1)


def _length(row: object) -> int:
    return len(row) if isinstance(row, tuple) else -1


# --- bounds ------------------------------------------------------------------------------------


def _as_size(value: object, what: str) -> object:
    length = integer(value, what)
    if 0 <= length <= limits.ENTRIES:
        return length
    noun = "vector has 0" if what.endswith("vector") else "matrix has 1"
    raise Fault("wrong-length", f"a {noun} to {limits.ENTRIES:,} entries, not {brief(length)}")


def _endless(shape: Shape) -> Fault:
    digits = len(str(2**limits.BITS))
    noun = "vector" if len(shape) == 1 else "matrix"
    plural = "vectors" if len(shape) == 1 else "matrices"
    return Fault(
        "too-many-variants",
        f"there are so many such {plural} that their number has more than {digits:,} digits",
        f"shorten the {noun}" if noun == "vector" else f"make the {noun} smaller",
    )
