"""Fixtures of the tests of networks."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from generator.solver.models.network import proof
from generator.solver.models.network.mistakes_gradient import wrong_terms


@pytest.fixture
def fresh() -> Iterator[None]:
    """Nothing is remembered of other tests' proofs, nor of this one's afterwards."""
    caches = (proof.prove, proof.samples, proof.expansion, wrong_terms)
    for cache in caches:
        cache.cache_clear()
    yield
    for cache in caches:
        cache.cache_clear()
