"""From the settings of a layer, as values, to its windows: one for each axis.

What is wrong with a value is an `Unfit` that names the field; whoever knows where the field stands
in the bank points there. The windows of equal settings are one and the same, so that what is
computed of them is computed once for all variants.
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache

from generator.memo import Table
from generator.solver.models.conv.window import (
    TransposedWindow,
    Window,
    same_cut,
    same_padding,
)

MAX_SIZE = 1 << 14
"""The largest extent of an input, or of its padding."""
MAX_KERNEL = 1 << 8

Sizes = tuple[int, ...]

Pairs = tuple[tuple[int, int], ...]
Trims = tuple[tuple[int, int, int], ...]


class Unfit(Exception):  # noqa: N818 - it is never the end: an InputError is made of it
    """What is wrong with the value of a field, and how to mend it."""

    def __init__(self, field: str, code: str, message: str, cure: str = "") -> None:
        super().__init__(message)
        self.field, self.code, self.message, self.cure = field, code, message, cure


def exactly(value: object) -> object:
    """The value so that equals mean the same: 1 and true are equal, but not alike."""
    if type(value) is int or type(value) is str:
        return value
    return tuple(map(exactly, value)) if isinstance(value, tuple) else (type(value), value)


def wrong(field: str, value: object, meant: str, cure: str = "") -> Unfit:
    """The value of a field is not what it must be."""
    return Unfit(field, "wrong-value", f"`{field}` is {shown(value)}; it must be {meant}", cure)


def shown(value: object) -> str:
    """A value as the author would write it."""
    if isinstance(value, tuple):
        return f"[{', '.join(map(shown, value))}]"
    if isinstance(value, bool):
        return str(value).lower()
    return str(value) if isinstance(value, int | str | Fraction) else "no number"


def whole(field: str, value: object, minimum: int, maximum: int) -> int:
    """A whole number within bounds."""
    if isinstance(value, int) and not isinstance(value, bool) and minimum <= value <= maximum:
        return value
    raise wrong(field, value, f"a whole number from {minimum} to {maximum:,}")


def per_axis(field: str, value: object, axes: int, minimum: int = 1) -> Sizes:
    """A whole number for each axis; a single one holds for all."""
    items = value if isinstance(value, tuple) else (value,) * axes
    if len(items) != axes:
        raise wrong(field, value, f"one number, or one for each of {axes} axes")
    return tuple(whole(field, item, minimum, MAX_KERNEL) for item in items)


def windows(
    sizes: Sizes, *, kernel: object, stride: object, padding: object, dilation: object
) -> tuple[Window, ...]:
    """The windows that slide over an input with these extents. Raises Unfit."""
    key = (sizes, exactly(kernel), exactly(stride), exactly(padding), exactly(dilation))
    known = WINDOWS.get(key)
    return known or WINDOWS.keep(key, _windows(sizes, kernel, stride, padding, dilation))


WINDOWS: Table[tuple[Window, ...]] = Table()


def _windows(
    sizes: Sizes, kernel: object, stride: object, padding: object, dilation: object
) -> tuple[Window, ...]:
    axes = len(sizes)
    kernels = per_axis("kernel", kernel, axes)
    strides = per_axis("stride", stride, axes)
    dilations = per_axis("dilation", dilation, axes)
    if padding == "same":
        paddings = tuple(map(same_padding, sizes, kernels, strides, dilations))
    else:
        paddings = _paddings(padding, axes)
    return sliding(sizes, kernels, strides, dilations, paddings, same=padding == "same")


@lru_cache(maxsize=4096)
def sliding(
    sizes: Sizes, kernels: Sizes, strides: Sizes, dilations: Sizes, paddings: Pairs, *, same: bool
) -> tuple[Window, ...]:
    """Windows with these numbers, one and the same for all who ask. Raises Unfit."""
    fields = zip(sizes, kernels, strides, paddings, dilations, strict=True)
    return tuple(
        _fitting(
            Window(
                size=size,
                kernel=entries,
                stride=step,
                before=before,
                after=after,
                dilation=spread,
                same=same,
            )
        )
        for size, entries, step, (before, after), spread in fields
    )


def _fitting(window: Window) -> Window:
    if window.slack >= 0:
        return window
    message = f"a window of {window.span} does not fit into {window.padded} entries"
    cure = "a constraint can keep such variants out: `kernel <= image + 2*padding`"
    raise Unfit("kernel", "window-too-large", message, cure)


# --- transposed --------------------------------------------------------------------------------


def transposed_windows(
    sizes: Sizes,
    *,
    kernel: object,
    stride: object,
    padding: object,
    output_padding: object,
    dilation: object,
) -> tuple[TransposedWindow, ...]:
    """The windows that are laid out for every entry of such an input. Raises Unfit."""
    axes = len(sizes)
    kernels = per_axis("kernel", kernel, axes)
    strides = per_axis("stride", stride, axes)
    dilations = per_axis("dilation", dilation, axes)
    extras = per_axis("output_padding", output_padding, axes, minimum=0)
    if padding == "same":
        if any(extras):
            message = "`same` padding chooses the output padding, too"
            raise Unfit("output_padding", "wrong-value", message, "leave `output_padding` out")
        trims = tuple(map(same_cut, kernels, strides, dilations))
    else:
        pairs = _paddings(padding, axes)
        trims = tuple((*pair, extra) for pair, extra in zip(pairs, extras, strict=True))
    return laid_out(sizes, kernels, strides, dilations, trims, same=padding == "same")


@lru_cache(maxsize=4096)
def laid_out(
    sizes: Sizes, kernels: Sizes, strides: Sizes, dilations: Sizes, trims: Trims, *, same: bool
) -> tuple[TransposedWindow, ...]:
    """Transposed windows with these numbers, one and the same for all who ask. Raises Unfit."""
    fields = zip(sizes, kernels, strides, trims, dilations, strict=True)
    return tuple(
        _sound(
            TransposedWindow(
                size=size,
                kernel=entries,
                stride=step,
                before=before,
                after=after,
                extra=extra,
                dilation=spread,
                same=same,
            )
        )
        for size, entries, step, (before, after, extra), spread in fields
    )


def _sound(window: TransposedWindow) -> TransposedWindow:
    """Something must be left of it, and output padding fills less than a step (as in PyTorch)."""
    if not window.same and window.extra >= max(window.stride, window.dilation):
        message = f"an output padding of {window.extra} is not smaller than the stride or dilation"
        raise Unfit("output_padding", "wrong-value", message)
    if window.count < 1:
        message = f"a padding of {window.before} and {window.after} leaves nothing of {window.full}"
        cure = "a constraint can keep such variants out"
        raise Unfit("padding", "padding-too-large", f"{message} entries", cure)
    return window


# --- padding -----------------------------------------------------------------------------------


def _paddings(value: object, axes: int) -> tuple[tuple[int, int], ...]:
    """The padding (before, after) of each axis, from numbers or `valid`."""
    if value == "valid":
        return ((0, 0),) * axes
    if isinstance(value, str):
        raise wrong("padding", value, "`same`, `valid` or numbers")
    items = value if isinstance(value, tuple) else (value,) * axes
    if len(items) != axes:
        meant = f"one number, or one (or a pair [before, after]) for each of {axes} axes"
        raise wrong("padding", value, meant)
    return tuple(map(_pair, items))


def _pair(value: object) -> tuple[int, int]:
    pair = value if isinstance(value, tuple) else (value, value)
    if len(pair) != 2:
        raise wrong("padding", value, "a number or a pair [before, after]")
    before, after = (whole("padding", item, 0, MAX_SIZE) for item in pair)
    return before, after
