"""The banks that come with the package, each prepared once for all tests of a process."""

from __future__ import annotations

from functools import cache

from generator import pipeline, reading
from generator.pipeline.assignment import Assignment
from tests.commands import ROOT

FOLDER = ROOT / "banks"
BANKS = sorted(
    path.relative_to(FOLDER).with_suffix("").as_posix() for path in FOLDER.rglob("*.yaml")
)
"""The names of all of them."""
SEED = 42


@cache
def shipped(name: str) -> Assignment:
    """The bank of this name, `assignment4` or `examples/physics`, ready to be dealt."""
    path = FOLDER / f"{name}.yaml"
    return pipeline.prepare(reading.read(path), id=path.stem, seed=SEED, load=reading.beside(path))
