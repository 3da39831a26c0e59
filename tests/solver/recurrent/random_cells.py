"""Random cells and claims, each both as a bank says it and by hand in NumPy.

A cell has one to three quantities, each made of those before it, of an input, of previous states
and of weights. The two readings share nothing but the choice of what is to be said.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import SimpleNamespace

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray

from tests.solver.recurrent.plain_numpy import CHOICES, hard_sigmoid, sigmoid

Rows = NDArray[np.float64]
Mask = NDArray[np.bool_]
Value = Callable[[SimpleNamespace], Rows]

ROWS = 8_000
TINY = 1e-9

ACTIVATIONS: Mapping[str, Callable[[Rows], Rows]] = {
    "sigmoid": sigmoid,
    "hard_sigmoid": hard_sigmoid,
    "tanh": np.tanh,
    "hard_tanh": lambda a: np.clip(a, -1, 1),
    "relu": lambda a: np.maximum(a, 0),
    "leaky_relu": lambda a: np.maximum(a, a / 100),
    "softplus": lambda a: np.logaddexp(0, a),
    "softsign": lambda a: a / (1 + np.abs(a)),
}

QUANTITIES = ("f", "c", "h")


@dataclass(frozen=True)
class Said:
    """Something of a cell in the bank's language, and its value for rows of numbers."""

    text: str
    value: Value


@dataclass(frozen=True)
class RandomCell:
    """Equations in order, and their values."""

    equations: tuple[tuple[str, Said], ...]

    @property
    def texts(self) -> dict[str, object]:
        """What stands below ``recurrent:``."""
        return {name: said.text for name, said in self.equations}

    def rows(self) -> SimpleNamespace:
        """Random numbers for all free names, and the quantities that they lead to."""
        generator = np.random.default_rng(20_231_130)
        letters = [letter for letter, _ in self.equations]
        names = ["x", *(f"{name}_prev" for name in letters)]
        names += [f"{kind}_{name}" for name in letters for kind in "WUb"]
        v = SimpleNamespace()
        for name in names:
            simple, uniform = generator.choice(CHOICES, ROWS), generator.uniform(-3, 3, ROWS)
            setattr(v, name, np.where(generator.random(ROWS) < 0.6, simple, uniform))
        return self.step(v)

    def step(self, v: SimpleNamespace) -> SimpleNamespace:
        """The quantities of one time step, computed into `v`."""
        for name, said in self.equations:
            setattr(v, name, said.value(v))
        return v


def _name(name: str) -> Said:
    return Said(name, lambda v: np.asarray(getattr(v, name)))


def _affine(name: str, state: str, bias: bool) -> Said:
    text = f"W_{name} @ x + U_{name} @ {state}" + (f" + b_{name}" if bias else "")

    def value(v: SimpleNamespace) -> Rows:
        into = getattr(v, f"W_{name}") * v.x + getattr(v, f"U_{name}") * getattr(v, state)
        return np.asarray(into + getattr(v, f"b_{name}") if bias else into)

    return Said(text, value)


def _apply(function: str, inner: Said) -> Said:
    return Said(f"{function}({inner.text})", lambda v: ACTIVATIONS[function](inner.value(v)))


COMBINED: tuple[Callable[[Said, Said], Said], ...] = (
    lambda a, b: Said(f"{a.text} * {b.text}", lambda v: a.value(v) * b.value(v)),
    lambda a, b: Said(f"{a.text} + {b.text}", lambda v: a.value(v) + b.value(v)),
    lambda a, b: Said(f"{a.text} - {b.text} / 2", lambda v: a.value(v) - b.value(v) / 2),
    lambda a, b: Said(f"(1 - {a.text}) * {b.text}", lambda v: (1 - a.value(v)) * b.value(v)),
    lambda a, b: Said(f"max({a.text}, {b.text})", lambda v: np.maximum(a.value(v), b.value(v))),
)


@st.composite
def random_cells(draw: st.DrawFn) -> RandomCell:
    """One to three quantities: activations of sums, and combinations of what there is."""
    letters = QUANTITIES[: draw(st.integers(1, 3))]
    states = [f"{name}_prev" for name in letters]
    equations: list[tuple[str, Said]] = []
    functions = st.sampled_from(sorted(ACTIVATIONS))
    for name in letters:
        inner = _affine(name, draw(st.sampled_from(states)), draw(st.booleans()))
        known = [_name(other) for other, _ in equations] + [_name(state) for state in states]
        said = _apply(draw(functions), inner)
        if draw(st.booleans()):
            said = draw(st.sampled_from(COMBINED))(draw(st.sampled_from(known)), said)
        if draw(st.booleans()) and equations:
            outer = _apply(draw(functions), _name(equations[-1][0]))
            said = draw(st.sampled_from(COMBINED))(outer, draw(st.sampled_from(known)))
        equations.append((name, said))
    return RandomCell(tuple(equations))


# --- claims ------------------------------------------------------------------------------------

RELATIONS: Mapping[str, Callable[[Rows, Rows], Mask]] = {
    "==": lambda a, b: np.abs(a - b) <= TINY,
    "<": lambda a, b: a < b + TINY,
    "<=": lambda a, b: a <= b + TINY,
    ">=": lambda a, b: a >= b - TINY,
}


@dataclass(frozen=True)
class Comparison:
    """A comparison, and in which rows it holds."""

    text: str
    holds: Callable[[SimpleNamespace], Mask]


@dataclass(frozen=True)
class RandomClaim:
    """A comparison under conditions."""

    holds: Comparison
    given: tuple[Comparison, ...]


def _size(name: Said) -> Said:
    return Said(f"abs({name.text})", lambda v: np.abs(name.value(v)))


def _number(text: str, value: float) -> Said:
    return Said(text, lambda v: np.full(ROWS, value))


def _compared(left: Said, relation: str, right: Said) -> Comparison:
    def holds(v: SimpleNamespace) -> Mask:
        return RELATIONS[relation](left.value(v), right.value(v))

    return Comparison(f"{left.text} {relation} {right.text}", holds)


NUMBERS = (_number("0", 0), _number("1", 1), _number("1/2", 0.5), _number("-1", -1))


@st.composite
def random_claims(draw: st.DrawFn, cell: RandomCell) -> RandomClaim:
    """A claim about the cell, with up to two conditions."""
    used = set(re.findall(r"\w+", " ".join(said.text for _, said in cell.equations)))
    free = [name for name in ("x", *(f"{name}_prev" for name, _ in cell.equations)) if name in used]
    names = [_name(name) for name, _ in cell.equations]
    sizes = [_size(name) for name in names]
    states = [_name(name) for name in free if name != "x"]
    products = [COMBINED[0](a, b) for a, b in zip(names, (*names[1:], *states), strict=False)]
    left = draw(st.sampled_from([*names, *sizes, *products]))
    right = draw(st.sampled_from([*NUMBERS, *names, *sizes, *states]))
    holds = _compared(left, draw(st.sampled_from(sorted(RELATIONS))), right)
    conditions = [_compared(_name(name), "==", NUMBERS[0]) for name in free]
    conditions += [_compared(name, ">=", NUMBERS[0]) for name in (*names, *states)]
    conditions += [_compared(size, "<=", NUMBERS[1]) for size in sizes]
    given = draw(st.lists(st.sampled_from(conditions), max_size=2, unique_by=lambda c: c.text))
    return RandomClaim(holds, tuple(given))
