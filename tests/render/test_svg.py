"""Figures as SVG files that need nothing else."""

from __future__ import annotations

import re
from typing import Literal
from xml.parsers import expat

from generator.model.figure import Circle, Figure, Label, Line, Polyline, Rectangle, Shape, Stroke
from generator.render.svg import svg
from tests.render.moodle.samples import network


def draw(*shapes: Shape, alt: str = "A drawing.") -> str:
    """The shapes on a canvas of 72 by 36 points; only what stands behind the page's rectangle."""
    text = svg(Figure(width=72, height=36, shapes=shapes, alt=alt))
    expat.ParserCreate().Parse(text.encode(), True)
    return text.partition('fill="#ffffff"/>')[2].removesuffix("</svg>")


def test_a_drawing_has_its_size_in_pixels_and_its_description() -> None:
    text = svg(Figure(width=72, height=36, shapes=(), alt="Less < more & \x01."))
    assert text == (
        '<svg xmlns="http://www.w3.org/2000/svg" role="img" width="96" height="48" '
        'viewBox="0 0 72 36"><title>Less &lt; more &amp; \ufffd.</title>'
        '<rect width="72" height="36" fill="#ffffff"/></svg>'
    )


def test_shapes_are_drawn_in_order() -> None:
    dashed = Stroke(color="#ff0000", width=2, dash=(3, 1.5))
    assert draw(
        Line(x1=0, y1=1.005, x2=-0.001, y2=3),
        Circle(x=1, y=2, radius=3, stroke=None, fill="#00ff00"),
        Rectangle(x=1, y=2, width=3, height=4, corner=1, stroke=dashed),
        Polyline(points=((0, 0), (1, 0), (1, 1)), closed=True),
    ) == (
        '<polyline points="0,1 0,3" fill="none" stroke="#333333" stroke-width="0.8"/>'
        '<circle cx="1" cy="2" r="3" fill="#00ff00"/>'
        '<rect x="1" y="2" width="3" height="4" rx="1" fill="none" stroke="#ff0000" '
        'stroke-width="2" stroke-dasharray="3 1.5"/>'
        '<polygon points="0,0 1,0 1,1" fill="none" stroke="#333333" stroke-width="0.8"/>'
    )


def test_an_arrow_ends_where_the_line_does() -> None:
    drawn = draw(Line(x1=0, y1=10, x2=50, y2=10, arrow=True))
    assert re.search(r'<polyline points="0,10 46,10"', drawn)
    assert re.search(r'<polygon points="50,10 45,11.8 46,10 45,8.2" fill="#333333"/>', drawn)


def test_an_arrow_without_length_does_no_harm() -> None:
    assert "polygon" in draw(Line(x1=5, y1=5, x2=5, y2=5, arrow=True))


def test_labels_are_outlines_and_need_no_font() -> None:
    drawn = draw(Label(x=10, y=10, latex="x_1"), Label(x=10, y=20, text="50% & {more}_#"))
    assert drawn.count("<use ") >= 12
    assert "<text" not in drawn
    assert "font" not in drawn


def test_a_label_without_outlines_is_set_in_the_readers_fonts() -> None:
    drawn = draw(Label(x=10, y=10, text="日本 ~ <x>", anchor="end"))
    assert drawn == (
        '<text x="10" y="12.45" font-size="9.5" text-anchor="end" font-family="serif" '
        'fill="#222222">日本 ~ &lt;x&gt;</text>'
    )


def test_a_halo_clears_the_page_behind_a_label() -> None:
    drawn = draw(Label(x=10, y=10, latex="w", halo=True))
    assert drawn.startswith('<rect x="')
    assert 'fill="#ffffff"/><g ' in drawn


def test_anchors_place_a_label_left_right_and_in_the_middle() -> None:
    def left(anchor: Literal["start", "middle", "end"]) -> float:
        drawn = draw(Label(x=30, y=10, latex="w", anchor=anchor))
        (place,) = re.findall(r"translate\(([0-9.]+) ", drawn)
        return float(place)

    assert left("start") == 30
    assert left("end") < left("middle") < 30
    assert abs(left("start") + left("end") - 2 * left("middle")) <= 0.02


def test_equal_glyphs_are_defined_once() -> None:
    text = svg(network())
    names = re.findall(r'<path id="(g[0-9]+)"', text)
    assert len(names) == len(set(names))
    assert set(re.findall(r'href="#(g[0-9]+)"', text)) == set(names)
