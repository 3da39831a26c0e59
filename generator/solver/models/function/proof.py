"""A derivative is right: at points of the domain it is SymPy's, and the difference quotient.

Ours follows the rules on the term; SymPy's is its own; difference quotients are taken of the
expression as its author wrote it, and know nothing of terms. All have 100 digits at rational points
drawn by hashing, small ones first; two functions that agree at one in 25 digits are the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from functools import lru_cache, reduce
from hashlib import blake2b
from types import MappingProxyType
from typing import Any

from generator.model.formula import Call, Number, Power, Product, Quotient, Sum, Symbol, Term
from generator.solver.contract import Disagreement
from generator.solver.models.function import numeric, symbolic
from generator.solver.models.function.numeric import Function, Point, Undefined

Names = tuple[str, ...]
"""Of variables."""

POINTS = 3
"""So many points must tell."""

DRAWN = 48
SIZES = (Fraction(2), Fraction(1, 2), Fraction(1), Fraction(8), Fraction(40), Fraction(200))
"""How many points are looked at, and how far from 0 they lie, in turn."""

_NEAR = Fraction(1, 10**25)


class Nowhere(Exception):  # noqa: N818 - the author's function, not the program, is at fault
    """No point was found where a function and its derivative have a value."""


def points(variables: Names) -> Iterator[Point]:
    """Points to compare at."""
    for place in range(DRAWN):
        yield {name: _drawn(name, place) for name in variables}


@lru_cache(maxsize=1024)
def _drawn(name: str, place: int) -> numeric.Number:
    digest = blake2b(f"{name}\0{place}".encode(), digest_size=4).digest()
    share = Fraction(int.from_bytes(digest, "big"), 2**32)
    sign = -1 if place % 3 == 2 else 1
    return numeric.number(sign * SIZES[place % len(SIZES)] * share)


def prove(
    quantity: str, term: Term, found: Term, by: Names, original: Function, *, variables: Names
) -> int:
    """How many points show that `found` is the derivative of `term` by these variables.

    `variables` are all there are: of one in the expression, nothing may be left in the term.
    Raises Disagreement where it is not, Nowhere where that cannot be seen.
    """
    expected, quotient = symbolic.derivative(term, by), numeric.difference(original, by)
    agreed = 0
    for point in points(variables):
        try:
            own = value(found, point)
            values = quotient(point), expected(point)
        except Undefined:
            continue
        compare(quantity, own, values)
        agreed += 1
        if agreed == POINTS:
            break
    if not agreed:
        raise Nowhere
    return agreed


def compare(quantity: str, own: numeric.Number, values: tuple[numeric.Number, ...]) -> None:
    """Raise Disagreement unless the difference quotient and, if it is there, SymPy agree."""
    for who, other in zip(("the difference quotient gives", "SymPy gives"), values, strict=False):
        if not near(own, other):
            shown = numeric.context().nstr
            raise Disagreement(quantity, f"the rules give {shown(own)}", f"{who} {shown(other)}")


def near(one: numeric.Number, other: numeric.Number) -> bool:
    """Whether two numbers agree in 25 digits, relative to 1 or to the larger."""
    return bool(abs(one - other) <= numeric.number(_NEAR) * max(1, abs(one), abs(other)))


# --- values of terms ---------------------------------------------------------------------------


def value(term: Term, point: Point) -> numeric.Number:
    """The value of a term with 100 digits; raises `Undefined` where it has none."""
    return _VALUES[type(term)](term, point)


def _symbol(term: Symbol, point: Point) -> numeric.Number:
    return point[term.name] if term.name in point else +numeric.context().pi


def _parts(term: Term, point: Point) -> Iterator[numeric.Number]:
    return (value(part, point) for part in term.parts)


_VALUES: Mapping[type[Term], Callable[[Any, Point], numeric.Number]] = MappingProxyType(
    {
        Number: lambda term, _: numeric.number(term.value),
        Symbol: _symbol,
        Sum: lambda term, point: reduce(lambda a, b: a + b, _parts(term, point)),
        Product: lambda term, point: reduce(lambda a, b: a * b, _parts(term, point)),
        Quotient: lambda term, point: numeric.quotient(*_parts(term, point)),
        Power: lambda term, point: numeric.power(*_parts(term, point)),
        Call: lambda term, point: numeric.FUNCTIONS[term.function](*_parts(term, point)),
    }
)
"""Class of term -> its value."""
