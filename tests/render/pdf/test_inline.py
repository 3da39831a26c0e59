"""Running text as items: where ideographs may be parted, how italics keep their distance."""

from __future__ import annotations

from dataclasses import replace

import pytest

from generator.model.document import Emphasis, Inline, Text
from generator.render.pdf.fit import natural_width
from generator.render.pdf.ideographs import pieces
from generator.render.pdf.style import Setting
from tests.render.pdf.samples import style

LOOK = Setting.of(style(), "en").body


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("gradient", ["gradient"]),
        ("Größe", ["Größe"]),
        ("梯度下降", ["梯", "度", "下", "降"]),
        ("（梯度），", ["（梯", "度），"]),
        ("第1页", ["第", "1", "页"]),
        ("用ReLU函数。", ["用", "ReLU", "函", "数。"]),
        ("“梯度”", ["“梯", "度”"]),
        ("データ", ["デー", "タ"]),
    ],
)
def test_a_line_may_end_between_ideographs_but_not_before_a_closing_sign(
    word: str, expected: list[str]
) -> None:
    assert list(pieces(word)) == expected


def test_italics_keep_their_distance_from_upright_letters() -> None:
    """An f reaches far out of its room; before a comma it may, since nothing is in its way."""

    def width(*content: Inline) -> float:
        return natural_width(content, LOOK)

    leaning = Emphasis(content=(Text(text="of"),))
    alone = width(replace(leaning, content=(Text(text="on"),)))
    assert alone == pytest.approx(natural_width((Text(text="on"),), replace(LOOK, role="italic")))
    plain = natural_width((Text(text="of"),), replace(LOOK, role="italic"))
    assert width(leaning) > plain + 0.3
    comma = width(Text(text=","))
    assert width(leaning, Text(text=",")) == pytest.approx(plain + comma)
