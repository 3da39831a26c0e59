"""The data of a time step and the names of a cell are told apart by their place."""

from __future__ import annotations

import pytest

from tests.solver.problems import complaint

PROBLEM = """
- id: p
  title: T
  parameters:
    {name}: {{values: [1, 2]}}
  model: {{recurrent: {{cell: plain, values: {{x: {name}, h_prev: 0, W: 2, U: 1, b: 1}}}}}}
  stem: S
  parts:
    - {{ask: A, numerical: model.value.h, decimals: 2}}
"""


@pytest.mark.parametrize("name", ["x", "h_prev", "b"])
def test_a_parameter_may_be_called_as_the_data_that_it_gives(name: str) -> None:
    assert complaint(PROBLEM.format(name=name), **{name: 1}) == ""
