"""Which quantity is computed from which, in columns from the inputs to the results.

The columns are by longest path; an edge that passes columns gets a waypoint in each of them; within
a column, nodes stand near those that they are connected with (the barycenter heuristic of Sugiyama,
Tagawa and Toda, 1981).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from generator.model.dataclass import dataclass
from generator.solver.models.recurrent.structure import naming
from generator.solver.models.recurrent.structure.cell import Cell

SWEEPS = 4

Node = tuple[str, ...]
"""A name, or the waypoint of an edge in a column: from, to, column."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Graph:
    """Columns of nodes in order, and each edge as the nodes that it passes."""

    columns: tuple[tuple[Node, ...], ...]
    edges: tuple[tuple[Node, ...], ...]


def graph(cell: Cell) -> Graph:
    """The graph of a cell: vectors that it is given, and quantities; weights are left out."""
    uses = {name: _used(cell, name) for name, _ in cell.equations}
    depth = {name: 0 for name, _ in cell.free if not naming.is_weight(name)}
    for name, used in uses.items():
        depth[name] = 1 + max((depth[other] for other in used), default=0)
    columns: list[list[Node]] = [[] for _ in range(1 + max(depth.values()))]
    written = [name for name, _ in cell.kinds if name in depth]
    for name in written:
        columns[depth[name]].append((name,))
    edges = []
    for target, used in uses.items():
        for source in used:
            between = range(depth[source] + 1, depth[target])
            waypoints = [(source, target, str(column)) for column in between]
            for column, waypoint in zip(between, waypoints, strict=True):
                columns[column].append(waypoint)
            edges.append(((source,), *waypoints, (target,)))
    return Graph(columns=_arranged(columns, edges), edges=tuple(edges))


def _used(cell: Cell, name: str) -> tuple[str, ...]:
    """The vectors and quantities in an equation, each once."""
    return tuple(other for other in cell.uses[name] if not naming.is_weight(other))


def _arranged(
    columns: Sequence[Sequence[Node]], edges: Iterable[Sequence[Node]]
) -> tuple[tuple[Node, ...], ...]:
    """The columns with few crossings: sweeps forth and back, to the mean place of neighbours."""
    neighbours: dict[Node, list[Node]] = {}
    for edge in edges:
        for first, second in pairwise(edge):
            neighbours.setdefault(first, []).append(second)
            neighbours.setdefault(second, []).append(first)
    arranged = [list(column) for column in columns]
    for sweep in range(SWEEPS):
        order = range(1, len(arranged)) if sweep % 2 == 0 else range(len(arranged) - 2, -1, -1)
        for index in order:
            fixed = index - 1 if sweep % 2 == 0 else index + 1
            places = _places(arranged[fixed])
            own = _places(arranged[index])

            def place(node: Node, near: Mapping[Node, float] = places) -> float:
                found = [near[other] for other in neighbours.get(node, ()) if other in near]
                return sum(found) / len(found) if found else own[node]  # noqa: B023 - used at once

            arranged[index].sort(key=place)
    return tuple(map(tuple, arranged))


def _places(column: Sequence[Node]) -> dict[Node, float]:
    """Where the nodes of a column stand, between 0 and 1."""
    return {node: (index + 0.5) / len(column) for index, node in enumerate(column)}
