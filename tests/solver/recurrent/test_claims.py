"""Claims about well-known cells: the verdicts, and a brute-force check that shares no code."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from types import SimpleNamespace

import numpy as np
import pytest

from generator.solver.models.recurrent.model import RecurrentCell
from tests.solver.recurrent import cells, plain_numpy
from tests.solver.recurrent.cells import Texts, claim, decide
from tests.solver.recurrent.plain_numpy import near

TINY = 1e-12

Check = Callable[[SimpleNamespace], object]


@dataclass(frozen=True)
class Case:
    """A claim, its truth, and its conclusion and condition for rows of numbers.

    A strict bound is checked with the rounding of floats in mind. Without a check the claim is
    about more than one cell at a time.
    """

    about: str
    holds: Texts
    true: bool
    check: Check | None = None
    given: Texts = ()
    where: Check | None = None

    def __str__(self) -> str:
        said = [self.holds] if isinstance(self.holds, str) else self.holds
        given = [self.given] if isinstance(self.given, str) else self.given
        under = f" if {', '.join(given)}" if given else ""
        return f"{self.about}: {', '.join(said)}{under}"


CELLS: dict[str, tuple[Callable[[], RecurrentCell], Callable[[], SimpleNamespace]]] = {
    "lstm": (cells.lstm, plain_numpy.lstm),
    "hard": (lambda: cells.lstm("hard_sigmoid"), lambda: plain_numpy.lstm("hard_sigmoid")),
    "tanh": (lambda: cells.lstm("tanh"), lambda: plain_numpy.lstm("tanh")),
    "coupled": (lambda: cells.named("coupled"), plain_numpy.coupled),
    "peephole": (lambda: cells.named("peephole"), plain_numpy.peephole),
    "gru": (lambda: cells.named("gru"), plain_numpy.gru),
    "plain": (lambda: cells.named("plain"), plain_numpy.plain),
}

GATES = ["f >= 0", "i >= 0", "o >= 0"]
REST = ["x == 0", "h_prev == 0"]


def positive_gates(v: SimpleNamespace) -> object:
    return (v.f >= 0) & (v.i >= 0) & (v.o >= 0)


def at_rest(v: SimpleNamespace) -> object:
    return (v.x == 0) & (v.h_prev == 0)


def between(v: SimpleNamespace) -> object:
    low, high = np.minimum(v.h_prev, v.h_tilde), np.maximum(v.h_prev, v.h_tilde)
    return (v.h >= low - TINY) & (v.h <= high + TINY)


CASES = (
    # The assignment's two claims, for three gates.
    Case("lstm", "h == h_prev", False, lambda v: near(v.h, v.h_prev), "x == 0", lambda v: v.x == 0),
    Case("hard", "h == h_prev", False, lambda v: near(v.h, v.h_prev), "x == 0", lambda v: v.x == 0),
    Case("lstm", GATES, True, positive_gates),
    Case("hard", GATES, True, positive_gates),
    Case("tanh", GATES, False, positive_gates),
    # Bounds.
    Case("lstm", "-1 < h < 1", True, lambda v: np.abs(v.h) < 1 + TINY),
    Case("lstm", "-1 < c < 1", False, lambda v: np.abs(v.c) < 1),
    Case(
        "lstm",
        "abs(c) < abs(c_prev) + 1",
        True,
        lambda v: np.abs(v.c) < np.abs(v.c_prev) + 1 + TINY,
    ),
    Case("lstm", "abs(h) <= 1/2", False, lambda v: np.abs(v.h) <= 0.5),
    Case("lstm", "abs(h) <= abs(c)", True, lambda v: np.abs(v.h) <= np.abs(v.c) + TINY),
    Case("lstm", "abs(h) <= abs(h_prev)", False, lambda v: np.abs(v.h) <= np.abs(v.h_prev)),
    Case("lstm", "i + f + o < 3", True, lambda v: v.i + v.f + v.o < 3 + TINY),
    Case("lstm", "i + f <= 1", False, lambda v: v.i + v.f <= 1),
    Case("hard", "f < 1", False, lambda v: v.f < 1),
    Case("tanh", "-1 < f < 1", True, lambda v: np.abs(v.f) < 1 + TINY),
    Case("plain", "abs(h) < 1", True, lambda v: np.abs(v.h) < 1 + TINY),
    Case("plain", "h >= 0", False, lambda v: v.h >= 0),
    Case("gru", "0 < z < 1", True, lambda v: (v.z > -TINY) & (v.z < 1 + TINY)),
    Case("gru", "abs(h) <= 1", False, lambda v: np.abs(v.h) <= 1),
    Case("peephole", "-1 < h < 1", True, lambda v: np.abs(v.h) < 1 + TINY),
    # Signs.
    Case("lstm", "h * c >= 0", True, lambda v: v.h * v.c >= -TINY),
    Case("tanh", "h * c >= 0", False, lambda v: v.h * v.c >= -TINY),
    Case("lstm", "c * c_tilde >= 0", False, lambda v: v.c * v.c_tilde >= 0),
    # Implications.
    Case("lstm", "h == 0", True, lambda v: near(v.h, 0), "c == 0", lambda v: v.c == 0),
    Case("lstm", "h > 0", True, lambda v: v.h > 0, "c > 0", lambda v: v.c > 0),
    Case("hard", "h > 0", False, lambda v: v.h > 0, "c > 0", lambda v: v.c > 0),
    Case(
        "lstm",
        "c == c_prev",
        False,
        lambda v: near(v.c, v.c_prev),
        "c_tilde == 0",
        lambda v: v.c_tilde == 0,
    ),
    Case("lstm", "2 * c == c_prev", True, lambda v: near(2 * v.c, v.c_prev), REST, at_rest),
    Case("tanh", "2 * c == c_prev", False, lambda v: near(2 * v.c, v.c_prev), REST, at_rest),
    Case(
        "lstm",
        "i == f == o == 1/2",
        False,
        lambda v: near(v.i, 0.5) & near(v.f, 0.5) & near(v.o, 0.5),
        "x == 0",
        lambda v: v.x == 0,
    ),
    Case(
        "lstm",
        "c_tilde == 0",
        True,
        lambda v: near(v.c_tilde, 0),
        ["c == 0", "c_prev == 0"],
        lambda v: (v.c == 0) & (v.c_prev == 0),
    ),
    Case(
        "hard",
        "c_tilde == 0",
        False,
        lambda v: near(v.c_tilde, 0),
        ["c == 0", "c_prev == 0"],
        lambda v: (v.c == 0) & (v.c_prev == 0),
    ),
    Case(
        "lstm",
        "c >= 0",
        True,
        lambda v: v.c >= 0,
        ["c_prev >= 0", "c_tilde >= 0"],
        lambda v: (v.c_prev >= 0) & (v.c_tilde >= 0),
    ),
    Case(
        "lstm",
        "f >= 1/2",
        True,
        lambda v: v.f >= 0.5,
        ["W_f >= 0", "x >= 0", "U_f == 0"],
        lambda v: (v.W_f >= 0) & (v.x >= 0) & (v.U_f == 0),
    ),
    Case(
        "lstm",
        "f >= 1/2",
        False,
        lambda v: v.f >= 0.5,
        ["W_f >= 0", "x >= 0"],
        lambda v: (v.W_f >= 0) & (v.x >= 0),
    ),
    Case(
        "lstm",
        "o == f",
        True,
        lambda v: near(v.o, v.f),
        ["W_o == W_f", "U_o == U_f"],
        lambda v: (v.W_o == v.W_f) & (v.U_o == v.U_f),
    ),
    Case("lstm", "o == f", False, lambda v: near(v.o, v.f), "W_o == W_f", lambda v: v.W_o == v.W_f),
    Case("coupled", "i + f == 1", True, lambda v: near(v.i + v.f, 1)),
    Case(
        "coupled",
        "abs(c) <= 1",
        True,
        lambda v: np.abs(v.c) <= 1 + TINY,
        "abs(c_prev) <= 1",
        lambda v: np.abs(v.c_prev) <= 1,
    ),
    Case(
        "lstm",
        "abs(c) <= 1",
        False,
        lambda v: np.abs(v.c) <= 1,
        "abs(c_prev) <= 1",
        lambda v: np.abs(v.c_prev) <= 1,
    ),
    Case(
        "gru",
        "abs(h) <= 1",
        True,
        lambda v: np.abs(v.h) <= 1 + TINY,
        "abs(h_prev) <= 1",
        lambda v: np.abs(v.h_prev) <= 1,
    ),
    Case("gru", "min(h_prev, h_tilde) <= h <= max(h_prev, h_tilde)", True, between),
    Case(
        "gru",
        "h == h_prev",
        True,
        lambda v: near(v.h, v.h_prev),
        "h_tilde == h_prev",
        lambda v: v.h_tilde == v.h_prev,
    ),
    Case("gru", "h == h_prev", False, lambda v: near(v.h, v.h_prev), "x == 0", lambda v: v.x == 0),
    Case("plain", "h == 0", False, lambda v: near(v.h, 0), REST, at_rest),
    Case(
        "plain",
        "h == 0",
        True,
        lambda v: near(v.h, 0),
        ["x == 0", "h_prev == 0", "b == 0"],
        lambda v: (v.x == 0) & (v.h_prev == 0) & (v.b == 0),
    ),
    Case(
        "plain",
        "h > 0",
        True,
        lambda v: v.h > 0,
        ["W == 0", "U == 0", "b > 0"],
        lambda v: (v.W == 0) & (v.U == 0) & (v.b > 0),
    ),
    # Logic.
    Case("lstm", "not (h == 0)", True, None, "not (c == 0)"),
    Case("hard", "not (h == 0)", False, None, "not (c == 0)"),
    Case("lstm", "c > 0 or h <= 0", False, None),
    # Dependence.
    Case("lstm", "depends(h, c_prev)", True),
    Case("lstm", "depends(o, c_prev)", False),
    Case("peephole", "depends(o, c_prev)", True),
    Case("gru", "not depends(r, U_h)", True),
    Case("lstm", "not depends(f, h_prev)", True, given="U_f == 0"),
    Case("lstm", "not depends(f, x)", False, given="h_prev == 0"),
    Case("lstm", "not depends(c, h_prev)", False, given="x == 0"),
    # Derivatives.
    Case("lstm", "derivative(c, c_prev) == f", True),
    Case("peephole", "derivative(c, c_prev) == f", False),
    Case("lstm", "derivative(h, c_prev) == o * (1 - tanh(c)**2) * f", True),
    Case("lstm", "derivative(h, c_prev) == o * f", False),
    Case("lstm", "0 < derivative(h, c_prev) < 1", True),
    Case("coupled", "derivative(c, c_prev) + i == 1", True),
)


@cache
def rows(about: str) -> SimpleNamespace:
    return CELLS[about][1]()


@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_verdict_on_a_claim(case: Case) -> None:
    verdict = decide(CELLS[case.about][0](), case.holds, case.given)
    assert verdict.value is case.true
    assert verdict.evidence.result == ("true" if case.true else "false")
    assert all(verdict.steps)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_its_truth_alone_needs_no_simple_counterexample_and_is_the_same(case: Case) -> None:
    assert CELLS[case.about][0]().truth(claim(case.holds, case.given)) is case.true


@pytest.mark.parametrize("case", [case for case in CASES if case.check is not None], ids=str)
def test_brute_force_finds_the_same(case: Case) -> None:
    """Random numbers break the false claims, and none of the true ones."""
    assert case.check is not None
    v = rows(case.about)
    where = np.ones(plain_numpy.ROWS, bool) if case.where is None else np.asarray(case.where(v))
    assert where.sum() >= 50
    assert bool(np.asarray(case.check(v))[where].all()) is case.true


def test_there_are_forty_claims_about_each_kind_of_cell() -> None:
    assert len(CASES) >= 40
    assert {case.about for case in CASES} == CELLS.keys()


@pytest.mark.parametrize(
    ("claim", "true"), [("== o * (1 - tanh(c)**2) * f", True), ("== o * f", False)]
)
def test_brute_force_finds_the_same_derivative(claim: str, true: bool) -> None:
    """A difference quotient of the cell written by hand is the derivative that is claimed."""
    step = 1e-5
    v = rows("lstm")
    ahead, behind = (plain_numpy.lstm(c_prev=v.c_prev + move).h for move in (step, -step))
    quotient = (ahead - behind) / (2 * step)
    formula = v.o * (1 - np.tanh(v.c) ** 2) * v.f if true else v.o * v.f
    assert bool((np.abs(quotient - formula) < 1e-6).all()) is true
    assert decide(cells.lstm(), f"derivative(h, c_prev) {claim}").value is true
