"""Problems from YAML, and their variants, for the tests of the engine."""

from __future__ import annotations

from collections.abc import Mapping
from textwrap import dedent, indent

from generator.bank.read import read_bank
from generator.diagnostics import InputError, show
from generator.model.bank import Problem
from generator.model.solution import Solution
from generator.model.source import SourceFile
from generator.model.value import Value
from generator.model.variant import Variant
from generator.solver.engine import Solver


def problem(text: str) -> Problem:
    """The one problem of a bank whose entry this is."""
    entry = indent(dedent(text).strip("\n"), "  ")
    file = SourceFile(name="bank.yaml", text=f"title: Test\nproblems:\n{entry}\n")
    return read_bank(file, id="bank").bank.problems[0]


def variant(values: Mapping[str, Value], index: int = 0) -> Variant:
    """A variant of the problem `p` with these parameters."""
    return Variant(problem="p", index=index, code="AAAA", values=tuple(values.items()))


def solve(text: str, **values: Value) -> Solution:
    """The solution of a variant of the problem."""
    return Solver(problem(text)).solve(variant(values))


def complaint(text: str, **values: Value) -> str:
    """What is printed when a variant of the problem is solved."""
    try:
        solve(text, **values)
    except InputError as error:
        return "\n".join(map(show, error.diagnostics))
    return ""
