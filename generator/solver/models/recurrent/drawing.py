"""The drawing of a cell: what is computed from what, in one time step."""

from __future__ import annotations

from functools import lru_cache

from generator.model.figure import Figure, Label, Polyline, Rectangle, Shape, Stroke
from generator.solver.models.recurrent.graph import Graph, Node, graph
from generator.solver.models.recurrent.structure import naming
from generator.solver.models.recurrent.structure.activations import ACTIVATIONS
from generator.solver.models.recurrent.structure.cell import Cell
from generator.solver.models.recurrent.structure.terms import Apply
from generator.solver.models.recurrent.words.phrases import listing

GAP, DOWN = 56.0, 44.0
"""Between two columns, and from one row to the next."""

NARROW, LETTER, HEIGHT = 40.0, 7.0, 24.0
"""A box for a single letter, what each further letter adds, and how high boxes are."""

MARGIN, ABOVE = 6.0, 10.0
"""Around the drawing, and above a box for its function."""

GIVEN, INNER, STATE = "#eaf1fb", "#fdf1e0", "#e8f4e8"
"""The fills of what is given, of what is computed, and of what the next time step gets."""

EDGE = Stroke(color="#555555", width=0.7)

Point = tuple[float, float]


@lru_cache(maxsize=64)
def draw(cell: Cell) -> Figure:
    """Boxes for vectors, arrows from what a quantity is computed from."""
    laid_out = graph(cell)
    width = NARROW + LETTER * (max(map(_letters, _boxes(laid_out))) - 1)
    rows = max(len(column) for column in laid_out.columns)
    places = _places(laid_out, rows, width)
    shapes: list[Shape] = [
        Polyline(points=_line(edge, places, width), stroke=EDGE, arrow=True)
        for edge in laid_out.edges
    ]
    for name in _boxes(laid_out):
        shapes += _box(cell, name, places[name,], width)
    return Figure(
        width=2 * MARGIN + width + (width + GAP) * (len(laid_out.columns) - 1),
        height=2 * MARGIN + ABOVE + HEIGHT + DOWN * (rows - 1),
        shapes=tuple(shapes),
        alt=_in_words(laid_out),
    )


def _boxes(laid_out: Graph) -> list[str]:
    """The names in the columns, without the waypoints of edges."""
    return [node[0] for column in laid_out.columns for node in column if len(node) == 1]


def _letters(name: str) -> int:
    return len(naming.base(name).partition("_")[0])


def _places(laid_out: Graph, rows: int, width: float) -> dict[Node, Point]:
    """The middle of each node: the columns side by side, each centred."""
    places = {}
    for across, column in enumerate(laid_out.columns):
        x = MARGIN + width / 2 + (width + GAP) * across
        top = MARGIN + ABOVE + HEIGHT / 2 + DOWN * (rows - len(column)) / 2
        for down, node in enumerate(column):
            places[node] = (x, top + DOWN * down)
    return places


def _line(edge: tuple[Node, ...], places: dict[Node, Point], width: float) -> tuple[Point, ...]:
    """From the right side of the first box to the left side of the last."""
    begin, *between, end = (places[node] for node in edge)
    return ((begin[0] + width / 2, begin[1]), *between, (end[0] - width / 2, end[1]))


def _box(cell: Cell, name: str, middle: Point, width: float) -> list[Shape]:
    """A vector; above it the activation that gives it, if its equation is one."""
    (x, y), term = middle, cell.terms.get(name)
    handed_on = name + naming.PREVIOUS in cell.kind
    fill = GIVEN if term is None else STATE if handed_on else INNER
    left, top = x - width / 2, y - HEIGHT / 2
    shapes: list[Shape] = [
        Rectangle(x=left, y=top, width=width, height=HEIGHT, fill=fill, corner=5),
        Label(x=x, y=y, latex=naming.latex(name)),
    ]
    if isinstance(term, Apply):
        latex = ACTIVATIONS[term.function].latex
        shapes.append(Label(x=x, y=top - 6, latex=latex, size=7.5, halo=True))
    return shapes


def _in_words(laid_out: Graph) -> str:
    sources: dict[str, list[str]] = {}
    for edge in laid_out.edges:
        sources.setdefault(edge[-1][0], []).append(edge[0][0])
    said = [f"{name} from {listing(used)}" for name, used in sources.items()]
    return f"A time step of the cell as boxes and arrows: {'; '.join(said) or 'no arrows'}."
