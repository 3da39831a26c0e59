"""The functions of a network in SymPy's terms: activations, losses, the larger of two, softmax.

In an expanded network a function is a symbol. What it is, is written down here, and SymPy
differentiates that once in a process, however many networks and units have the function. Piecewise
functions are written with absolute values, whose derivative is the sign: SymPy's own piecewise
expressions take seconds once they are nested. Nothing is read or parsed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Any

from generator.solver.models.network import exact
from generator.solver.models.network.exact import Real

Expr = Any
"""A SymPy expression; SymPy ships no types."""

Functions = Mapping[str, Callable[..., Real]]
"""What the functions of an expression compute, by their names in SymPy."""


@cache
def sympy() -> Any:
    """SymPy, imported when the first network is expanded: only a proof needs it."""
    import sympy as module  # noqa: PLC0415 - it takes half a second to load

    return module


POSITIVE = {"is_positive": True}
"""What SymPy may assume of everything in an expanded network.

It asks whether each part of a derivative is 0, and takes long where it cannot tell. The assumption
answers, and changes nothing else: sums, products and function symbols are differentiated alike
whatever their sign.
"""


def symbol(name: str) -> Expr:
    """A symbol by this name; ``t`` is what everything else may depend on."""
    return sympy().Symbol(name, positive=True)


def still(name: str) -> tuple[Expr, Expr]:
    """A number that does not depend on t, and its derivative, 0."""
    return symbol(name), sympy().S.Zero


@cache
def moving(name: str) -> tuple[Expr, Expr]:
    """A number that depends on t, and the symbol of its derivative."""
    derivative = symbol(f"{name}'")
    members = {**POSITIVE, "fdiff": lambda self, argindex=1: derivative}
    return type(name, (sympy().Function,), members)(symbol("t")), derivative


@cache
def function(name: str) -> Any:
    """A function symbol; its derivative by argument i is ``name'`` of i and all arguments."""
    derivative = type(f"{name}'", (sympy().Function,), dict(POSITIVE))
    members = {**POSITIVE, "fdiff": lambda self, argindex=1: derivative(argindex, *self.args)}
    return type(name, (sympy().Function,), members)


def meaning(name: str, kind: str) -> Functions:
    """What a function symbol and its derivative compute, if it stands for this kind of function."""
    return {
        name: lambda *arguments: _applied(kind, arguments),
        f"{name}'": lambda by, *arguments: _applied(kind, arguments, int(by)),
    }


@lru_cache(maxsize=4096)
def _applied(kind: str, arguments: tuple[Real, ...], by: int = 0) -> Real:
    return _definition(kind, len(arguments), by).value(arguments, ARITHMETIC)


@cache
def _definition(kind: str, count: int, by: int) -> Program:
    """A function's definition, or SymPy's derivative of it by one of its arguments."""
    symbols = tuple(sympy().Symbol(f"a{place}", real=True) for place in range(1, count + 1))
    expression = DEFINITIONS[kind](*symbols)
    return Program(expression.diff(symbols[by - 1]) if by else expression, symbols)


# --- numbers -----------------------------------------------------------------------------------


Step = tuple[str, tuple[int, ...]]
"""The name of a function, and where its arguments stand."""


class Program:
    """An expression of some symbols, as steps that each take the results of earlier ones.

    SymPy's own ``evalf`` computes a part again wherever it occurs, and a network's parts occur
    once for every path through them. Here each is one step.
    """

    def __init__(self, expression: Expr, symbols: Iterable[Expr]) -> None:
        given = tuple(symbols)
        places = {one: place for place, one in enumerate(given)}
        self._inputs = len(given)
        self._steps: list[Step | Real] = []
        self._result = self._place(expression, places)

    def _place(self, expression: Expr, places: dict[Expr, int]) -> int:
        """Where the value of an expression stands, after its step if it has had none."""
        if expression not in places:
            if expression.is_Rational:
                step: Step | Real = exact.simplest(Fraction(expression.p, expression.q))
            else:
                parts = tuple(self._place(part, places) for part in expression.args)
                step = (expression.func.__name__, parts)
            places[expression] = self._inputs + len(self._steps)
            self._steps.append(step)
        return places[expression]

    def value(self, values: Sequence[Real], functions: Functions) -> Real:
        """The number that the expression stands for; ValueError unless each symbol has a value."""
        if len(values) != self._inputs:
            raise ValueError(f"{len(values)} values for {self._inputs} symbols")
        found = list(values)
        for step in self._steps:
            if isinstance(step, tuple):
                name, places = step
                found.append(functions[name](*[found[place] for place in places]))
            else:
                found.append(step)
        return found[self._result]


def _power(base: Real, exponent: Real) -> Real:
    """Whole exponents other than 0: SymPy writes quotients and squares with no others."""
    size = exact.power(base, abs(int(exponent)))
    return size if exponent > 0 else exact.divide(Fraction(1), size)


def _sign(number: Real) -> Real:
    return Fraction((number > 0) - (number < 0))


ARITHMETIC: Functions = MappingProxyType(
    {
        "Add": lambda *parts: exact.total(parts),
        "Mul": lambda *parts: exact.product(parts),
        "Pow": _power,
        "exp": exact.exp,
        "log": exact.log,
        "tanh": exact.tanh,
        "Abs": exact.absolute,
        "sign": _sign,
    }
)
"""What each kind of SymPy expression in a definition or its derivative computes."""


# --- definitions -------------------------------------------------------------------------------


def _called(name: str) -> Callable[[Expr], Expr]:
    def apply(argument: Expr) -> Expr:
        return getattr(sympy(), name)(argument)

    return apply


_exp, _log, _tanh, _abs = (_called(name) for name in ("exp", "log", "tanh", "Abs"))


def _larger(left: Expr, right: Expr) -> Expr:
    return (left + right + _abs(left - right)) / 2


def _share(own: Expr, *every: Expr) -> Expr:
    return _exp(own) / sum(_exp(one) for one in every)


def _huber(output: Expr, target: Expr, threshold: Expr) -> Expr:
    size = _abs(target - output)
    capped = (size + threshold - _abs(size - threshold)) / 2
    return capped**2 / 2 + threshold * (size - capped)


DEFINITIONS: Mapping[str, Callable[..., Expr]] = MappingProxyType(
    {
        "sigmoid": lambda a: 1 / (1 + _exp(-a)),
        "tanh": _tanh,
        "relu": lambda a: (a + _abs(a)) / 2,
        "leaky_relu": lambda a: (101 * a + 99 * _abs(a)) / 200,
        "elu": lambda a: (a + _abs(a)) / 2 + _exp((a - _abs(a)) / 2) - 1,
        "softplus": lambda a: _log(1 + _exp(a)),
        "larger": _larger,
        "share": _share,
        "squared": lambda output, target, _: (target - output) ** 2,
        "half_squared": lambda output, target, _: (target - output) ** 2 / 2,
        "huber": _huber,
        "binary_cross_entropy": lambda output, target, _: (
            -target * _log(output) - (1 - target) * _log(1 - output)
        ),
        "cross_entropy": lambda output, target, _: -target * _log(output),
    }
)
"""The activations of `Layer.activation`, two functions of layers, and the losses.

A loss is one output's share of it, for (output, target, threshold); a share of softmax is that of
its first argument among all the others.
"""
