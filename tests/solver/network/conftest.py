"""Fixtures of the tests of networks."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from generator.solver.models.network import (
    derivations,
    gradient,
    numeric,
    proof,
    steps_numbers,
    sympy_functions,
    sympy_pass,
)
from generator.solver.models.network.mistakes_gradient import wrong_terms


@pytest.fixture
def fresh() -> Iterator[None]:
    """Nothing is remembered of other tests' proofs, nor of this one's afterwards."""
    caches = (
        derivations._parameters,
        derivations._units,
        gradient.chain,
        proof.prove,
        proof.samples,
        numeric._argument,
        numeric._activated,
        numeric._loss,
        steps_numbers._argument,
        steps_numbers._formula,
        sympy_pass.expansion,
        sympy_functions._applied,
        sympy_functions._definition,
        wrong_terms,
    )
    for cache in caches:
        cache.cache_clear()
    yield
    for cache in caches:
        cache.cache_clear()
