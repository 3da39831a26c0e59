"""The models that a bank may name: one file or package each, and its line in the table.

A model's module offers ``read``, a `generator.solver.contract.Reader`. It is imported when a bank
first asks for it: whoever counts the weights of a layer never waits for z3 or SymPy to load.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from types import MappingProxyType

from generator.solver.contract import Reader

MODELS: Mapping[str, str] = MappingProxyType(
    {
        "conv": "generator.solver.models.conv",
        "function": "generator.solver.models.function",
        "network": "generator.solver.models.network",
        "recurrent": "generator.solver.models.recurrent",
    }
)
"""Kind of model -> the module that reads and solves it."""


def reader(kind: str) -> Reader:
    """The reader of a kind of model; KeyError for a kind that the table does not know."""
    read: Reader = import_module(MODELS[kind]).read
    return read
