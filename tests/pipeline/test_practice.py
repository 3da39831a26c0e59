"""What a teacher reads of a problem's parameters, in the bank's language."""

from __future__ import annotations

import pytest

from generator import pipeline
from generator.model.source import SourceFile
from generator.pipeline.practice import sections

BANK = """
title: T
language: {language}
problems:
  - id: p
    title: P
    parameters:
      a: {{min: 1, max: 3}}
      b: {{min: 1, max: 9, step: 2, except: 5}}
      c: {{vector: 2, of: {{values: [0, 1]}}}}
      d: {{matrix: [2, 2], of: {{values: [0, 1]}}, pattern: symmetric}}
      e: {{choose: 2, of: [3, 5, 7]}}
      f: {{subset: 2, of: [3, 5, 7]}}
      g: {{shuffle: [1, 2]}}
      h: {{values: [{{n: 1, name: grey}}, {{n: 3, name: red}}]}}
      i: {{values: [[1, 2, 3, 4, 5, 6, 7, 8], [8, 7, 6, 5, 4, 3, 2, 1], [1, 3, 2, 4, 5, 7, 6, 8],
        [2, 1, 4, 3, 6, 5, 8, 7]]}}
    stem: "{{{{ a }}}} {{{{ b }}}} {{{{ c }}}} {{{{ d }}}} {{{{ e }}}}
      {{{{ f }}}} {{{{ g }}}} {{{{ h.name }}}} {{{{ i }}}}"
    parts:
      - {{ask: Sum?, numerical: a + b}}
"""


def parameters(language: str) -> dict[str, str]:
    file = SourceFile(name="b.yaml", text=BANK.format(language=language))
    (section,) = sections(pipeline.prepare(file, id="b", seed=1))
    return dict(section.parameters)


def test_domains_are_told_in_words() -> None:
    assert parameters("en") == {
        "a": "1 to 3",
        "b": "1 to 9 in steps of 2 except 5",
        "c": "2 entries, each 0, 1",
        "d": "2 by 2 entries, each 0, 1, symmetric",
        "e": "2 of 3, 5, 7, in any order",
        "f": "2 of 3, 5, 7, in this order",
        "g": "1, 2, in any order",
        "h": "(1, grey), (3, red)",
        "i": "4 possibilities",
    }


@pytest.mark.parametrize("language", ["de", "es", "fr"])
def test_no_english_is_left_in_another_language(language: str) -> None:
    english, other = parameters("en"), parameters(language)
    assert english.keys() == other.keys()
    assert {name for name in english if english[name] == other[name]} == {"h"}


def test_german_is_german() -> None:
    assert parameters("de")["b"] == "1 bis 9 in Schritten von 2 außer 5"
