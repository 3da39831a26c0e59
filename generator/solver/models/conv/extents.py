"""The extent of an output along one axis, explained."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache

from generator.language import numbers
from generator.solver.models.conv.layers import Convolution, Windowed
from generator.solver.models.conv.window import Window
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
def reason(window: Window, axis: str, slider: str) -> str:
    """Why that is the extent along this axis: sentences with the formula in them."""
    if window.same:
        divided = ", divided by the stride and rounded up" if window.stride > 1 else ""
        return f"With *same* padding the {axis} is that of the input{divided}: ${formula(window)}$."
    subject = f"A {slider} of {axis} {window.kernel}"
    if window.dilation > 1:
        reach = rf"{window.dilation} \cdot ({window.kernel} - 1) + 1 = {window.span}"
        subject += f" with a dilation of {window.dilation} reaches over ${reach}$ entries. It"
    side = f"{SIDES[axis]} of {window.size}{_margin(window)}"
    positions = "position" if window.count == 1 else "positions"
    if window.stride == 1:
        return f"{subject} fits into {side} at ${formula(window)}$ {positions}."
    comma = "," if window.padding else ""
    moves = f"{subject} moves along {side}{comma} in steps of {window.stride}"
    left = window.slack % window.stride
    rest = f"; {_last(left)} not reached" if left else ""
    return f"{moves}: it fits in at ${formula(window)}$ {positions}{rest}."


def _last(count: int) -> str:
    return "the last entry is" if count == 1 else f"the last {count} entries are"


def _margin(window: Window) -> str:
    if not window.padding:
        return ""
    if window.before == window.after:
        return f" with {several(window.before, 'entry')} of padding on each side"
    return f" with {window.before} before it and {window.after} behind it as padding"


def extent_steps(layer: Windowed) -> tuple[str, ...]:
    """The extents of a map along all axes: one sentence for all that are alike."""
    return _sentences(layer.windows, noun(layer))


@lru_cache(maxsize=4096)
def _sentences(windows: tuple[Window, ...], slider: str) -> tuple[str, ...]:
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
