"""Plots: functions of one variable, drawn for the values of a variant.

`Drawings` are the figures of one variant, each drawn when a text places it, and once. Points of a
curve are computed by correctly rounded operations alone (`steady`) and written to hundredths of a
point, so that they are the same on every machine.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.diagnostics import Diagnostic, InputError, at
from generator.language.expression import compile_expression
from generator.model.figure import Figure
from generator.model.plot import Plot
from generator.model.source import Source
from generator.solver.case import Case, located

__all__ = ["Drawings", "check"]


def check(plots: tuple[Plot, ...]) -> tuple[Diagnostic, ...]:
    """What is wrong with plots whatever the values: functions of which no curve can be drawn."""
    if not plots:
        return ()
    from generator.solver.plots.curve import unplottable  # noqa: PLC0415 - few banks have plots

    return tuple(
        finding
        for plot in plots
        for curve in plot.spec.curves
        for error in unplottable(compile_expression(curve.y), plot.spec.letter)
        for finding in error.diagnostics
    )


class Drawings(Mapping[str, Figure]):
    """The plots of a variant, and what its model draws.

    Raises InputError where both have one name, and, when a plot is asked for, where its values
    make none: at the place in the bank, with the `values` of the parameters.
    """

    def __init__(self, plots: tuple[Plot, ...], case: Case, values: Mapping[str, object]) -> None:
        self._plots = {plot.name.text: plot for plot in plots}
        self._case, self._values = case, values
        self._others = case.figures()
        self._drawn: dict[str, Figure] = {}
        if twice := [plot.name for plot in plots if plot.name.text in self._others]:
            raise InputError(_duplicate(name) for name in twice)

    def __getitem__(self, name: str) -> Figure:
        if name not in self._plots:
            return self._others[name]
        if name not in self._drawn:
            from generator.solver.plots.drawing import draw  # noqa: PLC0415 - few banks have plots

            with located(self._values, self._case.index):
                self._drawn[name] = draw(self._plots[name].spec, self._case.env)
        return self._drawn[name]

    def __iter__(self) -> Iterator[str]:
        return iter((*self._plots, *self._others))

    def __contains__(self, name: object) -> bool:
        return name in self._plots or name in self._others

    def __len__(self) -> int:
        return len(self._plots) + len(self._others)


def _duplicate(name: Source) -> Diagnostic:
    message = f"the model draws a figure `{name.text}` already"
    return at(name, "duplicate-name", message, help="choose another name")
