"""Formulas in Maxima's language, as STACK compares them: ``-2*(y-z)*h[i]``.

An entry of a table keeps its index in brackets, so that an index may be a formula and a sum may run
over it: ``sum(w[i]*x[i+j-1],i,1,4)``. Numbers stay exact. What has no faithful counterpart there
raises `Unsaid`, with the reason for people.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from enum import IntEnum
from types import MappingProxyType
from typing import Any, NamedTuple

from generator.model.formula import (
    Call,
    Cases,
    Indicator,
    Number,
    Power,
    Product,
    Quotient,
    Series,
    Sum,
    Symbol,
    Term,
    Vector,
    constant,
)


class Unsaid(Exception):  # noqa: N818 - an answer: the formula is asked for in another way
    """A formula that Maxima has no words for; the message says why."""


class Level(IntEnum):
    """How tightly a text holds together."""

    SUM = 0
    PRODUCT = 1
    POWER = 2
    ATOM = 3


class Said(NamedTuple):
    """A formula as text. What begins with a minus holds together no more than a sum."""

    text: str
    level: Level = Level.ATOM

    def within(self, level: Level) -> str:
        """The text where at least this level is asked for, in parentheses if it needs them."""
        return self.text if self.level >= level else f"({self.text})"


def maxima(term: Term) -> str:
    """A term as Maxima reads it. Raises Unsaid where it cannot be said."""
    return _said(term).text


def named(name: str) -> str:
    """The name of a quantity. Raises Unsaid where Maxima or STACK means something else by it."""
    if not _NAME.fullmatch(name):
        raise Unsaid(f"`{name}` is no name in Maxima")
    if name in _TAKEN:
        raise Unsaid(f"`{name}` means something else in Maxima")
    return name


_NAME = re.compile(r"[A-Za-z][A-Za-z0-9]*")
_TAKEN = frozenset({"e", "pi", "inf", "lambda"})
_TAKEN_BY_FUNCTIONS = frozenset({"beta", "gamma", "psi", "zeta"})
"""Letters that are free for quantities, but not for functions: Maxima has its own."""
_CONSTANTS = MappingProxyType({"e": "%e", "pi": "%pi"})
"""Where no quantity has these names."""


def called(name: str) -> str:
    """The name of a function. Raises Unsaid where Maxima or STACK means something else by it."""
    if name in _TAKEN_BY_FUNCTIONS:
        raise Unsaid(f"`{name}` is a function of Maxima's own")
    return named(name)


def _said(term: Term) -> Said:
    return _WRITERS[type(term)](term)


# --- arithmetic --------------------------------------------------------------------------------


def _number(term: Number) -> Said:
    value = term.value
    if value < 0:
        return Said(str(value), Level.SUM)
    return Said(str(value), Level.ATOM if value.denominator == 1 else Level.PRODUCT)


def _symbol(term: Symbol) -> Said:
    if not term.at and term.name in _CONSTANTS:
        return Said(_CONSTANTS[term.name])
    name = named(term.name)
    return Said(f"{name}[{','.join(map(maxima, term.at))}]" if term.at else name)


def _sum(term: Sum) -> Said:
    """``a-b`` for what is kept as ``a + (-1) b``."""
    pieces = [_addend(one) for one in term.terms] or ["0"]
    text = "".join(piece if piece.startswith("-") else f"+{piece}" for piece in pieces)
    return Said(text.removeprefix("+"), Level.SUM)


def _addend(term: Term) -> str:
    said = _said(term)
    return said.text if said.level > Level.SUM or said.text.startswith("-") else f"({said.text})"


def _product(term: Product) -> Said:
    factors = list(term.factors)
    negative = bool(factors) and factors[0] == constant(-1)
    rest = factors[1:] if negative else factors
    first = isinstance(rest[0], Number) if rest and not negative else False
    texts = [_said(one).within(Level.PRODUCT) for one in rest] or ["1"]
    if first:
        texts[0] = _leading(rest[0])
    text = "*".join(texts)
    return Said(f"-{text}", Level.SUM) if negative else Said(text, _level_of(text))


def _leading(term: Term) -> str:
    """A number in front needs no parentheses for its sign."""
    assert isinstance(term, Number)  # noqa: S101 - asked by the caller
    return str(term.value)


def _level_of(text: str) -> Level:
    return Level.SUM if text.startswith("-") else Level.PRODUCT


def _quotient(term: Quotient) -> Said:
    above, below = _said(term.above), _said(term.below)
    return Said(f"{above.within(Level.PRODUCT)}/{below.within(Level.POWER)}", Level.PRODUCT)


def _power(term: Power) -> Said:
    base, exponent = _said(term.base), _said(term.exponent)
    return Said(f"{base.within(Level.ATOM)}^{exponent.within(Level.ATOM)}", Level.POWER)


def _vector(term: Vector) -> Said:
    return Said(f"[{','.join(map(maxima, term.items))}]")


# --- over a letter, by cases, functions --------------------------------------------------------


def _series(term: Series) -> Said:
    if term.fold == "place":
        raise Unsaid("Maxima has no word for the place of the largest entry")
    if term.last is None:
        raise Unsaid(f"it is not said how far `{term.letter}` runs")
    range_ = f"{named(term.letter)},{maxima(term.first)},{maxima(term.last)}"
    return Said(_FOLDS[term.fold].format(body=maxima(term.body), range=range_))


_FOLDS = MappingProxyType(
    {
        "sum": "sum({body},{range})",
        "product": "product({body},{range})",
        "max": "lmax(makelist({body},{range}))",
    }
)


def _indicator(term: Indicator) -> Said:
    return Said(_RELATIONS[term.relation].format(left=maxima(term.left), right=maxima(term.right)))


_RELATIONS = MappingProxyType(
    {sign: f"charfun({{left}} {sign} {{right}})" for sign in ("<", "<=", ">", ">=")}
    | {"=": "charfun(equal({left},{right}))", "!=": "charfun(notequal({left},{right}))"}
)


def _cases(term: Cases) -> Said:
    """Maxima's ``if`` waits for a condition that it cannot decide; a product does not."""
    other = Sum(terms=(constant(1), Product(factors=(constant(-1), term.condition))))
    return _said(
        Sum(
            terms=(
                Product(factors=(term.condition, term.yes)),
                Product(factors=(other, term.no)),
            )
        )
    )


def _call(term: Call) -> Said:
    if term.derived:
        raise Unsaid(f"Maxima has no word for the derivative of `{term.function}`")
    arguments = [maxima(one) for one in term.arguments]
    if term.function not in _FUNCTIONS:
        return Said(f"{called(term.function)}({','.join(arguments)})")
    shape, count = _FUNCTIONS[term.function]
    if count is None:
        return Said(shape.format(",".join(arguments)))
    if count != len(arguments):
        raise Unsaid(f"`{term.function}` takes no {len(arguments)} arguments")
    return Said(shape.format(*arguments))


_SAME = ("exp", "sin", "cos", "tan", "tanh", "sqrt", "abs", "log")
_FUNCTIONS: Mapping[str, tuple[str, int | None]] = MappingProxyType(
    {name: (f"{name}({{0}})", 1) for name in _SAME}
    | {"max": ("max({0})", None), "min": ("min({0})", None), "sign": ("signum({0})", 1)}
    | {"relu": ("max(0,{0})", 1), "clip": ("max({1},min({0},{2}))", 3)}
    | {"sigmoid": ("(1/(1+exp(-({0}))))", 1), "softplus": ("log(1+exp({0}))", 1)}
)
"""The functions of mathematics: how Maxima says them, and of how many arguments."""


def is_known(function: str) -> bool:
    """Whether Maxima knows a function by itself."""
    return function in _FUNCTIONS


_WRITERS: Mapping[type[Term], Callable[[Any], Said]] = MappingProxyType(
    {
        Number: _number,
        Symbol: _symbol,
        Sum: _sum,
        Product: _product,
        Quotient: _quotient,
        Power: _power,
        Series: _series,
        Indicator: _indicator,
        Cases: _cases,
        Call: _call,
        Vector: _vector,
    }
)
"""Class of term -> its text."""
