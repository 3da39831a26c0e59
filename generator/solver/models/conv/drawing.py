"""The drawings of a stack: the volumes from left to right, and what leads from one to the next.

``stack`` names what the bank gives (the input, the windows, how many maps) and leaves the sizes
open that a problem may ask for; ``shapes`` writes all sizes in, for problems that give them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from generator.model.dataclass import dataclass
from generator.model.figure import Figure, Label, Line, Rectangle, Shape
from generator.solver.models.conv.captions import contents, extents, in_words, lines
from generator.solver.models.conv.layers import (
    Activation,
    BatchNorm,
    Convolution,
    Layer,
    Pooling,
    TransposedConvolution,
    Windowed,
)
from generator.solver.models.conv.volumes import OUTLINE, STRONG, THIN, Volume, window_on

WIDTH = 440.0
"""The widest row: a little less than a line of text on A4 paper."""

_SIDE, _SMALLEST = 62.0, 30.0
_SHRINK: Mapping[type[Layer], float] = {
    Convolution: 0.84,
    Pooling: 0.7,
    TransposedConvolution: 1.25,
}
_LABEL, _SMALL = 9.5, 8.5
_LEADING = 11.0
"""The distance of lines of text."""
_EDGE = 8.0
"""Free space around a row."""
_GAP, _REACH = 48.0, 16.0
"""The narrowest gap between volumes, and how far the labels above may reach into it."""

_SIZES = {"stack": False, "shapes": True}
"""Name of a drawing -> whether it writes the sizes in."""


class _Drawings(Mapping[str, Figure]):
    """Drawn when asked for: most problems place one drawing, or none."""

    def __init__(self, layers: tuple[Layer, ...]) -> None:
        self._layers = layers

    def __getitem__(self, name: str) -> Figure:
        return _draw(self._layers, sizes=_SIZES[name])

    def __contains__(self, name: object) -> bool:
        return name in _SIZES

    def __iter__(self) -> Iterator[str]:
        return iter(_SIZES)

    def __len__(self) -> int:
        return len(_SIZES)


def drawings(layers: tuple[Layer, ...]) -> Mapping[str, Figure]:
    """All drawings of a stack, by the names under which a stem places them."""
    return _Drawings(layers)


def _draw(layers: tuple[Layer, ...], *, sizes: bool) -> Figure:
    rows = _rows(_stages(layers, sizes=sizes))
    shapes: list[Shape] = []
    top = 0.0
    for row in rows:
        shapes += _row(row, top + _above(row))
        top += _above(row) + _below(row)
    width = 2 * _EDGE + max(sum(stage.advance for stage in row) for row in rows)
    return Figure(width=width, height=top, shapes=tuple(shapes), alt=in_words(layers, sizes=sizes))


# --- what is drawn -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stage:
    """A volume with the labels `above` and `below` it, and the layer that leads to it.

    `lines` say what the layer is; they stand below the way to the volume.
    """

    volume: Volume
    above: str
    below: str
    layer: Layer | None = None
    lines: tuple[str, ...] = ()

    @property
    def gap(self) -> float:
        """The free space before the volume, which takes the lines."""
        if self.layer is None:
            return 0.0
        return max(_GAP, 10 + max(_width(line, _SMALL) for line in self.lines))

    @property
    def overhang(self) -> float:
        """By how much its labels are wider than the volume, at either side.

        Over a gap the label above may reach: nothing else is written there.
        """
        over = 0.0 if not self.volume.axes else _REACH
        above = (_width(self.above, _SMALL) - self.volume.width) / 2 - over
        below = (_width(self.below, _LABEL) - self.volume.face) / 2
        return max(0.0, above, below)

    @property
    def advance(self) -> float:
        """How much of the row it takes."""
        return self.gap + self.volume.width + 2 * self.overhang


def _width(text: str, size: float) -> float:
    """About how wide a label is, in points."""
    return 0.47 * size * len(text.replace(r"\times", "x").replace("{?}", "?"))


def _stages(layers: tuple[Layer, ...], *, sizes: bool) -> list[_Stage]:
    first = layers[0].input_shape
    volume = Volume(count=first[0], axes=len(first) - 1, side=_SIDE, margin=_is_padded(layers[0]))
    channels = f", {first[0]} channels" if first[0] > 1 else ""
    stages = [_Stage(volume=volume, above=f"input{channels}", below=extents(first, known=True))]
    side = _SIDE
    for layer in layers:
        if isinstance(layer, Activation | BatchNorm) and len(stages) > 1:
            stages[-1] = replace(stages[-1], lines=(*stages[-1].lines, *lines(layer)))
            continue
        shape = layer.output_shape
        side = min(_SIDE, max(_SMALLEST, side * _SHRINK.get(type(layer), 1.0)))
        stages.append(
            _Stage(
                volume=Volume(count=shape[0], axes=len(shape) - 1, side=side),
                above=contents(layer, known=sizes),
                below=extents(shape, known=sizes),
                layer=layer,
                lines=lines(layer),
            )
        )
    return stages


def _is_padded(layer: Layer) -> bool:
    """Whether its windows slide over a border; the padding of a transposed one is none."""
    if isinstance(layer, TransposedConvolution) or not isinstance(layer, Windowed):
        return False
    return any(window.padding for window in layer.windows)


def _rows(stages: Sequence[_Stage]) -> list[list[_Stage]]:
    """As few rows as the width allows, and then as narrow ones as that number allows."""
    widest = WIDTH - 2 * _EDGE
    count = len(_filled(stages, widest))
    width = sum(stage.advance for stage in stages) / count
    while width < widest and len(_filled(stages, width)) > count:
        width += 10
    return _filled(stages, min(width, widest))


def _filled(stages: Sequence[_Stage], width: float) -> list[list[_Stage]]:
    rows: list[list[_Stage]] = [[]]
    room = width
    for stage in stages:
        if rows[-1] and stage.advance > room:
            rows.append([])
            room = width
        rows[-1].append(stage)
        room -= stage.advance
    return rows


def _above(row: Sequence[_Stage]) -> float:
    """The space that a row takes above its middle."""
    return max(stage.volume.above for stage in row) + 2 * _LEADING


def _below(row: Sequence[_Stage]) -> float:
    """The space that a row takes below its middle."""
    deepest = max(stage.volume.below for stage in row)
    written = max(len(stage.lines) for stage in row)
    return max(deepest + 2 * _LEADING, _SIDE / 2 + 4 + written * _LEADING)


# --- a row -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class _Drawn:
    """A volume that is drawn, and whether the window before it is projected onto it."""

    volume: Volume
    left: float
    marked: bool

    @property
    def right(self) -> float:
        return self.left + self.volume.width


def _row(stages: Sequence[_Stage], middle: float) -> Iterator[Shape]:
    x = _EDGE
    before: _Drawn | None = None
    for stage in stages:
        left = x + stage.gap + stage.overhang
        yield from stage.volume.draw(left, middle)
        if before is not None and isinstance(stage.layer, Windowed):
            yield from _projection(stage.layer, before, stage.volume, left, middle)
        elif stage.layer is not None:
            begin = before.right if before else x
            yield Line(x1=begin + 5, y1=middle, x2=left - 6, y2=middle, stroke=OUTLINE, arrow=True)
        yield from _labels(stage, left, middle)
        for number, line in enumerate(stage.lines):
            y = middle + _SIDE / 2 + 4 + number * _LEADING
            yield Label(x=x + stage.gap / 2, y=y, text=line, size=_SMALL)
        marked = before is not None and isinstance(stage.layer, Windowed)
        before = _Drawn(volume=stage.volume, left=left, marked=marked)
        x = before.right + stage.overhang


def _labels(stage: _Stage, left: float, middle: float) -> Iterator[Label]:
    volume = stage.volume
    top = middle - volume.above - 8
    yield Label(
        x=max(left + volume.width / 2, _width(stage.above, _SMALL) / 2 + 2),
        y=top,
        text=stage.above,
        size=_SMALL,
    )
    if stage.below:
        bottom = middle + volume.below + 10
        yield Label(x=left + volume.face / 2, y=bottom, latex=stage.below, size=_LABEL)


def _projection(
    layer: Windowed, before: _Drawn, volume: Volume, left: float, middle: float
) -> Iterator[Shape]:
    """The window on the volume before, and the unit that it leads to; or the other way round."""
    if isinstance(layer, TransposedConvolution):
        start = _unit(before.volume, before.left, middle)
        end = window_on(volume, left, middle, _share(layer), low=False)
    else:
        start = window_on(before.volume, before.left, middle, _share(layer), low=before.marked)
        end = _unit(volume, left, middle)
    yield start
    for edge in (0, 1):
        yield Line(
            x1=start.x + start.width,
            y1=start.y + edge * start.height,
            x2=end.x,
            y2=end.y + edge * end.height,
            stroke=THIN,
        )
    yield end


def _share(layer: Windowed) -> float:
    """How much of a map a window covers, at least so much that it can be seen."""
    wide = isinstance(layer, TransposedConvolution)
    shares = [
        window.span / (window.count if wide else window.size + window.padding)
        for window in layer.windows
    ]
    return min(0.5, max(0.22, *shares))


def _unit(volume: Volume, left: float, middle: float) -> Rectangle:
    """The one entry of the front map that the window leads to."""
    color = STRONG.color
    if volume.axes == 1:
        height = volume.side / 6
        y = middle - volume.side / 2 + height
        return Rectangle(x=left, y=y, width=volume.face, height=height, stroke=STRONG, fill=color)
    x, y = left + volume.face * 0.2, middle - volume.side * 0.2
    return Rectangle(x=x, y=y, width=4.0, height=4.0, stroke=STRONG, fill=color)
