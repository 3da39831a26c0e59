"""A curve as chains of points: dense where it bends, broken where it jumps, cut off at the frame.

All coordinates are points of the drawing, x to the right and y **upwards** from the lower left
corner of the frame. Sampling begins with equal steps and halves each as long as the middle lies off
the chord by more than an eye sees. A step at whose ends the values still differ visibly is searched
for its jump; if there is one, if only one end has a value, or if the values run away there, the
curve is broken. In the end, points that lie on the chord of their neighbours are left out.

Everything is computed by correctly rounded operations (see `steady`), so that the points are the
same on every machine.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from generator.model.dataclass import dataclass
from generator.solver.plots.curve import Curve
from generator.solver.plots.steady import Column

Chain = tuple[tuple[float, float], ...]

STEPS = 128
"""Equal steps to begin with: a function with fifty waves has at least two in each."""

_HALVINGS = 7
_MOST_SAMPLES = 6_000
"""Samples from which on no step is halved: so many waves are one blot."""

_OFF = 0.06
"""How far the middle of a step may lie off its chord, in points: a fiftieth of a millimetre."""

_KEPT_OFF = 0.05
"""How far a point that is left out may lie off the chord of its neighbours."""

_MOST = 600
"""Points of a chain; one that needs more, a dense wave, is drawn less finely."""

_JUMP = 3.0
"""A difference at the ends of the shortest steps that may be a jump, in points."""

_PIECES, _SEARCHES = 15, 9
"""A jump is sought in so many pieces of a step, then of a piece, and so on: down to 1e-11 of it."""

_RUN_AWAY = 100.0
"""How much larger values get in the last looks at a pole, and at no maximum do."""


@dataclass(frozen=True, slots=True)
class Samples:
    """A curve at some places: y is NaN where it has no value, and between the sides of a break."""

    x: Column
    y: Column

    def within(self, curve: Curve, start: float, stop: float) -> Samples:
        """Those from `start` to `stop`, with both ends."""
        inner = (self.x > start) & (self.x < stop)
        ends = curve(np.array([start, stop]))
        x = np.concatenate(([start], self.x[inner], [stop]))
        return Samples(x, np.concatenate((ends[:1], self.y[inner], ends[1:])))


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """What of the plane is shown, and on how many points of the drawing."""

    left: float
    right: float
    low: float
    high: float
    width: float
    height: float

    def across(self, x: Column) -> Column:
        """Horizontal places in points."""
        return (x - self.left) * (self.width / (self.right - self.left))

    def up(self, y: Column) -> Column:
        """Vertical places in points."""
        return (y - self.low) * (self.height / (self.high - self.low))


def first(curve: Curve, start: float, stop: float) -> Samples:
    """The curve in equal steps."""
    x = start + (stop - start) * (np.arange(STEPS + 1) / STEPS)
    x[-1] = stop
    return Samples(x, curve(x))


def refined(curve: Curve, samples: Samples, window: Window) -> Samples:
    """More samples where the curve bends, and breaks where it jumps."""
    x, y = samples.x, samples.y
    x0, y0, x1, y1 = x[:-1], y[:-1], x[1:], y[1:]
    found = [(x, y)]
    for _ in range(_HALVINGS):
        xm = x0 + (x1 - x0) / 2
        ym = curve(xm)
        bent = _bends(window, y0, ym, y1)
        if not bent.any() or sum(len(x) for x, _ in found) > _MOST_SAMPLES:
            break
        x0, y0, x1, y1, xm, ym = (column[bent] for column in (x0, y0, x1, y1, xm, ym))
        found.append((xm, ym))
        x0, x1 = np.concatenate((x0, xm)), np.concatenate((xm, x1))
        y0, y1 = np.concatenate((y0, ym)), np.concatenate((ym, y1))
    return _broken(curve, _in_order(found), window)


def _bends(window: Window, y0: Column, ym: Column, y1: Column) -> NDArray[np.bool_]:
    low, middle, high = (_near(window, y) for y in (y0, ym, y1))
    gaps = np.isnan(y0).astype(int) + np.isnan(ym) + np.isnan(y1)
    off = np.abs(middle - (low + high) / 2) > _OFF
    return off | ((gaps > 0) & (gaps < 3))


def _near(window: Window, y: Column) -> Column:
    """Places in points, none of them farther than the frame is high."""
    return np.clip(window.up(y), -window.height, 2 * window.height)


def _in_order(found: list[tuple[Column, Column]]) -> Samples:
    x = np.concatenate([x for x, _ in found])
    order = np.argsort(x, kind="stable")
    return Samples(x[order], np.concatenate([y for _, y in found])[order])


# --- breaks ------------------------------------------------------------------------------------


def _broken(curve: Curve, samples: Samples, window: Window) -> Samples:
    """The samples with both sides of every break, and with NaN between them."""
    x0, y0, x1, y1 = samples.x[:-1], samples.y[:-1], samples.x[1:], samples.y[1:]
    apart = np.abs(_near(window, y1) - _near(window, y0))
    short = window.across(x1) - window.across(x0) < window.width / STEPS / 2**_HALVINGS * 1.5
    edge = np.isnan(y0) != np.isnan(y1)
    chosen = edge | (short & (apart > _JUMP))
    if not chosen.any():
        return samples
    before = apart[chosen]
    x0, y0, x1, y1 = _sought(curve, *(column[chosen] for column in (x0, y0, x1, y1)))
    after = np.abs(window.up(y1) - window.up(y0))
    broken = edge[chosen] | ~(after <= before / 4)
    x0, y0, x1, y1 = (column[broken] for column in (x0, y0, x1, y1))
    gap = np.full_like(x0, np.nan)
    return _in_order([(samples.x, samples.y), (x0, y0), (x0 + (x1 - x0) / 2, gap), (x1, y1)])


def _sought(
    curve: Curve, x0: Column, y0: Column, x1: Column, y1: Column
) -> tuple[Column, Column, Column, Column]:
    """Shorter and shorter pieces in which the value jumps, or begins to be, or ceases."""
    rows = np.arange(len(x0))
    for _ in range(_SEARCHES):
        x = x0[:, None] + (x1 - x0)[:, None] * (np.arange(_PIECES + 1) / _PIECES)
        x[:, -1] = x1
        y = curve(x.ravel()).reshape(x.shape)
        there = ~np.isnan(y)
        steps = np.where(
            there[:, 1:] & there[:, :-1],
            np.abs(y[:, 1:] - y[:, :-1]),
            np.where(there[:, 1:] != there[:, :-1], np.inf, -1.0),
        )
        at = steps.argmax(axis=1)
        x0, y0, x1, y1 = x[rows, at], y[rows, at], x[rows, at + 1], y[rows, at + 1]
    return x0, y0, x1, y1


def runs_away(curve: Curve, samples: Samples) -> bool:
    """Whether the curve has a pole where its samples are largest.

    Beside a pole the values grow with every closer look; beside a peak, however narrow, they cease
    to. (The largest value itself tells nothing: a sample may have hit the pole.)
    """
    x, y = samples.x, samples.y
    beside = []
    for _ in range(_SEARCHES):
        size = np.where(np.isnan(y), -1.0, np.abs(y))
        at = int(size.argmax())
        low, high = max(0, at - 1), min(len(x) - 1, at + 1)
        beside.append(max(float(size[place]) for place in {low, high} - {at}))
        x = x[low] + (x[high] - x[low]) * (np.arange(_PIECES + 1) / _PIECES)
        y = curve(x)
    return beside[-1] > _RUN_AWAY * beside[_SEARCHES // 2] > 0


# --- chains ------------------------------------------------------------------------------------


def chains(samples: Samples, window: Window) -> tuple[Chain, ...]:
    """The curve within the frame: chains of points with as few as it takes."""
    across, up = window.across(samples.x), window.up(samples.y)
    found = [
        _rounded(*_thinned(*piece))
        for whole in _pieces(across, up)
        for piece in _clipped(*whole, window.height)
    ]
    return tuple(chain for chain in found if len({*chain}) > 1)


def area(samples: Samples, window: Window) -> tuple[Chain, ...]:
    """The areas between the curve and the axis (or the edge of the frame that is next to it)."""
    base = min(max(float(window.up(np.zeros(1))[0]), 0.0), window.height)
    found = []
    for across, up in _pieces(window.across(samples.x), window.up(samples.y)):
        top = _rounded(*_thinned(across, np.clip(up, 0.0, window.height)))
        foot = round(base, 2)
        found.append(((top[0][0], foot), *top, (top[-1][0], foot)))
    return tuple(found)


def _pieces(x: Column, y: Column) -> Iterator[tuple[Column, Column]]:
    """The runs without NaN, of two points at least."""
    gaps = np.flatnonzero(np.isnan(y))
    start = 0
    for stop in (*gaps.tolist(), len(y)):
        if stop - start > 1:
            yield x[start:stop], y[start:stop]
        start = stop + 1


def _clipped(x: Column, y: Column, height: float) -> Iterator[tuple[Column, Column]]:
    """What of a run lies between the lower and the upper edge."""
    if y.min() >= 0 and y.max() <= height:
        yield x, y
        return
    chain: list[tuple[float, float]] = []
    points = list(zip(x.tolist(), y.tolist(), strict=True))
    for (ax, ay), (bx, by) in pairwise(points):
        cut = _segment(ay, by, height)
        if cut is None:
            continue
        ends = [(ax + (bx - ax) * t, min(max(ay + (by - ay) * t, 0.0), height)) for t in cut]
        if cut[0] > 0 or not chain:
            if chain:
                yield _columns(chain)
            chain = [ends[0]]
        chain.append(ends[1])
        if cut[1] < 1:
            yield _columns(chain)
            chain = []
    if chain:
        yield _columns(chain)


def _segment(a: float, b: float, height: float) -> tuple[float, float] | None:
    """From where to where on the way from a to b the height is within the frame."""
    if max(a, b) < 0 or min(a, b) > height:
        return None
    start, stop = 0.0, 1.0
    for edge in (0.0, height):
        if (a < edge) != (b < edge):
            t = (edge - a) / (b - a)
            outside = a < 0 if edge == 0 else a > height
            start, stop = (max(start, t), stop) if outside else (start, min(stop, t))
    return start, stop


def _columns(chain: list[tuple[float, float]]) -> tuple[Column, Column]:
    points = np.array(chain)
    return points[:, 0], points[:, 1]


def _thinned(x: Column, y: Column) -> tuple[Column, Column]:
    """Without the points that lie on the chord of their neighbours, every other one at a time."""
    allowed = _KEPT_OFF
    while True:
        before = len(x)
        for parity in (1, 2):
            x, y = _pass(x, y, parity, allowed)
        if len(x) == before:
            if len(x) <= _MOST:
                return x, y
            allowed *= 2


def _pass(x: Column, y: Column, parity: int, allowed: float) -> tuple[Column, Column]:
    at = np.arange(parity, len(x) - 1, 2)
    if not len(at):
        return x, y
    dx, dy = x[at + 1] - x[at - 1], y[at + 1] - y[at - 1]
    length = np.sqrt(dx * dx + dy * dy)
    off = np.abs(dx * (y[at] - y[at - 1]) - dy * (x[at] - x[at - 1]))
    kept = np.ones(len(x), dtype=bool)
    kept[at[off <= allowed * length]] = False
    return x[kept], y[kept]


def _rounded(x: Column, y: Column) -> Chain:
    """To hundredths of a point, far above the last digits of a double."""
    return tuple((round(a, 2), round(b, 2)) for a, b in zip(x.tolist(), y.tolist(), strict=True))
