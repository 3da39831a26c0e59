"""The solver never guesses: planted faults are found by the tool itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from types import MappingProxyType

import numpy as np
import pytest

from generator.diagnostics import InputError, show
from generator.model.solution import ChoiceKey, NumericalKey, PartSolution
from generator.solver.contract import Disagreement
from generator.solver.engine import Solver
from generator.solver.models.recurrent import claims, forward
from generator.solver.models.recurrent.decision import audit, bounds, decide, search, uses
from generator.solver.models.recurrent.decision.grid import QUICK
from generator.solver.models.recurrent.decision.proof import Calculation, Proof
from generator.solver.models.recurrent.decision.question import Question
from generator.solver.models.recurrent.decision.search import Look
from generator.solver.models.recurrent.structure import activations, facts
from generator.solver.models.recurrent.structure.facts import Activation, Column
from generator.solver.models.recurrent.structure.terms import compare, name, number
from generator.solver.models.recurrent.values.columns import Columns
from generator.solver.models.recurrent.words import conclusion
from generator.variants.space import VariantSpace
from tests.solver.problems import problem, variant
from tests.solver.recurrent import cells
from tests.solver.recurrent.cells import cell, lstm
from tests.solver.recurrent.test_claims import CASES, CELLS, Case

CACHES = (
    claims._verdict,
    claims._decisions,
    decide._answer,
    audit.check_fact,
    audit.check_derivative,
)


@pytest.fixture(autouse=True)
def _forgetful() -> Iterator[None]:
    """Decisions made with a planted fault must not be remembered."""
    for cache in CACHES:
        cache.cache_clear()
    yield
    for cache in CACHES:
        cache.cache_clear()


def plant(monkeypatch: pytest.MonkeyPatch, name: str, activation: Activation) -> None:
    """Put an activation into the table, wherever it is read."""
    table = MappingProxyType({**activations.ACTIVATIONS, name: activation})
    for module in (audit, bounds, uses, conclusion):
        monkeypatch.setattr(module, "ACTIVATIONS", table)


def test_a_wrong_fact_is_never_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tanh is said to be above -1/2; only weights that the search does not try deny it."""
    tanh = activations.ACTIVATIONS["tanh"]
    wrong = replace(tanh, facts=(facts.open_range(-1, 1), facts.open_range(0, 1), *tanh.facts[1:]))
    plant(monkeypatch, "tanh", wrong)
    monkeypatch.setattr(decide, "refute", lambda question, levels: None)
    monkeypatch.setattr(decide, "look", lambda question: Look(sort="random", cells=0, meeting=1))
    with pytest.raises(
        Disagreement,
        match=re.escape(
            r"the claim: the proof uses that the range of $\tanh$ is the open interval $(0, 1)$, "
            "but the computed values deny it"
        ),
    ):
        cells.decide(lstm(), "c_tilde >= 0")


def test_a_prover_that_says_yes_to_all_does_not_make_a_false_claim_true(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def yes(question: Question, _: Look) -> Calculation:
        proof = Proof(method="algebra", equations=())
        return Calculation(question=question, equations=(), proof=proof)

    monkeypatch.setattr(decide, "ATTEMPTS", (yes,))
    assert cells.decide(lstm(), "h == h_prev", "x == 0").value is False


def test_a_blind_search_for_simple_numbers_is_made_good_by_random_cells(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(decide, "refute", lambda question, levels: None)
    assert cells.decide(lstm(), "abs(c) < 1").value is False


def test_a_claim_that_is_neither_proved_nor_refuted_is_an_error() -> None:
    """tanh(a) is 2 sigmoid(2a) - 1, but no fact of the table says so."""
    subject = cell({"s": "sigmoid(2 * (W @ x))", "u": "tanh(W @ x)"})
    with pytest.raises(Disagreement) as caught:
        cells.decide(subject, "u == 2 * s - 1")
    assert str(caught.value) == (
        "the claim: no counterexample is found among 5,000 random cells and many simple ones, but "
        "the facts about its activations do not prove it"
    )


def test_arrays_and_exact_arithmetic_that_contradict_each_other_are_an_error(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The arrays compute a wrong tanh, so they deny what is true."""
    tanh = activations.ACTIVATIONS["tanh"]
    wrong = replace(tanh, columns=lambda a: a)
    table = MappingProxyType({**activations.ACTIVATIONS, "tanh": wrong})
    monkeypatch.setattr("generator.solver.models.recurrent.values.columns.ACTIVATIONS", table)
    subject = cell({"h": "tanh(W @ x + h_prev / 3)"})
    with pytest.raises(Disagreement, match="random cells break it in NumPy, but they do not"):
        cells.decide(subject, "abs(h) < 1")


def test_a_wrong_derivative_is_found_by_a_difference_quotient(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    wrong = replace(activations.ACTIVATIONS["tanh"], derivative=lambda argument: number(1))
    table = MappingProxyType({**activations.ACTIVATIONS, "tanh": wrong})
    monkeypatch.setattr("generator.solver.models.recurrent.structure.derivative.ACTIVATIONS", table)
    with pytest.raises(
        Disagreement,
        match=re.escape(
            "the claim: the chain rule gives a formula for `derivative(h, c_prev)`, "
            "but difference quotients deny it"
        ),
    ):
        cells.decide(lstm(), "derivative(h, c_prev) == o * f")


def test_a_wrong_counterexample_does_not_pass_exact_arithmetic(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Every cell looks as if it broke the claim, but not one does."""
    positive = compare(name("f"), ">", 0)
    question = Question(cell=lstm().cell, given=(), goal=positive).focus()
    monkeypatch.setattr(search, "_looks", lambda columns, *_: np.zeros(columns.rows, bool))
    assert search.refute(question, [QUICK]) is None


@pytest.mark.parametrize(
    ("gate", "given", "why"),
    [
        ("sigmoid", "o == 0", "the range of sigmoid is the open interval (0, 1)"),
        ("tanh", "c_tilde >= 1", "the range of tanh is the open interval (-1, 1)"),
        ("sigmoid", "abs(c_prev) < 0", "arithmetic"),
    ],
)
def test_a_claim_whose_condition_never_holds_is_an_error(gate: str, given: str, why: str) -> None:
    with pytest.raises(InputError) as caught:
        cells.decide(lstm(gate), "h == 0", given)
    (finding,) = caught.value.diagnostics
    assert show(finding) == (
        "test.yaml:1:1: error[vacuous-claim]: no cell meets this condition, so the claim says "
        f"nothing\nhelp: what excludes it: {why}"
    )


def test_a_condition_that_only_one_gate_excludes_is_fine_for_the_other() -> None:
    assert cells.decide(lstm("hard_sigmoid"), "h == 0", "o == 0").value is True


def test_what_nobody_can_meet_or_exclude_is_an_error() -> None:
    """tanh(a) = 2 sigmoid(2a) - 1 again: its denial is met by no cell, and by no proof excluded."""
    subject = cell({"s": "sigmoid(2 * (W @ x))", "u": "tanh(W @ x)", "h": "h_prev"})
    with pytest.raises(Disagreement) as caught:
        cells.decide(subject, "h == 0", "u != 2 * s - 1")
    assert str(caught.value) == (
        "the claim: the search finds no cell that meets the conditions, "
        "but z3 cannot show that there is none"
    )


def test_every_fact_of_the_table_holds_for_the_table_s_own_intervals() -> None:
    """A fact about f(0) agrees with `at_zero`, so that a slip in either is found."""
    for word, activation in activations.ACTIVATIONS.items():
        for fact in activation.facts:
            audit.check_fact(word, fact)
    assert activations.ACTIVATIONS["sigmoid"].at_zero == Fraction(1, 2)


def test_formulas_that_grow_beyond_reason_are_refused() -> None:
    power = "(h_prev + c_prev + p_a + p_b + p_c + b_a + b_b)**8"
    with pytest.raises(InputError) as caught:
        cells.decide(cell({"h": power, "c": "h"}), f"h == {power}")
    (finding,) = caught.value.diagnostics
    assert finding.message == (
        "the formulas of this cell become too large when they are multiplied out"
    )


def test_powers_of_powers_are_refused() -> None:
    with pytest.raises(InputError) as caught:
        cell({"h": "c**8", "c": "(2 * h_prev**8)**2"})
    (finding,) = caught.value.diagnostics
    assert finding.message == "`h` is a power of more than 64 of its inputs"


@pytest.mark.parametrize(
    "case", [case for case in CASES if case.true and "depends" not in str(case)], ids=str
)
def test_a_flipped_claim_gets_the_other_verdict(case: Case) -> None:
    """What holds in all cells is denied by one, which another way of deciding has to find."""
    subject = CELLS[case.about][0]()
    said = [case.holds] if isinstance(case.holds, str) else case.holds
    assert cells.decide(subject, f"not ({' and '.join(said)})", case.given).value is False


def test_a_wrong_gate_equation_is_found_by_the_second_forward_pass(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """NumPy computes the forget gate with the weights of the input gate."""

    class Wrong(Columns):
        def name(self, name: str) -> Column:
            return super().name({"W_f": "W_i"}.get(name, name))

        def product(self, matrix: str, vector: Column) -> Column:
            return super().product({"W_f": "W_i"}.get(matrix, matrix), vector)

    monkeypatch.setattr(forward, "Columns", Wrong)
    free = ("x", "h_prev", "c_prev", "U_i", "U_f", "W_o", "U_o", "W_c", "U_c")
    ones = dict.fromkeys(free, "1")
    subject = cell(
        {"equations": cells.LSTM, "values": {**ones, "W_i": "0", "W_f": "1"}}, gate="tanh"
    )
    assert str(subject.derive(("value", "i")).value) == "0.761594"
    with pytest.raises(Disagreement, match=r"^f: exactly it is 0\.964028, but NumPy gives"):
        subject.derive(("value", "f"))
    with pytest.raises(Disagreement, match=r"^h: exactly it is"):
        subject.derive(("value", "h"))


SIZES = """
- id: sizes
  title: Sizes
  parameters:
    m: {min: 1, max: 4}
    d: {min: 1, max: 4}
  model: {recurrent: {cell: lstm, input: m, hidden: d}}
  stem: "{{ m }} inputs, {{ d }} hidden units."
  parts:
"""


def variants(part: str) -> Iterator[PartSolution]:
    """The part in each of the variants."""
    sizes = problem(f"{SIZES}    - {part}")
    solver = Solver(sizes)
    space = VariantSpace(sizes, solver.filters)
    for index in range(space.size):
        yield from solver.solve(variant(dict(space.values(index)), index)).parts


@pytest.mark.parametrize("quantity", ["parameters", "weights.W_i", "weights.U_i", "weights.b_i"])
def test_a_mistake_that_leads_to_the_key_or_to_another_mistake_does_not_apply(
    quantity: str,
) -> None:
    """With as many inputs as hidden units, many mistakes lead to the right number."""
    found = list(variants(f"{{ask: How many?, numerical: model.{quantity}}}"))
    assert len(found) == 16
    for part in found:
        assert isinstance(part.key, NumericalKey)
        shown = [part.key.value, *(mistake.value for mistake in part.mistakes)]
        assert len(set(shown)) == len(shown)


def test_a_variant_whose_distractors_equal_the_key_is_none() -> None:
    """A square matrix has the same shape if rows and columns are mixed up."""
    found = list(variants("{ask: What shape?, choice: {answer: model.shape.W_i, count: 4}}"))
    assert len(found) == 12
    for part in found:
        assert isinstance(part.key, ChoiceKey)
        assert len({str(option.text) for option in part.key.options}) == 4
