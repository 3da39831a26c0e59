r"""How derivatives are named: ``f'(x)``, ``\frac{\partial f}{\partial x}``, ``(e^{3x})'``."""

from __future__ import annotations

from generator.model.dataclass import dataclass
from generator.solver.models.function.latex import Latex, symbol

_PRIME = "'"


@dataclass(frozen=True, slots=True, kw_only=True)
class Notation:
    """The name of a function and those of its variables, with how its terms are written."""

    function: str
    variables: tuple[str, ...]
    latex: Latex

    @property
    def call(self) -> str:
        """``f(x, y)``."""
        return self.derivative(())

    def derivative(self, by: tuple[str, ...]) -> str:
        """The function's derivative by these variables."""
        if len(self.variables) == 1 or not by:
            return self.at(by, tuple(map(symbol, self.variables)))
        return self.operator(by, symbol(self.function))

    def at(self, by: tuple[str, ...], values: tuple[str, ...]) -> str:
        """The derivative at a point."""
        name, arguments = symbol(self.function), self.latex.enclosed(", ".join(values))
        if len(self.variables) == 1 or not by:
            return f"{name}{_PRIME * len(by)}{arguments}"
        return f"{self.operator(by, name)}{arguments}"

    def operator(self, by: tuple[str, ...], above: str = "") -> str:
        r"""``\frac{\partial^{2} f}{\partial x\,\partial y}``."""
        order = f"^{{{len(by)}}}" if len(by) > 1 else ""
        below = (
            rf"\partial {symbol(by[0])}{order}"
            if len({*by}) == 1
            else r"\,".join(rf"\partial {symbol(name)}" for name in by)
        )
        return rf"\frac{{\partial{order}{f' {above}' if above else ''}}}{{{below}}}"

    def piece(self, latex: str, by: str) -> str:
        """The derivative of a term."""
        if len(self.variables) == 1:
            return f"{self.latex.enclosed(latex)}'"
        return rf"{self.operator((by,))}{self.latex.enclosed(latex)}"
