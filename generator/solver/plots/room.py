"""Where in a drawing there is ink: a grid of small cells, in which labels look for free room.

Coordinates are those of the frame: points, x to the right and y upwards from its lower left corner.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from generator.model.dataclass import dataclass

_CELL = 1.5
"""The size of a cell in points."""

_AROUND = 90.0
"""How far beyond the frame there may be labels."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A rectangle."""

    left: float
    low: float
    right: float
    high: float

    def grown(self, margin: float) -> Box:
        """The box with a margin on all sides."""
        return Box(
            left=self.left - margin,
            low=self.low - margin,
            right=self.right + margin,
            high=self.high + margin,
        )


class Grid:
    """The cells of a drawing whose frame is `width` by `height`."""

    def __init__(self, width: float, height: float) -> None:
        rows, columns = (int((side + 2 * _AROUND) / _CELL) + 1 for side in (height, width))
        self.ink: NDArray[np.bool_] = np.zeros((rows, columns), dtype=bool)

    def draw(self, chain: Iterable[tuple[float, float]]) -> None:
        """Ink along a chain of lines."""
        points = np.array([*chain])
        step = np.abs(np.diff(points, axis=0)).max(axis=1)
        parts = np.maximum(1, np.ceil(step / _CELL * 1.5)).astype(int)
        at = np.repeat(np.arange(len(parts)), parts)
        first = np.repeat(np.cumsum(parts) - parts, parts)
        share = (np.arange(len(at)) - first) / parts[at]
        x = points[at, 0] + (points[at + 1, 0] - points[at, 0]) * share
        y = points[at, 1] + (points[at + 1, 1] - points[at, 1]) * share
        self._set(np.append(x, points[-1, 0]), np.append(y, points[-1, 1]))

    def fill(self, box: Box) -> None:
        """Ink all over a box."""
        self._within(self.ink, box)[...] = True

    def is_free(self, box: Box) -> bool:
        """Whether there is no ink in a box, and it is in the drawing."""
        rows, columns = self.ink.shape
        if _at(box.left) < 0 or _at(box.low) < 0:
            return False
        if _at(box.right) >= columns or _at(box.high) >= rows:
            return False
        return not self._within(self.ink, box).any()

    def _set(self, x: NDArray[np.float64], y: NDArray[np.float64]) -> None:
        rows, columns = self.ink.shape
        row = np.floor((y + _AROUND) / _CELL).astype(int)
        column = np.floor((x + _AROUND) / _CELL).astype(int)
        inside = (row >= 0) & (row < rows) & (column >= 0) & (column < columns)
        self.ink[row[inside], column[inside]] = True

    @staticmethod
    def _within(ink: NDArray[np.bool_], box: Box) -> NDArray[np.bool_]:
        left, low = max(0, _at(box.left)), max(0, _at(box.low))
        return ink[low : max(0, _at(box.high)) + 1, left : max(0, _at(box.right)) + 1]


def _at(place: float) -> int:
    return int((place + _AROUND) // _CELL)
