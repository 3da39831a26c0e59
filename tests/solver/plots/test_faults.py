"""What no plot can be made of is told with its place and what to do."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.solver.plots.plots import HERE, complaint
from tests.solver.problems import complaint as explain


def test_bad_plots_are_refused_with_their_messages(golden: Callable[[Path, str], None]) -> None:
    """Each line of faults.txt is a plot; faults.golden has what is printed of each."""
    fields = (HERE / "faults.txt").read_text("utf-8").splitlines()
    golden(HERE / "faults.golden", "\n\n".join(map(complaint, fields)) + "\n")


@pytest.mark.parametrize(
    ("curve", "code"),
    [
        ("exp(700*x)", ""),
        ("x*10**-300", ""),
        ("x**99 * 10**200", ""),
        ("sin(100000*x)", ""),
        ("x % (1/300)", ""),
        ("floor(1/x)", ""),
        ("1/sin(50*x)", ""),
        ("x**-x", ""),
        ("1 if x == 1/2 else 0/0.5", ""),
        ("true", ""),
        ("round(x, x)", "wrong-value"),
        ("x if [x, 1] > 0 else 2", "not-plottable"),
        ("sum(x)", "wrong-type"),
        ("max([[1, x], [2, 3]])", "wrong-type"),
        ("v[x]", "not-plottable"),
        ("[x, 1][a]", "wrong-index"),
        ("dot([1, x], [x])", "different-lengths"),
        ("not x", "wrong-type"),
        ("w", "wrong-type"),
        ("1/(a - 2) + x", "division-by-zero"),
    ],
)
def test_a_wild_curve_is_drawn_or_refused(curve: str, code: str) -> None:
    found = complaint(f'x: {{from: 0, to: 1}}, curves: ["{curve}"]')
    assert (f"error[{code}]" in found) if code else found == ""


def test_a_plot_and_a_drawing_of_the_model_have_different_names() -> None:
    text = """
    - id: p
      title: Plot
      parameters: {a: {values: [6, 8]}}
      model: {conv: {input: [1, 28, 28], filters: a, kernel: 3}}
      plots: {stack: {x: {from: 0, to: a}, curves: [x]}}
      stem: "{{ a }} ![](figure:stack)"
      parts: [{ask: q, numerical: model.parameters}]
    """
    assert explain(text, a=6).splitlines()[0] == (
        "bank.yaml:7:13: error[duplicate-name]: the model draws a figure `stack` already"
    )
