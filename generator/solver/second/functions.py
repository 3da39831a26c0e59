"""The functions that an expression can call, in the second arithmetic.

`generator.language.functions` is the list; a test sees to it that none is missing here.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from functools import cmp_to_key, reduce
from types import MappingProxyType
from typing import Any

from generator.solver.second import matrices
from generator.solver.second.numbers import (
    Number,
    Pair,
    add,
    compare,
    cosine,
    divide,
    exponential,
    floor,
    logarithm,
    multiply,
    negate,
    number,
    pi,
    power,
    sine,
    square_root,
)

ZERO: Number = Pair(0)
ONE: Number = Pair(1)
HALF: Number = Pair(1, 2)


def spread(function: Callable[..., object], *arguments: object) -> Any:
    """`function` of numbers; entry by entry where an argument is a vector."""
    lengths = {len(argument) for argument in arguments if isinstance(argument, tuple)}
    if not lengths:
        return function(*arguments)
    (length,) = lengths
    rows = zip(*(a if isinstance(a, tuple) else (a,) * length for a in arguments), strict=True)
    return tuple(spread(function, *row) for row in rows)


def equal(a: object, b: object, *, every: bool = False) -> bool:
    """Whether two values are the same; with `every`, a number is compared with each entry."""
    if isinstance(a, tuple) and isinstance(b, tuple):
        pairs = zip(a, b, strict=False)
        return len(a) == len(b) and all(equal(one, other, every=every) for one, other in pairs)
    if isinstance(a, tuple) or isinstance(b, tuple):
        entries, single = (a, b) if isinstance(a, tuple) else (b, a)
        assert isinstance(entries, tuple)  # noqa: S101 - one of the two is
        return every and all(equal(entry, single, every=True) for entry in entries)
    if _is_number(a) and _is_number(b):
        return compare(number(a), number(b)) == 0
    return a == b


def _is_number(value: object) -> bool:
    try:
        number(value)
    except TypeError:
        return False
    return True


def integer(value: object) -> int:
    """A whole number as Python's; ValueError if it is not whole."""
    exact = number(value)
    if compare(exact, Pair(floor(exact))) != 0:
        raise ValueError("a whole number is needed")
    return floor(exact)


# --- numbers -----------------------------------------------------------------------------------


def _sign(a: object) -> int:
    return compare(number(a), ZERO)


def _absolute(a: object) -> Number:
    return number(a) if _sign(a) >= 0 else negate(number(a))


def _ceil(a: object) -> int:
    return -floor(negate(number(a)))


def _round(a: object, places: object = 0) -> Number:
    scale = power(Pair(10), Pair(integer(places)))
    size = Pair(floor(add(multiply(_absolute(a), scale), HALF)))
    rounded = divide(size, scale)
    return rounded if _sign(a) >= 0 else negate(rounded)


def _larger(a: object, b: object) -> Number:
    return number(a) if compare(number(a), number(b)) >= 0 else number(b)


def _smaller(a: object, b: object) -> Number:
    return number(a) if compare(number(a), number(b)) <= 0 else number(b)


def _binomial(n: object, k: object) -> int:
    total, chosen = integer(n), integer(k)
    if not 0 <= chosen <= total:
        return 0
    result = 1
    for step in range(1, chosen + 1):
        result = result * (total - chosen + step) // step
    return result


def _factorial(n: object) -> int:
    return math.prod(range(1, integer(n) + 1))


def _greatest_divisor(a: object, b: object) -> int:
    """Euclid's algorithm."""
    first, second = abs(integer(a)), abs(integer(b))
    while second:
        first, second = second, first % second
    return first


def _least_multiple(a: object, b: object) -> int:
    divisor = _greatest_divisor(a, b)
    return abs(integer(a) * integer(b)) // divisor if divisor else 0


def _log(a: object, base: object = None) -> Number:
    above = logarithm(number(a))
    return above if base is None else divide(above, logarithm(number(base)))


def _sigmoid(a: object) -> Number:
    return divide(ONE, add(ONE, exponential(negate(number(a)))))


def _tanh(a: object) -> Number:
    rising, falling = exponential(number(a)), exponential(negate(number(a)))
    return divide(add(rising, negate(falling)), add(rising, falling))


def _softplus(a: object) -> Number:
    return logarithm(add(ONE, exponential(number(a))))


# --- vectors -----------------------------------------------------------------------------------


def flat(value: object) -> Iterator[object]:
    """All entries of a vector, a matrix, ..."""
    if isinstance(value, tuple):
        for entry in value:
            yield from flat(entry)
    else:
        yield value


def total(value: object) -> Number:
    """The sum of all entries."""
    return reduce(add, map(number, flat(value)), ZERO)


def dot(a: object, b: object) -> Number:
    """The sum of the products of entries."""
    return total(spread(lambda x, y: multiply(number(x), number(y)), a, b))


def _mean(value: object) -> Number:
    return divide(total(value), Pair(len(list(flat(value)))))


def _sorted(value: Any) -> tuple[object, ...]:
    return tuple(sorted(map(number, value), key=cmp_to_key(compare)))


def _extreme_index(sign: int) -> Callable[[Any], int]:
    def function(value: Any) -> int:
        entries = list(map(number, value))
        best = 0
        for index, entry in enumerate(entries):
            if compare(entry, entries[best]) == sign:
                best = index
        return best

    return function


def _slice(value: Any, start: object, stop: object) -> Any:
    return value[integer(start) : integer(stop)]


def _range(*bounds: object) -> tuple[int, ...]:
    return tuple(range(*map(integer, bounds)))


def _lifted(function: Callable[..., object]) -> Callable[..., object]:
    return lambda *arguments: spread(function, *arguments)


def _folded(function: Callable[..., object]) -> Callable[..., object]:
    return lambda *arguments: reduce(lambda a, b: spread(function, a, b), arguments)


FUNCTIONS: Mapping[str, Callable[..., object]] = MappingProxyType(
    {
        "abs": _lifted(_absolute),
        "sign": _lifted(_sign),
        "floor": _lifted(lambda a: floor(number(a))),
        "ceil": _lifted(_ceil),
        "round": _lifted(_round),
        "whole": _lifted(lambda a: compare(number(a), Pair(floor(number(a)))) == 0),
        "even": _lifted(lambda a: integer(a) % 2 == 0),
        "odd": _lifted(lambda a: integer(a) % 2 == 1),
        "min": lambda *values: reduce(_smaller, flat(values)),
        "max": lambda *values: reduce(_larger, flat(values)),
        "gcd": _folded(_greatest_divisor),
        "lcm": _folded(_least_multiple),
        "factorial": _lifted(_factorial),
        "binomial": _lifted(_binomial),
        "sqrt": _lifted(lambda a: square_root(number(a))),
        "exp": _lifted(lambda a: exponential(number(a))),
        "log": _lifted(_log),
        "sin": _lifted(lambda a: sine(number(a))),
        "cos": _lifted(lambda a: cosine(number(a))),
        "tan": _lifted(lambda a: divide(sine(number(a)), cosine(number(a)))),
        "sigmoid": _lifted(_sigmoid),
        "tanh": _lifted(_tanh),
        "relu": _lifted(lambda a: _larger(a, ZERO)),
        "softplus": _lifted(_softplus),
        "len": len,
        "sum": total,
        "prod": lambda value: reduce(multiply, map(number, flat(value)), ONE),
        "mean": _mean,
        "dot": dot,
        "all": lambda value: all(flat(value)),
        "any": lambda value: any(flat(value)),
        "count": lambda values, wanted: sum(equal(value, wanted) for value in values),
        "sort": _sorted,
        "reverse": lambda value: tuple(reversed(value)),
        "transpose": lambda rows: tuple(zip(*rows, strict=True)),
        "det": matrices.determinant,
        "trace": lambda matrix: total(tuple(row[i] for i, row in enumerate(matrix))),
        "rank": matrices.rank,
        "inverse": matrices.inverse,
        "identity": lambda size: matrices.diagonal((ONE,) * integer(size)),
        "diag": matrices.diagonal,
        "norm": lambda value: square_root(dot(value, value)),
        "cross": matrices.cross,
        "argmin": _extreme_index(-1),
        "argmax": _extreme_index(1),
        "slice": _slice,
        "range": _range,
    }
)
"""Every function of the language, by name."""

CONSTANTS: Mapping[str, Callable[[], Number]] = MappingProxyType({"pi": pi})
"""Every constant of the language, by name."""
