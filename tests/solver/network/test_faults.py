"""Faults planted in the solver: each is caught by the proof, and nothing wrong gets out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from generator.solver.contract import Disagreement
from generator.solver.models.network import (
    activations,
    derivations,
    exact,
    gradient,
    losses,
    mistakes_gradient,
    numpy_pass,
    proof,
    slips,
    structure,
    sympy_functions,
    updates,
)
from generator.solver.models.network.layers import Conv1d, Dense, MaxPool, Softmax, Taps
from generator.solver.models.network.structure import Network
from generator.solver.models.network.terms import (
    ONE,
    Power,
    Term,
    constant,
    difference,
    multiply,
    negative,
)
from tests.solver.network.networks import (
    ASSIGNMENT,
    Maker,
    conv,
    dense,
    fields,
    instance,
    network,
)

Plant = Callable[[pytest.MonkeyPatch], None]


def table(known: Mapping[str, Any], **changes: object) -> dict[str, Any]:
    return {**known, **changes}


def wrong_derivative(patch: pytest.MonkeyPatch) -> None:
    """The sigmoid's derivative is tanh's."""
    slope: Term = difference(ONE, Power(base=activations.VALUE, exponent=2))
    wrong = replace(activations.ACTIVATIONS["sigmoid"], derivative=slope)
    patch.setattr(gradient, "ACTIVATIONS", table(activations.ACTIVATIONS, sigmoid=wrong))


def lost_sum(patch: pytest.MonkeyPatch) -> None:
    """The sum over the hidden units is dropped from the gradient."""
    through = gradient._through_link

    def wrong(*arguments: Any) -> gradient.Link:
        return replace(through(*arguments), sums=())

    patch.setattr(gradient, "_through_link", wrong)


def flipped_sign(patch: pytest.MonkeyPatch) -> None:
    """The inner derivative of the error is forgotten."""

    def wrong(threshold: Fraction) -> losses.Loss:
        right = losses.LOSSES["squared"](threshold)
        return replace(right, derivative=negative(right.derivative))

    patch.setattr(structure, "LOSSES", table(losses.LOSSES, squared=wrong))


def lost_weight(patch: pytest.MonkeyPatch) -> None:
    """The derivative of the output by a hidden unit is taken for 1."""
    through = gradient._through_link

    def wrong(*arguments: Any) -> gradient.Link:
        return replace(through(*arguments), factor=ONE)

    patch.setattr(gradient, "_through_link", wrong)


def lost_stride(patch: pytest.MonkeyPatch) -> None:
    """A convolution's windows are one apart, whatever the stride."""
    taps = Conv1d.taps

    def wrong(self: Conv1d, *arguments: Any) -> Taps:
        return taps(replace(self, stride=1), *arguments)

    patch.setattr(Conv1d, "taps", wrong)


def summed_over_the_asked_unit(patch: pytest.MonkeyPatch) -> None:
    """The letter of the component is summed over as well."""
    patch.setattr(gradient, "_without", lambda sums, free: sums)


def wrong_numpy_layer(patch: pytest.MonkeyPatch) -> None:
    """The NumPy pass leaves out the activation."""
    patch.setattr(
        numpy_pass, "ACTIVATIONS", table(numpy_pass.ACTIVATIONS, sigmoid=lambda signal: signal)
    )


def wrong_sympy_loss(patch: pytest.MonkeyPatch) -> None:
    """SymPy is given half the loss."""
    patch.setattr(
        sympy_functions,
        "DEFINITIONS",
        table(sympy_functions.DEFINITIONS, squared=sympy_functions.DEFINITIONS["half_squared"]),
    )


STRIDED = {
    "input": {"symbol": "x", "size": 7},
    "layers": [
        {"conv1d": {"name": "hidden", "weights": "v", "kernel": 3, "stride": 2, "output": "h"}},
        {"dense": {"name": "output", "weights": "w", "units": 2, "output": "z"}},
    ],
    "data": {
        "input": [1, 0, 2, -1, 1, 1, 3],
        "target": [1, 2],
        "weights": [[1, -1, 0], [[2, 1, -1], [0, 1, 1]]],
    },
}

GRADIENT_FAULTS: list[tuple[Plant, dict[str, Any], str]] = [
    (wrong_derivative, {}, "the complex step"),
    (lost_sum, {}, "only j is the component's"),
    (flipped_sign, {}, "the complex step"),
    (lost_weight, {}, "the complex step"),
    (lost_stride, STRIDED, "the complex step"),
    (summed_over_the_asked_unit, STRIDED, "the complex step"),
    (wrong_numpy_layer, {}, "the complex step"),
    (wrong_sympy_loss, {}, "SymPy's derivative"),
]


@pytest.mark.parametrize(
    ("plant", "changes", "method"),
    GRADIENT_FAULTS,
    ids=[plant.__name__ for plant, _, _ in GRADIENT_FAULTS],
)
@pytest.mark.usefixtures("fresh")
def test_a_fault_in_a_gradient_is_caught(
    plant: Plant, changes: dict[str, Any], method: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One of the two ways to the gradients is wrong, and their comparison says so."""
    found = instance(**changes)
    plant(monkeypatch)
    with pytest.raises(Disagreement) as caught:
        found.derive(("gradient", "output"))
        found.derive(("gradient", "hidden"))
    assert method in caught.value.second


def doubled(term: Term) -> Term:
    return multiply(constant(2), term)


@pytest.mark.parametrize(
    "activation", [name for name in activations.ACTIVATIONS if name != "linear"]
)
@pytest.mark.usefixtures("fresh")
def test_a_wrong_derivative_of_any_activation_is_caught(
    activation: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By a factor of 2."""
    right = activations.ACTIVATIONS[activation]
    wrong = replace(right, derivative=doubled(right.derivative))
    monkeypatch.setattr(
        gradient, "ACTIVATIONS", table(activations.ACTIVATIONS, **{activation: wrong})
    )
    found = network(6, conv(3, activation=activation), dense())
    with pytest.raises(Disagreement, match="the complex step gives"):
        proof.prove(found, next(found.learned()))


@pytest.mark.parametrize("loss", losses.LOSSES)
@pytest.mark.usefixtures("fresh")
def test_a_wrong_derivative_of_any_loss_is_caught(
    loss: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By a factor of 2: the commonest slip with squares."""

    def wrong(threshold: Fraction) -> losses.Loss:
        right = losses.LOSSES[loss](threshold)
        return replace(right, derivative=doubled(right.derivative))

    monkeypatch.setattr(structure, "LOSSES", table(losses.LOSSES, **{loss: wrong}))
    last = dense(3) if loss == "cross_entropy" else dense(activation="sigmoid")
    ends = (lambda inputs: Softmax(inputs=inputs),) if loss == "cross_entropy" else ()
    found = network(4, last, *ends, loss=loss)
    with pytest.raises(Disagreement, match="the complex step gives"):
        proof.prove(found, next(found.learned()))


@pytest.mark.usefixtures("fresh")
def test_one_component_that_is_off_in_its_sixteenth_digit_is_caught(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """By SymPy's derivative in a random direction; floating point cannot see it."""
    right = proof.in_components

    def wrong(*arguments: Any) -> Any:
        evaluated = right(*arguments)

        def nudged(scope: Any, positions: Any) -> list[exact.Real]:
            values = zip(positions, evaluated(scope, positions), strict=True)
            return [exact.add(value, Fraction(at == (2,), 10**16)) for at, value in values]

        return nudged

    monkeypatch.setattr(proof, "in_components", wrong)
    with pytest.raises(Disagreement) as caught:
        proof.prove(ASSIGNMENT, next(ASSIGNMENT.learned()))
    assert caught.value.quantity == (
        "the gradient by the weights of layer 1, all components in a random direction"
    )
    assert caught.value.second.startswith("SymPy's derivative gives ")


@pytest.mark.parametrize("kind", sympy_functions.DEFINITIONS)
@pytest.mark.usefixtures("fresh")
def test_a_wrong_function_in_sympys_terms_is_caught(
    kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Activations, losses, maxima and shares: each is used by some network, and compared."""
    known = sympy_functions.DEFINITIONS

    def wrong(*arguments: Any) -> Any:
        return known[kind](*arguments) ** 2

    monkeypatch.setattr(sympy_functions, "DEFINITIONS", table(known, **{kind: wrong}))
    with pytest.raises(Disagreement, match="SymPy's derivative gives"):
        for found in networks_with(kind):
            proof.prove(found, next(found.learned()))


def networks_with(kind: str) -> list[Network]:
    """A network that has this function."""
    if kind in activations.ACTIVATIONS:
        return [network(6, conv(3, activation=kind), dense())]
    if kind == "larger":
        pool: Maker = lambda inputs: MaxPool(inputs=inputs, window=2, stride=2)  # noqa: E731 - a maker
        return [network(6, conv(3), pool, dense())]
    if kind in {"share", "cross_entropy"}:
        shares: Maker = lambda inputs: Softmax(inputs=inputs)  # noqa: E731 - a maker
        return [network(3, dense(3), shares, loss="cross_entropy")]
    return [network(4, dense(activation="sigmoid"), loss=kind)]


def test_a_disagreement_names_the_component_and_both_results(
    fresh: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its words are what the author reads."""
    flipped_sign(monkeypatch)
    with pytest.raises(Disagreement) as caught:
        instance().derive(("gradient", "output"))
    assert caught.value.quantity == "the gradient by the weights of layer 2, component [1]"
    assert caught.value.first.startswith("the formula in index notation gives ")
    assert caught.value.second.startswith("the complex step gives ")


def test_a_wrong_closed_form_of_a_count_is_caught(
    fresh: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The NumPy pass counts the weights that it asks for."""
    monkeypatch.setattr(Dense, "parameters", property(lambda layer: layer.size))
    with pytest.raises(Disagreement) as caught:
        instance().derive(("parameters",))
    assert str(caught.value) == (
        "the number of parameters: the closed form gives 4, but the NumPy pass has 7"
    )


@pytest.mark.parametrize("quantity", ["loss_value", "component"])
def test_a_wrong_function_of_the_forward_pass_is_caught(
    quantity: str, fresh: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Values of 80 digits are compared with NumPy's."""
    found = instance()
    found.derive(("gradient", "hidden"))
    monkeypatch.setattr(
        exact, "FUNCTIONS", table(exact.FUNCTIONS, exp=lambda value: exact.exp(value / 2))
    )
    with pytest.raises(Disagreement):
        found.derive((quantity,))


def test_a_wrong_optimizer_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    """The rule is computed twice, written in two ways."""
    found = instance(**fields(update={"sgd": {"rate": "0.1"}}))
    right = updates.UPDATES["sgd"]

    def wrong(weight: Any, slope: Any, given: Any) -> list[updates.Line]:
        return right.lines(weight, -slope, given)

    monkeypatch.setattr(
        derivations, "UPDATES", table(updates.UPDATES, sgd=replace(right, lines=wrong))
    )
    with pytest.raises(Disagreement, match="the new weight"):
        found.derive(("updated",))


def test_a_slip_that_gives_the_key_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of numbers, too."""
    same = slips.Slip(make=lambda found, numbers: (found, numbers), words="This is the key.")
    monkeypatch.setattr(slips, "SLIPS", (same, *slips.SLIPS))
    for path in (("component",), ("loss_value",), ("forward", "output"), ("before", "hidden")):
        words = [mistake.because for mistake in instance().derive(path).mistakes]
        assert len(words) >= 3
        assert "This is the key." not in words


def test_a_mistake_that_gives_the_key_is_left_out(
    fresh: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However it is written: meaning is compared, not looks."""
    same = mistakes_gradient.Flaw(edit=lambda _, chain: chain, words="This is the key.")
    monkeypatch.setattr(mistakes_gradient, "FLAWS", (same, *mistakes_gradient.FLAWS))
    for layer in ("hidden", "output"):
        words = [mistake.because for mistake in instance().derive(("gradient", layer)).mistakes]
        assert len(words) >= 6
        assert "This is the key." not in words
