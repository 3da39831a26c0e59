"""The same cells once more, by hand in NumPy: the second opinion of these tests.

Nothing here is shared with the solver. One hidden unit and one input are enough to break a claim,
and every entry of a larger cell behaves like one of these with some other weights.
"""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.float64]

ROWS = 120_000
CHOICES = np.array([0.0, 0.0, 0.0, 1.0, -1.0, 2.0, -2.0, 0.5, 4.0, -4.0])
NEAR = 1e-9


def near(first: Rows, second: Rows | float) -> NDArray[np.bool_]:
    """Whether two numbers are equal but for rounding."""
    return np.abs(first - second) <= NEAR


def sigmoid(a: Rows) -> Rows:
    return 1 / (1 + np.exp(-a))


def hard_sigmoid(a: Rows) -> Rows:
    return np.clip(a / 6 + 0.5, 0, 1)


GATES: dict[str, Callable[[Rows], Rows]] = {
    "sigmoid": sigmoid,
    "hard_sigmoid": hard_sigmoid,
    "tanh": np.tanh,
}


def drawn(names: str) -> SimpleNamespace:
    """Columns of random numbers, many of them 0, so that conditions are met."""
    generator = np.random.default_rng(20_231_130)
    columns = {}
    for name in names.split():
        simple = generator.choice(CHOICES, ROWS)
        uniform = generator.uniform(-3, 3, ROWS)
        columns[name] = np.where(generator.random(ROWS) < 0.6, simple, uniform)
    return SimpleNamespace(**columns)


def lstm(gate: str = "sigmoid", c_prev: Rows | None = None) -> SimpleNamespace:
    """The cell of the assignment, perhaps with another c_prev than drawn."""
    v = drawn("x h_prev c_prev W_i U_i W_f U_f W_o U_o W_c U_c")
    v.c_prev = v.c_prev if c_prev is None else c_prev
    return _lstm_step(v, GATES[gate])


def lstm_steps(gate: str, inputs: list[Rows], steps: int) -> list[SimpleNamespace]:
    """So many time steps, with the last of the inputs again and again; the first draws its own."""
    v = lstm(gate)
    found = [v]
    for step in range(1, steps):
        x = inputs[min(step, len(inputs)) - 1]
        v = SimpleNamespace(**{**vars(v), "x": x, "h_prev": v.h, "c_prev": v.c})
        found.append(_lstm_step(v, GATES[gate]))
    return found


def _lstm_step(v: SimpleNamespace, s: Callable[[Rows], Rows]) -> SimpleNamespace:
    v.i = s(v.W_i * v.x + v.U_i * v.h_prev)
    v.f = s(v.W_f * v.x + v.U_f * v.h_prev)
    v.o = s(v.W_o * v.x + v.U_o * v.h_prev)
    v.c_tilde = np.tanh(v.W_c * v.x + v.U_c * v.h_prev)
    v.c = v.f * v.c_prev + v.i * v.c_tilde
    v.h = v.o * np.tanh(v.c)
    return v


def coupled() -> SimpleNamespace:
    v = drawn("x h_prev c_prev W_f U_f b_f W_o U_o b_o W_c U_c b_c")
    v.f = sigmoid(v.W_f * v.x + v.U_f * v.h_prev + v.b_f)
    v.i = 1 - v.f
    v.o = sigmoid(v.W_o * v.x + v.U_o * v.h_prev + v.b_o)
    v.c_tilde = np.tanh(v.W_c * v.x + v.U_c * v.h_prev + v.b_c)
    v.c = v.f * v.c_prev + v.i * v.c_tilde
    v.h = v.o * np.tanh(v.c)
    return v


def peephole() -> SimpleNamespace:
    v = drawn("x h_prev c_prev W_i U_i p_i b_i W_f U_f p_f b_f W_o U_o p_o b_o W_c U_c b_c")
    v.i = sigmoid(v.W_i * v.x + v.U_i * v.h_prev + v.p_i * v.c_prev + v.b_i)
    v.f = sigmoid(v.W_f * v.x + v.U_f * v.h_prev + v.p_f * v.c_prev + v.b_f)
    v.c_tilde = np.tanh(v.W_c * v.x + v.U_c * v.h_prev + v.b_c)
    v.c = v.f * v.c_prev + v.i * v.c_tilde
    v.o = sigmoid(v.W_o * v.x + v.U_o * v.h_prev + v.p_o * v.c + v.b_o)
    v.h = v.o * np.tanh(v.c)
    return v


def gru() -> SimpleNamespace:
    v = drawn("x h_prev W_z U_z b_z W_r U_r b_r W_h U_h b_h")
    v.z = sigmoid(v.W_z * v.x + v.U_z * v.h_prev + v.b_z)
    v.r = sigmoid(v.W_r * v.x + v.U_r * v.h_prev + v.b_r)
    v.h_tilde = np.tanh(v.W_h * v.x + v.U_h * (v.r * v.h_prev) + v.b_h)
    v.h = (1 - v.z) * v.h_prev + v.z * v.h_tilde
    return v


def plain() -> SimpleNamespace:
    v = drawn("x h_prev W U b")
    v.h = np.tanh(v.W * v.x + v.U * v.h_prev + v.b)
    return v
