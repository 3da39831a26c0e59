"""Axes with their numbers and labels, through the origin or as a frame around the curves."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from generator.model.figure import Stroke
from generator.solver.plots.board import Board, Spot
from generator.solver.plots.frame import HEIGHT, NUMBER, WIDTH, Frame
from generator.solver.plots.labels import Caption, extent
from generator.solver.plots.ticks import Scale
from generator.solver.plots.values import Axis, Scene

TEXT = 9.5
"""The size of labels."""

AXIS = Stroke(color="#222222", width=0.7)
_EDGE = Stroke(color="#555555", width=0.7)
_ZERO = Stroke(color="#9a9a9a", width=0.5)

_BEFORE, _BEYOND = 4.0, 10.0
"""How far an axis reaches beyond the frame, before it begins and where its arrow is."""

_TICK = 2.2
_GAP = 3.6
"""Between a tick's end and its number."""

ZERO = Caption(latex="0")


def reserve_crossed(board: Board, frame: Frame) -> None:
    """Ink where the axes through the origin will be."""
    x0, y0 = frame.origin
    board.ink.draw([(-_BEFORE, y0), (WIDTH + _BEYOND, y0)])
    board.ink.draw([(x0, -_BEFORE), (x0, HEIGHT + _BEYOND)])


def crossed(board: Board, frame: Frame, scene: Scene) -> bool:
    """Axes through the origin; False where too many numbers would lie on a curve."""
    x0, y0 = frame.origin
    board.arrow((-_BEFORE, y0), (WIDTH + _BEYOND, y0), AXIS)
    board.arrow((x0, -_BEFORE), (x0, HEIGHT + _BEYOND), AXIS)
    missing = [
        _numbers_across(board, frame, y0) if scene.x.ticks else 0.0,
        _numbers_up(board, frame, x0) if scene.y.ticks else 0.0,
    ]
    if scene.x.ticks and scene.y.ticks:
        below = y0 - _TICK - _GAP - extent(ZERO).above * NUMBER
        board.place(ZERO, [(x0 - _TICK - 1.5, below + 1.5, "end")], NUMBER)
    _label_crossed(board, frame, scene)
    return max(missing) <= 1 / 3


def _numbers_across(board: Board, frame: Frame, y0: float) -> float:
    """The numbers of the horizontal axis; the share of them that found no room."""
    lost = 0
    for place, x in _ticks(frame, frame.x, upright=False):
        if not place:
            continue
        board.line((x, round(y0 - _TICK, 2)), (x, round(y0 + _TICK, 2)), AXIS)
        if place in frame.x.named:
            content = frame.x.caption(place)
            away = _TICK + _GAP - 1 + extent(content).above * NUMBER
            spots: list[Spot] = [(x, y0 - away, "middle"), (x, y0 + away, "middle")]
            lost += not board.place(content, spots, NUMBER, over=True)
    return lost / max(1, len([place for place in frame.x.named if place]))


def _numbers_up(board: Board, frame: Frame, x0: float) -> float:
    lost = 0
    for place, y in _ticks(frame, frame.y, upright=True):
        if not place:
            continue
        board.line((round(x0 - _TICK, 2), y), (round(x0 + _TICK, 2), y), AXIS)
        if place in frame.y.named:
            away = _TICK + _GAP - 1
            spots: list[Spot] = [(x0 - away, y, "end"), (x0 + away, y, "start")]
            lost += not board.place(frame.y.caption(place), spots, NUMBER, over=True)
    return lost / max(1, len([place for place in frame.y.named if place]))


def _label_crossed(board: Board, frame: Frame, scene: Scene) -> None:
    x0, y0 = frame.origin
    across, up = _titled(scene.x, frame.x), _titled(scene.y, frame.y)
    if across:
        board.label(across, (WIDTH + _BEYOND + 4, y0, "start"), TEXT)
    if up:
        size = extent(up)
        height = HEIGHT + _BEYOND + 2 + size.below * TEXT
        narrow = size.width * TEXT / 2 <= x0 + 30
        board.label(up, (x0, height, "middle") if narrow else (x0 - 6, height, "start"), TEXT)


# --- a frame -----------------------------------------------------------------------------------


def framed(board: Board, frame: Frame, scene: Scene) -> None:
    """A frame, with the numbers outside and a faint line at 0."""
    x0, y0 = frame.origin
    if 0 < y0 < HEIGHT and scene.curves:
        board.line((0, y0), (WIDTH, y0), _ZERO)
        board.faint.draw([(0, y0), (WIDTH, y0)])
    if 0 < x0 < WIDTH and scene.curves:
        board.line((x0, 0), (x0, HEIGHT), _ZERO)
        board.faint.draw([(x0, 0), (x0, HEIGHT)])
    board.rectangle(_EDGE)
    board.ink.draw([(0, 0), (WIDTH, 0), (WIDTH, HEIGHT), (0, HEIGHT), (0, 0)])
    deepest = widest = 0.0
    if scene.x.ticks:
        deepest = _numbers_below(board, frame)
    if scene.y.ticks:
        widest = _numbers_left(board, frame)
    across, up = _titled(scene.x, frame.x), _titled(scene.y, frame.y)
    if across:
        low = -deepest - 4 - extent(across).above * TEXT
        board.label(across, (WIDTH / 2, low, "middle"), TEXT)
    if up:
        high = HEIGHT + 4 + extent(up).below * TEXT
        board.label(up, (-min(widest, 12.0), high, "start"), TEXT)


def _numbers_below(board: Board, frame: Frame) -> float:
    """The numbers below the frame; how far down they reach."""
    deepest = 0.0
    for place, x in _ticks(frame, frame.x, upright=False):
        board.line((x, -_TICK), (x, 0), _EDGE)
        if place in frame.x.named:
            content = frame.x.caption(place)
            size = extent(content)
            low = -_TICK - _GAP + 1 - size.above * NUMBER
            board.label(content, (x, low, "middle"), NUMBER)
            deepest = max(deepest, size.below * NUMBER - low)
    return deepest


def _numbers_left(board: Board, frame: Frame) -> float:
    widest = 0.0
    for place, y in _ticks(frame, frame.y, upright=True):
        board.line((-_TICK, y), (0, y), _EDGE)
        if place in frame.y.named:
            content = frame.y.caption(place)
            board.label(content, (-_TICK - _GAP + 1, y, "end"), NUMBER)
            widest = max(widest, _TICK + _GAP + extent(content).width * NUMBER)
    return widest


# --- both --------------------------------------------------------------------------------------


def _ticks(frame: Frame, scale: Scale, *, upright: bool) -> Iterator[tuple[Fraction, float]]:
    """The places of an axis, in its unit and in points of the drawing."""
    for place in scale.places:
        value = place * scale.unit
        spot = frame.place(Fraction(0), value) if upright else frame.place(value, Fraction(0))
        yield place, spot[1 if upright else 0]


def _titled(axis: Axis, scale: Scale) -> Caption:
    """The label of an axis, with the power of ten that its numbers are to be multiplied by."""
    if not (scale.power and axis.ticks):
        return axis.label
    times = rf"\times 10^{{{scale.power}}}"
    if not axis.label:
        return Caption(latex=times)
    latex = axis.label.latex or rf"\text{{{axis.label.text}}}"
    return Caption(latex=rf"{latex}\;({times})")
