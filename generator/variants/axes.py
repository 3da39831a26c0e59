"""One parameter's values, numbered: how many there are, the value with a number, and back.

An axis whose bounds or length name other parameters is asked with these parameters' values, in
`env`. Everything works alike for a single variant and for columns of many (see
`generator.language.columns` for the layouts), because it is written in arithmetic that does.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any, Protocol, TypeVar

import numpy as np

from generator.diagnostics import InputError
from generator.language.arithmetic import kind
from generator.language.columns import (
    Operation,
    apply,
    guarded,
    height,
    pack,
    rows,
    rowwise,
    select,
)
from generator.language.expression import Expression
from generator.language.faults import Fault, located
from generator.language.operators import add, multiply
from generator.model.dataclass import dataclass
from generator.model.value import Record, Value
from generator.model.variant import Column

Env = Mapping[str, object]


class Axis(Protocol):
    """The numbered values of one parameter."""

    @property
    def bounds(self) -> tuple[Expression, ...]:
        """The expressions that say how far the axis goes."""

    @property
    def names(self) -> frozenset[str]:
        """What `bounds` name: parameters and definitions, whose values are in `env`."""

    def sizes(self, env: Env) -> Any:
        """How many values there are: an integer, or a column where `env` has columns."""

    def at(self, index: Any, env: Env) -> object:
        """The value with this number, or a column of them for a column of numbers."""

    def position(self, value: Value, env: Env) -> int | None:
        """The number of this value; None if it is not on the axis. `env` is of single values."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListAxis:
    """`ValuesDomain`: the values in the order in which they are listed."""

    values: tuple[Value, ...]
    column: Column
    positions: Mapping[object, int]
    bounds: tuple[Expression, ...] = ()
    names: frozenset[str] = frozenset()

    def sizes(self, env: Env) -> int:
        """How many are listed."""
        return len(self.values)

    def at(self, index: Any, env: Env) -> object:
        """The value listed there, counted from 0."""
        if isinstance(index, np.ndarray):
            return self.column[index.astype(np.int64)]
        return self.values[index]

    def position(self, value: Value, env: Env) -> int | None:
        """Where the value is listed."""
        return self.positions.get(identity(value))


@dataclass(frozen=True, slots=True, kw_only=True)
class RangeAxis:
    """`RangeDomain`: from the minimum in steps up to the maximum, rising."""

    minimum: Expression
    maximum: Expression
    step: int | Fraction
    names: frozenset[str]

    @property
    def bounds(self) -> tuple[Expression, ...]:
        """The minimum and the maximum."""
        return (self.minimum, self.maximum)

    def sizes(self, env: Env) -> Any:
        """How many steps fit, the minimum included; 0 where it is above the maximum."""
        low, high = bound(self.minimum, env), bound(self.maximum, env)
        if isinstance(self.step, int):
            return apply(_STEPS, low, high, self.step)
        return rowwise(_steps, low, high, self.step)

    def at(self, index: Any, env: Env) -> object:
        """The minimum and so many steps more."""
        return add(bound(self.minimum, env), multiply(index, self.step))

    def position(self, value: Value, env: Env) -> int | None:
        """How many steps above the minimum the value is."""
        if isinstance(value, bool) or not isinstance(value, int | Fraction):
            return None
        steps = (Fraction(value) - Fraction(bound(self.minimum, env))) / self.step
        inside = steps.denominator == 1 and 0 <= steps < self.sizes(env)
        return int(steps) if inside else None


def identity(value: object) -> object:
    """What makes two values the same; Python holds True and 1 for equal, a bank does not."""
    if isinstance(value, tuple):
        return tuple(map(identity, value))
    if isinstance(value, Record):
        return tuple((name, identity(member)) for name, member in value.entries)
    return (isinstance(value, bool), value)


# --- where an axis differs between variants ---------------------------------------------------

T = TypeVar("T")


def by_combination(env: Env, names: frozenset[str], make: Callable[[Env], T]) -> T | list[T]:
    """What `make` gives for the values of `names`: one, or one for each row of columns.

    It is called once for each different combination of values.
    """
    mine = {name: env[name] for name in sorted(names)}
    size = height(tuple(mine.values()))
    if size is None:
        return make(mine)
    first, which = _combinations(list(mine.values()), size)
    found = [
        make({name: rows(select(v, [row]), 1)[0] for name, v in mine.items()}) for row in first
    ]
    return [found[number] for number in which]


def _combinations(values: Sequence[object], size: int) -> tuple[list[int], list[int]]:
    """The first row with each combination of values, and for each row which combination it has."""
    columns = [value for value in values if height(value) is not None]
    if all(isinstance(column, np.ndarray) and column.dtype != object for column in columns):
        table = np.stack([column.astype(np.int64) for column in columns])  # type: ignore[attr-defined]  # arrays, as was asked
        _, first, which = np.unique(table, axis=1, return_index=True, return_inverse=True)
        return first.tolist(), which.ravel().tolist()
    known: dict[object, int] = {}
    starts: list[int] = []
    numbers: list[int] = []
    for row, combination in enumerate(zip(*(rows(c, size) for c in columns), strict=True)):
        number = known.setdefault(identity(combination), len(starts))
        if number == len(starts):
            starts.append(row)
        numbers.append(number)
    return starts, numbers


def by_key(
    keys: Sequence[object], index: Any, env: Env, decode: Callable[[Any, Any, Env], object]
) -> Column:
    """A column of vectors: those rows whose key is the same are decoded together.

    `decode` is given a key, the numbers of these rows, and `env` in these rows alone.
    """
    size = len(keys)
    groups: dict[object, list[int]] = {}
    for row, key in enumerate(keys):
        groups.setdefault(key, []).append(row)
    vectors = np.empty(size, dtype=object)
    for key, mine in groups.items():
        part = {name: select(value, mine) for name, value in env.items()}
        value = decode(key, _spread(index, size)[mine], part)
        vectors[mine] = np.fromiter(rows(value, len(mine)), dtype=object, count=len(mine))
    return vectors


def _spread(index: Any, size: int) -> Any:
    return index if isinstance(index, np.ndarray) else pack([index] * size)


# --- bounds ------------------------------------------------------------------------------------


def _steps(low: int | Fraction, high: int | Fraction, step: int | Fraction) -> int:
    return max(0, (Fraction(high) - Fraction(low)) // step + 1)


def _fast_steps(low: Any, high: Any, step: int) -> Column:
    steps: Column = np.maximum(0, (high - low) // step + 1)
    return steps


_STEPS = Operation(_steps, guarded(_fast_steps, lambda low, high, step: low + high + 1))


def bound(expression: Expression, env: Env) -> Any:
    """The value of a bound: an exact number, or a column of them."""
    return checked(expression, env, _as_bound)


def checked(expression: Expression, env: Env, check: Callable[[object], object]) -> Any:
    """The value of `expression`, every entry of it checked."""
    value = expression.evaluate(env)
    try:
        if isinstance(value, np.ndarray) and value.dtype == np.int64 and len(value):
            check(int(value.min()))
            check(int(value.max()))
            return value
        return rowwise(check, value)
    except Fault as fault:
        raise refused_at(expression, fault) from fault


def _as_bound(value: object) -> object:
    if isinstance(value, int | Fraction) and not isinstance(value, bool):
        return value
    raise Fault("wrong-type", f"a bound must be a whole number or a fraction, not {kind(value)}")


def refused_at(expression: Expression, fault: Fault) -> InputError:
    """The error that shows a fault at a whole bound."""
    return located(fault, expression.source, length=max(1, len(expression.source.text)))
