"""The loss functions: what one output adds to the loss, and the derivative of that.

The loss of a network is the sum over its outputs. A cross-entropy belongs to one activation of the
last layer (`below`): its derivative is stated with respect to that activation's argument, where
the two together are as simple as ``p - y``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from types import MappingProxyType

from generator.model.dataclass import dataclass
from generator.solver.models.network.activations import VALUE
from generator.solver.models.network.terms import (
    ONE,
    Apply,
    Cases,
    Condition,
    Entry,
    Power,
    Tensor,
    Term,
    add,
    constant,
    difference,
    multiply,
    negative,
)

TARGET = Entry(tensor=Tensor(kind="target"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """A loss function.

    `name` reads on in "the … loss". `definition` is one output's share of it, in terms of VALUE
    (the output) and TARGET; `derivative` its derivative with respect to the output or, where
    `below` names an activation, to that activation's argument. `factor` and `inner` are how a
    power is differentiated: the outer derivative's factor, and the term that is raised.
    """

    name: str
    definition: Term
    derivative: Term
    below: str = ""


_ERROR = difference(TARGET, VALUE)
_HALF = constant(Fraction(1, 2))


def _log(term: Term) -> Term:
    return Apply(function="log", arguments=(term,))


def _squared(_: Fraction) -> Loss:
    return Loss(
        name="squared error",
        definition=Power(base=_ERROR, exponent=2),
        derivative=multiply(constant(-2), _ERROR),
    )


def _half_squared(_: Fraction) -> Loss:
    return Loss(
        name="half squared error",
        definition=multiply(_HALF, Power(base=_ERROR, exponent=2)),
        derivative=negative(_ERROR),
    )


def _huber(threshold: Fraction) -> Loss:
    limit, size = constant(threshold), Apply(function="abs", arguments=(_ERROR,))
    return Loss(
        name="Huber",
        definition=Cases(
            condition=Condition(left=size, relation="<=", right=limit),
            yes=multiply(_HALF, Power(base=_ERROR, exponent=2)),
            no=multiply(limit, difference(size, constant(threshold / 2))),
        ),
        derivative=negative(
            Apply(function="clip", arguments=(_ERROR, constant(-threshold), limit))
        ),
    )


def _binary_cross_entropy(_: Fraction) -> Loss:
    other = multiply(difference(ONE, TARGET), _log(difference(ONE, VALUE)))
    return Loss(
        name="binary cross-entropy",
        definition=add(negative(multiply(TARGET, _log(VALUE))), negative(other)),
        derivative=difference(VALUE, TARGET),
        below="sigmoid",
    )


def _cross_entropy(_: Fraction) -> Loss:
    return Loss(
        name="cross-entropy",
        definition=negative(multiply(TARGET, _log(VALUE))),
        derivative=difference(VALUE, TARGET),
        below="softmax",
    )


LOSSES: Mapping[str, Callable[[Fraction], Loss]] = MappingProxyType(
    {
        "squared": _squared,
        "half_squared": _half_squared,
        "huber": _huber,
        "binary_cross_entropy": _binary_cross_entropy,
        "cross_entropy": _cross_entropy,
    }
)
"""The loss functions by their names in a bank, each for a threshold that only Huber's uses."""
