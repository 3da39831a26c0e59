"""The colours of drawings, and the dashes that tell lines apart in black and white."""

from __future__ import annotations

from generator.model.figure import Stroke

COLORS = ("#1f5fa8", "#b5461c", "#2b7a3d", "#7a3f98")
DASHES: tuple[tuple[float, ...], ...] = ((), (5.0, 2.4), (1.2, 2.0), (7.0, 2.0, 1.2, 2.0))
DASH_NAMES = ("solid", "dashed", "dotted", "dash-dotted")
"""What the dashes are called."""

TINTS = ("#d6e4f5", "#f7dfd3", "#d9ecdd", "#e8dcf0")
"""The colours, light enough for an area behind lines and labels."""


def stroke(number: int, width: float) -> Stroke:
    """The line that stands for the `number`-th of several things, counted from 0."""
    return Stroke(
        color=COLORS[number % len(COLORS)], width=width, dash=DASHES[number % len(DASHES)]
    )
