"""The Python API: what docs/python.md says of it is so."""

from __future__ import annotations

import doctest
import os
import re
import subprocess
import sys

import pytest

import generator
from generator import load_bank
from tests.commands import ASSIGNMENT, ROOT

PAGE = ROOT / "docs" / "python.md"


def test_the_examples_of_the_page_give_what_it_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    failed, tried = doctest.testfile(str(PAGE), module_relative=False, encoding="utf-8")
    assert tried > 10
    assert failed == 0


def test_the_page_names_all_that_is_public_and_it_is_little() -> None:
    rows = PAGE.read_text("utf-8").split("|---|---|\n")[1].split("\n\n")[0].splitlines()
    named = re.findall(r"`(\w+)[(`]", "".join(row.split("|")[1] for row in rows))
    assert sorted(named) == sorted(generator.__all__)
    assert len(named) <= 10


def test_every_public_name_is_there_and_no_other() -> None:
    for name in generator.__all__:
        assert getattr(generator, name) is not None
    assert dir(generator) == sorted(generator.__all__)
    with pytest.raises(AttributeError, match="module 'generator' has no attribute 'solve'"):
        _ = generator.solve  # type: ignore[attr-defined]


def test_importing_it_imports_nothing_else() -> None:
    code = "import sys, generator; print([m for m in sys.modules if m.startswith('generator.')])"
    run = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert run.stdout.strip() == "[]"


def test_a_variant_shows_itself_without_its_key() -> None:
    variant = load_bank(ASSIGNMENT)["cnn-layer"].variant(731)
    html = variant._repr_html_()
    assert html.startswith("<style>.gen-quiz {")
    assert "<math" in html
    assert "<svg" in html
    assert "Proved" not in html
    assert "1568" not in html


def test_a_solution_shows_keys_steps_and_evidence() -> None:
    variant = load_bank(ASSIGNMENT)["cnn-layer"].variant(731)
    html = variant.solution._repr_html_()
    for text in ("1568", "Derived in two ways", "<h4>(c)</h4>"):
        assert text in html


def test_what_there_is_not_is_told_with_what_there_is() -> None:
    bank = load_bank(ASSIGNMENT)
    with pytest.raises(KeyError, match="there is no problem 'cnn-layr'; did you mean `cnn-layer`"):
        bank["cnn-layr"]
    with pytest.raises(IndexError, match="cnn-layer has the variants 0 to 2,015, not 2,016"):
        bank["cnn-layer"].variant(2016)
    with pytest.raises(KeyError, match="there is no part 'z'; there are a, b, c"):
        bank["cnn-layer"].variant(0).check("1", part="z")
