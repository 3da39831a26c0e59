"""A plot as a figure: areas, axes, lines, curves and points, and a label for each that finds room.

A curve is labelled where it ends or beside it, where no other line is near; if one of them finds no
such place, a key below the plot names them all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise, product

import numpy as np

from generator.diagnostics import InputError, at
from generator.language.reals import Real
from generator.model.figure import Figure, Stroke
from generator.model.plot import PlotSpec
from generator.solver import palette
from generator.solver.plots import axes
from generator.solver.plots.axes import TEXT
from generator.solver.plots.board import Board, Spot
from generator.solver.plots.describe import describe
from generator.solver.plots.frame import HEIGHT, WIDTH, Frame, frame
from generator.solver.plots.labels import extent
from generator.solver.plots.room import Box, Grid
from generator.solver.plots.sampling import Chain, Samples, area, chains, first, refined
from generator.solver.plots.values import Drawn, Guide, Mark, Scene, scene

_CURVE = 1.3
_GUIDE = Stroke(color="#6a6a6a", width=0.7, dash=(3.0, 2.2))
_POINT, _DATUM = 2.2, 1.7
"""The radius of a marked point, and of one among many."""
_DARK, _WHITE = "#222222", "#ffffff"

_APART = 3.0
"""How much nearer the label of a curve is to it than to every other curve."""

_SHARES = (0.92, 0.8, 0.68, 0.56, 0.44, 0.32, 0.2, 0.08)
"""Where along a curve its label may be."""


def draw(spec: PlotSpec, env: Mapping[str, object]) -> Figure:
    """The plot for these values. Raises InputError where nothing could be seen of it."""
    found = scene(spec, env)
    rough = [_first(one) for one in found.curves]
    around = frame(found, rough)
    pairs = zip(found.curves, rough, strict=True)
    plot = _Plot(found, around, [_traced(one, samples, around) for one, samples in pairs])
    _check_marks(spec, plot)
    for crossed in (True, False):
        board = Board(WIDTH, HEIGHT)
        if _drawn(board, plot, crossed=crossed and around.crossed):
            break
    return board.figure(describe(found, around, [one.chains for one in plot.traces]))


@dataclass(frozen=True, slots=True)
class _Trace:
    """A curve as it is drawn."""

    curve: Drawn
    samples: Samples
    chains: tuple[Chain, ...]


@dataclass(frozen=True, slots=True)
class _Plot:
    """What is drawn, and where."""

    scene: Scene
    frame: Frame
    traces: list[_Trace]


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


def _traced(drawn: Drawn, samples: Samples, around: Frame) -> _Trace:
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
    return _Trace(drawn, found, seen)


def _check_marks(spec: PlotSpec, plot: _Plot) -> None:
    """What is marked can be seen."""
    for mark, point in zip(plot.scene.marks, spec.points, strict=True):
        for place in mark.places:
            x, y = plot.frame.place(*place)
            if not (-0.01 <= x <= WIDTH + 0.01 and -0.01 <= y <= HEIGHT + 0.01):
                shown = ", ".join(str(Real(value)) for value in place)
                raise InputError([at(point.x, "out-of-frame", f"the point ({shown}) {_OUTSIDE}")])
    for guide, line in zip(plot.scene.guides, spec.lines, strict=True):
        spot = _along(plot.frame, guide)
        if not -0.01 <= spot <= (WIDTH if guide.upright else HEIGHT) + 0.01:
            source = line.x if line.x is not None else line.y
            assert source is not None  # noqa: S101 - a line has one of the two
            raise InputError([at(source, "out-of-frame", f"this line {_OUTSIDE}")])


_OUTSIDE = "is outside the ranges of the axes"


def _along(around: Frame, guide: Guide) -> float:
    """Where a line crosses the other axis, in points."""
    x, y = around.place(guide.place, guide.place)
    return x if guide.upright else y


# --- all of it ---------------------------------------------------------------------------------


def _drawn(board: Board, plot: _Plot, *, crossed: bool) -> bool:
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
            board.chain(chain, palette.stroke(number, _CURVE))
    _points(board, plot)
    _name_guides(board, plot)
    _name_curves(board, plot)
    return True


def _shade(board: Board, plot: _Plot) -> None:
    """The areas, behind all else."""
    for number, trace in enumerate(plot.traces):
        if trace.curve.shade is not None:
            start, stop = map(float, trace.curve.shade)
            shaded = trace.samples.within(trace.curve.curve, start, stop)
            for chain in area(shaded, plot.frame.window):
                board.area(chain, palette.TINTS[number % len(palette.TINTS)])


def _reserve(board: Board, plot: _Plot) -> None:
    """Ink where curves, points and lines will be, before any label looks for room."""
    for trace in plot.traces:
        for chain in trace.chains:
            board.ink.draw(chain)
    for mark in plot.scene.marks:
        for place in mark.places:
            board.ink.fill(_around(plot.frame.place(*place), _POINT + 0.5))
    for guide in plot.scene.guides:
        board.faint.draw(_guide_line(plot.frame, guide))


def _around(place: tuple[float, float], radius: float) -> Box:
    x, y = place
    return Box(left=x, low=y, right=x, high=y).grown(radius)


def _guide_line(around: Frame, guide: Guide) -> Chain:
    spot = _along(around, guide)
    return ((spot, 0.0), (spot, HEIGHT)) if guide.upright else ((0.0, spot), (WIDTH, spot))


# --- points and lines --------------------------------------------------------------------------


def _points(board: Board, plot: _Plot) -> None:
    colored = len(plot.traces)
    for mark in plot.scene.marks:
        color = palette.COLORS[colored % len(palette.COLORS)] if mark.data else _DARK
        colored += mark.data
        for place in mark.places:
            spot = plot.frame.place(*place)
            fill = _WHITE if mark.open else color
            board.circle(spot, _DATUM if mark.data else _POINT, color, fill)
    for mark in plot.scene.marks:
        if mark.label:
            _name_point(board, plot, mark)


def _name_point(board: Board, plot: _Plot, mark: Mark) -> None:
    """The label of a point, or of the last of many."""
    place = plot.frame.place(*mark.places[-1])
    spots = [*_beside(place, mark)]
    if not board.place(mark.label, spots, TEXT, over=True):
        board.label(mark.label, spots[0], TEXT, halo=True)


def _beside(place: tuple[float, float], mark: Mark) -> Iterator[Spot]:
    x, y = place
    high = extent(mark.label).above * TEXT
    for away in (4.0, 7.0, 11.0):
        up, side = away + high - 1.0, away * 0.8
        yield x + side, y + up - 1, "start"
        yield x - side, y + up - 1, "end"
        yield x + side, y - up + 1, "start"
        yield x - side, y - up + 1, "end"
        yield x, y + up + 1, "middle"
        yield x, y - up - 1, "middle"
        yield x + away + 1, y, "start"
        yield x - away - 1, y, "end"


def _name_guides(board: Board, plot: _Plot) -> None:
    for guide in plot.scene.guides:
        if guide.label:
            spots = [*_at_line(_along(plot.frame, guide), guide)]
            if not board.place(guide.label, spots, TEXT, over=True):
                board.label(guide.label, spots[0], TEXT, halo=True)


def _at_line(spot: float, guide: Guide) -> Iterator[Spot]:
    high = extent(guide.label).above * TEXT
    if guide.upright:
        yield spot, HEIGHT + high + 2, "middle"
        for share in (0.93, 0.82, 0.7, 0.55, 0.4, 0.25, 0.1):
            yield spot + 4, HEIGHT * share, "start"
            yield spot - 4, HEIGHT * share, "end"
        return
    yield WIDTH + 4, spot, "start"
    for share in (0.98, 0.85, 0.7, 0.5, 0.3, 0.15, 0.02):
        for up in (high + 2.5, -high - 2.5):
            yield WIDTH * share, spot + up, "end" if share > 0.5 else "start"


# --- the labels of curves ----------------------------------------------------------------------


def _name_curves(board: Board, plot: _Plot) -> None:
    named = [(n, trace) for n, trace in enumerate(plot.traces) if trace.curve.label]
    others = {n: [trace.chains for m, trace in enumerate(plot.traces) if m != n] for n, _ in named}
    if not board.attempt(lambda: all(_named(board, trace, others[n]) for n, trace in named)):
        board.key([(palette.stroke(n, _CURVE), t.curve.label) for n, t in named], TEXT)


def _named(board: Board, trace: _Trace, others: Sequence[tuple[Chain, ...]]) -> bool:
    """The label beside its curve, well apart from the others; False if there is no room."""
    strange = Grid(WIDTH, HEIGHT)
    for chain in (chain for several in others for chain in several):
        strange.draw(chain)

    def apart(box: Box, away: float) -> bool:
        return strange.is_free(box.grown(away + _APART))

    return any(
        board.place(trace.curve.label, [spot], TEXT, apart=partial(apart, away=away))
        for away, spot in _spots(trace)
    )


def _spots(trace: _Trace) -> Iterator[tuple[float, Spot]]:
    """Places for the label of a curve, the best first: at its end, then beside it.

    Each comes with its distance from the curve.
    """
    size = extent(trace.curve.label)
    high, half = size.above * TEXT, size.width * TEXT / 2
    x, y = trace.chains[-1][-1]
    if x > WIDTH - 1:
        yield 3.0, (WIDTH + 4, y, "start")
    for away, share in product((2.0, 5.0, 9.0), _SHARES):
        (x, y), slope = _on(trace.chains, share)
        lift = high + away + 0.5 + abs(slope) * half
        side, rise = away + 1, high / 2 + away / 2
        if abs(slope) < 0.25:
            yield away, (x, y + lift, "middle")
            yield away, (x, y - lift, "middle")
        elif slope > 0:
            yield away, (x - side, y + rise, "end")
            yield away, (x + side, y - rise, "start")
        else:
            yield away, (x + side, y + rise, "start")
            yield away, (x - side, y - rise, "end")


def _on(parts: tuple[Chain, ...], share: float) -> tuple[tuple[float, float], float]:
    """The point of a curve at a share of its way to the right, and its slope there."""
    whole = sum(chain[-1][0] - chain[0][0] for chain in parts)
    left = share * whole
    for chain in parts:
        width = chain[-1][0] - chain[0][0]
        if left <= width or chain is parts[-1]:
            return _at(chain, chain[0][0] + min(left, width))
        left -= width
    raise AssertionError("a curve has a chain")


def _at(chain: Chain, x: float) -> tuple[tuple[float, float], float]:
    for (ax, ay), (bx, by) in pairwise(chain):
        if x <= bx and bx > ax:
            slope = (by - ay) / (bx - ax)
            return (x, ay + slope * (x - ax)), slope
    return chain[-1], 0.0
