"""The activations that a cell's equations may use: how each is written and computed, and its facts.

Sources: sigmoid and tanh as in any textbook; hard sigmoid as in PyTorch 2 and Keras 3
(``relu6(a + 3) / 6``); hard tanh, leaky ReLU (slope 1/100), softplus and softsign as in PyTorch.
To add an activation, add it here: everything else reads this table.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from types import MappingProxyType

import numpy as np

from generator.solver.models.recurrent.structure import facts
from generator.solver.models.recurrent.structure.facts import A, Activation
from generator.solver.models.recurrent.structure.terms import Term, apply, operation

ZERO, HALF = Fraction(0), Fraction(1, 2)

IDENTITY = "linear"
"""The word for no activation at all; it leaves no trace in a cell."""


def _sigmoid_slope(argument: Term) -> Term:
    value = apply("sigmoid", argument)
    return operation("*", value, operation("-", 1, value))


def _tanh_slope(argument: Term) -> Term:
    return operation("-", 1, operation("**", apply("tanh", argument), 2))


def _softsign_slope(argument: Term) -> Term:
    # 1 - |a| / (1 + |a|) is 1 / (1 + |a|), whose square is the derivative.
    rest = operation("-", 1, operation("abs", apply("softsign", argument)))
    return operation("**", rest, 2)


_HARD_SIGMOID = operation("max", 0, operation("min", 1, operation("+", operation("/", A, 6), HALF)))
_HARD_TANH = operation("max", -1, operation("min", 1, A))
_RELU = operation("max", 0, A)
_LEAKY_RELU = operation("max", A, operation("/", A, 100))
_SOFTSIGN = operation("/", A, operation("+", 1, operation("abs", A)))

ACTIVATIONS: Mapping[str, Activation] = MappingProxyType(
    {
        "sigmoid": Activation(
            words="the sigmoid function",
            latex=r"\sigma",
            formula=r"\frac{1}{1 + e^{-a}}",
            at_zero=HALF,
            symmetric=True,
            columns=lambda a: (1 + np.tanh(a / 2)) / 2,
            enclose=lambda context, a: 1 / (1 + context.exp(-a)),
            derivative=_sigmoid_slope,
            familiar=True,
            facts=(
                facts.open_range(0, 1),
                facts.about_half(),
                facts.near_half(Fraction(1, 4)),
                facts.increasing(),
                facts.symmetric_about(HALF),
            ),
        ),
        "hard_sigmoid": Activation(
            words="the hard sigmoid function",
            latex=r"\sigma_{\mathrm{hard}}",
            formula=r"\max(0, \min(1, \frac{a}{6} + \frac{1}{2}))",
            at_zero=HALF,
            symmetric=True,
            definition=_HARD_SIGMOID,
            facts=(
                facts.closed_range(0, 1),
                facts.about_half(),
                facts.near_half(Fraction(1, 6)),
                facts.defined_as(_HARD_SIGMOID),
                facts.never_decreasing(),
                facts.symmetric_about(HALF),
            ),
        ),
        "tanh": Activation(
            words="the hyperbolic tangent",
            latex=r"\tanh",
            formula=r"\frac{e^{a} - e^{-a}}{e^{a} + e^{-a}}",
            at_zero=ZERO,
            symmetric=True,
            columns=np.tanh,
            enclose=lambda context, a: 1 - 2 / (1 + context.exp(2 * a)),
            derivative=_tanh_slope,
            familiar=True,
            facts=(
                facts.open_range(-1, 1),
                facts.same_sign(),
                facts.nearer_zero(),
                facts.increasing(),
                facts.symmetric_about(ZERO),
            ),
        ),
        "hard_tanh": Activation(
            words="the hard hyperbolic tangent",
            latex=r"\operatorname{hardtanh}",
            formula=r"\max(-1, \min(1, a))",
            at_zero=ZERO,
            symmetric=True,
            definition=_HARD_TANH,
            facts=(
                facts.closed_range(-1, 1),
                facts.same_sign(),
                facts.no_larger(),
                facts.defined_as(_HARD_TANH),
                facts.never_decreasing(),
                facts.symmetric_about(ZERO),
            ),
        ),
        "relu": Activation(
            words="the rectifier",
            latex=r"\operatorname{ReLU}",
            formula=r"\max(0, a)",
            at_zero=ZERO,
            definition=_RELU,
            facts=(
                facts.non_negative(),
                facts.above(">="),
                facts.no_larger(),
                facts.defined_as(_RELU),
                facts.never_decreasing(),
            ),
        ),
        "leaky_relu": Activation(
            words="the leaky rectifier",
            latex=r"\operatorname{LeakyReLU}",
            formula=r"\max(a, \frac{a}{100})",
            at_zero=ZERO,
            definition=_LEAKY_RELU,
            facts=(
                facts.same_sign(),
                facts.no_larger(),
                facts.defined_as(_LEAKY_RELU),
                facts.increasing(),
            ),
        ),
        "softplus": Activation(
            words="the softplus function",
            latex=r"\operatorname{softplus}",
            formula=r"\ln(1 + e^{a})",
            at_zero=None,
            columns=lambda a: np.logaddexp(0, a),
            enclose=lambda context, a: context.log(1 + context.exp(a)),
            derivative=lambda argument: apply("sigmoid", argument),
            facts=(facts.positive(), facts.above(">"), facts.increasing()),
        ),
        "softsign": Activation(
            words="the softsign function",
            latex=r"\operatorname{softsign}",
            formula=r"\frac{a}{1 + |a|}",
            at_zero=ZERO,
            symmetric=True,
            definition=_SOFTSIGN,
            enclose=lambda _, a: a / (1 + abs(a)),
            derivative=_softsign_slope,
            facts=(
                facts.open_range(-1, 1),
                facts.same_sign(),
                facts.nearer_zero(),
                facts.increasing(),
                facts.symmetric_about(ZERO),
            ),
        ),
    }
)
"""Name in the bank language -> activation."""
