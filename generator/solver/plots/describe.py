"""A plot in words, for those who do not see it: what the picture shows, as finely as it shows it.

Numbers are read off: to one decimal more than the distance of those at the axis has, and none where
an axis has none. No formula is told that no label shows, since to find it may be the question.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

from generator.language.digits import decimal, magnitude
from generator.model.dataclass import dataclass
from generator.solver import palette
from generator.solver.plots.frame import HEIGHT, WIDTH, Frame
from generator.solver.plots.labels import Caption, aloud
from generator.solver.plots.sampling import Chain
from generator.solver.plots.ticks import Scale
from generator.solver.plots.values import Axis, Guide, Points, Scene

_SEEN = 3.0
"""The least rise or fall, in points of the drawing, that counts as one."""

_PLATEAU, _LEVEL = 18.0, 0.12
"""The least length of a level piece that counts as one, and how far from level it may be."""

_EDGE = 0.1
"""How near to the edge of the frame a curve leaves it."""

_MANY = 6
"""Turns and crossings up to which each is told."""

_LISTED = 12
"""Data points up to which each is told."""

Point = tuple[float, float]


def describe(scene: Scene, frame: Frame, curves: Sequence[tuple[Chain, ...]]) -> str:
    """The axes, then each curve, the points, lines and areas."""
    reader = _Reader(frame, scene.x.ticks, scene.y.ticks)
    sentences = [_axes(scene, reader)]
    for number, (drawn, chains) in enumerate(zip(scene.curves, curves, strict=True)):
        name = _curve_name(number, drawn.label, len(curves))
        sentences.append(f"{name} {_course(chains, reader)}.")
        sentences += _crossings(chains, reader)
        if drawn.shade is not None:
            first, last = (reader.across(frame.place(x, Fraction(0))[0]) for x in drawn.shade)
            places = f", from {first} to {last}," if first else ""
            sentences.append(f"The area between it and the horizontal axis{places} is shaded.")
    sentences += [_points(points, frame, reader) for points in scene.points]
    sentences += [_line(guide, frame, reader) for guide in scene.guides]
    return " ".join(sentences)


# --- reading off -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads numbers off the axes, if they have any."""

    frame: Frame
    knows_across: bool
    knows_up: bool

    def across(self, x: float) -> str:
        """The number below a point of the drawing; empty where the axis has none."""
        window = self.frame.window
        value = window.left + x / WIDTH * (window.right - window.left)
        return _read(value, self.frame.x) if self.knows_across else ""

    def up(self, y: float) -> str:
        """The number beside a point of the drawing."""
        window = self.frame.window
        value = window.low + y / HEIGHT * (window.high - window.low)
        return _read(value, self.frame.y) if self.knows_up else ""

    def spot(self, point: Point) -> str:
        """Both numbers of a point, as far as there are any."""
        x, y = self.across(point[0]), self.up(point[1])
        if x and y:
            return f"({x}, {y})"
        return f"x = {x}" if x else f"height {y}" if y else ""


def _read(value: float, scale: Scale) -> str:
    """A number, as finely as it can be read off."""
    grain = scale.step / 4 if scale.unit != 1 else Fraction(10) ** (magnitude(scale.step) - 1)
    near = round(Fraction(value) / scale.unit / grain) * grain
    if scale.unit != 1:
        return aloud(scale.caption(near).latex)
    if scale.power and near:
        return f"{decimal(near / Fraction(10) ** scale.power)} times 10 to the power {scale.power}"
    return decimal(near)


def _near(words: str) -> str:
    return f" near {words}" if words else ""


# --- axes --------------------------------------------------------------------------------------


def _axes(scene: Scene, reader: _Reader) -> str:
    kinds = ["curve"] * len(scene.curves)
    what = (
        "A plot"
        if not kinds
        else "A plot of a curve"
        if len(kinds) == 1
        else (f"A plot of {len(kinds)} curves")
    )
    across = _axis("The horizontal axis", scene.x, reader.across, WIDTH)
    up = _axis("the vertical axis", scene.y, reader.up, HEIGHT)
    return f"{what}. {across}, {up}."


def _axis(which: str, axis: Axis, read: Callable[[float], str], length: float) -> str:
    name = f", {axis.label.spoken}," if axis.label else ""
    first, last = read(0.0), read(length)
    return f"{which}{name} " + (f"goes from {first} to {last}" if first else "has no numbers")


# --- curves ------------------------------------------------------------------------------------


def _curve_name(number: int, label: Caption, count: int) -> str:
    dash = palette.DASH_NAMES[number % len(palette.DASH_NAMES)]
    looks = f"the {dash} curve" if count > 1 else "the curve"
    if label:
        return f"{looks} {label.spoken}".replace("the", "The", 1)
    return looks.replace("the", "The", 1)


def _course(chains: tuple[Chain, ...], reader: _Reader) -> str:
    """How the curve goes, piece by piece."""
    pieces = [_piece(_turns(chain), reader) for chain in chains]
    if len(pieces) > _MANY:
        return f"is in {len(pieces)} pieces; the first {pieces[0]}, the last {pieces[-1]}"
    return "; then, after a break, it ".join(pieces)


def _turns(chain: Chain) -> list[Point]:
    """The ends of a chain and what lies between: highest and lowest points, ends of plateaus."""
    turns = [chain[0]]
    best, way = chain[0], 0
    for before, point in pairwise(chain):
        if abs(point[1] - before[1]) <= _LEVEL and point[0] - before[0] >= _PLATEAU:
            turns += [end for end in (before, point) if end != turns[-1]]
            best, way = point, 0
            continue
        rise = point[1] - best[1]
        if rise * way >= 0:
            best = point
            if way == 0 and abs(point[1] - turns[-1][1]) >= _SEEN:
                way = 1 if point[1] > turns[-1][1] else -1
        elif abs(rise) >= _SEEN:
            turns.append(best)
            best, way = point, -way
    return turns if turns[-1] == chain[-1] else [*turns, chain[-1]]


def _piece(turns: list[Point], reader: _Reader) -> str:
    first, *rest = turns
    begin = f"begins {_end(first, reader)}" if _end(first, reader) else "begins"
    if len(rest) > _MANY:
        low, high = (reader.up(f(y for _, y in turns)) for f in (min, max))
        between = f" between {low} and {high}" if low else ""
        return f"{begin} and swings up and down {len(rest)} times{between}"
    ways = [_way(turns, at, reader) for at in range(1, len(turns))]
    return f"{begin}, {', '.join(ways)}"


def _way(turns: list[Point], at: int, reader: _Reader) -> str:
    """How the curve goes from one turn to the next."""
    sign = _sign(turns[at - 1], turns[at])
    verb = ("falls", "stays level", "rises")[sign + 1]
    if at == len(turns) - 1:
        end = _end(turns[at], reader)
        return f"{verb} and ends {end}" if end else verb
    spot = reader.spot(turns[at])
    if sign == 0 or _sign(turns[at], turns[at + 1]) != -sign:
        return f"{verb} until {spot}" if spot else verb
    peak = "a highest point" if sign > 0 else "a lowest point"
    return f"{verb} to {peak}{_near(spot)}"


def _sign(before: Point, after: Point) -> int:
    rise = after[1] - before[1]
    return (rise >= _SEEN) - (rise <= -_SEEN)


def _end(point: Point, reader: _Reader) -> str:
    """Where a piece begins or ends: at a point, or where it leaves the frame."""
    zero = reader.frame.origin[1]
    for edge, name in ((0.0, "lower"), (HEIGHT, "upper")):
        if abs(point[1] - edge) < _EDGE < abs(zero - edge):
            return f"at the {name} edge{_near(reader.across(point[0]))}"
    spot = reader.spot(point)
    return f"at {spot}" if spot else ""


def _crossings(chains: tuple[Chain, ...], reader: _Reader) -> Iterator[str]:
    x0, y0 = reader.frame.origin
    if _EDGE < y0 < HEIGHT - _EDGE:
        flat = [reader.across(at) for chain in chains for at in _meets(chain, y0)]
        yield from _told("meets the horizontal axis", flat)
    if _EDGE < x0 < WIDTH - _EDGE:
        turned = [tuple((y, x) for x, y in chain) for chain in chains]
        yield from _told(
            "meets the vertical axis",
            [reader.up(at) for chain in turned for at in _meets(chain, x0)],
        )


def _meets(chain: Chain, level: float) -> Iterator[float]:
    """Where a chain comes to a level: the first coordinate there."""
    for (ax, ay), (bx, by) in pairwise(chain):
        if (ay < level) != (by < level):
            yield ax + (bx - ax) * (level - ay) / (by - ay)


def _told(what: str, places: list[str]) -> Iterator[str]:
    if not places:
        return
    if not places[0]:
        yield f"It {what} {_times(len(places))}."
    elif len(places) > _MANY:
        yield f"It {what} {len(places)} times, from {places[0]} to {places[-1]}."
    else:
        yield f"It {what} at {_listed(list(dict.fromkeys(places)))}."


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count} times")


def _listed(words: list[str]) -> str:
    *others, last = words
    return f"{', '.join(others)} and {last}" if others else last


# --- points and lines --------------------------------------------------------------------------


def _points(points: Points, frame: Frame, reader: _Reader) -> str:
    spots = [reader.spot(frame.place(*place)) for place in points.places]
    name = f" {points.label.spoken}" if points.label else ""
    if points.data:
        told = f": {_listed(spots)}" if spots[0] and len(spots) <= _LISTED else ""
        return f"There are {len(spots)} data points{name}{told}."
    kind = "An open point" if points.open else "A point"
    return f"{kind}{name} is marked{' at ' + spots[0] if spots[0] else ''}."


def _line(guide: Guide, frame: Frame, reader: _Reader) -> str:
    x, y = frame.place(guide.place, guide.place)
    place = reader.across(x) if guide.upright else reader.up(y)
    name = f" {guide.label.spoken}" if guide.label else ""
    kind = "vertical" if guide.upright else "horizontal"
    return f"A dashed {kind} line{name} is drawn{' at ' + place if place else ''}."
