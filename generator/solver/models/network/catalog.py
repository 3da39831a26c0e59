"""The names of all quantities of a network: what may be written behind ``model.``

Plain quantities stand alone (``model.parameters``), those of a layer in a group, by the layer's
name (``model.gradient.conv1``).
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.solver.models.network.reading import Fields, Plan

EVERY = ("equations", "ranges", "units", "counts", "symbols")
"""Groups that every layer is in."""

DIFFERENTIATED = ("gradient", "partial", "terms")
"""Groups that layers with weights are in, and the input where it has a gradient."""

BIASED = ("bias_gradient", "bias_partial", "bias_terms", "bias_symbols")
"""Groups that layers with biases are in."""

ACTIVE = ("functions", "derivatives", "activations")
"""Groups that layers are in whose activation can be chosen."""

NUMERIC = ("forward", "before")
"""Groups of numbers, for given data."""


def quantities(fields: Fields) -> frozenset[tuple[str, ...]]:
    """The paths of all quantities that some variant of the model has."""
    return frozenset(_paths(fields))


def _paths(fields: Fields) -> Iterator[tuple[str, ...]]:
    yield from (("parameters",), ("inputs",), ("hidden_units",), ("equations", "loss"))
    yield from (("symbols", name) for name in ("input", "target", "loss"))
    if fields.plans[0].learns:
        yield from ((group, "input") for group in DIFFERENTIATED)
    for plan in fields.plans:
        yield from ((group, plan.name) for group in _groups(plan))
        if fields.data:
            yield from ((group, plan.name) for group in NUMERIC)
    if fields.data:
        yield ("loss_value",)
    if fields.component:
        yield from (("component",), ("component_partial",))
    if fields.update:
        yield ("updated",)


def _groups(plan: Plan) -> tuple[str, ...]:
    result: tuple[str, ...] = EVERY
    if plan.learns:
        result += (*DIFFERENTIATED, "weight_symbols")
    if plan.may_have_bias:
        result += BIASED
    if "activation" in plan.settings:
        result += ACTIVE
    return result
