"""The labels of a plot's points, lines and curves: for each the best place that is free.

A curve is labelled where it ends or beside it, where no other line is near; if one of them finds no
such place, a key below the plot names them all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import pairwise, product

from generator.solver import palette
from generator.solver.plots.axes import TEXT
from generator.solver.plots.board import CURVE, Board, Spot
from generator.solver.plots.frame import HEIGHT, WIDTH
from generator.solver.plots.labels import extent
from generator.solver.plots.room import Box, Grid
from generator.solver.plots.sampling import Chain
from generator.solver.plots.traced import Trace, TracedPlot, along
from generator.solver.plots.values import Guide, Points

_APART = 3.0
"""How much nearer the label of a curve is to it than to every other curve."""

_SHARES = (0.92, 0.8, 0.68, 0.56, 0.44, 0.32, 0.2, 0.08)
"""Where along a curve its label may be."""


def name_all(board: Board, plot: TracedPlot) -> None:
    """Labels for what has one; where none is free, those of points and lines stand over ink."""
    for points in plot.scene.points:
        if points.label:
            _name_point(board, plot, points)
    _name_guides(board, plot)
    _name_curves(board, plot)


# --- points and lines --------------------------------------------------------------------------


def _name_point(board: Board, plot: TracedPlot, points: Points) -> None:
    """The label of a point, or of the last of many."""
    place = plot.frame.place(*points.places[-1])
    spots = [*_beside(place, points)]
    if not board.place(points.label, spots, TEXT, over=True):
        board.label(points.label, spots[0], TEXT, halo=True)


def _beside(place: tuple[float, float], points: Points) -> Iterator[Spot]:
    x, y = place
    high = extent(points.label).above * TEXT
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


def _name_guides(board: Board, plot: TracedPlot) -> None:
    for guide in plot.scene.guides:
        if guide.label:
            spots = [*_at_line(along(plot.frame, guide), guide)]
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


# --- curves -------------------------------------------------------------------------------------


def _name_curves(board: Board, plot: TracedPlot) -> None:
    named = [(n, trace) for n, trace in enumerate(plot.traces) if trace.curve.label]
    others = {n: [trace.chains for m, trace in enumerate(plot.traces) if m != n] for n, _ in named}
    if not board.attempt(lambda: all(_named(board, trace, others[n]) for n, trace in named)):
        board.key([(palette.stroke(n, CURVE), t.curve.label) for n, t in named], TEXT)


def _named(board: Board, trace: Trace, others: Sequence[tuple[Chain, ...]]) -> bool:
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


def _spots(trace: Trace) -> Iterator[tuple[float, Spot]]:
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
