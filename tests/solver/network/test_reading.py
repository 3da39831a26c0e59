"""A bank's network entry: what may be written, and what an author is told that may not."""

from __future__ import annotations

from typing import Any

import pytest

from generator.diagnostics import InputError
from generator.model.value import Record
from generator.solver.models.network import read
from tests.solver.network.networks import fields, instance
from tests.solver.trees import spec

CONVOLUTION = {"weights": "v", "kernel": 3, "activation": "sigmoid", "output": "h"}
OUTPUT = {"weights": "w", "units": 1, "output": "z"}


def findings(changes: dict[str, Any], **values: Any) -> list[str]:
    """What the author is told, each with its help."""
    with pytest.raises(InputError) as caught:
        read(spec("network", fields(**changes))).at(values)
    return [
        f"{one.code}: {one.message}" + (f" ({one.help})" if one.help else "")
        for one in caught.value.diagnostics
    ]


def layers(*found: dict[str, Any]) -> dict[str, Any]:
    """Fields with these layers, and no data."""
    return {"layers": list(found), "data": ABSENT, "component": ABSENT}


ABSENT = object()


def test_symbols_and_sizes_may_be_expressions() -> None:
    """Parameters, members of records, arithmetic; their names are known before any variant."""
    found = read(
        spec(
            "network",
            {
                "input": {"symbol": "names.x", "size": "n + 1"},
                "layers": [
                    {"conv1d": {**CONVOLUTION, "weights": "names.v", "activation": "activation"}},
                    {"dense": OUTPUT},
                ],
                "loss": "kind",
            },
        )
    )
    assert found.names == {"names", "n", "activation", "kind"}
    names = Record(entries=(("x", "u"), ("v", "phi")))
    model = found.at({"names": names, "n": 5, "activation": "tanh", "kind": "half_squared"})
    assert model.derive(("gradient", "conv1")).value.latex == (  # type: ignore[union-attr]  # a Formula
        r"-(y - z)\sum_{i=1}^{4} w_i (1 - h_i^2)\, u_{i+j-1}"
    )
    assert model.member("partial").member("conv1").latex == r"\partial L/\partial \phi_j"  # type: ignore[attr-defined]  # a Formula


def test_a_letter_is_a_symbol_even_where_a_parameter_has_its_name() -> None:
    """In `data` it is the parameter."""
    found = read(spec("network", fields(data={"input": "x", "target": "y", "weights": ["v", "w"]})))
    assert found.names == {"x", "y", "v", "w"}
    values: dict[str, Any] = {"x": (1,) * 6, "y": 2, "v": (1, 2, 3), "w": (1, 1, 1, 1)}
    assert found.at(values).member("symbols").member("input").latex == "x"  # type: ignore[attr-defined]  # a Formula


def test_index_letters_give_way_to_symbols() -> None:
    """Where the bank calls its weights i and j, the indices are l and m, k being the input's."""
    model = instance(
        **fields(
            layers=[
                {"conv1d": {**CONVOLUTION, "name": "hidden", "weights": "i"}},
                {"dense": {**OUTPUT, "name": "output", "weights": "j"}},
            ]
        )
    )
    assert model.member("equations").member("hidden").latex == (  # type: ignore[attr-defined]  # a Formula
        r"h_l = \sigma\left(\sum_{m=1}^{3} i_m x_{l+m-1}\right)"
    )


def test_every_quantity_of_the_catalog_exists_and_no_other() -> None:
    """What a bank may ask for is known before any variant is made."""
    model = read(spec("network", fields(update={"sgd": {"rate": "0.1"}})))
    found = model.at({})
    known = set[tuple[str, ...]]()
    for name in found.members():
        value: Any = found.member(name)
        inner = value.members() if hasattr(value, "members") else ()
        known |= {(name, one) for one in inner} or {(name,)}
    # A linear output has no activation function to show; other variants may have one.
    absent = {("functions", "output"), ("derivatives", "output")}
    assert model.quantities - absent == known


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        (
            {"input": {"symbol": "x", "size": -3}},
            ["wrong-value: `size` is `-3`; it must be a whole number from 1 to 10,000"],
        ),
        (
            {"loss": {"kind": "squarred"}},
            ["unknown-name: `squarred` has no value here"],
        ),
        (
            {"loss": {"kind": "cross_entropy"}},
            [
                "wrong-loss: the loss `cross_entropy` needs a `softmax` layer at the end of the "
                "network"
            ],
        ),
        (
            {"loss": {"kind": "squared", "target": "x"}},
            [
                "duplicate-symbol: `x` would stand for two things: `target` here, and `symbol` "
                "elsewhere (choose another letter)"
            ],
        ),
        (
            {"loss": {"kind": "huber", "threshold": 0}},
            ["wrong-value: `threshold` is `0`; it must be a positive number"],
        ),
        (
            layers({"conv1d": {**CONVOLUTION, "kernel": 9}}, {"dense": OUTPUT}),
            [
                "window-too-large: a window of 9 does not fit into 6 entries (a constraint can "
                "keep such variants out)"
            ],
        ),
        (
            layers({"dense": OUTPUT}, {"conv1d": CONVOLUTION}),
            [
                "wrong-order: `conv1` slides over a signal, but a dense layer comes before it (put "
                "dense layers after all convolutions and pooling layers)"
            ],
        ),
        (
            layers({"softmax": {"output": "p"}}, {"dense": OUTPUT}),
            ["wrong-order: `softmax1` must be the last layer, below a cross-entropy"],
        ),
        (
            layers({"conv": CONVOLUTION}, {"dense": OUTPUT}),
            ["unknown-kind: there is no `conv` here: a layer is expected (did you mean `conv1d`?)"],
        ),
        (
            layers({"dense": {"units": 1, "weight": "w", "output": "z"}}),
            [
                "missing-field: the field `weights` is missing (add `weights:`)",
                "unknown-field: there is no field `weight` here (did you mean `weights`?)",
            ],
        ),
        (
            layers({"dense": {**OUTPUT, "name": "loss"}}),
            [
                "wrong-name: `loss` cannot be the name of a layer (use a word of letters, digits "
                "and underscores, other than `input`, `target` and `loss`)"
            ],
        ),
        (
            layers(
                {"dense": {**OUTPUT, "name": "one"}},
                {"dense": {"name": "one", "weights": "u", "units": 1, "output": "p"}},
            ),
            ["duplicate-name: two layers have the name `one`"],
        ),
        (
            layers({"dense": {**OUTPUT, "weights": '"weights"'}}),
            [
                "wrong-value: `weights` is `weights`; it must be a letter, or the name of a Greek "
                "letter such as `phi`"
            ],
        ),
        (
            layers(
                {"conv1d": CONVOLUTION},
                {"conv1d": {**CONVOLUTION, "weights": "u", "output": "g", "padding": 1}},
            ),
            ["wrong-value: `padding` is `1`; it must be 0: only the input can be padded"],
        ),
        (
            {"data": {"input": [1, 2], "target": 1, "weights": [[1, 2, 3], [1, 2, 3, 4]]}},
            ["wrong-shape: `data.input` must have 6 numbers here, not 2"],
        ),
        (
            {"data": {"input": [1] * 6, "target": 1, "weights": [[1, 2, 3]]}},
            [
                "wrong-shape: `data.weights` must have one entry for each of 2 layers (it has 1, "
                "in the order of the layers)"
            ],
        ),
        (
            {"component": {"of": "hidden", "index": 4}},
            ["wrong-value: `index` is `4`; it must be from 1 to 3 (counted from 1)"],
        ),
        (
            {"component": {"of": "hidden", "bias": True}},
            ["wrong-value: `of` is `hidden`; it must be `input` or a layer that has such weights"],
        ),
        (
            {"data": ABSENT},
            ["missing-field: a component is a number, which needs `data`"],
        ),
        (
            {"update": {"adamw": {"rate": 1}}},
            [
                "unknown-kind: there is no `adamw` here: an update rule is expected (did you mean "
                "`adam`?)"
            ],
        ),
        (
            {"update": {"momentum": {"rate": "0.1", "momentum": 1}}},
            ["wrong-value: `momentum` is `1`; it must be at least 0 and less than 1"],
        ),
    ],
)
def test_what_is_wrong_is_said_with_its_cure(changes: dict[str, Any], expected: list[str]) -> None:
    """Whole messages, in the author's words."""
    kept = {name: value for name, value in fields(**changes).items() if value is not ABSENT}
    with pytest.raises(InputError) as caught:
        read(spec("network", kept)).at({})
    found = [
        f"{one.code}: {one.message}" + (f" ({one.help})" if one.help else "")
        for one in caught.value.diagnostics
    ]
    assert found == expected


def test_a_bias_needs_its_number() -> None:
    """Data that forget the biases."""
    biased = [
        {"conv1d": {**CONVOLUTION, "name": "hidden", "bias": True}},
        {"dense": {**OUTPUT, "name": "output"}},
    ]
    assert findings({"layers": biased}) == [
        "missing-field: the network has biases, so `data` needs `biases`: one entry for each such "
        "layer"
    ]


def test_a_network_too_large_to_prove_is_refused() -> None:
    """Its parameters can be counted, its gradient cannot be asked for."""
    large = {
        "input": 100,
        "layers": [
            {"dense": {"name": "a", "weights": "v", "units": 50, "output": "h"}},
            {"dense": {"name": "b", "weights": "w", "units": 10, "output": "z"}},
        ],
        "loss": "squared",
    }
    model = read(spec("network", large)).at({})
    assert model.derive(("parameters",)).value == 5500
    with pytest.raises(InputError, match="the network is too large for a proved gradient"):
        model.derive(("gradient", "a"))


NARROW = {"name": "hidden", "weights": "v", "kernel": 1, "output": "h"}


@pytest.mark.parametrize(
    ("path", "message", "cure"),
    [
        (
            ("equations", "hidden"),
            "`model.equations.hidden` can be shown in a text, but not be asked for",
            "ask for a number, or for `model.gradient.NAME`",
        ),
        (
            ("bias_gradient", "hidden"),
            "the layer `hidden` has no biases",
            "a constraint can keep such variants out",
        ),
        (
            ("gradient", "input"),
            "which unit an input reaches has no index where the kernel is 1, so the gradient by "
            "the input cannot be written",
            "a constraint can keep such variants out",
        ),
        (
            ("hidden_units",),
            "this network has no hidden units",
            "a constraint can keep such variants out",
        ),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, tuple) else "",
)
def test_what_a_variant_lacks_is_refused_with_a_cure(
    path: tuple[str, ...], message: str, cure: str
) -> None:
    """Other variants of the model may have it, so it is no unknown name."""
    narrow = {name: value for name, value in fields().items() if name not in {"data", "component"}}
    found = read(spec("network", {**narrow, "layers": [{"conv1d": NARROW}]})).at({})
    with pytest.raises(InputError) as caught:
        found.derive(path)
    (finding,) = caught.value.diagnostics
    assert (finding.code, finding.message, finding.help) == ("no-quantity", message, cure)


@pytest.mark.parametrize("path", [("gradient", "nowhere"), ("sum",)])
def test_what_is_no_quantity_cannot_be_asked_for(path: tuple[str, ...]) -> None:
    """KeyError is what the engine turns into a finding."""
    with pytest.raises(KeyError):
        instance().derive(path)
