"""The functions that an expression can call, and the constants it can name.

`FUNCTIONS` is the whole of it. Results are exact wherever an exact result exists: ``sqrt(9/4)`` is
``3/2`` and ``exp(0)`` is 1; otherwise they are `Real`. A function of numbers also takes vectors,
entry by entry.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial, reduce
from typing import Any

import numpy as np

from generator.language import arithmetic, matrices, operators, scalars, vectors
from generator.language.columns import Operation, apply, guarded, rowwise
from generator.language.faults import Fault
from generator.language.nodes import Call, Node, walk
from generator.language.reals import Real, transcendental
from generator.model.dataclass import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Function:
    """A function by name, `usage` as an author writes it, and what it does in a few words.

    It takes `least` to `most` arguments (None: any number). Each entry of its result counts as
    `steps` of an evaluation's (see `limits.STEPS`).
    """

    usage: str
    summary: str
    least: int
    most: int | None
    apply: Callable[..., object]
    steps: int = 1


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


# --- the table ---------------------------------------------------------------------------------


def _lifted(
    usage: str,
    summary: str,
    exact: Callable[..., object],
    fast: Callable[..., Any] | None = None,
    *,
    most: int | None = None,
    steps: int = 1,
) -> Function:
    """A function of numbers, lifted to columns and, entry by entry, to vectors."""
    least = usage.partition("[")[0].count(",") + 1
    return Function(
        usage=usage,
        summary=summary,
        least=least,
        most=most or least,
        apply=partial(apply, Operation(exact, fast)),
        steps=steps,
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


def _eliminating(usage: str, summary: str, function: Callable[..., object]) -> Function:
    """A function of a matrix that takes many operations for each of its entries."""
    return Function(usage=usage, summary=summary, least=1, most=1, apply=function, steps=100)


def _irrational(
    usage: str, summary: str, exact: Callable[..., object], most: int | None = None
) -> Function:
    """A function whose result is rational at a few points only, and takes longer at the others."""
    return _lifted(usage, summary, exact, most=most, steps=100)


def _fold(usage: str, summary: str, operation: Operation) -> Function:
    """A function of two numbers, extended to any number of them."""

    def function(*values: object) -> object:
        return reduce(partial(apply, operation), values)

    return _whole(usage, summary, function, 1, None)


def _same(value: Any) -> Any:
    return value


_MIN = Operation(scalars.smaller, np.minimum)
_MAX = Operation(scalars.larger, np.maximum)
_GCD = Operation(scalars.gcd, guarded(np.gcd, max))
_LCM = Operation(scalars.lcm, guarded(np.lcm, lambda a, b: a * b))

FUNCTIONS: dict[str, Function] = {
    "abs": _lifted("abs(x)", "the absolute value", scalars.absolute, guarded(np.abs, _same)),
    "sign": _lifted("sign(x)", "-1, 0 or 1", scalars.sign, np.sign),
    "floor": _lifted("floor(x)", "rounded down", arithmetic.floor, _same),
    "ceil": _lifted("ceil(x)", "rounded up", arithmetic.ceil, _same),
    "round": _lifted(
        "round(x[, places])", "rounded, halves away from zero", arithmetic.rounded, most=2
    ),
    "whole": _lifted("whole(x)", "whether x is a whole number", scalars.is_whole),
    "even": _lifted("even(n)", "whether n is even", scalars.is_even, lambda n: n % 2 == 0),
    "odd": _lifted("odd(n)", "whether n is odd", scalars.is_odd, lambda n: n % 2 == 1),
    "min": _whole(
        "min(a, b, ...)", "the smallest, also of a vector", vectors.extreme("min", _MIN), 1, None
    ),
    "max": _whole(
        "max(a, b, ...)", "the largest, also of a vector", vectors.extreme("max", _MAX), 1, None
    ),
    "gcd": _fold("gcd(a, b, ...)", "the greatest common divisor", _GCD),
    "lcm": _fold("lcm(a, b, ...)", "the least common multiple", _LCM),
    "factorial": _lifted("factorial(n)", "1 * 2 * ... * n", scalars.factorial),
    "binomial": _lifted("binomial(n, k)", "ways to choose k of n", scalars.binomial),
    "sqrt": _irrational("sqrt(x)", "the square root", arithmetic.square_root),
    "exp": _irrational("exp(x)", "e to the power x", arithmetic.exponential),
    "log": _irrational(
        "log(x[, base])", "the logarithm, natural without a base", scalars.log, most=2
    ),
    "sin": _irrational("sin(x)", "the sine, x in radians", scalars.circular("sin", 0)),
    "cos": _irrational("cos(x)", "the cosine, x in radians", scalars.circular("cos", 1)),
    "tan": _irrational("tan(x)", "the tangent, x in radians", scalars.circular("tan", 0)),
    "sigmoid": _irrational("sigmoid(x)", "1 / (1 + exp(-x))", scalars.sigmoid),
    "tanh": _irrational("tanh(x)", "the hyperbolic tangent", scalars.tanh),
    "relu": _lifted("relu(x)", "max(x, 0)", scalars.relu, lambda x: np.maximum(x, 0)),
    "softplus": _irrational("softplus(x)", "log(1 + exp(x))", scalars.softplus),
    "len": _whole("len(v)", "how many entries", vectors.length, 1, 1),
    "sum": _whole("sum(v)", "the sum of all entries", vectors.total, 1, 1),
    "prod": _whole("prod(v)", "the product of all entries", vectors.product, 1, 1),
    "mean": _whole("mean(v)", "the mean of all entries", vectors.mean, 1, 1),
    "dot": _whole("dot(v, w)", "the sum of the products of entries", operators.dot, 2, 2),
    "all": _whole("all(v)", "whether every entry is true", vectors.every, 1, 1),
    "any": _whole("any(v)", "whether some entry is true", vectors.some, 1, 1),
    "count": _whole("count(v, x)", "how many entries are x", vectors.count, 2, 2),
    "sort": _by_row("sort(v)", "the entries in rising order", vectors.rising),
    "reverse": _whole(
        "reverse(v)", "the entries from the last to the first", vectors.backwards, 1, 1
    ),
    "transpose": _whole("transpose(m)", "the rows as columns", operators.transpose, 1, 1),
    "det": _eliminating("det(m)", "the determinant", matrices.determinant),
    "trace": _whole("trace(m)", "the sum of the diagonal", matrices.trace, 1, 1),
    "rank": _eliminating(
        "rank(m)", "how many rows are independent", partial(rowwise, matrices.rank)
    ),
    "inverse": _eliminating("inverse(m)", "the inverse matrix", partial(rowwise, matrices.inverse)),
    "identity": _by_row("identity(n)", "the identity matrix", matrices.identity),
    "diag": _whole("diag(v)", "the matrix with this diagonal", matrices.diagonal, 1, 1),
    "norm": _whole("norm(v)", "the Euclidean length", matrices.norm, 1, 1),
    "cross": _whole("cross(v, w)", "the vector product", matrices.cross, 2, 2),
    "argmin": _by_row(
        "argmin(v)",
        "the index of the first smallest entry",
        vectors.argument("argmin", lambda a, b: a < b),
    ),
    "argmax": _by_row(
        "argmax(v)",
        "the index of the first largest entry",
        vectors.argument("argmax", lambda a, b: a > b),
    ),
    "slice": _by_row(
        "slice(v, start, stop)", "the entries from start to before stop", vectors.window, 3, 3
    ),
    "range": _by_row(
        "range([start, ]stop)", "the whole numbers to before stop", vectors.counting, 1, 2
    ),
}


CONSTANTS: dict[str, Callable[[], Real]] = {
    "pi": lambda: transcendental("pi"),
}
"""Names with a fixed value, computed when it is needed; a bank cannot give them another."""
