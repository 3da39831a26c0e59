"""The functions of mathematics with their derivatives, at exact numbers.

The functions are those of the bank's expressions, and the ``clip(x, low, high)`` of a Huber loss.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from generator.language import arithmetic
from generator.language.arithmetic import Number as Value
from generator.language.faults import Fault
from generator.language.functions import FUNCTIONS


def known(name: str, arguments: list[Value], *, derived: bool = False) -> Value:
    """The value of a function, or of its derivative. Raises Fault where it has none."""
    if derived:
        if name not in _DERIVATIVES or len(arguments) != 1:
            raise Fault("function", f"the derivative of `{name}` is not known here")
        return _DERIVATIVES[name](arguments[0])
    least, most = _counts(name)
    if not least <= len(arguments) <= (len(arguments) if most is None else most):
        raise Fault("function", f"`{name}` does not take {len(arguments)} arguments")
    if name == "clip":
        value, low, high = arguments
        return max(low, min(value, high))
    return arithmetic.number(FUNCTIONS[name].apply(*arguments), f"`{name}`")


def _counts(name: str) -> tuple[int, int | None]:
    if name == "clip":
        return 3, 3
    if name not in FUNCTIONS:
        raise Fault("function", f"the function `{name}` is not known here")
    return FUNCTIONS[name].least, FUNCTIONS[name].most


def _sigmoid_slope(argument: Value) -> Value:
    value = known("sigmoid", [argument])
    return arithmetic.multiply(value, arithmetic.subtract(1, value))


def _tanh_slope(argument: Value) -> Value:
    return arithmetic.subtract(1, arithmetic.power(known("tanh", [argument]), 2))


def _root_slope(argument: Value) -> Value:
    return arithmetic.divide(1, arithmetic.multiply(2, arithmetic.square_root(argument)))


_DERIVATIVES: Mapping[str, Callable[[Value], Value]] = MappingProxyType(
    {
        "sigmoid": _sigmoid_slope,
        "tanh": _tanh_slope,
        "sqrt": _root_slope,
        "exp": arithmetic.exponential,
        "log": lambda argument: arithmetic.divide(1, argument),
        "sin": lambda argument: known("cos", [argument]),
        "cos": lambda argument: arithmetic.multiply(-1, known("sin", [argument])),
        "relu": lambda argument: int(argument > 0),
        "softplus": lambda argument: known("sigmoid", [argument]),
    }
)
"""The derivatives that students write with a prime."""
