"""The drawing of a network: nothing covers anything else, and equal weights look alike."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from itertools import combinations

import pytest

from generator.model.figure import Circle, Figure, Label, Line
from generator.render.formula import outline
from tests.solver.network.networks import instance

AXIS = 0.258
"""The math axis of STIX Two in em: a label's centre line is where a fraction's bar would be."""

CASES = [
    (inputs, kernel, stride, bias)
    for inputs in range(4, 11)
    for kernel in range(2, 5)
    for stride in (1, 2)
    for bias in (False, True)
    if inputs > kernel
]


@cache
def drawing(inputs: int, kernel: int, stride: int, *, bias: bool, units: int = 1) -> Figure:
    hidden = (inputs - kernel) // stride + 1
    found = instance(
        input={"symbol": "x", "size": inputs},
        layers=[
            {
                "conv1d": {
                    "name": "hidden",
                    "weights": "v",
                    "kernel": kernel,
                    "stride": stride,
                    "bias": bias,
                    "activation": "tanh",
                    "output": "h",
                }
            },
            {
                "dense": {
                    "name": "output",
                    "weights": "w",
                    "units": units,
                    "bias": bias,
                    "bias_symbol": "c",
                    "output": "z",
                }
            },
        ],
        data={
            "input": [1] * inputs,
            "target": [1] * units if units > 1 else 1,
            "weights": [
                [1] * kernel,
                [[1] * hidden] * units if units > 1 else [1] * hidden if hidden > 1 else 1,
            ],
            "biases": [1, [1] * units if units > 1 else 1],
        },
        component={"of": "hidden", "index": 1},
    )
    return found.figures()["network"]


@dataclass(frozen=True)
class Ink:
    """The rectangle that a label's glyphs fill."""

    left: float
    top: float
    right: float
    bottom: float

    @classmethod
    def of(cls, label: Label) -> Ink:
        laid = outline(label.latex)
        assert laid is not None
        width = laid.width * label.size
        left = label.x - {"start": 0.0, "middle": width / 2, "end": width}[label.anchor]
        base = label.y + AXIS * label.size
        # Small letters, which reach up to 0.48 em, with an index that reaches down to 0.22 em.
        return cls(left, base - 0.5 * label.size, left + width, base + 0.22 * label.size)

    def meets(self, other: Ink) -> bool:
        apart = self.right <= other.left or other.right <= self.left
        return not (apart or self.bottom <= other.top or other.bottom <= self.top)

    def is_crossed(self, line: Line) -> bool:
        """Whether a line has a point inside, by halving it until its pieces are tiny."""
        left, right = sorted((line.x1, line.x2))
        top, bottom = sorted((line.y1, line.y2))
        if not self.meets(Ink(left, top, right, bottom + 1e-9)):
            return False
        if right - left + bottom - top < 0.1:
            return True
        x, y = (line.x1 + line.x2) / 2, (line.y1 + line.y2) / 2
        return self.is_crossed(replace(line, x2=x, y2=y)) or self.is_crossed(
            replace(line, x1=x, y1=y)
        )


def lines(figure: Figure) -> list[Line]:
    return [shape for shape in figure.shapes if isinstance(shape, Line)]


def circles(figure: Figure) -> list[Circle]:
    return [shape for shape in figure.shapes if isinstance(shape, Circle)]


def free_labels(figure: Figure) -> list[Label]:
    """The labels that are not inside a node; the constants of biases are nodes too."""
    centres = {(circle.x, circle.y) for circle in circles(figure)}
    labels = [shape for shape in figure.shapes if isinstance(shape, Label)]
    return [label for label in labels if (label.x, label.y) not in centres and label.latex != "1"]


def distance(line: Line, x: float, y: float) -> float:
    dx, dy = line.x2 - line.x1, line.y2 - line.y1
    along = ((x - line.x1) * dx + (y - line.y1) * dy) / (dx * dx + dy * dy)
    along = max(0.0, min(1.0, along))
    gap = (line.x1 + along * dx - x) ** 2 + (line.y1 + along * dy - y) ** 2
    return float(gap**0.5)


@pytest.mark.parametrize(("inputs", "kernel", "stride", "bias"), CASES)
def test_no_label_touches_a_line_a_node_or_another_label(
    inputs: int, kernel: int, stride: int, bias: bool
) -> None:
    """Measured on the glyphs as they will be printed."""
    figure = drawing(inputs, kernel, stride, bias=bias)
    inks = [Ink.of(label) for label in free_labels(figure)]
    assert len(inks) == kernel + (inputs - kernel) // stride + 1 + 2 * bias
    for ink in inks:
        assert not any(ink.is_crossed(line) for line in lines(figure))
        for circle in circles(figure):
            x = max(ink.left, min(circle.x, ink.right))
            y = max(ink.top, min(circle.y, ink.bottom))
            assert (x - circle.x) ** 2 + (y - circle.y) ** 2 > circle.radius**2
    assert not any(one.meets(other) for one, other in combinations(inks, 2))


@pytest.mark.parametrize(("inputs", "kernel", "stride", "bias"), CASES)
def test_no_edge_passes_through_a_node(inputs: int, kernel: int, stride: int, bias: bool) -> None:
    """An edge touches the rims of its two ends, and comes near to no other unit."""
    figure = drawing(inputs, kernel, stride, bias=bias)
    for line in lines(figure):
        for circle in circles(figure):
            assert distance(line, circle.x, circle.y) > circle.radius - 0.05


@pytest.mark.parametrize(("inputs", "kernel", "stride", "bias"), CASES)
def test_everything_is_on_the_canvas(inputs: int, kernel: int, stride: int, bias: bool) -> None:
    """Also the legend; and the drawing is no wider than a line of text."""
    figure = drawing(inputs, kernel, stride, bias=bias)
    assert figure.width <= 453
    assert figure.height <= 330
    boxes = [Ink.of(label) for label in free_labels(figure)]
    boxes += [
        Ink(c.x - c.radius, c.y - c.radius, c.x + c.radius, c.y + c.radius) for c in circles(figure)
    ]
    for box in boxes:
        assert box.left >= 0
        assert box.top >= 0
        assert box.right <= figure.width
        assert box.bottom <= figure.height


def test_every_use_of_a_shared_weight_looks_the_same() -> None:
    """Four uses of each of three weights: three colours, and three dashes without colour."""
    figure = drawing(6, 3, 1, bias=False)
    shared = [line.stroke for line in lines(figure) if line.stroke.width > 1]
    strokes = sorted(set(shared), key=shared.index)
    assert [shared.count(stroke) for stroke in strokes] == [5, 5, 5]  # one of them in the legend
    assert len({stroke.color for stroke in strokes}) == 3
    assert len({stroke.dash for stroke in strokes}) == 3


def test_a_convolved_unit_stands_at_the_middle_of_its_window() -> None:
    """So that the edges of one weight are parallel."""
    found = circles(drawing(7, 3, 2, bias=False))
    inputs, hidden = found[:7], found[7:10]
    for at, unit in enumerate(hidden):
        assert unit.y == pytest.approx(inputs[2 * at + 1].y, abs=0.02)


def test_the_weights_of_a_single_unit_stand_at_their_edges() -> None:
    """And those of a convolution in the legend."""
    labels = [label.latex for label in free_labels(drawing(6, 3, 1, bias=True))]
    assert labels == ["w_1", "w_2", "w_3", "w_4", "c", "v_1", "v_2", "v_3", "b"]


def test_several_outputs_are_drawn_without_labels_on_their_edges() -> None:
    """There is no room for a label on each of so many edges."""
    figure = drawing(5, 2, 1, bias=False, units=3)
    assert len(circles(figure)) == 5 + 4 + 3
    assert [label.latex for label in free_labels(figure)] == ["v_1", "v_2"]


def test_the_drawing_is_described_in_words() -> None:
    """The very network: who sees whom, and which weights are shared."""
    assert drawing(6, 3, 1, bias=False).alt == (
        "A network in columns, from left to right. The inputs are x1 to x6. Next are the hidden "
        "units h1 to h4, computed by a convolution with one filter of size 3 and stride 1: h1 sees "
        "x1, x2 and x3; h2 sees x2, x3 and x4; h3 sees x3, x4 and x5; h4 sees x4, x5 and x6. The "
        "edges of every window carry the same shared weights v1, v2 and v3, in this order from top "
        "to bottom; equal weights look the same. The output z is joined to h1 to h4 by the weights "
        "w1 to w4. There are no biases."
    )
    assert drawing(7, 3, 2, bias=True).alt.endswith(
        "A constant 1 is joined to all of them by the one shared bias b. The output z is joined to "
        "h1, h2 and h3 by the weights w1, w2 and w3. A constant 1 is joined to it by the bias c."
    )


def test_a_network_of_many_units_is_not_drawn() -> None:
    """A stem that places the drawing is told that there is none."""
    wide = {
        "input": {"symbol": "x", "size": 20},
        "layers": [{"dense": {"weights": "w", "units": 1, "output": "z"}}],
        "data": {"input": [1] * 20, "target": 1, "weights": [[1] * 20]},
        "component": {"of": "dense1", "index": 1},
    }
    assert instance(**wide).figures() == {}
