"""Random stacks of layers."""

from __future__ import annotations

import hypothesis.strategies as st

from generator.diagnostics import InputError
from generator.solver.models.conv import read
from generator.solver.models.conv.layers import Layer
from tests.solver.trees import spec


@st.composite
def layer_stacks(draw: st.DrawFn, *, small: bool = False) -> tuple[Layer, ...]:
    """One to five layers on an input of one to three dimensions; each is read from a bank."""
    axes = draw(st.integers(1, 2 if small else 3))
    largest = 7 if small else {1: 60, 2: 20, 3: 8}[axes]
    shape = [draw(st.integers(1, 4)), *(draw(st.integers(3, largest)) for _ in range(axes))]
    drawn: list[dict[str, object]] = []
    layers: tuple[Layer, ...] = ()
    for _ in range(draw(st.integers(1, 2 if small else 5))):
        flat = bool(layers) and len(layers[-1].output_shape) == 1
        channels = layers[-1].output_shape[0] if layers else shape[0]
        layer = draw(_unit_layers() if flat else _map_layers(axes, channels))
        try:
            layers = read(spec("conv", {"input": shape, "layers": [*drawn, layer]})).at({}).layers
        except InputError:  # the window does not fit any more
            continue
        drawn.append(layer)
    if not layers:
        plain = {"conv": {"filters": 2, "kernel": 2}}
        layers = read(spec("conv", {"input": shape, "layers": [plain]})).at({}).layers
    return layers


def _unit_layers() -> st.SearchStrategy[dict[str, object]]:
    dense = st.fixed_dictionaries({"units": st.integers(1, 9), "bias": st.booleans()})
    return st.one_of(
        dense.map(lambda fields: {"dense": fields}),
        st.just({"activation": "relu"}),
        st.just({"batch_norm": True}),
    )


def _map_layers(axes: int, channels: int) -> st.SearchStrategy[dict[str, object]]:
    divisors = [n for n in range(1, channels + 1) if channels % n == 0]
    pad = st.integers(0, 2)
    pair = st.lists(pad, min_size=2, max_size=2)
    padding = st.one_of(
        pad, st.sampled_from(["same", "valid"]), st.lists(pair, min_size=axes, max_size=axes)
    )

    def each(most: int) -> st.SearchStrategy[object]:
        one = st.integers(1, most)
        return st.one_of(one, st.lists(one, min_size=axes, max_size=axes))

    @st.composite
    def conv(draw: st.DrawFn) -> dict[str, object]:
        groups = draw(st.sampled_from(divisors))
        return {
            "conv": {
                "filters": groups * draw(st.integers(1, 3)),
                "kernel": draw(each(3)),
                "stride": draw(each(3)),
                "padding": draw(padding),
                "dilation": draw(each(2)),
                "groups": groups,
                "bias": draw(st.booleans()),
            }
        }

    @st.composite
    def transposed(draw: st.DrawFn) -> dict[str, object]:
        fields = draw(conv())["conv"]
        assert isinstance(fields, dict)
        extra: dict[str, object] = {}
        if fields["padding"] != "same":
            extra = {"output_padding": draw(st.one_of(st.just(0), each(2)))}
        return {"conv": {**fields, **extra, "transposed": True}}

    pool = st.fixed_dictionaries(
        {
            "kind": st.sampled_from(["max", "average"]),
            "kernel": each(3),
            "stride": each(2),
            "padding": st.one_of(st.just(0), padding),
        }
    )
    return st.one_of(
        conv(),
        conv(),
        transposed(),
        pool.map(lambda fields: {"pool": fields}),
        st.just({"batch_norm": True}),
        st.just({"activation": "tanh"}),
        st.sampled_from([{"global_pool": "average"}, {"global_pool": "max"}]),
        st.just({"flatten": True}),
    )
