"""The example of docs/solver.md is a model: its code runs, and solves the bank beside it."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from types import MappingProxyType

import pytest

from generator.bank.read import read_bank
from generator.model.solution import NumericalKey
from generator.model.source import SourceFile
from generator.solver import context, models
from generator.solver.engine import Solver
from generator.variants.space import VariantSpace
from tests.solver.problems import variant

PAGE = Path(__file__).parents[2] / "docs" / "solver.md"


def block(language: str) -> str:
    (found,) = re.findall(rf"```{language}\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    return str(found)


@pytest.fixture(autouse=True)
def _triangle(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The page's module, and its line in the table."""
    (tmp_path / "triangle.py").write_text(block("python"), "utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.delitem(sys.modules, "triangle", raising=False)
    table = MappingProxyType({**models.MODELS, "triangle": "triangle"})
    for module in (models, context):
        monkeypatch.setattr(module, "MODELS", table)


def solver() -> tuple[Solver, VariantSpace]:
    bank = read_bank(SourceFile(name="triangles.yaml", text=block("yaml")), id="triangles").bank
    (problem,) = bank.problems
    made = Solver(problem)
    return made, VariantSpace(problem, made.filters)


def test_each_of_the_ten_variants_has_the_key_that_counting_gives() -> None:
    made, space = solver()
    keys = []
    for index in range(space.size):
        values = dict(space.values(index))
        key = made.solve(variant(values, index)).parts[0].key
        assert isinstance(key, NumericalKey)
        keys.append((values["n"], int(key.value)))
    assert keys == [(n, sum(range(1, n + 1))) for n in range(3, 13)]


def test_its_mistakes_apply_where_they_differ() -> None:
    made, _ = solver()
    (part,) = made.solve(variant({"n": 4})).parts
    assert [mistake.value for mistake in part.mistakes] == [6, 20]
    assert part.steps == (
        "Two such triangles make a rectangle that is one dot wider than high: "
        "$4 \\times 5 / 2 = 10$.",
    )


def test_the_table_of_files_names_what_there_is() -> None:
    folder = Path(models.__file__).parents[1]
    for name in re.findall(r"^\| (`.*?) \|", PAGE.read_text("utf-8"), re.MULTILINE):
        for file in re.findall(r"`(.+?)`", name):
            assert (folder / file).exists(), file
