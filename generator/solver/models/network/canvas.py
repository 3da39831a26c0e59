"""Where the units of a network's drawing stand.

One column a layer, the input first. A unit of a convolution stands at the height of the middle of
its window, so that equal weights are parallel lines. The constants 1 of the biases stand below the
column that they are added to, where their edges pass no other unit.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from generator.model.dataclass import dataclass
from generator.solver.models.network.layers import Conv1d, Pool
from generator.solver.models.network.structure import Network

MARGIN = 4.0
WIDEST = 420.0
"""The width that the gaps between columns share, in points: the text's width, less the units."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A unit: its layer, its place among the layer's units, and where it is drawn."""

    layer: int
    at: int
    x: float
    y: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Canvas:
    """Columns of nodes; for each layer but the last the constant of the biases above it, if any."""

    columns: tuple[tuple[Node, ...], ...]
    ones: tuple[Node | None, ...]
    radius: float

    @property
    def nodes(self) -> tuple[Node, ...]:
        """All nodes."""
        units = (node for column in self.columns for node in column)
        return (*units, *(one for one in self.ones if one is not None))

    @property
    def width(self) -> float:
        """How far the nodes reach to the right, with the margin."""
        return round(max(node.x for node in self.nodes) + self.radius + MARGIN, 2)

    @property
    def height(self) -> float:
        """How far the nodes reach down."""
        return round(max(node.y for node in self.nodes) + self.radius, 2)


def canvas(network: Network) -> Canvas:
    """The places of all nodes."""
    tallest = max(network.shape(layer).size for layer in range(network.depth + 1))
    spacing = max(23.0, min(31.0, 232.0 / max(1, tallest - 1)))
    radius = round(min(11.5, spacing * 0.38), 2)
    columns = _columns(network, spacing, radius)
    top = min(node.y for column in columns for node in column) - radius - MARGIN
    lowered = tuple(
        tuple(replace(node, y=round(node.y - top, 2)) for node in column) for column in columns
    )
    ones = tuple(
        _one(lowered[layer], lowered[layer + 1], spacing, radius)
        if network.layer(layer + 1).bias
        else None
        for layer in range(network.depth)
    )
    return Canvas(columns=lowered, ones=ones, radius=radius)


def _columns(network: Network, spacing: float, radius: float) -> list[list[Node]]:
    heights = [_even(network.shape(0).axes, spacing)]
    for layer in range(1, network.depth + 1):
        heights.append(_heights(network, layer, heights[-1], spacing))
    x, columns = radius + MARGIN, list[list[Node]]()
    for layer, ys in enumerate(heights):
        if layer:
            span = max(max(column) - min(column) for column in heights[layer - 1 : layer + 1])
            # Wide enough that the edges are not too steep for labels beside them.
            x += min(WIDEST / network.depth, max(132.0, 0.66 * span))
        columns.append([Node(layer=layer, at=at, x=round(x, 2), y=y) for at, y in enumerate(ys)])
    return columns


def _even(axes: tuple[int, int], spacing: float) -> list[float]:
    """Heights of so many channels of so many units, centred at 0, with room between channels."""
    channels, length = axes
    ys = [
        (channel * (length + 0.6) + position) * spacing
        for channel in range(channels)
        for position in range(length)
    ]
    middle = (ys[0] + ys[-1]) / 2
    return [y - middle for y in ys]


def _heights(network: Network, layer: int, below: list[float], spacing: float) -> list[float]:
    """Heights of a layer's units, given those of the layer below."""
    found = network.layer(layer)
    even = _even(found.output.axes, spacing)
    if not isinstance(found, Conv1d | Pool) or found.output.channels * found.inputs.channels > 1:
        return even if found.output.size != len(below) else list(below)
    padding = found.padding if isinstance(found, Conv1d) else 0
    centred = []
    for position in range(found.output.length):
        start = position * found.stride - padding
        window = [below[at] for at in range(start, start + found.span) if 0 <= at < len(below)]
        centred.append(sum(window) / len(window))
    roomy = all(after - before >= 0.8 * spacing for before, after in pairwise(centred))
    return centred if roomy else even


def _one(
    column: tuple[Node, ...], targets: tuple[Node, ...], spacing: float, radius: float
) -> Node:
    """The constant 1 below a column: as far left as its edges pass all units at a distance."""
    lowest = Node(
        layer=column[-1].layer, at=-1, x=column[-1].x, y=round(column[-1].y + 1.15 * spacing, 2)
    )
    gap = targets[0].x - lowest.x
    places = [replace(lowest, x=round(lowest.x + gap * step / 20, 2)) for step in range(11)]
    clear = (one for one in places if _passes(one, targets, (*column, *targets), radius + 1.5))
    return next(clear, lowest)


def _passes(one: Node, targets: tuple[Node, ...], nodes: tuple[Node, ...], distance: float) -> bool:
    """Whether the edges from a constant to its units keep a distance from all other units."""
    return all(
        _distance(one, target, node) >= distance
        for target in targets
        for node in nodes
        if node != target
    )


def _distance(start: Node, end: Node, point: Node) -> float:
    """How far a point is from the line between two others."""
    dx, dy = end.x - start.x, end.y - start.y
    along = ((point.x - start.x) * dx + (point.y - start.y) * dy) / (dx * dx + dy * dy)
    nearest = max(0.0, min(1.0, along))
    across = start.x + nearest * dx - point.x, start.y + nearest * dy - point.y
    return float((across[0] ** 2 + across[1] ** 2) ** 0.5)
