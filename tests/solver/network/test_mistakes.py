"""Known mistakes: enough of them, each wrong, no two the same, each with words that mend it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from generator.solver.models.network.evaluation import Scope, evaluate
from generator.solver.models.network.gradient import Chain, chain
from generator.solver.models.network.mistakes_gradient import flawed, wrong_terms
from generator.solver.models.network.proof import drawn
from generator.solver.models.network.structure import Network
from generator.solver.models.network.terms import Term, free_letters
from tests.solver.network.networks import fields, instance, random_networks, targets
from tests.solver.network.test_gradients import QUICK
from tests.solver.network.test_numbers import layers

QUANTITIES = [
    ("parameters",),
    ("gradient", "hidden"),
    ("gradient", "output"),
    ("gradient", "input"),
    ("component",),
    ("loss_value",),
]


@pytest.mark.parametrize("path", QUANTITIES, ids="-".join)
@pytest.mark.parametrize("activation", ["sigmoid", "tanh", "relu", "softplus"])
@pytest.mark.parametrize("bias", [False, True])
def test_every_quantity_has_at_least_four_mistakes(
    path: tuple[str, ...], activation: str, bias: bool
) -> None:
    """All different from the key and from each other as they are written."""
    data = {"input": [1, 2, 1, 3, 1, 2], "target": 1, "weights": [[1, -1, 2], [2, 1, -1, 1]]}
    if bias:
        data["biases"] = [1, -2]
    derived = instance(layers=layers(activation, bias=bias), data=data).derive(path)
    results = [derived.value, *(mistake.result for mistake in derived.mistakes)]
    assert len(set(results)) == len(results) >= 5
    assert all(mistake.because.endswith(".") for mistake in derived.mistakes)
    assert all(0 <= mistake.worth < 1 for mistake in derived.mistakes)


@pytest.mark.parametrize("layer", ["hidden", "output"])
def test_gradients_of_biases_have_mistakes_of_their_own(layer: str) -> None:
    """A bias is no weight, and no constant either."""
    data = {
        "input": [1, 2, 1, 3, 1, 2],
        "target": 1,
        "weights": [[1, -1, 2], [2, 1, -1, 1]],
        "biases": [1, -2],
    }
    derived = instance(layers=layers("tanh", bias=True), data=data).derive(("bias_gradient", layer))
    assert len(derived.mistakes) >= 4
    words = " ".join(mistake.because for mistake in derived.mistakes)
    assert "A bias is added, not multiplied by an input" in words


@settings(QUICK, max_examples=15)
@given(random_networks(most_paths=24))
def test_mistaken_formulas_differ_in_meaning(network: Network) -> None:
    """At points that the solver did not use to tell them apart, their values differ too."""
    other = drawn(network, key=f"other points of {network!r}", count=8)
    scopes = [sample.scope for sample in other]
    for target in targets(network):
        right = chain(network, target)
        terms = [right.term, *(term for _, term in wrong_terms(network, target))]
        prints = [fingerprint(network, right, term, scopes) for term in terms]
        assert len(set(prints)) == len(prints)


def fingerprint(network: Network, right: Chain, term: Term, scopes: list[Scope]) -> tuple[str, ...]:
    """A formula's values in every component, to 15 digits."""
    names = [next(iter(index.letters())) for index in right.target.at]
    open_letters = dict.fromkeys(free_letters(term), 1)
    positions = network.positions(right.target.tensor)
    letters = [open_letters | dict(zip(names, at, strict=True)) for at in positions]
    return tuple(
        f"{float(evaluate(term, scope, given)):.12e}" for scope in scopes for given in letters
    )


def test_a_mistake_is_explained_in_the_variants_own_symbols() -> None:
    """Whatever letters a bank uses."""
    named = [
        {
            "conv1d": {
                "name": "hidden",
                "weights": "f",
                "kernel": 3,
                "activation": "tanh",
                "function": "phi",
                "output": "g",
            }
        },
        {"dense": {"name": "output", "weights": "q", "units": 1, "output": "y"}},
    ]
    ends = {"kind": "squared", "target": "t", "symbol": "L"}
    found = instance(**fields(layers=named, loss=ends))
    words = [words for _, words, _ in flawed(found.view, next(found.view.network.learned()))]
    assert words[:4] == [
        "The sign is wrong: the inner derivative, of $t - y$ with respect to $y$, is $-1$.",
        "The factor 2 is missing: the derivative of a square is twice its base, times the inner "
        "derivative.",
        "The sum is missing: the convolution shares its weights, so $f_j$ acts on all of "
        r"$g_1, \dots, g_4$, and the contributions of all these paths add up.",
        r"The derivative of the activation function is missing: $g_i$ is $\phi(a_i)$, so the chain "
        "rule has the factor $1 - g_i^2$.",
    ]
