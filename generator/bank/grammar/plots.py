"""Plots: functions of one variable over a range, with points, data, lines and a shaded area."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from generator.bank.grammar.leaves import EXPRESSION, LINE_TEMPLATE, MEMBER, NAME, TRUTH
from generator.bank.grammar.report import Report
from generator.bank.grammar.shape import Either, Leaf, ListOf, Schema, Shape
from generator.bank.grammar.struct import Marked, Named, Struct, optional, required
from generator.bank.limits import MAX_CURVES, MAX_MARKS, MAX_PLOTS
from generator.model.plot import (
    AxisSpec,
    CurveSpec,
    LineSpec,
    Plot,
    PlotSpec,
    PointSpec,
    ShadeSpec,
)
from generator.model.source import Branch, Tree

Fields = Mapping[str, Any]

_LABEL = optional(LINE_TEMPLATE, "what is written beside it: a text, with formulas")
_BOUNDS = {"from": "start", "to": "stop"}
"""The words of a bank that are none of Python's."""


def _spelt(fields: Fields) -> dict[str, Any]:
    return {_BOUNDS.get(name, name): value for name, value in fields.items()}


# --- axes -------------------------------------------------------------------------------------


def _axis(field: Any, about: str) -> Struct[AxisSpec]:
    return Struct(
        "axis",
        about,
        {
            "from": field(EXPRESSION, "where it begins"),
            "to": field(EXPRESSION, "where it ends"),
            "label": _LABEL,
            "step": optional(EXPRESSION, "the distance of its numbers, such as pi / 2"),
            "ticks": optional(TRUTH, "whether there are numbers at all", True),
        },
        lambda _, fields, __: AxisSpec(**_spelt(fields)),
        instead={"min": "from", "max": "to"},
    )


_X = _axis(required, "The horizontal axis.")
_Y = _axis(optional, "The vertical axis; what is left out follows from the curves.")


# --- what is drawn ----------------------------------------------------------------------------

_SHADE = Struct(
    "shaded area",
    "The area between the curve and the horizontal axis.",
    {
        "from": required(EXPRESSION, "where it begins"),
        "to": required(EXPRESSION, "where it ends"),
    },
    lambda _, fields, __: ShadeSpec(**_spelt(fields)),
)
_CURVE = Struct(
    "curve",
    "A function of the variable.",
    {
        "y": required(EXPRESSION, "its value, an expression of the variable"),
        "label": _LABEL,
        "from": optional(EXPRESSION, "where it begins; with the axis if left out"),
        "to": optional(EXPRESSION, "where it ends; with the axis if left out"),
        "shade": optional(_SHADE, "shades the area below it: {from: …, to: …}"),
    },
    lambda _, fields, __: CurveSpec(**_spelt(fields)),
    name="curve",
    instead={"f": "y", "function": "y"},
)
_FORMULA = Leaf(
    "curve",
    lambda source, report: CurveSpec(y=EXPRESSION.parse(source, report)),
    EXPRESSION.json,
    cure=EXPRESSION.cure,
)
_ONE_CURVE: Shape[CurveSpec] = Either(_FORMULA, _CURVE, "curve")

_POINT = Struct(
    "point",
    "A marked point; where x and y are vectors, data.",
    {
        "x": required(EXPRESSION, "how far to the right, a number or a vector"),
        "y": optional(EXPRESSION, "how high; on the first curve if left out"),
        "label": _LABEL,
        "open": optional(TRUTH, "whether it is drawn as a ring", False),
    },
    lambda _, fields, __: PointSpec(**fields),
    name="point",
)


def _line(mark: str, about: str) -> Struct[LineSpec]:
    return Struct(
        "line",
        about,
        {mark: required(EXPRESSION, "where it stands, a number"), "label": _LABEL},
        lambda _, fields, __: LineSpec(**fields),
    )


_LINE = Marked(
    "line",
    {
        "x": _line("x", "A vertical line, dashed."),
        "y": _line("y", "A horizontal line, dashed."),
    },
    name="line",
    cure="write `{x: 2}` for a vertical line, `{y: 2}` for a horizontal one",
)


# --- plots ------------------------------------------------------------------------------------


def _plot(branch: Branch, fields: Fields, report: Report) -> PlotSpec:
    if not (fields["curves"] or fields["points"]):
        cure = "`curves: [x**2]`"
        report.refuse(branch, "missing-field", "this plot needs `curves` or `points`", cure)
    for point in fields["points"]:
        if point.y is None and not fields["curves"]:
            message = "this point needs `y`: there is no curve that it could be on"
            report.refuse(point.x, "missing-field", message, "`y`: how high it is")
    return PlotSpec(**fields)


_PLOT = Struct(
    "plot",
    "Functions of one variable, drawn.",
    {
        "variable": optional(NAME, "what the curves are functions of (x if left out)"),
        "x": required(_X, "the horizontal axis: {from: -2, to: 2}"),
        "y": optional(
            _Y, "the vertical axis; what is left out follows from the curves", AxisSpec()
        ),
        "curves": optional(
            ListOf(_ONE_CURVE, "list of curves", most=MAX_CURVES), "the functions to be drawn", ()
        ),
        "points": optional(
            ListOf(_POINT, "list of points", most=MAX_MARKS), "marked points, and data", ()
        ),
        "lines": optional(
            ListOf(_LINE, "list of lines", most=MAX_MARKS), "vertical and horizontal lines", ()
        ),
    },
    _plot,
    name="plot",
    instead={"curve": "curves", "functions": "curves", "data": "points"},
)


_NAMED = Named(MEMBER, _PLOT, "mapping of plots", lambda _: PlotSpec())


@dataclass(frozen=True)
class _Plots(Shape[tuple[Plot, ...]]):
    """A mapping of plots by their names."""

    noun: str = _NAMED.noun

    def read(self, tree: Tree, report: Report) -> tuple[Plot, ...]:
        """The plots that could be read; one that could not stands there empty."""
        named = _NAMED.read(tree, report)
        if len(named) > MAX_PLOTS:
            message = f"a problem has at most {MAX_PLOTS} plots, not {len(named)}"
            report.refuse(tree, "wrong-value", message)
        return tuple(Plot(name=name, spec=spec) for name, spec in named)

    def schema(self, definitions: dict[str, Schema]) -> Schema:
        """An object with plots for properties."""
        return _NAMED.schema(definitions) | {"maxProperties": MAX_PLOTS}


PLOTS = _Plots()
