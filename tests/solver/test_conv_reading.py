"""What a bank may write about a stack of layers, and what is said of what it may not."""

from __future__ import annotations

import pytest

from generator.diagnostics import InputError
from generator.solver.models.conv import read
from generator.solver.models.conv.layers import Convolution, Pooling, titles
from generator.solver.models.conv.stack import Stack
from tests.solver.trees import spec

Fields = dict[str, object]
LAYER: Fields = {"input": [3, 32, 32], "filters": 8, "kernel": 3}
DEPTHWISE: Fields = {"kernel": 3, "groups": "depthwise"}


def stack(fields: Fields, **values: object) -> Stack:
    return read(spec("conv", fields)).at(values)  # type: ignore[arg-type]  # plain values


def complaint(fields: Fields, **values: object) -> str:
    """The code, the message and the help of the only finding."""
    with pytest.raises(InputError) as caught:
        stack(fields, **values)
    (finding,) = caught.value.diagnostics
    return f"{finding.code}: {finding.message} | {finding.help}"


def test_a_scalar_holds_for_every_axis_and_a_list_for_each_its_own() -> None:
    layer = stack({**LAYER, "kernel": [3, 5], "stride": 2, "padding": [1, 2]}).layers[0]
    assert isinstance(layer, Convolution)
    assert [(w.kernel, w.stride, w.before, w.after) for w in layer.windows] == [
        (3, 2, 1, 1),
        (5, 2, 2, 2),
    ]


def test_padding_may_differ_at_either_end() -> None:
    layer = stack({**LAYER, "padding": [[0, 1], [2, 3]]}).layers[0]
    assert isinstance(layer, Convolution)
    assert [(w.before, w.after) for w in layer.windows] == [(0, 1), (2, 3)]


def test_same_may_be_the_value_of_a_parameter() -> None:
    fields: Fields = {**LAYER, "padding": "how", "stride": 2}
    assert stack(fields, how="same").member("output_width") == 16
    assert stack(fields, how="valid").member("output_width") == 15


def test_pooling_moves_by_its_own_width_unless_told_otherwise() -> None:
    pool = stack({**LAYER, "pool": 2}).layers[1]
    assert isinstance(pool, Pooling)
    assert [(w.kernel, w.stride) for w in pool.windows] == [(2, 2), (2, 2)]


def test_the_short_form_speaks_of_the_convolution_and_of_what_pooling_leaves() -> None:
    short = stack({**LAYER, "pool": {"kind": "average", "kernel": 3, "stride": 2}})
    assert short.member("output_shape") == (8, 30, 30)
    assert short.member("pooled_shape") == (8, 14, 14)
    assert short.member("parameters") == 8 * (27 + 1)


def test_the_long_form_names_its_layers_and_adds_them_up() -> None:
    lenet = stack(
        {
            "input": [1, 32, 32],
            "layers": [
                {"conv": {"filters": 6, "kernel": 5}},
                {"activation": "tanh"},
                {"pool": {"kind": "average", "kernel": 2}},
                {"conv": {"filters": 16, "kernel": 5}},
                {"pool": 2},
                {"flatten": True},
                {"dense": 120},
                {"dense": {"units": 10, "bias": False}},
            ],
        }
    )
    assert [layer.name for layer in lenet.layers] == [
        "conv1",
        "activation1",
        "pool1",
        "conv2",
        "pool2",
        "flatten1",
        "dense1",
        "dense2",
    ]
    assert titles(lenet.layers)[3] == "Convolution 2"
    parameters = 6 * 26 + 16 * (6 * 25 + 1) + 120 * 401 + 10 * 120
    assert lenet.derive(("parameters",)).value == parameters
    assert lenet.derive(("conv2", "output_shape")).value == (16, 10, 10)
    assert lenet.derive(("pool2", "receptive_field_width")).value == 16


def test_depthwise_is_one_group_for_each_channel_whatever_their_number() -> None:
    layers = [{"conv": {"filters": "n", "kernel": 3}}, {"conv": {**DEPTHWISE, "filters": "2*n"}}]
    second = stack({"input": [3, 32, 32], "layers": layers}, n=5).layers[1]
    assert isinstance(second, Convolution)
    assert (second.groups, second.seen, second.parameters) == (5, 1, 10 * (9 + 1))


def test_a_transposed_convolution_is_a_convolution_with_a_switch() -> None:
    fields: Fields = {**LAYER, "stride": 2, "transposed": True, "output_padding": [0, 1]}
    short = stack({**fields, "pool": 2})
    assert short.member("output_shape") == (8, 65, 66)
    assert short.member("pooled_shape") == (8, 32, 33)
    assert stack({**fields, "padding": [[1, 0], 2]}).member("output_shape") == (8, 64, 62)
    assert stack({**LAYER, "transposed": False}).member("output_shape") == (8, 30, 30)


def test_behind_a_transposed_convolution_outputs_have_no_one_receptive_field() -> None:
    layers = [
        {"conv": {"filters": 2, "kernel": 3}},
        {"conv": {"filters": 2, "kernel": 2, "stride": 2, "transposed": True}},
        {"conv": {"filters": 2, "kernel": 3}},
    ]
    model = read(spec("conv", {"input": [1, 9], "layers": layers}))
    fields = {path for path in model.quantities if path[-1].startswith("receptive")}
    assert fields == {("conv1", "receptive_field"), ("conv1", "receptive_field_width")}


def test_every_instance_knows_exactly_the_quantities_that_are_looked_up() -> None:
    model = read(spec("conv", {**LAYER, "pool": 2}))
    instance = model.at({})
    assert {path for path in model.quantities if len(path) == 1} == {
        (name,) for name in instance.members() if not hasattr(instance.member(name), "members")
    }
    for path in model.quantities:
        instance.derive(path)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        (
            {**LAYER, "kernel": 0},
            "wrong-value: `kernel` is 0; it must be a whole number from 1 to 256 | ",
        ),
        (
            {**LAYER, "kernel": "5/2"},
            "wrong-value: `kernel` is 5/2; it must be a whole number from 1 to 256 | ",
        ),
        (
            {**LAYER, "stride": [1, 2, 3]},
            "wrong-value: `stride` is [1, 2, 3]; it must be one number, or one for each of 2 axes"
            " | ",
        ),
        (
            {**LAYER, "padding": "wide"},
            "wrong-value: `padding` is wide; it must be `same`, `valid` or numbers | ",
        ),
        (
            {**LAYER, "padding": [[1, 2, 3], 1]},
            "wrong-value: `padding` is [1, 2, 3]; it must be a number or a pair [before, after] | ",
        ),
        (
            {**LAYER, "bias": 2},
            "wrong-value: `bias` is 2; it must be true or false | ",
        ),
        (
            {**LAYER, "kernel": 40},
            "window-too-large: a window of 40 does not fit into 32 entries | a constraint can keep "
            "such variants out: `kernel <= image + 2*padding`",
        ),
        (
            {**LAYER, "groups": 2},
            "unequal-groups: 3 channels cannot be split into 2 equal groups | a constraint can "
            "keep such variants out: `channels % groups == 0`",
        ),
        (
            {**LAYER, "filters": 1_000_000},
            "wrong-value: `filters` is 1000000; it must be a whole number from 1 to 65,536 | ",
        ),
        (
            {**LAYER, "pool": {"kind": "maximum", "kernel": 2}},
            "wrong-value: `kind` is maximum; it must be `max` or `average` | did you mean `max`?",
        ),
        (
            {**LAYER, "pool": {"kernel": 2, "padding": 2}},
            "padding-too-large: a padding of 2 lets a pooling window of 2 lie on padding alone | ",
        ),
        (
            {**LAYER, "input": [3]},
            "wrong-value: an input has channels and one to three extents | write [channels, "
            "width], [channels, height, width] or [channels, depth, height, width]",
        ),
        (
            {**LAYER, "fliters": 3},
            "unknown-field: there is no field `fliters` here | did you mean `filters`?",
        ),
        (
            {"input": [1, 8], "layers": [{"dense": 3}]},
            "wrong-order: `dense1` needs units in a row, but gets maps | put `- flatten: true` or "
            "`- global_pool: average` before it",
        ),
        (
            {"input": [1, 8], "layers": [{"flatten": True}, {"pool": 2}]},
            "wrong-order: `pool1` needs maps, but the layer before gives units in a row | put it "
            "before the maps are flattened",
        ),
        (
            {"input": [1, 8], "layers": [{"convolution": {"filters": 1}}]},
            "unknown-layer: there is no layer of the kind `convolution` | known: conv, pool, "
            "global_pool, flatten, dense, batch_norm, activation",
        ),
        (
            {"input": [1, 8], "layers": [{"conv": 3}]},
            "wrong-type: `conv` takes its fields in a mapping, not a single value | fields: "
            "filters, kernel",
        ),
        (
            {**LAYER, "transposed": "wide"},
            "wrong-value: `transposed` is `true` or `false`; no parameter can decide it | write "
            "two problems",
        ),
        (
            {**LAYER, "output_padding": 1},
            "unknown-field: `output_padding` belongs to a layer with `transposed: true` | add "
            "`transposed: true`",
        ),
        (
            {**LAYER, "transposed": True, "output_padding": 1},
            "wrong-value: an output padding of 1 is not smaller than the stride or dilation | ",
        ),
        (
            {**LAYER, "transposed": True, "padding": "same", "stride": 2, "output_padding": 1},
            "wrong-value: `same` padding chooses the output padding, too | leave `output_padding` "
            "out",
        ),
        (
            {**LAYER, "transposed": True, "padding": 17},
            "padding-too-large: a padding of 17 and 17 leaves nothing of 34 entries | a constraint "
            "can keep such variants out",
        ),
        (
            {**LAYER, "groups": "depthwide"},
            "wrong-value: `groups` is depthwide; it must be a whole number or `depthwise` | did "
            "you mean `depthwise`?",
        ),
        (
            {**LAYER, "groups": "depthwise"},
            "unequal-groups: 8 filters cannot be split into 3 equal groups | a constraint can keep "
            "such variants out: `filters % groups == 0`",
        ),
        (
            {**LAYER, "bytes": 0},
            "wrong-value: `bytes` is 0; it must be a whole number from 1 to 65,536 | ",
        ),
        (
            {"input": [65536, 16384, 16384], "layers": [{"flatten": True}]},
            "too-large: there are more than 4,294,967,296 units here | ",
        ),
    ],
)
def test_what_makes_no_sense_is_said_with_the_value_and_the_cure(
    fields: Fields, expected: str
) -> None:
    assert complaint(fields) == expected


def test_all_layers_are_read_before_the_findings_are_raised() -> None:
    fields: Fields = {"input": [1, 8], "layers": [{"conv": {}}, {"pool": {"kernal": 2}}]}
    with pytest.raises(InputError) as caught:
        read(spec("conv", fields))
    assert sorted(finding.message for finding in caught.value.diagnostics) == [
        "the field `filters` is missing",
        "the field `kernel` is missing",
        "there is no field `kernal` here",
    ]
