"""Plots for the tests: one from its fields, and some of every kind."""

from __future__ import annotations

from pathlib import Path

from generator.diagnostics import InputError, show
from generator.language.expression import compile_expression
from generator.model.figure import Figure
from generator.model.source import Source, SourceFile
from generator.model.value import Value
from generator.solver.plots.curve import Curve, curve
from tests.solver.problems import solve

HERE = Path(__file__).parent
GALLERY = dict(
    line.split(": ", 1) for line in (HERE / "gallery.txt").read_text("utf-8").splitlines()
)
"""A plot's fields by its name."""


def bank(fields: str) -> str:
    """A problem that shows a plot with these fields in a flow mapping."""
    return f"""
    - id: p
      title: Plot
      parameters:
        a: {{values: [1, 2, 3]}}
        v: {{vector: 2, of: {{min: 0, max: 9}}}}
        w: {{values: [red, blue]}}
      plots:
        plot: {{{fields}}}
      stem: "{{{{ a }}}} {{{{ v }}}} {{{{ w }}}} ![](figure:plot)"
      parts: [{{ask: q, numerical: a}}]
    """


VALUES: dict[str, Value] = {"a": 2, "v": (3, 4), "w": "red"}


def plot(fields: str) -> Figure:
    """The figure of such a plot where a = 2, v = (3, 4), w = red."""
    return solve(bank(fields), **VALUES).figures["plot"]


def complaint(fields: str) -> str:
    """What is printed of the plot."""
    try:
        plot(fields)
    except InputError as error:
        return "\n".join(map(show, error.diagnostics))
    return ""


def function(text: str, variable: str = "x", **values: Value) -> Curve:
    """The curve of an expression."""
    source = Source(file=SourceFile(name="bank.yaml", text=text), line=1, column=1, text=text)
    return curve(compile_expression(source), variable, values)
