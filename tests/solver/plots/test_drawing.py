"""Plots as figures: numbers at the axes, labels that find room, and the plot in words."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Callable
from hashlib import sha256
from itertools import combinations
from pathlib import Path

import pytest

from generator.model.figure import Circle, Figure, Label, Line, Polyline, Rectangle
from generator.render.svg import svg
from generator.solver.plots.labels import Caption, aloud, extent
from tests.solver.plots.plots import GALLERY, HERE, plot


def written(figure: Figure) -> list[str]:
    """All labels."""
    return [s.latex or s.text for s in figure.shapes if isinstance(s, Label)]


def room(label: Label) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of a label."""
    size = extent(Caption(latex=label.latex, text=label.text))
    width = size.width * label.size
    left = label.x - {"start": 0.0, "middle": width / 2, "end": width}[label.anchor]
    return (
        left,
        label.y - size.above * label.size,
        left + width,
        label.y + size.below * label.size,
    )


def curves(figure: Figure) -> list[Polyline]:
    """The chains of all curves."""
    return [s for s in figure.shapes if isinstance(s, Polyline) and not s.closed]


@pytest.mark.parametrize("name", GALLERY)
def test_no_label_lies_on_another_on_a_curve_or_outside(name: str) -> None:
    figure = plot(GALLERY[name])
    labels = [room(shape) for shape in figure.shapes if isinstance(shape, Label)]
    for one, other in combinations(labels, 2):
        apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
        assert apart, (one, other)
    for left, top, right, bottom in labels:
        assert 0 <= left < right <= figure.width
        assert 0 <= top < bottom <= figure.height
        for chain in curves(figure):
            assert not any(left < x < right and top < y < bottom for x, y in chain.points)


@pytest.mark.parametrize("name", GALLERY)
def test_a_plot_is_small_and_every_time_the_same(name: str) -> None:
    figure = plot(GALLERY[name])
    assert figure == plot(GALLERY[name])
    assert sum(len(chain.points) for chain in curves(figure)) <= 700
    assert figure.width < 400
    assert figure.height < 260
    ET.fromstring(svg(figure))  # noqa: S314 - our own


def test_plots_are_the_same_on_every_machine(golden: Callable[[Path, str], None]) -> None:
    """gallery.sha256 has the digest of each figure, coordinates and all."""
    found = {name: repr(plot(fields)).encode() for name, fields in GALLERY.items()}
    digests = [f"{sha256(data).hexdigest()}  {name}\n" for name, data in found.items()]
    golden(HERE / "gallery.sha256", "".join(digests))


def test_axes_cross_in_the_origin_where_it_is_in_sight() -> None:
    figure = plot(GALLERY["parabola"])
    arrows = [shape for shape in figure.shapes if isinstance(shape, Line) and shape.arrow]
    assert len(arrows) == 2
    assert not any(isinstance(shape, Rectangle) for shape in figure.shapes)


@pytest.mark.parametrize("name", ["density", "data"])
def test_there_is_a_frame_around_data_and_where_the_origin_is_out_of_sight(name: str) -> None:
    figure = plot(GALLERY[name])
    assert any(isinstance(shape, Rectangle) for shape in figure.shapes)
    assert not any(isinstance(shape, Line) and shape.arrow for shape in figure.shapes)


def test_numbers_are_round_or_fractions_of_pi() -> None:
    assert written(plot("x: {from: 10, to: 73}, y: {ticks: false}, curves: [x]")) == [
        *("10", "20", "30", "40", "50", "60", "70"),
    ]
    assert written(plot("x: {from: pi, to: 3*pi}, y: {ticks: false}, curves: [sin(x) + 2]")) == [
        *(r"\pi", r"\frac{5\pi}{4}", r"\frac{3\pi}{2}", r"\frac{7\pi}{4}"),
        *(r"2\pi", r"\frac{9\pi}{4}", r"\frac{5\pi}{2}", r"\frac{11\pi}{4}", r"3\pi"),
    ]
    assert written(plot("x: {from: 1, to: 7, step: pi/2}, y: {ticks: false}, curves: [x]")) == [
        *(r"\frac{\pi}{2}", r"\pi", r"\frac{3\pi}{2}", r"2\pi"),
    ]


def test_of_too_many_numbers_only_some_are_written() -> None:
    figure = plot("x: {from: 1, to: 31, step: 1}, y: {ticks: false}, curves: [x]")
    assert written(figure) == [str(number) for number in range(3, 31, 3)]
    assert len([shape for shape in figure.shapes if isinstance(shape, Line)]) == 31


def test_large_and_small_numbers_have_a_power_of_ten_at_the_axis() -> None:
    assert r"\text{cells}\;(\times 10^{7})" in written(plot(GALLERY["growth"]))
    assert r"\lambda\;(\times 10^{-5})" in written(plot(GALLERY["small"]))


def test_curves_differ_in_colour_and_in_dashes() -> None:
    looks = [chain.stroke for chain in curves(plot(GALLERY["activations"]))]
    strokes = {(stroke.color, stroke.dash) for stroke in looks if stroke is not None}
    assert len({color for color, _ in strokes}) == len({dash for _, dash in strokes}) == 4


def test_curves_that_cannot_be_labelled_beside_them_have_a_key() -> None:
    figure = plot(GALLERY["twins"])
    labels = {s.text: s for s in figure.shapes if isinstance(s, Label) and s.text}
    samples = [s for s in figure.shapes if isinstance(s, Line) and s.y1 == labels["one"].y]
    assert labels["one"].y == labels["other"].y > figure.height - 15
    assert [line.stroke.dash for line in samples] == [(), (5.0, 2.4)]


def test_points_are_on_their_curve_and_rings_are_open() -> None:
    figure = plot("x: {from: 0, to: 4}, curves: [x**a], points: [{x: a}, {x: 1, open: true}]")
    full, ring = [shape for shape in figure.shapes if isinstance(shape, Circle)]
    (chain,) = curves(figure)
    assert min(abs(x - full.x) + abs(y - full.y) for x, y in chain.points) < 6
    assert full.fill == "#222222"
    assert ring.fill == "#ffffff"


def test_an_area_lies_between_curve_and_axis() -> None:
    figure = plot("x: {from: 0, to: 4}, curves: [{y: x, shade: {from: 1, to: a + 1}}]")
    (area,) = [s for s in figure.shapes if isinstance(s, Polyline) and s.closed]
    (left, base), (_, low), (right, high), (end, foot) = area.points
    assert (end, foot) == (right, base)
    assert right - left == pytest.approx(2 * 216 / 4)
    assert base - high == pytest.approx(3 * (base - low), abs=0.05)


def test_plots_are_told_in_words(golden: Callable[[Path, str], None]) -> None:
    """gallery.golden has the words for each plot of gallery.txt."""
    words = [f"{name}: {plot(fields).alt}\n" for name, fields in GALLERY.items()]
    golden(HERE / "gallery.golden", "".join(words))


def test_no_formula_is_told_that_no_label_shows() -> None:
    assert "sin" not in plot("x: {from: 0, to: 7}, curves: [3*sin(x)]").alt


@pytest.mark.parametrize(
    ("latex", "words"),
    [
        (r"\frac{\pi}{2}", "pi over 2"),
        ("x^2", "x squared"),
        (r"\sqrt{x}", "the root of x"),
        (r"\lfloor x \rfloor", "the floor of x"),
        (r"v\text{ in }\mathrm{m/s^2}", "v in m/s squared"),
        (r"\varphi(z)", "phi(z)"),
        (r"f'(x_0)", "f prime(x 0)"),
        (r"2\pi", "2 pi"),
    ],
)
def test_a_label_is_read_aloud(latex: str, words: str) -> None:
    assert aloud(latex) == words
