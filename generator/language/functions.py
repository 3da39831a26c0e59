"""The functions that an expression can call, and the constants it can name.

`FUNCTIONS` is the whole of it. Results are exact wherever an exact result exists: ``sqrt(9/4)`` is
``3/2`` and ``exp(0)`` is 1; otherwise they are `Real`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import partial, reduce
from typing import Any

import numpy as np

from generator.language import arithmetic, limits, operators
from generator.language.arithmetic import Number, brief, integer, kind, number, rational
from generator.language.columns import Operation, apply, guarded, rowwise
from generator.language.faults import Fault
from generator.language.nodes import Call, Node, walk
from generator.language.reals import Real, transcendental


@dataclass(frozen=True, slots=True, kw_only=True)
class Function:
    """A function by name, `usage` as an author writes it, and what it does in a few words.

    It takes `least` to `most` arguments (None: any number).
    """

    usage: str
    summary: str
    least: int
    most: int | None
    apply: Callable[..., object]


def check_count(call: Call, function: Function) -> None:
    """Raise Fault at `call` if the function cannot take so many arguments."""
    count = len(call.arguments)
    if count < function.least or (function.most is not None and count > function.most):
        raise Fault(
            "wrong-arguments",
            f"`{call.function}` does not take {count} argument{'' if count == 1 else 's'}",
            f"write `{function.usage}`",
            offset=call.offset,
            length=call.length,
        )


def check_counts(tree: Node, functions: Mapping[str, Function]) -> None:
    """Raise Fault at the first call in `tree` with a wrong number of arguments."""
    for node in walk(tree):
        if isinstance(node, Call) and (function := functions.get(node.function)) is not None:
            check_count(node, function)


# --- numbers -----------------------------------------------------------------------------------


def _absolute(value: object) -> object:
    return abs(number(value, "`abs`"))


def _sign(value: object) -> int:
    exact = number(value, "`sign`")
    return int(exact > 0) - int(exact < 0)


def _smaller(a: object, b: object) -> Number:
    return min(number(a, "`min`"), number(b, "`min`"))


def _larger(a: object, b: object) -> Number:
    return max(number(a, "`max`"), number(b, "`max`"))


def _gcd(a: object, b: object) -> int:
    return math.gcd(integer(a, "`gcd`"), integer(b, "`gcd`"))


def _lcm(a: object, b: object) -> Number:
    return arithmetic.bounded(math.lcm(integer(a, "`lcm`"), integer(b, "`lcm`")))


def _factorial(value: object) -> int:
    count = integer(value, "`factorial`")
    if not 0 <= count <= limits.FACTORIAL:
        raise Fault(
            "wrong-value",
            f"`factorial` takes 0 to {limits.FACTORIAL}, not {brief(count)}",
        )
    return math.factorial(count)


def _binomial(n: object, k: object) -> int:
    total, chosen = integer(n, "`binomial`"), integer(k, "`binomial`")
    if not 0 <= total <= limits.BINOMIAL:
        raise Fault(
            "wrong-value",
            f"`binomial` chooses from 0 to {limits.BINOMIAL}, not from {brief(total)}",
        )
    return math.comb(total, chosen) if 0 <= chosen <= total else 0


def _is_whole(value: object) -> bool:
    exact = number(value, "`whole`")
    return isinstance(exact, int)


def _is_even(value: object) -> bool:
    return integer(value, "`even`") % 2 == 0


def _is_odd(value: object) -> bool:
    return integer(value, "`odd`") % 2 == 1


# --- irrational results ------------------------------------------------------------------------


def _log(value: object, base: object = None) -> Number:
    above = arithmetic.logarithm(value)
    if base is None:
        return above
    exact, step = number(value, "`log`"), number(base, "`log`")
    below = arithmetic.logarithm(step)
    if below == 0:
        raise Fault("wrong-value", "the base of a logarithm is not 1")
    nearest = round(rational(above, "`log`") / rational(below, "`log`"))
    if abs(nearest) <= limits.BITS and arithmetic.power(step, nearest) == exact:
        return nearest
    return arithmetic.divide(above, below)


def _circular(name: str, at_zero: int) -> Callable[[object], Number]:
    def function(value: object) -> Number:
        exact = rational(value, f"`{name}`")
        return transcendental(name, exact) if exact else at_zero

    return function


def _tanh(value: object) -> Number:
    exact = rational(value, "`tanh`")
    return transcendental("tanh", arithmetic.small(exact)) if exact else 0


def _sigmoid(value: object) -> Number:
    exact = rational(value, "`sigmoid`")
    return transcendental("sigmoid", arithmetic.small(exact)) if exact else Fraction(1, 2)


def _softplus(value: object) -> Number:
    return transcendental("softplus", arithmetic.small(rational(value, "`softplus`")))


def _relu(value: object) -> Number:
    return max(number(value, "`relu`"), 0)


# --- vectors -----------------------------------------------------------------------------------


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


def _sum(value: object) -> object:
    return operators.total(flat(vector(value, "`sum`")))


def _prod(value: object) -> object:
    one: object = 1
    return reduce(operators.multiply, flat(vector(value, "`prod`")), one)


def _mean(value: object) -> object:
    entries = tuple(flat(vector(value, "`mean`")))
    if not entries:
        raise Fault("division-by-zero", "an empty vector has no mean")
    return operators.divide(_sum(entries), len(entries))


def _length(value: object) -> int:
    return len(vector(value, "`len`"))


def _extreme(name: str, operation: Operation) -> Callable[..., object]:
    def function(*values: object) -> object:
        entries = tuple(flat(values))
        if not entries:
            raise Fault("wrong-value", f"an empty vector has no {name}")
        return reduce(partial(apply, operation), entries)

    return function


def _all(value: object) -> Any:
    entries = (operators.truth(v, "each entry of `all`") for v in flat(vector(value, "`all`")))
    return reduce(operators.both, entries, True)


def _any(value: object) -> Any:
    entries = (operators.truth(v, "each entry of `any`") for v in flat(vector(value, "`any`")))
    return reduce(operators.either, entries, False)


def _count(values: object, wanted: object) -> object:
    found = (operators.equal(value, wanted) for value in vector(values, "`count`"))
    return operators.total(found)


def _sorted(value: object) -> tuple[object, ...]:
    entries: list[Any] = [number(entry, "`sort`") for entry in vector(value, "`sort`")]
    return tuple(sorted(entries))


def _reverse(value: object) -> tuple[object, ...]:
    return vector(value, "`reverse`")[::-1]


def _argument(name: str, better: Callable[[Any, Any], bool]) -> Callable[[object], int]:
    def function(value: object) -> int:
        entries = [number(v, f"`{name}`") for v in vector(value, f"`{name}`")]
        if not entries:
            raise Fault("wrong-value", f"an empty vector has no `{name}`")
        best = 0
        for index, entry in enumerate(entries):
            best = index if better(entry, entries[best]) else best
        return best

    return function


def _slice(value: object, start: object, stop: object) -> tuple[object, ...]:
    entries = vector(value, "`slice`")
    first, last = integer(start, "`slice`"), integer(stop, "`slice`")
    if not 0 <= first <= last <= len(entries):
        raise Fault(
            "wrong-index",
            f"there is no slice from {brief(first)} to {brief(last)} of a vector of {len(entries)}",
            "`slice(x, 0, 3)` is `[x[0], x[1], x[2]]`",
        )
    return entries[first:last]


def _range(*bounds: object) -> tuple[object, ...]:
    start, stop = (0, *bounds) if len(bounds) == 1 else bounds
    first, last = integer(start, "`range`"), integer(stop, "`range`")
    if last - first > limits.ENTRIES:
        raise Fault("vector-too-long", f"a vector has at most {limits.ENTRIES:,} entries in all")
    return tuple(range(first, last))


# --- the table ---------------------------------------------------------------------------------


def _lifted(
    usage: str,
    summary: str,
    exact: Callable[..., object],
    fast: Callable[..., Any] | None = None,
    most: int | None = None,
) -> Function:
    """A function of numbers, lifted to columns and, entry by entry, to vectors."""
    least = usage.partition("[")[0].count(",") + 1
    operation = Operation(exact, fast)
    return Function(
        usage=usage,
        summary=summary,
        least=least,
        most=most or least,
        apply=partial(apply, operation),
    )


def _whole(
    usage: str, summary: str, function: Callable[..., object], least: int, most: int | None
) -> Function:
    """A function that reads columns, and vectors of them, by itself."""
    return Function(usage=usage, summary=summary, least=least, most=most, apply=function)


def _by_row(
    usage: str, summary: str, function: Callable[..., object], least: int = 1, most: int = 1
) -> Function:
    """A function whose work differs between variants, so that columns go through it row by row."""
    return _whole(usage, summary, partial(rowwise, function), least, most)


def _fold(usage: str, summary: str, operation: Operation) -> Function:
    """A function of two numbers, extended to any number of them."""

    def function(*values: object) -> object:
        return reduce(partial(apply, operation), values)

    return _whole(usage, summary, function, 1, None)


def _same(value: Any) -> Any:
    return value


_MIN = Operation(_smaller, np.minimum)
_MAX = Operation(_larger, np.maximum)
_GCD = Operation(_gcd, guarded(np.gcd, max))
_LCM = Operation(_lcm, guarded(np.lcm, lambda a, b: a * b))

FUNCTIONS: dict[str, Function] = {
    "abs": _lifted("abs(x)", "the absolute value", _absolute, guarded(np.abs, _same)),
    "sign": _lifted("sign(x)", "-1, 0 or 1", _sign, np.sign),
    "floor": _lifted("floor(x)", "rounded down", arithmetic.floor, _same),
    "ceil": _lifted("ceil(x)", "rounded up", arithmetic.ceil, _same),
    "round": _lifted(
        "round(x[, places])", "rounded, halves away from zero", arithmetic.rounded, most=2
    ),
    "whole": _lifted("whole(x)", "whether x is a whole number", _is_whole),
    "even": _lifted("even(n)", "whether n is even", _is_even, lambda n: n % 2 == 0),
    "odd": _lifted("odd(n)", "whether n is odd", _is_odd, lambda n: n % 2 == 1),
    "min": _whole(
        "min(a, b, ...)", "the smallest, also of a vector", _extreme("min", _MIN), 1, None
    ),
    "max": _whole(
        "max(a, b, ...)", "the largest, also of a vector", _extreme("max", _MAX), 1, None
    ),
    "gcd": _fold("gcd(a, b, ...)", "the greatest common divisor", _GCD),
    "lcm": _fold("lcm(a, b, ...)", "the least common multiple", _LCM),
    "factorial": _lifted("factorial(n)", "1 * 2 * ... * n", _factorial),
    "binomial": _lifted("binomial(n, k)", "ways to choose k of n", _binomial),
    "sqrt": _lifted("sqrt(x)", "the square root", arithmetic.square_root),
    "exp": _lifted("exp(x)", "e to the power x", arithmetic.exponential),
    "log": _lifted("log(x[, base])", "the logarithm, natural without a base", _log, most=2),
    "sin": _lifted("sin(x)", "the sine, x in radians", _circular("sin", 0)),
    "cos": _lifted("cos(x)", "the cosine, x in radians", _circular("cos", 1)),
    "tan": _lifted("tan(x)", "the tangent, x in radians", _circular("tan", 0)),
    "sigmoid": _lifted("sigmoid(x)", "1 / (1 + exp(-x))", _sigmoid),
    "tanh": _lifted("tanh(x)", "the hyperbolic tangent", _tanh),
    "relu": _lifted("relu(x)", "max(x, 0)", _relu, lambda x: np.maximum(x, 0)),
    "softplus": _lifted("softplus(x)", "log(1 + exp(x))", _softplus),
    "len": _whole("len(v)", "how many entries", _length, 1, 1),
    "sum": _whole("sum(v)", "the sum of all entries", _sum, 1, 1),
    "prod": _whole("prod(v)", "the product of all entries", _prod, 1, 1),
    "mean": _whole("mean(v)", "the mean of all entries", _mean, 1, 1),
    "dot": _whole("dot(v, w)", "the sum of the products of entries", operators.dot, 2, 2),
    "all": _whole("all(v)", "whether every entry is true", _all, 1, 1),
    "any": _whole("any(v)", "whether some entry is true", _any, 1, 1),
    "count": _whole("count(v, x)", "how many entries are x", _count, 2, 2),
    "sort": _by_row("sort(v)", "the entries in rising order", _sorted),
    "reverse": _whole("reverse(v)", "the entries from the last to the first", _reverse, 1, 1),
    "transpose": _whole("transpose(m)", "the rows as columns", operators.transpose, 1, 1),
    "argmin": _by_row(
        "argmin(v)",
        "the index of the first smallest entry",
        _argument("argmin", lambda a, b: a < b),
    ),
    "argmax": _by_row(
        "argmax(v)", "the index of the first largest entry", _argument("argmax", lambda a, b: a > b)
    ),
    "slice": _by_row(
        "slice(v, start, stop)", "the entries from start to before stop", _slice, 3, 3
    ),
    "range": _by_row("range([start, ]stop)", "the whole numbers to before stop", _range, 1, 2),
}


CONSTANTS: dict[str, Callable[[], Real]] = {
    "pi": lambda: transcendental("pi"),
}
"""Names with a fixed value, computed when it is needed; a bank cannot give them another."""
