"""The drawing of a network: units as circles in columns, an edge for every weight's use.

Edges with the same weight of a convolution look the same, in colour and in dashes, so that they
also tell apart in black and white; a line below says which is which. The weights of a dense layer
with one unit stand at their edges, wherever `labels` finds room that no line, node or other label
takes. Nothing is drawn of a network with too many units.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from generator.model.dataclass import dataclass
from generator.model.figure import Circle, Figure, Label, Line, Rectangle, Shape, Stroke
from generator.solver.models.network.bare import KEPT, bare
from generator.solver.models.network.canvas import MARGIN, Canvas, Node, canvas
from generator.solver.models.network.describe import describe
from generator.solver.models.network.edges import Edge, Key, edges
from generator.solver.models.network.index import number
from generator.solver.models.network.labels import Box, box, row_of_labels
from generator.solver.models.network.layers import Conv1d
from generator.solver.models.network.terms import Tensor
from generator.solver.models.network.view import View
from generator.solver.palette import COLORS, DASHES

MOST_NODES = 12
"""Units in a column that can be told apart on half a page."""

MOST_EDGES = 150
MOST_KEYS = 8
"""Weights that a legend lists."""

FILLS = ("#eaf1fb", "#fdf1e0", "#e8f4e8")
"""Inputs, hidden units, outputs."""

PLAIN = Stroke(color="#444444", width=0.8)
BIAS = Stroke(color="#8a8a8a", width=0.7, dash=(2.5, 1.8))


def draw(view: View) -> Figure | None:
    """The drawing; None for a network of too many units or edges."""
    return _drawn(bare(view))


@lru_cache(maxsize=KEPT)
def _drawn(view: View) -> Figure | None:
    network = view.network
    sizes = [network.shape(layer).size for layer in range(network.depth + 1)]
    found = edges(network)
    if max(sizes) > MOST_NODES or len(found) > MOST_EDGES:
        return None
    places = canvas(network)
    lines = [_line(places, edge) for edge in found]
    labels = _labels(view, places, found, lines)
    legend = list(_legend(view, places, found))
    rows = [shape for row in legend for shape in row.shapes]
    shapes: list[Shape] = [*lines, *_nodes(view, places), *labels, *rows]
    return Figure(
        width=max(places.width, *(row.right + MARGIN for row in legend), 0),
        height=round((legend[-1].y + 7 if legend else places.height) + MARGIN, 2),
        shapes=tuple(shapes),
        alt=describe(view),
    )


# --- edges and nodes ---------------------------------------------------------------------------


def _line(places: Canvas, edge: Edge) -> Line:
    """An edge from rim to rim."""
    start = places.ones[edge.layer - 1] if edge.source is None else None
    if start is None:
        start = places.columns[edge.layer - 1][edge.source or 0]
    end = places.columns[edge.layer][edge.unit]
    dx, dy = end.x - start.x, end.y - start.y
    length = (dx * dx + dy * dy) ** 0.5
    ux, uy = dx / length * places.radius, dy / length * places.radius
    if edge.source is None:
        ux, uy = ux * _ONE, uy * _ONE
    return Line(
        x1=round(start.x + ux, 2),
        y1=round(start.y + uy, 2),
        x2=round(end.x - dx / length * places.radius, 2),
        y2=round(end.y - dy / length * places.radius, 2),
        stroke=_stroke(edge.key),
    )


_ONE = 0.82
"""How large the node of a constant 1 is beside a unit."""


def _stroke(key: Key) -> Stroke:
    if key.kind == "bias":
        return BIAS
    if key.kind == "plain":
        return PLAIN
    color = key.tap if key.filters == 1 else key.filter
    return Stroke(color=COLORS[color % len(COLORS)], width=1.1, dash=DASHES[key.tap % len(DASHES)])


def _nodes(view: View, places: Canvas) -> Iterator[Shape]:
    size = 9.5 if places.radius > 10 else 8.5
    last = view.network.depth
    for layer, column in enumerate(places.columns):
        fill = FILLS[0] if layer == 0 else FILLS[2] if layer == last else FILLS[1]
        names = _names(view, layer)
        for node, name in zip(column, names, strict=True):
            yield Circle(x=node.x, y=node.y, radius=places.radius, fill=fill)
            yield Label(x=node.x, y=node.y, latex=name, size=size)
    side = 2 * _ONE * places.radius * 0.86
    for one in places.ones:
        if one is not None:
            yield Rectangle(
                x=round(one.x - side / 2, 2),
                y=round(one.y - side / 2, 2),
                width=round(side, 2),
                height=round(side, 2),
                stroke=Stroke(color="#6a6a6a", width=0.7),
                fill="#f4f4f4",
                corner=2,
            )
            yield Label(x=one.x, y=one.y, latex="1", size=size)


def _names(view: View, layer: int) -> list[str]:
    shape = view.network.shape(layer)
    return [
        view.latex(view.output(layer, (number(channel), number(position))))
        for channel in range(1, shape.channels + 1)
        for position in range(1, shape.length + 1)
    ]


# --- labels and legend -------------------------------------------------------------------------


def _labels(view: View, places: Canvas, found: list[Edge], lines: list[Line]) -> list[Label]:
    """The weights at the edges that carry no other's weight, where there is room."""
    taken = [_node_box(places, node) for node in places.nodes]
    result = list[Label]()
    for layer in range(1, view.network.depth + 1):
        named = [
            (line, name)
            for edge, line in zip(found, lines, strict=True)
            if edge.layer == layer and (name := _own_name(view, edge))
        ]
        spots = row_of_labels(named, lines, taken)
        taken += [box(spot) for spot in spots]
        result += spots
    return result


def _own_name(view: View, edge: Edge) -> str:
    """The weight that only this edge carries, if its layer is small enough to label."""
    layer = view.network.layer(edge.layer)
    if edge.key.kind == "plain" and layer.weights and layer.output.size == 1:
        index = tuple(number(at) for at in edge.weight)
        return view.latex(layer.weight(edge.layer, index))
    if edge.key.kind == "bias" and layer.output.size == 1:
        return view.symbol(Tensor(kind="bias", layer=edge.layer)).latex
    return ""


def _node_box(places: Canvas, node: Node) -> Box:
    return Box(
        left=node.x - places.radius,
        top=node.y - places.radius,
        right=node.x + places.radius,
        bottom=node.y + places.radius,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of the legend: samples of strokes with their names."""

    shapes: tuple[Shape, ...]
    y: float
    left: float
    right: float


def _legend(view: View, places: Canvas, found: list[Edge]) -> Iterator[Row]:
    """Which stroke is which shared weight: samples for each layer that needs some.

    Those of several layers stand in one row, each below its own gap, where they have room.
    """
    y, right = places.height + 17, 0.0
    for layer in range(1, view.network.depth + 1):
        keys = list(dict.fromkeys(edge.key for edge in found if edge.layer == layer))
        named = [(key, name) for key in keys if (name := _key_name(view, layer, key))]
        if named and len(named) <= MOST_KEYS:
            middle = (places.columns[layer - 1][0].x + places.columns[layer][0].x) / 2
            row = _row(named, middle, round(y, 2), places.width)
            if row.left < right + _BETWEEN:
                y += 16 if right else 0
                row = _row(named, middle, round(y, 2), places.width)
            right = row.right
            yield row


_BETWEEN = 16.0
"""Between the samples of two layers in one row."""


def _row(named: list[tuple[Key, str]], middle: float, y: float, width: float) -> Row:
    """Samples side by side, as far as possible below the gap that they are about."""
    sample, space, gap = 22.0, 4.0, 13.0
    labels = [Label(x=0, y=y, latex=name, anchor="start") for _, name in named]
    widths = [box(label).right - box(label).left for label in labels]
    whole = sum(widths) + len(named) * (sample + space) + (len(named) - 1) * gap
    left = x = max(MARGIN, min(middle - whole / 2, width - MARGIN - whole))
    shapes: list[Shape] = []
    for (key, _), label, own in zip(named, labels, widths, strict=True):
        shapes.append(
            Line(x1=round(x, 2), y1=y, x2=round(x + sample, 2), y2=y, stroke=_stroke(key))
        )
        shapes.append(replace(label, x=round(x + sample + space, 2)))
        x += sample + space + own + gap
    return Row(shapes=tuple(shapes), y=y, left=left, right=round(x - gap, 2))


def _key_name(view: View, layer: int, key: Key) -> str:
    """The weight that a stroke stands for in the legend; empty for one that needs no entry."""
    found = view.network.layer(layer)
    if key.kind == "shared" and isinstance(found, Conv1d):
        index = (number(key.filter + 1), number(key.channel + 1), number(key.tap + 1))
        return view.latex(found.weight(layer, index))
    if key.kind == "bias" and found.output.size > 1:
        if found.units == 1:
            return view.symbol(Tensor(kind="bias", layer=layer)).latex
        return view.latex(found.bias_entry(layer, view.network.letters.place(layer)))
    return ""
