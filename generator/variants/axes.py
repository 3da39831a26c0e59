"""One parameter's values, numbered: how many there are, the value with a number, and back.

An axis whose bounds or length name other parameters is asked with these parameters' values, in
`env`. Everything works alike for a single variant and for columns of many (see
`generator.language.columns` for the layouts), because it is written in arithmetic that does.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import perm
from typing import Any, Protocol

import numpy as np

from generator.diagnostics import InputError
from generator.language import limits
from generator.language.arithmetic import brief, integer, kind
from generator.language.columns import Operation, apply, guarded, pack, rowwise, select, whole
from generator.language.expression import Expression
from generator.language.faults import Fault, located
from generator.language.operators import add, multiply
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
        low, high = _bound(self.minimum, env), _bound(self.maximum, env)
        if isinstance(self.step, int):
            return apply(_STEPS, low, high, self.step)
        return rowwise(_steps, low, high, self.step)

    def at(self, index: Any, env: Env) -> object:
        """The minimum and so many steps more."""
        return add(_bound(self.minimum, env), multiply(index, self.step))

    def position(self, value: Value, env: Env) -> int | None:
        """How many steps above the minimum the value is."""
        if isinstance(value, bool) or not isinstance(value, int | Fraction):
            return None
        steps = (Fraction(value) - Fraction(_bound(self.minimum, env))) / self.step
        inside = steps.denominator == 1 and 0 <= steps < self.sizes(env)
        return int(steps) if inside else None


@dataclass(frozen=True, slots=True, kw_only=True)
class VectorAxis:
    """`VectorDomain`: all vectors of a length, the last entry running fastest."""

    length: Expression
    item: Axis
    names: frozenset[str]

    @property
    def bounds(self) -> tuple[Expression, ...]:
        """The length."""
        return (self.length,)

    def sizes(self, env: Env) -> Any:
        """``d ** n`` for `n` entries with `d` values each."""
        count, length = self.item.sizes({}), self._length(env)
        if not isinstance(length, np.ndarray):
            return self._power(count, length)
        lengths, which = np.unique(length, return_inverse=True)
        return pack(self._power(count, one) for one in lengths.tolist())[which]

    def at(self, index: Any, env: Env) -> object:
        """The vector whose entries are the digits of `index` to the base of the item's size."""
        length = self._length(env)
        if not isinstance(length, np.ndarray):
            return self._digits(index, length)
        vectors = np.empty(len(length), dtype=object)
        for one in sorted(set(length.tolist())):
            mask = length == one
            count = int(mask.sum())
            part = whole(self._digits(select(_spread(index, len(length)), mask), one), count)
            vectors[mask] = np.fromiter(part.tolist(), dtype=object, count=count)
        return vectors

    def position(self, value: Value, env: Env) -> int | None:
        """The number whose digits the entries are."""
        if not isinstance(value, tuple) or len(value) != self._length(env):
            return None
        count, index = self.item.sizes({}), 0
        for entry in value:
            digit = self.item.position(entry, {})
            if digit is None:
                return None
            index = index * count + digit
        return index

    def _digits(self, index: Any, length: int) -> tuple[object, ...]:
        count = self.item.sizes({})
        return tuple(
            self.item.at(index // count ** (length - 1 - place) % count, {})
            for place in range(length)
        )

    def _length(self, env: Env) -> Any:
        return _checked(self.length, env, _as_length)

    def _power(self, count: int, length: int) -> int:
        if length * count.bit_length() > limits.BITS:
            raise _error(self.length, _endless())
        return int(count**length)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceAxis:
    """`ChoiceDomain`: ordered selections without repetition, in lexicographic order."""

    pool: ListAxis
    count: int
    bounds: tuple[Expression, ...] = ()
    names: frozenset[str] = frozenset()

    def sizes(self, env: Env) -> int:
        """``n! / (n - k)!`` for `k` of `n`."""
        return perm(len(self.pool.values), self.count)

    def at(self, index: Any, env: Env) -> object:
        """The selection with the Lehmer code `index`, to the falling base ``n, n-1, ...``."""
        picks: list[Any] = []
        for place in reversed(range(self.count)):
            base = len(self.pool.values) - place
            picks.insert(0, index % base)
            index = index // base
            # A digit counts the values still free; it skips those that stand before it.
            picks[1:] = [later + (later >= picks[0]) for later in picks[1:]]
        return tuple(self.pool.at(pick, env) for pick in picks)

    def position(self, value: Value, env: Env) -> int | None:
        """The Lehmer code of the selection."""
        if not isinstance(value, tuple) or len(value) != self.count:
            return None
        picks = [self.pool.position(entry, env) for entry in value]
        known = [pick for pick in picks if pick is not None]
        if len({*known}) < self.count:
            return None
        index = 0
        for place, pick in enumerate(known):
            digit = pick - sum(earlier < pick for earlier in known[:place])
            index = index * (len(self.pool.values) - place) + digit
        return index


def identity(value: object) -> object:
    """What makes two values the same; Python holds True and 1 for equal, a bank does not."""
    if isinstance(value, tuple):
        return tuple(map(identity, value))
    if isinstance(value, Record):
        return tuple((name, identity(member)) for name, member in value.entries)
    return (isinstance(value, bool), value)


# --- bounds and lengths ------------------------------------------------------------------------


def _steps(low: int | Fraction, high: int | Fraction, step: int | Fraction) -> int:
    return max(0, (Fraction(high) - Fraction(low)) // step + 1)


def _fast_steps(low: Any, high: Any, step: int) -> Column:
    steps: Column = np.maximum(0, (high - low) // step + 1)
    return steps


_STEPS = Operation(_steps, guarded(_fast_steps, lambda low, high, step: low + high + 1))


def _bound(expression: Expression, env: Env) -> Any:
    return _checked(expression, env, _as_bound)


def _checked(expression: Expression, env: Env, check: Callable[[object], object]) -> Any:
    """The value of `expression`, every entry of it checked."""
    value = expression.evaluate(env)
    try:
        if isinstance(value, np.ndarray) and value.dtype == np.int64 and len(value):
            check(int(value.min()))
            check(int(value.max()))
            return value
        return rowwise(check, value)
    except Fault as fault:
        raise _error(expression, fault) from fault


def _as_bound(value: object) -> object:
    if isinstance(value, int | Fraction) and not isinstance(value, bool):
        return value
    raise Fault("wrong-type", f"a bound must be a whole number or a fraction, not {kind(value)}")


def _as_length(value: object) -> object:
    length = integer(value, "the length of a vector")
    if 0 <= length <= limits.ENTRIES:
        return length
    raise Fault(
        "wrong-length", f"a vector has 0 to {limits.ENTRIES:,} entries, not {brief(length)}"
    )


def _endless() -> Fault:
    digits = len(str(2**limits.BITS))
    return Fault(
        "too-many-variants",
        f"there are so many such vectors that their number has more than {digits:,} digits",
        "shorten the vector",
    )


def _spread(index: Any, size: int) -> Any:
    return index if isinstance(index, np.ndarray) else pack([index] * size)


def _error(expression: Expression, fault: Fault) -> InputError:
    return located(fault, expression.source, length=max(1, len(expression.source.text)))
