r"""One step of an optimizer on one weight: gradient descent, momentum, Adam.

The rules are those of Goodfellow, Bengio and Courville, "Deep Learning" (2016), algorithms 8.1
and 8.2 (with the sign of momentum as most libraries have it), and of Kingma and Ba, "Adam"
(2015), algorithm 1.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from fractions import Fraction
from types import MappingProxyType

from generator.model.dataclass import dataclass
from generator.solver.models.network import exact
from generator.solver.models.network.exact import Real

Numbers = Mapping[str, Fraction]
"""The settings of a rule by name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of the calculation: what is computed, in LaTeX with {placeholders}, and its value.

    A `symbolic` one names earlier results instead of showing their digits.
    """

    symbol: str
    formula: str
    value: Real
    symbolic: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrong:
    """A wrong new value, and the words that name the mistake and mend it."""

    value: Real
    words: str
    worth: Fraction = Fraction(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Update:
    """An optimizer's rule.

    `lines` computes the new weight from (weight, gradient, settings), the last line being the new
    weight; `check` does the same in floating point, written in another way; `wrong` are mistakes.
    """

    name: str
    required: tuple[str, ...]
    optional: Mapping[str, Fraction | int]
    lines: Callable[[Real, Real, Numbers], list[Line]]
    check: Callable[[float, float, Mapping[str, float]], float]
    wrong: Callable[[Real, Real, Numbers], list[Wrong]]


def _minus(left: Real, right: Real) -> Real:
    return exact.add(left, exact.multiply(Fraction(-1), right))


def _scaled(factor: Fraction, value: Real) -> Real:
    return exact.multiply(factor, value)


# --- stochastic gradient descent ---------------------------------------------------------------


def _sgd(weight: Real, gradient: Real, given: Numbers) -> list[Line]:
    value = _minus(weight, _scaled(given["rate"], gradient))
    return [Line(symbol="{new}", formula=r"{weight} - {rate} \cdot {gradient}", value=value)]


def _sgd_wrong(weight: Real, gradient: Real, given: Numbers) -> list[Wrong]:
    return _common(weight, gradient, _scaled(given["rate"], gradient))


def _common(weight: Real, gradient: Real, step: Real) -> list[Wrong]:
    return [
        Wrong(
            value=exact.add(weight, step),
            words="Descent goes against the gradient: the step is subtracted, not added.",
            worth=Fraction(1, 2),
        ),
        Wrong(
            value=_minus(weight, gradient),
            words="The learning rate is missing: the gradient is multiplied by it.",
        ),
        Wrong(
            value=exact.multiply(Fraction(-1), step),
            words="This is only the change; it is added to the old weight.",
            worth=Fraction(1, 2),
        ),
    ]


# --- momentum ----------------------------------------------------------------------------------


def _velocity(gradient: Real, given: Numbers) -> Real:
    return exact.add(given["momentum"] * given["velocity"], gradient)


def _momentum(weight: Real, gradient: Real, given: Numbers) -> list[Line]:
    velocity = _velocity(gradient, given)
    value = _minus(weight, _scaled(given["rate"], velocity))
    return [
        Line(symbol="m", formula=r"{momentum} \cdot {velocity} + {gradient}", value=velocity),
        Line(symbol="{new}", formula=r"{weight} - {rate} \cdot m", value=value, symbolic=True),
    ]


def _momentum_wrong(weight: Real, gradient: Real, given: Numbers) -> list[Wrong]:
    velocity = _velocity(gradient, given)
    plain = _minus(weight, _scaled(given["rate"], gradient))
    damped = exact.add(
        given["momentum"] * given["velocity"], _scaled(1 - given["momentum"], gradient)
    )
    return [
        Wrong(value=plain, words="The momentum is missing: the old velocity is carried on."),
        Wrong(
            value=_minus(weight, _scaled(given["rate"], damped)),
            words="The gradient enters the velocity in full, not with the factor one minus the "
            "momentum.",
            worth=Fraction(1, 2),
        ),
        *_common(weight, velocity, _scaled(given["rate"], velocity)),
    ]


# --- Adam --------------------------------------------------------------------------------------


def _moments(gradient: Real, given: Numbers) -> tuple[Real, Real]:
    first, second = given["beta1"], given["beta2"]
    square = exact.multiply(gradient, gradient)
    return (
        exact.add(first * given["first"], _scaled(1 - first, gradient)),
        exact.add(second * given["second"], _scaled(1 - second, square)),
    )


def _adam(weight: Real, gradient: Real, given: Numbers) -> list[Line]:
    mean, square = _moments(gradient, given)
    steps = int(given["step"])
    unbiased = exact.divide(mean, 1 - given["beta1"] ** steps)
    spread = exact.divide(square, 1 - given["beta2"] ** steps)
    value = _minus(weight, _adam_step(unbiased, spread, given))
    return [
        Line(
            symbol="m",
            formula=r"{beta1} \cdot {first} + (1 - {beta1}) \cdot {gradient}",
            value=mean,
        ),
        Line(
            symbol="u",
            formula=r"{beta2} \cdot {second} + (1 - {beta2}) \cdot {gradient}^2",
            value=square,
        ),
        Line(
            symbol=r"\hat{{m}}",
            formula=r"\frac{{m}}{{1 - {beta1}^{step}}}",
            value=unbiased,
            symbolic=True,
        ),
        Line(
            symbol=r"\hat{{u}}",
            formula=r"\frac{{u}}{{1 - {beta2}^{step}}}",
            value=spread,
            symbolic=True,
        ),
        Line(
            symbol="{new}",
            formula=r"{weight} - {rate} \cdot \frac{{\hat{{m}}}}{{\sqrt{{\hat{{u}}}} + {epsilon}}}",
            value=value,
            symbolic=True,
        ),
    ]


def _adam_step(mean: Real, square: Real, given: Numbers) -> Real:
    below = exact.add(exact.root(square), given["epsilon"])
    return _scaled(given["rate"], exact.divide(mean, below))


def _adam_wrong(weight: Real, gradient: Real, given: Numbers) -> list[Wrong]:
    mean, square = _moments(gradient, given)
    steps = int(given["step"])
    unbiased = exact.divide(mean, 1 - given["beta1"] ** steps)
    spread = exact.divide(square, 1 - given["beta2"] ** steps)
    squared = exact.add(spread, given["epsilon"])
    return [
        Wrong(
            value=_minus(weight, _adam_step(mean, square, given)),
            words="The bias correction is missing: both means start at 0 and are divided by one "
            "minus the power of their rate.",
            worth=Fraction(1, 2),
        ),
        Wrong(
            value=_minus(weight, _scaled(given["rate"], exact.divide(unbiased, squared))),
            words="The root is missing: the step is divided by the root of the mean square.",
        ),
        *_common(weight, gradient, _adam_step(unbiased, spread, given)),
    ]


def _adam_check(weight: float, gradient: float, given: Mapping[str, float]) -> float:
    # The paper's own shorter order of computation, at the end of its section 2.
    blend1, blend2 = given["beta1"], given["beta2"]
    root = math.sqrt(1 - math.pow(blend2, given["step"]))
    correction = root / (1 - math.pow(blend1, given["step"]))
    mean = gradient + blend1 * (given["first"] - gradient)
    square = gradient**2 + blend2 * (given["second"] - gradient**2)
    epsilon = given["epsilon"] * root
    return weight - given["rate"] * correction * mean / (math.sqrt(square) + epsilon)


_ZERO = Fraction(0)

UPDATES: Mapping[str, Update] = MappingProxyType(
    {
        "sgd": Update(
            name="gradient descent",
            required=("rate",),
            optional=MappingProxyType({}),
            lines=_sgd,
            check=lambda weight, gradient, given: -(given["rate"] * gradient - weight),
            wrong=_sgd_wrong,
        ),
        "momentum": Update(
            name="gradient descent with momentum",
            required=("rate", "momentum"),
            optional=MappingProxyType({"velocity": _ZERO}),
            lines=_momentum,
            check=lambda weight, gradient, given: (
                weight
                - given["rate"] * gradient
                - given["rate"] * given["momentum"] * given["velocity"]
            ),
            wrong=_momentum_wrong,
        ),
        "adam": Update(
            name="Adam",
            required=("rate",),
            optional=MappingProxyType(
                {
                    "beta1": Fraction(9, 10),
                    "beta2": Fraction(999, 1000),
                    "epsilon": Fraction(1, 10**8),
                    "first": _ZERO,
                    "second": _ZERO,
                    "step": 1,
                }
            ),
            lines=_adam,
            check=_adam_check,
            wrong=_adam_wrong,
        ),
    }
)
"""The optimizers by their names in a bank."""
