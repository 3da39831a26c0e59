"""The assignment's own network: its equations, keys, steps and mistakes, word for word."""

from __future__ import annotations

from generator.model.value import Formula
from generator.solver.models.network.instance import NetworkInstance
from tests.solver.network.networks import instance

MODEL = instance()


def shown(model: NetworkInstance, *path: str) -> object:
    """A quantity as a template sees it: a formula by its LaTeX."""
    value: object = model
    for name in path:
        value = value.member(name)  # type: ignore[attr-defined]  # a namespace
    return value.latex if isinstance(value, Formula) else value


def test_the_equations_are_those_of_the_assignment() -> None:
    """(1) to (4); the derivative's letter is a, since x is the input here."""
    convolution = r"h_i = s\left(\sum_{j=1}^{3} v_j x_{i+j-1}\right)"
    assert shown(MODEL, "equations", "hidden") == convolution
    assert shown(MODEL, "ranges", "hidden") == r"i = 1, \dots, 4"
    assert shown(MODEL, "equations", "output") == r"z = \sum_{i=1}^{4} w_i h_i"
    assert shown(MODEL, "functions", "hidden") == r"s(a) = \frac{1}{1 + e^{-a}}"
    assert shown(MODEL, "derivatives", "hidden") == "s'(a) = s(a)(1 - s(a))"
    assert shown(MODEL, "activations", "hidden") == "logistic (sigmoid)"
    assert shown(MODEL, "equations", "loss") == "R = (y - z)^2"


def test_the_keys_are_those_of_the_assignment() -> None:
    """Seven parameters, and the two gradients, as LaTeX and as a student types them."""
    assert MODEL.derive(("parameters",)).value == 7
    assert MODEL.derive(("gradient", "output")).value == Formula(
        latex=r"-2(y - z)\, h_i", text="-2*(y - z)*h_i"
    )
    assert MODEL.derive(("gradient", "hidden")).value == Formula(
        latex=r"-2(y - z)\sum_{i=1}^{4} w_i h_i (1 - h_i)\, x_{i+j-1}",
        text="-2*(y - z)*sum(i=1..4, w_i*h_i*(1 - h_i)*x_{i+j-1})",
    )


def test_the_hints_name_what_the_keys_are_made_of() -> None:
    """The asked derivatives, and the symbols of their formulas."""
    assert shown(MODEL, "partial", "output") == r"\partial R/\partial w_i"
    assert shown(MODEL, "terms", "output") == "$y$, $z$ and $h_i$"
    assert shown(MODEL, "partial", "hidden") == r"\partial R/\partial v_j"
    assert shown(MODEL, "terms", "hidden") == "$y$, $z$, $w_i$, $h_i$ and $x_{i+j-1}$"


def test_the_parameters_are_counted_layer_by_layer() -> None:
    """3 + 4 = 7, and the ways to miscount them."""
    derived = MODEL.derive(("parameters",))
    assert derived.steps == (
        "The convolution has one filter of 3 weights, $v_1, v_2, v_3$, which all of "
        r"$h_1, \dots, h_4$ share: $3$ parameters.",
        "The dense layer has one weight for each of its 4 inputs, "
        r"$w_1, \dots, w_4$: $4$ parameters.",
        "Altogether: $3 + 4 = 7$.",
    )
    assert [mistake.result for mistake in derived.mistakes] == [16, 28, 9, 12, 3, 4, 13, 8]
    assert derived.mistakes[0].because == (
        "The convolution shares its weights: every position uses the same ones, which count once, "
        "not once for each position."
    )


def test_the_gradient_by_the_filter_is_derived_link_by_link() -> None:
    """The pre-activation is named, the sum has its reason, each factor comes in turn."""
    assert MODEL.derive(("gradient", "hidden")).steps == (
        "Write $a_i$ for what the activation function is applied to (the pre-activation):\n\n"
        "$$\n\\begin{aligned}\n"
        r"a_i &= \sum_{j=1}^{3} v_j x_{i+j-1}, & h_i &= s(a_i)."
        "\n\\end{aligned}\n$$",
        "The convolution shares its weights: $v_j$ is used at all 4 positions, so it acts on each "
        r"of $h_1, \dots, h_4$. The contributions of all these paths to $R$ add up, so the chain "
        "rule has a sum over $i$, which is easily forgotten:\n\n$$\n"
        r"\frac{\partial R}{\partial v_j} = \frac{\partial R}{\partial z}\sum_{i=1}^{4} "
        r"\frac{\partial z}{\partial h_i}\, \frac{\partial h_i}{\partial v_j}."
        "\n$$",
        "The outer derivative of the square is $2(y - z)$. The inner derivative, of $y - z$ with "
        "respect to $z$, is $-1$:\n\n$$\n"
        r"\frac{\partial R}{\partial z} = 2(y - z) \cdot (-1) = -2(y - z)."
        "\n$$",
        "$z$ is a sum in which $h_i$ has the factor $w_i$:\n\n$$\n"
        r"\frac{\partial z}{\partial h_i} = w_i."
        "\n$$",
        "$a_i$ is a sum in which $v_j$ has the factor $x_{i+j-1}$. The derivative of the "
        "activation function is $s'(a_i) = s(a_i)(1 - s(a_i)) = h_i (1 - h_i)$:\n\n$$\n"
        r"\frac{\partial h_i}{\partial v_j} = s'(a_i)\, \frac{\partial a_i}{\partial v_j} = "
        r"h_i (1 - h_i)\, x_{i+j-1}."
        "\n$$",
        "Multiply all factors; what does not depend on the index of a sum stands before it:\n\n"
        "$$\n"
        r"\frac{\partial R}{\partial v_j} = "
        r"-2(y - z)\sum_{i=1}^{4} w_i h_i (1 - h_i)\, x_{i+j-1}."
        "\n$$",
    )


def test_the_gradient_by_an_output_weight_has_no_sum() -> None:
    """And says so."""
    first, *_, last = MODEL.derive(("gradient", "output")).steps
    assert first == (
        "$w_i$ acts on $z$ alone, so there is a single path from $w_i$ to $R$, and the chain rule "
        "has no sum:\n\n$$\n"
        r"\frac{\partial R}{\partial w_i} = \frac{\partial R}{\partial z}\, "
        r"\frac{\partial z}{\partial w_i}."
        "\n$$"
    )
    assert last == (
        "Multiply all factors:\n\n$$\n"
        r"\frac{\partial R}{\partial w_i} = -2(y - z)\, h_i."
        "\n$$"
    )


def test_the_mistakes_of_the_gradients_are_the_ones_that_students_make() -> None:
    """Each a formula of its own, the likeliest first."""
    output = MODEL.derive(("gradient", "output")).mistakes
    assert [shown_formula(mistake.result) for mistake in output] == [
        r"2(y - z)\, h_i",
        r"-(y - z)\, h_i",
        r"-2(y - z)\, x_i",
        r"-2(y - z)\, z (1 - z)\, h_i",
        r"-2(y - z)\, w_i",
        "h_i",
    ]
    hidden = MODEL.derive(("gradient", "hidden")).mistakes
    assert [shown_formula(mistake.result) for mistake in hidden] == [
        r"2(y - z)\sum_{i=1}^{4} w_i h_i (1 - h_i)\, x_{i+j-1}",
        r"-(y - z)\sum_{i=1}^{4} w_i h_i (1 - h_i)\, x_{i+j-1}",
        r"-2(y - z)\, w_i h_i (1 - h_i)\, x_{i+j-1}",
        r"-2(y - z)\sum_{i=1}^{4} w_i x_{i+j-1}",
        r"-2(y - z)\sum_{i=1}^{4} h_i (1 - h_i)\, x_{i+j-1}",
        r"-2(y - z)\sum_{i=1}^{4} w_i h_i (1 - h_i)\, x_{i+j}",
        r"-2(y - z)\sum_{i=1}^{4} w_i h_i (1 - h_i)\, x_j",
        r"-2(y - z)\, z (1 - z)\sum_{i=1}^{4} w_i h_i (1 - h_i)\, x_{i+j-1}",
    ]
    assert hidden[2].because == (
        "The sum is missing: the convolution shares its weights, so $v_j$ acts on all of "
        r"$h_1, \dots, h_4$, and the contributions of all these paths add up."
    )


def shown_formula(value: object) -> str:
    assert isinstance(value, Formula)
    return value.latex


def test_the_evidence_names_both_derivations() -> None:
    """In a few words, and how far they were compared."""
    evidence = MODEL.derive(("gradient", "hidden")).evidence
    assert evidence.first == "the chain rule in index notation, evaluated term by term"
    assert evidence.second == (
        "SymPy's derivative of the expanded network in a random direction and complex steps "
        "through a NumPy pass"
    )
    assert evidence.result == "equal in all 3 components, at 2 random points"


def test_other_activations_losses_and_strides_change_the_formulas() -> None:
    """The same network with a bias, a stride of 2, and each activation in turn."""

    def gradient(activation: str, loss: str) -> object:
        layers = [
            {
                "conv1d": {
                    "name": "hidden",
                    "weights": "v",
                    "kernel": 3,
                    "stride": 2,
                    "bias": True,
                    "activation": activation,
                    "output": "h",
                }
            },
            {
                "dense": {
                    "name": "output",
                    "weights": "w",
                    "units": 1,
                    "bias": True,
                    "bias_symbol": "c",
                    "output": "z",
                }
            },
        ]
        data = {
            "input": [1, 0, 2, -1, 1, 1, 3],
            "target": 1,
            "weights": [[1, -1, 0], [2, 1, -1]],
            "biases": [1, -1],
        }
        size = {"symbol": "x", "size": 7}
        ends = {"kind": loss, "target": "y", "symbol": "R"}
        found = instance(layers=layers, data=data, input=size, loss=ends)
        assert shown(found, "equations", "output") == r"z = \sum_{i=1}^{3} w_i h_i + c"
        assert found.derive(("parameters",)).value == 8
        return found.derive(("gradient", "hidden")).value.latex  # type: ignore[union-attr]  # a Formula

    assert gradient("tanh", "squared") == (r"-2(y - z)\sum_{i=1}^{3} w_i (1 - h_i^2)\, x_{2i+j-2}")
    assert gradient("relu", "half_squared") == (
        r"-(y - z)\sum_{i=1}^{3} w_i \mathbf{1}\{h_i > 0\}\, x_{2i+j-2}"
    )
    assert gradient("softplus", "squared") == (
        r"-2(y - z)\sum_{i=1}^{3} w_i (1 - e^{-h_i})\, x_{2i+j-2}"
    )
    assert gradient("sigmoid", "huber") == (
        r"-\operatorname{clip}(y - z, -1, 1)\sum_{i=1}^{3} w_i h_i (1 - h_i)\, x_{2i+j-2}"
    )
