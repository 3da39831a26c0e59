"""The receptive field: over how many entries of the input one output extends.

With r and j the field and the distance of neighbouring outputs before a layer, both counted in
entries of the input, a window of kernel k, stride s and dilation d makes them r + d (k - 1) j and
j s (A. Araujo, W. Norris, J. Sim, "Computing receptive fields of convolutional neural networks",
Distill 2019). Borders are left out of account: padding makes no difference.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import prod

from generator.solver.models.conv.layers import Chain, titles
from generator.solver.models.conv.measure import reach
from generator.solver.models.conv.quantity import MistakeRule, Quantity
from generator.solver.models.conv.window import Taps
from generator.solver.models.conv.wording import axes, by

Rule = MistakeRule[Chain]

_HOW = "following the NumPy layers' windows back to the input"


def receptive_fields(count: int) -> Mapping[str, Quantity[Chain]]:
    """The receptive field along each of so many axes, and ``receptive_field`` for all of them."""
    names = axes(count)
    along = {f"receptive_field_{name}": _along(index) for index, name in enumerate(names)}
    return {**along, "receptive_field": _along(0) if count == 1 else _ALL}


def field(windows: tuple[Taps, ...]) -> int:
    """The receptive field through these windows along one axis, from the input to the output."""
    total, distance = 1, 1
    for window in windows:
        total += (window.span - 1) * distance
        distance *= window.stride
    return total


def _windows(chain: Chain, index: int) -> tuple[Taps, ...]:
    return tuple(layer.windows[index] for layer in chain)


def _along(index: int) -> Quantity[Chain]:
    return Quantity(
        closed=lambda chain: field(_windows(chain, index)),
        counted=lambda chain: reach(_windows(chain, index)),
        how=_HOW,
        steps=lambda chain: _steps(chain, index),
        shared=lambda chain: chain,
        mistakes=tuple(_lifted(rule, index) for rule in _MISTAKES),
    )


def _fields(chain: Chain) -> tuple[int, ...]:
    return tuple(field(_windows(chain, index)) for index in range(len(chain[0].windows)))


# --- steps -------------------------------------------------------------------------------------


def _steps(chain: Chain, index: int) -> tuple[str, ...]:
    """One sentence for a single layer, a table of the recurrence for several."""
    windows = _windows(chain, index)
    if len(windows) == 1:
        return (_single(windows[0]),)
    rows = ["| layer | receptive field | neighbouring outputs lie apart |", "|---|---|---|"]
    total, distance = 1, 1
    for title, window in zip(titles(chain), windows, strict=True):
        grown = total + (window.span - 1) * distance
        apart = f"{distance} \\cdot {window.stride} = " if window.stride > 1 else ""
        term = f"{total} + ({_span(window)} - 1) \\cdot {distance} = {grown}"
        distance *= window.stride
        rows.append(f"| {title} | ${term}$ | ${apart}{distance}$ |")
        total = grown
    return (
        "Layer by layer, a window takes in its own extent less 1, times the distance at which "
        "neighbouring outputs of the layer before lie apart in the input.",
        "\n".join(rows),
        f"One output depends on ${total}$ entries along this axis.",
    )


def _single(window: Taps) -> str:
    if window.dilation == 1:
        return f"An output depends on the entries under its window: ${window.kernel}$."
    return (
        f"An output depends on the entries under its window, which reaches over "
        f"${window.dilation} \\cdot ({window.kernel} - 1) + 1 = {window.span}$ with its dilation."
    )


def _span(window: Taps) -> str:
    if window.dilation == 1:
        return str(window.kernel)
    return f"({window.dilation} \\cdot ({window.kernel} - 1) + 1)"


def _all_steps(chain: Chain) -> tuple[str, ...]:
    names = axes(len(chain[0].windows))
    extents = _fields(chain)
    if len(set(extents)) == 1:
        return (*_steps(chain, len(names) - 1), f"In all directions: ${by(extents)}$ entries.")
    steps = [
        f"Along the {name}: {step}" if number == 0 else step
        for index, name in enumerate(names)
        for number, step in enumerate(_steps(chain, index))
    ]
    return (*steps, f"Together: ${by(extents)}$ entries.")


# --- mistakes ----------------------------------------------------------------------------------


def _undilated(windows: tuple[Taps, ...]) -> int:
    total, distance = 1, 1
    for window in windows:
        total += (window.kernel - 1) * distance
        distance *= window.stride
    return total


def _late_stride(windows: tuple[Taps, ...]) -> int:
    """The stride of a layer applied to its own window instead of to those after it."""
    total, distance = 1, 1
    for window in windows:
        distance *= window.stride
        total += (window.span - 1) * distance
    return total


_MISTAKES: tuple[MistakeRule[tuple[Taps, ...]], ...] = (
    MistakeRule(
        result=lambda windows: windows[-1].span if len(windows) > 1 else None,
        because=lambda _: (
            "This is the window of the last layer alone: it looks at outputs that "
            "have a receptive field themselves."
        ),
    ),
    MistakeRule(
        result=lambda windows: 1 + sum(window.span - 1 for window in windows),
        because=lambda _: (
            "The strides are left out: after a stride of 2, neighbouring outputs lie "
            "2 entries of the input apart."
        ),
    ),
    MistakeRule(
        result=_undilated,
        because=lambda _: "The dilation is left out: it spreads a window over more entries.",
    ),
    MistakeRule(
        result=lambda windows: sum(window.span for window in windows) if len(windows) > 1 else None,
        because=lambda _: "Windows overlap: each layer adds one entry less than its window.",
    ),
    MistakeRule(
        result=_late_stride,
        because=lambda _: (
            "A stride counts for the layers after it, not for the window that moves by it."
        ),
    ),
    MistakeRule(
        result=lambda windows: prod(window.span for window in windows),
        because=lambda _: "The windows are multiplied; each layer adds to the receptive field.",
    ),
    MistakeRule(
        result=lambda windows: windows[0].size,
        because=lambda _: (
            "This is the whole input; an output depends on the part of it that the windows reach."
        ),
    ),
    MistakeRule(
        result=lambda windows: windows[-1].count,
        because=lambda _: (
            "This is the extent of the output; asked is how much of the input one "
            "entry of it depends on."
        ),
    ),
)


def _lifted(rule: MistakeRule[tuple[Taps, ...]], index: int) -> Rule:
    return MistakeRule(
        result=lambda chain: rule.result(_windows(chain, index)),
        because=lambda chain: rule.because(_windows(chain, index)),
    )


def _on_all_axes(rule: MistakeRule[tuple[Taps, ...]]) -> Rule:
    def result(chain: Chain) -> tuple[int, ...] | None:
        axes_of = range(len(chain[0].windows))
        wrong = [rule.result(_windows(chain, index)) for index in axes_of]
        known = [value for value in wrong if isinstance(value, int)]
        return tuple(known) if len(known) == len(wrong) else None

    return MistakeRule(result=result, because=lambda chain: rule.because(_windows(chain, 0)))


_ALL: Quantity[Chain] = Quantity(
    closed=_fields,
    counted=lambda chain: tuple(
        reach(_windows(chain, index)) for index in range(len(chain[0].windows))
    ),
    how=_HOW,
    steps=_all_steps,
    shared=lambda chain: chain,
    mistakes=tuple(map(_on_all_axes, _MISTAKES)),
)
