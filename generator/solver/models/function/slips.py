"""The mistakes of differentiation: a rule that is wrong in one place, and the cure.

The likelier one comes first. A mistake is carried out through the whole derivative, as a student
does who believes in the wrong rule; `mistakes` drops those that make no difference.
"""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

from generator.model.dataclass import dataclass
from generator.model.formula import Term
from generator.solver.models.function.build import (
    MINUS,
    ONE,
    call,
    minus,
    negative,
    over,
    plus,
    power,
    times,
)
from generator.solver.models.function.rules import OUTER, RULES, TWO, Outer, Rules
from generator.solver.models.function.tidy import tidy


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Slip:
    """Rules of which `rule` is wrong, and what is to be said to whoever follows them."""

    rule: str
    rules: Rules
    because: str


def _outer(**wrong: Outer) -> Rules:
    return replace(RULES, outer=MappingProxyType({**OUTER, **wrong}))


def _swapped(u: Term, v: Term, du: Term, dv: Term) -> Term:
    return over(minus(times(u, dv), times(du, v)), power(v, TWO))


def _added(u: Term, v: Term, du: Term, dv: Term) -> Term:
    return over(plus(times(du, v), times(u, dv)), power(v, TWO))


def _unsquared(u: Term, v: Term, du: Term, dv: Term) -> Term:
    return over(minus(times(du, v), times(u, dv)), v)


def _as_power(u: Term) -> Term:
    return times(u, call("exp", plus(u, MINUS)))


def _half_logistic(u: Term) -> Term:
    return plus(ONE, negative(call("sigmoid", u)))


def _half_hyperbolic(u: Term) -> Term:
    return plus(ONE, negative(call("tanh", u)))


SLIPS: tuple[Slip, ...] = (
    Slip(
        rule="chain",
        rules=replace(RULES, chain=lambda outer, u, _: outer(u)),
        because="The inner derivative is missing: by the chain rule, the derivative of the outer "
        "function is multiplied by that of the inner one.",
    ),
    Slip(
        rule="product",
        rules=replace(RULES, product=lambda _, __, du, dv: times(du, dv)),
        because="A product is not differentiated factor by factor: $(uv)' = u'v + uv'$.",
    ),
    Slip(
        rule="quotient",
        rules=replace(RULES, quotient=_swapped),
        because="The numerator of the quotient rule has the wrong sign: it begins with the "
        "derivative of the numerator, $u'v - uv'$.",
    ),
    Slip(
        rule="quotient",
        rules=replace(RULES, quotient=lambda _, __, du, dv: over(du, dv)),
        because="A fraction is not differentiated above and below by itself: "
        r"$\left(\frac{u}{v}\right)' = \frac{u'v - uv'}{v^2}$.",
    ),
    Slip(
        rule="quotient",
        rules=replace(RULES, quotient=_added),
        because="The numerator of the quotient rule is a difference, $u'v - uv'$; the sum belongs "
        "to the product rule.",
    ),
    Slip(
        rule="quotient",
        rules=replace(RULES, quotient=_unsquared),
        because="The denominator of the quotient rule is the square $v^2$.",
    ),
    Slip(
        rule="cos",
        rules=_outer(cos=lambda u: call("sin", u)),
        because="The sign is wrong: the derivative of the cosine is minus the sine.",
    ),
    Slip(
        rule="sin",
        rules=_outer(sin=lambda u: negative(call("cos", u))),
        because="The sign is wrong: the derivative of the sine is the cosine, without a minus.",
    ),
    Slip(
        rule="exp",
        rules=_outer(exp=_as_power),
        because="The exponential function is no power of the variable: its exponent stays as it "
        "is, $(e^u)' = e^u \\cdot u'$.",
    ),
    Slip(
        rule="base",
        rules=replace(RULES, base=power),
        because=r"A factor is missing: $(a^u)' = a^u \ln(a) \cdot u'$, as only $e$ has the "
        "logarithm 1.",
    ),
    Slip(
        rule="sqrt",
        rules=_outer(sqrt=lambda u: over(ONE, call("sqrt", u))),
        because=r"A factor is missing: $\left(\sqrt{u}\right)' = \frac{u'}{2\sqrt{u}}$.",
    ),
    Slip(
        rule="power",
        rules=replace(RULES, power=lambda base, exponent: times(exponent, power(base, exponent))),
        because="The exponent must be lowered by one: $(x^n)' = n x^{n-1}$.",
    ),
    Slip(
        rule="power",
        rules=replace(RULES, power=lambda base, exponent: power(base, tidy(plus(exponent, MINUS)))),
        because="The exponent must also become a factor: $(x^n)' = n x^{n-1}$.",
    ),
    Slip(
        rule="chain",
        rules=replace(RULES, chain=lambda outer, _, du: outer(du)),
        because="The inner derivative is a factor of its own; the outer function keeps its "
        r"argument: $f(g(x))' = f'(g(x)) \cdot g'(x)$.",
    ),
    Slip(
        rule="product",
        rules=replace(RULES, product=lambda _, v, du, __: times(du, v)),
        because="Only the first factor was differentiated: $(uv)' = u'v + uv'$ has a second part.",
    ),
    Slip(
        rule="sigmoid",
        rules=_outer(sigmoid=_half_logistic),
        because=r"A factor is missing: $\sigma'(u) = \sigma(u)(1 - \sigma(u))$.",
    ),
    Slip(
        rule="tanh",
        rules=_outer(tanh=_half_hyperbolic),
        because=r"The square is missing: $\tanh'(u) = 1 - \tanh^2(u)$.",
    ),
    Slip(
        rule="tan",
        rules=_outer(tan=lambda u: over(ONE, call("cos", u))),
        because=r"The square is missing: $\tan'(u) = \frac{1}{\cos^2(u)}$.",
    ),
    Slip(
        rule="constant",
        rules=replace(RULES, constant=lambda term: term),
        because="What does not depend on the variable is constant, and the derivative of a "
        "constant is 0.",
    ),
)
"""Wrong rules, the likelier first."""
