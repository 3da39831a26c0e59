"""The drawing of a cell is made from its equations."""

from __future__ import annotations

import pytest

from generator.model.figure import Label, Polyline, Rectangle
from generator.solver.models.recurrent.cells import CELLS
from generator.solver.models.recurrent.graph import graph
from tests.solver.recurrent.cells import cell, lstm, named


def test_a_drawing_says_what_it_shows() -> None:
    assert lstm().figures()["cell"].alt == (
        "A time step of the cell as boxes and arrows: i from x and h_prev; f from x and h_prev; "
        "o from x and h_prev; c_tilde from x and h_prev; c from f, c_prev, i and c_tilde; "
        "h from o and c."
    )


def test_every_vector_has_a_box_and_every_activation_a_label() -> None:
    figure = lstm().figures()["cell"]
    labels = [shape.latex for shape in figure.shapes if isinstance(shape, Label)]
    assert sorted(labels) == sorted(
        (
            *("x_t", "h_{t-1}", "c_{t-1}", "i_t", "f_t", "o_t", r"\tilde{c}_t", "c_t", "h_t"),
            *(r"\sigma", r"\sigma", r"\sigma", r"\tanh"),
        )
    )


@pytest.mark.parametrize("word", sorted(CELLS))
def test_a_drawing_stays_on_its_canvas_and_boxes_apart(word: str) -> None:
    figure = named(word).figures()["cell"]
    boxes = [shape for shape in figure.shapes if isinstance(shape, Rectangle)]
    for box in boxes:
        assert 0 <= box.x <= box.x + box.width <= figure.width
        assert 0 <= box.y <= box.y + box.height <= figure.height
    assert len({(box.x, box.y) for box in boxes}) == len(boxes)
    points = [
        point for shape in figure.shapes if isinstance(shape, Polyline) for point in shape.points
    ]
    assert all(0 <= x <= figure.width and 0 <= y <= figure.height for x, y in points)


def test_edges_go_from_column_to_column() -> None:
    """No arrow passes through a box: it has a waypoint of its own in each column between."""
    laid_out = graph(named("peephole").cell)
    column = {node: index for index, nodes in enumerate(laid_out.columns) for node in nodes}
    for edge in laid_out.edges:
        assert [column[node] for node in edge] == list(range(column[edge[0]], column[edge[-1]] + 1))


def test_a_cell_without_inputs_is_drawn_too() -> None:
    assert cell({"h": "b"}).figures()["cell"].alt == (
        "A time step of the cell as boxes and arrows: no arrows."
    )
