"""Whatever stands in a bank's network entry: it is read, or refused with a finding."""

from __future__ import annotations

import copy
from contextlib import suppress
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from generator.diagnostics import InputError
from generator.solver.models.network import read
from tests.solver.network.networks import fields
from tests.solver.trees import spec

JUNK: list[Any] = [
    *(0, -1, 2, 7, 10**30, "1/2", "0.5", True, "", "x", "h", "phi", "é", "tanh", "squared"),
    *("hidden", "1/0", "x +", "[1, 2]", "2**400", "input", "range(3)", '"R"'),
    *(10**6, -1000, "1/1000000", "2**4000", "1e-300"),
    *([], [1], [[1], [2]], [[]], {}, {"x": 1}, {"size": 3}, {"sgd": {"rate": "0.1"}}),
    *([{"dense": {}}], {"dense": {"weights": "w", "units": 1, "output": "q"}}),
]


def places(tree: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The paths of everything in nested dicts and lists."""
    keys = tree.keys() if isinstance(tree, dict) else range(len(tree))
    found = [(*path, key) for key in keys]
    for key in keys:
        if isinstance(tree[key], dict | list):
            found += places(tree[key], (*path, key))
    return found


FIELDS = fields(update={"adam": {"rate": "0.1", "step": 2}})


@settings(max_examples=120, deadline=None, derandomize=True)
@given(
    st.lists(st.tuples(st.sampled_from(places(FIELDS)), st.sampled_from(JUNK)), max_size=3),
    st.sampled_from([(), ("layers", 0, "conv1d", "bias"), ("layers", 1, "dense", "activation")]),
)
def test_any_fields_are_read_or_refused(
    changes: list[tuple[tuple[Any, ...], Any]], added: tuple[Any, ...]
) -> None:
    """InputError is the only way to fail."""
    found = copy.deepcopy(FIELDS)
    for path, value in [*changes, *([(added, "true")] if added else [])]:
        inner: Any = found
        try:
            for key in path[:-1]:
                inner = inner[key]
            inner[path[-1]] = copy.deepcopy(value)
        except (KeyError, IndexError, TypeError, AttributeError):
            continue  # an earlier change took this place away
    with suppress(InputError):
        model = read(spec("network", found))
        fixed = model.at({})
        fixed.figures()
        fixed.derive(("parameters",))
        for path in sorted(model.quantities & {("loss_value",), ("component",), ("updated",)}):
            fixed.derive(path)
