"""The numbers of a plot in one variant, checked: what `drawing` draws."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from generator.diagnostics import InputError, at
from generator.language.arithmetic import kind
from generator.language.expression import compile_expression
from generator.language.reals import Real
from generator.model.dataclass import dataclass
from generator.model.plot import AxisSpec, CurveSpec, LineSpec, PlotSpec, PointSpec
from generator.model.source import Source
from generator.solver.plots.curve import Curve, curve
from generator.solver.plots.labels import NOTHING, Caption, caption
from generator.solver.plots.ticks import PI, of_pi

Env = Mapping[str, object]

MAX_DATA = 200
"""Data points of a plot: more are a cloud, and make a sheet large."""

_LARGEST, _FINEST = Fraction(10) ** 15, Fraction(1, 10**6)
"""The size of numbers at an axis, and the least width of a range as a share of its bounds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """An axis; `start` and `stop` are None where the curves decide. `unit` is 1 or pi."""

    start: Fraction | None
    stop: Fraction | None
    unit: Fraction = Fraction(1)
    step: Fraction | None = None
    step_place: Source | None = None
    label: Caption = NOTHING
    ticks: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A curve from `start` to `stop`, shaded over `shade`."""

    curve: Curve
    source: Source
    start: Fraction
    stop: Fraction
    label: Caption = NOTHING
    shade: tuple[Fraction, Fraction] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Points:
    """Points that are marked alike: one, or `data`."""

    places: tuple[tuple[Fraction, Fraction], ...]
    label: Caption = NOTHING
    open: bool = False
    data: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Guide:
    """A line across the frame at a number."""

    place: Fraction
    upright: bool
    label: Caption = NOTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """All of a plot."""

    x: Axis
    y: Axis
    curves: tuple[Drawn, ...]
    points: tuple[Points, ...]
    guides: tuple[Guide, ...]


def scene(spec: PlotSpec, env: Env) -> Scene:
    """The numbers of a plot. Raises InputError where they make none."""
    x, y = _axis(spec.x, env), _axis(spec.y, env)
    curves = tuple(_curve(one, spec, x, env) for one in spec.curves)
    points = tuple(_points(one, spec, env) for one in spec.points)
    if sum(len(one.places) for one in points) > MAX_DATA:
        message = f"a plot has at most {MAX_DATA} points in all"
        raise InputError([at(spec.points[0].x, "too-many-points", message)])
    guides = tuple(_guide(one, env) for one in spec.lines)
    return Scene(x=x, y=y, curves=curves, points=points, guides=guides)


# --- axes --------------------------------------------------------------------------------------


def _axis(spec: AxisSpec, env: Env) -> Axis:
    values = [_value(source, env) for source in (spec.start, spec.stop, spec.step)]
    start, stop, step = (None if v is None else _fraction(v) for v in values)
    unit = PI.fraction if _counts_in_pi(values) else Fraction(1)
    if start is not None and stop is not None and spec.stop is not None:
        _check_range(spec.stop, start, stop)
    if step is not None and spec.step is not None and step <= 0:
        cure = "or leave it out, and round numbers are chosen"
        message = f"a step is positive, not {_short(step)}"
        raise InputError([at(spec.step, "wrong-value", message, help=cure)])
    return Axis(
        start=start,
        stop=stop,
        unit=unit,
        step=None if step is None else _in_unit(step, unit),
        step_place=spec.step,
        label=caption(spec.label, env),
        ticks=spec.ticks,
    )


def _counts_in_pi(values: Sequence[object]) -> bool:
    """Whether the step is a fraction of pi, or, without a step, both bounds are (one may be 0)."""
    *bounds, step = values
    if step is not None:
        return of_pi(step) is not None
    return any(of_pi(bound) for bound in bounds) and all(b == 0 or of_pi(b) for b in bounds)


def _in_unit(value: Fraction, unit: Fraction) -> Fraction:
    """A number in the unit; a simple fraction of pi exactly so."""
    return value if unit == 1 else of_pi(Real(value)) or value / unit


def _check_range(where: Source, start: Fraction, stop: Fraction) -> None:
    if stop - start < _FINEST * max(abs(start), abs(stop)) or stop == start:
        raise InputError(
            [
                at(
                    where,
                    "empty-range",
                    f"this range goes from {_short(start)} to {_short(stop)}",
                    help="`to` must be larger than `from`, by a millionth of both at least",
                )
            ]
        )


# --- curves, points, lines ---------------------------------------------------------------------


def _curve(spec: CurveSpec, plot: PlotSpec, x: Axis, env: Env) -> Drawn:
    expression = compile_expression(spec.y)
    assert x.start is not None and x.stop is not None  # noqa: S101, PT018 - required
    start = _number(spec.start, env) if spec.start is not None else x.start
    stop = _number(spec.stop, env) if spec.stop is not None else x.stop
    start, stop = max(start, x.start), min(stop, x.stop)
    if start >= stop:
        message = "nothing of this curve is within the range of the axis"
        where = spec.stop or spec.start or spec.y
        raise InputError([at(where, "empty-range", message, help="check its `from` and `to`")])
    return Drawn(
        curve=curve(expression, plot.letter, env),
        source=spec.y,
        start=start,
        stop=stop,
        label=caption(spec.label, env),
        shade=_shade(spec, start, stop, env),
    )


def _shade(
    spec: CurveSpec, start: Fraction, stop: Fraction, env: Env
) -> tuple[Fraction, Fraction] | None:
    if spec.shade is None:
        return None
    first, last = _number(spec.shade.start, env), _number(spec.shade.stop, env)
    if first > last:
        message = f"this area goes from {_short(first)} to {_short(last)}"
        cure = "`to` must not be smaller than `from`"
        raise InputError([at(spec.shade.stop, "empty-range", message, help=cure)])
    first, last = max(first, start), min(last, stop)
    return (first, last) if first < last else None


def _points(spec: PointSpec, plot: PlotSpec, env: Env) -> Points:
    x = _several(spec.x, env)
    if spec.y is None:
        on = compile_expression(plot.curves[0].y)
        y = tuple(_checked(spec.x, on.evaluate({**env, plot.letter: one})) for one in x)
    else:
        y = _several(spec.y, env)
    if len(x) != len(y):
        message = f"{len(x)} values of x and {len(y)} of y make no points"
        raise InputError([at(spec.y or spec.x, "different-lengths", message)])
    return Points(
        places=tuple(zip(map(_fraction, x), map(_fraction, y), strict=True)),
        label=caption(spec.label, env),
        open=spec.open,
        data=isinstance(compile_expression(spec.x).evaluate(env), tuple),
    )


def _guide(spec: LineSpec, env: Env) -> Guide:
    source = spec.x if spec.x is not None else spec.y
    assert source is not None  # noqa: S101 - a line has one of the two
    return Guide(
        place=_number(source, env), upright=spec.x is not None, label=caption(spec.label, env)
    )


# --- numbers -----------------------------------------------------------------------------------

Number = int | Fraction | Real


def _value(source: Source | None, env: Env) -> Number | None:
    if source is None:
        return None
    return _checked(source, compile_expression(source).evaluate(env))


def _number(source: Source, env: Env) -> Fraction:
    return _fraction(_checked(source, compile_expression(source).evaluate(env)))


def _several(source: Source, env: Env) -> tuple[Number, ...]:
    """A number, or the entries of a vector."""
    value = compile_expression(source).evaluate(env)
    if not isinstance(value, tuple):
        return (_checked(source, value),)
    if not value:
        raise InputError([at(source, "wrong-value", "there are no points in an empty vector")])
    return tuple(_checked(source, entry) for entry in value)


def _checked(source: Source, value: object) -> Number:
    if isinstance(value, bool) or not isinstance(value, int | Fraction | Real):
        message = f"a plot needs a number here, not {kind(value)}"
        raise InputError([at(source, "wrong-type", message)])
    size = abs(_fraction(value))
    if size > _LARGEST or 0 < size < 1 / _LARGEST:
        message = "numbers of a plot lie between 10^-15 and 10^15"
        cure = "choose another unit for this axis"
        raise InputError([at(source, "wrong-value", message, help=cure)])
    return value


def _fraction(value: Number) -> Fraction:
    return value.fraction if isinstance(value, Real) else Fraction(value)


def _short(value: Fraction) -> str:
    return str(Real(value))
