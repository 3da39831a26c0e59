"""Closed forms against NumPy layers, and both against loops that touch every entry."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from math import prod

import hypothesis.strategies as st
from hypothesis import given, settings

from generator.solver.models.conv.geometry import transposed_windows
from generator.solver.models.conv.layers import Convolution, Layer, TransposedConvolution, Windowed
from generator.solver.models.conv.measure import measure, reach, run
from generator.solver.models.conv.receptive import field
from generator.solver.models.conv.stack import Stack
from generator.solver.models.conv.window import Taps, TransposedWindow, Window, same_padding
from tests.solver.stacks import layer_stacks
from tests.structures import structures

QUICK = settings(max_examples=150, deadline=None, derandomize=True)


@st.composite
def windows(draw: st.DrawFn, largest: int = 24) -> Window:
    size = draw(st.integers(1, largest))
    kernel, stride = draw(st.integers(1, 7)), draw(st.integers(1, 4))
    dilation = draw(st.integers(1, 3))
    same = draw(st.booleans())
    if same:
        before, after = same_padding(size, kernel, stride, dilation)
    else:
        before, after = draw(st.integers(0, 4)), draw(st.integers(0, 4))
        short = dilation * (kernel - 1) + 1 - size - before - after
        size += max(0, short)
    return Window(
        size=size,
        kernel=kernel,
        stride=stride,
        before=before,
        after=after,
        dilation=dilation,
        same=same,
    )


@QUICK
@given(st.lists(windows(), min_size=1, max_size=3).map(tuple))
def test_a_window_fits_as_often_as_a_layer_that_slides_finds(chosen: tuple[Window, ...]) -> None:
    slid = run(chosen)
    assert slid.extents == tuple(window.count for window in chosen)
    assert slid.products == prod(window.count * window.kernel for window in chosen)
    assert slid.touched == prod(window.touched for window in chosen)


@QUICK
@given(windows())
def test_same_padding_gives_one_output_for_every_started_step(window: Window) -> None:
    if window.same:
        assert window.count == -(-window.size // window.stride)
        assert 0 <= window.after - window.before <= 1


@QUICK
@given(st.lists(windows(), min_size=1, max_size=4).map(tuple))
def test_the_receptive_field_is_what_the_reads_of_one_output_span(
    chosen: tuple[Window, ...],
) -> None:
    assert field(chosen) == reach(chosen)


@QUICK
@given(windows(), st.integers(0, 3))
def test_a_transposed_convolution_leads_back_from_where_a_convolution_led(
    window: Window, extra: int
) -> None:
    """With what the stride left over as output padding; pairs of input and output are the same."""
    left = 0 if window.same else window.slack % window.stride
    back = TransposedWindow(
        size=window.count,
        kernel=window.kernel,
        stride=window.stride,
        before=window.before,
        after=window.after,
        dilation=window.dilation,
        extra=left,
    )
    if not window.same:
        assert back.count == window.size
        assert back.touched == window.touched
    more = replace(back, extra=left + extra)
    assert run((more,)).extents == (more.count,)
    assert run((more,)).touched == more.touched


@QUICK
@given(st.integers(1, 20), st.integers(1, 7), st.integers(1, 5), st.integers(1, 3))
def test_same_padding_multiplies_the_extent_of_a_transposed_convolution_by_the_stride(
    size: int, kernel: int, stride: int, dilation: int
) -> None:
    (window,) = transposed_windows(
        (size,), kernel=kernel, stride=stride, padding="same", output_padding=0, dilation=dilation
    )
    assert run((window,)).extents == (window.count,) == (size * stride,)


@settings(QUICK, max_examples=structures(100))
@given(layer_stacks())
def test_every_quantity_of_a_random_stack_is_proved(layers: tuple[Layer, ...]) -> None:
    stack = Stack(layers, short=False)
    for name in stack.members():
        value = stack.member(name)
        if hasattr(value, "members"):
            for inner in value.members():
                _check(stack, (name, inner))
        else:
            _check(stack, (name,))


def _check(stack: Stack, path: tuple[str, ...]) -> None:
    derived = stack.derive(path)
    assert derived.steps
    results = [mistake.result for mistake in derived.mistakes]
    assert len({*results, derived.value}) == len(results) + 1, "two results are the same"
    assert stack.outcomes(path) == (derived.value, tuple(results))


@settings(max_examples=40, deadline=None, derandomize=True)
@given(layer_stacks(small=True))
def test_a_layer_counts_what_loops_over_every_entry_count(layers: tuple[Layer, ...]) -> None:
    for layer in layers:
        if isinstance(layer, Convolution):
            loops = _scattered if isinstance(layer, TransposedConvolution) else _by_loops
            assert loops(layer) == (
                measure(layer).output_shape,
                measure(layer).multiply_adds,
                measure(layer).connections,
            )


def _by_loops(layer: Convolution) -> tuple[tuple[int, ...], int, int]:
    """The shape, the products and the edges of a convolution, one entry after the other."""
    starts = [list(_starts(window)) for window in layer.windows]
    products = edges = 0
    for filter_, *corner in product(range(layer.filters), *starts):
        group = filter_ * layer.groups // layer.filters
        width = layer.channels // layer.groups
        for _, *tap in product(
            range(group * width, (group + 1) * width), *map(range, layer.kernel)
        ):
            entry = [
                start + place * window.dilation
                for start, place, window in zip(corner, tap, layer.windows, strict=True)
            ]
            products += 1
            edges += all(0 <= e < w.size for e, w in zip(entry, layer.windows, strict=True))
        edges += layer.bias
    return (layer.filters, *map(len, starts)), products, edges


def _scattered(layer: Convolution) -> tuple[tuple[int, ...], int, int]:
    """The same of a transposed one: every product is written to a place, or falls off."""
    windows = [window for window in layer.windows if isinstance(window, TransposedWindow)]
    full = [
        1 + (w.size - 1) * w.stride + (w.kernel - 1) * w.dilation + w.extra - w.before - w.after
        for w in windows
    ]
    products = edges = 0
    for filter_, channel in product(range(layer.filters), range(layer.channels)):
        if filter_ * layer.groups // layer.filters != channel * layer.groups // layer.channels:
            continue
        for entry in product(*(range(window.size) for window in windows)):
            for tap in product(*map(range, layer.kernel)):
                place = [
                    e * w.stride + t * w.dilation - w.before
                    for e, t, w in zip(entry, tap, windows, strict=True)
                ]
                products += 1
                edges += all(0 <= p < length for p, length in zip(place, full, strict=True))
    return (layer.filters, *full), products, edges + layer.bias * layer.filters * prod(full)


def _starts(window: Taps) -> list[int]:
    found, start = [], -window.before
    while start + (window.kernel - 1) * window.dilation < window.size + window.after:
        found.append(start)
        start += window.stride
    return found


def test_the_receptive_field_of_two_convolutions_and_a_pooling_layer() -> None:
    """5 wide, pooled by 2, 5 wide again: 5, 6, 6 + 4 * 2 = 14."""
    chain = (
        Window(size=32, kernel=5),
        Window(size=28, kernel=2, stride=2),
        Window(size=14, kernel=5),
    )
    assert [field(chain[:length]) for length in (1, 2, 3)] == [5, 6, 14]


def test_lenet_5_has_the_connections_that_its_paper_states() -> None:
    """LeCun and others, 1998: C1 has 156 parameters and 122,304 connections."""
    window = Window(size=32, kernel=5)
    first = Convolution(name="conv1", input_shape=(1, 32, 32), windows=(window,) * 2, filters=6)
    assert first.parameters == 156
    assert first.connections == 122_304
    assert isinstance(first, Windowed)


def test_the_assignments_keys_counted_by_hand() -> None:
    """20 filters of 5 x 5 with a bias on 28 x 28, stride 1, no padding: 520 and 24."""
    filters = [([[1] * 5 for _ in range(5)], [1]) for _ in range(20)]
    weights = sum(len(row) for matrix, _ in filters for row in matrix)
    biases = sum(len(bias) for _, bias in filters)
    corners = [left for left in range(28) if set(range(left, left + 5)) <= set(range(28))]
    window = Window(size=28, kernel=5)
    layer = Convolution(name="conv1", input_shape=(1, 28, 28), windows=(window,) * 2, filters=20)
    stack = Stack((layer,), short=True)
    assert stack.derive(("parameters",)).value == weights + biases == 520
    assert stack.derive(("output_width",)).value == len(corners) == 24
