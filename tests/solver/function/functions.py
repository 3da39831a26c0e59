"""Functions as banks write them, for the tests of the model."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from generator.model.value import Formula, Value
from generator.solver.contract import Derivation
from generator.solver.models.function import read
from generator.solver.models.function.model import FunctionInstance
from tests.solver.trees import spec

AT_ALL = "derivative.f"


def instance(fields: Mapping[str, object], **values: Value) -> FunctionInstance:
    """The functions of an entry, for these values of parameters."""
    return read(spec("function", dict(fields))).at(values)


def derive(fields: Mapping[str, object], path: str, **values: Value) -> Derivation:
    """A quantity, by its path with dots."""
    return instance(fields, **values).derive(tuple(path.split(".")))


@cache
def derivative(f: str, path: str = AT_ALL) -> Derivation:
    """A derivative of one function of x."""
    return derive({"of": "x", "f": f}, path)


def latex(found: object) -> str:
    """A formula as it is printed."""
    assert isinstance(found, Formula)
    return found.latex


def text(found: object) -> str:
    """A formula as it is typed."""
    assert isinstance(found, Formula)
    return found.text
