"""Chinese and Japanese: lines end between any two characters, but for some signs."""

from __future__ import annotations

import pytest

from generator.render.pdf.ideographs import pieces


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
