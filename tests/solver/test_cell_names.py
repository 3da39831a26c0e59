"""What belongs to a recurrent cell by its name is no parameter's, but where its place tells."""

from __future__ import annotations

import pytest

from tests.solver.problems import complaint

PROBLEM = """
- id: p
  title: T
  parameters:
    {name}: {{values: [1, 2]}}
  model: {{recurrent: {{cell: plain, values: {{x: {data}, h_prev: 0, W: 2, U: 1, b: 1}}}}}}
  stem: S
  parts:
    - {{ask: A, numerical: model.value.h, decimals: 2}}
"""


@pytest.mark.parametrize("name", ["x", "h_prev", "b"])
def test_a_parameter_that_is_called_as_something_in_the_cell_is_ambiguous(name: str) -> None:
    found = complaint(PROBLEM.format(name=name, data=3), **{name: 1})
    message = f"error[ambiguous-name]: `{name}` is a name of this cell and a parameter"
    assert message in found
    assert "help: rename one of the two" in found


def test_the_data_of_a_time_step_may_be_a_parameter_of_the_same_name() -> None:
    assert complaint(PROBLEM.format(name="x", data="x"), x=1) == ""
