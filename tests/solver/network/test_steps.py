"""Worked solutions of random networks: they say what is proved, and are well-formed."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings

from generator.render.formula import outline
from generator.solver.models.network.asked import Asked
from generator.solver.models.network.evaluation import evaluate
from generator.solver.models.network.gradient import chain
from generator.solver.models.network.notation import Symbol, notation
from generator.solver.models.network.numeric import INPUT, LOSS, TARGET
from generator.solver.models.network.proof import samples
from generator.solver.models.network.steps_gradient import gradient_steps, stages
from generator.solver.models.network.steps_numbers import component_steps, loss_steps
from generator.solver.models.network.structure import Network
from generator.solver.models.network.terms import ONE, Tensor, Term, multiply, total
from generator.solver.models.network.view import View
from tests.solver.network.networks import instance, random_networks, targets
from tests.solver.network.test_gradients import QUICK
from tests.solver.network.test_numbers import layers


def view(network: Network) -> View:
    """Letters for everything, layer by layer."""
    names = {INPUT: "x", TARGET: "y", LOSS: "R"}
    functions = {}
    for number in range(1, network.depth + 1):
        names[Tensor(kind="output", layer=number)] = "hgzpoq"[number - 1]
        names[Tensor(kind="weights", layer=number)] = "vwWUVA"[number - 1]
        names[Tensor(kind="bias", layer=number)] = "bcBCDE"[number - 1]
        functions[number] = Symbol(latex="s", text="s")
    symbols = {tensor: Symbol(latex=name, text=name) for tensor, name in names.items()}
    layer_names = tuple(f"layer{number}" for number in range(1, network.depth + 1))
    return View(network=network, notation=notation(network, symbols, functions), names=layer_names)


@settings(QUICK, max_examples=20)
@given(random_networks(most_paths=100))
def test_the_factors_that_are_explained_multiply_to_the_result(network: Network) -> None:
    """Each with its sum before it, as the chain rule is written down."""
    for target in targets(network):
        derived = chain(network, target)
        product: Term = ONE
        for stage in reversed(stages(view(network), derived)):
            slope = stage.activation.factor if stage.activation else ONE
            product = total(stage.sums, multiply(slope, stage.local.factor, product))
        loss = derived.links[0]
        product = total(loss.sums, multiply(loss.factor, product))
        names = [next(iter(index.letters())) for index in derived.target.at]
        for sample in samples(network):
            for at in network.positions(target):
                letters = dict(zip(names, at, strict=True))
                value = evaluate(derived.term, sample.scope, letters)
                other = evaluate(product, sample.scope, letters)
                assert float(other) == pytest.approx(float(value), rel=1e-12, abs=1e-15)


@settings(QUICK, max_examples=20)
@given(random_networks(most_paths=60))
def test_every_formula_of_a_worked_solution_can_be_set(network: Network) -> None:
    """Sentences end with a full stop, and mathra sets every formula strictly."""
    for target in targets(network):
        for step in gradient_steps(view(network), target):
            words = re.sub(r"\$\$.*?\$\$", "", step, flags=re.DOTALL)
            assert words.strip().endswith(":")
            assert words.count("$") % 2 == 0
            formulas = re.findall(r"\$\$(.*?)\$\$", step, re.DOTALL)
            formulas += re.findall(r"\$([^$]+)\$", words)
            for formula in formulas:
                assert outline(formula.strip()) is not None, formula


@settings(QUICK, max_examples=20)
@given(random_networks(most_paths=60))
def test_so_can_every_formula_with_numbers_in_it(network: Network) -> None:
    """The loss and one component of each gradient."""
    named, sample = view(network), samples(network)[0]
    found = [loss_steps(named, sample.scope)]
    for target in targets(network):
        asked = Asked(target=target, at=next(iter(network.positions(target))))
        found.append(component_steps(named, sample.scope, asked))
    for step in (step for steps in found for step in steps):
        for formula in re.findall(r"\$\$(.*?)\$\$", step, re.DOTALL):
            assert outline(formula.strip()) is not None, formula
            assert "None" not in formula


@pytest.mark.parametrize("activation", ["sigmoid", "tanh", "relu", "softplus"])
@pytest.mark.parametrize("bias", [False, True])
def test_the_words_read_well_for_every_activation(activation: str, bias: bool) -> None:
    """No doubled spaces, no article without its noun, no singular with a plural."""
    data = {"input": [1, 2, 1, 3, 1, 2], "target": 1, "weights": [[1, -1, 2], [2, 1, -1, 1]]}
    data |= {"biases": [1, -2]} if bias else {}
    found = instance(layers=layers(activation, bias=bias), data=data)
    for path in (("parameters",), ("gradient", "hidden"), ("component",), ("loss_value",)):
        derived = found.derive(path)
        for text in (*derived.steps, *(mistake.because for mistake in derived.mistakes)):
            assert "  " not in text
            assert not re.search(r"\b(a|an|the|of|in) (\.|,|:)", text)
            assert not re.search(r"\b1 (weights|biases|inputs|units|parameters)\b", text)


def test_a_pooled_maximum_names_its_position() -> None:
    """The derivative goes through the largest entry alone."""
    pooled = [
        {"conv1d": {"name": "hidden", "weights": "v", "kernel": 2, "output": "h"}},
        {"max_pool": {"name": "pool", "window": 2, "stride": 1, "output": "p"}},
        {"dense": {"name": "output", "weights": "w", "units": 1, "output": "z"}},
    ]
    data = {"input": [1, 2, 0, 3, 1, 1], "target": 1, "weights": [[1, -1], [1, 2, 1, 1]]}
    model = instance(layers=pooled, data=data)
    derived = model.derive(("gradient", "hidden"))
    assert derived.value.latex == r"-2(y - z)\sum_{k=1}^{4} w_k x_{r_k+j-1}"  # type: ignore[union-attr]  # a Formula
    assert derived.steps[3] == (
        "A maximum passes on only the largest value of its window. Call its position $r_k$: by "
        "that value the derivative is 1, by the others 0:\n\n$$\n"
        r"\frac{\partial p_k}{\partial h_{r_k}} = 1."
        "\n$$"
    )
    # h = (-1, 2, -3, 2, 0), so the maxima are h_2, h_2, h_4, h_4 and z = 2 + 4 + 2 + 2.
    assert model.derive(("forward", "pool")).value == (2, 2, 2, 2)
    assert model.derive(("component",)).value == -2 * (1 - 10) * (1 * 0 + 2 * 0 + 1 * 1 + 1 * 1)
