"""The functions of a network in SymPy's terms: activations, losses, the larger of two, softmax.

In an expanded network a function is a symbol. What it is, is written down here, and SymPy
differentiates that once in a process, however many networks and units have the function. Piecewise
functions are written with absolute values, whose derivative is the sign: SymPy's own piecewise
expressions take seconds once they are nested. Nothing is read or parsed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
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
    symbols, expression = _definition(kind, len(arguments), by)
    return value(expression, dict(zip(symbols, arguments, strict=True)), ARITHMETIC)


@cache
def _definition(kind: str, count: int, by: int) -> tuple[tuple[Expr, ...], Expr]:
    """The arguments of a function, and its definition or SymPy's derivative by one of them."""
    symbols = tuple(sympy().Symbol(f"a{place}", real=True) for place in range(1, count + 1))
    expression = DEFINITIONS[kind](*symbols)
    return symbols, expression.diff(symbols[by - 1]) if by else expression


# --- numbers -----------------------------------------------------------------------------------


def value(expression: Expr, known: dict[Expr, Real], functions: Functions) -> Real:
    """The number that an expression stands for; `known` gains that of every part.

    SymPy's own ``evalf`` computes a part again wherever it occurs, and a network's parts occur
    once for every path through them.
    """
    if expression not in known:
        if expression.is_Rational:
            found: Real = Fraction(expression.p, expression.q)
        else:
            compute = functions[expression.func.__name__]
            found = compute(*(value(part, known, functions) for part in expression.args))
        known[expression] = found
    return known[expression]


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
