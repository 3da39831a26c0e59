"""What a bank asks of a network as numbers."""

from __future__ import annotations

from fractions import Fraction

from generator.model.dataclass import dataclass
from generator.solver.models.network.terms import Tensor


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A component of a gradient: a tensor, and the kept index in it, from 1."""

    target: Tensor
    at: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of an optimizer: its name in `updates.UPDATES`, and its settings."""

    rule: str
    numbers: tuple[tuple[str, Fraction], ...]

    @property
    def settings(self) -> dict[str, Fraction]:
        """The settings by name."""
        return dict(self.numbers)
