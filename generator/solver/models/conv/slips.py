"""The slips that students make in the extent of an output along one axis."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from generator.model.dataclass import dataclass
from generator.solver.contract import KnownMistake
from generator.solver.models.conv.quantity import MistakeRule, distinct
from generator.solver.models.conv.window import Taps, TransposedWindow, Window
from generator.solver.models.conv.wording import several


@dataclass(frozen=True, slots=True)
class Sliding:
    """A window, the axis along which it slides, and what it is called."""

    window: Taps
    axis: str = ""
    noun: str = ""


Slip = MistakeRule[Sliding]


@lru_cache(maxsize=4096)
def slips(window: Taps, axis: str, noun: str) -> tuple[KnownMistake, ...]:
    """The slips that lead to a wrong extent of this window."""
    return distinct(SLIPS[type(window)], Sliding(window, axis, noun), window.count)


@lru_cache(maxsize=4096)
def slips_in_all(windows: tuple[Taps, ...], noun: str) -> tuple[tuple[tuple[int, ...], str], ...]:
    """The wrong extents that the same slip along all axes leads to, and why they are wrong."""
    right = tuple(window.count for window in windows)
    found: dict[tuple[int, ...], str] = {}
    for slip in SLIPS[type(windows[0])]:
        results = [slip.result(Sliding(window)) for window in windows]
        wrong = tuple(n for n in results if isinstance(n, int) and n > 0)
        if len(wrong) == len(windows) and wrong != right and wrong not in found:
            pairs = zip(windows, wrong, strict=True)
            window = next(window for window, extent in pairs if extent != window.count)
            found[wrong] = slip.because(Sliding(window, "size", noun))
    return tuple(found.items())


# --- wrong extents of what slides --------------------------------------------------------------


def _slip(
    wrong: Callable[[Any], int | None],
    because: Callable[[Any, str, str], str],
    *,
    same: bool = False,
) -> Slip:
    """A slip with windows whose padding is *same*, or with the others.

    `because` is handed the window, the axis and what slides.
    """
    return MistakeRule(
        result=lambda at: wrong(at.window) if at.window.same == same else None,
        because=lambda at: because(at.window, at.axis, at.noun),
    )


def _without_padding(window: Window) -> int:
    return (window.size - window.span) // window.stride + 1


def _padded_once(window: Window) -> int:
    once = max(window.before, window.after)
    return (window.size + once - window.span) // window.stride + 1


def _half_lost(window: Window) -> int | None:
    return window.padded - (window.span - 1) // 2 if window.stride == 1 else None


def _divided_twice(window: Window) -> int | None:
    return window.size // window.kernel**2 if window.stride == window.kernel else None


def _only_divided(window: Window) -> int | None:
    return window.padded // window.stride if window.stride > 1 else None


_SLIDING: tuple[Slip, ...] = (
    _slip(
        lambda window: window.slack // window.stride,
        lambda _, __, noun: (
            f"The $+ 1$ is missing: the position at which the {noun} starts counts too."
        ),
    ),
    _slip(
        lambda window: window.slack + 1,
        lambda window, _, noun: (
            f"The stride is left out: the {noun} moves on by {window.stride} at a time, so only "
            f"one position in {window.stride} counts."
        ),
    ),
    _slip(
        _without_padding,
        lambda window, axis, _: (
            f"The padding is left out: it adds {several(window.padding, 'entry')} to the {axis}."
        ),
    ),
    _slip(
        _padded_once,
        lambda _, __, ___: "The padding is counted once, but it is added on both sides.",
    ),
    _slip(
        lambda window: -(-window.slack // window.stride) + 1,
        lambda _, __, noun: (
            f"The division is rounded up, but a {noun} that does not fit in completely gives no "
            "output: round down."
        ),
    ),
    _slip(
        lambda window: (window.padded - window.kernel) // window.stride + 1,
        lambda window, _, noun: (
            f"The dilation is left out: with its gaps the {noun} reaches over {window.span} "
            f"entries, not over {window.kernel}."
        ),
    ),
    _slip(
        lambda window: window.size,
        lambda window, axis, _: (
            f"This is the {axis} of what goes in. It would stay the same with a stride of 1 and "
            f"{several(window.span - 1, 'entry')} of padding in all."
        ),
    ),
    _slip(
        _half_lost,
        lambda window, _, noun: (
            f"The {noun} cannot be centred on the first and the last entries: {window.span - 1} "
            "positions are lost in all, not half as many."
        ),
    ),
    _slip(
        _divided_twice,
        lambda window, axis, _: (
            f"The {axis} is divided by {window.kernel}, not by "
            rf"${window.kernel} \times {window.kernel}$."
        ),
    ),
    _slip(
        _only_divided,
        lambda window, axis, noun: (
            f"The {axis} is only divided by the stride; the {axis} of the {noun}, "
            f"{window.kernel}, counts too."
        ),
    ),
    _slip(
        lambda window: window.padded // window.span,
        lambda window, axis, noun: (
            f"The {noun} moves on by its stride of {window.stride}, not by its own {axis}."
        ),
    ),
    _slip(
        lambda window: window.size,
        lambda window, _, __: (
            f"The stride is left out: with a stride of {window.stride} *same* padding gives one "
            f"output for every {window.stride} entries."
        ),
        same=True,
    ),
    _slip(
        _without_padding,
        lambda _, axis, __: (
            f"This is the {axis} without padding; *same* padding adds as much as it takes for "
            "every started step to count."
        ),
        same=True,
    ),
    _slip(
        lambda window: window.size // window.stride,
        lambda _, __, ___: (
            "With *same* padding the division is rounded up: the last, incomplete step gives an "
            "output too."
        ),
        same=True,
    ),
)

# --- of what is laid out -----------------------------------------------------------------------


def _as_convolution(window: TransposedWindow) -> int:
    return (window.size + window.padding - window.span) // window.stride + 1


_LAID_OUT: tuple[Slip, ...] = (
    _slip(
        _as_convolution,
        lambda window, axis, _: (
            f"This is the {axis} after an ordinary convolution. A transposed one goes the other "
            rf"way: $({window.size} - 1) \cdot {window.stride} + {window.span}$ entries before any "
            "are cut off."
        ),
    ),
    _slip(
        lambda window: window.count - window.extra,
        lambda window, axis, _: (
            f"The output padding is left out: it adds {several(window.extra, 'entry')} to the "
            f"{axis}."
        ),
    ),
    _slip(
        lambda window: window.full + window.extra,
        lambda window, _, __: (
            f"The padding is left out: it cuts off {several(window.padding, 'entry')} in all."
        ),
    ),
    _slip(
        lambda window: window.full + window.padding + window.extra,
        lambda _, __, ___: (
            "The padding is added, but in a transposed convolution it is cut off: it undoes the "
            "padding of an ordinary one."
        ),
    ),
    _slip(
        lambda window: window.full - max(window.before, window.after) + window.extra,
        lambda _, __, ___: "The padding is counted once, but it is cut off at both ends.",
    ),
    _slip(
        lambda window: window.size * window.stride,
        lambda window, axis, noun: (
            f"The {axis} is only multiplied by the stride; what counts is how far the {noun}s "
            "reach, and what is cut off."
        ),
    ),
    _slip(
        lambda window: window.count + window.stride if window.size > 1 else None,
        lambda window, _, __: (
            f"Between {several(window.size, 'entry')} there are only "
            f"{several(window.size - 1, 'gap')}: one step less."
        ),
    ),
    _slip(
        lambda window: window.count - window.span + window.kernel,
        lambda window, _, noun: (
            f"The dilation is left out: with its gaps the {noun} reaches over {window.span} "
            f"entries, not over {window.kernel}."
        ),
    ),
    _slip(
        lambda window: window.size,
        lambda _, axis, __: f"This is the {axis} of what goes in.",
    ),
    _slip(
        lambda window: window.full,
        lambda _, axis, __: (
            f"*Same* padding cuts off what reaches beyond: the {axis} is that of the input, times "
            "the stride."
        ),
        same=True,
    ),
    _slip(
        lambda window: -(-window.size // window.stride),
        lambda _, axis, __: (
            f"An ordinary convolution divides the {axis} by the stride; a transposed one "
            "multiplies it."
        ),
        same=True,
    ),
    _slip(
        lambda window: window.size,
        lambda window, _, __: (
            f"The stride is left out: with a stride of {window.stride} *same* padding gives "
            f"{window.stride} outputs for every entry."
        ),
        same=True,
    ),
)

SLIPS: Mapping[type[Taps], tuple[Slip, ...]] = {Window: _SLIDING, TransposedWindow: _LAID_OUT}
"""What goes wrong, the likeliest first."""
