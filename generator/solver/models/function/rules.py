"""Differentiation, rule by rule, as a person does it: each step says what was put into which rule.

`Rules` holds the formulas, so a wrong formula in one place is a mistake that a student makes (see
`slips`). Steps put the final forms of their pieces in.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field, replace
from types import MappingProxyType

from generator.model.dataclass import dataclass
from generator.model.formula import (
    Call,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    Symbol,
    Term,
    constant,
)
from generator.solver.models.function.build import (
    MINUS,
    ONE,
    ZERO,
    call,
    depends,
    minus,
    negative,
    over,
    plus,
    power,
    times,
)
from generator.solver.models.function.forms import HALF
from generator.solver.models.function.tidy import tidy

Outer = Callable[[Term], Term]
"""The derivative of a function by its argument, at this argument."""

TWO = constant(2)


def _natural(u: Term) -> Term:
    return over(ONE, u)


def _root(u: Term) -> Term:
    return over(ONE, times(TWO, call("sqrt", u)))


def _tangent(u: Term) -> Term:
    return over(ONE, power(call("cos", u), TWO))


def _hyperbolic(u: Term) -> Term:
    return plus(ONE, negative(power(call("tanh", u), TWO)))


def _logistic(u: Term) -> Term:
    return times(call("sigmoid", u), plus(ONE, negative(call("sigmoid", u))))


OUTER: Mapping[str, Outer] = MappingProxyType(
    {
        "exp": lambda u: call("exp", u),
        "log": _natural,
        "sqrt": _root,
        "sin": lambda u: call("cos", u),
        "cos": lambda u: negative(call("sin", u)),
        "tan": _tangent,
        "tanh": _hyperbolic,
        "sigmoid": _logistic,
        "softplus": lambda u: call("sigmoid", u),
    }
)
"""The functions that can be differentiated, with their derivatives."""


def _power_rule(base: Term, exponent: Term) -> Term:
    return times(exponent, power(base, tidy(plus(exponent, MINUS))))


def _product_rule(u: Term, v: Term, du: Term, dv: Term) -> Term:
    return plus(times(du, v), times(u, dv))


def _quotient_rule(u: Term, v: Term, du: Term, dv: Term) -> Term:
    return over(minus(times(du, v), times(u, dv)), power(v, TWO))


def _chain_rule(outer: Outer, u: Term, du: Term) -> Term:
    return times(outer(u), du)


def _base_rule(base: Term, exponent: Term) -> Term:
    return times(power(base, exponent), call("log", base))


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """The formulas of differentiation.

    `constant` is the derivative of a term without the variable, `power` that of ``base^exponent``
    by its base, `base` that by its exponent; `chain` takes the outer derivative, the inner function
    and its derivative. `product` and `quotient` take u, v, u', v'.
    """

    constant: Callable[[Term], Term] = lambda _: ZERO
    power: Callable[[Term, Term], Term] = _power_rule
    base: Callable[[Term, Term], Term] = _base_rule
    product: Callable[[Term, Term, Term, Term], Term] = _product_rule
    quotient: Callable[[Term, Term, Term, Term], Term] = _quotient_rule
    chain: Callable[[Outer, Term, Term], Term] = _chain_rule
    outer: Mapping[str, Outer] = field(default_factory=lambda: OUTER)


RULES = Rules()


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A term, the rule that its derivative takes, and what that gives: `raw`, then as `value`.

    `inner` are the terms that the rule calls u and v, `pieces` the steps for them. Of a chain,
    `outer` is the rule for the outer function.
    """

    rule: str
    term: Term
    raw: Term
    value: Term
    pieces: tuple[Step, ...] = ()
    inner: tuple[Term, ...] = ()
    outer: str = ""

    @property
    def used(self) -> frozenset[str]:
        """All rules that were followed."""
        return frozenset({self.rule, self.outer}).union(*(piece.used for piece in self.pieces))

    @property
    def is_easy(self) -> bool:
        """Whether it is written down at once: a power, a function of the variable itself."""
        if self.rule in ("factor", "sum"):
            return all(piece.is_easy for piece in self.pieces)
        return not self.pieces


def differentiate(
    term: Term, variable: str, rules: Rules = RULES, *, decimals: bool = False, tidied: bool = True
) -> Step:
    """The derivative of a term by a variable, with all that was done.

    Where it is not to be `tidied`, values stay as the rules leave them.
    """
    return _Work(variable, rules, decimals, tidied).step(term)


@dataclass(frozen=True, slots=True)
class _Work:
    """A method for each kind of term."""

    variable: str
    rules: Rules
    decimals: bool
    tidied: bool

    def made(
        self, rule: str, term: Term, raw: Term, *pieces: Step, inner: tuple[Term, ...] = ()
    ) -> Step:
        """A step with its value."""
        value = tidy(raw, decimals=self.decimals) if self.tidied else raw
        return Step(rule=rule, term=term, raw=raw, value=value, pieces=pieces, inner=inner)

    def step(self, term: Term) -> Step:
        """The derivative of a term."""
        if not self.moves(term):
            return self.made("constant", term, self.rules.constant(term))
        return _STEPS[type(term)](self, term)

    def moves(self, term: Term) -> bool:
        """Whether the term depends on the variable."""
        return depends(term, self.variable)

    def sum(self, term: Sum) -> Step:
        pieces = tuple(map(self.step, term.terms))
        return self.made("sum", term, plus(*(piece.value for piece in pieces)), *pieces)

    def product(self, term: Product) -> Step:
        still, moving = self._split(term)
        if still:
            return self.factor(term, times(*still), times(*moving))
        u, v = moving[0], times(*moving[1:])
        du, dv = self.step(u), self.step(v)
        raw = self.rules.product(u, v, du.value, dv.value)
        return self.made("product", term, raw, du, dv, inner=(u, v))

    def _split(self, term: Term) -> tuple[list[Term], list[Term]]:
        """The constant factors, and the others."""
        still, moving = list[Term](), list[Term]()
        for factor in term.factors if isinstance(term, Product) else (term,):
            (moving if self.moves(factor) else still).append(factor)
        return still, moving

    def factor(self, term: Term, still: Term, moving: Term) -> Step:
        """A constant factor stays; in front of a sum it is multiplied with each part."""
        piece = self.step(moving)
        parts = piece.value.terms if isinstance(piece.value, Sum) else (piece.value,)
        raw = plus(*(times(still, part) for part in parts))
        return self.made("factor", term, raw, piece, inner=(still, moving))

    def quotient(self, term: Quotient) -> Step:
        u, v = term.above, term.below
        if not self.moves(v):
            return self.factor(term, over(ONE, v), u)
        still, moving = self._split(v)
        if not self.moves(u) and (found := self._negative_power(times(*moving))) is not None:
            outside = over(u, times(*still))
            return self.factor(term, outside, found) if outside != ONE else self.step(found)
        du, dv = self.step(u), self.step(v)
        raw = self.rules.quotient(u, v, du.value, dv.value)
        return self.made("quotient", term, raw, du, dv, inner=(u, v))

    def _negative_power(self, below: Term) -> Term | None:
        """``x^{-3}`` for ``1/x^3``, ``x^{-1/2}`` for the root."""
        if isinstance(below, Symbol):
            return Power(base=below, exponent=MINUS)
        if isinstance(below, Power) and isinstance(below.exponent, Number):
            return Power(base=below.base, exponent=constant(-below.exponent.value))
        if isinstance(below, Call) and below.function == "sqrt":
            return Power(base=below.arguments[0], exponent=constant(-HALF))
        return None

    def power(self, term: Power) -> Step:
        base, exponent = term.base, term.exponent
        if not self.moves(exponent):
            return self.chained(term, "power", lambda u: self.rules.power(u, exponent), base)
        if not self.moves(base):
            return self.chained(term, "base", lambda u: self.rules.base(base, u), exponent)
        logarithm = times(exponent, call("log", base))
        piece = self.step(logarithm)
        raw = times(term, piece.value)
        return self.made("logarithmic", term, raw, piece, inner=(logarithm,))

    def call(self, term: Call) -> Step:
        return self.chained(term, term.function, self.rules.outer[term.function], term.arguments[0])

    def chained(self, term: Term, rule: str, outer: Outer, u: Term) -> Step:
        """A function of the variable, or of a term that depends on it."""
        if isinstance(u, Symbol):
            return self.made(rule, term, outer(u))
        piece = self.step(u)
        raw = self.rules.chain(outer, u, piece.value)
        return replace(self.made("chain", term, raw, piece, inner=(outer(u), u)), outer=rule)


_STEPS: Mapping[type[Term], Callable[..., Step]] = MappingProxyType(
    {
        Symbol: lambda work, term: work.made("variable", term, ONE),
        Sum: _Work.sum,
        Product: _Work.product,
        Quotient: _Work.quotient,
        Power: _Work.power,
        Call: _Work.call,
    }
)
"""Class of term -> how it is differentiated."""
