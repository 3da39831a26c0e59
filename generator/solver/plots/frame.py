"""What of the plane a plot shows, and where its axes and their numbers are.

The axes cross in the origin where that is in sight, as in a textbook of calculus; where it is not,
and around data, there is a frame.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import ceil, floor

import numpy as np

from generator.diagnostics import InputError, at
from generator.language.digits import magnitude
from generator.model.dataclass import dataclass
from generator.solver.plots.curve import Curve
from generator.solver.plots.labels import extent
from generator.solver.plots.sampling import Samples, Window, runs_away
from generator.solver.plots.ticks import Scale, scale
from generator.solver.plots.values import Axis, Scene

WIDTH, HEIGHT = 216.0, 140.0
"""The size of the frame in points: half a line of text, so that two plots fit side by side."""

NUMBER = 8.5
"""The size of the numbers at the axes."""

_BESIDE, _ABOVE = 10.0, 10.0
"""Free space between the numbers of the horizontal and of the vertical axis."""

_MOST_STEPS = 100
"""Numbers that a step may put at an axis."""

_PAD = 0.07
"""How much more than the curves is shown, as a share of their height."""

_NEAR_ZERO = 0.45
"""A range that begins at less than this share of its end is shown from 0 on."""

_TAIL = 0.15
"""The share of samples at each end that may run away to a pole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """The window with the numbers of its axes; `crossed`: the axes go through the origin."""

    window: Window
    x: Scale
    y: Scale
    crossed: bool

    @property
    def origin(self) -> tuple[float, float]:
        """Where 0 is on both axes, in points."""
        zero = np.zeros(1)
        return round(float(self.window.across(zero)[0]), 2), round(
            float(self.window.up(zero)[0]), 2
        )

    def place(self, x: Fraction, y: Fraction) -> tuple[float, float]:
        """A point of the plane, in points of the drawing."""
        across = self.window.across(np.array([float(x)]))
        up = self.window.up(np.array([float(y)]))
        return round(float(across[0]), 2), round(float(up[0]), 2)


def frame(scene: Scene, samples: Sequence[Samples]) -> Frame:
    """The frame around a scene whose curves have these samples."""
    assert scene.x.start is not None and scene.x.stop is not None  # noqa: S101, PT018 - required
    left, right = scene.x.start, scene.x.stop
    low, high = _heights(scene, samples)
    window = Window(
        left=float(left),
        right=float(right),
        low=float(low),
        high=float(high),
        width=WIDTH,
        height=HEIGHT,
    )
    in_sight = left <= 0 <= right and low <= 0 <= high
    return Frame(
        window=window,
        x=_scale(scene.x, left, right, WIDTH, upright=False),
        y=_scale(scene.y, low, high, HEIGHT, upright=True),
        crossed=in_sight and not any(points.data for points in scene.points),
    )


def _scale(axis: Axis, start: Fraction, stop: Fraction, length: float, *, upright: bool) -> Scale:
    unit = axis.unit
    per_unit = Fraction(length) * unit / (stop - start)
    if axis.step is not None and (stop - start) / unit / axis.step > _MOST_STEPS:
        message = f"this step puts more than {_MOST_STEPS} numbers at the axis"
        assert axis.step_place is not None  # noqa: S101 - a step stands somewhere
        raise InputError([at(axis.step_place, "wrong-value", message, help="choose a larger one")])

    def room(numbers: Scale) -> Fraction:
        sizes = [extent(numbers.caption(place)) for place in numbers.places]
        if upright:
            needed = max((size.above + size.below for size in sizes), default=1.0)
            return (Fraction(needed) * Fraction(NUMBER) + Fraction(_ABOVE)) / per_unit
        needed = max((size.width for size in sizes), default=1.0)
        return (Fraction(needed) * Fraction(NUMBER) + Fraction(_BESIDE)) / per_unit

    return scale(start / unit, stop / unit, unit=unit, step=axis.step, room=room)


# --- the range of the vertical axis ------------------------------------------------------------


def _heights(scene: Scene, samples: Sequence[Samples]) -> tuple[Fraction, Fraction]:
    """What the author says, and what the curves, points and lines need."""
    if scene.y.start is not None and scene.y.stop is not None:
        return scene.y.start, scene.y.stop
    needed = [
        *(_height(one.curve, found) for one, found in zip(scene.curves, samples, strict=True)),
        *((float(y), float(y)) for points in scene.points for _, y in points.places),
        *((float(line.place),) * 2 for line in scene.guides if not line.upright),
        *((0.0, 0.0) for one in scene.curves if one.shade is not None),
    ]
    low, high = min(low for low, _ in needed), max(high for _, high in needed)
    if scene.y.start is not None:
        low = float(scene.y.start)
        high = high if high > low else low + 1.0
    if scene.y.stop is not None:
        high = float(scene.y.stop)
        low = low if high > low else high - 1.0
    return _round(scene.y, *_from_zero(scene.y, low, high))


def _height(curve: Curve, samples: Samples) -> tuple[float, float]:
    """From the least to the largest value, or, where the curve runs away, of most of it."""
    y = np.sort(samples.y[~np.isnan(samples.y)])
    low, high = float(y[0]), float(y[-1])
    tail = int(len(y) * _TAIL)
    first, last = float(y[tail]), float(y[-1 - tail])
    spread = last - first
    if spread > 0 and high - low > 6 * spread and runs_away(curve, samples):
        return max(low, first - spread / 2), min(high, last + spread / 2)
    return low, high


def _from_zero(axis: Axis, low: float, high: float) -> tuple[float, float]:
    """From 0 on where that is near, and with some space where the axis is not the end."""
    if high == low:
        low, high = min(low, 0.0), max(high, 0.0)
        if high == low:
            low, high = -1.0, 1.0
    if axis.start is None and 0 < low <= _NEAR_ZERO * high:
        low = 0.0
    if axis.stop is None and 0 > high >= _NEAR_ZERO * low:
        high = 0.0
    pad = (high - low) * _PAD
    return (low - pad if low else low), (high + pad if high else high)


def _round(axis: Axis, low: float, high: float) -> tuple[Fraction, Fraction]:
    """The range with round ends, those of the author untouched."""
    start, stop = Fraction(low), Fraction(high)
    grain = Fraction(10) ** (magnitude(stop - start) - 1) / 2
    return (
        axis.start if axis.start is not None else floor(start / grain) * grain,
        axis.stop if axis.stop is not None else ceil(stop / grain) * grain,
    )
