"""Forward values, the loss, one component, one step: exact where rational, 50 digits elsewhere."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest

from generator.diagnostics import InputError
from generator.language.reals import Real
from generator.solver.contract import Quantity
from generator.solver.models.network.instance import NetworkInstance
from tests.solver.network.networks import fields, instance


def layers(activation: str, *, bias: bool = False) -> list[dict[str, object]]:
    convolution = {
        "name": "hidden",
        "weights": "v",
        "kernel": 3,
        "bias": bias,
        "activation": activation,
        "output": "h",
    }
    output = {
        "name": "output",
        "weights": "w",
        "units": 1,
        "bias": bias,
        "bias_symbol": "c",
        "output": "z",
    }
    return [{"conv1d": convolution}, {"dense": output}]


def relu() -> NetworkInstance:
    """a = (1, 1, 3, -2), h = (1, 1, 3, 0), z = 2 + 1 - 3 = 0, with x = (1, 0, 2, -1, 1, 1)."""
    return instance(layers=layers("relu"))


def test_a_network_of_relus_is_computed_in_exact_numbers() -> None:
    """Integers stay integers, through the loss and the gradient."""
    model = relu()
    assert model.derive(("before", "hidden")).value == (1, -2, 3, -2)
    assert model.derive(("forward", "hidden")).value == (1, 0, 3, 0)
    assert model.derive(("forward", "output")).value == -1
    assert model.derive(("loss_value",)).value == 4
    # -2 (1 - (-1)) (2 * x_2 + (-1) * x_4)
    assert model.derive(("component",)).value == -4 * (2 * 0 + (-1) * (-1))


def test_a_sigmoid_network_has_irrational_values() -> None:
    """To 50 digits; a float agrees as far as it goes."""
    model = instance()
    hidden = [1 / (1 + math.exp(-a)) for a in (1, -2, 3, -2)]
    output = 2 * hidden[0] + hidden[1] - hidden[2] + hidden[3]
    weights, shifted = (2, 1, -1, 1), (0, 2, -1, 1)
    slopes = [w * h * (1 - h) * x for w, h, x in zip(weights, hidden, shifted, strict=True)]
    expected = {
        ("forward", "output"): output,
        ("loss_value",): (1 - output) ** 2,
        ("component",): -2 * (1 - output) * sum(slopes),
    }
    for path, number in expected.items():
        value = model.derive(path).value
        assert isinstance(value, Real)
        assert float(value) == pytest.approx(number, rel=1e-12)


def test_a_value_that_happens_to_be_rational_stays_exact() -> None:
    """The sigmoid of 0 is a half, and so is everything computed from it."""
    data = {"input": [0] * 6, "target": 1, "weights": [[1, -1, 0], [2, 1, -1, 1]]}
    model = instance(data=data)
    assert model.derive(("forward", "output")).value == Fraction(3, 2)
    assert model.derive(("loss_value",)).value == Fraction(1, 4)
    assert model.derive(("component",)).value == 0


def test_the_components_steps_insert_the_numbers_one_by_one() -> None:
    """Pre-activations and units, output, the formula, its terms, the product."""
    steps = relu().derive(("component",)).steps
    assert steps == (
        "Insert the numbers into $a_i$ and $h_i$, for $i = 1, \\dots, 4$:\n\n"
        "$$\n\\begin{aligned}\n"
        "a_1 &= 1 \\cdot 1 + (-1) \\cdot 0 + 0 \\cdot 2 = 1, "
        "& h_1 &= \\operatorname{ReLU}(a_1) = 1, \\\\\n"
        "a_2 &= 1 \\cdot 0 + (-1) \\cdot 2 + 0 \\cdot (-1) = -2, "
        "& h_2 &= \\operatorname{ReLU}(a_2) = 0, \\\\\n"
        "a_3 &= 1 \\cdot 2 + (-1) \\cdot (-1) + 0 \\cdot 1 = 3, "
        "& h_3 &= \\operatorname{ReLU}(a_3) = 3, \\\\\n"
        "a_4 &= 1 \\cdot (-1) + (-1) \\cdot 1 + 0 \\cdot 1 = -2, "
        "& h_4 &= \\operatorname{ReLU}(a_4) = 0.\n"
        "\\end{aligned}\n$$",
        "Insert the numbers into $z$:\n\n"
        "$$\nz = 2 \\cdot 1 + 1 \\cdot 0 + (-1) \\cdot 3 + 1 \\cdot 0 = -1.\n$$",
        "Put this component's index into the formula for $\\partial R/\\partial v_j$:\n\n"
        "$$\n\\frac{\\partial R}{\\partial v_2} = "
        "-2(y - z)\\sum_{i=1}^{4} w_i \\mathbf{1}\\{h_i > 0\\}\\, x_{i+1}.\n$$",
        "The sum, term by term:\n\n$$\n\\begin{aligned}\n"
        "i = 1: && 2 \\cdot 1 \\cdot 0 &= 0, \\\\\n"
        "i = 2: && 1 \\cdot 0 \\cdot 2 &= 0, \\\\\n"
        "i = 3: && (-1) \\cdot 1 \\cdot (-1) &= 1, \\\\\n"
        "i = 4: && 1 \\cdot 0 \\cdot 1 &= 0, \\\\\n"
        "\\text{sum:} && 0 + 0 + 1 + 0 &= 1.\n"
        "\\end{aligned}\n$$",
        "The factor before the sum, and the product:\n\n$$\n\\begin{aligned}\n"
        "-2(y - z) &= -2 \\cdot (1 - (-1)) = -4, \\\\\n"
        "\\frac{\\partial R}{\\partial v_2} &= (-4) \\cdot 1 = -4.\n"
        "\\end{aligned}\n$$",
    )


def test_rounded_numbers_are_marked_as_such() -> None:
    """``\\approx`` wherever a shown number is not all of it, and only there."""
    forward, output, *_ = instance().derive(("loss_value",)).steps
    assert (
        "a_1 &= 1 \\cdot 1 + (-1) \\cdot 0 + 0 \\cdot 2 = 1, & h_1 &= s(a_1) \\approx 0.7311"
        in forward
    )
    assert output == (
        "Insert the numbers into $z$:\n\n$$\n"
        "z \\approx 2 \\cdot 0.7311 + 1 \\cdot 0.1192 + (-1) \\cdot 0.9526 + 1 \\cdot 0.1192 "
        "\\approx 0.7479.\n$$"
    )


def value(found: NetworkInstance, *path: str) -> Quantity:
    return found.derive(path).value


@pytest.mark.parametrize(
    ("loss", "expected"),
    [("squared", 4), ("half_squared", 2), ("huber", Fraction(3, 2))],
)
def test_losses_of_the_same_error(loss: str, expected: object) -> None:
    """An error of 2: its square, half of that, and Huber's straight line beyond 1."""
    ends = {"kind": loss, "target": "y", "symbol": "R"}
    assert value(instance(layers=layers("relu"), loss=ends), "loss_value") == expected


def test_softmax_with_cross_entropy() -> None:
    """Equal scores give equal shares: a loss of log 3, and a gradient of p - y."""
    found = instance(
        input={"symbol": "x", "size": 2},
        layers=[
            {"dense": {"name": "scores", "weights": "W", "units": 3, "output": "z"}},
            {"softmax": {"output": "p"}},
        ],
        loss={"kind": "cross_entropy", "symbol": "L", "target": "y"},
        data={"input": [1, 2], "target": [0, 1, 0], "weights": [[[0, 0]] * 3]},
        component={"of": "scores", "index": [2, 2]},
    )
    loss = value(found, "loss_value")
    assert isinstance(loss, Real)
    assert float(loss) == pytest.approx(math.log(3), rel=1e-12)
    assert value(found, "forward", "softmax1") == (Fraction(1, 3),) * 3
    assert value(found, "component") == (Fraction(1, 3) - 1) * 2
    assert found.member("gradient").member("scores").latex == "(p_i - y_i)\\, x_j"  # type: ignore[attr-defined]  # a Formula


@pytest.mark.parametrize(
    ("activation", "size", "message"),
    [
        ("sigmoid", 2000, "an activation function is applied to more than 500"),
        ("softplus", -2000, "an activation function is applied to more than 500"),
    ],
)
def test_extreme_data_are_refused_with_a_cure(activation: str, size: int, message: str) -> None:
    """No unit of a question is that far in saturation, and nobody could check it."""
    data = {"input": [size] * 6, "target": 1, "weights": [[1, 1, 1], [1, 1, 1, 1]]}
    with pytest.raises(InputError) as caught:
        instance(layers=layers(activation), data=data).derive(("component",))
    (finding,) = caught.value.diagnostics
    assert finding.message == f"the numbers of this network are too extreme: {message}"
    assert finding.help == "use smaller data, or a constraint that keeps such variants out"


def test_a_saturated_cross_entropy_is_refused() -> None:
    """One minus an output of 1 - 10^-86 is 0 to all digits that are kept."""
    found = instance(
        input={"symbol": "x", "size": 1},
        layers=[
            {"dense": {"weights": "w", "units": 1, "activation": "sigmoid", "output": "p"}},
        ],
        loss="binary_cross_entropy",
        data={"input": 200, "target": 0, "weights": [1]},
        component={"of": "dense1"},
    )
    with pytest.raises(InputError, match="so near to 0 or 1 that its logarithm is lost"):
        found.member("loss_value")


@pytest.mark.parametrize("size", [10, 20, 40])
def test_a_cross_entropy_far_in_saturation_is_still_proved(size: int) -> None:
    """The NumPy pass takes it from the scores, where no digits are lost."""
    found = instance(
        input={"symbol": "x", "size": 1},
        layers=[{"dense": {"weights": "w", "units": 1, "activation": "sigmoid", "output": "p"}}],
        loss="binary_cross_entropy",
        data={"input": size, "target": 0, "weights": [1]},
        component={"of": "dense1"},
    )
    assert float(value(found, "loss_value")) == pytest.approx(size, rel=1e-4)  # type: ignore[arg-type]  # a Real
    assert float(value(found, "component")) == pytest.approx(size, rel=1e-4)  # type: ignore[arg-type]  # a Real


def test_the_mistakes_of_a_layers_values_are_whole_vectors() -> None:
    """A slip is made in every unit; what it leaves as it is, is no mistake."""
    derived = relu().derive(("forward", "hidden"))
    assert derived.value == (1, 0, 3, 0)
    assert [(mistake.result, mistake.because) for mistake in derived.mistakes[:2]] == [
        ((1, -2, 3, -2), "This is what the activation function is applied to, not its value."),
        (
            (2, 0, 2, 0),
            "The filter is applied back to front: its first weight belongs to the first input of "
            "the window.",
        ),
    ]


# --- one step of an optimizer ------------------------------------------------------------------


def updated(**rule: object) -> Quantity:
    return value(instance(**fields(layers=layers("relu"), update=rule)), "updated")


def test_gradient_descent_goes_against_the_gradient() -> None:
    """-1 - 0.1 * (-4)."""
    assert updated(sgd={"rate": "0.1"}) == Fraction(-6, 10)


def test_momentum_carries_the_old_velocity_on() -> None:
    """-1 - 0.1 * (0.9 * 2 - 4)."""
    rule = {"rate": "0.1", "momentum": "0.9", "velocity": 2}
    assert updated(momentum=rule) == Fraction(-78, 100)


def test_adams_first_step_is_as_long_as_its_rate() -> None:
    """Whatever the gradient's size: with no epsilon to speak of, only its sign counts."""
    step = updated(adam={"rate": "0.1", "epsilon": "1e-20"})
    assert isinstance(step, Fraction)
    assert float(step) == pytest.approx(-0.9, abs=1e-15)


def test_adams_later_steps_follow_the_papers_algorithm() -> None:
    """Algorithm 1 of Kingma and Ba, in floating point."""
    given = {"rate": 0.1, "beta1": 0.8, "beta2": 0.9, "epsilon": 0.01}
    mean, square, gradient = 0.5, 2.0, -4.0
    mean = given["beta1"] * mean + (1 - given["beta1"]) * gradient
    square = given["beta2"] * square + (1 - given["beta2"]) * gradient**2
    mean /= 1 - given["beta1"] ** 3
    square /= 1 - given["beta2"] ** 3
    expected = -1 - given["rate"] * mean / (math.sqrt(square) + given["epsilon"])
    rule = {
        "rate": "0.1",
        "beta1": "0.8",
        "beta2": "0.9",
        "epsilon": "0.01",
        "first": "0.5",
        "second": 2,
        "step": 3,
    }
    step = updated(adam=rule)
    assert isinstance(step, Real)
    assert float(step) == pytest.approx(expected, rel=1e-12)


def test_the_optimizers_lines_show_their_numbers() -> None:
    """The last step of the worked solution."""
    found = instance(**fields(layers=layers("relu"), update={"sgd": {"rate": "0.1"}}))
    derived = found.derive(("updated",))
    assert derived.steps[-1] == (
        "Then $v_2$ takes its step:\n\n$$\nv_2^{\\text{new}} = (-1) - 0.1 \\cdot (-4) = -0.6.\n$$"
    )
    results = [mistake.result for mistake in derived.mistakes]
    assert results[:5] == [Fraction(-14, 10), 3, Fraction(4, 10), -4, Fraction(-8, 10)]
    carried = derived.mistakes[4]
    assert carried.because == (
        "The step is right, but not the gradient. The factor 2 is missing: the derivative of a "
        "square is twice its base, times the inner derivative."
    )
    assert carried.worth == Fraction(3, 4)
