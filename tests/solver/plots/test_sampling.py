"""Curves are smooth, broken where the function is, and cut off at the frame."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from generator.solver.plots.sampling import Chain, Window, chains, first, refined, runs_away
from tests.solver.plots.plots import function


def drawn(text: str, left: float, right: float, low: float, high: float) -> tuple[Chain, ...]:
    """The chains of a function in a frame of 200 by 100 points."""
    window = Window(left=left, right=right, low=low, high=high, width=200.0, height=100.0)
    curve = function(text)
    return chains(refined(curve, first(curve, left, right), window), window)


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("x**2", 1),
        ("tan(3*x)", 5),
        ("1/x", 2),
        ("1/x**2", 2),
        ("1/(x - 0.123)", 2),
        ("floor(x)", 4),
        ("sign(x)", 2),
        ("log(x)", 1),
        ("sqrt(x**2 - 1)", 2),
        ("x if x < 0.3 else x + 1", 2),
        ("tanh(1000*x)", 1),
        ("abs(x)**(1/5)", 1),
        ("exp(1/x)", 2),
        ("x*sin(1/x)", 2),
    ],
)
def test_a_curve_has_as_many_pieces_as_the_function(text: str, pieces: int) -> None:
    assert len(drawn(text, -2, 2, -3, 3)) == pieces


def test_a_jump_ends_exactly_where_it_is() -> None:
    """`floor` jumps at -1, 0 and 1, which are 50, 100 and 150 points from the left."""
    assert drawn("floor(x)", -2, 2, -3, 3) == (
        ((0.0, 16.67), (50.0, 16.67)),
        ((50.0, 33.33), (100.0, 33.33)),
        ((100.0, 50.0), (150.0, 50.0)),
        ((150.0, 66.67), (200.0, 66.67)),
    )


def test_a_line_is_two_points_and_a_corner_is_sharp() -> None:
    assert drawn("x", -2, 2, -2, 2) == (((0.0, 0.0), (200.0, 100.0)),)
    (corner,) = drawn("abs(x - 0.1)", -2, 2, 0, 4)
    assert (corner[0], corner[-1]) == ((0.0, 52.5), (200.0, 47.5))
    assert len(corner) <= 4
    assert min(abs(x - 105) + y for x, y in corner) < 0.2


@pytest.mark.parametrize("text", ["x**3", "sin(5*x)", "exp(x)", "1/(1 + 25*x**2)", "tan(x)"])
def test_a_curve_is_nowhere_visibly_off_the_function(text: str) -> None:
    curve = function(text)
    for chain in drawn(text, -1.5, 1.5, -2, 2):
        for (ax, ay), (bx, by) in pairwise(chain):
            shares = np.arange(1, 8) / 8
            x, y = ax + (bx - ax) * shares, ay + (by - ay) * shares
            # Horizontally as far as vertically: a steep line is off by its slope times that.
            near = [(curve(x / 200 * 3 - 1.5 + d) + 2) * 25 for d in (-0.002, 0.0, 0.002)]
            low, high = np.minimum.reduce(near), np.maximum.reduce(near)
            assert ((low - 0.2 <= y) & (y <= high + 0.2)).all()


def test_a_curve_stays_in_the_frame_and_has_few_points() -> None:
    for text in ("x**5 - 3*x", "tan(7*x)", "1/sin(3*x)", "sin(40*x)", "exp(5*x)"):
        found = drawn(text, -2, 2, -1, 1)
        points = [point for chain in found for point in chain]
        assert all(0 <= x <= 200 and 0 <= y <= 100 for x, y in points)
        assert len(points) < 1_000


@pytest.mark.parametrize(
    ("text", "pole"),
    [
        ("1/x", True),
        ("1/(x - 0.1)**2", True),
        ("tan(x)", True),
        ("exp(-10000*x**2)", False),
        ("exp(5*x)", False),
        ("log(x + 2)", False),
        ("floor(x)", False),
    ],
)
def test_a_pole_is_told_from_a_peak(text: str, pole: bool) -> None:
    curve = function(text)
    assert runs_away(curve, first(curve, -2.0, 2.0)) is pole
