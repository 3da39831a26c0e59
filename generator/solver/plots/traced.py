"""A plot before it is drawn: its scene, its frame, and each curve traced within it.

What could not be seen is the author's error: a function without a value, a curve, a point or a line
outside the frame.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from generator.diagnostics import InputError, at
from generator.language.reals import Real
from generator.model.dataclass import dataclass
from generator.model.plot import PlotSpec
from generator.solver.plots.frame import HEIGHT, WIDTH, Frame, frame
from generator.solver.plots.sampling import Chain, Samples, chains, first, refined
from generator.solver.plots.values import Drawn, Guide, Scene, scene


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """A curve as it is drawn."""

    curve: Drawn
    samples: Samples
    chains: tuple[Chain, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TracedPlot:
    """What is drawn, and where; the traces are in the order of the curves."""

    scene: Scene
    frame: Frame
    traces: tuple[Trace, ...]


def traced(spec: PlotSpec, env: Mapping[str, object]) -> TracedPlot:
    """The plot for these values. Raises InputError where nothing could be seen of a part of it."""
    found = scene(spec, env)
    rough = [_first(one) for one in found.curves]
    around = frame(found, rough)
    pairs = zip(found.curves, rough, strict=True)
    traces = tuple(_traced(one, samples, around) for one, samples in pairs)
    plot = TracedPlot(scene=found, frame=around, traces=traces)
    _check_in_sight(spec, plot)
    return plot


def _first(drawn: Drawn) -> Samples:
    samples = first(drawn.curve, float(drawn.start), float(drawn.stop))
    if np.isnan(samples.y).all():
        places = f"from {Real(drawn.start)} to {Real(drawn.stop)}"
        raise InputError(
            [
                at(
                    drawn.source,
                    "empty-curve",
                    f"this function has no value anywhere {places}",
                    help="change the expression, or the range of the axis",
                )
            ]
        )
    return samples


def _traced(drawn: Drawn, samples: Samples, around: Frame) -> Trace:
    found = refined(drawn.curve, samples, around.window)
    seen = chains(found, around.window)
    if not seen:
        raise InputError(
            [
                at(
                    drawn.source,
                    "empty-curve",
                    "nothing of this curve is within the frame",
                    help="change the range of the vertical axis, or leave it out",
                )
            ]
        )
    return Trace(curve=drawn, samples=found, chains=seen)


def _check_in_sight(spec: PlotSpec, plot: TracedPlot) -> None:
    """What is marked can be seen."""
    for points, point in zip(plot.scene.points, spec.points, strict=True):
        for place in points.places:
            x, y = plot.frame.place(*place)
            if not (-0.01 <= x <= WIDTH + 0.01 and -0.01 <= y <= HEIGHT + 0.01):
                shown = ", ".join(str(Real(value)) for value in place)
                raise InputError([at(point.x, "out-of-frame", f"the point ({shown}) {_OUTSIDE}")])
    for guide, line in zip(plot.scene.guides, spec.lines, strict=True):
        spot = along(plot.frame, guide)
        if not -0.01 <= spot <= (WIDTH if guide.upright else HEIGHT) + 0.01:
            source = line.x if line.x is not None else line.y
            assert source is not None  # noqa: S101 - a line has one of the two
            raise InputError([at(source, "out-of-frame", f"this line {_OUTSIDE}")])


_OUTSIDE = "is outside the ranges of the axes"


def along(around: Frame, guide: Guide) -> float:
    """Where a line crosses the other axis, in points."""
    x, y = around.place(guide.place, guide.place)
    return x if guide.upright else y
