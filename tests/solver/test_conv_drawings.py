"""Drawings of stacks: legible, told in words, and without the sizes that a problem may ask for."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given, settings

from generator.model.figure import Figure, Label
from generator.solver.models.conv import read
from generator.solver.models.conv.drawing import WIDTH, drawings
from generator.solver.models.conv.layers import Layer
from tests.solver.stacks import layer_stacks
from tests.solver.trees import spec

LENET: dict[str, object] = {
    "input": [1, 33, 33],
    "layers": [
        {"conv": {"filters": 6, "kernel": 5, "stride": 2, "padding": 1}},
        {"activation": "relu"},
        {"pool": 2},
        {"conv": {"filters": 16, "kernel": 3, "dilation": 2}},
        {"flatten": True},
        {"dense": 10},
    ],
}


def drawn(name: str) -> Figure:
    return read(spec("conv", LENET)).at({}).figures()[name]


def labels(figure: Figure) -> list[str]:
    return [s.text or s.latex for s in figure.shapes if isinstance(s, Label)]


def test_what_a_problem_may_ask_for_is_left_open() -> None:
    written = labels(drawn("stack"))
    assert written == [
        *("input", r"33 \times 33"),
        *("6 maps", r"{?} \times {?}", "6 filters of 5 × 5", "stride 2, padding 1", "ReLU"),
        *("6 maps", r"{?} \times {?}", "max pooling 2 × 2", "stride 2"),
        *("16 maps", r"{?} \times {?}", "16 filters of 3 × 3", "stride 1", "dilation 2"),
        *(r"\vdots", "? units", "flatten"),
        *(r"\vdots", "10 units", "dense"),
    ]


def test_the_other_drawing_writes_the_sizes_in() -> None:
    written = labels(drawn("shapes"))
    assert {"16 \\times 16", "8 \\times 8", "4 \\times 4", "256 units"} <= set(written)


def test_a_drawing_is_told_in_words() -> None:
    assert drawn("stack").alt == (
        "A stack of layers, from left to right: an input of 33 by 33 with 1 channel; through 6 "
        "filters of 5 by 5, stride 2, padding 1: 6 maps; ReLU; through max pooling 2 by 2, stride "
        "2: 6 maps; through 16 filters of 3 by 3, stride 1, dilation 2: 16 maps; flatten: some "
        "units; dense: 10 units."
    )
    assert "6 maps of 16 by 16" in drawn("shapes").alt


def test_a_drawing_that_does_not_exist_is_not_made_up() -> None:
    with pytest.raises(KeyError):
        drawn("network")


@settings(max_examples=80, deadline=None, derandomize=True)
@given(layer_stacks())
def test_labels_lie_on_the_canvas_and_never_on_each_other(layers: tuple[Layer, ...]) -> None:
    for figure in drawings(layers).values():
        assert figure.width <= WIDTH
        boxes = [_box(shape) for shape in figure.shapes if isinstance(shape, Label)]
        for left, top, right, bottom in boxes:
            assert left >= 0
            assert right <= figure.width
            assert top >= 0
            assert bottom <= figure.height
        for index, one in enumerate(boxes):
            assert not any(_overlap(one, other) for other in boxes[index + 1 :])


def _box(label: Label) -> tuple[float, float, float, float]:
    """About where a label stands: narrow letters, and a line of its size."""
    text = label.text or label.latex.replace("\\times", "x").replace("{?}", "?")
    text = "." if text == "\\vdots" else text
    half = 0.42 * label.size * len(text) / 2
    middle = label.size * 0.45
    return label.x - half, label.y - middle, label.x + half, label.y + middle


def _overlap(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
    return not apart


def test_a_convolution_is_solved_without_z3_and_sympy() -> None:
    """They take half a second to load, and nobody who counts weights should wait for them."""
    script = (
        "import sys; sys.path.insert(0, '.')\n"
        "from tests.solver.test_engine import CONV\n"
        "from tests.solver.problems import solve\n"
        "solve(CONV, image=28, kernel=5)\n"
        "print(sorted({'z3', 'sympy'} & set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert run.stdout == "[]\n"
