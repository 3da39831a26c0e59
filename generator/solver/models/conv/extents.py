"""The extent of an output along one axis, explained; and the slips that students make in it."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from generator.language import numbers
from generator.solver.models.conv.layers import Convolution, Windowed
from generator.solver.models.conv.window import Window
from generator.solver.models.conv.wording import SIDES, axes, by, listed, several

# --- steps -------------------------------------------------------------------------------------


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
    moves = f"{subject} moves along {side} in steps of {window.stride}"
    left = window.slack % window.stride
    rest = f"; the last {several(left, 'entry')} {_is(left)} not reached" if left else ""
    return f"{moves}: it fits in at ${formula(window)}$ {positions}{rest}."


def _is(count: int) -> str:
    return "is" if count == 1 else "are"


def _margin(window: Window) -> str:
    if not window.padding:
        return ""
    if window.before == window.after:
        return f" with {several(window.before, 'entry')} of padding on each side"
    return f" with {window.before} before it and {window.after} behind it as padding"


def extent_steps(layer: Windowed) -> tuple[str, ...]:
    """The extents of a map along all axes: one sentence for all that are alike."""
    names = axes(len(layer.windows))
    if len(set(layer.windows)) > 1:
        pairs = zip(layer.windows, names, strict=True)
        return tuple(reason(window, name, noun(layer)) for window, name in pairs)
    others = [f"the {name}" for name in names[:-1]]
    alike = f" The same holds for {listed(others)}." if others else ""
    return (reason(layer.windows[-1], names[-1], noun(layer)) + alike,)


def maps(layer: Windowed) -> str:
    """What comes out, in a sentence."""
    count = layer.output_shape[0]
    whose = several(count, "filter" if isinstance(layer, Convolution) else "channel")
    gives = "gives" if count == 1 else "give"
    length = "of length " if len(layer.extents) == 1 else "of "
    return f"The {whose} {gives} {several(count, 'feature map')} {length}${by(layer.extents)}$."


# --- mistakes ----------------------------------------------------------------------------------

Slip = tuple[Callable[[Window], int | None], Callable[[Window, str, str], str]]
"""The wrong extent of a window (None where the slip makes no sense), and why it is wrong, given
the axis and what slides."""


def _unless(
    wrong: Callable[[Window], int], *, same: bool = False
) -> Callable[[Window], int | None]:
    """`wrong` for windows with the padding *same*, or for the others."""
    return lambda window: wrong(window) if window.same == same else None


def _ceiling(window: Window) -> int:
    return -(-window.slack // window.stride) + 1


def _without_padding(window: Window) -> int:
    return (window.size - window.span) // window.stride + 1


def _padded_once(window: Window) -> int:
    once = max(window.before, window.after)
    return (window.size + once - window.span) // window.stride + 1


def _undilated(window: Window) -> int:
    return (window.padded - window.kernel) // window.stride + 1


SLIPS: tuple[Slip, ...] = (
    (
        _unless(lambda window: window.slack // window.stride),
        lambda _, __, slider: (
            f"The $+ 1$ is missing: the position at which the {slider} starts counts too."
        ),
    ),
    (
        _unless(lambda window: window.slack + 1),
        lambda window, _, slider: (
            f"The stride is left out: the {slider} moves on by "
            f"{window.stride} at a time, so only one position in {window.stride} counts."
        ),
    ),
    (
        _unless(_without_padding),
        lambda window, axis, _: (
            f"The padding is left out: it adds {several(window.padding, 'entry')} to the {axis}."
        ),
    ),
    (
        _unless(_padded_once),
        lambda _, __, ___: "The padding is counted once, but it is added on both sides.",
    ),
    (
        _unless(_ceiling),
        lambda _, __, slider: (
            f"The division is rounded up, but a {slider} that does not fit in "
            "completely gives no output: round down."
        ),
    ),
    (
        _unless(_undilated),
        lambda window, _, slider: (
            f"The dilation is left out: with its gaps the {slider} reaches "
            f"over {window.span} entries, not over {window.kernel}."
        ),
    ),
    (
        _unless(lambda window: window.size),
        lambda window, axis, _: (
            f"This is the {axis} of the input. It would stay the same with a "
            f"stride of 1 and {several(window.span - 1, 'entry')} of padding in all."
        ),
    ),
    (
        lambda window: window.padded - (window.span - 1) // 2 if window.stride == 1 else None,
        lambda window, _, slider: (
            f"The {slider} cannot be centred on the first and the last "
            f"entries: {window.span - 1} positions are lost in all, not half as many."
        ),
    ),
    (
        lambda window: window.size // window.kernel**2 if window.stride == window.kernel else None,
        lambda window, axis, _: (
            f"The {axis} is divided by {window.kernel}, not by "
            rf"${window.kernel} \times {window.kernel}$."
        ),
    ),
    (
        lambda window: window.padded // window.stride if window.stride > 1 else None,
        lambda window, axis, slider: (
            f"The {axis} is only divided by the stride; the {axis} of "
            f"the {slider}, {window.kernel}, counts too."
        ),
    ),
    (
        _unless(lambda window: window.padded // window.span),
        lambda window, axis, slider: (
            f"The {slider} moves on by its stride of {window.stride}, not by its own {axis}."
        ),
    ),
    (
        _unless(lambda window: window.size, same=True),
        lambda window, _, __: (
            f"The stride is left out: with a stride of {window.stride} *same* "
            f"padding gives one output for every {window.stride} entries."
        ),
    ),
    (
        _unless(_without_padding, same=True),
        lambda _, axis, __: (
            f"This is the {axis} without padding; *same* padding adds as much as "
            "it takes for every started step to count."
        ),
    ),
    (
        _unless(lambda window: window.size // window.stride, same=True),
        lambda _, __, ___: (
            "With *same* padding the division is rounded up: the last, incomplete "
            "step gives an output too."
        ),
    ),
)
"""What goes wrong in the extent along one axis, the likeliest first."""
