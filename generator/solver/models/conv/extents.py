"""The extent of an output along one axis, explained."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import lru_cache
from typing import Any

from generator.language import numbers
from generator.solver.models.conv.layers import Convolution, Windowed
from generator.solver.models.conv.window import Taps, TransposedWindow, Window
from generator.solver.models.conv.wording import SIDES, axes, by, listed, several


def noun(layer: Windowed) -> str:
    """What slides."""
    return "filter" if isinstance(layer, Convolution) else "pooling window"


def formula(window: Window) -> str:
    r"""How the extent comes about: ``\lfloor (28 - 5) / 2 \rfloor + 1 = ... = 12``."""
    if window.same:
        return _same_formula(window)
    moves = f"{_padded(window)} - {window.span}"
    if window.stride == 1:
        return f"{moves} + 1 = {window.count}"
    quotient = Fraction(window.slack, window.stride)
    if quotient.denominator == 1:
        return f"({moves}) / {window.stride} + 1 = {quotient} + 1 = {window.count}"
    exact = rf"\lfloor ({moves}) / {window.stride} \rfloor + 1"
    return rf"{exact} = \lfloor {numbers.latex(quotient)} \rfloor + 1 = {window.count}"


def _same_formula(window: Window) -> str:
    if window.stride == 1:
        return str(window.count)
    if window.size % window.stride == 0:
        return f"{window.size} / {window.stride} = {window.count}"
    return rf"\lceil {window.size} / {window.stride} \rceil = {window.count}"


def _padded(window: Window) -> str:
    if not window.padding:
        return str(window.size)
    if window.before == window.after:
        return rf"{window.size} + 2 \cdot {window.before}"
    return " + ".join(str(term) for term in (window.size, window.before, window.after) if term)


@lru_cache(maxsize=4096)
def reason(window: Taps, axis: str, slider: str) -> str:
    """Why that is the extent along this axis: sentences with the formula in them."""
    return _REASONS[type(window)](window, axis, slider)


def _slid(window: Window, axis: str, slider: str) -> str:
    if window.same:
        divided = ", divided by the stride and rounded up" if window.stride > 1 else ""
        return f"With *same* padding the {axis} is that of the input{divided}: ${formula(window)}$."
    subject = f"A {slider} of {axis} {window.kernel}"
    if window.dilation > 1:
        subject += f"{_dilated(window)}. It"
    side = f"{SIDES[axis]} of {window.size}{_margin(window)}"
    positions = "position" if window.count == 1 else "positions"
    if window.stride == 1:
        return f"{subject} fits into {side} at ${formula(window)}$ {positions}."
    comma = "," if window.padding else ""
    moves = f"{subject} moves along {side}{comma} in steps of {window.stride}"
    left = window.slack % window.stride
    rest = f"; {_last(left)} not reached" if left else ""
    return f"{moves}: it fits in at ${formula(window)}$ {positions}{rest}."


def _dilated(window: Taps) -> str:
    reach = rf"{window.dilation} \cdot ({window.kernel} - 1) + 1 = {window.span}"
    return f" with a dilation of {window.dilation} reaches over ${reach}$ entries"


def _last(count: int) -> str:
    return "the last entry is" if count == 1 else f"the last {count} entries are"


def _margin(window: Window) -> str:
    if not window.padding:
        return ""
    if window.before == window.after:
        return f" with {several(window.before, 'entry')} of padding on each side"
    return f" with {window.before} before it and {window.after} behind it as padding"


# --- transposed --------------------------------------------------------------------------------


def _laid_out(window: TransposedWindow, axis: str, slider: str) -> str:
    """The extent of what the windows of all entries of the input make together."""
    if window.same:
        times = ", times the stride" if window.stride > 1 else ""
        product = rf"{window.size} \times {window.stride} = " if window.stride > 1 else ""
        shown = f"${product}{window.count}$"
        return f"With *same* padding the {axis} is that of the input{times}: {shown}."
    subject = f"a {slider} of {axis} {window.kernel}"
    wide = f"A{subject[1:]}{_dilated(window)}. " if window.dilation > 1 else ""
    if window.size == 1:
        made = f"The only entry of {SIDES[axis]} lays out {subject}: ${window.full}$ entries"
    else:
        apart = f"{several(window.stride, 'entry')} apart"
        made = (
            f"The {window.size} entries of {SIDES[axis]} lay out {subject} each, {apart}: together "
            f"${_full(window)}$ entries"
        )
    return f"{wide}{made}{_trimmed(window)}."


def _full(window: TransposedWindow) -> str:
    gaps = f"({window.size} - 1)"
    moved = gaps[1:-1] if window.stride == 1 else rf"{gaps} \cdot {window.stride}"
    return f"{moved} + {window.span} = {window.full}"


def _trimmed(window: TransposedWindow) -> str:
    """What the padding takes away from them, and the output padding adds."""
    changes, terms = [], str(window.full)
    if window.padding:
        where = f"{window.before} before and {window.after} behind"
        if window.before == window.after:
            where = f"{window.before} at each end"
        changes.append(f"the padding cuts off {where}")
        cut = [str(end) for end in (window.before, window.after) if end]
        terms += " - " + (
            rf"2 \cdot {window.before}" if window.before == window.after else " - ".join(cut)
        )
    if window.extra:
        changes.append(f"the output padding adds {window.extra} at the end")
        terms += f" + {window.extra}"
    return f"; {listed(changes)}: ${terms} = {window.count}$" if changes else ""


_REASONS: Mapping[type[Taps], Callable[[Any, str, str], str]] = {
    Window: _slid,
    TransposedWindow: _laid_out,
}

# --- all extents -------------------------------------------------------------------------------


def extent_steps(layer: Windowed) -> tuple[str, ...]:
    """The extents of a map along all axes: one sentence for all that are alike."""
    return _sentences(layer.windows, noun(layer))


@lru_cache(maxsize=4096)
def _sentences(windows: tuple[Taps, ...], slider: str) -> tuple[str, ...]:
    names = axes(len(windows))
    if len(set(windows)) > 1:
        pairs = zip(windows, names, strict=True)
        return tuple(reason(window, name, slider) for window, name in pairs)
    others = [f"the {name}" for name in names[:-1]]
    alike = f" The same holds for {listed(others)}." if others else ""
    return (reason(windows[-1], names[-1], slider) + alike,)


def maps(layer: Windowed) -> str:
    """What comes out, in a sentence."""
    count = layer.output_shape[0]
    whose = several(count, "filter" if isinstance(layer, Convolution) else "channel")
    gives = "gives" if count == 1 else "give"
    length = "of length " if len(layer.extents) == 1 else "of "
    return f"The {whose} {gives} {several(count, 'feature map')} {length}${by(layer.extents)}$."
