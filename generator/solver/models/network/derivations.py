"""Each quantity proved and explained: two derivations that agree, steps, known mistakes."""

from __future__ import annotations

from functools import lru_cache

from generator.language import numbers
from generator.model.solution import Evidence
from generator.solver.contract import Derivation, Disagreement, Quantity
from generator.solver.models.network import exact, numpy_pass
from generator.solver.models.network.asked import Asked, Step
from generator.solver.models.network.bare import KEPT, bare
from generator.solver.models.network.exact import Real
from generator.solver.models.network.gradient import chain
from generator.solver.models.network.meaning import comparable
from generator.solver.models.network.mistakes_counts import parameter_mistakes, unit_mistakes
from generator.solver.models.network.mistakes_gradient import formula_mistakes
from generator.solver.models.network.mistakes_numbers import (
    component_mistakes,
    forward_mistakes,
    loss_mistakes,
    updated_mistakes,
)
from generator.solver.models.network.numeric import LOSS, Sample, tabulated
from generator.solver.models.network.proof import POINTS, component, prove
from generator.solver.models.network.steps_counts import (
    layer_parameters,
    parameters_steps,
    unit_step,
)
from generator.solver.models.network.steps_gradient import gradient_steps
from generator.solver.models.network.steps_numbers import (
    component_steps,
    forward_steps,
    loss_steps,
    update_step,
)
from generator.solver.models.network.terms import Tensor
from generator.solver.models.network.updates import UPDATES
from generator.solver.models.network.view import View

TOLERANCE = 1e-9
"""How far a value of 80 digits and one of a NumPy pass may be apart, relative to the largest number
of the calculation from 1 on."""


# --- counts ------------------------------------------------------------------------------------


def parameters(view: View, only: int | None = None) -> Derivation:
    """The weights and biases of the network, or of one layer."""
    return _parameters(bare(view), only)


@lru_cache(maxsize=KEPT)
def _parameters(view: View, only: int | None) -> Derivation:
    network = view.network
    found = range(1, network.depth + 1) if only is None else (only,)
    closed = sum(network.layer(number).parameters for number in found)
    asked = numpy_pass.learned(network)
    counted = sum(count for tensor, count in asked.items() if tensor.layer in found)
    steps = parameters_steps(view) if only is None else (layer_parameters(view, only),)
    return Derivation(
        value=_same("the number of parameters", closed, counted),
        steps=steps,
        evidence=Evidence(
            first="the closed form of each layer",
            second="the weights that a NumPy forward pass asks for, counted",
            result=str(closed),
        ),
        mistakes=parameter_mistakes(view, tuple(found)),
    )


def units(view: View, found: tuple[int, ...]) -> Derivation:
    """The entries of the outputs of some layers together; layer 0 is the input."""
    return _units(bare(view), found)


@lru_cache(maxsize=KEPT)
def _units(view: View, found: tuple[int, ...]) -> Derivation:
    network = view.network
    closed = sum(network.shape(number).size for number in found)
    sizes = numpy_pass.units(network)
    steps = [unit_step(view, number) for number in found]
    if len(found) > 1:
        terms = " + ".join(str(network.shape(number).size) for number in found)
        steps.append(f"Altogether: ${terms} = {closed}$.")
    return Derivation(
        value=_same("the number of units", closed, sum(sizes[number] for number in found)),
        steps=tuple(steps),
        evidence=Evidence(
            first="the closed form of each layer",
            second="the outputs of a NumPy forward pass, counted",
            result=str(closed),
        ),
        mistakes=unit_mistakes(view, found),
    )


def _same(quantity: str, first: int, second: int) -> int:
    if first != second:
        raise Disagreement(
            quantity, f"the closed form gives {first}", f"the NumPy pass has {second}"
        )
    return first


# --- gradients ---------------------------------------------------------------------------------


def gradient(view: View, target: Tensor) -> Derivation:
    """The formula of a gradient."""
    proof = prove(view.network, target)
    methods = ["complex steps through a NumPy pass"]
    if proof.by_sympy:
        methods.insert(0, "SymPy's derivative of the expanded network in a random direction")
    count = f"all {proof.components} components" if proof.components > 1 else "the one component"
    return Derivation(
        value=comparable(view, chain(view.network, target).term, target),
        steps=gradient_steps(view, target),
        evidence=Evidence(
            first="the chain rule in index notation, evaluated term by term",
            second=" and ".join(methods),
            result=f"equal in {count}, at {POINTS} random points",
        ),
        mistakes=formula_mistakes(view, target),
    )


# --- numbers -----------------------------------------------------------------------------------


def forward(view: View, sample: Sample, tensor: Tensor) -> Derivation:
    """The values of a layer, after its activation or before it."""
    passed = numpy_pass.outputs if tensor.kind == "output" else numpy_pass.arguments
    others = passed(view.network, numpy_pass.arrays(view.network, sample.given))[tensor.layer]
    for one, other in zip(sample.scope.tensors[tensor].values(), others.ravel(), strict=True):
        _near(f"a value of layer {tensor.layer}", one, other.real, sample)
    value = tabulated(view.network.kept(tensor), sample.scope.tensors[tensor])
    return Derivation(
        value=value,
        steps=forward_steps(view, sample.scope, tensor.layer),
        evidence=_evidence(
            "the layers' equations, entry by entry, with 80 digits",
            "a NumPy forward pass",
            value,
        ),
        mistakes=forward_mistakes(view, sample, tensor),
    )


def loss_value(view: View, sample: Sample) -> Derivation:
    """The loss for the given data."""
    value = sample.scope.tensors[LOSS][()]
    other = numpy_pass.loss(view.network, numpy_pass.arrays(view.network, sample.given))
    _near("the loss", value, other.real, sample)
    return Derivation(
        value=exact.quantity(value),
        steps=loss_steps(view, sample.scope),
        evidence=_evidence(
            "the network's equations, entry by entry, with 80 digits",
            "a NumPy forward pass",
            exact.quantity(value),
        ),
        mistakes=loss_mistakes(view, sample),
    )


def component_value(view: View, sample: Sample, asked: Asked) -> Derivation:
    """One component of a gradient for the given data."""
    prove(view.network, asked.target)
    value = component(chain(view.network, asked.target), sample.scope, asked.at)
    _near("the component", value, _complex_step(view, sample, asked), sample)
    return Derivation(
        value=exact.quantity(value),
        steps=component_steps(view, sample.scope, asked),
        evidence=_evidence(
            "the proved formula with the numbers inserted, with 80 digits",
            "a complex step through a NumPy forward pass",
            exact.quantity(value),
        ),
        mistakes=component_mistakes(view, sample, asked),
    )


def updated(view: View, sample: Sample, asked: Asked, step: Step) -> Derivation:
    """The weight after one step of an optimizer."""
    update, settings = UPDATES[step.rule], step.settings
    before = component_value(view, sample, asked)
    weight = sample.scope.tensors[asked.target][asked.at]
    slope = component(chain(view.network, asked.target), sample.scope, asked.at)
    lines = update.lines(weight, slope, settings)
    floats = {name: float(number) for name, number in settings.items()}
    other = update.check(float(weight), _complex_step(view, sample, asked), floats)
    _near("the new weight", lines[-1].value, other, sample)
    return Derivation(
        value=exact.quantity(lines[-1].value),
        steps=(
            *before.steps,
            update_step(view, asked, lines, {**settings, "gradient": slope, "weight": weight}),
        ),
        evidence=_evidence(
            f"the rule of {update.name} on the proved gradient, with 80 digits",
            "the same rule, rearranged, on a complex step through a NumPy forward pass",
            exact.quantity(lines[-1].value),
        ),
        mistakes=updated_mistakes(view, sample, asked, step),
    )


def _complex_step(view: View, sample: Sample, asked: Asked) -> float:
    arrays = numpy_pass.arrays(view.network, sample.given)
    return numpy_pass.derivatives(view.network, arrays, asked.target, [asked.at])[0]


def _near(quantity: str, value: Real, other: float, sample: Sample) -> None:
    """Raise Disagreement unless the numbers are as close as floating point can tell."""
    tables = sample.scope.tensors.values()
    largest = max(abs(float(number)) for table in tables for number in table.values())
    if not abs(float(value) - other) <= TOLERANCE * max(1.0, abs(other), largest):
        raise Disagreement(
            quantity, f"the formula gives {float(value):.12g}", f"NumPy gives {other:.12g}"
        )


def _evidence(first: str, second: str, value: Quantity) -> Evidence:
    return Evidence(first=first, second=second, result=numbers.plain(value))
