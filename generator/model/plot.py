"""Plots as a bank states them: functions of one variable, with what is marked beside them.

All numbers are expressions over the problem's parameters and definitions; `variable` may stand in
those of the curves alone. Labels are template text.
"""

from __future__ import annotations

from generator.model.dataclass import dataclass
from generator.model.source import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class AxisSpec:
    """An axis from `start` to `stop` (None: as far as the curves need), and what is written at it.

    `step` is the distance of the numbers (None: chosen so that they are round and have room);
    without `ticks` there are none.
    """

    start: Source | None = None
    stop: Source | None = None
    label: Source | None = None
    step: Source | None = None
    ticks: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ShadeSpec:
    """The area between a curve and the horizontal axis, from one number to another."""

    start: Source
    stop: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class CurveSpec:
    """A function of the variable, from `start` to `stop` (None: as far as the axis goes)."""

    y: Source
    label: Source | None = None
    start: Source | None = None
    stop: Source | None = None
    shade: ShadeSpec | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PointSpec:
    """A marked point, or, where `x` and `y` are vectors, data; without `y` on the first curve."""

    x: Source
    y: Source | None = None
    label: Source | None = None
    open: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LineSpec:
    """A vertical line at `x`, or a horizontal one at `y`; exactly one of the two is given."""

    x: Source | None = None
    y: Source | None = None
    label: Source | None = None

    def __post_init__(self) -> None:
        if (self.x is None) == (self.y is None):
            raise ValueError("a line is either vertical or horizontal")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlotSpec:
    """Functions of `variable` (None: ``x``) over the range of the horizontal axis."""

    variable: Source | None = None
    x: AxisSpec = AxisSpec()
    y: AxisSpec = AxisSpec()
    curves: tuple[CurveSpec, ...] = ()
    points: tuple[PointSpec, ...] = ()
    lines: tuple[LineSpec, ...] = ()

    @property
    def letter(self) -> str:
        """The variable that the curves are functions of."""
        return "x" if self.variable is None else self.variable.text


@dataclass(frozen=True, slots=True, kw_only=True)
class Plot:
    """A plot by the name that a text places it by: ``![](figure:NAME)``."""

    name: Source
    spec: PlotSpec
