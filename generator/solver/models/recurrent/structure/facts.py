"""What can be true of an activation, and how it is said.

A proof about a cell may use nothing of an activation but its facts, so a fact must hold for every
real argument. Each is a statement about ``y = f(a)`` or, for two arguments, also about
``z = f(b)``; the search evaluates the same statements on its random cells, and a fact that fails
there is reported, never believed.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from generator.model.dataclass import dataclass
from generator.solver.models.recurrent.structure.terms import (
    Statement,
    Term,
    both,
    compare,
    if_then,
    name,
    operation,
)

Column = NDArray[np.float64]
Kind = Literal["range", "sign", "size", "definition", "same", "order", "symmetry"]

A, Y, B, Z = name("a"), name("y"), name("b"), name("z")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Fact:
    """Something true of an activation f, as a statement and as a clause of Markdown.

    It stands in the table once, and is the same as itself only.

    In `words`, ``<f>`` stands for the LaTeX of f and ``<formula>`` for that of f(a). `here` says
    what it means at one argument, whose LaTeX takes the place of ``<a>``, and that of the value
    the place of ``<y>``; it is empty where that would be no clearer.
    """

    kind: Kind
    words: str
    statement: Statement
    here: str = ""

    @property
    def pair(self) -> bool:
        """Whether the fact is about two arguments."""
        return self.kind in ("same", "order", "symmetry")


@dataclass(frozen=True, slots=True, kw_only=True)
class Activation:
    """An activation function f.

    `definition` is f(a) as a term in ``a`` if f takes rational numbers to rational ones; else
    `columns` computes f for arrays. `enclose` computes it for an interval of mpmath's interval
    context (its first argument), where the definition does not lead to a polynomial. `at_zero` is
    f(0), None if that is irrational. A `symmetric` f has f(-a) = 2 f(0) - f(a). `derivative` gives
    f'(a) from the term of a; it is None where f has corners. A `familiar` function need not be
    defined where it is used.
    """

    words: str
    latex: str
    formula: str
    facts: tuple[Fact, ...]
    at_zero: Fraction | None
    symmetric: bool = False
    definition: Term | None = None
    columns: Callable[[Column], Column] | None = None
    enclose: Callable[[Any, Any], Any] | None = None
    derivative: Callable[[Term], Term] | None = None
    familiar: bool = False

    def says(self, fact: Fact) -> str:
        """The fact in words, about this function."""
        return fact.words.replace("<f>", self.latex).replace("<formula>", self.formula)


def open_range(low: int, high: int) -> Fact:
    """Values strictly between two numbers, as near to both as one likes."""
    return Fact(
        kind="range",
        words=f"the range of $<f>$ is the open interval $({low}, {high})$",
        statement=both(compare(Y, ">", low), compare(Y, "<", high)),
        here=f"${low} < <y> < {high}$",
    )


def closed_range(low: int, high: int) -> Fact:
    """Values between two numbers, which are both reached."""
    return Fact(
        kind="range",
        words=f"the range of $<f>$ is the closed interval $[{low}, {high}]$",
        statement=both(compare(Y, ">=", low), compare(Y, "<=", high)),
        here=rf"${low} \le <y> \le {high}$",
    )


def positive() -> Fact:
    """Every positive number is a value, and no other."""
    return Fact(
        kind="range",
        words=r"the range of $<f>$ is the open interval $(0, \infty)$",
        statement=compare(Y, ">", 0),
        here="$<y> > 0$",
    )


def non_negative() -> Fact:
    """Every number from 0 on is a value, and no other."""
    return Fact(
        kind="range",
        words=r"the range of $<f>$ is the interval $[0, \infty)$",
        statement=compare(Y, ">=", 0),
        here=r"$<y> \ge 0$",
    )


def same_sign() -> Fact:
    """The sign of the argument is kept."""
    return Fact(
        kind="sign",
        words="$<f>(a)$ has the same sign as $a$, and $<f>(0) = 0$",
        statement=_side(Fraction(0)),
        here="$<y>$ has the same sign as $<a>$",
    )


def about_half() -> Fact:
    """Positive arguments give more than a half, negative ones less."""
    return Fact(
        kind="sign",
        words=(
            r"$<f>(a)$ is less than, equal to or greater than $\frac{1}{2}$ as $a$ is negative, "
            "zero or positive"
        ),
        statement=_side(Fraction(1, 2)),
        here=r"$<y> - \frac{1}{2}$ has the same sign as $<a>$",
    )


def _side(centre: Fraction) -> Statement:
    return both(
        *(if_then(compare(A, sign, 0), compare(Y, sign, centre)) for sign in ("<", "==", ">"))
    )


def nearer_zero() -> Fact:
    """The value is smaller than the argument in size, but for 0."""
    size, bound = operation("abs", Y), operation("abs", A)
    return Fact(
        kind="size",
        words=r"$|<f>(a)| \le |a|$, with equality only at $a = 0$",
        statement=both(
            compare(size, "<=", bound), if_then(compare(A, "!=", 0), compare(size, "<", bound))
        ),
        here=r"$|<y>| \le |<a>|$, with equality only at $0$",
    )


def no_larger() -> Fact:
    """The value is at most as large as the argument in size."""
    return Fact(
        kind="size",
        words=r"$|<f>(a)| \le |a|$",
        statement=compare(operation("abs", Y), "<=", operation("abs", A)),
        here=r"$|<y>| \le |<a>|$",
    )


def near_half(slope: Fraction) -> Fact:
    """The value is 1/2 at 0, and moves away from it at most `slope` times as fast as a."""
    distance = operation("abs", operation("-", Y, Fraction(1, 2)))
    return Fact(
        kind="size",
        words=rf"$|<f>(a) - \frac{{1}}{{2}}| \le \frac{{|a|}}{{{slope.denominator}}}$",
        statement=compare(distance, "<=", operation("*", slope, operation("abs", A))),
        here=rf"$|<y> - \frac{{1}}{{2}}| \le \frac{{1}}{{{slope.denominator}}} |<a>|$",
    )


def above(operator: Literal[">", ">="]) -> Fact:
    """The value exceeds the argument (``>``), or at least reaches it (``>=``)."""
    sign = {">": ">", ">=": r"\ge"}[operator]
    return Fact(
        kind="size",
        words=f"$<f>(a) {sign} a$",
        statement=compare(Y, operator, A),
        here=f"$<y> {sign} <a>$",
    )


SAME = Fact(
    kind="same",
    words="$<f>$ has equal values at equal arguments",
    statement=if_then(compare(A, "==", B), compare(Y, "==", Z)),
)
"""What is true of every function."""


def increasing() -> Fact:
    """A larger argument gives a larger value."""
    return Fact(
        kind="order",
        words="$<f>$ is strictly increasing",
        statement=both(*(if_then(compare(A, sign, B), compare(Y, sign, Z)) for sign in ("<", ">"))),
    )


def never_decreasing() -> Fact:
    """A larger argument gives no smaller value."""
    return Fact(
        kind="order",
        words="$<f>$ never decreases",
        statement=both(
            *(if_then(compare(A, sign, B), compare(Y, sign, Z)) for sign in ("<=", ">="))
        ),
    )


def symmetric_about(centre: Fraction) -> Fact:
    """Opposite arguments give values on opposite sides of `centre`, at equal distance."""
    words = "$<f>$ is odd" if centre == 0 else f"$<f>(-a) = {2 * centre} - <f>(a)$"
    opposite = compare(operation("+", A, B), "==", 0)
    return Fact(
        kind="symmetry",
        words=words,
        statement=if_then(opposite, compare(operation("+", Y, Z), "==", 2 * centre)),
    )


def defined_as(definition: Term) -> Fact:
    """The definition itself, for functions made of straight lines."""
    return Fact(
        kind="definition",
        words="$<f>(a) = <formula>$",
        statement=compare(Y, "==", definition),
    )
