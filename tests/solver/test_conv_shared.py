"""What variants share is found once, and is what each of them would have got alone."""

from __future__ import annotations

from fractions import Fraction

import pytest

from generator.diagnostics import InputError
from generator.model.solution import Solution
from generator.model.value import Value
from generator.model.variant import Variant
from generator.solver.engine import Solver
from generator.solver.models.conv import geometry, measure, read, space
from generator.solver.models.conv.stack import Stack
from tests import solving
from tests.solver.problems import problem
from tests.solver.trees import spec
from tests.structures import structures

DECODER = """
- id: p
  title: T
  parameters:
    size: {min: 4, max: 9}
    step: {values: [1, 2, 3]}
    pad: {values: [0, 1, same]}
    seen: {values: [1, depthwise]}
    wide: {values: [1, 2, 4]}
  model:
    conv:
      input: [2, size, size + 1]
      bytes: wide
      layers:
        - conv: {filters: 4, kernel: 3, stride: step, padding: pad, groups: seen, transposed: true}
        - batch_norm: true
        - pool: 2
        - flatten: true
        - dense: {units: 3, bias: false}
  stem: S
  parts:
    - {ask: A, numerical: model.parameters}
    - {ask: B, numerical: model.conv1.output_width}
    - {ask: C, numerical: model.activation_memory, mistakes: [{result: wide, because: No.}]}
    - {ask: D, choice: {answer: model.conv1.output_shape, count: 3}}
    - {ask: E, numerical: model.pool1.outputs / model.conv1.multiply_adds, decimals: 3}
"""


def forget() -> None:
    """Forget all that is remembered outside of a solver."""
    windows = (geometry.sliding, geometry.laid_out)
    for cached in (*windows, measure.run, space.directory):
        cached.cache_clear()
    geometry.WINDOWS.clear()
    measure.MEASURED.clear()


def told(solution: Solution) -> tuple[object, ...]:
    """All that is said of a variant: names, keys, steps, mistakes and evidence."""
    named = tuple(pair for pair in solution.names if not isinstance(pair[1], Stack))
    return named, solution.parts, {name: solution.figures[name] for name in solution.figures}


def test_the_layer_of_the_assignment() -> None:
    layer = solving.layer()
    variants = solving.drawn(layer, structures(300))
    again = [*variants, *variants[:50]]
    forget()
    together = [told(one) for one in map(Solver(layer).solve, again)]
    for variant, found in zip(again, together, strict=True):
        forget()
        assert told(Solver(layer).solve(variant)) == found


def test_a_decoder_whose_settings_are_numbers_and_words() -> None:
    """In an order that comes back to every setting with others between."""
    found = problem(DECODER)
    domains: tuple[list[Value], ...] = (
        [4, 5, 9],
        [1, 2, 3],
        [0, 1, "same"],
        [1, "depthwise"],
        [1, 2, 4],
    )
    variants = []
    for index in range(162):
        rest = index * 25 % 162
        values: list[Value] = []
        for domain in domains:
            rest, place = divmod(rest, len(domain))
            values.append(domain[place])
        names = ("size", "step", "pad", "seen", "wide")
        variants.append(
            Variant(
                problem="p", index=index, code="", values=tuple(zip(names, values, strict=True))
            )
        )
    together = [told(one) for one in map(Solver(found).solve, variants)]
    assert len({str(one) for one in together}) == 162
    for variant, whole in zip(variants, together, strict=True):
        forget()
        assert told(Solver(found).solve(variant)) == whole


@pytest.mark.parametrize("field", ["stride", "kernel", "filters", "padding"])
@pytest.mark.parametrize("same", [True, [True, 1], Fraction(3, 2)])
def test_a_setting_that_equals_another_but_is_no_number_is_refused_after_it(
    field: str, same: object
) -> None:
    """1 and true are equal; what was found for the one is not taken for the other."""
    model = read(spec("conv", {"input": [1, 9, 9], "filters": 2, "kernel": 3, field: "n"}))
    model.at({"n": 1})
    if field != "filters":
        model.at({"n": (1, 1)})
    value = tuple(same) if isinstance(same, list) else same
    with pytest.raises(InputError, match=f"`{field}` is"):
        model.at({"n": value})  # type: ignore[dict-item]  # a value that makes no sense


def test_equal_settings_give_one_and_the_same_stack() -> None:
    model = read(spec("conv", {"input": [1, "n", "n"], "filters": 2, "kernel": "n - 6"}))
    assert model.at({"n": 9}) is model.at({"n": 9})
    assert model.at({"n": 9}) is not model.at({"n": 10})
