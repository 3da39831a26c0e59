"""What operators and functions mean in a curve: on columns of doubles, and vectors of these.

A vector is a tuple; an operation meets its entries one by one. Faults are left without a place.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import reduce
from typing import Any

import numpy as np

from generator.language.faults import Fault
from generator.solver.plots import steady


def entrywise(operation: Callable[[Any], Any], value: Any) -> Any:
    """An operation on a value, or on each entry of a vector."""
    if isinstance(value, tuple):
        return tuple(entrywise(operation, entry) for entry in value)
    return operation(value)


def paired(operation: Callable[..., Any], one: Any, other: Any) -> Any:
    """An operation on two values; a vector meets a vector entry by entry. Raises Fault."""
    if isinstance(one, tuple) and isinstance(other, tuple):
        if len(one) != len(other):
            shown = f"vectors of {len(one)} and {len(other)} entries do not go together"
            raise Fault("different-lengths", shown)
        return tuple(paired(operation, a, b) for a, b in zip(one, other, strict=True))
    if isinstance(one, tuple):
        return tuple(paired(operation, entry, other) for entry in one)
    if isinstance(other, tuple):
        return tuple(paired(operation, one, entry) for entry in other)
    return operation(one, other)


def number(value: Any) -> Any:
    """A value as doubles; a truth value counts as 0 or 1."""
    return np.asarray(value, dtype=np.float64)


def power(base: Any, exponent: Any) -> Any:
    """``base ** exponent`` where the exponent varies."""
    below, height = np.broadcast_arrays(number(base), number(exponent))
    return steady.power(below, height)


def _log(value: Any, base: Any = None) -> Any:
    above = steady.log(number(value))
    return above if base is None else above / steady.log(number(base))


_MOST_PLACES = 15


def _rounded(value: Any, places: Any = 0.0) -> Any:
    if not isinstance(places, float) or places % 1 or abs(places) > _MOST_PLACES:
        raise Fault("wrong-value", f"a curve is rounded to at most {_MOST_PLACES} places")
    scale = float(Fraction(10) ** int(places))
    return np.sign(value) * np.floor(np.abs(value) * scale + 0.5) / scale


def _folded(operation: Callable[[Any, Any], Any]) -> Callable[..., Any]:
    """An operation over its arguments, or over the entries of one vector."""

    def function(*values: Any) -> Any:
        several = values[0] if len(values) == 1 and isinstance(values[0], tuple) else values
        return reduce(lambda one, other: paired(operation, one, other), several)

    return function


def _vector(value: Any) -> tuple[Any, ...]:
    if isinstance(value, tuple) and value:
        return value
    raise Fault("wrong-type", "a vector is needed here")


def _dot(one: Any, other: Any) -> Any:
    return _SUM(paired(np.multiply, _vector(one), _vector(other)))


_SUM = _folded(np.add)

UNARY: dict[str, Callable[[Any], Any]] = {
    "-": lambda value: -number(value),
    "+": number,
}
"""Signs before a number."""

BINARY: dict[str, Callable[[Any, Any], Any]] = {
    "+": lambda a, b: number(a) + number(b),
    "-": lambda a, b: number(a) - number(b),
    "*": lambda a, b: number(a) * number(b),
    "/": lambda a, b: number(a) / number(b),
    "//": lambda a, b: np.floor(number(a) / number(b)),
    "%": lambda a, b: steady.remainder(number(a), number(b)),
}
"""Operators; a whole power is `steady.power`'s."""

COMPARE: dict[str, Callable[[Any, Any], Any]] = {
    "<": np.less,
    "<=": np.less_equal,
    ">": np.greater,
    ">=": np.greater_equal,
    "==": np.equal,
    "!=": np.not_equal,
}
"""Comparisons of numbers."""

_SMOOTH: dict[str, Callable[..., Any]] = {
    "abs": np.abs,
    "sign": np.sign,
    "floor": np.floor,
    "ceil": np.ceil,
    "sqrt": steady.root,
    "exp": steady.exp,
    "sin": steady.sin,
    "cos": steady.cos,
    "tan": steady.tan,
    "tanh": steady.tanh,
    "sigmoid": steady.sigmoid,
    "softplus": steady.softplus,
    "relu": lambda value: np.maximum(value, 0.0),
}
"""The functions of one number; of a vector they take each entry."""

FUNCTIONS: dict[str, Callable[..., Any]] = {
    **{
        name: lambda value, function=function: entrywise(lambda v: function(number(v)), value)
        for name, function in _SMOOTH.items()
    },
    "log": _log,
    "round": _rounded,
    "min": _folded(np.minimum),
    "max": _folded(np.maximum),
    "sum": lambda value: _SUM(_vector(value)),
    "prod": lambda value: _folded(np.multiply)(_vector(value)),
    "mean": lambda value: _SUM(_vector(value)) / len(_vector(value)),
    "dot": _dot,
}
"""The functions that may be called with the variable."""
