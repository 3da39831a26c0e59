"""How keys are shown to whoever marks."""

from __future__ import annotations

import pytest
import yaml

from generator.document.keys import shown
from generator.model.document import Text
from generator.model.solution import TextKey
from generator.resources import TEMPLATES


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "“mean”; also: “average {x}”"),
        ("de", "„mean“; auch: „average {x}“"),
        ("fr", "«\u202fmean\u202f»; aussi\u00a0: «\u202faverage {x}\u202f»"),
    ],
)
def test_texts_are_quoted_as_the_language_does(language: str, expected: str) -> None:
    words = yaml.safe_load((TEMPLATES / "words" / f"{language}.yaml").read_text("utf-8"))
    key = TextKey(answers=("mean", "average {x}"))
    content, plain = shown(key, lambda _: (), words)
    assert (content, plain) == ((Text(text=expected),), "mean")
