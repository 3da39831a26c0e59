"""The assignment as it was set is a variant of each problem, and its keys come out.

The keys are computed here by another route than the solver's: plain loops and floating point,
written from the assignment's own text.
"""

from __future__ import annotations

import itertools
import math
import random
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

import pytest

from generator.document.markup import plain
from generator.model.document import Display, Document, Paragraph
from generator.model.domain import ChoiceDomain, ValuesDomain
from generator.model.solution import ExpressionKey, NumericalKey, TrueFalseKey
from generator.model.value import Record
from generator.pipeline.assignment import Assignment, Dealer
from tests.shipped import shipped


@pytest.fixture(scope="module")
def assignment() -> Assignment:
    return shipped("assignment4")


def dealer(assignment: Assignment, problem: str) -> Dealer:
    (found,) = (one for one in assignment.dealers if one.problem.identity == problem)
    return found


def record(**members: Any) -> Record:
    return Record(entries=tuple(members.items()))


def listed(dealer: Dealer, parameter: str) -> list[Record]:
    """The records that a parameter ranges over."""
    (domain,) = (p.domain for p in dealer.problem.parameters if p.name.text == parameter)
    assert isinstance(domain, ValuesDomain)
    assert isinstance(domain.values, tuple)
    return [value for value in domain.values if isinstance(value, Record)]


def as_set(dealer: Dealer, **values: Any) -> Document:
    """The document of the variant with these parameter values."""
    index = dealer.space.find(values)
    assert index is not None, "the original assignment is not among the variants"
    return dealer.document(dealer.variant(index))


def words(document: Document, part: int) -> str:
    """All that a marker reads of a part, formulas as LaTeX."""
    answer = document.answer.parts[part]
    blocks = [*answer.steps, *(block for note in answer.mistakes for block in note.because)]
    lines = [plain(block.content) for block in blocks if isinstance(block, Paragraph)]
    lines += [block.latex for block in blocks if isinstance(block, Display)]
    return " ".join([*lines, *(plain(note.result) for note in answer.mistakes)])


# --- backward propagation ----------------------------------------------------------------------

NAMES = {"x": "x", "v": "v", "h": "h", "w": "w", "z": "z", "y": "y", "R": "R", "s": "s"}
ROWS: dict[str, Any] = {
    "row": (1, 2, 1, 1, -1, -1, -1, -1),
    "filter_row": (1, -1, 1, 2),
    "output_row": (2, 1, 2, 1, 1, 2, 2),
}
DATA = {"x": ROWS["row"][:6], "v": ROWS["filter_row"][:3], "w": ROWS["output_row"][:4]}


@pytest.fixture(scope="module")
def backpropagation(assignment: Assignment) -> Document:
    found = dealer(assignment, "backpropagation")
    (names,) = (
        value for value in listed(found, "names") if NAMES.items() <= dict(value.entries).items()
    )
    return as_set(
        found,
        inputs=6,
        kernel=3,
        stride=1,
        activation="sigmoid",
        loss="squared",
        bias=record(used=False, first=0, second=0),
        names=names,
        component=1,
        **ROWS,
        y=Fraction(5, 2),
    )


def risk(x: list[float], v: list[float], w: list[float], y: float) -> float:
    """Equations (1) to (4) of the assignment."""
    h = [1 / (1 + math.exp(-sum(v[j] * x[i + j] for j in range(3)))) for i in range(4)]
    return (y - sum(w[i] * h[i] for i in range(4))) ** 2


def slope(function: Callable[[float], float], at: float) -> float:
    """A derivative, by a five-point central difference (Abramowitz and Stegun, 25.3.6)."""
    step = 1e-3
    f = [function(at + k * step) for k in (-2, -1, 1, 2)]
    return (f[0] - 8 * f[1] + 8 * f[2] - f[3]) / (12 * step)


def formula_value(latex: str, names: Mapping[str, Any]) -> float:
    """The two gradients of the assignment, read from their LaTeX by hand."""
    h, x, w, y, z = (names[name] for name in "hxwyz")
    i, j = names.get("i", 0), names.get("j", 0)
    compact = latex.replace(r"\,", "").replace(" ", "")
    known: dict[str, Callable[[], float]] = {
        "-2(y-z)h_i": lambda: -2 * (y - z) * h[i],
        r"-2(y-z)\sum_{i=1}^{4}w_ih_i(1-h_i)x_{i+j-1}": lambda: (
            -2 * (y - z) * sum(w[i] * h[i] * (1 - h[i]) * x[i + j] for i in range(4))
        ),
    }
    assert compact in known, latex
    return known[compact]()


def test_the_network_has_7_parameters(backpropagation: Document) -> None:
    key = backpropagation.answer.parts[0].key
    assert isinstance(key, NumericalKey)
    assert key.value == 7 == len(DATA["v"]) + len(DATA["w"])


@pytest.mark.parametrize("part", [1, 2])
def test_the_gradients_are_those_of_the_assignment(backpropagation: Document, part: int) -> None:
    """The key's formula, and its value against a difference quotient of the risk."""
    key = backpropagation.answer.parts[part].key
    assert isinstance(key, ExpressionKey)
    draw = random.Random(part)
    x, v, w = ([draw.uniform(-1, 1) for _ in range(n)] for n in (6, 3, 4))
    y = 0.7
    h = [1 / (1 + math.exp(-sum(v[j] * x[i + j] for j in range(3)))) for i in range(4)]
    z = sum(w[i] * h[i] for i in range(4))
    names = {"h": h, "x": x, "w": w, "y": y, "z": z}
    for n, weights in enumerate([w, v][part - 1]):
        index = {"i": n} if part == 1 else {"j": n}
        wiggled = [w, v][part - 1]

        def moved(value: float, n: int = n, wiggled: list[float] = wiggled) -> float:
            changed = [*wiggled[:n], value, *wiggled[n + 1 :]]
            return risk(x, v, changed, y) if part == 1 else risk(x, changed, w, y)

        found = formula_value(key.latex, names | index)
        assert found == pytest.approx(slope(moved, weights), abs=1e-8)


def test_a_component_of_the_gradient_as_a_number(backpropagation: Document) -> None:
    key = backpropagation.answer.parts[3].key
    assert isinstance(key, NumericalKey)
    x, v, w = (list(map(float, DATA[name])) for name in "xvw")
    exact = slope(lambda value: risk(x, [value, *v[1:]], w, 2.5), v[0])
    assert float(key.value) == pytest.approx(exact, abs=float(key.tolerance) + 1e-6)


# --- the CNN layer -----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def cnn(assignment: Assignment) -> Document:
    found = dealer(assignment, "cnn-layer")
    picture = record(channels=1, word="grey-scale")
    return as_set(
        found, image=28, picture=picture, filters=20, kernel=5, stride=1, padding=0, bias=True
    )


def test_the_layer_has_520_weights(cnn: Document) -> None:
    """One for every entry of every filter, and one bias for each filter."""
    key = cnn.answer.parts[0].key
    assert isinstance(key, NumericalKey)
    weights = list(itertools.product(range(20), range(5), range(5)))
    assert key.value == 520 == len(weights) + 20


def test_its_maps_are_24_wide_and_there_are_20_of_them(cnn: Document) -> None:
    key = cnn.answer.parts[1].key
    assert isinstance(key, NumericalKey)
    positions = [left for left in range(28) if left + 5 <= 28]
    assert key.value == 24 == len(positions)
    assert r"24 \times 24" in words(cnn, 1)
    assert "20" in words(cnn, 1)


# --- the LSTM claims ---------------------------------------------------------------------------


def original_cell(found: Dealer) -> Record:
    return listed(found, "cell")[0]


def test_the_original_claims_are_false_and_true(assignment: Assignment) -> None:
    found = dealer(assignment, "lstm-claims")
    document = as_set(found, cell=original_cell(found), chosen=(0, 1))
    keys = [answer.key for answer in document.answer.parts]
    assert keys == [
        TrueFalseKey(value=False, explain=True),
        TrueFalseKey(value=True, explain=True),
    ]


def test_the_original_explanation_of_the_first_claim_is_a_mistake(assignment: Assignment) -> None:
    """sigma(0) is one half, and the previous hidden state still acts: the gates are not 0."""
    found = dealer(assignment, "lstm-claims")
    text = words(as_set(found, cell=original_cell(found), chosen=(0, 1)), 0)
    assert "i_t = f_t = o_t = 0" in text
    assert r"\sigma(0) = \frac{1}{2}" in text


def test_the_range_of_the_sigmoid_is_open(assignment: Assignment) -> None:
    found = dealer(assignment, "lstm-claims")
    text = words(as_set(found, cell=original_cell(found), chosen=(0, 1)), 1)
    assert "(0, 1)" in text
    assert "[0, 1]" not in text


def test_there_are_at_least_24_claims_and_every_variant_is_a_fair_mix(
    assignment: Assignment,
) -> None:
    found = dealer(assignment, "lstm-claims")
    assert len(found.problem.claims) >= 24
    (chosen,) = (p.domain for p in found.problem.parameters if p.name.text == "chosen")
    assert isinstance(chosen, ChoiceDomain)
    for k in range(0, found.space.size, 97):
        verdicts = [
            answer.key.value
            for answer in found.document(found.draw(k)).answer.parts
            if isinstance(answer.key, TrueFalseKey)
        ]
        assert sorted(verdicts) == [False, True]


def test_neither_verdict_comes_first_too_often(assignment: Assignment) -> None:
    """Whoever ticks True first is right about half the time."""
    found = dealer(assignment, "lstm-claims")
    count = 200
    first = [found.solver.solve(found.draw(k)).parts[0].key for k in range(count)]
    true = sum(isinstance(key, TrueFalseKey) and key.value for key in first)
    assert count * 0.4 < true < count * 0.6
