"""Gradients of random networks: the formula, a complex step, a difference, and SymPy agree."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings

from generator.solver.models.network import numpy_pass
from generator.solver.models.network.gradient import chain
from generator.solver.models.network.numeric import Data
from generator.solver.models.network.proof import component, prove, samples
from generator.solver.models.network.structure import Network
from generator.solver.models.network.terms import Tensor
from tests.solver.network.networks import ASSIGNMENT, random_networks, targets
from tests.structures import structures

QUICK = settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
STEP = 1e-6


def central_difference(network: Network, given: Data, tensor: Tensor, at: tuple[int, ...]) -> float:
    """The slope of the NumPy loss between two points close to the data."""

    def loss(step: float) -> float:
        arrays = numpy_pass.arrays(network, given)
        flat = arrays[tensor].reshape(network.kept(tensor))
        flat[tuple(index - 1 for index in at)] += step
        return numpy_pass.loss(network, arrays).real

    return (loss(STEP) - loss(-STEP)) / (2 * STEP)


def close(one: float, other: float, tolerance: float) -> bool:
    return abs(one - other) <= tolerance * max(1.0, abs(other))


@settings(QUICK, max_examples=structures(40))
@given(random_networks())
def test_no_two_derivations_of_a_gradient_disagree(network: Network) -> None:
    """The formula, complex steps, SymPy's derivative and central differences, by every tensor."""
    for target in targets(network):
        proof = prove(network, target)
        positions = list(network.positions(target))
        assert proof.components == len(positions)
        assert proof.by_sympy
        formula = chain(network, target)
        for sample in samples(network):
            for at in {positions[0], positions[-1]}:
                value = float(component(formula, sample.scope, at))
                assert close(value, central_difference(network, sample.given, target, at), 1e-5)


@settings(QUICK, max_examples=structures(30))
@given(random_networks())
def test_the_forward_pass_is_the_same_in_numpy(network: Network) -> None:
    """The equations, entry by entry, give what windows and matrix products give."""
    for sample in samples(network):
        outputs = numpy_pass.outputs(network, numpy_pass.arrays(network, sample.given))
        for number, array in enumerate(outputs):
            values = sample.scope.tensors[Tensor(kind="output", layer=number)].values()
            for value, other in zip(values, array.ravel(), strict=True):
                assert close(float(value), other.real, 1e-12)


@QUICK
@given(random_networks())
def test_closed_forms_count_what_numpy_asks_for(network: Network) -> None:
    """Weights, biases and units of every layer."""
    assert network.parameters == sum(numpy_pass.learned(network).values())
    sizes = [network.shape(number).size for number in range(network.depth + 1)]
    assert sizes == numpy_pass.units(network)


def test_points_are_the_same_on_every_run() -> None:
    """They are drawn by hashing the structure: no seed, no clock."""
    first = samples(ASSIGNMENT)
    samples.cache_clear()
    assert samples(ASSIGNMENT) == first
