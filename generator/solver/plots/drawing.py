"""A plot as a figure: areas, axes, lines, curves and points, and a label for each that has one."""

from __future__ import annotations

from collections.abc import Mapping

from generator.model.figure import Figure, Stroke
from generator.model.plot import PlotSpec
from generator.solver import palette
from generator.solver.plots import axes
from generator.solver.plots.board import CURVE, Board
from generator.solver.plots.describe import describe
from generator.solver.plots.frame import HEIGHT, WIDTH, Frame
from generator.solver.plots.naming import name_all
from generator.solver.plots.room import Box
from generator.solver.plots.sampling import Chain, area
from generator.solver.plots.traced import TracedPlot, along, traced
from generator.solver.plots.values import Guide

_GUIDE = Stroke(color="#6a6a6a", width=0.7, dash=(3.0, 2.2))
_POINT, _DATUM = 2.2, 1.7
"""The radius of a marked point, and of one among many."""
_DARK, _WHITE = "#222222", "#ffffff"


def draw(spec: PlotSpec, env: Mapping[str, object]) -> Figure:
    """The plot for these values. Raises InputError where nothing could be seen of it."""
    plot = traced(spec, env)
    for crossed in (True, False):
        board = Board(WIDTH, HEIGHT)
        if _drawn(board, plot, crossed=crossed and plot.frame.crossed):
            break
    return board.figure(describe(plot.scene, plot.frame, [one.chains for one in plot.traces]))


def _drawn(board: Board, plot: TracedPlot, *, crossed: bool) -> bool:
    """Everything on the board; False where axes through the origin leave no room for numbers."""
    _shade(board, plot)
    _reserve(board, plot)
    if crossed:
        axes.reserve_crossed(board, plot.frame)
        if not axes.crossed(board, plot.frame, plot.scene):
            return False
    else:
        axes.framed(board, plot.frame, plot.scene)
    for guide in plot.scene.guides:
        begin, end = _guide_line(plot.frame, guide)
        board.line(begin, end, _GUIDE)
    for number, trace in enumerate(plot.traces):
        for chain in trace.chains:
            board.chain(chain, palette.stroke(number, CURVE))
    _points(board, plot)
    name_all(board, plot)
    return True


def _shade(board: Board, plot: TracedPlot) -> None:
    """The areas, behind all else."""
    for number, trace in enumerate(plot.traces):
        if trace.curve.shade is not None:
            start, stop = map(float, trace.curve.shade)
            shaded = trace.samples.within(trace.curve.curve, start, stop)
            for chain in area(shaded, plot.frame.window):
                board.area(chain, palette.TINTS[number % len(palette.TINTS)])


def _reserve(board: Board, plot: TracedPlot) -> None:
    """Ink where curves, points and lines will be, before any label looks for room."""
    for trace in plot.traces:
        for chain in trace.chains:
            board.ink.draw(chain)
    for points in plot.scene.points:
        for place in points.places:
            board.ink.fill(_around(plot.frame.place(*place), _POINT + 0.5))
    for guide in plot.scene.guides:
        board.faint.draw(_guide_line(plot.frame, guide))


def _around(place: tuple[float, float], radius: float) -> Box:
    x, y = place
    return Box(left=x, low=y, right=x, high=y).grown(radius)


def _guide_line(around: Frame, guide: Guide) -> Chain:
    spot = along(around, guide)
    return ((spot, 0.0), (spot, HEIGHT)) if guide.upright else ((0.0, spot), (WIDTH, spot))


def _points(board: Board, plot: TracedPlot) -> None:
    colored = len(plot.traces)
    for points in plot.scene.points:
        color = palette.COLORS[colored % len(palette.COLORS)] if points.data else _DARK
        colored += points.data
        for place in points.places:
            spot = plot.frame.place(*place)
            fill = _WHITE if points.open else color
            board.circle(spot, _DATUM if points.data else _POINT, color, fill)
